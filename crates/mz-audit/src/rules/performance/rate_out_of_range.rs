use std::cmp::Ordering;

use mz_budget::{finding::Severity, money::Decimal};

use super::forms;
use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE, wording};

declare_rule! {
    pub static RATE_OUT_OF_RANGE = {
        code: "MZ6015",
        name: "rate-out-of-range",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["PF-24", "PF-25"],
        page: "rate_out_of_range.md",
        check: check,
    };
}

/// Only rates that cannot exceed 100 by what they are; completion and growth may.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for indicator in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
    {
        let bounded = PERFORMANCE
            .rate
            .bounded
            .iter()
            .any(|name| indicator.name.contains(name.as_str()));
        let percent = matches!(indicator.value.unit.as_str(), "%" | "％");
        let Some(number) = indicator.value.number.filter(|_| bounded && percent) else {
            continue;
        };
        sink.checked(1);
        let whole = Decimal {
            digits: 100,
            decimals: 0,
        };
        if number.digits < 0 || forms::compare(number, whole) == Some(Ordering::Greater) {
            sink.broken(
                &wording::quoting(&indicator.place, &indicator.value.text),
                format!(
                    "指标“{}”的值“{}”超出 0–100%",
                    indicator.name, indicator.value.text
                ),
                format!(
                    "the value “{}” of “{}” is outside 0–100%",
                    indicator.value.text, indicator.name
                ),
            );
        }
    }
}
