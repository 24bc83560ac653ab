//! The labelled fields of a form: project, unit, person, money, goal.

use mz_budget::{
    disclosure::{EvaluationPart, FormAmount},
    money::{Decimal, MoneyUnit, PrintedMoney},
    normalise,
    place::Place,
    profile::targets::TargetField,
};
use mz_document::Cell;

use super::{header::filled, labels::money_unit, reader::Reader, state::RowAt};

impl Reader<'_> {
    /// Reads a row of labels and values.
    pub(super) fn fields(&mut self, at: RowAt<'_>) {
        let cells: Vec<&Cell> = filled(at.row).collect();
        let key_of = |cell: &Cell| {
            self.labels
                .field(&cell.text)
                .map(|key| (key, None))
                .or_else(|| {
                    let (key, value) = self.labels.field_with_value(&cell.text)?;
                    Some((key, Some(value.to_owned())))
                })
        };
        let keys: Vec<_> = cells.iter().map(|cell| key_of(cell)).collect();
        if self.begins_form(keys.iter().flatten().map(|(key, _)| *key)) {
            self.begin(at);
        }
        self.execution(at, &cells);
        for (i, cell) in cells.iter().enumerate() {
            let Some(Some((key, inline))) = keys.get(i) else {
                continue;
            };
            let label = cell.text.trim();
            if let Some(value) = inline {
                let label = label.split(['：', ':']).next().unwrap_or(label);
                self.field(*key, label, value, at.cell(cell));
            } else {
                let next = cells
                    .get(i + 1)
                    .filter(|_| keys.get(i + 1).is_some_and(Option::is_none));
                let value = next.map_or("", |next| next.text.trim());
                self.field(*key, label, value, at.cell(next.unwrap_or(cell)));
            }
        }
    }

    /// The money of a self-evaluation and the points for executing the budget: the columns they stand in, then the first row
    /// with figures there, which is that of the whole.
    fn execution(&mut self, at: RowAt<'_>, cells: &[&Cell]) {
        const HEADS: [TargetField; 6] = [
            TargetField::Initial,
            TargetField::Adjusted,
            TargetField::Spent,
            TargetField::Rate,
            TargetField::ExecutionWeight,
            TargetField::ExecutionScore,
        ];
        let Some(open) = &mut self.open else { return };
        let heads: Vec<(TargetField, usize)> = cells
            .iter()
            .filter_map(|cell| Some((self.labels.field(&cell.text)?, cell.column)))
            .filter(|(key, _)| HEADS.contains(key))
            .collect();
        if heads.len() >= 2 {
            // Heads of one table may stand in two rows.
            for head in heads {
                open.heads.retain(|(key, _)| *key != head.0);
                open.heads.push(head);
            }
            return;
        }
        let evaluation = &mut open.target.evaluation;
        let is_part = evaluation.spent.is_some();
        if evaluation.execution_score.is_some() && !is_part {
            return;
        }
        let figure = |key: TargetField| {
            let (_, column) = open.heads.iter().find(|(head, _)| *head == key)?;
            let cell = cells.iter().find(|cell| cell.column == *column)?;
            let text = cell.text.trim().trim_end_matches(['%', '％']);
            Some((Decimal::parse(text)?, at.cell(cell)))
        };
        let unit = open.unit;
        let amount = |key| {
            let (number, place) = figure(key)?;
            let money = PrintedMoney { number, unit };
            Some(FormAmount { money, place })
        };
        if is_part {
            let part = EvaluationPart {
                name: cells
                    .iter()
                    .map(|cell| normalise::squeeze(&cell.text))
                    .find(|text| self.labels.field(text).is_some())
                    .unwrap_or_default(),
                initial: amount(TargetField::Initial),
                adjusted: amount(TargetField::Adjusted),
                spent: amount(TargetField::Spent),
            };
            let amounts = [&part.initial, &part.adjusted, &part.spent];
            let has_money = amounts.into_iter().any(Option::is_some);
            if open.header.is_none() && has_money {
                evaluation.parts.push(part);
            }
            return;
        }
        let points = [TargetField::ExecutionWeight, TargetField::ExecutionScore].map(figure);
        if let [Some((weight, _)), Some(score)] = points {
            evaluation.execution_weight = Some(weight);
            evaluation.execution_score = Some(score);
        }
        if let Some(spent) = amount(TargetField::Spent) {
            evaluation.initial = amount(TargetField::Initial);
            evaluation.adjusted = amount(TargetField::Adjusted);
            evaluation.rate = figure(TargetField::Rate);
            evaluation.spent = Some(spent);
        }
    }

    /// A row of the sum of all points: the last figure of the row. `false` when the row is none.
    pub(super) fn sum_row(&mut self, at: RowAt<'_>) -> bool {
        let cells: Vec<&Cell> = filled(at.row).collect();
        let is_sum = |cell: &&Cell| self.labels.field(&cell.text) == Some(TargetField::TotalScore);
        if !cells.first().is_some_and(is_sum) {
            return false;
        }
        let figures = cells.iter().rev();
        let mut figures = figures.filter_map(|cell| Some((Decimal::parse(&cell.text)?, *cell)));
        if let (Some(open), Some((total, cell))) = (&mut self.open, figures.next()) {
            let mut place = at.cell(cell);
            place.table = (!open.title.is_empty()).then(|| open.title.clone());
            open.target.evaluation.total = Some((total, place));
        }
        true
    }

    /// A project's name begins a form, unless the open one has none yet; behind a header other leading fields do too.
    fn begins_form(&self, mut keys: impl Iterator<Item = TargetField>) -> bool {
        let Some(open) = &self.open else { return true };
        let titled = self.form.project_in_title;
        keys.any(|key| match key {
            TargetField::Project => {
                open.header.is_some() || (!titled && !open.target.project.is_empty())
            }
            TargetField::BudgetUnit | TargetField::Money => open.header.is_some(),
            _ => false,
        })
    }

    fn field(&mut self, key: TargetField, label: &str, value: &str, mut place: Place) {
        let Some(open) = &mut self.open else { return };
        place.table = (!open.title.is_empty()).then(|| open.title.clone());
        place.row = Some(label.to_owned());
        if let (TargetField::Money | TargetField::Total, Some(unit)) = (key, money_unit(label)) {
            open.unit = unit;
        }
        let target = &mut open.target;
        match key {
            TargetField::Project => {
                target.project = normalise::squeeze(value);
                target.project_place = place;
            }
            TargetField::BudgetUnit => {
                target.budget_unit = value.to_owned();
                target.budget_unit_place = place;
            }
            TargetField::Leader => {
                target.leader = value.to_owned();
                target.leader_place = place;
            }
            TargetField::Goal => {
                open.awaits_goal = value.is_empty();
                target.goal = value.to_owned();
                target.goal_place = place;
            }
            // 项目资金（万元） heads the amounts; where it is followed by a figure, that is the total.
            TargetField::Money if Decimal::parse(value).is_none() => {}
            TargetField::Money
            | TargetField::Total
            | TargetField::Appropriation
            | TargetField::Carried
            | TargetField::Other => {
                self.form_amount(key, value, place);
            }
            TargetField::Grade => target.evaluation.grade = Some((value.to_owned(), place)),
            TargetField::TotalScore => {
                target.evaluation.total = Decimal::parse(value).map(|total| (total, place));
            }
            TargetField::ExecutionWeight
            | TargetField::ExecutionScore
            | TargetField::Initial
            | TargetField::Adjusted
            | TargetField::Spent
            | TargetField::Rate
            | TargetField::Ignored => {}
        }
    }

    pub(super) fn form_amount(&mut self, key: TargetField, value: &str, place: Place) {
        let Some(open) = &mut self.open else { return };
        if is_nothing(value) {
            return;
        }
        let Some(money) = money(value, open.unit) else {
            let name = open.target.project.clone();
            let message = format!("绩效目标表“{name}”的金额“{value}”不是数字");
            self.problem("target-amount-unread", message, place);
            return;
        };
        self.reading.n_numbers += 1;
        let amount = Some(FormAmount { money, place });
        match key {
            TargetField::Appropriation => open.target.appropriation = amount,
            TargetField::Other => open.target.other = amount,
            TargetField::Carried => open.target.carried = amount,
            _ => open.target.total = amount,
        }
    }

    /// The goal under its label.
    pub(super) fn goal(&mut self, text: &str, place: Place) {
        let Some(open) = &mut self.open else { return };
        open.awaits_goal = false;
        let label = std::mem::take(&mut open.target.goal_place);
        open.target.goal = text.trim().to_owned();
        open.target.goal_place = Place {
            table: label.table,
            row: label.row,
            ..place
        };
    }
}

/// A blank or a dash: nothing stated.
pub(super) fn is_nothing(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '－' | '—' | '/' | '–'))
}

/// An amount, with a unit of its own behind it or in the unit of the form.
fn money(text: &str, unit: MoneyUnit) -> Option<PrintedMoney> {
    let folded = normalise::name(text);
    for own in [MoneyUnit::WanYuan, MoneyUnit::YiYuan, MoneyUnit::Yuan] {
        if let Some(number) = folded.strip_suffix(own.name()) {
            return Some(PrintedMoney {
                number: Decimal::parse(number)?,
                unit: own,
            });
        }
    }
    Some(PrintedMoney {
        number: Decimal::parse(&folded)?,
        unit,
    })
}
