use mz_budget::{catalogue::Level, dimension::Dimension, finding::Severity};

use super::items;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static CATEGORY_LIST_INCOMPLETE = {
        code: "MZ2006",
        name: "category-list-incomplete",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-10"],
        page: "category_list_incomplete.md",
        check: check,
    };
}

/// A table with this many categories prints the fixed list and not the non-empty ones.
const FIXED: usize = 20;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let year = audit.disclosure.year.unwrap_or_default();
    let catalogue = audit.library.catalogue(year);
    // The forms of final accounts have a list of their own, without categories no department spends.
    if catalogue.base_year() != year || audit.disclosure.kind.is_final_accounts() {
        return;
    }
    let items = items::items(audit);
    for table in &audit.disclosure.tables {
        let listed: Vec<_> = items
            .iter()
            .filter(|i| {
                std::ptr::eq(i.table, table) && i.axis == Dimension::Function && i.code.len() == 3
            })
            .collect();
        let Some(last) = listed.last().filter(|_| listed.len() >= FIXED) else {
            continue;
        };
        sink.checked(1);
        let missing: Vec<String> = catalogue
            .functions()
            .filter(|entry| entry.level == Level::Category && entry.is_confirmed())
            .filter(|entry| !listed.iter().any(|item| item.code == entry.code))
            .map(|entry| format!("{} {}", entry.code, entry.name))
            .collect();
        if !missing.is_empty() {
            sink.broken(
                &last.place(),
                format!(
                    "{}列出固定的功能分类，缺{}",
                    table.title,
                    missing.join("、")
                ),
                format!(
                    "{} prints the fixed list of categories without {}",
                    table.title,
                    missing.join(", ")
                ),
            );
        }
    }
}
