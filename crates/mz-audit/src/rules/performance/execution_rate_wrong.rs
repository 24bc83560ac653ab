use mz_budget::{
    disclosure::{Evaluation, PerformanceTarget},
    finding::{Severity, Suspect},
};

use super::forms;
use crate::{
    Audit, Sink, declare_rule,
    interval::{Interval, percent_holds, percent_of},
};

declare_rule! {
    pub static EXECUTION_RATE_WRONG = {
        code: "MZ6204",
        name: "execution-rate-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "execution_rate_wrong.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        rate(sink, target);
        score(sink, target);
    }
}

/// What was spent in percent of the budget; of the whole year's or, in some forms, of the first.
fn rate(sink: &mut Sink, target: &PerformanceTarget) {
    let Evaluation {
        initial,
        adjusted,
        spent: Some(spent),
        rate: Some((rate, place)),
        ..
    } = &target.evaluation
    else {
        return;
    };
    let Some(part) = Interval::of(spent.money) else {
        return;
    };
    let budgets: Vec<_> = [adjusted, initial].into_iter().flatten().collect();
    let wholes = budgets
        .iter()
        .filter_map(|budget| Interval::of(budget.money));
    let held: Vec<bool> = wholes
        .clone()
        .filter_map(|whole| percent_holds(*rate, part, whole))
        .collect();
    let (Some(base), Some(whole)) = (budgets.first(), wholes.clone().next()) else {
        return;
    };
    // A rate is often left at zero in forms that compute it elsewhere.
    if held.is_empty() || rate.digits == 0 {
        return;
    }
    if held.contains(&true) {
        sink.held([place, &spent.place, &base.place]);
        return;
    }
    sink.checked(1);
    let Some(implied) = percent_of(part, whole, rate.decimals) else {
        return;
    };
    sink.broken(
        place,
        format!(
            "“{}”执行率写为 {rate}%，按 {} ÷ {} 计算为 {implied}%",
            target.project, spent.money, base.money
        ),
        format!("{rate}% is not {} of {}", spent.money, base.money),
    )
    .side("执行率", format!("{rate}%"), None)
    .side("按金额计算", format!("{implied}%"), None)
    .suspect(Suspect {
        place: place.clone(),
        printed: format!("{rate}%"),
        implied: Some(format!("{implied}%")),
    })
    .also(&spent.place)
    .also(&base.place);
}

/// The points for executing the budget are among those to be had.
fn score(sink: &mut Sink, target: &PerformanceTarget) {
    let evaluation = &target.evaluation;
    let (Some(weight), Some((score, place))) =
        (evaluation.execution_weight, &evaluation.execution_score)
    else {
        return;
    };
    sink.checked(1);
    if forms::compare(*score, weight).is_some_and(std::cmp::Ordering::is_gt) {
        sink.broken(
            place,
            format!(
                "“{}”预算执行得分 {score}，超过分值 {weight}",
                target.project
            ),
            format!("executing the budget scores {score} of at most {weight}"),
        )
        .side("得分", score.to_string(), None)
        .side("分值", weight.to_string(), None);
    }
}
