use std::collections::BTreeSet;

use mz_budget::finding::Severity;

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static PARENT_ROW_MISSING = {
        code: "MZ1104",
        name: "parent-row-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["TI-26"],
        page: "parent_row_missing.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in &audit.disclosure.tables {
        for panel in 0..cells::n_panels(table) {
            let rows = cells::coded(audit, table, panel);
            let codes: BTreeSet<&str> = rows.iter().map(|(_, code, _)| *code).collect();
            let levels: BTreeSet<usize> = codes.iter().map(|code| code.len()).collect();
            let mut reported = BTreeSet::new();
            for (row, code, name) in rows {
                sink.checked(1);
                let Some(parent) = cells::parent_code(code) else {
                    continue;
                };
                // A table that lists one level only has no parents to miss.
                let expected = levels.contains(&parent.len());
                if expected && !codes.contains(parent) && reported.insert(parent) {
                    sink.broken(
                        &row.place,
                        format!(
                            "《{}》有 {code} {name}，没有上级科目 {parent} 的行",
                            table.title
                        ),
                        format!("{code} {name} is listed without its parent {parent}"),
                    );
                }
            }
        }
    }
}
