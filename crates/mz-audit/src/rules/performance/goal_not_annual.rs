use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE, wording};

declare_rule! {
    pub static GOAL_NOT_ANNUAL = {
        code: "MZ6011",
        name: "goal-not-annual",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2015-88"],
        checks: &["PF-17"],
        page: "goal_not_annual.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in audit
        .disclosure
        .targets
        .iter()
        .filter(|target| !target.goal.is_empty())
    {
        sink.checked(1);
        let vague = PERFORMANCE
            .goal
            .vague
            .iter()
            .find(|words| target.goal.contains(words.as_str()));
        if let Some(words) = vague {
            sink.broken(
                &wording::quoting(&target.goal_place, words),
                format!(
                    "“{}”的总体目标以“{words}”计，没有落到预算年度",
                    target.project
                ),
                format!(
                    "the goal of “{}” counts by “{words}” and not by the budget year",
                    target.project
                ),
            );
        }
    }
}
