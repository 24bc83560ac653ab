use mz_budget::{
    disclosure::{Kind, TextKind},
    finding::Severity,
    normalise,
    place::Place,
};

use super::execution_period::years;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PERIOD_OUTSIDE_YEAR = {
        code: "MZ8003",
        name: "period-outside-year",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["PJ-05"],
        page: "period_outside_year.md",
        check: check,
    };
}

/// What announces the period in documents without labelled fields.
const LABELS: [&str; 5] = ["实施周期", "执行时间", "实施时间", "执行期间", "实施期限"];

/// Only a period wholly before the budget year: projects of several years legitimately end later.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let is_budget = matches!(
        audit.disclosure.kind,
        Kind::UnitBudget | Kind::DepartmentBudget
    );
    let Some(year) = audit.disclosure.year.filter(|_| is_budget) else {
        return;
    };
    let mut periods: Vec<(String, Place)> = Vec::new();
    for project in &audit.disclosure.projects {
        for field in project.fields.iter().filter(|field| field.key == "period") {
            periods.push((
                field.text.clone(),
                wording::quoting(&field.place, &field.text),
            ));
        }
    }
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        let heading = text
            .section
            .and_then(|section| audit.disclosure.sections.get(section))
            .map_or("", |section| normalise::strip_numbering(&section.heading));
        if LABELS.contains(&heading.trim_end_matches(['：', ':'])) {
            periods.push((text.text.clone(), wording::part(text, 0..text.text.len())));
        }
        for label in LABELS {
            if let Some(at) = text.text.find(label)
                && !periods
                    .iter()
                    .any(|(_, place)| place.block == text.place.block)
            {
                let sentence = wording::sentence_around(&text.text, at..at + label.len());
                periods.push((
                    sentence.to_owned(),
                    wording::part(text, at..text.text.len()),
                ));
            }
        }
    }
    for (period, place) in periods {
        let years = years(&period);
        sink.checked(usize::from(!years.is_empty()));
        if let Some(last) = years.iter().max().filter(|last| **last < year) {
            sink.broken(
                &place,
                format!(
                    "项目执行时间“{}”在 {last} 年结束，不在 {year} 年预算之内",
                    period.trim()
                ),
                format!(
                    "the project's period “{}” ends in {last}, before the budget year {year}",
                    period.trim()
                ),
            );
        }
    }
}
