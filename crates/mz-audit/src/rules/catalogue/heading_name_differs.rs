use mz_budget::{catalogue::Entry, finding::Severity, normalise};

use super::items;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static HEADING_NAME_DIFFERS = {
        code: "MZ2002",
        name: "heading-name-differs",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-02", "CL-03", "TN-27"],
        page: "heading_name_differs.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let year = audit.disclosure.year.unwrap_or_default();
    let catalogue = audit.library.catalogue(year);
    for group in items::by_code_and_name(items::items(audit)) {
        let Some(item) = group.first() else {
            continue;
        };
        let Some(entry) = item.entry(catalogue).filter(|_| !item.name.is_empty()) else {
            continue;
        };
        sink.checked(group.len());
        if normalise::same_name(item.name, entry.name) {
            continue;
        }
        let old = catalogue
            .renames(item.code)
            .iter()
            .any(|r| normalise::same_name(r.old_name, item.name));
        let what = if old {
            "已停用的旧名称"
        } else {
            "不是科目表的名称"
        };
        let finding = sink.broken(
            &item.place(),
            format!(
                "{} 的名称“{}”{what}，应为“{}”",
                item.code, item.name, entry.name
            ),
            format!(
                "the name “{}” of {} should be “{}”",
                item.name, item.code, entry.name
            ),
        );
        let finding = match item.code_of_name(catalogue) {
            Some(code) => finding.advice(format!(
                "“{}”的科目编码是 {code}，先看编码和名称哪一个写错",
                item.name
            )),
            None => finding,
        };
        finding
            .severity(severity(
                entry,
                item.name,
                old,
                catalogue.base_year() == year,
            ))
            .side("文中", item.name, None)
            .side("科目表", entry.name.to_string(), None)
            .also_all(group.iter().skip(1).map(items::Item::place))
            .group(format!("heading:{}", item.code));
    }
}

/// An unconfirmed entry never accuses; a name that is only cut short may be a matter of the page; without a list of the
/// year a new official name is possible.
fn severity(entry: &Entry, printed: &str, old: bool, own_list: bool) -> Severity {
    let (printed, official) = (normalise::name(printed), normalise::name(entry.name));
    let cut = official.contains(&printed) || printed.contains(&official);
    // Systems that print tables leave out the particle (对个人和家庭补助); nobody is misled and nobody would act.
    let cut = cut || without_particle(&printed) == without_particle(&official);
    match (entry.is_confirmed(), old || own_list) {
        (false, _) => Severity::Info,
        (true, _) if cut => Severity::Info,
        // A character or two off is careless and misleads nobody.
        (true, true) if !old && normalise::likeness(&printed, &official) >= 700 => {
            Severity::Warning
        }
        (true, true) => Severity::Error,
        (true, false) => Severity::Query,
    }
}

fn without_particle(name: &str) -> String {
    name.replace('的', "")
}
