//! What the reader of performance-target tables holds while it walks the document.

use mz_budget::{
    disclosure::{Evaluation, PerformanceTarget, ReadingProblem},
    money::MoneyUnit,
    place::Place,
    profile::targets::TargetField,
};
use mz_document::{Block, Cell, Row};

use super::{header::Header, labels::TitleWords};
use crate::place::place;

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The tables of projects, in order.
    pub targets: Vec<PerformanceTarget>,
    /// What could not be read.
    pub problems: Vec<ReadingProblem>,
    /// Numbers that are understood.
    pub n_numbers: usize,
}

/// A title line with what its captions add.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    pub words: TitleWords,
    pub text: String,
    pub place: Place,
    pub unit: Option<MoneyUnit>,
}

/// The table being read.
#[derive(Debug)]
pub(super) struct Open {
    pub target: PerformanceTarget,
    pub header: Option<Header>,
    /// Levels of the rows above, for merged cells.
    pub levels: [String; 2],
    /// Money unit named over the amounts.
    pub unit: MoneyUnit,
    /// Title as printed.
    pub title: String,
    /// Grid columns over the money of a self-evaluation and the points for executing the budget.
    pub heads: Vec<(TargetField, usize)>,
    /// The label of the goal stood alone on its row.
    pub awaits_goal: bool,
    /// Text of the cells that hold all indicators, and where the first of them stands.
    pub packed: Option<(String, Place)>,
    /// Rows that were not understood, and the first of them.
    pub unread: Option<(usize, Place)>,
}

/// A row with the block it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowAt<'d> {
    pub row: &'d Row,
    pub block_idx: usize,
    pub row_idx: usize,
    pub block: &'d Block,
}

impl RowAt<'_> {
    /// The place of a cell of the row.
    pub(super) fn cell(&self, cell: &Cell) -> Place {
        let at = &cell.place;
        let mut found = place(at, self.block_idx, cell.text.trim());
        found.page = at.page.or(self.row.place.page).or(self.block.place.page);
        found.line = at.line.or(self.row.place.line).or(self.block.place.line);
        found.span = Some((self.row_idx, cell.column));
        found
    }
}

/// A table of which nothing is known but where it begins.
pub(super) fn blank_target(place: Place, year: Option<u16>, is_whole: bool) -> PerformanceTarget {
    PerformanceTarget {
        project: String::new(),
        project_place: place.clone(),
        is_whole,
        budget_unit: String::new(),
        budget_unit_place: place.clone(),
        leader: String::new(),
        leader_place: place.clone(),
        total: None,
        appropriation: None,
        other: None,
        carried: None,
        evaluation: Evaluation::default(),
        goal: String::new(),
        goal_place: place.clone(),
        year,
        indicators: Vec::new(),
        place,
    }
}
