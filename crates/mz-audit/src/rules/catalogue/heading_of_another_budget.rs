use mz_budget::{dimension::Dimension, finding::Severity};

use super::items;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static HEADING_OF_ANOTHER_BUDGET = {
        code: "MZ2005",
        name: "heading-of-another-budget",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-07"],
        page: "heading_of_another_budget.md",
        check: check,
    };
}

const BUDGETS: [(&str, &str); 3] = [
    ("general-public", "一般公共预算"),
    ("government-managed", "政府性基金预算"),
    ("state-capital", "国有资本经营预算"),
];

/// In a table of one budget only, a section or item that the list gives to another. Categories are shared.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let catalogue = audit
        .library
        .catalogue(audit.disclosure.year.unwrap_or_default());
    for item in items::items(audit) {
        let own = item.spec.at.get(&Dimension::Fund).map(String::as_str);
        let Some((own, own_name)) = BUDGETS.iter().find(|(key, _)| Some(*key) == own) else {
            continue;
        };
        let Some(entry) = item
            .entry(catalogue)
            .filter(|e| e.is_confirmed() && item.code.len() > 3)
        else {
            continue;
        };
        sink.checked(1);
        let other = BUDGETS
            .iter()
            .find(|(key, _)| Some(*key) == entry.fund_key() && key != own);
        if let Some((_, other)) = other.filter(|_| item.axis == Dimension::Function) {
            sink.broken(
                &item.place(),
                format!(
                    "{} {}是{other}的科目，列在{own_name}的“{}”中",
                    item.code, item.name, item.table.title
                ),
                format!(
                    "{} belongs to another budget than the table “{}”",
                    item.code, item.table.title
                ),
            );
        }
    }
}
