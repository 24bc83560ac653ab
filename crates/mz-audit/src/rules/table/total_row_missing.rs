use mz_budget::{disclosure::RowKind, finding::Severity};

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static TOTAL_ROW_MISSING = {
        code: "MZ1106",
        name: "total-row-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["TI-27"],
        page: "total_row_missing.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in audit
        .disclosure
        .tables
        .iter()
        .filter(|table| table.n_values > 0)
    {
        for panel in 0..cells::n_panels(table) {
            let Some(spec) = cells::panel(audit, table, panel) else {
                continue;
            };
            let rows: Vec<_> = table.rows.iter().filter(|row| row.panel == panel).collect();
            let items = rows
                .iter()
                .filter(|row| matches!(row.kind, RowKind::Item { .. }))
                .count();
            if spec.rows.total.is_empty() || items == 0 {
                continue;
            }
            sink.checked(1);
            if !rows.iter().any(|row| row.kind == RowKind::Total) {
                sink.broken(
                    &table.place,
                    format!(
                        "《{}》有数据，没有“{}”行",
                        table.title,
                        spec.rows.total.join("”或“")
                    ),
                    format!("“{}” has figures but no total row", table.title),
                );
            }
        }
    }
}
