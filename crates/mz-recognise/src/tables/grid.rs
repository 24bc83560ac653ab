//! A table's cells by grid position, spans filled in, continued over page breaks.

use mz_document::{Cell, Row, Table};

/// One grid row and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GridRow<'a> {
    /// Index of the document block.
    pub(crate) block: usize,
    /// Row inside that block's table.
    pub(crate) row_in_block: usize,
    /// The row.
    pub(crate) row: &'a Row,
}

/// Rows of one statutory table; a table continued after a page break has the rows of several blocks.
#[derive(Clone, Debug)]
pub(crate) struct Grid<'a> {
    pub(crate) rows: Vec<GridRow<'a>>,
    pub(crate) n_columns: usize,
    /// Cell covering each position: `cells[row][column]`.
    cells: Vec<Vec<Option<&'a Cell>>>,
}

impl<'a> Grid<'a> {
    pub(crate) fn new(block: usize, table: &'a Table) -> Self {
        let mut grid = Self {
            rows: Vec::new(),
            n_columns: 0,
            cells: Vec::new(),
        };
        grid.append(block, table, 0);
        grid
    }

    /// Adds the rows of a continuing block, without its first `skip` rows.
    pub(crate) fn append(&mut self, block: usize, table: &'a Table, skip: usize) {
        let first = self.rows.len();
        let n_rows = table.rows.len().saturating_sub(skip);
        self.n_columns = self.n_columns.max(table.n_columns);
        self.cells
            .resize(first + n_rows, vec![None; table.n_columns]);
        for (i, row) in table.rows.iter().enumerate().skip(skip) {
            self.rows.push(GridRow {
                block,
                row_in_block: i,
                row,
            });
            for cell in &row.cells {
                let from = first + i - skip;
                for below in self.cells.iter_mut().skip(from).take(cell.row_span.max(1)) {
                    let end = (cell.column.saturating_add(cell.column_span.max(1)))
                        .min(table.n_columns.max(cell.column + 1));
                    if below.len() < end {
                        below.resize(end, None);
                    }
                    for slot in below.iter_mut().take(end).skip(cell.column) {
                        slot.get_or_insert(cell);
                    }
                }
            }
        }
    }

    /// Takes rows out, which are there and given from the top.
    pub(crate) fn remove_rows(&mut self, rows: &[usize]) {
        for row in rows.iter().rev() {
            self.rows.remove(*row);
            self.cells.remove(*row);
        }
    }

    /// A grid without rows.
    pub(crate) fn empty() -> Self {
        Self {
            rows: Vec::new(),
            n_columns: 0,
            cells: Vec::new(),
        }
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The cell covering a position, spans included.
    pub(crate) fn covering(&self, row: usize, column: usize) -> Option<&'a Cell> {
        *self.cells.get(row)?.get(column)?
    }

    /// Text covering a position, spans included, trimmed.
    pub(crate) fn label(&self, row: usize, column: usize) -> &'a str {
        self.covering(row, column)
            .map_or("", |cell| cell.text.trim())
    }

    /// The cell that starts at a position in this row; a figure belongs to the first row and column of its span.
    pub(crate) fn starting(&self, row: usize, column: usize) -> Option<&'a Cell> {
        self.rows
            .get(row)?
            .row
            .cells
            .iter()
            .find(|cell| cell.column == column)
    }

    /// Texts of the cells starting in a row that are not blank.
    pub(crate) fn texts(&self, row: usize) -> impl Iterator<Item = &'a str> {
        let cells: &'a [Cell] = self.rows.get(row).map_or(&[], |r| r.row.cells.as_slice());
        cells
            .iter()
            .map(|cell| cell.text.trim())
            .filter(|text| !text.is_empty())
    }
}
