//! From rows of cells with spans to a grid.

use crate::{Cell, Place, Row, Table};

/// Widest grid; budgets have some forty columns.
pub(super) const MAX_COLUMNS: usize = 512;

/// A cell before it has its place in the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct RawCell {
    pub text: String,
    pub column_span: usize,
    pub row_span: usize,
}

/// Puts cells into the grid: each takes the first column no cell from above still covers.
pub(super) fn grid(rows: Vec<Vec<RawCell>>) -> Table {
    let n_rows = rows.len();
    // For each column, how many more rows a cell from above covers.
    let mut covered: Vec<usize> = Vec::new();
    let mut table = Table::default();
    for (row_idx, raw) in rows.into_iter().enumerate() {
        let mut row = Row::default();
        let mut column = 0;
        for cell in raw {
            while covered.get(column).is_some_and(|n| *n > 0) {
                column += 1;
            }
            if column >= MAX_COLUMNS {
                break;
            }
            let column_span = cell.column_span.clamp(1, MAX_COLUMNS - column);
            let row_span = cell.row_span.clamp(1, n_rows - row_idx);
            let end = column + column_span;
            covered.resize(covered.len().max(end), 0);
            covered
                .iter_mut()
                .take(end)
                .skip(column)
                .for_each(|n| *n = (*n).max(row_span));
            row.cells.push(Cell {
                text: cell.text,
                column,
                column_span,
                row_span,
                place: Place::default(),
            });
            column = end;
        }
        table.n_columns = table.n_columns.max(covered.len());
        covered.iter_mut().for_each(|n| *n = n.saturating_sub(1));
        table.rows.push(row);
    }
    table
}
