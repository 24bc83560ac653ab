//! Tables that touch: one below the other without a gap, they share a frame of ruling lines.
//!
//! What tells them apart is a row over the whole width, the title of the next table, with hardly a border above it going on
//! below. A title that the end of the page parts from its table goes to the table.

use std::collections::BTreeSet;

use super::displaced::{borders, is_figure};
use crate::{Block, Cell, Content, Row, Table};

/// Parts tables that share a frame.
pub(super) fn part(blocks: &mut Vec<Block>) {
    let mut i = 0;
    while i < blocks.len() {
        let cuts = match &blocks[i].content {
            Content::Table(table) => cuts(table),
            _ => Vec::new(),
        };
        // From below, so that what is above keeps its place.
        for cut in cuts.into_iter().rev() {
            if let Some(rest) = split_off(&mut blocks[i], cut) {
                blocks.insert(i + 1, rest);
            }
        }
        i += 1;
    }
    for i in 1..blocks.len() {
        if let Ok([before, block]) = blocks.get_disjoint_mut([i - 1, i]) {
            let _ = take_title(before, block);
        }
    }
}

/// The rows that begin another table.
fn cuts(table: &Table) -> Vec<usize> {
    let is_title: Vec<bool> = table.rows.iter().map(|row| is_title(row, table)).collect();
    if !is_title.iter().skip(1).any(|is_title| *is_title) {
        return Vec::new();
    }
    let borders = borders(table);
    let mut cuts = Vec::new();
    let mut from = 0;
    for (at, pair) in (1..).zip(is_title.windows(2)) {
        let [false, true] = pair else { continue };
        let first = (at..table.rows.len()).find(|row| !is_title[*row]);
        let Some(first) = first else { break };
        let end = (first..table.rows.len()).find(|row| is_title[*row]);
        let below = first..end.unwrap_or(table.rows.len());
        let goes_on = borders[at - 1].len() == borders[first].len()
            && table.rows[first]
                .cells
                .iter()
                .any(|cell| is_figure(&cell.text));
        let has_figures = table.rows[from..at]
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| is_figure(&cell.text));
        if has_figures && !goes_on && differ(&borders[from..at], &borders[below], table.n_columns) {
            cuts.push(at);
            from = at;
        }
    }
    cuts
}

/// A row of one cell with words, over the whole width.
fn is_title(row: &Row, table: &Table) -> bool {
    let [cell] = row.cells.as_slice() else {
        return false;
    };
    cell.column_span == table.n_columns && table.n_columns > 1 && !cell.text.trim().is_empty()
}

/// Whether less than half of the borders of rows are borders of others as well.
fn differ(rows: &[BTreeSet<usize>], others: &[BTreeSet<usize>], n_columns: usize) -> bool {
    let inner = |rows: &[BTreeSet<usize>]| -> BTreeSet<usize> {
        let all = rows.iter().flatten().copied();
        all.filter(|border| (1..n_columns).contains(border))
            .collect()
    };
    let (rows, others) = (inner(rows), inner(others));
    let fewest = rows.len().min(others.len());
    fewest > 0 && rows.intersection(&others).count() * 2 < fewest
}

/// Takes the rows from one on out of a table, as a table of their own; both keep the columns they have borders of.
fn split_off(block: &mut Block, at: usize) -> Option<Block> {
    let Content::Table(table) = &mut block.content else {
        return None;
    };
    let mut rest = Table {
        rows: table.rows.split_off(at),
        n_columns: table.n_columns,
        ..Table::default()
    };
    table.rows.iter_mut().enumerate().for_each(|(i, row)| {
        let most = at - i;
        row.cells
            .iter_mut()
            .for_each(|cell| cell.row_span = cell.row_span.min(most));
    });
    close_up(table);
    close_up(&mut rest);
    let mut place = block.place.clone();
    let first = rest.rows.first().and_then(|row| row.place.rect);
    if let (Some(first), Some(upper), Some(lower)) = (first, &mut block.place.rect, &mut place.rect)
    {
        (upper.bottom, lower.top) = (first.top, first.top);
    }
    Some(Block::new(Content::Table(rest), place))
}

/// Numbers the columns without those that no cell has a border of.
fn close_up(table: &mut Table) {
    let left: BTreeSet<usize> = borders(table).into_iter().flatten().collect();
    let place = |border: usize| left.range(..border).count();
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let (from, to) = (place(cell.column), place(cell.column + cell.column_span));
        (cell.column, cell.column_span) = (from, to - from);
    }
    table.n_columns = left.len().saturating_sub(1).max(1);
}

/// Puts the title at the very end of a page on top of the table on the next page, when that table has none and is another
/// than the one above the title.
fn take_title(before: &mut Block, block: &mut Block) -> Option<()> {
    if before.place.page? + 1 != block.place.page? {
        return None;
    }
    let (Content::Table(above), Content::Table(table)) = (&mut before.content, &mut block.content)
    else {
        return None;
    };
    let last = above.rows.last()?;
    let has_own = is_title(table.rows.first()?, table);
    if !is_title(last, above) || has_own || above.rows.len() < 2 || shares_borders(above, table)? {
        return None;
    }
    let mut row = above.rows.pop()?;
    row.cells.first_mut()?.column_span = table.n_columns;
    block.place = row.place.clone();
    table.rows.insert(0, row);
    Some(())
}

/// Whether two tables have at least half of the borders between columns in common.
fn shares_borders(one: &Table, other: &Table) -> Option<bool> {
    let inner = |table: &Table| -> Vec<f32> {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let is_inner = |cell: &&Cell| cell.column > 0;
        let mut edges: Vec<f32> = cells
            .filter(is_inner)
            .filter_map(|cell| Some(cell.place.rect?.left))
            .collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup();
        edges
    };
    let (one, other) = (inner(one), inner(other));
    let fewest = one.len().min(other.len());
    let is_near = |x: &&f32| other.iter().any(|y| (**x - y).abs() < 3.0);
    (fewest > 0).then(|| one.iter().filter(is_near).count() * 2 >= fewest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, pdf::displaced::tests::table};

    /// A block on a page; rows of several cells hold figures.
    fn block(page: u32, rows: &[&[f32]]) -> Block {
        let mut table = table(rows);
        for row in &mut table.rows {
            let is_title = row.cells.len() == 1;
            for cell in &mut row.cells {
                cell.text = if is_title { "表二" } else { "1.00" }.into();
            }
        }
        let place = Place {
            page: Some(page),
            ..Place::default()
        };
        Block::new(Content::Table(table), place)
    }

    fn sizes(blocks: &[Block]) -> Vec<(usize, usize)> {
        let size = |block: &Block| match &block.content {
            Content::Table(table) => (table.rows.len(), table.n_columns),
            _ => (0, 0),
        };
        blocks.iter().map(size).collect()
    }

    const WHOLE: &[f32] = &[0.0, 200.0];
    const ONE: &[f32] = &[0.0, 50.0, 100.0, 150.0, 200.0];
    const OTHER: &[f32] = &[0.0, 20.0, 70.0, 200.0];

    #[test]
    fn a_title_between_other_borders_begins_a_table() {
        let mut blocks = vec![block(1, &[ONE, ONE, WHOLE, OTHER, OTHER])];
        part(&mut blocks);
        assert_eq!(sizes(&blocks), [(2, 4), (3, 3)]);
        let Content::Table(second) = &blocks[1].content else {
            panic!("a table")
        };
        assert_eq!(second.rows[1].cells[1].column, 1);
    }

    #[test]
    fn a_row_over_the_width_of_one_table_parts_nothing() {
        for rows in [[ONE, ONE, WHOLE, ONE, ONE], [WHOLE, ONE, ONE, ONE, WHOLE]] {
            let mut blocks = vec![block(1, &rows)];
            part(&mut blocks);
            assert_eq!(sizes(&blocks), [(5, 4)]);
        }
    }

    #[test]
    fn a_title_at_the_end_of_a_page_goes_to_its_table() {
        let mut blocks = vec![block(1, &[ONE, ONE, WHOLE]), block(2, &[OTHER, OTHER])];
        part(&mut blocks);
        assert_eq!(sizes(&blocks), [(2, 4), (3, 3)]);
        // The remark below a table that goes on is no title.
        let mut blocks = vec![block(1, &[ONE, ONE, WHOLE]), block(2, &[ONE, ONE])];
        part(&mut blocks);
        assert_eq!(sizes(&blocks), [(3, 4), (2, 4)]);
    }
}
