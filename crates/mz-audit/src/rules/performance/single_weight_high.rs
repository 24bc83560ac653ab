use mz_budget::{finding::Severity, money::Decimal};

use super::forms;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static SINGLE_WEIGHT_HIGH = {
        code: "MZ6017",
        name: "single-weight-high",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-14"],
        page: "single_weight_high.md",
        check: check,
    };
}

/// More than this on one indicator decides the whole evaluation.
const HIGH: Decimal = Decimal {
    digits: 30,
    decimals: 0,
};

/// One hint for the whole document.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let indicators: Vec<_> = audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
        .collect();
    sink.checked(indicators.iter().filter(|i| i.weight.is_some()).count());
    let heavy: Vec<_> = indicators
        .iter()
        .filter(|i| {
            i.weight
                .is_some_and(|w| forms::compare(w, HIGH) == Some(std::cmp::Ordering::Greater))
        })
        .collect();
    let Some((first, others)) = heavy.split_first() else {
        return;
    };
    let weight = first
        .weight
        .map_or_else(String::new, |weight| weight.to_string());
    sink.broken(
        &first.place,
        format!(
            "{} 个指标的单项权重超过 {HIGH}，如“{}”占 {weight}",
            heavy.len(),
            first.name
        ),
        format!(
            "{} indicators weigh more than {HIGH}, such as “{}” ({weight})",
            heavy.len(),
            first.name
        ),
    )
    .also_all(others.iter().map(|i| &i.place));
}
