use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::{Claim, Measure, Subject},
    finding::Severity,
    normalise,
    place::Place,
    profile::Ask,
};

use crate::{
    Audit, Sink,
    cubes::observed,
    declare_rule, phrases,
    projects::{self, ProjectAmount},
    wording,
};

declare_rule! {
    pub static ITEM_UNEXPLAINED = {
        code: "MZ3005",
        name: "item-unexplained",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["implementation-6"],
        checks: &["TN-06", "TN-07", "TN-10", "TN-14"],
        page: "item_unexplained.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_unasked(audit, Ask::Items) {
        return;
    }
    headings(audit, sink);
    let amounts = projects::amounts(audit.disclosure);
    paragraphs(audit, sink, &amounts);
    carried(audit, sink, &amounts);
}

/// Claims of amounts by section, scope and level of the headings they name, with the headings.
type Told<'a> = BTreeMap<(&'a str, Slice, usize), (Vec<&'a Claim>, BTreeSet<NodeId>)>;

/// Headings by the section that names them, within whatever scope.
type Named<'a> = BTreeSet<(&'a str, NodeId)>;

fn told<'a>(audit: &'a Audit<'_>) -> (Told<'a>, Named<'a>) {
    let disclosure = audit.disclosure;
    let tree = disclosure.dimensions.tree(Dimension::Function);
    let (mut told, mut named) = (Told::new(), Named::new());
    let amounts = disclosure.claims.iter();
    for claim in amounts.filter(|claim| claim.measure == Measure::Amount) {
        let Subject::Slice(slice) = claim.subject else {
            continue;
        };
        let node = slice.node(Dimension::Function);
        let only = slice.node(Dimension::Economic) == 0 && slice.node(Dimension::Project) == 0;
        if node == 0 || !only || claim.stage != disclosure.own_stage() {
            continue;
        }
        let Some(section) = phrases::section_id(disclosure, &claim.place) else {
            continue;
        };
        named.insert((section, node));
        let level = tree.node(node).key.len();
        let (claims, nodes) = told
            .entry((section, slice.with(Dimension::Function, 0), level))
            .or_default();
        claims.push(claim);
        nodes.insert(node);
    }
    (told, named)
}

/// A section that goes through the headings of one level must go through all that have money.
fn headings(audit: &Audit<'_>, sink: &mut Sink) {
    let tree = audit.disclosure.dimensions.tree(Dimension::Function);
    let stage = audit.disclosure.own_stage();
    let (told, all_named) = told(audit);
    for ((section, scope, level), (claims, nodes)) in &told {
        let is_of_level = |node: &NodeId| tree.node(*node).key.len() == *level;
        let with_money: Vec<(NodeId, usize)> = (1..tree.nodes.len())
            .filter_map(|id| NodeId::try_from(id).ok())
            .filter(is_of_level)
            .filter_map(|node| {
                let slice = scope.with(Dimension::Function, node);
                let cell = *audit.cubes().printed(stage, slice).first()?;
                observed(audit.disclosure, cell)
                    .filter(|money| money.number.digits > 0)
                    .map(|_| (node, cell))
            })
            .collect();
        // Where one section speaks of a heading within another scope, it does not leave the heading out.
        let named: BTreeSet<NodeId> = all_named
            .range((*section, 0)..=(*section, NodeId::MAX))
            .map(|(_, node)| *node)
            .filter(is_of_level)
            .collect();
        // One heading of many is an example, most of them are a list. Where the form is read from its own headers, nothing
        // says of which money a section goes through the items: all it names must be of one, and nearly all be there.
        let is_list = match audit.disclosure.profile.is_proposed {
            true => {
                let n_told = with_money.iter().filter(|(n, _)| nodes.contains(n)).count();
                named.len() == nodes.len() && 4 * n_told >= 3 * with_money.len()
            }
            false => 2 * nodes.len() >= with_money.len(),
        };
        if !is_list {
            continue;
        }
        // The first claim of the last item names it.
        let last = claims.last().map(|claim| claim.group);
        let last = claims.iter().find(|claim| Some(claim.group) == last);
        let near = last.map(|claim| wording::quoting(&claim.place, &claim.words));
        for (node, cell) in with_money {
            sink.checked(1);
            if !named.contains(&node) {
                report(audit, sink, near.as_ref(), &tree.node(node).name, cell);
            }
        }
    }
}

fn report(audit: &Audit<'_>, sink: &mut Sink, near: Option<&Place>, name: &str, cell: usize) {
    let (Some(place), Some(money)) = (audit.place_of(cell), observed(audit.disclosure, cell))
    else {
        return;
    };
    let table = place.table.as_deref().unwrap_or("报表");
    sink.broken(
        place,
        format!("《{table}》中“{name}”{money}，情况说明逐项说明时没有说到"),
        format!("“{name}” with {money} is left out where the narrative goes through the items"),
    )
    .also_all(near);
}

/// A paragraph for each project of this year.
fn paragraphs(audit: &Audit<'_>, sink: &mut Sink, amounts: &[ProjectAmount]) {
    let paragraphs = &audit.disclosure.projects;
    let rows: Vec<&ProjectAmount> = amounts
        .iter()
        .filter(|row| !row.carried && row.fen() > 0)
        .collect();
    let Some(last) = paragraphs.last() else {
        return;
    };
    if 2 * paragraphs.len() < rows.len() {
        return;
    }
    let mut free: Vec<&str> = paragraphs
        .iter()
        .map(|paragraph| paragraph.name.as_str())
        .collect();
    let mut open = Vec::new();
    for row in rows {
        sink.checked(1);
        let name = projects::name(audit.disclosure, row.node);
        match free
            .iter()
            .position(|other| normalise::same_name(other, name))
        {
            Some(i) => drop(free.swap_remove(i)),
            None => open.push((row, name)),
        }
    }
    for (row, name) in open {
        // A name written otherwise is another rule's finding.
        match free
            .iter()
            .position(|other| wording::name_likeness(other, name) >= 500)
        {
            Some(i) => drop(free.swap_remove(i)),
            None => report(audit, sink, Some(&last.place), name, row.observation),
        }
    }
}

/// An item for each project with money carried over.
fn carried(audit: &Audit<'_>, sink: &mut Sink, amounts: &[ProjectAmount]) {
    let carried = audit
        .disclosure
        .dimensions
        .tree(Dimension::Vintage)
        .find("carried");
    let told: Vec<(&Claim, NodeId)> = audit
        .disclosure
        .claims
        .iter()
        .filter_map(|claim| match claim.subject {
            Subject::Slice(slice) if Some(slice.node(Dimension::Vintage)) == carried => {
                Some((claim, slice.node(Dimension::Project)))
            }
            _ => None,
        })
        .filter(|(_, node)| *node != 0)
        .collect();
    let rows: Vec<&ProjectAmount> = amounts
        .iter()
        .filter(|row| row.carried && row.fen() > 0)
        .collect();
    let Some((last, _)) = told.last() else { return };
    if 2 * told.len() < rows.len() {
        return;
    }
    for row in rows {
        sink.checked(1);
        if !told.iter().any(|(_, node)| *node == row.node) {
            report(
                audit,
                sink,
                Some(&last.place),
                projects::name(audit.disclosure, row.node),
                row.observation,
            );
        }
    }
}
