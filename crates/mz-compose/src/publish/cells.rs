//! Cells of the statutory tables by what they mean.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Disclosure, Observation, Origin, Reading, Stage},
};

/// What a cell is about: whose figure, of which slice.
pub type Meaning = (Stage, Slice);

/// A cell of a table.
#[derive(Clone, Copy, Debug)]
pub struct MeantCell<'d> {
    /// Index of the table.
    pub table: usize,
    /// Grid row.
    pub row: usize,
    /// Grid column.
    pub column: usize,
    /// What it says, and of what.
    pub observation: &'d Observation,
}

impl MeantCell<'_> {
    /// The amount in fen; a blank adds nothing. `None` for what could not be read.
    pub fn fen(&self) -> Option<i64> {
        match &self.observation.reading {
            Reading::Value(money) => Some(money.fen()?.0),
            Reading::Blank | Reading::Absent => Some(0),
            Reading::Unread(_) => None,
        }
    }
}

/// All cells in the order of tables, rows and columns.
pub fn cells(disclosure: &Disclosure) -> Vec<MeantCell<'_>> {
    let mut cells: Vec<MeantCell<'_>> = disclosure
        .observations
        .iter()
        .filter_map(|observation| match observation.origin {
            Origin::Cell { table, row, column } => Some(MeantCell {
                table,
                row,
                column,
                observation,
            }),
            Origin::AbsentRow { .. } | Origin::Claim(_) => None,
        })
        .collect();
    cells.sort_by_key(|cell| (cell.table, cell.row, cell.column));
    cells
}

/// The first cell of each meaning.
pub fn by_meaning<'d>(
    cells: impl IntoIterator<Item = MeantCell<'d>>,
) -> BTreeMap<Meaning, MeantCell<'d>> {
    let mut found = BTreeMap::new();
    for cell in cells {
        let meaning = (cell.observation.stage, cell.observation.slice);
        found.entry(meaning).or_insert(cell);
    }
    found
}
