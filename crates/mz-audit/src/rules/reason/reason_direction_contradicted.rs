use mz_budget::{
    disclosure::{Direction, Reason},
    finding::Severity,
    profile::narrative::direction_name,
};

use super::movers::{self, Mover};
use crate::{Audit, Sink, candidates::printed, claim_groups::ClaimGroup, declare_rule};

declare_rule! {
    pub static REASON_DIRECTION_CONTRADICTED = {
        code: "MZ4011",
        name: "reason-direction-contradicted",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-11", "NA-13"],
        page: "reason_direction_contradicted.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let Some(explained) = movers::slice_of(group) else {
            continue;
        };
        for reason in &group.reasons {
            against_itself(audit, sink, group, reason);
            for mover in movers::movers(audit, explained, reason) {
                compare(audit, sink, reason, &mover);
            }
        }
    }
}

/// A reason that only says again what moved, and says it the other way round.
fn against_itself(audit: &Audit<'_>, sink: &mut Sink, group: &ClaimGroup<'_>, reason: &Reason) {
    let claim = group.change.or(group.growth);
    let (Some(claim), Some(moved)) = (claim, group.direction()) else {
        return;
    };
    if moved == Direction::Level || !movers::is_hollow(audit, reason) {
        return;
    }
    let Some(said) = movers::only_direction(reason) else {
        return;
    };
    sink.checked(1);
    if said != moved {
        let words = group.words();
        sink.broken(
            &reason.place,
            format!(
                "原因写“{}”，而该项{} {}",
                reason.text.trim_end_matches(['。', '；', '，']),
                direction_name(moved),
                printed(claim)
            ),
            format!("{words} moved one way and the reason says the other"),
        )
        .also(&claim.place);
    }
}

fn compare(audit: &Audit<'_>, sink: &mut Sink, reason: &Reason, mover: &Mover) {
    let (Some(slice), Some(direction)) = (mover.slice, mover.direction) else {
        return;
    };
    let Some(moved) = audit.moved(slice) else {
        return;
    };
    let contradicted = match direction {
        Direction::Up => moved.interval.is_negative(),
        Direction::Down => moved.interval.is_positive(),
        Direction::Level => false,
    };
    if !contradicted {
        sink.checked(1);
        return;
    }
    sink.checked(1);
    let fen = moved.interval.middle();
    let really = direction_name(if fen < 0 {
        Direction::Down
    } else {
        Direction::Up
    });
    let name = audit.disclosure.dimensions.name(slice);
    let finding = sink
        .broken(
            &reason.place,
            format!(
                "原因称“{}{}”，而{name}{}实际{really} {}",
                mover.words,
                direction_name(direction),
                if moved.places.is_empty() {
                    "按文中数字推算"
                } else {
                    ""
                },
                audit.money(fen.abs())
            ),
            format!(
                "the reason says {} moved one way, the figures moved {} the other way",
                mover.words,
                audit.money(fen.abs())
            ),
        )
        .also_all(moved.places.iter().copied())
        .side(
            format!("原因：{}", mover.words),
            direction_name(direction),
            None,
        )
        .side(
            name,
            format!("{really} {}", audit.money(fen.abs())),
            Some(mz_budget::money::Fen(fen)),
        );
    let named = moved
        .support
        .iter()
        .filter_map(|i| audit.disclosure.claims.get(*i))
        .map(|claim| &claim.place);
    let finding = named.fold(finding, |finding, place| finding.rests_on(place));
    // The same words about the same money are one cause, wherever they are repeated.
    finding.group(format!(
        "reason {} {}",
        direction_name(direction),
        audit.cause_of(slice)
    ));
}
