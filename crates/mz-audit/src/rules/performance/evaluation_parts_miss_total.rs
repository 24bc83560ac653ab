//! MZ6206.

use mz_budget::{
    disclosure::{Evaluation, EvaluationPart, FormAmount, PerformanceTarget},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, interval::Interval};

declare_rule! {
    pub static EVALUATION_PARTS_MISS_TOTAL = {
        code: "MZ6206",
        name: "evaluation-parts-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "evaluation_parts_miss_total.md",
        check: check,
    };
}

/// One column of the money: its name, the whole, and the parts that have a figure in it.
struct Column<'a> {
    name: &'static str,
    whole: &'a FormAmount,
    parts: Vec<&'a FormAmount>,
}

impl Column<'_> {
    fn sum(&self) -> Option<Interval> {
        self.parts.iter().try_fold(Interval::ZERO, |sum, part| {
            Some(sum.plus(Interval::of(part.money)?))
        })
    }

    /// Whether the parts add up; `None` when that cannot be told.
    fn holds(&self) -> Option<bool> {
        Some(self.sum()?.meets(Interval::of(self.whole.money)?))
    }
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        check_target(audit, sink, target);
    }
}

/// Columns of one table have the same rows. Where the rows add up in one column they are the parts of the whole, and do so in
/// the others; where they never do, they are something else.
fn check_target(audit: &Audit<'_>, sink: &mut Sink, target: &PerformanceTarget) {
    // A row of an unknown label may be a part or a part of a part.
    if target
        .evaluation
        .parts
        .iter()
        .any(|part| part.name.is_empty())
    {
        return;
    }
    let columns = columns(&target.evaluation);
    let has_money = |column: &Column| column.whole.money.number.digits != 0;
    let are_parts = columns
        .iter()
        .any(|column| has_money(column) && column.holds() == Some(true));
    for column in columns.iter().filter(|_| are_parts) {
        let places = column.parts.iter().map(|part| &part.place);
        match (
            column.holds(),
            column.sum(),
            Interval::of(column.whole.money),
        ) {
            (Some(true), ..) => sink.held([&column.whole.place].into_iter().chain(places)),
            (Some(false), Some(sum), Some(whole)) => {
                sink.checked(1);
                let shown = audit.money(sum.middle());
                sink.broken(
                    &column.whole.place,
                    format!(
                        "“{}”自评表的{}写为 {}，各项资金相加为 {shown}",
                        target.project, column.name, column.whole.money
                    ),
                    format!(
                        "{} is not the sum of its sources, {shown}",
                        column.whole.money
                    ),
                )
                .side(
                    column.name,
                    column.whole.money.to_string(),
                    column.whole.money.fen(),
                )
                .side("各项相加", shown.clone(), None)
                .difference(sum.difference(whole))
                .also_all(places);
            }
            _ => {}
        }
    }
}

fn columns(evaluation: &Evaluation) -> Vec<Column<'_>> {
    type Pick = fn(&EvaluationPart) -> Option<&FormAmount>;
    let wholes: [(&'static str, &Option<FormAmount>, Pick); 3] = [
        ("年初预算数", &evaluation.initial, |part| {
            part.initial.as_ref()
        }),
        ("全年预算数", &evaluation.adjusted, |part| {
            part.adjusted.as_ref()
        }),
        ("全年执行数", &evaluation.spent, |part| {
            part.spent.as_ref()
        }),
    ];
    let filled = wholes.into_iter().filter_map(|(name, whole, pick)| {
        let parts: Vec<&FormAmount> = evaluation.parts.iter().filter_map(pick).collect();
        (!parts.is_empty()).then_some(Column {
            name,
            whole: whole.as_ref()?,
            parts,
        })
    });
    filled.collect()
}
