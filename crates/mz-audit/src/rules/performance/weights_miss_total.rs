use mz_budget::{
    disclosure::{Kind, PerformanceTarget},
    finding::{ObligationStatus, Severity},
};

use super::forms;
use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE};

declare_rule! {
    pub static WEIGHTS_MISS_TOTAL = {
        code: "MZ6001",
        name: "weights-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-01"],
        page: "weights_miss_total.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    // Final accounts may print scores in the same form, which need not add up to a round number; where they print both,
    // the weights are weights.
    let is_final = matches!(
        audit.disclosure.kind,
        Kind::UnitFinalAccounts | Kind::DepartmentFinalAccounts
    );
    let has_weights = |target: &&PerformanceTarget| {
        !is_final || target.indicators.iter().any(|i| i.score.is_some())
    };
    // Without its project a table may be a piece of one, or several run together.
    for target in audit
        .disclosure
        .targets
        .iter()
        .filter(|target| !target.project.is_empty())
        .filter(has_weights)
    {
        if target
            .indicators
            .iter()
            .all(|indicator| indicator.weight.is_none())
        {
            continue;
        }
        let Some(total) = forms::weights(target.indicators.iter()) else {
            sink.skipped(
                ObligationStatus::Unread,
                format!("“{}”有指标没有读出权重", target.project),
            );
            continue;
        };
        sink.checked(1);
        if PERFORMANCE
            .weights
            .totals
            .iter()
            .any(|whole| forms::is(total, *whole))
        {
            continue;
        }
        let wanted: Vec<String> = PERFORMANCE
            .weights
            .totals
            .iter()
            .map(i64::to_string)
            .collect();
        sink.broken(
            &target.project_place,
            format!(
                "“{}”各指标权重合计 {total}，应为 {}",
                target.project,
                wanted.join(" 或 ")
            ),
            format!(
                "the weights of “{}” add up to {total} instead of {}",
                target.project,
                wanted.join(" or ")
            ),
        )
        .side("权重合计", total.to_string(), None)
        .also_all(target.indicators.iter().map(|indicator| &indicator.place));
    }
}
