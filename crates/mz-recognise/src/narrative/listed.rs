//! Lists that are known to leave nothing out, though their words do not say so or tables print none of their parts.
//!
//! One lists everything its total has parts of: 公务用车购置及运行费 5 万元（购置费 0 万元，运行费 5 万元）.
//!
//! Another lists projects behind their total: 项目支出 100 万元，甲项目 60 万元，乙项目 40 万元. No table may print them. That
//! they add up to the total bears them out all the same; so does a sum that one figure of the tables, put in the place of
//! one of the list, would make right.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Stage, Subject},
};

use super::prove::{Figure, Tables, are_apart, figure, is_inside};

/// A list that misses its total by more than one in so many may have left something out.
const MOST_MISSED: i64 = 50;

/// The group of the total of each group that is listed under one.
pub(super) fn listed(disclosure: &Disclosure, tables: &Tables) -> BTreeMap<usize, usize> {
    let amounts: Vec<(&Claim, Slice, Figure)> =
        disclosure.claims.iter().filter_map(amount).collect();
    let mut totals = BTreeMap::new();
    for (i, (total, whole, own)) in amounts.iter().enumerate() {
        let is_total = whole.node(Dimension::Project) == 0 && tables.says(*whole, *own);
        if !is_total {
            continue;
        }
        let behind = amounts.iter().skip(i + 1);
        let parts: Vec<_> = behind
            .take_while(|(claim, slice, _)| {
                claim.place.block == total.place.block
                    && slice.node(Dimension::Project) != 0
                    && !are_apart(&disclosure.dimensions, *whole, *slice)
            })
            .collect();
        if parts.len() < 2 {
            continue;
        }
        let sum = parts.iter().fold((0, 0), |sum: Figure, (.., part)| {
            (sum.0.saturating_add(part.0), sum.1.saturating_add(part.1))
        });
        let missing = own.0.saturating_sub(sum.0);
        let mends = |part: &Figure| {
            let right = part.0.saturating_add(missing);
            right > 0 && tables.anywhere((right, part.1))
        };
        let is_slip = missing.saturating_abs() <= own.0 / MOST_MISSED
            && parts.iter().any(|(.., part)| mends(part));
        if missing.saturating_abs() <= own.1.saturating_add(sum.1) || is_slip {
            totals.extend(parts.iter().map(|(claim, ..)| (claim.group, total.group)));
        }
    }
    totals
}

/// This year's amounts of slices that stand under no total yet.
fn amount(claim: &Claim) -> Option<(&Claim, Slice, Figure)> {
    let (Subject::Slice(slice), Measure::Amount, ClaimValue::Money(money)) =
        (&claim.subject, &claim.measure, &claim.value)
    else {
        return None;
    };
    let is_own = claim.stage == Stage::Budget && claim.part_of.is_none();
    Some((claim, *slice, figure(money).filter(|_| is_own)?))
}

/// Groups of totals that the tables print, whose parts are all listed, each said in words that were understood.
pub(super) fn whole(disclosure: &Disclosure, tables: &Tables) -> BTreeSet<usize> {
    let mut lists: BTreeMap<usize, Option<Vec<Slice>>> = BTreeMap::new();
    for claim in &disclosure.claims {
        let (Some(total), Measure::Amount) = (claim.part_of, &claim.measure) else {
            continue;
        };
        let list = lists.entry(total).or_insert_with(|| Some(Vec::new()));
        match (&claim.subject, list.as_mut()) {
            (Subject::Slice(part), Some(parts)) if claim.exact => parts.push(*part),
            _ => *list = None,
        }
    }
    let total_of = |group: usize| {
        let claims = disclosure.claims.iter();
        let mut amounts = claims.filter(|c| c.group == group && c.measure == Measure::Amount);
        let (Subject::Slice(slice), ClaimValue::Money(money)) =
            amounts.next().map(|claim| (&claim.subject, &claim.value))?
        else {
            return None;
        };
        let (home, _) = tables.meant(*slice)?;
        tables.says(home, figure(money)?).then_some(*slice)
    };
    let is_whole = |group: usize, parts: &[Slice]| {
        total_of(group).is_some_and(|total| has_all(disclosure, tables, total, parts))
    };
    lists
        .iter()
        .filter(|(group, parts)| parts.as_ref().is_some_and(|parts| is_whole(**group, parts)))
        .map(|(group, _)| *group)
        .collect()
}

/// Whether every part that a total has in the one dimension that divides it is listed, or has no money in any table.
fn has_all(disclosure: &Disclosure, tables: &Tables, total: Slice, parts: &[Slice]) -> bool {
    let dimensions = &disclosure.dimensions;
    let is_inner = |part: &Slice| is_inside(dimensions, total, *part);
    let divides = |d: &Dimension| parts.iter().any(|part| part.node(*d) != total.node(*d));
    let mut ways = Dimension::ALL.into_iter().filter(divides);
    let (Some(way), None) = (ways.next(), ways.next()) else {
        return false;
    };
    let tree = dimensions.tree(way);
    let own = total.node(way);
    let overlay = &tree.node(own).overlay;
    let members: Vec<NodeId> = match overlay.is_empty() {
        false => overlay.clone(),
        true => (1..)
            .zip(tree.nodes.iter().skip(1))
            .filter(|(id, node)| node.parent == own && *id != own)
            .map(|(id, _)| id)
            .collect(),
    };
    let is_listed = |member: &NodeId| parts.iter().any(|part| part.node(way) == *member);
    members.len() > 1
        && parts.iter().all(is_inner)
        && members.iter().filter(|member| is_listed(member)).count() > 1
        && members
            .iter()
            .all(|member| is_listed(member) || tables.is_empty(way, *member))
}
