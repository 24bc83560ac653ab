//! Enumerations of the narrative: a total and the parts that stand under it.

use std::collections::BTreeMap;

use mz_budget::disclosure::{Claim, Measure, Stage};

use crate::{Audit, claim_groups, interval::Interval};

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
    parts
        .into_iter()
        .filter_map(|((group, stage), parts)| {
            let mut totals = claims
                .iter()
                .filter(|c| c.group == group && c.measure == *measure && c.stage == stage);
            let total = totals.next()?;
            let same_kind = parts.iter().all(|part| {
                std::mem::discriminant(&part.value) == std::mem::discriminant(&total.value)
                    || claim_groups::interval(part).is_some()
            });
            // A list that names one thing twice, or a total that heads two lists, is not a partition.
            let distinct = parts
                .iter()
                .enumerate()
                .all(|(i, a)| parts.iter().skip(i + 1).all(|b| a.subject != b.subject));
            (same_kind && distinct && parts.len() > 1).then_some(Enumeration { total, parts })
        })
        .collect()
}

impl Enumeration<'_> {
    /// The sum of the parts. `None` when one has no figure.
    pub(crate) fn sum(&self, value: impl Fn(&Claim) -> Option<Interval>) -> Option<Interval> {
        self.parts
            .iter()
            .try_fold(Interval::ZERO, |sum, part| Some(sum.plus(value(part)?)))
    }
}
