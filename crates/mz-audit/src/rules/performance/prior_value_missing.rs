use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE};

declare_rule! {
    pub static PRIOR_VALUE_MISSING = {
        code: "MZ6007",
        name: "prior-value-missing",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-12"],
        page: "prior_value_missing.md",
        check: check,
    };
}

/// Only in tables that have a column for last year's value.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        if target
            .indicators
            .iter()
            .all(|indicator| indicator.prior.is_none())
        {
            continue;
        }
        for indicator in &target.indicators {
            if !PERFORMANCE.basis.historical.contains(&indicator.basis) {
                continue;
            }
            sink.checked(1);
            let prior = indicator
                .prior
                .as_ref()
                .map_or("", |prior| prior.text.trim());
            if matches!(prior, "" | "-" | "—" | "/" | "无") {
                sink.broken(
                    &indicator.place,
                    format!(
                        "指标“{}”依据“{}”设置，却没有上年完成值",
                        indicator.name, indicator.basis
                    ),
                    format!(
                        "the indicator “{}” is based on history but gives no value of last year",
                        indicator.name
                    ),
                );
            }
        }
    }
}
