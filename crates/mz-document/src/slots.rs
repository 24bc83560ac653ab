//! A table with every position of its grid accounted for, whatever its cells claim: for writers.

use crate::{Cell, Table};

/// What stands at a position of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nothing.
    Hole,
    /// A cell begins here: its index in the row.
    Start(usize),
    /// The cell that begins at this row and column lies here.
    Covered(usize, usize),
}

/// A cell with the spans it really has: cut at the edges of the grid and where another cell was first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fitted<'t> {
    pub cell: &'t Cell,
    pub row: usize,
    pub column: usize,
    pub column_span: usize,
    pub row_span: usize,
}

/// The grid of a table.
#[derive(Debug)]
pub(crate) struct Slots<'t> {
    table: &'t Table,
    n_columns: usize,
    slots: Vec<Slot>,
}

/// Widest grid written.
const MAX_COLUMNS: usize = 1_000;

impl<'t> Slots<'t> {
    pub(crate) fn new(table: &'t Table) -> Self {
        let n_columns = table.n_columns.clamp(1, MAX_COLUMNS);
        let mut grid = Self {
            table,
            n_columns,
            slots: vec![Slot::Hole; n_columns * table.rows.len()],
        };
        for (row, cells) in table.rows.iter().enumerate() {
            for (index, cell) in cells.cells.iter().enumerate() {
                grid.place(row, index, cell);
            }
        }
        grid
    }

    fn place(&mut self, row: usize, index: usize, cell: &Cell) {
        let column = cell.column;
        if column >= self.n_columns || self.at(row, column) != Slot::Hole {
            return;
        }
        let is_free = |grid: &Self, r: usize, from: usize, to: usize| {
            (from..to).all(|c| grid.at(r, c) == Slot::Hole)
        };
        let most = (column + cell.column_span.max(1)).min(self.n_columns);
        let end = (column..most)
            .find(|c| self.at(row, *c) != Slot::Hole)
            .unwrap_or(most);
        let last = row
            .saturating_add(cell.row_span.max(1))
            .min(self.table.rows.len());
        let bottom = (row + 1..last)
            .find(|r| !is_free(self, *r, column, end))
            .unwrap_or(last);
        for r in row..bottom {
            for c in column..end {
                self.slots[r * self.n_columns + c] = Slot::Covered(row, column);
            }
        }
        self.slots[row * self.n_columns + column] = Slot::Start(index);
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.table.rows.len()
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.n_columns
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> Slot {
        self.slots[row * self.n_columns + column]
    }

    /// The cell that begins at a position.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<Fitted<'t>> {
        let Slot::Start(index) = self.at(row, column) else {
            return None;
        };
        let owned = |r: usize, c: usize| self.at(r, c) == Slot::Covered(row, column);
        let column_span = 1
            + (column + 1..self.n_columns)
                .take_while(|c| owned(row, *c))
                .count();
        let row_span = 1
            + (row + 1..self.table.rows.len())
                .take_while(|r| owned(*r, column))
                .count();
        Some(Fitted {
            cell: &self.table.rows[row].cells[index],
            row,
            column,
            column_span,
            row_span,
        })
    }

    /// Cells that begin in the first rows.
    pub(crate) fn header_cells(&self, n_rows: usize) -> impl Iterator<Item = Fitted<'t>> + '_ {
        (0..n_rows.min(self.table.rows.len())).flat_map(|row| self.row(row))
    }

    /// Cells that begin in a row.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = Fitted<'t>> + '_ {
        (0..self.n_columns).filter_map(move |column| self.cell(row, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, Row};

    fn cell(column: usize, column_span: usize, row_span: usize) -> Cell {
        Cell {
            text: String::new(),
            column,
            column_span,
            row_span,
            place: Place::default(),
        }
    }

    #[test]
    fn spans_that_overlap_are_cut() {
        let rows = [
            vec![cell(0, 2, 1), cell(2, 9, 9)],
            vec![cell(0, 3, 1)],
            vec![cell(7, 1, 1)],
        ];
        let rows = rows.map(|cells| Row {
            cells,
            place: Place::default(),
        });
        let table = Table {
            rows: rows.to_vec(),
            n_columns: 4,
            ..Table::default()
        };
        let slots = Slots::new(&table);
        let spans: Vec<_> = (0..3)
            .flat_map(|row| slots.row(row).collect::<Vec<_>>())
            .map(|c| (c.row, c.column, c.column_span, c.row_span))
            .collect();
        assert_eq!(spans, [(0, 0, 2, 1), (0, 2, 2, 3), (1, 0, 2, 1)]);
    }
}
