//! Contradictions of last year's figures, as the changes imply them.

use std::collections::BTreeSet;

use mz_budget::{
    cube::{Cluster, Conflict},
    disclosure::Claim,
    finding::Suspect,
    money::Fen,
    profile::narrative::direction_name,
};

use crate::{Audit, Sink, candidates::printed, cubes::Solved};

/// Most changes named in a message.
const MOST_NAMED: usize = 6;

/// Reports what the changes contradict: first the changes among themselves, then the amounts of last year they imply.
pub(super) fn report(audit: &Audit<'_>, sink: &mut Sink) {
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for solved in audit
        .cubes()
        .changes()
        .into_iter()
        .chain(audit.cubes().prior())
    {
        sink.checked(solved.counts().0);
        for cluster in solved.clusters() {
            let Some(conflict) = cluster.conflicts.first() else {
                continue;
            };
            let claims: BTreeSet<usize> = conflict
                .support
                .iter()
                .filter_map(|given| solved.source(*given))
                .collect();
            if claims.iter().any(|claim| seen.contains(claim)) {
                continue;
            }
            seen.extend(claims);
            one(audit, sink, solved, cluster, conflict);
        }
    }
}

fn one(
    audit: &Audit<'_>,
    sink: &mut Sink,
    solved: &Solved,
    cluster: &Cluster,
    conflict: &Conflict,
) {
    let claim_of = |given: usize| audit.disclosure.claims.get(solved.source(given)?);
    let likely = cluster
        .suspects
        .iter()
        .filter(|s| s.rank == 1)
        .map(|s| s.given);
    let mut claims: Vec<&Claim> = Vec::new();
    for given in likely
        .chain(conflict.terms.iter().map(|(given, _)| *given))
        .chain(conflict.support.iter().copied())
    {
        if let Some(claim) =
            claim_of(given).filter(|claim| !claims.iter().any(|other| std::ptr::eq(*other, *claim)))
        {
            claims.push(claim);
        }
    }
    let Some((first, rest)) = claims.split_first() else {
        return;
    };
    let said = |claim: &Claim| {
        format!(
            "{}{} {}",
            audit.name(&claim.subject),
            claim.direction.map_or("", direction_name),
            printed(claim)
        )
    };
    let named: Vec<String> = conflict
        .terms
        .iter()
        .filter_map(|(given, _)| claim_of(*given))
        .take(MOST_NAMED)
        .map(said)
        .collect();
    let difference = audit.money(conflict.difference.abs());
    let mut finding = sink
        .broken(
            &first.place,
            format!("增减额之间合不拢，相差 {difference}：{}", named.join("；")),
            format!("the changes do not add up; the difference is {difference}"),
        )
        .difference(Fen(conflict.difference))
        .also_all(rest.iter().map(|claim| &claim.place));
    for suspect in cluster.suspects.iter().take(6) {
        if let Some(claim) = claim_of(suspect.given) {
            finding = finding.suspect(Suspect {
                place: claim.place.clone(),
                printed: printed(claim),
                implied: None,
            });
        }
    }
    let _ = finding;
}
