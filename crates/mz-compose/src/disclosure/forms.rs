//! Forms of performance targets.

use mz_budget::{
    disclosure::{Operator, Stage},
    package::{Indicator, Target},
    profile::targets::TargetColumn,
};
use mz_document::{FlowCell, Table, TablePart};

use super::{
    figures::Figures,
    missing::MissingKind,
    objects,
    sentence::{Context, fill},
};

/// The forms of all targets that are published.
pub fn forms(figures: &Figures<'_>) -> Vec<TablePart> {
    objects::targets(figures)
        .into_iter()
        .map(|target| form(figures, target))
        .collect()
}

fn form(figures: &Figures<'_>, target: &Target) -> TablePart {
    let layout = &figures.spec.targets;
    let context = Context::of(figures.slice(&layout.at)).with(fields(figures, target));
    let write = |template: &str| fill(figures, template, None, &context);
    let mut rows: Vec<Vec<FlowCell>> = layout
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| FlowCell::spanning(write(&cell.text), cell.columns, 1))
                .collect()
        })
        .collect();
    rows.push(
        layout
            .columns
            .iter()
            .map(|c| FlowCell::new(label(figures, *c)))
            .collect(),
    );
    rows.extend(indicators(figures, target));
    TablePart {
        title: write(&layout.title),
        level: 0,
        caption_left: write(&layout.caption),
        caption_right: String::new(),
        table: Table::flow(rows),
        notes: Vec::new(),
        is_landscape: Some(true),
        starts_page: true,
    }
}

/// First label of a column in the profile's form.
fn label(figures: &Figures<'_>, column: TargetColumn) -> String {
    figures
        .profile
        .targets
        .columns
        .iter()
        .find(|labels| labels.key == column)
        .and_then(|labels| labels.labels.first())
        .cloned()
        .unwrap_or_default()
}

/// The labelled fields above the indicators.
fn fields(figures: &Figures<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let stated = &figures.spec.stated;
    let project = target
        .project
        .as_deref()
        .and_then(|key| figures.package.project(key));
    let name = project.map(|p| p.name.value.clone()).unwrap_or_default();
    let money = |at| {
        let slice = figures.slice(at);
        match project {
            Some(project) => objects::said_of(figures, slice, project),
            None => figures.said(Stage::Budget, slice),
        }
    };
    let text = |value: Option<String>, what: &str| {
        value.unwrap_or_else(|| {
            lack(figures, target, &name, what);
            String::new()
        })
    };
    let leader = target.leader.as_ref().map(|fact| fact.value.clone());
    let goal = target.goal.as_ref().map(|fact| fact.value.clone());
    vec![
        ("project", name.clone()),
        ("leader", text(leader, "项目负责人")),
        ("total", money(&stated.total)),
        ("appropriation", money(&stated.appropriation)),
        ("other", money(&stated.other)),
        ("goal", text(goal, "总体目标")),
    ]
}

fn lack(figures: &Figures<'_>, target: &Target, name: &str, what: &str) {
    let key = target.project.clone().unwrap_or_default();
    figures.lack(
        MissingKind::Target(key, what.to_owned()),
        format!("绩效目标“{name}”的{what}"),
    );
}

/// Rows of the indicators; equal neighbours on the first two levels merge.
fn indicators(figures: &Figures<'_>, target: &Target) -> Vec<Vec<FlowCell>> {
    let all = &target.indicators;
    if all.is_empty() {
        let name = target
            .project
            .as_deref()
            .and_then(|key| figures.package.project(key));
        lack(figures, target, name.map_or("", |p| &p.name.value), "指标");
    }
    let run = |from: usize, same: &dyn Fn(&Indicator) -> bool| {
        all.iter().skip(from).take_while(|i| same(i)).count()
    };
    let mut rows = Vec::new();
    for (i, indicator) in all.iter().enumerate() {
        let previous = i.checked_sub(1).and_then(|before| all.get(before));
        let same1 = |other: &Indicator| other.level1 == indicator.level1;
        let same2 = |other: &Indicator| same1(other) && other.level2 == indicator.level2;
        let mut row = Vec::new();
        for column in &figures.spec.targets.columns {
            match column {
                TargetColumn::Level1 if previous.is_some_and(same1) => {}
                TargetColumn::Level1 => {
                    row.push(FlowCell::spanning(&indicator.level1, 1, run(i, &same1)));
                }
                TargetColumn::Level2 if previous.is_some_and(same2) => {}
                TargetColumn::Level2 => {
                    row.push(FlowCell::spanning(&indicator.level2, 1, run(i, &same2)));
                }
                column => row.push(FlowCell::new(cell(indicator, *column))),
            }
        }
        rows.push(row);
    }
    rows
}

fn cell(indicator: &Indicator, column: TargetColumn) -> String {
    match column {
        TargetColumn::Name => indicator.name.clone(),
        TargetColumn::Value => format!(
            "{}{}{}",
            indicator.operator.map_or("", sign),
            indicator.value,
            indicator.unit
        ),
        TargetColumn::Operator => indicator.operator.map_or("", sign).to_owned(),
        TargetColumn::Unit => indicator.unit.clone(),
        TargetColumn::Basis => indicator.basis.clone(),
        TargetColumn::Prior => indicator.prior.clone(),
        TargetColumn::Weight => indicator.weight.map(|w| w.to_string()).unwrap_or_default(),
        TargetColumn::Scoring => indicator.scoring.clone(),
        TargetColumn::Evidence => indicator.evidence.clone(),
        _ => String::new(),
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::AtLeast => "≥",
        Operator::AtMost => "≤",
        Operator::More => ">",
        Operator::Less => "<",
    }
}
