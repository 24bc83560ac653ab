//! Rows whose column borders stand a little beside those of the rows above.
//!
//! A table put together from two, or one whose columns somebody dragged, has borders that nearly meet where the parts do.
//! A reader of the page sees one column; the ruling lines say two, and every row would fall into other columns than the
//! header names. A row takes the columns of the rows above when it has as many cells as the row above and its borders stand
//! between the neighbours of the borders they are meant to be (of a row of many cells, most of them), or when every border
//! of its own has one among those of the rows above that is nearer than half a column. What is printed where does not
//! change.
//!
//! The same happens where a table is put together from parts of other widths: no border goes on. A row of as many cells as
//! the row above then has its columns, and a total whose label takes several columns has those its figures are below of,
//! counted from the right.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Block, Content, Row, Table};

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
        rows: &table.rows,
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
pub(super) fn borders(table: &Table) -> Vec<BTreeSet<usize>> {
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

/// What a cell shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Figure,
    Words,
}

/// An amount, a share or a code: what rows of data hold and headers do not.
pub(crate) fn is_figure(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '.' | ',' | '，' | '-' | '－' | '%' | '％');
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || is_mark(c);
    text.chars().all(is_part) && text.chars().any(|c| c.is_ascii_digit())
}

/// Where the borders of a grid stand. Every way to tell what displaced borders are meant to be gives the new ones of a row
/// with what they are, keeps their order, and gives nothing where a new border is new indeed.
struct Borders<'t> {
    at: Vec<f32>,
    rows: &'t [Row],
}

impl Borders<'_> {
    /// What the cell that begins at a border of a row shows; `None` when it is blank.
    fn shows(&self, row: usize, border: usize) -> Option<Shown> {
        let cells = &self.rows.get(row)?.cells;
        let text = cells.iter().find(|cell| cell.column == border)?.text.trim();
        if text.is_empty() {
            None
        } else if is_figure(text) {
            Some(Shown::Figure)
        } else {
            Some(Shown::Words)
        }
    }

    /// The rows met in an order, each against those before it; `None` when nothing is displaced.
    fn straightened(&self, rows: &[BTreeSet<usize>], order: &[usize]) -> Option<Straight> {
        let mut above = *order.first()?;
        let mut known = rows[above].clone();
        let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
        let mut columns: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); rows.len()];
        for row in order {
            let (row, borders) = (*row, &rows[*row]);
            let new: Vec<usize> = borders.difference(&known).copied().collect();
            let pair = Pair {
                here: borders.iter().copied().collect(),
                there: rows[above].iter().copied().collect(),
                meant: &columns[above],
                row,
                above,
            };
            let displaced = pair
                .as_same(&new)
                .or_else(|| self.as_before(borders, &new, &meant))
                .or_else(|| self.as_above(borders, &new, &pair))
                .or_else(|| self.as_part(borders, &new, &pair))
                .or_else(|| self.as_near(borders, &new, &known))
                .or_else(|| self.as_total(borders, &new, &pair));
            if let Some(displaced) = displaced {
                let is_new = |(border, _): &(&usize, &usize)| new.contains(border);
                meant.extend(displaced.iter().filter(is_new));
                columns[row] = displaced;
            } else {
                known.extend(new);
            }
            above = row;
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
        pair: &Pair<'_>,
    ) -> Option<BTreeMap<usize, usize>> {
        let Pair { here, there, .. } = pair;
        if here.len() != there.len() || here.len() <= FEWEST {
            return None;
        }
        let is_between = |i: usize| {
            let before = i.checked_sub(1).and_then(|i| there.get(i));
            let after = there.get(i + 1);
            let at = self.at[here[i]];
            before.is_none_or(|before| self.at[*before] < at)
                && after.is_none_or(|after| at < self.at[*after])
        };
        let n_between = (0..here.len()).filter(|i| is_between(*i)).count();
        let is_same = n_between == here.len()
            || here.len() > MANY && pair.has_same_ends() && 2 * n_between > here.len();
        if !is_same {
            return None;
        }
        let displaced = pair.displaced(0);
        // A border of the row that other rows know as another column is no displaced one.
        if displaced.keys().any(|border| !new.contains(border)) {
            return None;
        }
        kept_in_order(row, new, displaced)
    }

    /// The first row of a part of other widths: as many cells as the row above, which show the like.
    fn as_part(
        &self,
        row: &BTreeSet<usize>,
        new: &[usize],
        pair: &Pair<'_>,
    ) -> Option<BTreeMap<usize, usize>> {
        let n_borders = pair.here.len();
        let is_part = n_borders == pair.there.len()
            && n_borders > FEWEST
            && pair.is_apart(new)
            && self.is_alike(pair);
        is_part.then(|| kept_in_order(row, new, pair.displaced(0)))?
    }

    /// Whether no figure stands below words, nor words below a figure. Of few cells, some must be figures or blank, and
    /// figures below figures or all the same: a form has rows of as many words that are no columns.
    fn is_alike(&self, pair: &Pair<'_>) -> bool {
        let n_cells = pair.here.len() - 1;
        let cells = pair.here.iter().zip(&pair.there).take(n_cells);
        let both: Vec<(Option<Shown>, Option<Shown>)> = cells
            .map(|(left, above)| (self.shows(pair.row, *left), self.shows(pair.above, *above)))
            .collect();
        let is_other = |(one, other): &(Option<Shown>, Option<Shown>)| {
            one.is_some() && other.is_some() && one != other
        };
        let figures = (Some(Shown::Figure), Some(Shown::Figure));
        let is_same = || both.iter().all(|(one, other)| one == other);
        let is_form = || both.iter().all(|(one, _)| *one == Some(Shown::Words));
        !both.iter().any(is_other)
            && (n_cells >= MANY || both.contains(&figures) || (is_same() && !is_form()))
    }

    /// A label over several columns with figures behind it, below as many figures of the row above.
    fn as_total(
        &self,
        row: &BTreeSet<usize>,
        new: &[usize],
        pair: &Pair<'_>,
    ) -> Option<BTreeMap<usize, usize>> {
        let (n_here, n_there) = (pair.here.len(), pair.there.len());
        if n_here <= FEWEST || n_here >= n_there || !pair.is_apart(new) {
            return None;
        }
        let n_figures = n_here - 2;
        let figures = |row: usize, borders: &[usize]| {
            let left = &borders[borders.len() - 1 - n_figures..borders.len() - 1];
            left.iter()
                .all(|border| self.shows(row, *border) == Some(Shown::Figure))
        };
        let label = pair.there.get(n_there - 2 - n_figures)?;
        let is_total = self.shows(pair.row, *pair.here.first()?) == Some(Shown::Words)
            && self.shows(pair.above, *label) == Some(Shown::Words)
            && figures(pair.row, &pair.here)
            && figures(pair.above, &pair.there);
        if !is_total {
            return None;
        }
        kept_in_order(row, new, pair.displaced(n_there - n_here))
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

/// A row and the one it is compared with, the borders of both from left to right.
struct Pair<'m> {
    here: Vec<usize>,
    there: Vec<usize>,
    /// What the displaced borders of the other row are meant to be.
    meant: &'m BTreeMap<usize, usize>,
    row: usize,
    above: usize,
}

impl Pair<'_> {
    /// The same borders as the row above, which is displaced.
    fn as_same(&self, new: &[usize]) -> Option<BTreeMap<usize, usize>> {
        let is_same = !new.is_empty() && !self.meant.is_empty() && self.here == self.there;
        is_same.then(|| self.meant.clone())
    }

    fn has_same_ends(&self) -> bool {
        self.here.first() == self.there.first() && self.here.last() == self.there.last()
    }

    /// Whether the row has the frame of the one above, and half of its borders or more are unknown so far; the others may
    /// meet one of another column by chance.
    fn is_apart(&self, new: &[usize]) -> bool {
        self.has_same_ends() && 2 * new.len() + 2 >= self.here.len()
    }

    /// What each border but the first is meant to be when the row above has so many more at its front.
    fn displaced(&self, n_skipped: usize) -> BTreeMap<usize, usize> {
        let behind = (self.here.iter().skip(1)).zip(self.there.iter().skip(1 + n_skipped));
        let first = self.here.first().zip(self.there.first());
        first
            .into_iter()
            .chain(behind)
            .map(|(from, to)| (*from, *self.meant.get(to).unwrap_or(to)))
            .filter(|(from, to)| from != to)
            .collect()
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
    use crate::{Cell, Place, Rect};

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

    /// The columns of rows whose first cells hold words and the others figures.
    fn columns_of_figures(rows: &[&[f32]]) -> Vec<Vec<(usize, usize)>> {
        let mut table = table(rows);
        for row in &mut table.rows {
            let label = row.cells.len().saturating_sub(3);
            for (i, cell) in row.cells.iter_mut().enumerate() {
                cell.text = if i == label { "合计" } else { "1.00" }.into();
            }
        }
        let _ = straighten(&mut table);
        let spans = |row: &Row| {
            row.cells
                .iter()
                .map(|c| (c.column, c.column_span))
                .collect()
        };
        table.rows.iter().map(spans).collect()
    }

    #[test]
    fn parts_of_other_widths_are_one_table() {
        let rows = columns_of_figures(&[
            &[0.0, 10.0, 20.0, 60.0, 130.0, 200.0],
            // One border stands where another column has its own.
            &[0.0, 70.0, 110.0, 125.0, 130.0, 200.0],
            &[0.0, 70.0, 110.0, 125.0, 130.0, 200.0],
            // The total, in widths of its own again.
            &[0.0, 40.0, 160.0, 200.0],
        ]);
        assert_eq!(rows[1], [(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)]);
        assert_eq!(rows[2], rows[1]);
        assert_eq!(rows[3], [(0, 3), (3, 1), (4, 1)]);
    }

    #[test]
    fn words_below_figures_are_another_form() {
        let mut table = table(&[
            &[0.0, 10.0, 20.0, 60.0, 200.0],
            &[0.0, 70.0, 110.0, 125.0, 200.0],
        ]);
        for (row, text) in table.rows.iter_mut().zip(["1.00", "指标"]) {
            row.cells
                .iter_mut()
                .for_each(|cell| cell.text = text.into());
        }
        assert_eq!(straighten(&mut table), None);
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
