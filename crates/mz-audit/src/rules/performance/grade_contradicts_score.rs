use std::cmp::Ordering;

use mz_budget::{finding::Severity, money::Decimal};

use super::forms;
use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE};

declare_rule! {
    pub static GRADE_CONTRADICTS_SCORE = {
        code: "MZ6202",
        name: "grade-contradicts-score",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "grade_contradicts_score.md",
        check: check,
    };
}

/// A grade stands for a range of scores; where places differ, for the widest.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        let evaluation = &target.evaluation;
        let (Some((total, total_place)), Some((printed, place))) =
            (&evaluation.total, &evaluation.grade)
        else {
            continue;
        };
        let mut grades = PERFORMANCE.grades.iter();
        let Some(grade) = grades.find(|g| {
            g.names
                .iter()
                .any(|name| printed.starts_with(name.as_str()))
        }) else {
            continue;
        };
        sink.checked(1);
        let whole = |digits| Decimal {
            digits,
            decimals: 0,
        };
        let below = forms::compare(*total, whole(grade.from)) == Some(Ordering::Less);
        let above = forms::compare(*total, whole(grade.below)) != Some(Ordering::Less);
        if !below && !above {
            continue;
        }
        let name = &target.project;
        sink.broken(
            place,
            format!("“{name}”总分 {total}，评价等级却写“{printed}”"),
            format!("“{name}” scores {total} and is graded “{printed}”"),
        )
        .side("总分", total.to_string(), None)
        .side("评价等级", printed.clone(), None)
        .also(total_place);
    }
}
