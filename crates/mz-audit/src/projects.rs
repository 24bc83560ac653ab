//! Projects as the tables list them, and which performance target belongs to which.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::{Disclosure, Origin, PerformanceTarget, ProjectParagraph, StatementKind, Subject},
    money::{Fen, PrintedMoney},
    normalise,
    profile::narrative::national,
};

use crate::{cubes::observed, wording};

/// A project row: an amount of one project and one vintage.
#[derive(Clone, Debug)]
pub struct ProjectAmount {
    /// The project.
    pub node: NodeId,
    /// Carried over from last year.
    pub carried: bool,
    /// The slice printed.
    pub slice: Slice,
    /// The amount.
    pub money: PrintedMoney,
    /// Index into [`Disclosure::observations`].
    pub observation: usize,
}

impl ProjectAmount {
    /// The amount in fen.
    pub fn fen(&self) -> i64 {
        self.money.fen().map_or(0, |fen| fen.0)
    }
}

/// The amounts of all projects in the tables: for each project and vintage the widest slice printed.
pub fn amounts(disclosure: &Disclosure) -> Vec<ProjectAmount> {
    let carried = disclosure
        .dimensions
        .tree(Dimension::Vintage)
        .find("carried");
    let mut found: BTreeMap<(NodeId, bool), ProjectAmount> = BTreeMap::new();
    for (observation, one) in disclosure.observations.iter().enumerate() {
        let node = one.slice.node(Dimension::Project);
        let wanted = node != 0
            && one.stage == disclosure.own_stage()
            && one.slice.node(Dimension::Economic) == 0
            && matches!(one.origin, Origin::Cell { .. });
        let Some(money) = observed(disclosure, observation).filter(|_| wanted) else {
            continue;
        };
        let carried = Some(one.slice.node(Dimension::Vintage)) == carried;
        let amount = ProjectAmount {
            node,
            carried,
            slice: one.slice,
            money,
            observation,
        };
        let width = |slice: Slice| slice.0.iter().filter(|node| **node != 0).count();
        match found.entry((node, carried)) {
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                if width(amount.slice) < width(entry.get().slice) {
                    entry.insert(amount);
                }
            }
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(amount);
            }
        }
    }
    found.into_values().collect()
}

/// Name of a project.
pub fn name(disclosure: &Disclosure, node: NodeId) -> &str {
    &disclosure
        .dimensions
        .tree(Dimension::Project)
        .node(node)
        .name
}

/// Projects of which the document withholds something: nodes named by a withholding statement, with whether the
/// statement is about money carried over.
pub fn withheld(disclosure: &Disclosure) -> BTreeSet<(NodeId, bool)> {
    let carried = disclosure
        .dimensions
        .tree(Dimension::Vintage)
        .find("carried");
    let mut found = BTreeSet::new();
    for statement in disclosure
        .statements
        .iter()
        .filter(|s| s.kind == StatementKind::Withheld)
    {
        if let Some(Subject::Slice(slice)) = &statement.subject {
            let node = slice.node(Dimension::Project);
            if node != 0 {
                found.insert((node, Some(slice.node(Dimension::Vintage)) == carried));
            }
        }
    }
    for project in disclosure
        .projects
        .iter()
        .filter(|project| is_withheld(project))
    {
        if let Some(node) = node_named(disclosure, &project.name) {
            found.insert((node, false));
        }
    }
    found
}

/// Whether a project's paragraph withholds a field.
pub fn is_withheld(project: &ProjectParagraph) -> bool {
    let words = &national().grammar.withheld;
    project
        .fields
        .iter()
        .any(|field| words.iter().any(|word| field.text.contains(word.as_str())))
}

/// The project of exactly this name.
pub fn node_named(disclosure: &Disclosure, wanted: &str) -> Option<NodeId> {
    let nodes = &disclosure.dimensions.tree(Dimension::Project).nodes;
    let i = nodes
        .iter()
        .skip(1)
        .position(|node| normalise::same_name(&node.name, wanted))?;
    NodeId::try_from(i + 1).ok()
}

/// Likeness, in thousandths, at which names may mean one project when the amounts agree.
const ALIKE_WITH_AMOUNT: u32 = 300;
/// Likeness at which names mean one project although the amounts differ.
const ALIKE: u32 = 560;

/// Which target belongs to which of the projects: pairs of target index and project index, each at most once.
/// The same name first, then like names with the same amount, then like names.
pub fn matched(disclosure: &Disclosure, projects: &[ProjectAmount]) -> Vec<(usize, usize)> {
    let targets = &disclosure.targets;
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    for (t, target) in targets
        .iter()
        .enumerate()
        .filter(|(_, target)| !target.is_whole)
    {
        let amount = target_fen(target);
        for (p, project) in projects.iter().enumerate() {
            let name = name(disclosure, project.node);
            let likeness = wording::name_likeness(&target.project, name);
            let same_amount = amount.is_some_and(|fen| fen.0 == project.fen());
            let score = match (likeness, same_amount) {
                (1000, same) => 3000 + u32::from(same),
                (alike, true) if alike >= ALIKE_WITH_AMOUNT => 1000 + alike,
                (alike, false) if alike >= ALIKE => alike,
                _ => continue,
            };
            candidates.push((score, t, p));
        }
    }
    candidates.sort_by_key(|(score, t, p)| (std::cmp::Reverse(*score), *t, *p));
    let (mut used_targets, mut used_projects) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, t, p) in candidates {
        if !used_targets.contains(&t) && !used_projects.contains(&p) {
            used_targets.insert(t);
            used_projects.insert(p);
            pairs.push((t, p));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The amount a target is about: fiscal appropriation, or else the total.
pub fn target_fen(target: &PerformanceTarget) -> Option<Fen> {
    target
        .appropriation
        .as_ref()
        .or(target.total.as_ref())?
        .money
        .fen()
}
