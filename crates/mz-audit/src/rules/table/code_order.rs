use mz_budget::finding::Severity;

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static CODE_ORDER = {
        code: "MZ1107",
        name: "code-order",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["TI-28"],
        page: "code_order.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in &audit.disclosure.tables {
        for panel in 0..cells::n_panels(table) {
            let rows = cells::coded(audit, table, panel);
            for pair in rows.windows(2) {
                sink.checked(1);
                let [(_, before, _), (row, code, name)] = pair else {
                    continue;
                };
                if code < before && !before.starts_with(code) {
                    sink.broken(
                        &row.place,
                        format!(
                            "《{}》中 {code} {name} 排在 {before} 之后，编码没有按顺序排列",
                            table.title
                        ),
                        format!("{code} {name} stands after {before}"),
                    );
                }
            }
        }
    }
}
