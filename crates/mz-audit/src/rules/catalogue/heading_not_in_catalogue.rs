use mz_budget::finding::{ObligationStatus, Severity};

use super::items;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static HEADING_NOT_IN_CATALOGUE = {
        code: "MZ2001",
        name: "heading-not-in-catalogue",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-01", "CL-05", "CL-08", "CL-09"],
        page: "heading_not_in_catalogue.md",
        check: check,
    };
}

/// A code no list knows. Where the year has no list of its own a missing code proves nothing.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let year = audit.disclosure.year.unwrap_or_default();
    let catalogue = audit.library.catalogue(year);
    for group in items::by_code_and_name(items::items(audit)) {
        let Some(item) = group.first() else {
            continue;
        };
        sink.checked(group.len());
        if item.entry(catalogue).is_some() {
            continue;
        }
        let renames = catalogue.renames(item.code);
        let gone = renames.iter().find(|rename| {
            rename.through.is_some_and(|through| through < year)
                && rename.new_name.starts_with(['(', '（', '改'])
        });
        if gone.is_none() && catalogue.base_year() != year {
            sink.skipped(
                ObligationStatus::NotEnoughData,
                format!("没有 {year} 年的科目表，{} 等编码未能核对", item.code),
            );
            continue;
        }
        let (message, severity) = match gone {
            Some(rename) => (
                format!(
                    "科目编码 {}“{}”已不再使用：{}",
                    item.code, item.name, rename.new_name
                ),
                Severity::Error,
            ),
            None => (
                format!(
                    "科目编码 {}“{}”不在 {year} 年科目表中",
                    item.code, item.name
                ),
                Severity::Warning,
            ),
        };
        sink.broken(
            &item.place(),
            message,
            format!("the code {} is not in the list of {year}", item.code),
        )
        .severity(severity)
        .also_all(group.iter().skip(1).map(items::Item::place))
        .group(format!("heading:{}", item.code));
    }
}
