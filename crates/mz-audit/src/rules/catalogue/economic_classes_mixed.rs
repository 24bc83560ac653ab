use mz_budget::{dimension::Dimension, finding::Severity};

use super::items;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static ECONOMIC_CLASSES_MIXED = {
        code: "MZ2004",
        name: "economic-classes-mixed",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["economic-classification-2017-98"],
        checks: &["CL-06"],
        page: "economic_classes_mixed.md",
        check: check,
    };
}

/// Departmental (301…) and governmental (501…) classes in one panel.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let items = items::items(audit);
    for table in &audit.disclosure.tables {
        let classes: Vec<_> = items
            .iter()
            .filter(|item| std::ptr::eq(item.table, table) && item.axis == Dimension::Economic)
            .collect();
        let (governmental, departmental): (Vec<_>, Vec<_>) = classes
            .into_iter()
            .partition(|item| item.code.starts_with('5'));
        sink.checked(governmental.len() + departmental.len());
        let panels_differ = governmental
            .iter()
            .all(|g| departmental.iter().all(|d| d.panel != g.panel));
        let (Some(odd), Some(usual)) = (governmental.first(), departmental.first()) else {
            continue;
        };
        if panels_differ {
            continue;
        }
        sink.broken(
            &odd.place(),
            format!(
                "{}混用两套经济分类：{} {}与 {} {}",
                table.title, odd.code, odd.name, usual.code, usual.name
            ),
            format!(
                "{} mixes the two economic classifications: {} and {}",
                table.title, odd.code, usual.code
            ),
        )
        .also(&usual.place());
    }
}
