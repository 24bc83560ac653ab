//! From rows of cells with spans to a grid.

use serde::{Deserialize, Serialize};

use crate::{Cell, Place, Row, Table};

/// A cell that finds its own column in the row, as in HTML.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FlowCell {
    /// Text, lines separated by `\n`.
    pub text: String,
    /// Grid columns covered; 0 counts as 1.
    #[serde(default, skip_serializing_if = "is_single")]
    pub column_span: usize,
    /// Grid rows covered; 0 counts as 1.
    #[serde(default, skip_serializing_if = "is_single")]
    pub row_span: usize,
}

fn is_single(span: &usize) -> bool {
    *span <= 1
}

impl FlowCell {
    /// A cell of one row and one column.
    pub fn new(text: impl Into<String>) -> Self {
        Self::spanning(text, 1, 1)
    }

    /// A merged cell.
    pub fn spanning(text: impl Into<String>, column_span: usize, row_span: usize) -> Self {
        Self {
            text: text.into(),
            column_span,
            row_span,
        }
    }
}

/// Widest grid; budgets have some forty columns.
pub(crate) const MAX_COLUMNS: usize = 512;

impl Table {
    /// A table of rows whose cells stand in the next free column each, as in HTML.
    pub fn flow(rows: Vec<Vec<FlowCell>>) -> Self {
        let n_rows = rows.len();
        let mut table = Self::default();
        // For each grid column, how many rows from here on are covered from above.
        let mut covered: Vec<usize> = Vec::new();
        for (row_idx, cells) in rows.into_iter().enumerate() {
            let mut row = Row::default();
            let mut column = 0;
            for cell in cells {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_find_their_columns() {
        let header = vec![
            FlowCell::spanning("项目", 1, 2),
            FlowCell::spanning("预算数", 2, 1),
        ];
        let second = vec![FlowCell::new("合计"), FlowCell::new("基本支出")];
        let table = Table::flow(vec![header, second]);
        assert_eq!(table.n_columns, 3);
        assert_eq!(table.rows[1].cells[0].column, 1);
    }
}
