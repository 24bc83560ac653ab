//! Enumerations of the narrative: a total and the parts that stand under it.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::{Claim, ClaimValue, Measure, Stage, Subject},
};

use crate::{Audit, interval::Interval};

/// A total and its parts, all of one measure.
pub(crate) struct Enumeration<'a> {
    /// The total.
    pub(crate) total: &'a Claim,
    /// Its parts, in order.
    pub(crate) parts: Vec<&'a Claim>,
}

/// Exhaustive enumerations of amounts or of changes.
pub(crate) fn exhaustive<'a>(audit: &Audit<'a>, measure: &Measure) -> Vec<Enumeration<'a>> {
    let mut parts: BTreeMap<(usize, Stage), Vec<&'a Claim>> = BTreeMap::new();
    let claims = &audit.disclosure.claims;
    for claim in claims
        .iter()
        .filter(|claim| claim.measure == *measure && claim.exhaustive)
    {
        if let Some(total) = claim.part_of.filter(|total| *total != claim.group) {
            parts.entry((total, claim.stage)).or_default().push(claim);
        }
    }
    let mut found = Vec::new();
    for ((group, stage), parts) in parts {
        let totals = claims
            .iter()
            .filter(|c| c.group == group && c.measure == *measure && c.stage == stage);
        for total in totals {
            for parts in partitions(audit, total, &parts) {
                // A list that names one thing twice is not a partition.
                let distinct = parts
                    .iter()
                    .enumerate()
                    .all(|(i, a)| parts.iter().skip(i + 1).all(|b| a.subject != b.subject));
                if distinct && parts.len() > 1 {
                    found.push(Enumeration { total, parts });
                }
            }
        }
    }
    found
}

/// The parts of one total by the way they divide it: "by source …, by project …" are two lists under one total.
fn partitions<'a>(audit: &Audit<'a>, total: &'a Claim, parts: &[&'a Claim]) -> Vec<Vec<&'a Claim>> {
    let whole = match &total.subject {
        Subject::Slice(whole) => whole,
        Subject::Fact(key) => return divisions(audit, total, key, parts),
    };
    let years = audit.disclosure.dimensions.tree(Dimension::Vintage);
    let current = years.find("current").unwrap_or(0);
    let slices = || {
        let slice = |part: &&'a Claim| match part.subject {
            Subject::Slice(slice) => Some((*part, slice)),
            Subject::Fact(_) => None,
        };
        parts.iter().filter_map(slice)
    };
    // Beside money carried over, the year of a fund is said to tell them apart.
    let is_older = |slice: Slice| {
        let year = slice.node(Dimension::Vintage);
        year != current && year != whole.node(Dimension::Vintage)
    };
    let has_years = slices().any(|(_, slice)| is_older(slice));
    let year = if has_years { NodeId::MAX } else { current };
    let mut lists: BTreeMap<u8, Vec<&'a Claim>> = BTreeMap::new();
    for (part, slice) in slices() {
        let way = whole.division(slice, year);
        lists.entry(way).or_default().push(part);
    }
    lists.into_values().collect()
}

/// The listed parts of a fact: every declared division of it that is listed whole, else those of the first one.
fn divisions<'a>(
    audit: &Audit<'a>,
    total: &'a Claim,
    whole: &str,
    parts: &[&'a Claim],
) -> Vec<Vec<&'a Claim>> {
    let key = |claim: &'a Claim| match &claim.subject {
        Subject::Fact(key) => Some(key),
        Subject::Slice(_) => None,
    };
    let of = |is_meant: &dyn Fn(&'a Claim, &'a String) -> bool| -> Vec<&'a Claim> {
        let parts = parts.iter().copied();
        parts
            .filter(|part| key(part).is_some_and(|key| is_meant(part, key)))
            .collect()
    };
    let spec = audit.disclosure.profile.narrative.fact(whole);
    let Some(spec) = spec.filter(|spec| spec.ways().next().is_some()) else {
        return vec![of(&|part, _| same_kind(total, part))];
    };
    let is_listed = |wanted: &str| {
        parts
            .iter()
            .any(|part| key(part).is_some_and(|key| key == wanted))
    };
    let ways = spec.ways_listed(is_listed);
    let first = [spec.parts.as_slice()];
    let ways = if ways.is_empty() {
        &first
    } else {
        ways.as_slice()
    };
    ways.iter()
        .map(|way| of(&|_, key| way.contains(key)))
        .collect()
}

/// Both money, or both quantities of one unit, or one of them no figure.
fn same_kind(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (ClaimValue::Quantity { unit: a, .. }, ClaimValue::Quantity { unit: b, .. }) => a == b,
        (a, b) => {
            std::mem::discriminant(a) == std::mem::discriminant(b) || matches!(b, ClaimValue::None)
        }
    }
}

impl Enumeration<'_> {
    /// The sum of the parts. `None` when one has no figure.
    pub(crate) fn sum(&self, value: impl Fn(&Claim) -> Option<Interval>) -> Option<Interval> {
        self.parts
            .iter()
            .try_fold(Interval::ZERO, |sum, part| Some(sum.plus(value(part)?)))
    }
}
