//! Where a finding's quote stands inside its block, so that reports can mark it.

use std::ops::Range;

use mz_budget::place::Place;
use mz_document::{Content, Document, Table};

/// The piece of a document a place points at.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot<'d> {
    /// Text of a heading or paragraph, and the characters to mark.
    Text {
        /// Text of the block.
        text: &'d str,
        /// Characters to mark; empty when the quote is not found.
        range: Range<usize>,
    },
    /// A cell of a table block.
    Cell {
        /// Index of the row in the block's table.
        row: usize,
        /// Grid column.
        column: usize,
        /// Text of the cell.
        text: &'d str,
        /// Characters to mark.
        range: Range<usize>,
    },
    /// The block is a table, but the place names no cell of it.
    Table(&'d Table),
    /// The place points at nothing that can be shown.
    Nowhere,
}

/// Looks a place up.
pub fn find<'d>(document: &'d Document, place: &Place) -> Spot<'d> {
    // A place without any coordinates stands for the whole document.
    let whole = place.line.is_none() && place.page.is_none() && place.span.is_none();
    let block = document.blocks.get(place.block);
    let is_here = |block: &&mz_document::Block| block.place.file == place.file;
    match block.filter(is_here).map(|block| &block.content) {
        None => Spot::Nowhere,
        Some(Content::Heading { text, .. } | Content::Paragraph(text)) => {
            let range = quote_range(text, &place.quote, place.span);
            if range.is_empty() && whole {
                Spot::Nowhere
            } else {
                Spot::Text { text, range }
            }
        }
        Some(Content::Table(table)) => cell(table, place).unwrap_or(Spot::Table(table)),
    }
}

fn cell<'d>(table: &'d Table, place: &Place) -> Option<Spot<'d>> {
    let (row, column) = place.span?;
    let cell = table.rows.get(row)?.at(column)?;
    let mut range = quote_range(&cell.text, &place.quote, None);
    if range.is_empty() {
        range = 0..cell.text.chars().count();
    }
    Some(Spot::Cell {
        row,
        column: cell.column,
        text: &cell.text,
        range,
    })
}

/// Character range of the quote in the text, blanks ignored on both sides; of several occurrences the one nearest to the
/// hint. Where the quote does not occur, the hint itself if it lies inside the text, else an empty range.
pub fn quote_range(text: &str, quote: &str, hint: Option<(usize, usize)>) -> Range<usize> {
    let wanted: Vec<char> = quote.chars().filter(|c| !c.is_whitespace()).collect();
    let hint_start = hint.map_or(0, |(start, _)| start);
    // Most hints are right; a line may be hundreds of thousands of characters long and hold hundreds of places.
    let found = at_hint(text, &wanted, hint_start).or_else(|| {
        let solid = solid(text.chars().enumerate());
        occurrences(&solid, &wanted).min_by_key(|range| distance(range, hint_start))
    });
    match (found, hint) {
        (Some(range), _) => range,
        (None, Some((start, end))) if start < end && end <= text.chars().count() => start..end,
        _ => 0..0,
    }
}

/// Characters with their places, blanks left out.
fn solid(chars: impl Iterator<Item = (usize, char)>) -> Vec<(usize, char)> {
    chars.filter(|(_, c)| !c.is_whitespace()).collect()
}

/// Character ranges where the wanted characters stand.
fn occurrences(solid: &[(usize, char)], wanted: &[char]) -> impl Iterator<Item = Range<usize>> {
    let windows = solid.windows(wanted.len().max(1));
    windows
        .filter(move |window| window.iter().map(|(_, c)| c).eq(wanted))
        .filter_map(|window| Some(window.first()?.0..window.last()?.0 + 1))
}

/// The first occurrence the hint lies in, found without looking further than it can reach.
fn at_hint(text: &str, wanted: &[char], hint: usize) -> Option<Range<usize>> {
    let (at, _) = text.char_indices().nth(hint)?;
    let (before, behind) = text.split_at(at);
    let is_solid = |(_, c): &(usize, char)| !c.is_whitespace();
    let before = (0..hint).rev().zip(before.chars().rev());
    let mut near: Vec<(usize, char)> = before.filter(is_solid).take(wanted.len()).collect();
    near.reverse();
    let behind = (hint..).zip(behind.chars());
    near.extend(behind.filter(is_solid).take(wanted.len()));
    occurrences(&near, wanted).find(|range| range.contains(&hint))
}

fn distance(range: &Range<usize>, position: usize) -> usize {
    if range.contains(&position) {
        0
    } else {
        range.start.abs_diff(position) + 1
    }
}

/// Splits a text at character positions: before, inside, after the range.
pub fn split<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str, &'t str) {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    let (start, end) = (byte(range.start), byte(range.end.max(range.start)));
    let (before, rest) = text.split_at(start);
    let (inside, after) = rest.split_at(end - start);
    (before, inside, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_over_blanks_and_near_the_hint() {
        let text = "安排 13.00 万元，其中 13.00 万元";
        assert_eq!(quote_range(text, "13.00万元", None), 3..11);
        assert_eq!(quote_range(text, "13.00", Some((15, 20))), 15..20);
        assert_eq!(quote_range(text, "不在文中", Some((0, 2))), 0..2);
        assert_eq!(quote_range(text, "不在文中", Some((0, 900))), 0..0);
        assert_eq!(quote_range("", "", None), 0..0);
        // Where the quote overlaps itself, the first that holds the hint; where the hint is off, the nearest.
        assert_eq!(quote_range("1 2121", "121", Some((3, 6))), 0..4);
        assert_eq!(quote_range(text, "13.00", Some((12, 17))), 15..20);
        assert_eq!(split("安排13元", &(2..4)), ("安排", "13", "元"));
        assert_eq!(split("安排", &(7..9)), ("安排", "", ""));
    }
}
