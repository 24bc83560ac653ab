use std::cmp::Ordering;

use mz_budget::{disclosure::ListKind, finding::Severity, money::Decimal, normalise};

use crate::{Audit, Sink, declare_rule, rules::procurement::facts};

declare_rule! {
    pub static OFFICE_COUNT_DIFFERS = {
        code: "MZ7020",
        name: "office-count-differs",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["HC-05"],
        page: "office_count_differs.md",
        check: check,
    };
}

/// The number of offices or affiliated units, and the names that follow in the same sentence.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (key, kind, what) in [
        ("offices.count", ListKind::Offices, "处室"),
        ("bodies.count", ListKind::Bodies, "下属单位"),
    ] {
        let Some((claim, stated)) = facts::count(audit.disclosure, key) else {
            continue;
        };
        let list = audit.disclosure.lists.iter().find(|list| {
            list.kind == kind && !list.open && list.place.block.abs_diff(claim.place.block) <= 1
        });
        let Some(list) = list.filter(|list| !list.names.is_empty()) else {
            continue;
        };
        sink.checked(1);
        let mut names: Vec<String> = list
            .names
            .iter()
            .map(|(name, _)| normalise::name(name))
            .collect();
        let listed = names.len();
        names.sort();
        names.dedup();
        let n = Decimal {
            digits: i64::try_from(listed).unwrap_or(i64::MAX),
            decimals: 0,
        };
        let repeated = listed - names.len();
        if facts::compare(stated, n) == Some(Ordering::Equal) && repeated == 0 {
            continue;
        }
        let again = if repeated > 0 {
            format!("，其中 {repeated} 个重复")
        } else {
            String::new()
        };
        sink.broken(
            &claim.place,
            format!("文中说{what} {stated} 个，列出 {listed} 个{again}"),
            format!("{stated} are announced, {listed} are listed"),
        )
        .side("所述", facts::printed(claim), None)
        .side("所列", listed.to_string(), None)
        .also(&list.place);
    }
}
