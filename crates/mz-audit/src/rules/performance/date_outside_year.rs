use mz_budget::{
    disclosure::{Indicator, Kind, Operator, PerformanceTarget},
    finding::Severity,
    normalise,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static DATE_OUTSIDE_YEAR = {
        code: "MZ6012",
        name: "date-outside-year",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-18"],
        page: "date_outside_year.md",
        check: check,
    };
}

/// Signs that the value was carried over without thought raise the hint: it is last year's value word for word, or a
/// comparison with a range of dates.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let is_budget = matches!(
        audit.disclosure.kind,
        Kind::UnitBudget | Kind::DepartmentBudget
    );
    let Some(year) = audit.disclosure.year.filter(|_| is_budget) else {
        return;
    };
    for (target, indicator) in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|t| t.indicators.iter().map(move |i| (t, i)))
    {
        if !indicator.value.years.is_empty() {
            sink.checked(1);
            judge(sink, year, target, indicator);
        }
    }
}

fn judge(sink: &mut Sink, year: u16, target: &PerformanceTarget, indicator: &Indicator) {
    let value = &indicator.value;
    let (Some(first), Some(last)) = (value.years.iter().min(), value.years.iter().max()) else {
        return;
    };
    if (year..=year).contains(first) && (year..=year).contains(last) {
        return;
    }
    let bare = |text: &str| {
        normalise::name(text)
            .trim_start_matches(['≤', '≥', '<', '>', '='])
            .to_owned()
    };
    let copied = indicator
        .prior
        .as_ref()
        .is_some_and(|prior| bare(&prior.text) == bare(&value.text));
    let is_range = value.years.len() > 1;
    let compared = is_range && matches!(value.operator, Some(op) if op != Operator::Equal);
    let mut why = vec![if *last < year {
        format!("在 {year} 年之前")
    } else if *first < year {
        format!("从 {first} 年起")
    } else {
        format!("到 {last} 年")
    }];
    if copied {
        why.push("与上年完成值完全相同".to_owned());
    }
    if compared {
        why.push(format!("又用“{}”比较一段时间", value.operator_text.trim()));
    }
    let severity = if *first < year && (copied || compared) {
        Severity::Warning
    } else {
        Severity::Info
    };
    sink.broken(
        &wording::quoting(&indicator.place, &value.text),
        format!(
            "“{}”的时间指标“{}”值为“{}”，{}",
            target.project,
            indicator.name,
            value.text,
            why.join("，")
        ),
        format!(
            "the date of the indicator “{}” is outside {year}: {}",
            indicator.name, value.text
        ),
    )
    .severity(severity);
}
