use mz_budget::{
    disclosure::Disclosure,
    finding::{ObligationStatus, Severity},
    place::Place,
    profile::TableSpec,
};

use super::shape;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static REQUIRED_TABLE_MISSING = {
        code: "MZ5001",
        name: "required-table-missing",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-02"],
        page: "required_table_missing.md",
        check: check,
    };
}

/// The finding stands where the table should be: at the table before it.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    if !shape::is_whole(disclosure) {
        return;
    }
    let found = |id: &str| disclosure.tables.iter().find(|table| table.id == id);
    let required = disclosure
        .profile
        .tables
        .iter()
        .filter(|spec| spec.required);
    let is_missing =
        |spec: &TableSpec| found(&spec.id).is_none() && !is_mentioned(disclosure, spec);
    let (n_required, n_missing) = required.fold((0, 0), |(n, missing), spec| {
        (n + 1, missing + usize::from(is_missing(spec)))
    });
    // Many tables that were not recognised are a matter of reading or of the profile.
    if 4 * n_missing > n_required {
        let reason = format!("{n_required} 张应有的表中 {n_missing} 张没有认出，不能断定是否缺少");
        sink.skipped(ObligationStatus::Ambiguous, reason);
        return;
    }
    let mut before: Option<&Place> = disclosure.tables.first().map(|table| &table.place);
    for spec in &disclosure.profile.tables {
        match found(&spec.id) {
            Some(table) => {
                before = Some(&table.place);
                sink.checked(usize::from(spec.required));
            }
            None if spec.required && is_missing(spec) => {
                sink.checked(1);
                let Some(before) = before else {
                    continue;
                };
                sink.broken(
                    before,
                    format!(
                        "缺少应公开的“{}”（在“{}”附近没有找到）",
                        spec.usual_title(),
                        before.quote
                    ),
                    format!("the required table “{}” is missing", spec.usual_title()),
                );
            }
            None => {}
        }
    }
}

/// Whether the document has a table of this kind under a title nobody declared, or says that it has none.
fn is_mentioned(disclosure: &Disclosure, spec: &TableSpec) -> bool {
    if spec.marks.is_empty() {
        return false;
    }
    let about = |text: &str| {
        spec.marks.iter().all(|mark| text.contains(mark.as_str()))
            && ["表", "无", "没有", "未安排", "不涉及"]
                .iter()
                .any(|word| text.contains(word))
    };
    wording::saying(disclosure).any(|text| about(&text.text))
}
