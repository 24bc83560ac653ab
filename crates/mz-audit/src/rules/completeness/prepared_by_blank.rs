use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PREPARED_BY_BLANK = {
        code: "MZ5007",
        name: "prepared-by-blank",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-20"],
        page: "prepared_by_blank.md",
        check: check,
    };
}

/// Blank where most tables are filled in: a warning. Not there at all: a hint, the caption may not have been read.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let tables = &audit.disclosure.tables;
    let filled = |by: &Option<String>| by.as_deref().is_some_and(|by| !by.trim().is_empty());
    let n_filled = tables
        .iter()
        .filter(|table| filled(&table.prepared_by))
        .count();
    if 2 * n_filled <= tables.len() {
        return;
    }
    for table in tables {
        sink.checked(1);
        if filled(&table.prepared_by) {
            continue;
        }
        let severity = if table.prepared_by.is_some() {
            Severity::Warning
        } else {
            Severity::Info
        };
        sink.broken(
            &wording::quoting(&table.place, &table.title),
            format!(
                "“{}”没有填写编制单位，其余 {n_filled} 张表都填了",
                table.title
            ),
            format!(
                "“{}” does not say who prepared it, {n_filled} other tables do",
                table.title
            ),
        )
        .severity(severity);
    }
}
