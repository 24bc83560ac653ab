use mz_budget::{
    disclosure::{Direction, Reason},
    finding::Severity,
    normalise,
};

use super::between::last_year;
use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

declare_rule! {
    pub static REASON_CARRIED_OVER = {
        code: "MZ4400",
        name: "reason-carried-over",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "reason_carried_over.md",
        check: check,
    };
}

/// Shorter reasons (人员增资) are said every year.
const SHORTEST: usize = 14;

fn moving<'g, 'a>(groups: &'g [ClaimGroup<'a>], reason: &Reason) -> Option<&'g ClaimGroup<'a>> {
    groups.iter().find(|group| {
        let is_explained = group.claims().any(|claim| claim.group == reason.group);
        let moves = group
            .change
            .and_then(claim_groups::interval)
            .is_some_and(|change| change.middle() != 0);
        is_explained && moves
    })
}

fn way(direction: Option<Direction>) -> &'static str {
    match direction {
        Some(Direction::Up) => "增加",
        Some(Direction::Down) => "减少",
        _ => "变动",
    }
}

/// A long reason in last year's words for another change. A hint where the change goes the same way, a question where it
/// goes the other.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in last_year(audit, sink) {
        let then = claim_groups::groups(other.disclosure);
        for reason in &audit.disclosure.reasons {
            let text = normalise::name(&reason.text);
            let Some(group) = moving(&audit.groups, reason) else {
                continue;
            };
            if text.chars().count() < SHORTEST {
                continue;
            }
            sink.checked(1);
            let same = other.disclosure.reasons.iter().find_map(|then_reason| {
                let is_same = normalise::name(&then_reason.text) == text;
                let group = is_same.then(|| moving(&then, then_reason)).flatten()?;
                Some((then_reason, group))
            });
            let Some((then_reason, then_group)) = same else {
                continue;
            };
            let (now, before) = (group.direction(), then_group.direction());
            let quote: String = reason.text.chars().take(24).collect();
            let finding = sink
                .broken(
                    &reason.place,
                    format!(
                        "{}本年{}的原因与上年文件{}的原因逐字相同：“{quote}…”",
                        group.words(),
                        way(now),
                        way(before)
                    ),
                    format!(
                        "the reason for {} is last year's, word for word",
                        group.words()
                    ),
                )
                .also(&other.at(&then_reason.place));
            if now == before {
                finding.severity(Severity::Info);
            }
        }
    }
}
