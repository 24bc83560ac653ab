use mz_budget::{
    disclosure::{Claim, Direction, Measure},
    finding::Severity,
};

use crate::{Audit, Sink, claim_groups, declare_rule};

declare_rule! {
    pub static ZERO_CHANGE_WORDING = {
        code: "MZ4009",
        name: "zero-change-wording",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["NA-05"],
        page: "zero_change_wording.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let changes: Vec<&Claim> = audit
        .disclosure
        .claims
        .iter()
        .filter(|claim| claim.measure == Measure::Change)
        .collect();
    sink.checked(changes.len());
    let zero = |claim: &&&Claim| {
        let moves = matches!(claim.direction, Some(Direction::Up | Direction::Down));
        moves && claim_groups::interval(claim).is_some_and(|interval| interval.middle() == 0)
    };
    let places: Vec<_> = changes
        .iter()
        .filter(zero)
        .map(|claim| &claim.place)
        .collect();
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    sink.broken(
        first,
        format!(
            "{} 处增减为零仍写作“增加”或“减少”，宜写“持平”",
            places.len()
        ),
        format!(
            "{} changes of zero are worded as an increase or a decrease",
            places.len()
        ),
    )
    .also_all(rest.iter().copied());
}
