use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, NodeId},
    disclosure::{Measure, Stage, Subject},
    finding::Severity,
    money::Decimal,
};

use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

declare_rule! {
    pub static SHARES_MISS_100 = {
        code: "MZ4004",
        name: "shares-miss-100",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-02"],
        page: "shares_miss_100.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut sets: BTreeMap<(usize, &Subject, Stage), Vec<&ClaimGroup<'_>>> = BTreeMap::new();
    for group in &audit.groups {
        let Some(claim) = group.share else { continue };
        let Measure::Share { of } = &claim.measure else {
            continue;
        };
        let list = claim.part_of.filter(|_| claim.exhaustive);
        // Shares that no total heads belong together when they stand in one paragraph.
        let key = list.unwrap_or(usize::MAX - claim.place.block);
        sets.entry((key, of, group.stage)).or_default().push(group);
    }
    for ((_, of, _), set) in sets {
        let listed = set.iter().all(|group| {
            group
                .share
                .is_some_and(|claim| claim.part_of.is_some() && claim.exhaustive)
        });
        if set.len() < 2 || !(listed || are_all_parts(audit, of, &set)) {
            continue;
        }
        // Where the amounts are printed each share is checked on its own, and only rounding is left.
        let no_whole = audit.amounts(of, set[0].stage, None).is_empty();
        let unverified = |group: &&ClaimGroup<'_>| {
            audit
                .amounts(group.subject, group.stage, group.amount)
                .is_empty()
        };
        if no_whole || set.iter().any(unverified) {
            sum(audit, sink, of, &set);
        }
    }
}

/// Whether the subjects are all the parts of the whole along one dimension.
fn are_all_parts(audit: &Audit<'_>, of: &Subject, set: &[&ClaimGroup<'_>]) -> bool {
    let Subject::Slice(whole) = of else {
        return false;
    };
    Dimension::ALL.into_iter().any(|dimension| {
        let tree = audit.disclosure.dimensions.tree(dimension);
        let parts: Option<BTreeSet<NodeId>> = set
            .iter()
            .map(|group| match group.subject {
                Subject::Slice(part)
                    if part.with(dimension, 0) == whole.with(dimension, 0) && part != whole =>
                {
                    Some(part.node(dimension))
                }
                _ => None,
            })
            .collect();
        let all: BTreeSet<NodeId> = tree
            .node(whole.node(dimension))
            .children
            .iter()
            .copied()
            .collect();
        parts.is_some_and(|parts| parts == all)
    })
}

fn sum(audit: &Audit<'_>, sink: &mut Sink, of: &Subject, set: &[&ClaimGroup<'_>]) {
    let shares: Vec<(Decimal, _)> = set
        .iter()
        .filter_map(|g| {
            g.share
                .and_then(|c| Some((claim_groups::percent(c)?, &c.place)))
        })
        .collect();
    let Some(decimals) = shares.iter().map(|(p, _)| p.decimals).max() else {
        return;
    };
    let scaled = |p: Decimal| {
        p.digits
            .checked_mul(10_i64.pow(u32::from(decimals - p.decimals)))
    };
    let Some(total) = shares
        .iter()
        .try_fold(0_i64, |sum, (p, _)| sum.checked_add(scaled(*p)?))
    else {
        return;
    };
    let slack: i64 = shares
        .iter()
        .map(|(p, _)| 10_i64.pow(u32::from(decimals - p.decimals)))
        .sum::<i64>()
        / 2
        + 1;
    let hundred = 100 * 10_i64.pow(u32::from(decimals));
    if (total - hundred).abs() <= slack {
        sink.held(shares.iter().map(|(_, place)| *place));
        return;
    }
    sink.checked(1);
    let Some((_, first)) = shares.first() else {
        return;
    };
    let printed = Decimal {
        digits: total,
        decimals,
    };
    let name = audit.name(of);
    sink.broken(
        first,
        format!(
            "{name}的 {} 项占比合计 {printed}%，不等于 100%",
            shares.len()
        ),
        format!("the {} shares of {name} add up to {printed}%", shares.len()),
    )
    .also_all(shares.iter().skip(1).map(|(_, place)| *place));
}
