//! Which characters of which block belong to which finding.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
};

use mz_budget::{
    finding::{Finding, Severity},
    place::Place,
};
use mz_document::Document;

use super::escape::escape;
use crate::{
    lang::severity_key,
    spot::{self, Spot},
};

/// One marked range.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Number of the finding in the list at the side.
    finding: usize,
    /// Its severity.
    severity: Severity,
    /// `MZ1001 parts-miss-total`
    name: String,
    /// Anchor of this place.
    anchor: String,
    /// A suspect: the figure that is likely wrong.
    is_suspect: bool,
    range: Range<usize>,
}

/// Block, and cell of it where the block is a table.
type Spot2 = (usize, Option<(usize, usize)>);

/// All marks of a document.
#[derive(Debug)]
pub struct Marks {
    document: usize,
    by_spot: BTreeMap<Spot2, Vec<Mark>>,
    blocks: BTreeMap<usize, Vec<Mark>>,
}

/// Anchor of a place: document, finding, number of the place.
pub fn anchor(document: usize, finding: usize, place: usize) -> String {
    format!("m{document}-{finding}-{place}")
}

/// Places of a finding in the order of their anchors: its own, its suspects', its consequences'.
pub fn places(finding: &Finding) -> impl Iterator<Item = (&Place, bool)> {
    let own = finding.places.iter().map(|place| (place, false));
    let suspects = finding
        .suspects
        .iter()
        .map(|suspect| (&suspect.place, true));
    let consequences = finding
        .consequences
        .iter()
        .filter_map(|consequence| Some((consequence.places.first()?, false)));
    own.chain(suspects).chain(consequences)
}

impl Marks {
    /// Looks up the places of all findings.
    pub fn collect(document_index: usize, document: &Document, findings: &[&Finding]) -> Self {
        let mut marks = Self {
            document: document_index,
            by_spot: BTreeMap::new(),
            blocks: BTreeMap::new(),
        };
        for (n, finding) in findings.iter().enumerate() {
            for (i, (place, is_suspect)) in places(finding).enumerate() {
                let (spot, range) = match spot::find(document, place) {
                    Spot::Text { range, .. } if range.is_empty() => (None, range),
                    Spot::Text { range, .. } => (Some((place.block, None)), range),
                    Spot::Cell {
                        row, column, range, ..
                    } => (Some((place.block, Some((row, column)))), range),
                    Spot::Table(_) => (None, 0..0),
                    Spot::Nowhere => continue,
                };
                let mark = Mark {
                    finding: n,
                    severity: finding.severity,
                    name: format!("{} {}", finding.code, finding.name),
                    anchor: anchor(document_index, n, i),
                    is_suspect,
                    range,
                };
                match spot {
                    Some(spot) => marks.by_spot.entry(spot).or_default().push(mark),
                    None => marks.blocks.entry(place.block).or_default().push(mark),
                }
            }
        }
        marks
    }

    /// Anchors for places that stand for a whole block.
    pub fn block_anchors(&self, block: usize) -> String {
        anchors(self.blocks.get(&block).into_iter().flatten())
    }

    /// Class of the most serious mark of a block or cell.
    pub fn class(&self, block: usize, cell: Option<(usize, usize)>) -> Option<&'static str> {
        self.by_spot
            .get(&(block, cell))?
            .iter()
            .map(|mark| mark.severity)
            .max()
            .map(severity_key)
    }

    /// The text with its marks; overlapping ranges are cut at every edge.
    pub fn render(&self, block: usize, cell: Option<(usize, usize)>, text: &str) -> String {
        let Some(marks) = self.by_spot.get(&(block, cell)) else {
            return breaks(&escape(text));
        };
        let n_chars = text.chars().count();
        if n_chars == 0 {
            // A blank cell that is quoted still needs something for the links to land on.
            return anchors(marks.iter());
        }
        let n_chars = text.chars().count();
        let mut edges: BTreeSet<usize> = BTreeSet::from([0, n_chars]);
        for mark in marks {
            edges.extend([mark.range.start.min(n_chars), mark.range.end.min(n_chars)]);
        }
        let edges: Vec<usize> = edges.into_iter().collect();
        let mut out = String::new();
        for window in edges.windows(2) {
            let [start, end] = *window else { continue };
            let piece = spot::split(text, &(start..end)).1;
            let over: Vec<&Mark> = marks
                .iter()
                .filter(|mark| mark.range.start <= start && end <= mark.range.end)
                .collect();
            self.segment(&mut out, piece, start, &over);
        }
        out
    }

    fn segment(&self, out: &mut String, piece: &str, start: usize, over: &[&Mark]) {
        let Some(head) = over
            .iter()
            .max_by_key(|mark| (mark.severity, std::cmp::Reverse(mark.finding)))
        else {
            out.push_str(&breaks(&escape(piece)));
            return;
        };
        // Every place keeps its own anchor, so that each link of the list lands on its own words.
        out.push_str(&anchors(
            over.iter()
                .copied()
                .filter(|mark| mark.range.start == start),
        ));
        let names: BTreeSet<&str> = over.iter().map(|mark| mark.name.as_str()).collect();
        let names = names.into_iter().collect::<Vec<_>>().join(" · ");
        let suspect = if over.iter().any(|mark| mark.is_suspect) {
            " suspect"
        } else {
            ""
        };
        let _ = write!(
            out,
            "<mark class=\"{}{suspect}\"><a href=\"#f{}-{}\" title=\"{}\">{}</a></mark>",
            severity_key(head.severity),
            self.document,
            head.finding,
            escape(&names),
            breaks(&escape(piece))
        );
    }
}

fn anchors<'m>(marks: impl Iterator<Item = &'m Mark>) -> String {
    let mut out = String::new();
    for mark in marks {
        let _ = write!(out, "<span class=\"at\" id=\"{}\"></span>", mark.anchor);
    }
    out
}

/// Line breaks inside a cell stay line breaks.
fn breaks(escaped: &str) -> String {
    escaped.replace('\n', "<br>")
}
