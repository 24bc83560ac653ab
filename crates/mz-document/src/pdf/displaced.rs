//! Rows whose column borders stand a little beside those of the rows above.
//!
//! A table put together from two, or one whose columns somebody dragged, has borders that nearly meet where the parts do.
//! A reader of the page sees one column; the ruling lines say two, and every row would fall into other columns than the
//! header names. A row takes the columns of the rows above when it has as many cells as the row above and its borders stand
//! between the neighbours of the borders they are meant to be (of a row of many cells, most of them), or when every border
//! of its own has one among those of the rows above that is nearer than half a column. What is printed where does not
//! change.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Block, Content, Table};

/// Fewest columns of a row that can be told to be displaced: two columns side by side may be any form.
const FEWEST: usize = 3;
/// A row of so many cells and the same edges as the row above has its columns, though some of them be much wider or
/// narrower.
const MANY: usize = 6;

/// Gives displaced rows of every table the columns of the rows above them.
pub(super) fn align(blocks: &mut [Block]) {
    for block in blocks {
        if let Content::Table(table) = &mut block.content {
            let _ = straighten(table);
        }
    }
}

/// `None` when nothing is displaced or it cannot be told what belongs to what.
fn straighten(table: &mut Table) -> Option<()> {
    let grid = Borders {
        at: positions(table)?,
    };
    let rows = borders(table);
    // Rows of few cells, as the upper rows of a header are, say little of the columns: they follow the others. Whether the
    // fuller rows are met as they stand or the fullest first tells different tables apart; fewer columns explain more.
    let reading: Vec<usize> = {
        let (wide, narrow): (Vec<usize>, Vec<usize>) =
            (0..rows.len()).partition(|row| rows[*row].len() > FEWEST);
        wide.into_iter().chain(narrow).collect()
    };
    let mut fullest: Vec<usize> = (0..rows.len()).collect();
    fullest.sort_by_key(|row| std::cmp::Reverse(rows[*row].len()));
    let mut found: Vec<Straight> = [reading, fullest]
        .iter()
        .filter_map(|order| grid.straightened(&rows, order))
        .collect();
    found.sort_by_key(|straight| straight.left.len());
    found.iter().find_map(|straight| renumber(table, straight))
}

/// The columns of a table with its displaced rows put right.
struct Straight {
    /// What the displaced borders of each row are meant to be.
    displaced: Vec<BTreeMap<usize, usize>>,
    /// The borders that are left.
    left: BTreeSet<usize>,
}

/// Where each border of the grid stands, in points.
fn positions(table: &Table) -> Option<Vec<f32>> {
    let mut at = vec![None; table.n_columns + 1];
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let rect = cell.place.rect?;
        *at.get_mut(cell.column)? = Some(rect.left);
        *at.get_mut(cell.column + cell.column_span)? = Some(rect.right);
    }
    at.into_iter().collect()
}

/// The borders of the cells in each row, cells that reach down from above included.
fn borders(table: &Table) -> Vec<BTreeSet<usize>> {
    let mut borders = vec![BTreeSet::new(); table.rows.len()];
    for (i, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            for row in borders.iter_mut().skip(i).take(cell.row_span) {
                row.extend([cell.column, cell.column + cell.column_span]);
            }
        }
    }
    borders
}

/// Where the borders of a grid stand. Every way to tell what displaced borders are meant to be gives the new ones of a row
/// with what they are, keeps their order, and gives nothing where a new border is new indeed.
struct Borders {
    at: Vec<f32>,
}

impl Borders {
    /// The rows met in an order, each against those before it; `None` when nothing is displaced.
    fn straightened(&self, rows: &[BTreeSet<usize>], order: &[usize]) -> Option<Straight> {
        let mut above: &BTreeSet<usize> = &rows[*order.first()?];
        let mut known = above.clone();
        let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
        let mut columns: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); rows.len()];
        for row in order {
            let (row, borders) = (*row, &rows[*row]);
            let new: Vec<usize> = borders.difference(&known).copied().collect();
            let displaced = self
                .as_before(borders, &new, &meant)
                .or_else(|| self.as_above(borders, &new, above, &meant))
                .or_else(|| self.as_near(borders, &new, &known));
            if let Some(displaced) = displaced {
                meant.extend(&displaced);
                columns[row] = displaced;
            } else {
                known.extend(new);
            }
            above = borders;
        }
        (!meant.is_empty()).then_some(Straight {
            displaced: columns,
            left: known,
        })
    }

    /// As an earlier row had it.
    fn as_before(
        &self,
        row: &BTreeSet<usize>,
        new: &[usize],
        meant: &BTreeMap<usize, usize>,
    ) -> Option<BTreeMap<usize, usize>> {
        let displaced = new
            .iter()
            .map(|border| Some((*border, *meant.get(border)?)))
            .collect::<Option<_>>()?;
        kept_in_order(row, new, displaced)
    }

    /// As many cells as the row above, each border between the neighbours of its own.
    fn as_above(
        &self,
        row: &BTreeSet<usize>,
        new: &[usize],
        above: &BTreeSet<usize>,
        meant: &BTreeMap<usize, usize>,
    ) -> Option<BTreeMap<usize, usize>> {
        if row.len() != above.len() || row.len() <= FEWEST {
            return None;
        }
        let (here, there): (Vec<usize>, Vec<usize>) = (
            row.iter().copied().collect(),
            above.iter().copied().collect(),
        );
        let is_between = |i: usize| {
            let before = i.checked_sub(1).and_then(|i| there.get(i));
            let after = there.get(i + 1);
            let at = self.at[here[i]];
            before.is_none_or(|before| self.at[*before] < at)
                && after.is_none_or(|after| at < self.at[*after])
        };
        let n_between = (0..here.len()).filter(|i| is_between(*i)).count();
        let ends = |borders: &[usize]| (borders.first().copied(), borders.last().copied());
        let is_same = n_between == here.len()
            || here.len() > MANY && ends(&here) == ends(&there) && 2 * n_between > here.len();
        if !is_same {
            return None;
        }
        let there = there
            .iter()
            .map(|border| *meant.get(border).unwrap_or(border));
        let pairs = here.into_iter().zip(there);
        let displaced: BTreeMap<usize, usize> = pairs.filter(|(from, to)| from != to).collect();
        // A border of the row that other rows know as another column is no displaced one.
        if displaced.keys().any(|border| !new.contains(border)) {
            return None;
        }
        kept_in_order(row, new, displaced)
    }

    /// Each new border nearer than half a column to one the row has not got.
    fn as_near(
        &self,
        row: &BTreeSet<usize>,
        new: &[usize],
        known: &BTreeSet<usize>,
    ) -> Option<BTreeMap<usize, usize>> {
        if row.len() <= FEWEST {
            return None;
        }
        let mut displaced = BTreeMap::new();
        for border in new {
            let distance = |other: &usize| (self.at[*other] - self.at[*border]).abs();
            let nearest = known
                .difference(row)
                .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
            let room = self.gap(row, *border).min(self.gap(known, *nearest));
            if distance(nearest) * 2.0 >= room {
                return None;
            }
            displaced.insert(*border, *nearest);
        }
        kept_in_order(row, new, displaced)
    }

    /// The width of the narrower column beside a border.
    fn gap(&self, borders: &BTreeSet<usize>, border: usize) -> f32 {
        let before = borders.range(..border).next_back();
        let after = borders.range(border + 1..).next();
        before
            .into_iter()
            .chain(after)
            .map(|other| (self.at[*other] - self.at[border]).abs())
            .fold(f32::MAX, f32::min)
    }
}

/// The displacements, when there are any and the borders of the row stay apart and in order.
fn kept_in_order(
    row: &BTreeSet<usize>,
    new: &[usize],
    displaced: BTreeMap<usize, usize>,
) -> Option<BTreeMap<usize, usize>> {
    let meant = row
        .iter()
        .map(|border| displaced.get(border).unwrap_or(border));
    (!new.is_empty() && meant.is_sorted_by(|a, b| a < b)).then_some(displaced)
}

/// Numbers the columns anew, by the borders that are left.
fn renumber(table: &mut Table, straight: &Straight) -> Option<()> {
    let Straight { displaced, left } = straight;
    let place = |row: usize, border: usize| {
        let meant = displaced.get(row)?.get(&border).unwrap_or(&border);
        left.contains(meant).then(|| left.range(..meant).count())
    };
    let mut columns = Vec::new();
    for (i, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            let ends = |row| {
                Some((
                    place(row, cell.column)?,
                    place(row, cell.column + cell.column_span)?,
                ))
            };
            let first = ends(i)?;
            // A cell over rows that are and rows that are not displaced has no columns of its own.
            if (i + 1..i + cell.row_span).any(|row| ends(row) != Some(first)) {
                return None;
            }
            columns.push(first);
        }
    }
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    for (cell, (from, to)) in cells.zip(columns) {
        (cell.column, cell.column_span) = (from, to - from);
    }
    table.n_columns = left.len() - 1;
    Some(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Cell, Place, Rect, Row};

    /// A table whose rows have cells between these borders, in points.
    pub(in crate::pdf) fn table(rows: &[&[f32]]) -> Table {
        let mut xs: Vec<f32> = rows.concat();
        xs.sort_by(f32::total_cmp);
        xs.dedup();
        let index = |x: f32| xs.iter().position(|other| *other == x).unwrap();
        let cell = |pair: &[f32]| Cell {
            text: String::new(),
            column: index(pair[0]),
            column_span: index(pair[1]) - index(pair[0]),
            row_span: 1,
            place: Place {
                rect: Some(Rect {
                    left: pair[0],
                    right: pair[1],
                    ..Rect::default()
                }),
                ..Place::default()
            },
        };
        Table {
            rows: rows
                .iter()
                .map(|borders| Row {
                    cells: borders.windows(2).map(cell).collect(),
                    place: Place::default(),
                })
                .collect(),
            n_columns: xs.len() - 1,
            ..Table::default()
        }
    }

    fn columns(rows: &[&[f32]]) -> (usize, Vec<Vec<(usize, usize)>>) {
        let mut table = table(rows);
        let _ = straighten(&mut table);
        let spans = |row: &Row| {
            row.cells
                .iter()
                .map(|c| (c.column, c.column_span))
                .collect()
        };
        (table.n_columns, table.rows.iter().map(spans).collect())
    }

    #[test]
    fn rows_a_little_beside_the_header_have_its_columns() {
        let (n, rows) = columns(&[
            &[0.0, 60.0, 200.0],
            &[0.0, 20.0, 60.0, 130.0, 200.0],
            &[0.0, 24.0, 68.0, 120.0, 200.0],
            // 合计 over the first two columns.
            &[0.0, 68.0, 120.0, 200.0],
        ]);
        assert_eq!(n, 4);
        assert_eq!(rows[2], [(0, 1), (1, 1), (2, 1), (3, 1)]);
        assert_eq!(rows[3], [(0, 2), (2, 1), (3, 1)]);
    }

    #[test]
    fn a_header_that_is_repeated_between_displaced_rows_follows_them() {
        let (n, rows) = columns(&[
            &[0.0, 20.0, 60.0, 130.0, 200.0],
            &[0.0, 70.0, 200.0],
            &[0.0, 24.0, 70.0, 120.0, 200.0],
        ]);
        assert_eq!(n, 4);
        assert_eq!(rows[1], [(0, 2), (2, 2)]);
    }

    #[test]
    fn new_columns_are_new() {
        let form: [&[f32]; 3] = [
            &[0.0, 50.0, 200.0],
            &[0.0, 50.0, 100.0, 150.0, 200.0],
            &[0.0, 50.0, 75.0, 100.0, 125.0, 150.0, 200.0],
        ];
        assert_eq!(columns(&form).0, 6);
    }

    #[test]
    fn a_cell_over_rows_of_both_kinds_keeps_its_columns() {
        let rows: [&[f32]; 2] = [
            &[0.0, 20.0, 60.0, 130.0, 200.0],
            &[0.0, 20.0, 60.0, 120.0, 200.0],
        ];
        let mut table = table(&rows);
        table.rows[0].cells[1].row_span = 2;
        table.rows[1].cells.remove(1);
        assert_eq!(straighten(&mut table), Some(()));
        assert_eq!(table.n_columns, 4);
        let last = table.rows[1].cells.last().unwrap();
        assert_eq!((last.column, last.column_span), (3, 1));
    }
}
