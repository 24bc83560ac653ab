use std::sync::LazyLock;

use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static PERIOD_ONE_DAY = {
        code: "MZ8004",
        name: "period-one-day",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["PJ-05"],
        page: "period_one_day.md",
        check: check,
    };
}

static ONE_DATE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"^\s*20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*。?\s*$"));

/// One hint for the whole document: it is usually the form and not the project.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let periods: Vec<_> = audit
        .disclosure
        .projects
        .iter()
        .flat_map(|project| project.fields.iter().filter(|field| field.key == "period"))
        .collect();
    sink.checked(periods.len());
    let places: Vec<_> = periods
        .iter()
        .filter(|field| ONE_DATE.is_match(&field.text))
        .map(|field| wording::quoting(&field.place, &field.text))
        .collect();
    let Some((first, others)) = places.split_first() else {
        return;
    };
    let mut finding = sink.broken(
        first,
        format!(
            "{} 个项目的执行时间只写一个日期（“{}”），没有起止",
            places.len(),
            first.quote
        ),
        format!(
            "the period of {} projects is a single date (“{}”)",
            places.len(),
            first.quote
        ),
    );
    for place in others {
        finding = finding.also(place);
    }
}
