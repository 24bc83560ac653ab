use mz_budget::finding::Severity;

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static CHILDREN_MISSING = {
        code: "MZ1105",
        name: "children-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["implementation-6"],
        checks: &["TI-26", "CP-04", "CP-05"],
        page: "children_missing.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (index, table) in audit.disclosure.tables.iter().enumerate() {
        for panel in 0..cells::n_panels(table) {
            let Some(spec) = cells::panel(audit, table, panel) else {
                continue;
            };
            let deepest = match spec.rows.to.as_deref() {
                Some("item") => 7,
                Some("section") => 5,
                _ => continue,
            };
            let rows = cells::coded(audit, table, panel);
            for (row, code, name) in &rows {
                sink.checked(1);
                let has_children = rows
                    .iter()
                    .any(|(_, other, _)| other.len() > code.len() && other.starts_with(code));
                let has_money = || cells::has_money(audit, index, row, code);
                if code.len() < deepest && !has_children && has_money() {
                    sink.broken(
                        &row.place,
                        format!(
                            "《{}》中 {code} {name} 有金额，没有列到下一级科目",
                            table.title
                        ),
                        format!("{code} {name} has money but is not divided further"),
                    );
                }
            }
        }
    }
}
