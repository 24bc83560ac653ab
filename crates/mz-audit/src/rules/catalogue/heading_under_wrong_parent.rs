use mz_budget::finding::Severity;

use super::items::{self, Item};
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static HEADING_UNDER_WRONG_PARENT = {
        code: "MZ2003",
        name: "heading-under-wrong-parent",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-04"],
        page: "heading_under_wrong_parent.md",
        check: check,
    };
}

/// In a table that lists parents above their children, a row stands under the wrong one.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut before: Option<Item<'_>> = None;
    let mut parent: Option<Item<'_>> = None;
    let is_list = |item: &Item<'_>| {
        let panel = item.spec.panels.get(item.panel);
        panel.is_none_or(|panel| !panel.rows.parts)
    };
    for item in items::items(audit).into_iter().filter(is_list) {
        let same_table = before
            .as_ref()
            .is_some_and(|b| std::ptr::eq(b.table, item.table) && b.panel == item.panel);
        if !same_table {
            parent = None;
        }
        let n = item.code.len();
        // The nearest row above that is one level higher.
        if let Some(above) = before
            .as_ref()
            .filter(|b| same_table && b.code.len() + 2 == n)
        {
            parent = Some(above.clone());
        }
        if let Some(above) = parent.as_ref().filter(|p| p.code.len() + 2 == n) {
            sink.checked(1);
            if !item.code.starts_with(above.code) {
                sink.broken(
                    &item.place(),
                    format!(
                        "{} {}列在 {} {}之下，编码不属于它",
                        item.code, item.name, above.code, above.name
                    ),
                    format!(
                        "{} stands under {}, to which its code does not belong",
                        item.code, above.code
                    ),
                )
                .also(&above.place());
            }
        } else if parent.as_ref().is_some_and(|p| p.code.len() >= n) {
            parent = None;
        }
        before = Some(item);
    }
}
