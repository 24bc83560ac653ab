use mz_budget::finding::Severity;

use crate::{
    Audit, Sink,
    cubes::observed,
    declare_rule,
    unlisted::{Shortfall, Unlisted},
};

/// Most places shown.
const MOST_PLACES: usize = 8;

declare_rule! {
    pub static PARTS_UNLISTED = {
        code: "MZ1005",
        name: "parts-unlisted",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["TI-09", "TI-13"],
        page: "parts_unlisted.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for unlisted in audit.cubes().unlisted() {
        sink.checked(unlisted.shortfalls.len());
        one(audit, sink, unlisted);
    }
}

fn one(audit: &Audit<'_>, sink: &mut Sink, unlisted: &Unlisted) {
    let name = &audit
        .disclosure
        .dimensions
        .tree(unlisted.dimension)
        .node(unlisted.node)
        .name;
    let largest = unlisted.shortfalls.iter().max_by_key(|short| short.gap);
    let Some(first) = largest else { return };
    let (Some(place), Some(whole)) = (
        audit.place_of(first.whole),
        observed(audit.disclosure, first.whole),
    ) else {
        return;
    };
    let table = place.table.as_deref().unwrap_or_default();
    let others = unlisted
        .shortfalls
        .iter()
        .filter(|short| short.whole != first.whole)
        .filter_map(|short| audit.place_of(short.whole))
        .take(MOST_PLACES);
    let listed = |short: &Shortfall| {
        let places = short.parts.iter().filter_map(|part| audit.place_of(*part));
        places.take(MOST_PLACES).collect::<Vec<_>>()
    };
    sink.broken(
        place,
        format!(
            "{} 张表中“{name}”所列各项合计都少于该科目，如《{table}》{whole}，所列 {} 项合计 {}，少 {}：有未列出的项",
            unlisted.n_tables,
            first.parts.len(),
            audit.money(first.sum.middle()),
            audit.money(first.gap),
        ),
        format!(
            "in {} tables the items listed under {name} fall short of it, by up to {}: an item is not listed",
            unlisted.n_tables,
            audit.money(first.gap),
        ),
    )
    .also_all(listed(first))
    .also_all(others)
    .side("科目", whole.to_string(), None)
    .side("所列各项合计", audit.money(first.sum.middle()), None)
    .advice("核对是否漏行；若因涉密不公开，应在情况说明中写明".to_owned());
}
