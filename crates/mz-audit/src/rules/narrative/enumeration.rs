//! Enumerations of the narrative: a total and the parts that stand under it.

use std::collections::BTreeMap;

use mz_budget::disclosure::{Claim, ClaimValue, Measure, Stage, Subject};

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
    let mut lists: BTreeMap<u8, Vec<&'a Claim>> = BTreeMap::new();
    for part in parts {
        let way = match (&total.subject, &part.subject) {
            (Subject::Slice(whole), Subject::Slice(slice)) => {
                let differs = (0_u8..)
                    .zip(whole.0.iter().zip(slice.0))
                    .filter(|(_, (a, b))| **a != *b);
                differs.fold(0_u8, |way, (i, _)| way | 1 << i)
            }
            (Subject::Fact(whole), Subject::Fact(key)) => {
                let spec = audit.disclosure.profile.narrative.fact(whole);
                match spec
                    .map(|spec| &spec.parts)
                    .filter(|declared| !declared.is_empty())
                {
                    Some(declared) if declared.contains(key) => 0,
                    Some(_) => continue,
                    None if same_kind(total, part) => 0,
                    None => continue,
                }
            }
            _ => continue,
        };
        lists.entry(way).or_default().push(part);
    }
    lists.into_values().collect()
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
