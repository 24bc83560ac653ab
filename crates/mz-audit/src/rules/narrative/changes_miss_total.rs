use mz_budget::{
    disclosure::{Claim, ClaimValue, Measure},
    finding::{Severity, Suspect},
    profile::narrative::direction_name,
};

use super::{
    enumeration::{self, Enumeration},
    last_year,
};
use crate::{Audit, Sink, candidates::printed, claim_groups, declare_rule, interval::Interval};

declare_rule! {
    pub static CHANGES_MISS_TOTAL = {
        code: "MZ4007",
        name: "changes-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-07"],
        page: "changes_miss_total.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    last_year::report(audit, sink);
    for list in enumeration::exhaustive(audit, &Measure::Change) {
        if list
            .parts
            .iter()
            .all(|part| matches!(part.value, ClaimValue::Money(_) | ClaimValue::None))
        {
            compare(audit, sink, &list);
        }
    }
}

fn compare(audit: &Audit<'_>, sink: &mut Sink, list: &Enumeration<'_>) {
    // A change is usually computed from two figures already rounded, so it may be off by a whole last digit.
    let signed = |claim: &Claim| {
        let change = claim_groups::signed_change(claim, audit.unit_slack())?;
        Some(Interval::around(change.middle(), change.slack() * 2))
    };
    let (Some(sum), Some(total)) = (list.sum(signed), signed(list.total)) else {
        return;
    };
    if sum.meets(total) {
        sink.held(
            list.parts
                .iter()
                .chain([&list.total])
                .map(|claim| &claim.place),
        );
        return;
    }
    sink.checked(1);
    let said = |claim: &Claim| {
        format!(
            "{}{} {}",
            claim.words,
            claim.direction.map_or("", direction_name),
            printed(claim)
        )
    };
    let difference = total.difference(sum);
    let addends: Vec<String> = list.parts.iter().map(|part| said(part)).collect();
    let mut finding = sink
        .broken(
            &list.total.place,
            format!(
                "{}，分项增减合计 {}，相差 {}：{}",
                said(list.total),
                audit.money(sum.middle()),
                audit.money(difference.0.abs()),
                addends.join("，")
            ),
            format!(
                "the change of {} differs from the sum of the changes of its parts by {}",
                list.total.words,
                audit.money(difference.0.abs())
            ),
        )
        .difference(difference)
        .also_all(list.parts.iter().map(|part| &part.place));
    for claim in list.parts.iter().chain([&list.total]) {
        finding = finding.suspect(Suspect {
            place: claim.place.clone(),
            printed: printed(claim),
            implied: None,
        });
    }
}
