use mz_budget::finding::Severity;

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
        .filter(|target| target.indicators.len() >= 2)
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
