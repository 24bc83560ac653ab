use mz_budget::{disclosure::PerformanceTarget, finding::Severity};

use super::forms;
use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE};

declare_rule! {
    pub static INDICATOR_LEVEL_MISSING = {
        code: "MZ6003",
        name: "indicator-level-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["performance-2015-88", "performance-2021-101"],
        checks: &["PF-03", "PF-04"],
        page: "indicator_level_missing.md",
        check: check,
    };
}

/// Without output or benefit indicators there is no target; a missing second level is a hint only.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in audit
        .disclosure
        .targets
        .iter()
        .filter(|target| is_whole(target))
    {
        sink.checked(1);
        for level in &PERFORMANCE.levels.required {
            if forms::at_level(target, level).next().is_none() {
                sink.broken(
                    &target.project_place,
                    format!("“{}”没有{level}指标", target.project),
                    format!("“{}” has no {level} indicator", target.project),
                );
            }
        }
        let outputs: Vec<&str> = forms::at_level(target, "产出")
            .map(|i| i.level2.as_str())
            .collect();
        let missing: Vec<&str> = PERFORMANCE
            .levels
            .output
            .iter()
            .map(String::as_str)
            .filter(|level| !outputs.iter().any(|name| name.starts_with(level)))
            .collect();
        if !outputs.is_empty() && !missing.is_empty() {
            sink.broken(
                &target.project_place,
                format!(
                    "“{}”的产出指标中没有{}指标",
                    target.project,
                    missing.join("、")
                ),
                format!(
                    "the output indicators of “{}” lack {}",
                    target.project,
                    missing.join(", ")
                ),
            )
            .severity(Severity::Info);
        }
    }
}

/// The weights add up, so that no row of the table was lost between two pages.
fn is_whole(target: &PerformanceTarget) -> bool {
    let total = forms::weights(target.indicators.iter());
    let adds_up = total.is_some_and(|total| {
        PERFORMANCE
            .weights
            .totals
            .iter()
            .any(|whole| forms::is(total, *whole))
    });
    adds_up && target.indicators.len() >= 2 && !target.project.is_empty()
}
