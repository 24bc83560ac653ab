use std::cmp::Ordering;

use mz_budget::{
    disclosure::ListKind,
    finding::{ObligationStatus, Severity},
    money::Decimal,
    normalise,
};

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

/// Whether this reads as one name, and not as a sentence the list ran into.
fn is_name(name: &str) -> bool {
    name.chars().count() <= 20 && !name.contains(['；', '。', '，', '：', ';', ':', ','])
}

/// Names the last of which may be two, joined by a word: 建议征集处和热线管理办公室.
fn n_joined(names: &[String]) -> usize {
    let joined = |name: &String| {
        ["以及", "和", "及", "与"]
            .iter()
            .any(|word| name.contains(word))
    };
    names.last().map_or(0, |name| usize::from(joined(name)))
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
            list.kind == kind
                && !list.open
                && list.place.block.abs_diff(claim.place.block) <= reach(&kind)
        });
        let Some(list) = list.filter(|list| !list.names.is_empty()) else {
            continue;
        };
        let mut names: Vec<String> = list
            .names
            .iter()
            .map(|(name, _)| normalise::name(name))
            .collect();
        if !names.iter().all(|name| is_name(name)) {
            sink.skipped(
                ObligationStatus::Ambiguous,
                format!("{what}的名单与别的内容连在一起，没有数清"),
            );
            continue;
        }
        sink.checked(1);
        let listed = names.len();
        let fits = (listed..=listed + n_joined(&names)).any(|n| is(stated, n));
        names.sort();
        names.dedup();
        let repeated = listed - names.len();
        if fits && repeated == 0 {
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

fn is(stated: Decimal, n: usize) -> bool {
    let n = Decimal {
        digits: i64::try_from(n).unwrap_or(i64::MAX),
        decimals: 0,
    };
    facts::compare(stated, n) == Some(Ordering::Equal)
}

/// How many paragraphs the list may be away: a department's own level counts as a unit in one sentence and not in the next.
fn reach(kind: &ListKind) -> usize {
    usize::from(*kind == ListKind::Offices)
}
