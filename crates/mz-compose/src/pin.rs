//! Gives every place of a finding the page and the box of its own words, where the document knows them.

use std::ops::Range;

use mz_budget::{
    finding::{Finding, Report},
    place::{Place, Rect},
};
use mz_document::Document;

use crate::spot::{self, Spot};

/// Narrows the places of all findings from their paragraph to their words.
pub fn pin(document: &Document, report: &mut Report) {
    for finding in &mut report.findings {
        pin_finding(document, finding);
    }
}

fn pin_finding(document: &Document, finding: &mut Finding) {
    let suspects = finding
        .suspects
        .iter_mut()
        .map(|suspect| &mut suspect.place);
    for place in finding.places.iter_mut().chain(suspects) {
        let boxes = boxes(document, place);
        let Some((page, first)) = boxes.first().copied() else {
            continue;
        };
        // A quote over several lines has one box in data; pictures draw each line.
        let here = boxes.iter().filter(|(other, _)| *other == page);
        place.page = Some(page);
        place.rect = Some(here.fold(first, |whole, (_, rect)| union(whole, *rect)));
    }
    for consequence in &mut finding.consequences {
        pin_finding(document, consequence);
    }
}

/// Page and boxes of the words of a place: the lines of its quote, or its cell or table. None for places of another file.
pub fn boxes(document: &Document, place: &Place) -> Vec<(u32, Rect)> {
    // Pages of another file are not this file's pages.
    if place.file.is_some() {
        return Vec::new();
    }
    // Texts have no pages: nothing to look for.
    if is_text_without_lines(document, place) {
        return Vec::new();
    }
    if let Spot::Text { range, .. } = spot::find(document, place)
        && let Some(block) = document.blocks.get(place.block)
    {
        let whole = 0..block.text().map_or(0, |text| text.chars().count());
        let range: Range<usize> = if range.is_empty() { whole } else { range };
        return block
            .boxes(&range)
            .into_iter()
            .map(|(page, rect)| (page, of(rect)))
            .collect();
    }
    place.page.zip(place.rect).into_iter().collect()
}

fn is_text_without_lines(document: &Document, place: &Place) -> bool {
    document.blocks.get(place.block).is_some_and(|block| {
        let is_table = matches!(block.content, mz_document::Content::Table(_));
        !is_table && block.lines.is_empty() && place.page.is_none()
    })
}

fn of(rect: mz_document::Rect) -> Rect {
    Rect {
        left: rect.left,
        top: rect.top,
        right: rect.right,
        bottom: rect.bottom,
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}

#[cfg(test)]
mod tests {
    use mz_document::{Block, Content, Format, TextLine};

    use super::*;

    #[test]
    fn a_quote_on_the_next_page_is_pinned_there() {
        let line = |start: usize, page: u32| TextLine {
            start,
            page,
            rect: mz_document::Rect {
                left: 0.0,
                top: 10.0,
                right: 50.0,
                bottom: 20.0,
            },
            lefts: [0.0, 10.0, 20.0, 30.0, 40.0].into(),
        };
        let at = mz_document::Place {
            page: Some(3),
            ..mz_document::Place::default()
        };
        let mut block = Block::new(Content::Paragraph("安排资金共13.00元".to_owned()), at);
        block.lines = vec![line(0, 3), line(5, 4), line(10, 4)];
        let document = Document::new(Format::Pdf, vec![block]);
        let mut report = Report::default();
        let place = Place {
            page: Some(3),
            quote: "13.00".to_owned(),
            span: Some((5, 10)),
            ..Place::default()
        };
        report.findings.push(Finding {
            places: vec![place],
            ..Finding::new("MZ0000", "test", mz_budget::finding::Severity::Info)
        });
        pin(&document, &mut report);
        let place = &report.findings[0].places[0];
        assert_eq!(place.page, Some(4));
        assert_eq!(place.rect.map(|r| (r.left, r.right)), Some((0.0, 50.0)));
    }
}
