use mz_budget::{disclosure::Reading, finding::Severity};

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static UNREADABLE_CELL = {
        code: "MZ1102",
        name: "unreadable-cell",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["TI-23"],
        page: "unreadable_cell.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (_, cell) in cells::cells(audit) {
        sink.checked(1);
        let Reading::Unread(text) = &cell.reading else {
            continue;
        };
        let row = cell.place.row.as_deref().unwrap_or_default();
        let column = cell.place.column.as_deref().unwrap_or_default();
        let table = cell.place.table.as_deref().unwrap_or("报表");
        sink.broken(
            &cell.place,
            format!("《{table}》“{row}”的“{column}”格写作“{text}”，不是数"),
            format!("the cell “{column}” of “{row}” holds “{text}”, which is not a number"),
        );
    }
}
