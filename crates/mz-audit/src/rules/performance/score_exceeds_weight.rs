use std::cmp::Ordering;

use mz_budget::{finding::Severity, profile::targets::TargetColumn};

use super::forms;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static SCORE_EXCEEDS_WEIGHT = {
        code: "MZ6201",
        name: "score-exceeds-weight",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "score_exceeds_weight.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        for indicator in &target.indicators {
            let (Some(weight), Some(score)) = (indicator.weight, indicator.score) else {
                continue;
            };
            let place = indicator.cell(TargetColumn::Score);
            if forms::compare(score, weight) != Some(Ordering::Greater) {
                sink.held([place]);
                continue;
            }
            sink.checked(1);
            let name = &indicator.name;
            sink.broken(
                place,
                format!("指标“{name}”得分 {score}，超过分值 {weight}"),
                format!("“{name}” scores {score} of at most {weight}"),
            )
            .side("得分", score.to_string(), None)
            .side("分值", weight.to_string(), None)
            .also(indicator.cell(TargetColumn::Weight));
        }
    }
}
