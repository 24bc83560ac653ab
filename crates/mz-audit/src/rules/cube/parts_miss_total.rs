use mz_budget::{cube::Reason, finding::Severity};

use super::contradiction;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static PARTS_MISS_TOTAL = {
        code: "MZ1001",
        name: "parts-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["TI-01", "TI-02", "TI-03", "TI-04", "TI-05", "TI-06", "TI-07", "TI-08", "TI-09", "TI-10", "TI-11", "TI-12", "TI-13", "TI-15", "TI-16", "TI-17", "TI-18", "TI-19", "TI-20", "TI-21", "TI-22", "TX-06", "TX-08", "TX-09", "TX-12", "TX-31", "SG-01"],
        page: "parts_miss_total.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    contradiction::report(audit, sink, |reason| reason == Reason::Sum);
}
