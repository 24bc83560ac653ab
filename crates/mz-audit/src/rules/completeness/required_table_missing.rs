use mz_budget::{
    finding::{ObligationStatus, Severity},
    place::Place,
};

use super::shape;
use crate::{Audit, Sink, declare_rule};

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
    let (n_required, n_missing) = required.fold((0, 0), |(n, missing), spec| {
        (n + 1, missing + usize::from(found(&spec.id).is_none()))
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
            None if spec.required => {
                sink.checked(1);
                let Some(before) = before else {
                    continue;
                };
                sink.broken(
                    before,
                    format!(
                        "缺少应公开的“{}”（在“{}”附近没有找到）",
                        spec.title, before.quote
                    ),
                    format!("the required table “{}” is missing", spec.title),
                );
            }
            None => {}
        }
    }
}
