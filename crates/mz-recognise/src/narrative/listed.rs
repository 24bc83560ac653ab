//! Lists that are known to leave nothing out, though their words do not say so or tables print none of their parts.
//!
//! One lists everything its total has parts of: 公务用车购置及运行费 5 万元（购置费 0 万元，运行费 5 万元）.
//!
//! Another lists projects behind their total: 项目支出 100 万元，甲项目 60 万元，乙项目 40 万元. No table may print them. That
//! they add up to the total bears them out all the same; so does a sum that one figure of the tables, put in the place of
//! one of the list, would make right.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, NodeId, Slice, Tree},
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

/// Groups of totals whose parts are all listed, each said in words that were understood. An amount must be one that the
/// tables print; the parts of a change are those of the amount that changed.
pub(super) fn whole(
    disclosure: &Disclosure,
    tables: &Tables,
    measure: &Measure,
) -> BTreeSet<usize> {
    let claims = || disclosure.claims.iter().filter(|c| c.measure == *measure);
    let mut lists: BTreeMap<usize, Option<Vec<Slice>>> = BTreeMap::new();
    for claim in claims() {
        let Some(total) = claim.part_of else {
            continue;
        };
        let list = lists.entry(total).or_insert_with(|| Some(Vec::new()));
        match (&claim.subject, list.as_mut()) {
            (Subject::Slice(part), Some(parts)) if claim.exact => parts.push(*part),
            _ => *list = None,
        }
    }
    let total_of = |group: usize| {
        let total = claims().find(|c| c.group == group)?;
        let (Subject::Slice(slice), ClaimValue::Money(money)) = (&total.subject, &total.value)
        else {
            return None;
        };
        let is_known = match measure {
            Measure::Amount => {
                let (home, _) = tables.meant(*slice)?;
                tables.says(home, figure(money)?)
            }
            _ => total.exact && !total.words.is_empty(),
        };
        is_known.then_some(*slice)
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
    let mut divisions = parts.iter().map(|part| tables.division(total, *part));
    let Some(way) = divisions.next().and_then(only) else {
        return false;
    };
    if !divisions.all(|other| only(other) == Some(way)) || !parts.iter().all(is_inner) {
        return false;
    }
    // Funds of this year leave out what was carried over.
    let is_dated = |part: &Slice| {
        let printed = tables.home(*part).map_or(*part, |(home, _)| home);
        printed.node(Dimension::Vintage) != total.node(Dimension::Vintage)
    };
    if parts.iter().any(is_dated) && !tables.is_of_one_year(dimensions) {
        return false;
    }
    let tree = dimensions.tree(way);
    // A part of a part is counted twice.
    let holds = |(i, outer): (usize, &Slice)| {
        let others = parts.iter().enumerate().filter(|(j, _)| *j != i);
        let mut inner = others.map(|(_, part)| part.node(way));
        inner.any(|inner| is_held(tree, outer.node(way), inner))
    };
    if parts.iter().enumerate().any(holds) {
        return false;
    }
    let members = members(tree, total.node(way));
    let is_listed = |member: &NodeId| {
        parts.iter().any(|part| {
            let listed = part.node(way);
            listed == *member || tree.node(listed).overlay.contains(member)
        })
    };
    parts.len() > 1
        && members.iter().all(|member| {
            is_covered(tree, *member, &is_listed, &|node| {
                tables.is_empty(way, node)
            })
        })
}

/// Whether a node is another or a part of it.
fn is_held(tree: &Tree, outer: NodeId, inner: NodeId) -> bool {
    let overlay = &tree.node(outer).overlay;
    tree.contains(outer, inner) || overlay.iter().any(|member| is_held(tree, *member, inner))
}

/// The nodes that make up another.
fn members(tree: &Tree, node: NodeId) -> &[NodeId] {
    let node = tree.node(node);
    match node.overlay.is_empty() {
        true => &node.children,
        false => &node.overlay,
    }
}

/// Whether a node is listed, or all below it that has money is.
fn is_covered(
    tree: &Tree,
    node: NodeId,
    is_listed: &dyn Fn(&NodeId) -> bool,
    is_empty: &dyn Fn(NodeId) -> bool,
) -> bool {
    if is_listed(&node) {
        return true;
    }
    let below = members(tree, node);
    let has_money = |child: &NodeId| is_listed(child) || !is_empty(*child);
    let is_divided = below.iter().any(has_money);
    (is_empty(node) || is_divided)
        && below
            .iter()
            .all(|child| is_covered(tree, *child, is_listed, is_empty))
}

/// The dimension of a division by one dimension.
fn only(division: u8) -> Option<Dimension> {
    let mut ways = Dimension::ALL
        .into_iter()
        .filter(|d| division & (1 << *d as u8) != 0);
    ways.next().filter(|_| ways.next().is_none())
}
