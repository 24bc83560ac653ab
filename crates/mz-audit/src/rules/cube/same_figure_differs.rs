use mz_budget::{cube::Reason, finding::Severity};

use super::contradiction;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static SAME_FIGURE_DIFFERS = {
        code: "MZ1002",
        name: "same-figure-differs",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["TX-01", "TX-02", "TX-03", "TX-04", "TX-05", "TX-07", "TX-10", "TX-11", "TX-13"],
        page: "same_figure_differs.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    contradiction::report(audit, sink, |reason| reason == Reason::Equal);
}
