use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static INDICATOR_VALUE_MISSING = {
        code: "MZ6004",
        name: "indicator-value-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-06", "PF-19"],
        page: "indicator_value_missing.md",
        check: check,
    };
}

/// Only where the other indicators of the table have a value: a column nobody read is no missing value.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        let is_stated = |text: &str| !matches!(text.trim(), "" | "-" | "—" | "/" | "无");
        let n_stated = target
            .indicators
            .iter()
            .filter(|i| is_stated(&i.value.text))
            .count();
        if target.project.is_empty() || 2 * n_stated < target.indicators.len() {
            continue;
        }
        sink.checked(target.indicators.len());
        for indicator in target
            .indicators
            .iter()
            .filter(|i| !is_stated(&i.value.text) && applies(&i.name))
        {
            sink.broken(
                &indicator.place,
                format!("“{}”的指标“{}”没有指标值", target.project, indicator.name),
                format!(
                    "the indicator “{}” of “{}” has no value",
                    indicator.name, target.project
                ),
            );
        }
    }
}

/// Templates print a line for each kind of indicator and let the writer say that it does not apply.
fn applies(name: &str) -> bool {
    let name = name.trim();
    name.chars().count() >= 3 && !name.starts_with(['无', '不'])
}
