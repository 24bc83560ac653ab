//! Walks the document: finds the tables, tells their rows apart, and hands them to the readers of fields and indicators.

use mz_budget::{
    disclosure::ReadingProblem,
    money::{Decimal, MoneyUnit},
    normalise,
    place::Place,
    profile::targets::{TargetField, TargetForm},
};
use mz_document::{Block, Cell, Row, Table};

use super::{
    header::{Header, filled, is_upper_row},
    labels::{Labels, money_unit},
    state::{Open, Reading, RowAt, Title, blank_target},
    value::years,
};
use crate::place::place;

/// Reads all tables of a document.
#[derive(Debug)]
pub(super) struct Reader<'f> {
    pub form: &'f TargetForm,
    pub labels: Labels,
    unit: MoneyUnit,
    title: Option<Title>,
    pub open: Option<Open>,
    pub reading: Reading,
}

impl<'f> Reader<'f> {
    pub(super) fn new(form: &'f TargetForm, unit: MoneyUnit) -> Self {
        let labels = Labels::new(form);
        Self {
            form,
            labels,
            unit,
            title: None,
            open: None,
            reading: Reading::default(),
        }
    }

    /// A heading or paragraph: a title, a caption under one, or the end of the table above.
    pub(super) fn paragraph(&mut self, block_idx: usize, block: &Block, text: &str) {
        let trimmed = text.trim();
        let n_chars = trimmed.chars().count();
        if let Some(words) = self.labels.title(trimmed) {
            self.close();
            let mut at = place(&block.place, block_idx, trimmed);
            at.span = Some((0, n_chars));
            self.title = Some(Title {
                words,
                text: trimmed.to_owned(),
                place: at,
                unit: money_unit(trimmed),
            });
            return;
        }
        // Page numbers and "续表" between two pages of a table do not end it.
        if trimmed == "续表"
            || trimmed
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | '—' | ' ' | '－'))
        {
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.awaits_goal) {
            self.goal(trimmed, place(&block.place, block_idx, trimmed));
            return;
        }
        self.close();
        if n_chars > 60 {
            self.title = None;
        } else if let Some(title) = &mut self.title {
            title.unit = title.unit.or(money_unit(trimmed));
            let folded = normalise::name(trimmed);
            title.words.year = title.words.year.or(years(&folded).first().copied());
        }
    }

    /// A table.
    pub(super) fn table(&mut self, block_idx: usize, block: &Block, table: &Table) {
        if !self.is_target(table) && !self.continues(table) {
            self.close();
            self.title = None;
            return;
        }
        let mut skip_to = 0;
        for (row_idx, row) in table.rows.iter().enumerate() {
            if row_idx < skip_to || is_blank(row) {
                continue;
            }
            let at = RowAt {
                row,
                block_idx,
                row_idx,
                block,
            };
            if let Some((header, n_rows)) = Header::read(&self.labels, table, row_idx) {
                self.header(at, header);
                skip_to = row_idx + n_rows;
            } else if !self.is_upper_header(table, row_idx) {
                self.row(at);
            }
        }
    }

    fn row(&mut self, at: RowAt<'_>) {
        if let [only] = filled(at.row).collect::<Vec<_>>().as_slice()
            && let Some(words) = self.labels.title(&only.text)
        {
            self.close();
            let text = only.text.trim().to_owned();
            self.title = Some(Title {
                words,
                text,
                place: at.cell(only),
                unit: money_unit(&only.text),
            });
        } else if self.sum_row(at) {
            // The sum of all points closes the indicators and is none of them.
        } else if self.is_field_row(at.row) || self.heads_points(at.row) {
            self.fields(at);
        } else if self.open.as_ref().is_some_and(|open| open.awaits_goal) {
            if let Some(cell) = filled(at.row).next() {
                self.goal(&cell.text, at.cell(cell));
            }
        } else if self.open.as_ref().is_some_and(|open| open.header.is_some()) {
            self.indicator_row(at);
        } else {
            self.unread_row(at);
        }
    }

    /// A header keeps the form above it open, and begins a list or a form without fields.
    fn header(&mut self, at: RowAt<'_>, header: Header) {
        if self.open.is_none() {
            self.begin(at);
        }
        if let Some(open) = &mut self.open {
            open.header = Some(header);
            open.awaits_goal = false;
        }
    }

    fn is_upper_header(&self, table: &Table, row_idx: usize) -> bool {
        table
            .rows
            .get(row_idx)
            .is_some_and(|row| is_upper_row(&self.labels, row))
            && Header::read(&self.labels, table, row_idx + 1).is_some()
    }

    /// Whether a table is a performance-target table by its own words.
    fn is_target(&self, table: &Table) -> bool {
        if (0..table.rows.len()).any(|row_idx| Header::read(&self.labels, table, row_idx).is_some())
        {
            return true;
        }
        let mut keys = Vec::new();
        for cell in table.rows.iter().flat_map(filled) {
            let key = self
                .labels
                .field(&cell.text)
                .or_else(|| Some(self.labels.field_with_value(&cell.text)?.0));
            keys.extend(key.filter(|key| !keys.contains(key)));
        }
        let has = |key| keys.contains(&key);
        let own = has(TargetField::Goal) || has(TargetField::Leader) || has(TargetField::Money);
        own && (has(TargetField::Project) || (self.title.is_some() && keys.len() >= 2))
    }

    /// Whether a table without header or labels goes on with the indicators of the open one.
    fn continues(&self, table: &Table) -> bool {
        let Some(header) = self.open.as_ref().and_then(|open| open.header.as_ref()) else {
            return false;
        };
        self.title.is_none() && table.n_columns.abs_diff(header.width) <= 2
    }

    /// Before the header any row with a label has fields; behind it only a row that begins with one.
    fn is_field_row(&self, row: &Row) -> bool {
        let is_label = |cell: &Cell| {
            self.labels.field(&cell.text).is_some()
                || self.labels.field_with_value(&cell.text).is_some()
        };
        if self.open.as_ref().is_some_and(|open| open.header.is_some()) {
            filled(row).next().is_some_and(is_label)
        } else {
            filled(row).any(is_label)
        }
    }

    /// Whether a row above the indicators stands over or holds the points for executing the budget.
    fn heads_points(&self, row: &Row) -> bool {
        let is_open = self.open.as_ref().is_some_and(|open| open.header.is_none());
        is_open
            && self
                .open
                .as_ref()
                .is_some_and(|open| !open.heads.is_empty())
            && filled(row).any(|cell| Decimal::parse(&cell.text).is_some())
    }

    /// Opens a table at a row, under the title before it.
    pub(super) fn begin(&mut self, at: RowAt<'_>) {
        let title = match (&self.title, &self.open) {
            (Some(title), _) => title.clone(),
            (None, Some(open)) => Title {
                text: open.title.clone(),
                ..Title::default()
            },
            (None, None) => Title::default(),
        };
        let header = self
            .open
            .as_ref()
            .and_then(|open| open.header.clone())
            .filter(Header::is_list);
        let inherited = self
            .open
            .as_ref()
            .map(|open| (open.unit, open.target.year, open.target.is_whole));
        self.close();
        let (unit, year, is_whole) = match (&self.title, inherited) {
            (None, Some(inherited)) => inherited,
            _ => (
                title.unit.unwrap_or(self.unit),
                title.words.year,
                title.words.is_whole,
            ),
        };
        self.title = None;
        let mut first = filled(at.row)
            .next()
            .map_or_else(Place::default, |cell| at.cell(cell));
        first.table = (!title.text.is_empty()).then(|| title.text.clone());
        let mut target = blank_target(first, year, is_whole);
        if self.form.project_in_title && !title.words.before.is_empty() {
            target.project = title.words.before.clone();
            target.project_place = title.place.clone();
        }
        self.open = Some(Open {
            target,
            header,
            levels: Default::default(),
            unit,
            title: title.text,
            heads: Vec::new(),
            awaits_goal: false,
            packed: None,
            unread: None,
        });
    }

    fn unread_row(&mut self, at: RowAt<'_>) {
        if self.open.is_none() {
            self.begin(at);
        }
        let (Some(open), Some(cell)) = (&mut self.open, filled(at.row).next()) else {
            return;
        };
        open.unread.get_or_insert((0, at.cell(cell))).0 += 1;
    }

    /// Ends the open table.
    pub(super) fn close(&mut self) {
        self.unpack();
        let Some(open) = self.open.take() else { return };
        let target = open.target;
        let name = if target.project.is_empty() {
            open.title.clone()
        } else {
            target.project.clone()
        };
        if let Some((n_rows, at)) = open.unread {
            self.problem(
                "target-row-unread",
                format!("绩效目标表“{name}”有 {n_rows} 行未能读懂"),
                at,
            );
        }
        let is_nil =
            target.indicators.is_empty() && target.goal.is_empty() && target.total.is_none();
        if is_nil
            && (target.project.is_empty() || open.header.as_ref().is_some_and(Header::is_list))
        {
            return;
        }
        if target.project.is_empty() && !target.is_whole {
            let at = target.place.clone();
            self.problem(
                "target-project-missing",
                "绩效目标表没有读到项目名称".to_owned(),
                at,
            );
        }
        if target.indicators.is_empty() && target.goal.is_empty() {
            self.problem(
                "target-without-indicators",
                format!("绩效目标表“{name}”没有读到指标"),
                target.place.clone(),
            );
        }
        self.reading.targets.push(target);
    }

    pub(super) fn problem(&mut self, name: &str, message: String, place: Place) {
        self.reading.problems.push(ReadingProblem {
            name: name.to_owned(),
            message,
            place,
        });
    }

    pub(super) fn finish(mut self) -> Reading {
        self.close();
        self.reading
    }
}

/// An empty row, or a row of dashes left over from Markdown.
fn is_blank(row: &Row) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '－' | '—' | ':' | '=');
    let mut n_long = 0;
    filled(row).all(|cell| {
        let text = cell.text.trim();
        n_long += usize::from(text.chars().count() >= 3);
        text.chars().all(is_dash)
    }) && (n_long > 0 || filled(row).next().is_none())
}
