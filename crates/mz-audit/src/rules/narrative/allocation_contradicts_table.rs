use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Dimension, NodeId},
    disclosure::{Allocation, ProjectParagraph},
    finding::{Severity, Suspect},
    money::{Fen, PrintedMoney},
    place::Place,
};

use crate::{
    Audit, Sink,
    cubes::observed,
    declare_rule,
    projects::{self, ProjectAmount},
};

declare_rule! {
    pub static ALLOCATION_CONTRADICTS_TABLE = {
        code: "MZ3011",
        name: "allocation-contradicts-table",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TN-12"],
        page: "allocation_contradicts_table.md",
        check: check,
    };
}

/// Amounts of a project by economic class, as the project table prints them.
type Classes<'a> = BTreeMap<NodeId, (PrintedMoney, &'a Place)>;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let amounts = projects::amounts(audit.disclosure);
    for project in audit
        .disclosure
        .projects
        .iter()
        .filter(|project| !project.allocations.is_empty())
    {
        let Some(node) = projects::node_named(audit.disclosure, &project.name) else {
            continue;
        };
        let Some(row) = amounts.iter().find(|row| row.node == node && !row.carried) else {
            continue;
        };
        let classes = classes(audit, row);
        if !classes.is_empty() {
            compare(audit, sink, project, row, &classes);
        }
    }
}

fn classes<'a>(audit: &Audit<'a>, row: &ProjectAmount) -> Classes<'a> {
    let children = &audit
        .disclosure
        .dimensions
        .tree(Dimension::Economic)
        .node(0)
        .children;
    children
        .iter()
        .filter_map(|class| {
            let cell = audit
                .cubes()
                .printed(
                    audit.disclosure.own_stage(),
                    row.slice.with(Dimension::Economic, *class),
                )
                .first()?;
            let money =
                observed(audit.disclosure, *cell).filter(|money| money.number.digits != 0)?;
            Some((*class, (money, audit.place_of(*cell)?)))
        })
        .collect()
}

fn compare(
    audit: &Audit<'_>,
    sink: &mut Sink,
    project: &ProjectParagraph,
    row: &ProjectAmount,
    classes: &Classes<'_>,
) {
    sink.checked(1);
    let class_of = |part: &Allocation| {
        let code: String = part.economic.as_ref()?.chars().take(3).collect();
        audit
            .disclosure
            .dimensions
            .tree(Dimension::Economic)
            .find(&code)
    };
    let mut stated: BTreeMap<NodeId, i64> = BTreeMap::new();
    let mut unplaced: Vec<i64> = Vec::new();
    for part in &project.allocations {
        let Some(fen) = part.money.fen() else { return };
        match class_of(part) {
            Some(class) => *stated.entry(class).or_default() += fen.0,
            None if single(part) => unplaced.push(fen.0),
            None => return,
        }
    }
    // Words that name no item of the classification still belong to one class: any that has room for the money.
    unplaced.sort_unstable();
    for fen in unplaced.into_iter().rev() {
        let room = |class: &NodeId| {
            classes
                .get(class)
                .and_then(|(money, _)| money.fen())
                .map_or(0, |f| f.0)
                - stated.get(class).copied().unwrap_or(0)
        };
        let Some(class) = classes.keys().copied().max_by_key(room) else {
            return;
        };
        *stated.entry(class).or_default() += fen;
    }
    let worst = stated
        .iter()
        .map(|(class, fen)| {
            (
                *class,
                *fen,
                classes
                    .get(class)
                    .map_or(0, |(money, _)| money.fen().map_or(0, |f| f.0)),
            )
        })
        .filter(|(_, fen, table)| fen - table > audit.unit_slack() * 2)
        .max_by_key(|(_, fen, table)| fen - table);
    let Some((class, fen, in_table)) = worst else {
        return;
    };
    report(audit, sink, project, row, classes, (class, fen, in_table));
}

/// One kind of spending: nothing joined by “和”, “及” or “、”.
fn single(part: &Allocation) -> bool {
    !["及", "和", "、", "等", "与"]
        .iter()
        .any(|word| part.item.contains(word))
}

fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    project: &ProjectParagraph,
    row: &ProjectAmount,
    classes: &Classes<'_>,
    (class, fen, in_table): (NodeId, i64, i64),
) {
    let Some(first) = project.allocations.first() else {
        return;
    };
    let tree = audit.disclosure.dimensions.tree(Dimension::Economic);
    let listed: Vec<String> = classes
        .iter()
        .map(|(class, (money, _))| format!("{} {money}", tree.node(*class).name))
        .collect();
    let words: Vec<String> = project
        .allocations
        .iter()
        .map(|part| format!("{} {}", part.item, part.money))
        .collect();
    let known = project
        .allocations
        .iter()
        .all(|part| part.economic.is_some());
    let finding = sink
        .broken(
            &first.place,
            format!(
                "项目“{}”资金分配写“{}”，项目支出表列 {}，{}一类容不下，多出 {}",
                project.name,
                words.join("，"),
                listed.join("、"),
                tree.node(class).name,
                audit.money(fen - in_table)
            ),
            format!(
                "the split of “{}” does not fit the economic classes of the project table",
                project.name
            ),
        )
        .side("资金分配", audit.money(fen), Some(Fen(fen)))
        .side(
            tree.node(class).name.clone(),
            audit.money(in_table),
            Some(Fen(in_table)),
        )
        .difference(Fen(fen - in_table))
        .also_all(classes.values().map(|(_, place)| *place));
    let finding = finding.suspect(Suspect {
        place: first.place.clone(),
        printed: first.money.to_string(),
        implied: Some(audit.money(in_table)),
    });
    let finding = match audit.place_of(row.observation) {
        Some(place) => finding.rests_on(place),
        None => finding,
    };
    if !known {
        finding.severity(Severity::Warning);
    }
}
