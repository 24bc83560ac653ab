//! What a finding quotes: a sentence or a table row, once, with every quoted piece between ⟦ and ⟧.

use std::ops::Range;

use mz_budget::place::Place;
use mz_document::{Content, Document};

use crate::{
    layout::{one_line, shorten},
    spot::{self, Spot},
};

/// Characters shown on each side of the marks.
const WINDOW: usize = 48;
/// Columns shown of cells that are not marked.
const CELL_COLUMNS: usize = 24;
/// Shown in place of a marked cell without text.
const BLANK: &str = "　";

/// The text of a group with its marks.
pub fn marked(document: &Document, places: &[&Place], in_full: bool) -> String {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut cells: Vec<(usize, Range<usize>)> = Vec::new();
    let mut text_of_block = None;
    let mut row_of_block = None;
    for place in places {
        match spot::find(document, place) {
            Spot::Text { text, range } if !range.is_empty() => {
                text_of_block = Some(text);
                ranges.push(range);
            }
            Spot::Cell {
                row, column, range, ..
            } => {
                row_of_block = Some((place.block, row));
                cells.push((column, range));
            }
            _ => {}
        }
    }
    match (text_of_block, row_of_block) {
        (Some(text), _) => brackets(text, ranges, in_full),
        (None, Some((block, row))) => row_marked(document, block, row, &cells, in_full),
        (None, None) => places
            .first()
            .map(|place| words(place, in_full))
            .unwrap_or_default(),
    }
}

/// For places that are not in the document's blocks: the quote in its context, or alone.
fn words(place: &Place, in_full: bool) -> String {
    let quote = place.quote.trim();
    let context = place.context.as_deref().unwrap_or(quote);
    let range = spot::quote_range(context, quote, None);
    match (quote.is_empty(), range.is_empty()) {
        (true, _) => String::new(),
        (false, true) => one_line(&format!("⟦{quote}⟧")),
        (false, false) => brackets(context, vec![range], in_full),
    }
}

/// The text around the marks, each mark in brackets; overlapping marks are one.
fn brackets(text: &str, mut ranges: Vec<Range<usize>>, in_full: bool) -> String {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let (Some(first), Some(last)) = (joined.first(), joined.last()) else {
        return String::new();
    };
    let n_chars = text.chars().count();
    let (start, end) = if in_full {
        (0, n_chars)
    } else {
        (
            first.start.saturating_sub(WINDOW),
            (last.end + WINDOW).min(n_chars),
        )
    };
    let mut out = String::from(if start > 0 { "…" } else { "" });
    let mut position = start;
    for range in &joined {
        out.push_str(spot::split(text, &(position..range.start)).1);
        let marked = spot::split(text, range).1;
        out.push('⟦');
        out.push_str(if marked.trim().is_empty() {
            BLANK
        } else {
            marked.trim()
        });
        out.push('⟧');
        position = range.end;
    }
    out.push_str(spot::split(text, &(position..end)).1);
    if end < n_chars {
        out.push('…');
    }
    one_line(&out)
}

/// The cells of a row that hold something, with the marked ones in brackets.
fn row_marked(
    document: &Document,
    block: usize,
    row: usize,
    marks: &[(usize, Range<usize>)],
    in_full: bool,
) -> String {
    let Some(Content::Table(table)) = document.blocks.get(block).map(|block| &block.content) else {
        return String::new();
    };
    let cells = table.rows.get(row).into_iter().flat_map(|row| &row.cells);
    let texts: Vec<String> = cells
        .filter_map(|cell| {
            let ranges: Vec<Range<usize>> = marks
                .iter()
                .filter(|(column, _)| *column == cell.column)
                .map(|(_, range)| range.clone())
                .collect();
            let text = one_line(&cell.text);
            match (ranges.is_empty(), text.is_empty()) {
                (false, true) => Some(format!("⟦{BLANK}⟧")),
                (false, false) => Some(brackets(&cell.text, ranges, in_full)),
                (true, false) => Some(shorten(&text, CELL_COLUMNS)),
                (true, true) => None,
            }
        })
        .collect();
    texts.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(range: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(range).collect()
    }

    #[test]
    fn one_sentence_is_quoted_once_with_all_its_marks() {
        let text = "采购 168.50 万元，其中：货物 22.50 万元，服务 164.00 万元。";
        let marks = vec![16..27, 3..12, 3..9, 28..40];
        assert_eq!(
            brackets(text, marks, false),
            "采购 ⟦168.50 万元⟧，其中：⟦货物 22.50 万元⟧，⟦服务 164.00 万元⟧。"
        );
        let long = format!("{}甲乙{}", "前".repeat(100), "后".repeat(100));
        let shown = brackets(&long, one(100..102), false);
        assert!(
            shown.starts_with("…前") && shown.ends_with("后…") && shown.contains("⟦甲乙⟧"),
            "{shown}"
        );
        assert_eq!(shown.chars().count(), 2 + 4 + 2 * WINDOW);
        assert_eq!(brackets("短", one(0..90), false), "⟦短⟧");
    }
}
