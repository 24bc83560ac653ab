use mz_budget::{
    disclosure::{Indicator, PerformanceTarget},
    finding::Severity,
    normalise,
};

use super::{
    forms,
    goal_quantities::{self, Quantity},
};
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static GOAL_ITEM_MISNAMED = {
        code: "MZ6010",
        name: "goal-item-misnamed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["PF-16", "FM-06"],
        page: "goal_item_misnamed.md",
        check: check,
    };
}

/// Fewest things the goal and the indicators must share by name before a near miss means anything.
const SHARED: usize = 2;

/// The goal enumerates the things the indicators count; one of them has nearly an indicator's name, with its number and
/// unit.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        let quantities = goal_quantities::quantities(&target.goal);
        let named = |name: &str| {
            target
                .indicators
                .iter()
                .any(|i| normalise::same_name(&i.name, name))
        };
        let n_shared = quantities
            .iter()
            .filter(|quantity| named(quantity.name))
            .count();
        sink.checked(quantities.len());
        if n_shared < SHARED {
            continue;
        }
        for quantity in quantities.iter().filter(|quantity| !named(quantity.name)) {
            if let Some(indicator) = near_miss(target, quantity, &quantities) {
                report(sink, target, quantity, indicator);
            }
        }
    }
}

fn near_miss<'t>(
    target: &'t PerformanceTarget,
    quantity: &Quantity<'_>,
    all: &[Quantity<'_>],
) -> Option<&'t Indicator> {
    let length = quantity.name.chars().count();
    target.indicators.iter().find(|indicator| {
        let same_value = indicator
            .value
            .number
            .is_some_and(|n| forms::compare(n, quantity.number) == Some(std::cmp::Ordering::Equal));
        let taken = all
            .iter()
            .any(|other| normalise::same_name(other.name, &indicator.name));
        same_value
            && !taken
            && indicator.value.unit == quantity.unit
            && length >= 4
            && normalise::distance(&indicator.name, quantity.name) == 1
    })
}

fn report(
    sink: &mut Sink,
    target: &PerformanceTarget,
    quantity: &Quantity<'_>,
    indicator: &Indicator,
) {
    let quote = target
        .goal
        .get(quantity.range.clone())
        .unwrap_or(quantity.name);
    let (a, b) = wording::difference(quantity.name, &indicator.name);
    let how = match (a.is_empty(), b.is_empty()) {
        (true, _) => format!("少“{b}”"),
        (false, true) => format!("多“{a}”"),
        _ => format!("“{a}”与“{b}”"),
    };
    sink.broken(
        &wording::quoting(&target.goal_place, quote),
        format!(
            "总体目标写“{quote}”，指标名称是“{}”（{how}）",
            indicator.name
        ),
        format!(
            "the goal says “{quote}”, the indicator is named “{}”",
            indicator.name
        ),
    )
    .also(&wording::quoting(&indicator.place, &indicator.name));
}
