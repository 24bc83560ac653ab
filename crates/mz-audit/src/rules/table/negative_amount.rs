use mz_budget::{disclosure::Reading, finding::Severity};

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static NEGATIVE_AMOUNT = {
        code: "MZ1101",
        name: "negative-amount",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TI-23"],
        page: "negative_amount.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (_, cell) in cells::cells(audit) {
        let Reading::Value(money) = cell.reading else {
            continue;
        };
        sink.checked(1);
        if money.number.digits < 0 {
            let row = cell.place.row.as_deref().unwrap_or_default();
            let table = cell.place.table.as_deref().unwrap_or("报表");
            sink.broken(
                &cell.place,
                format!("《{table}》“{row}”为负数 {money}，预算数不应为负"),
                format!("“{row}” is negative: {money}"),
            );
        }
    }
}
