use mz_budget::{cube::Reason, finding::Severity};

use super::contradiction;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static PART_EXCEEDS_WHOLE = {
        code: "MZ1003",
        name: "part-exceeds-whole",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["TX-14", "TX-15", "TX-16", "TX-17", "FA-07"],
        page: "part_exceeds_whole.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    contradiction::report(audit, sink, |reason| {
        matches!(reason, Reason::Bound | Reason::Zero)
    });
}
