//! A table as read from a sheet or a CSV file: a header found by its words, rows of cells with their places.

use std::collections::BTreeMap;

use mz_budget::package::FormPlace;

use super::schema::TableSpec;
use crate::problem::{Level, Problems};

/// A cell as read.
#[derive(Clone, Debug)]
pub(crate) struct InCell {
    /// Text as shown, not yet unescaped.
    pub(crate) text: String,
    /// The number behind it, in plain digits, where the form knows numbers.
    pub(crate) number: Option<String>,
    /// It is a failed formula, or one without a stored result.
    pub(crate) has_failed: bool,
}

/// Cells by row and column, with the names of both.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// Sheet or file.
    pub(crate) sheet: String,
    pub(crate) cells: BTreeMap<(usize, usize), InCell>,
    /// How a position is printed (`C12`, `第 12 行第 3 列`).
    pub(crate) address: fn(usize, usize) -> String,
}

impl Grid {
    pub(crate) fn place(&self, row: usize, column: usize) -> FormPlace {
        FormPlace::new(&self.sheet, (self.address)(row, column))
    }
}

/// Rows above the header that may hold a title or instructions.
const MAX_ABOVE: usize = 12;

/// A table whose columns are known.
pub(crate) struct InTable<'g> {
    pub(crate) grid: &'g Grid,
    /// Grid column of each column of the spec.
    columns: Vec<Option<usize>>,
    spec: &'static TableSpec,
    first_row: usize,
}

impl<'g> InTable<'g> {
    /// Finds the header of a table. What stands in columns the table does not have is reported.
    pub(crate) fn find(
        grid: &'g Grid,
        spec: &'static TableSpec,
        problems: &mut Problems,
    ) -> Option<Self> {
        let rows: Vec<usize> = {
            let mut rows: Vec<usize> = grid.cells.keys().map(|(row, _)| *row).collect();
            rows.dedup();
            rows.truncate(MAX_ABOVE);
            rows
        };
        let n_found = |row: usize| {
            let labels: Vec<String> = row_cells(grid, row)
                .map(|(_, cell)| squeezed(&cell.text))
                .collect();
            spec.columns
                .iter()
                .filter(|c| labels.iter().any(|l| l == c.label))
                .count()
        };
        let header = rows
            .iter()
            .copied()
            .max_by_key(|row| (n_found(*row), usize::MAX - row));
        let Some(header) = header.filter(|row| n_found(*row) * 2 > spec.columns.len()) else {
            if !grid.cells.is_empty() {
                let labels: Vec<&str> = spec.columns.iter().map(|c| c.label).collect();
                problems.error(
                    "header-not-found",
                    format!(
                        "“{}”找不到表头（应有：{}），整张表未读",
                        grid.sheet,
                        labels.join("、")
                    ),
                    grid.place(0, 0),
                );
            }
            return None;
        };
        let mut columns: Vec<Option<usize>> = vec![None; spec.columns.len()];
        let mut known = Vec::new();
        for (column, cell) in row_cells(grid, header) {
            if let Some(slot) = spec
                .column(&squeezed(&cell.text))
                .and_then(|i| columns.get_mut(i))
                && slot.is_none()
            {
                *slot = Some(column);
                known.push(column);
            }
        }
        let table = Self {
            grid,
            columns,
            spec,
            first_row: header + 1,
        };
        table.report_strangers(header, &known, problems);
        Some(table)
    }

    /// Missing columns, and cells in columns the table does not have.
    fn report_strangers(&self, header: usize, known: &[usize], problems: &mut Problems) {
        for (spec, column) in self.spec.columns.iter().zip(&self.columns) {
            if column.is_none() {
                problems.add(
                    "column-missing",
                    Level::Query,
                    format!(
                        "“{}”缺少“{}”一列，该列按空白处理",
                        self.grid.sheet, spec.label
                    ),
                    self.grid.place(header, 0),
                );
            }
        }
        for ((row, column), cell) in &self.grid.cells {
            if *row > header && !known.contains(column) {
                problems.error(
                    "extra-column",
                    format!("“{}”不在表的任何一列里，未读", cell.text),
                    self.grid.place(*row, *column),
                );
            }
        }
    }

    /// The rows that hold something.
    pub(crate) fn rows(&self) -> Vec<InRow<'_>> {
        let mut rows: Vec<usize> = self
            .grid
            .cells
            .keys()
            .filter(|(row, column)| *row >= self.first_row && self.columns.contains(&Some(*column)))
            .map(|(row, _)| *row)
            .collect();
        rows.dedup();
        rows.into_iter()
            .map(|row| InRow { table: self, row })
            .collect()
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct InRow<'t> {
    table: &'t InTable<'t>,
    row: usize,
}

impl InRow<'_> {
    /// The cell of a column, when it holds something.
    pub(crate) fn cell(&self, label: &str) -> Option<&InCell> {
        let column = (*self.table.columns.get(self.table.spec.column(label)?)?)?;
        self.table.grid.cells.get(&(self.row, column))
    }

    /// The place of the cell of a column; of the row's first cell where the column is missing.
    pub(crate) fn place(&self, label: &str) -> FormPlace {
        let column = self
            .table
            .spec
            .column(label)
            .and_then(|i| *self.table.columns.get(i)?)
            .unwrap_or(0);
        self.table.grid.place(self.row, column)
    }

    /// The place of the row.
    pub(crate) fn start(&self) -> FormPlace {
        let column = self
            .table
            .columns
            .iter()
            .flatten()
            .min()
            .copied()
            .unwrap_or(0);
        self.table.grid.place(self.row, column)
    }

    /// All words of the row, for messages about what could not be placed.
    pub(crate) fn words(&self) -> String {
        let words: Vec<&str> = row_cells(self.table.grid, self.row)
            .map(|(_, cell)| cell.text.as_str())
            .collect();
        words.join(" | ")
    }
}

fn row_cells(grid: &Grid, row: usize) -> impl Iterator<Item = (usize, &InCell)> {
    grid.cells
        .range((row, 0)..=(row, usize::MAX))
        .map(|((_, column), cell)| (*column, cell))
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .collect()
}
