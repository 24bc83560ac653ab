use std::cmp::Ordering;

use mz_budget::{disclosure::PerformanceTarget, finding::Severity, money::Decimal};

use super::forms;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static SCORES_MISS_TOTAL = {
        code: "MZ6200",
        name: "scores-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "scores_miss_total.md",
        check: check,
    };
}

/// The points given for the indicators, with those for executing the budget, are the sum printed.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        one(sink, target);
    }
}

fn one(sink: &mut Sink, target: &PerformanceTarget) {
    let evaluation = &target.evaluation;
    let Some((total, total_place)) = &evaluation.total else {
        return;
    };
    // Without every score the sum says nothing; a form without indicators was not read.
    let scores: Option<Vec<Decimal>> = target.indicators.iter().map(|i| i.score).collect();
    let Some(scores) = scores.filter(|scores| !scores.is_empty()) else {
        return;
    };
    let execution = evaluation.execution_score.as_ref();
    let all = scores
        .iter()
        .copied()
        .chain(execution.map(|(score, _)| *score));
    let Some(sum) = forms::sum(all) else { return };
    if forms::compare(sum, *total) == Some(Ordering::Equal) {
        sink.held([total_place]);
        return;
    }
    sink.checked(1);
    let name = &target.project;
    let with = execution.map_or(String::new(), |(score, _)| {
        format!("（含预算执行 {score} 分）")
    });
    sink.broken(
        total_place,
        format!("“{name}”自评总分写为 {total}，各项得分合计{with} {sum}"),
        format!("the total score of “{name}” is printed as {total}; the scores add up to {sum}"),
    )
    .side("总分", total.to_string(), None)
    .side("各项得分合计", sum.to_string(), None)
    .also_all(execution.map(|(_, place)| place));
}
