use std::cmp::Ordering;

use mz_budget::{disclosure::Operator, finding::Severity};

use crate::{Audit, Sink, declare_rule, rules::procurement::facts};

declare_rule! {
    pub static VEHICLE_COUNT_DIFFERS = {
        code: "MZ7013",
        name: "vehicle-count-differs",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["AS-10"],
        page: "vehicle_count_differs.md",
        check: check,
    };
}

/// Only indicators that count the vehicles the unit has, exactly.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some((vehicles, number)) = facts::count(audit.disclosure, "vehicles.count") else {
        return;
    };
    for indicator in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
    {
        let counts_all = indicator.name.contains("车")
            && ["实有", "保有", "现有"]
                .iter()
                .any(|w| indicator.name.contains(w));
        let exact =
            indicator.value.operator == Some(Operator::Equal) && indicator.value.unit == "辆";
        let Some(target) = indicator.value.number.filter(|_| counts_all && exact) else {
            continue;
        };
        sink.checked(1);
        if facts::compare(target, number).is_some_and(|order| order != Ordering::Equal) {
            sink.broken(
                &indicator.place,
                format!(
                    "绩效指标“{}”为 {}，资产情况写车辆 {number} 辆",
                    indicator.name, indicator.value.text
                ),
                format!(
                    "the indicator “{}” counts {target} vehicles, the assets {number}",
                    indicator.name
                ),
            )
            .side("绩效指标", indicator.value.text.clone(), None)
            .side("资产情况", facts::printed(vehicles), None)
            .also(&vehicles.place);
        }
    }
}
