use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Kind, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static DOCUMENT_DATE_IMPLAUSIBLE = {
        code: "MZ9034",
        name: "document-date-implausible",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["budget-law-14"],
        checks: &["TM-02"],
        page: "document_date_implausible.md",
        check: check,
    };
}

/// A paragraph that is nothing but a date: the date under the document.
static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(r"^\s*(?P<y>20\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*\d{1,2}\s*日)?\s*$")
});

/// A budget is published in the first half of its year (or at the end of the year before), final accounts in the year
/// after. Only a wrong year is reported: late publication is another matter.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(year) = audit.disclosure.year else {
        return;
    };
    let is_budget = matches!(
        audit.disclosure.kind,
        Kind::UnitBudget | Kind::DepartmentBudget
    );
    let dated = audit
        .disclosure
        .texts
        .iter()
        .rev()
        .filter(|text| text.kind == TextKind::Body)
        .take(8)
        .find_map(|text| {
            let found = DATE.captures(&text.text)?;
            let number = |name| {
                found
                    .name(name)
                    .and_then(|m| m.as_str().parse::<u16>().ok())
            };
            Some((text, number("y")?, number("m")?))
        });
    let Some((text, dated_year, month)) = dated else {
        return;
    };
    sink.checked(1);
    let fits = if is_budget {
        dated_year == year || (dated_year + 1 == year && month == 12)
    } else {
        dated_year == year + 1
    };
    if !fits {
        let what = if is_budget { "预算" } else { "决算" };
        sink.broken(
            &wording::part(text, 0..text.text.len()),
            format!(
                "落款日期“{}”与 {year} 年度{what}的公开时间不符",
                text.text.trim()
            ),
            format!(
                "the date “{}” does not fit the publication of the {year} document",
                text.text.trim()
            ),
        );
    }
}
