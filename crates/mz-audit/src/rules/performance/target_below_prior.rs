use std::cmp::Ordering;

use mz_budget::{
    disclosure::{Indicator, Operator},
    finding::Severity,
};

use super::forms;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static TARGET_BELOW_PRIOR = {
        code: "MZ6006",
        name: "target-below-prior",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-10"],
        page: "target_below_prior.md",
        check: check,
    };
}

/// The target asks for less than was reached last year. A query for rates, whose good side is certain; a hint for counts.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (target, indicator) in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|t| t.indicators.iter().map(move |i| (t, i)))
    {
        let Some(prior) = indicator.prior.as_ref() else {
            continue;
        };
        let (Some(now), Some(then)) = (indicator.value.number, prior.number) else {
            continue;
        };
        // A ceiling on costs follows the year's money and not last year's spending.
        if indicator.level1.starts_with("成本") || indicator.value.unit.ends_with('元') {
            continue;
        }
        let one_number = indicator.value.years.is_empty() && prior.years.is_empty();
        if indicator.value.unit != prior.unit || !one_number {
            continue;
        }
        sink.checked(1);
        let Some(order) = forms::compare(now, then) else {
            continue;
        };
        let weaker = match indicator.value.operator {
            Some(Operator::AtLeast | Operator::More) => order == Ordering::Less,
            Some(Operator::AtMost | Operator::Less) => order == Ordering::Greater,
            _ => false,
        };
        if weaker {
            let severity = if is_rate(indicator) {
                Severity::Query
            } else {
                Severity::Info
            };
            sink.broken(
                &wording::quoting(&indicator.place, &indicator.name),
                format!(
                    "“{}”的指标“{}”目标为 {}，上年完成值 {}，目标低于上年",
                    target.project, indicator.name, indicator.value.text, prior.text
                ),
                format!(
                    "the target of “{}” is weaker than last year's value",
                    indicator.name
                ),
            )
            .severity(severity)
            .side("目标", indicator.value.text.clone(), None)
            .side("上年完成值", prior.text.clone(), None);
        }
    }
}

fn is_rate(indicator: &Indicator) -> bool {
    matches!(indicator.value.unit.as_str(), "%" | "％") && indicator.name.contains(['率', '度'])
}
