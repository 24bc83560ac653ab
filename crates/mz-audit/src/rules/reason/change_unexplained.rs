use std::collections::BTreeSet;

use mz_budget::{
    disclosure::{Claim, Direction, Disclosure, Subject, TextKind},
    finding::Severity,
    place::Place,
    profile::Ask,
};

use super::movers::WORDS;
use crate::{Audit, Sink, candidates::printed, claim_groups, declare_rule};

declare_rule! {
    pub static CHANGE_UNEXPLAINED = {
        code: "MZ4010",
        name: "change-unexplained",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-10", "CP-14", "SG-04"],
        page: "change_unexplained.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_unasked(audit, Ask::Reasons) {
        return;
    }
    let disclosure = audit.disclosure;
    let with_reason: BTreeSet<usize> = disclosure
        .reasons
        .iter()
        .map(|reason| reason.group)
        .collect();
    // A total is explained by the reasons of its parts, a subject by the reason given for it elsewhere.
    let explained_totals: BTreeSet<usize> = disclosure
        .claims
        .iter()
        .filter(|claim| with_reason.contains(&claim.group))
        .filter_map(|claim| claim.part_of)
        .collect();
    let explained_subjects: BTreeSet<&Subject> = audit
        .groups
        .iter()
        .filter(|group| !group.reasons.is_empty())
        .map(|group| group.subject)
        .collect();
    let reasons_in: BTreeSet<usize> = disclosure
        .reasons
        .iter()
        .map(|reason| reason.place.block)
        .collect();
    let sections = sections_explained(audit);
    for group in &audit.groups {
        let Some(change) = group.change else { continue };
        let Some(money) = claim_groups::money(change).filter(|money| money.number.digits != 0)
        else {
            continue;
        };
        if change.direction == Some(Direction::Level) || is_of_assets(audit, group.subject) {
            continue;
        }
        sink.checked(1);
        let explained = with_reason.contains(&group.group)
            || explained_totals.contains(&group.group)
            || explained_subjects.contains(group.subject)
            || reasons_in.contains(&change.place.block)
            || sections.contains(&change.place.section.as_deref())
            || explained_below(disclosure, change)
            || disclosure.profile.is_proposed && explained_after(disclosure, change);
        if explained {
            continue;
        }
        let direction = change
            .direction
            .map_or("变动", mz_budget::profile::narrative::direction_name);
        let words = group.words();
        sink.broken(
            &change.place,
            format!("{words}{direction} {money}，没有说明原因"),
            format!(
                "no reason is given for the change of {words} by {}",
                printed(change)
            ),
        );
    }
}

/// What is owned, not what is received and spent: nobody asks why it changed.
fn is_of_assets(audit: &Audit<'_>, subject: &Subject) -> bool {
    let Subject::Fact(key) = subject else {
        return false;
    };
    let fact = audit.disclosure.profile.narrative.fact(key);
    fact.is_some_and(|fact| fact.sections.iter().any(|id| id == "assets"))
}

/// Sections in which a paragraph of its own, without figures, gives the reason for what was said before.
fn sections_explained<'a>(audit: &Audit<'a>) -> BTreeSet<Option<&'a str>> {
    let disclosure = audit.disclosure;
    let with_figures: BTreeSet<usize> = disclosure.claims.iter().map(|c| c.place.block).collect();
    disclosure
        .reasons
        .iter()
        .filter(|reason| !with_figures.contains(&reason.place.block))
        .map(|reason| reason.place.section.as_deref())
        .collect()
}

/// The change of a section's total, explained part by part in the sections under it.
fn explained_below(disclosure: &Disclosure, change: &Claim) -> bool {
    let Some(heading) = &change.place.section else {
        return false;
    };
    let mut sections = disclosure.sections.iter().filter(|s| !s.in_contents);
    let Some(own) = sections.find(|s| s.heading == *heading) else {
        return false;
    };
    sections.take_while(|s| s.level > own.level).any(|below| {
        let mut reasons = disclosure.reasons.iter();
        reasons.any(|reason| reason.place.section.as_ref() == Some(&below.heading))
    })
}

/// Whether what follows the change tells why: a reason of one of its parts further on in the section, or, in the same
/// paragraph, words that begin one. Forms that are read from their own headers give reasons in words nobody lists.
fn explained_after(disclosure: &Disclosure, change: &Claim) -> bool {
    let place = &change.place;
    let is_part = |other: &Place| other.section == place.section && other.block >= place.block;
    if disclosure
        .reasons
        .iter()
        .any(|reason| is_part(&reason.place))
    {
        return true;
    }
    let from = place.span.map_or(0, |(_, end)| end);
    let mut texts = disclosure.texts.iter();
    texts
        .find(|text| text.place.block == place.block && text.kind == TextKind::Body)
        .is_some_and(|text| {
            let rest: String = text.text.chars().skip(from).collect();
            WORDS
                .openings
                .iter()
                .any(|words| rest.contains(words.as_str()))
        })
}
