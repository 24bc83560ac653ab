use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static RULER_INCOMPLETE = {
        code: "MZ5008",
        name: "ruler-incomplete",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["CP-21"],
        page: "ruler_incomplete.md",
        check: check,
    };
}

/// As many numbers as value columns.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in &audit.disclosure.tables {
        let Some(ruler) = table.ruler.as_deref().filter(|ruler| !ruler.is_empty()) else {
            continue;
        };
        sink.checked(1);
        let (n_ruler, n_columns) = (ruler.len(), table.columns.len());
        // More numbers than columns: a column was left out of the reading, not out of the ruler.
        if n_ruler < n_columns {
            sink.broken(
                &wording::quoting(&table.place, &table.title),
                format!(
                    "“{}”有 {n_columns} 栏数字，栏次只编了 {n_ruler} 个",
                    table.title
                ),
                format!(
                    "“{}” has {n_columns} columns and {n_ruler} column numbers",
                    table.title
                ),
            );
        }
    }
}
