//! What the rules about two documents share: finding the other document, and saying a difference with both places.

use mz_budget::{cube::Conflict, finding::ObligationStatus, money::Fen};

use crate::{
    Audit, FindingBuilder, Sink,
    against::{Companion, Relation, joint::Joint},
};

/// Figures of one document shown at most.
const MOST_TERMS: usize = 6;

/// The other documents of one relation; says what is missing when there is none.
pub(super) fn companions<'a>(
    audit: &'a Audit<'_>,
    sink: &mut Sink,
    wanted: &Relation,
    missing: &str,
) -> Vec<&'a Companion<'a>> {
    let found: Vec<&Companion<'_>> = audit
        .companions
        .iter()
        .filter(|other| other.relation == *wanted)
        .collect();
    if found.is_empty() {
        // The ledger says once for all rules that the document is missing.
        sink.skipped(
            ObligationStatus::NotApplicable,
            format!("没有给出{missing}"),
        );
    }
    found
}

/// Last year's document.
pub(super) fn last_year<'a>(audit: &'a Audit<'_>, sink: &mut Sink) -> Vec<&'a Companion<'a>> {
    companions(audit, sink, &Relation::LastYear, "上年的公开文件")
}

/// How a difference between two documents is said.
pub(super) struct Words {
    /// What the document audited is.
    pub(super) own: String,
    /// What the other is.
    pub(super) other: String,
    /// What is compared, behind the name of the slice.
    pub(super) what: String,
}

/// Reports a contradiction of two documents with the figures of both.
pub(super) fn difference<'s>(
    audit: &Audit<'_>,
    sink: &'s mut Sink,
    (joint, other): (&Joint, &Companion<'_>),
    conflict: &Conflict,
    words: &Words,
) -> Option<FindingBuilder<'s>> {
    let (own, theirs) = joint.sides(conflict);
    let list = |givens: &[usize]| {
        let shown = givens.iter().take(MOST_TERMS);
        let shown: Vec<String> = shown
            .map(|given| joint.printed(audit, other, *given))
            .collect();
        let more = givens.len().saturating_sub(MOST_TERMS);
        if more > 0 {
            format!("{}等 {} 项", shown.join("、"), givens.len())
        } else {
            shown.join("、")
        }
    };
    let places = |givens: &[usize]| -> Vec<_> {
        let shown = givens.iter().take(MOST_TERMS);
        shown
            .filter_map(|given| joint.place(audit, other, *given))
            .collect()
    };
    let (own_places, their_places) = (places(&own), places(&theirs));
    let (first, rest) = own_places.split_first()?;
    let off = audit.money(conflict.difference.abs());
    let (ours, others) = (list(&own), list(&theirs));
    let name = joint.name(conflict.slice);
    let mut finding = sink
        .broken(
            first,
            format!(
                "{name}{}：{}为 {ours}，{}为 {others}，相差 {off}",
                words.what, words.own, words.other
            ),
            format!(
                "{name}: {ours} here, {others} in {}, the difference is {off}",
                other.file
            ),
        )
        .also_all(rest)
        .also_all(&their_places)
        .difference(Fen(conflict.difference));
    for (givens, label) in [(&own, &words.own), (&theirs, &words.other)] {
        for given in givens.iter().take(MOST_TERMS) {
            let printed = joint.printed(audit, other, *given);
            finding = finding.side(label.clone(), printed, joint.fen(*given));
        }
    }
    Some(finding)
}
