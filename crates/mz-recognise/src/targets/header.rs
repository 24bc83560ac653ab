//! The header over the indicators: which grid column is which, in one header row or two.

use mz_budget::profile::targets::TargetColumn;
use mz_document::{Row, Table};

use super::labels::Labels;

/// One column of a header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeaderColumn {
    /// First grid column.
    pub start: usize,
    /// Number of grid columns.
    pub span: usize,
    /// What it holds.
    pub key: TargetColumn,
    /// Label as printed.
    pub label: String,
}

/// A header.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Header {
    /// Columns from left to right.
    pub columns: Vec<HeaderColumn>,
    /// Number of grid columns.
    pub width: usize,
}

/// Filled cells of a row.
pub(super) fn filled(row: &Row) -> impl Iterator<Item = &mz_document::Cell> {
    row.cells.iter().filter(|cell| !cell.text.trim().is_empty())
}

impl Header {
    /// The header that has its main row at `at`, and how many rows from there belong to it.
    pub(super) fn read(labels: &Labels, table: &Table, at: usize) -> Option<(Self, usize)> {
        let row = table.rows.get(at)?;
        let mut header = Self {
            columns: columns(labels, row),
            width: width(row),
        };
        if !header.is_complete(labels, row) {
            return None;
        }
        let above = at.checked_sub(1).and_then(|above| table.rows.get(above));
        if let Some(above) = above.filter(|above| is_upper_row(labels, above)) {
            header.add(columns(labels, above), width(above));
        }
        let mut n_rows = 1;
        // The lower row of a two-row header holds labels only: 财政拨款、其他资金 under 其中.
        if let Some(below) = table.rows.get(at + 1)
            && filled(below).count() > 0
            && filled(below).all(|cell| labels.column(&cell.text).is_some())
        {
            header.add(columns(labels, below), width(below));
            n_rows = 2;
        }
        header.columns.sort_by_key(|column| column.start);
        Some((header, n_rows))
    }

    fn has(&self, key: TargetColumn) -> bool {
        self.columns.iter().any(|column| column.key == key)
    }

    /// Whether the projects stand in a column of their own.
    pub(super) fn is_list(&self) -> bool {
        self.has(TargetColumn::Project)
    }

    fn is_complete(&self, labels: &Labels, row: &Row) -> bool {
        use TargetColumn::{Goal, Level1, Name, Project, Value};
        let lists_indicators = self.has(Value) && (self.has(Name) || self.has(Level1));
        // A list of projects with nothing but goals; a row of a form never holds labels only.
        let lists_goals = self.has(Project)
            && self.has(Goal)
            && filled(row).all(|cell| labels.column(&cell.text).is_some() || is_short(&cell.text));
        lists_indicators || lists_goals
    }

    fn add(&mut self, columns: Vec<HeaderColumn>, width: usize) {
        for column in columns {
            if !self.has(column.key) {
                self.columns.push(column);
            }
        }
        self.width = self.width.max(width);
    }
}

/// Whether a row is the upper row of a two-row list header: labels of the project's own columns and of groups.
pub(super) fn is_upper_row(labels: &Labels, row: &Row) -> bool {
    use TargetColumn::{Appropriation, Goal, Other, Project, Total};
    let columns = columns(labels, row);
    let n = columns
        .iter()
        .filter(|column| matches!(column.key, Project | Total | Appropriation | Other | Goal))
        .count();
    n >= 2 && filled(row).all(|cell| labels.column(&cell.text).is_some() || is_short(&cell.text))
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= 12 && !text.contains(|c: char| c.is_ascii_digit())
}

/// The columns a row heads, each key once: a row that repeats a label a thousand times is no header to follow.
fn columns(labels: &Labels, row: &Row) -> Vec<HeaderColumn> {
    let mut columns: Vec<HeaderColumn> = Vec::new();
    for cell in filled(row) {
        let Some(key) = labels.column(&cell.text) else {
            continue;
        };
        if columns.iter().all(|column| column.key != key) {
            let label = cell.text.trim().to_owned();
            columns.push(HeaderColumn {
                start: cell.column,
                span: cell.column_span,
                key,
                label,
            });
        }
    }
    columns
}

fn width(row: &Row) -> usize {
    row.cells
        .iter()
        .map(|cell| cell.column + cell.column_span)
        .max()
        .unwrap_or(0)
}
