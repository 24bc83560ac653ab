use std::cmp::Ordering;

use mz_budget::{disclosure::Operator, finding::Severity};

use super::{
    forms,
    goal_quantities::{self, Quantity},
};
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static GOAL_CONTRADICTS_INDICATOR = {
        code: "MZ6009",
        name: "goal-contradicts-indicator",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["performance-2015-88"],
        checks: &["PF-16"],
        page: "goal_contradicts_indicator.md",
        check: check,
    };
}

/// The goal names a thing as an indicator does, with the same unit word and another number.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        for quantity in goal_quantities::quantities(&target.goal) {
            let same = target.indicators.iter().find(|indicator| {
                quantity.is_of(&indicator.name) && indicator.value.unit == quantity.unit
            });
            let Some((indicator, number)) = same.and_then(|i| Some((i, i.value.number?))) else {
                continue;
            };
            sink.checked(1);
            let fits = match forms::compare(quantity.number, number) {
                Some(Ordering::Equal) | None => true,
                Some(Ordering::Greater) => {
                    matches!(
                        indicator.value.operator,
                        Some(Operator::AtLeast | Operator::More)
                    )
                }
                Some(Ordering::Less) => matches!(
                    indicator.value.operator,
                    Some(Operator::AtMost | Operator::Less)
                ),
            };
            if fits {
                continue;
            }
            let Quantity {
                name,
                number: goal,
                unit,
                range,
            } = quantity;
            let quote = target.goal.get(range).unwrap_or(name);
            sink.broken(
                &wording::quoting(&target.goal_place, quote),
                format!(
                    "总体目标写“{quote}”，指标“{}”的值是 {}",
                    indicator.name, indicator.value.text
                ),
                format!(
                    "the goal says “{quote}”, the indicator “{}” {}",
                    indicator.name, indicator.value.text
                ),
            )
            .side("总体目标", format!("{goal}{unit}"), None)
            .side("指标值", indicator.value.text.clone(), None)
            .also(&indicator.place);
        }
    }
}
