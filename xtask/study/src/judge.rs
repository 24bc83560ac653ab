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

/// The changed figure, and how near a finding must come to be about it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'d> {
    /// The changed document.
    pub document: &'d Document,
    /// Where the figure stands.
    pub address: Address,
    /// A place anywhere in the same table will do: nothing tells which of several weights is the wrong one.
    pub anywhere_in_block: bool,
}

/// Judges the report on a changed document by the first new finding that touches the figure, in the report's own order.
pub fn judge(baseline: &Baseline, report: &Report, changed: Target<'_>) -> (Outcome, &'static str) {
    above_info(report)
        .find(|finding| !baseline.has(finding) && touches(finding, changed))
        .map_or((Outcome::Missed, ""), |finding| {
            (rank(finding, changed), finding.code)
        })
}

/// A place, a suspect or a consequence of the finding is on the changed figure.
fn touches(finding: &Finding, changed: Target<'_>) -> bool {
    let suspects = finding.suspects.iter().map(|suspect| &suspect.place);
    finding
        .places
        .iter()
        .chain(suspects)
        .any(|place| on(place, changed))
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
