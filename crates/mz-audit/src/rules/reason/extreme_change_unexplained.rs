use std::collections::BTreeMap;

use mz_budget::{disclosure::Reason, finding::Severity, normalise};

use super::movers;
use crate::{
    Audit, Sink,
    candidates::printed,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

/// Growth, in percent, above which reviewers ask for a specific reason.
const EXTREME_PERCENT: i128 = 30;

declare_rule! {
    pub static EXTREME_CHANGE_UNEXPLAINED = {
        code: "MZ4015",
        name: "extreme-change-unexplained",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-21"],
        page: "extreme_change_unexplained.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut by_text: BTreeMap<String, Vec<(&ClaimGroup<'_>, &Reason)>> = BTreeMap::new();
    for group in &audit.groups {
        let Some(growth) = group.growth else { continue };
        let Some(percent) = claim_groups::percent(growth) else {
            continue;
        };
        sink.checked(1);
        let threshold = EXTREME_PERCENT * 10_i128.pow(u32::from(percent.decimals));
        if i128::from(percent.digits).abs() <= threshold {
            continue;
        }
        for reason in group
            .reasons
            .iter()
            .filter(|reason| movers::is_hollow(audit, reason))
        {
            by_text
                .entry(normalise::name(&reason.text))
                .or_default()
                .push((group, reason));
        }
    }
    for places in by_text.into_values() {
        report(sink, &places);
    }
}

fn report(sink: &mut Sink, places: &[(&ClaimGroup<'_>, &Reason)]) {
    let Some((group, reason)) = places.first() else {
        return;
    };
    let Some(growth) = group.growth else { return };
    let direction = growth
        .direction
        .map_or("变动", mz_budget::profile::narrative::direction_name);
    let more = if places.len() > 1 {
        format!("等 {} 处", places.len())
    } else {
        String::new()
    };
    let text = reason.text.trim_end_matches(['。', '；', '，']);
    let words = group.words();
    sink.broken(
        &growth.place,
        format!(
            "{words}{direction} {}{more}，原因只写“{text}”，没有说明具体事由",
            printed(growth)
        ),
        format!(
            "{words} changes by {} and the reason given is not specific",
            printed(growth)
        ),
    )
    .also_all(places.iter().map(|(_, reason)| &reason.place))
    .also_all(
        places
            .iter()
            .skip(1)
            .filter_map(|(group, _)| Some(&group.growth?.place)),
    );
}
