//! The same sentence in two years' documents: what one says of the year before, beside what was said then.
//!
//! Figures of the cube are compared there ([`super::joint`]). What is left are facts outside it (procurement, headcount,
//! operating funds), and documents whose tables were not published or not read; their subjects are known by their words.

use std::collections::BTreeMap;

use mz_budget::{
    disclosure::{Claim, Disclosure, Measure, Subject},
    normalise,
};

use super::Companion;
use crate::{
    Audit,
    claim_groups::{self, ClaimGroup},
    interval::Interval,
};

/// Shortest words that name a subject.
const SHORTEST: usize = 4;

/// What this document says of last year, and what last year's document said.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The claim about last year: a change, or last year's amount itself.
    pub now: &'a Claim,
    /// Last year's amount as it follows from this document.
    pub implied: Interval,
    /// Last year's claim.
    pub then: &'a Claim,
    /// Its amount.
    pub published: Interval,
}

/// Sentences of both documents about last year's amount of one subject. A subject that last year's document gives two
/// amounts of is left out.
pub fn told<'a>(audit: &'a Audit<'_>, other: &Companion<'a>) -> Vec<Told<'a>> {
    let then = amounts(other.disclosure);
    let mut told = Vec::new();
    for group in &audit.groups {
        let (Some((now, implied)), Some(amount)) = (before(audit, group), group.amount) else {
            continue;
        };
        let key = key(audit.disclosure, amount);
        let Some(claims) = key.and_then(|key| then.get(&key)) else {
            continue;
        };
        let Some((first, published)) = claims.first() else {
            continue;
        };
        let agree = claims.iter().all(|(_, one)| one.meets(*published));
        let is_of_cubes = is_slice(&first.subject) && is_slice(&now.subject);
        if agree && !is_of_cubes && same_measure(now, first) {
            told.push(Told {
                now,
                implied,
                then: first,
                published: *published,
            });
        }
    }
    told
}

fn is_slice(subject: &Subject) -> bool {
    matches!(subject, Subject::Slice(_))
}

/// The facts a document states one amount of, by key.
pub fn facts(disclosure: &Disclosure) -> BTreeMap<&str, (&Claim, Interval)> {
    let own = disclosure.own_stage();
    let mut known: BTreeMap<&str, Vec<(&Claim, Interval)>> = BTreeMap::new();
    for claim in &disclosure.claims {
        if let (Subject::Fact(key), Measure::Amount, Some(stated)) = (
            &claim.subject,
            &claim.measure,
            claim_groups::interval(claim),
        ) && claim.stage == own
        {
            known.entry(key).or_default().push((claim, stated));
        }
    }
    let mut facts = BTreeMap::new();
    for (key, claims) in known {
        if let Some((first, stated)) = claims.first()
            && claims.iter().all(|(_, one)| one.meets(*stated))
        {
            facts.insert(key, (*first, *stated));
        }
    }
    facts
}

/// Both are money, or both are counts of one unit.
pub fn same_measure(a: &Claim, b: &Claim) -> bool {
    use mz_budget::disclosure::ClaimValue::{Money, Quantity};
    match (&a.value, &b.value) {
        (Quantity { unit: a, .. }, Quantity { unit: b, .. }) => a == b,
        (Quantity { .. }, Money(_)) | (Money(_), Quantity { .. }) => false,
        _ => true,
    }
}

/// Last year's amount as a statement gives it: said itself, or this year's less the change.
fn before<'a>(audit: &'a Audit<'_>, group: &ClaimGroup<'a>) -> Option<(&'a Claim, Interval)> {
    let own = audit.disclosure.own_stage();
    let base = own.prior_base();
    let amount = group.amount?;
    let stated = claim_groups::interval(amount)?;
    if group.stage == base.stage() {
        return Some((amount, stated));
    }
    let change = group.change?;
    if group.stage != own || change.base.is_some_and(|given| given != base) {
        return None;
    }
    let moved = claim_groups::signed_change(change, stated.slack())?;
    // Computed from two rounded figures, a change may be off by a whole last digit.
    let moved = Interval::around(moved.middle(), 2 * moved.slack());
    Some((change, stated.minus(moved)))
}

type Known<'a> = BTreeMap<String, Vec<(&'a Claim, Interval)>>;

/// The amounts a document states as its own, by subject.
fn amounts(disclosure: &Disclosure) -> Known<'_> {
    let own = disclosure.own_stage();
    let mut known: Known<'_> = BTreeMap::new();
    for claim in &disclosure.claims {
        if claim.measure != Measure::Amount || claim.stage != own {
            continue;
        }
        if let (Some(key), Some(stated)) = (key(disclosure, claim), claim_groups::interval(claim)) {
            known.entry(key).or_default().push((claim, stated));
        }
    }
    known
}

/// What an amount is of, the same in both years: the fact the profile knows, or the clause it stands in without its
/// figures, under the same heading. The words a claim was bound by are too few: 其他资金收入预算 is not 收入预算.
fn key(disclosure: &Disclosure, claim: &Claim) -> Option<String> {
    if let Subject::Fact(key) = &claim.subject
        && disclosure.profile.narrative.fact(key).is_some()
    {
        return Some(key.clone());
    }
    let unit = normalise::name(disclosure.unit.as_deref().unwrap_or_default());
    let clause = plain(&claim.place.quote, &unit);
    let section = plain(claim.place.section.as_deref()?, &unit);
    (claim.words.chars().count() >= SHORTEST).then(|| format!("{section}\u{1f}{clause}"))
}

/// Words without the year, the numbering and the name of the unit.
fn plain(words: &str, unit: &str) -> String {
    const NUMBERING: &str = "一二三四五六七八九十、.()年度";
    let mut plain = normalise::name(words);
    if !unit.is_empty() {
        plain = plain.replace(unit, "");
    }
    plain.retain(|c| !c.is_ascii_digit() && !NUMBERING.contains(c));
    plain
}
