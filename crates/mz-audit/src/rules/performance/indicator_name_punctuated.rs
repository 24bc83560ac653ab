use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static INDICATOR_NAME_PUNCTUATED = {
        code: "MZ6014",
        name: "indicator-name-punctuated",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["PF-21"],
        page: "indicator_name_punctuated.md",
        check: check,
    };
}

/// One hint for the whole document.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let indicators: Vec<_> = audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
        .collect();
    sink.checked(indicators.len());
    let odd: Vec<_> = indicators
        .iter()
        .filter(|i| i.name.trim_end().ends_with(['。', '；', '，', '、', '.']))
        .collect();
    let Some((first, others)) = odd.split_first() else {
        return;
    };
    sink.broken(
        &first.place,
        format!("{} 个指标名称以标点结尾，如“{}”", odd.len(), first.name),
        format!(
            "{} names of indicators end in a mark, such as “{}”",
            odd.len(),
            first.name
        ),
    )
    .also_all(others.iter().map(|i| &i.place));
}
