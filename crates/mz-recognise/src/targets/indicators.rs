//! Rows under the header: indicators, and in lists the projects they belong to.

use mz_budget::{
    disclosure::{Indicator, IndicatorValue},
    money::Decimal,
    normalise,
    place::Place,
    profile::targets::{TargetColumn, TargetField},
};
use mz_document::Cell;

use super::{
    fields::is_nothing,
    header::{Header, filled},
    packed,
    reader::Reader,
    state::RowAt,
    value,
};

/// The filled cells of a row, each with its column.
struct RowCells<'d> {
    cells: Vec<(TargetColumn, &'d Cell, String)>,
}

impl<'d> RowCells<'d> {
    /// Cells under the header moved `shift` columns to the left (rows whose first cells were lost with a merged cell).
    fn new(header: &Header, at: RowAt<'d>, shift: usize) -> Self {
        let cells = header.columns.iter().filter_map(|column| {
            let start = column.start.checked_sub(shift)?;
            let cell =
                filled(at.row).find(|cell| (start..start + column.span).contains(&cell.column))?;
            Some((column.key, cell, column.label.clone()))
        });
        Self {
            cells: cells.collect(),
        }
    }

    /// The assignment that fits best; only rows shorter than their header can be shifted.
    fn fitted(header: &Header, at: RowAt<'d>) -> Self {
        let width = at
            .row
            .cells
            .iter()
            .map(|cell| cell.column + cell.column_span)
            .max()
            .unwrap_or(0);
        let n_missing = header.width.saturating_sub(width).min(2);
        let mut best = Self::new(header, at, 0);
        for shift in 1..=n_missing {
            let shifted = Self::new(header, at, shift);
            if shifted.fitness() > best.fitness() {
                best = shifted;
            }
        }
        best
    }

    /// How well the cells suit their columns.
    fn fitness(&self) -> i32 {
        let level = |text: &str| i32::from(text.ends_with("指标"));
        self.cells
            .iter()
            .map(|(key, cell, _)| {
                let text = normalise::name(&cell.text);
                match key {
                    TargetColumn::Weight => {
                        if weight(&text).is_some() {
                            3
                        } else {
                            -3
                        }
                    }
                    TargetColumn::Level1 | TargetColumn::Level2 => 2 * level(&text) - 1,
                    TargetColumn::Name | TargetColumn::Value | TargetColumn::Prior => -level(&text),
                    _ => 0,
                }
            })
            .sum()
    }

    fn cell(&self, key: TargetColumn) -> Option<&'d Cell> {
        self.cells
            .iter()
            .find(|(k, ..)| *k == key)
            .map(|(_, cell, _)| *cell)
    }

    fn text(&self, key: TargetColumn) -> &'d str {
        self.cell(key).map_or("", |cell| cell.text.trim())
    }
}

impl Reader<'_> {
    /// Reads a row under the header.
    pub(super) fn indicator_row(&mut self, at: RowAt<'_>) {
        let Some(header) = self.open.as_ref().and_then(|open| open.header.clone()) else {
            return;
        };
        let cells = RowCells::fitted(&header, at);
        if header.is_list() && !self.goes_on(&cells) {
            self.list_project(&header, &cells, at);
        }
        if let Some(cell) = cells.cell(TargetColumn::Indicators) {
            self.pack(cell, at);
            return;
        }
        let Some(open) = &mut self.open else { return };
        let [level1, level2] = [TargetColumn::Level1, TargetColumn::Level2]
            .map(|key| normalise::squeeze(cells.text(key)));
        if !level1.is_empty() {
            open.levels = [level1, level2];
        } else if !level2.is_empty() {
            open.levels[1] = level2;
        }
        let name = normalise::squeeze(cells.text(TargetColumn::Name));
        let value = cells.text(TargetColumn::Value);
        let is_placeholder = !name.is_empty() && !name.contains(char::is_alphanumeric);
        if is_placeholder
            || (name.is_empty() && value.is_empty() && cells.text(TargetColumn::Weight).is_empty())
        {
            return;
        }
        let is_lone = value.is_empty()
            && [TargetColumn::Weight, TargetColumn::Prior]
                .iter()
                .all(|key| cells.cell(*key).is_none());
        if is_lone || (name.is_empty() && value.is_empty()) {
            let place = filled(at.row)
                .next()
                .map_or_else(Place::default, |cell| at.cell(cell));
            open.unread.get_or_insert((0, place)).0 += 1;
            return;
        }
        self.indicator(&cells, name, at);
    }

    /// Whether a row is the rest of the row at the end of the page before: its indicators do not begin with the first.
    /// What it has of the project's name and goal is theirs.
    fn goes_on(&mut self, cells: &RowCells<'_>) -> bool {
        let Some(cell) = cells.cell(TargetColumn::Indicators) else {
            return false;
        };
        let Some(open) = self.open.as_mut().filter(|open| open.packed.is_some()) else {
            return false;
        };
        if packed::begins(&cell.text) {
            return false;
        }
        let name = normalise::squeeze(cells.text(TargetColumn::Project));
        open.target.project.push_str(&name);
        open.target.goal.push_str(cells.text(TargetColumn::Goal));
        true
    }

    /// Keeps the text of a cell of several indicators until the project's row ends.
    fn pack(&mut self, cell: &Cell, at: RowAt<'_>) {
        let Some(open) = &mut self.open else { return };
        let place = Place {
            table: (!open.title.is_empty()).then(|| open.title.clone()),
            ..at.cell(cell)
        };
        let (text, _) = open.packed.get_or_insert_with(|| (String::new(), place));
        text.push_str(&cell.text);
    }

    /// Reads the indicators of the open project that stand in one cell.
    pub(super) fn unpack(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some((text, place)) = open.packed.take() else {
            return;
        };
        let project = open.target.project.clone();
        let Some(entries) = packed::entries(&text, &self.form.packed) else {
            let message = format!("绩效目标表“{project}”合写在一格里的指标没有读懂");
            self.problem("indicators-unread", message, place);
            return;
        };
        for entry in entries {
            let value = value::value(&entry.value, &self.form.operators);
            let at = |quote: &str| Place {
                row: Some(entry.name.clone()),
                quote: quote.to_owned(),
                ..place.clone()
            };
            self.reading.n_numbers += usize::from(value.number.is_some()).max(value.years.len());
            open.target.indicators.push(Indicator {
                place: at(&entry.name),
                cells: vec![
                    (TargetColumn::Name, at(&entry.name)),
                    (TargetColumn::Value, at(&entry.value)),
                ],
                level1: entry.level1,
                level2: entry.level2,
                name: entry.name,
                value,
                basis: String::new(),
                prior: None,
                weight: None,
                actual: String::new(),
                score: None,
                scoring: String::new(),
                evidence: String::new(),
            });
        }
    }

    fn indicator(&mut self, cells: &RowCells<'_>, name: String, at: RowAt<'_>) {
        let Some(open) = &mut self.open else { return };
        let words = &self.form.operators;
        let place = |cell: &Cell, label: &str| Place {
            table: (!open.title.is_empty()).then(|| open.title.clone()),
            row: (!name.is_empty()).then(|| name.clone()),
            column: Some(label.to_owned()),
            ..at.cell(cell)
        };
        let places: Vec<(TargetColumn, Place)> = cells
            .cells
            .iter()
            .map(|(key, cell, label)| (*key, place(cell, label)))
            .collect();
        let first = |keys: &[TargetColumn]| {
            keys.iter()
                .find_map(|key| places.iter().find(|(k, _)| k == key))
                .map(|(_, place)| place.clone())
        };
        let printed = cells.text(TargetColumn::Value);
        let (operator, unit) = (
            cells.text(TargetColumn::Operator),
            cells.text(TargetColumn::Unit),
        );
        let value = if operator.is_empty() && unit.is_empty() {
            value::value(printed, words)
        } else {
            value::split_value(operator, printed, unit, words)
        };
        let prior = cells
            .cell(TargetColumn::Prior)
            .filter(|cell| !is_nothing(&cell.text));
        let indicator = Indicator {
            level1: open.levels[0].clone(),
            level2: open.levels[1].clone(),
            place: first(&[TargetColumn::Name, TargetColumn::Value]).unwrap_or_default(),
            name,
            value,
            basis: cells.text(TargetColumn::Basis).to_owned(),
            prior: prior.map(|cell| value::value(&cell.text, words)),
            weight: weight(cells.text(TargetColumn::Weight)),
            actual: cells.text(TargetColumn::Actual).to_owned(),
            score: weight(cells.text(TargetColumn::Score)),
            scoring: cells.text(TargetColumn::Scoring).to_owned(),
            evidence: cells.text(TargetColumn::Evidence).to_owned(),
            cells: places,
        };
        let problem = problem_of(&indicator, cells);
        let n_values =
            |value: &IndicatorValue| usize::from(value.number.is_some()).max(value.years.len());
        self.reading.n_numbers += n_values(&indicator.value)
            + indicator.prior.as_ref().map_or(0, n_values)
            + usize::from(indicator.weight.is_some());
        let project = open.target.project.clone();
        open.target.indicators.push(indicator);
        if let Some((name, message, place)) = problem {
            self.problem(name, format!("绩效目标表“{project}”的{message}"), place);
        }
    }

    /// Opens the project a row of a list begins.
    fn list_project(&mut self, header: &Header, cells: &RowCells<'_>, at: RowAt<'_>) {
        let name = normalise::squeeze(cells.text(TargetColumn::Project));
        let has_content = [
            TargetColumn::Name,
            TargetColumn::Value,
            TargetColumn::Goal,
            TargetColumn::Indicators,
        ]
        .iter()
        .any(|key| cells.cell(*key).is_some());
        // Rows of totals name a unit or nothing, and have no goal.
        if name.is_empty() || !has_content {
            return;
        }
        if self
            .open
            .as_ref()
            .is_some_and(|open| normalise::same_name(&open.target.project, &name))
        {
            return;
        }
        if self
            .open
            .as_ref()
            .is_none_or(|open| !open.target.project.is_empty())
        {
            self.begin(at);
        }
        let Some(open) = &mut self.open else { return };
        open.header = Some(header.clone());
        let title = (!open.title.is_empty()).then(|| open.title.clone());
        let place = |key: TargetColumn| {
            let (_, cell, label) = cells.cells.iter().find(|(k, ..)| *k == key)?;
            Some(Place {
                table: title.clone(),
                row: Some(name.clone()),
                column: Some(label.clone()),
                ..at.cell(cell)
            })
        };
        let target = &mut open.target;
        target.project_place = place(TargetColumn::Project).unwrap_or_default();
        target.budget_unit = cells.text(TargetColumn::BudgetUnit).to_owned();
        target.budget_unit_place = place(TargetColumn::BudgetUnit).unwrap_or_default();
        target.goal = cells.text(TargetColumn::Goal).to_owned();
        target.goal_place = place(TargetColumn::Goal).unwrap_or_default();
        let amounts = [
            (TargetColumn::Total, TargetField::Total),
            (TargetColumn::Appropriation, TargetField::Appropriation),
            (TargetColumn::Other, TargetField::Other),
        ]
        .map(|(column, field)| (field, cells.text(column), place(column)));
        target.project = name;
        for (field, text, place) in amounts {
            if let Some(place) = place {
                self.form_amount(field, text, place);
            }
        }
    }
}

/// What of an indicator could not be understood.
fn problem_of(
    indicator: &Indicator,
    cells: &RowCells<'_>,
) -> Option<(&'static str, String, Place)> {
    let name = &indicator.name;
    if name.is_empty() {
        return Some((
            "indicator-name-missing",
            "一行指标没有读到名称".to_owned(),
            indicator.place.clone(),
        ));
    }
    let printed = cells.text(TargetColumn::Weight);
    if indicator.weight.is_none() && !is_nothing(printed) {
        let place = indicator.cell(TargetColumn::Weight).clone();
        return Some((
            "indicator-weight-unread",
            format!("指标“{name}”的权重“{printed}”不是数字"),
            place,
        ));
    }
    None
}

/// A weight, with 分 or % behind it or not.
fn weight(text: &str) -> Option<Decimal> {
    let folded = normalise::name(text);
    let number = folded
        .strip_suffix('分')
        .or_else(|| folded.strip_suffix('%'))
        .unwrap_or(&folded);
    Decimal::parse(number)
}
