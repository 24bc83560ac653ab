//! Whether an audit noticed a change, and whether it named the right place.

use std::collections::BTreeMap;

use mz_budget::{
    finding::{Finding, Report, Severity},
    place::Place,
};
use mz_document::Document;

use crate::spot::{Address, address_of, block_of};

/// How a change came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// No new finding touches the changed figure.
    Missed,
    /// A new finding touches it.
    Noticed,
    /// It is among the first three suspects.
    TopThree,
    /// It is the first suspect.
    First,
}

/// What the audit of the unchanged document reports: findings are known again by code and places, and by their line.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<String, Vec<String>>,
}

impl Baseline {
    /// Remembers a report.
    pub fn new(report: &Report) -> Self {
        let mut baseline = Self::default();
        for finding in above_info(report) {
            baseline
                .known
                .entry(key(finding))
                .or_default()
                .push(finding.message.clone());
        }
        baseline
    }

    /// Whether a finding was there before, in the same words.
    fn has(&self, finding: &Finding) -> bool {
        self.known
            .get(&key(finding))
            .is_some_and(|messages| messages.contains(&finding.message))
    }
}

/// Findings above info.
pub fn above_info(report: &Report) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
}

fn key(finding: &Finding) -> String {
    let places: Vec<String> = finding
        .places
        .iter()
        .map(|place| format!("{}:{:?}:{:?}", place.block, place.row, place.column))
        .collect();
    format!("{} {}", finding.code, places.join(" "))
}

/// Judges the report on a changed document.
pub fn judge(
    baseline: &Baseline,
    report: &Report,
    document: &Document,
    changed: Address,
) -> Outcome {
    let touching: Vec<&Finding> = above_info(report)
        .filter(|finding| !baseline.has(finding))
        .filter(|finding| touches(finding, changed))
        .collect();
    touching
        .iter()
        .map(|finding| rank(finding, changed))
        .max()
        .unwrap_or(Outcome::Missed)
}

/// A place, a suspect or a consequence of the finding is on the changed figure.
fn touches(finding: &Finding, changed: Target<'_>) -> bool {
    finding
        .places
        .iter()
        .chain(finding.suspects.iter().map(|suspect| &suspect.place))
        .any(|p| on(p, changed))
        || finding
            .consequences
            .iter()
            .any(|consequence| touches(consequence, changed))
}

/// By suspects where the finding names any, else by places.
fn rank(finding: &Finding, changed: Target<'_>) -> Outcome {
    let ordered: Vec<&Place> = if finding.suspects.is_empty() {
        finding.places.iter().collect()
    } else {
        finding
            .suspects
            .iter()
            .map(|suspect| &suspect.place)
            .collect()
    };
    match ordered.iter().position(|place| on(place, changed)) {
        Some(0) => Outcome::First,
        Some(1 | 2) => Outcome::TopThree,
        _ => Outcome::Noticed,
    }
}

/// In a table the same cell; in text an overlapping range, or the whole paragraph when the place gives no range.
fn on(place: &Place, changed: Target<'_>) -> bool {
    if place.block != block_of(changed.address) {
        return false;
    }
    match (address_of(changed.document, place), changed.address) {
        _ if changed.anywhere_in_block => true,
        (Some(found @ Address::Cell { .. }), Address::Cell { .. }) => found == changed.address,
        (
            Some(Address::Text { start, end, .. }),
            Address::Text {
                start: s, end: e, ..
            },
        ) => start < e && s < end,
        (None, Address::Text { .. }) => true,
        _ => false,
    }
}
