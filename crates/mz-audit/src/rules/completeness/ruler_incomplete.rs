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

/// The ruler row must count on by one.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in &audit.disclosure.tables {
        let Some(ruler) = table.ruler.as_deref().filter(|ruler| !ruler.is_empty()) else {
            continue;
        };
        sink.checked(1);
        let gap = ruler
            .windows(2)
            .find(|pair| matches!(pair, [a, b] if *b != a + 1));
        if let Some(&[a, b]) = gap {
            sink.broken(
                &wording::quoting(&table.place, &table.title),
                format!("“{}”的栏次不连续：{a} 之后是 {b}", table.title),
                format!(
                    "the column numbers of “{}” jump from {a} to {b}",
                    table.title
                ),
            );
        }
    }
}
