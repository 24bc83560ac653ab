use std::collections::BTreeMap;

use mz_budget::{disclosure::TableRow, finding::Severity, normalise};

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static DUPLICATE_ROW = {
        code: "MZ1103",
        name: "duplicate-row",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["TI-24"],
        page: "duplicate_row.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in &audit.disclosure.tables {
        for panel in 0..cells::n_panels(table) {
            let mut seen: BTreeMap<(&str, String), &TableRow> = BTreeMap::new();
            for (row, code, name) in cells::coded(audit, table, panel) {
                sink.checked(1);
                let inner = row
                    .inner
                    .as_deref()
                    .map(normalise::name)
                    .unwrap_or_default();
                let shown = row.inner.as_deref().unwrap_or(name);
                if let Some(first) = seen.insert((code, inner), row) {
                    sink.broken(
                        &row.place,
                        format!("《{}》中 {code} {shown} 出现两次", table.title),
                        format!("{code} {shown} stands twice in one table"),
                    )
                    .also(&first.place);
                }
            }
        }
    }
}
