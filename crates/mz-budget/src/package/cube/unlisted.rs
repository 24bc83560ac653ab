//! Zeros of what a complete axis of a listing of figures leaves out.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use crate::{
    cube::Given,
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice},
    package::{Listing, Manner},
};

/// Most zeros of one listing. Fewer zeros prove less and never anything wrong.
const MOST: usize = 20_000;

/// Nodes of an axis that the lines name, and all above them.
pub(super) fn covered(
    listing: &Listing,
    dimension: Dimension,
    dimensions: &Dimensions,
) -> BTreeSet<NodeId> {
    let tree = dimensions.tree(dimension);
    let mut covered = BTreeSet::new();
    let lines = listing.lines.iter().map(|line| &line.at);
    for at in lines.chain(std::iter::once(&listing.at)) {
        let Some(mut node) = at.get(&dimension).and_then(|key| tree.find(key)) else {
            continue;
        };
        while node != 0 && covered.insert(node) {
            node = tree.node(node).parent;
        }
    }
    covered
}

/// Adds the zeros.
pub(super) fn zeros(
    listing: &Listing,
    index: usize,
    dimensions: &Dimensions,
    givens: &mut Vec<(Given, Source)>,
) {
    if listing.manner != Manner::Figures {
        return;
    }
    let columns = columns(listing);
    let mut slices: BTreeSet<Slice> = BTreeSet::new();
    for axis in &listing.complete {
        let absent = absent(listing, *axis, dimensions);
        for column in &columns {
            let Ok(slice) = dimensions.slice(column) else {
                continue;
            };
            slices.extend(
                absent
                    .iter()
                    .take(MOST)
                    .map(|node| dimensions.canonical(slice.with(*axis, *node))),
            );
        }
    }
    slices.extend(missing_pairs(listing, &columns, dimensions));
    let ulp = listing
        .lines
        .iter()
        .map(|line| line.amount.last_digit_fen())
        .max()
        .unwrap_or(1);
    givens.extend(
        slices
            .into_iter()
            .take(MOST)
            .map(|slice| (Given::absent(slice, ulp), Source::Unlisted(index))),
    );
}

/// Coordinates of the lines without the complete axes: what a table would call its columns.
fn columns(listing: &Listing) -> BTreeSet<Coordinates> {
    let mut columns: BTreeSet<Coordinates> = listing
        .lines
        .iter()
        .map(|line| {
            let mut at = listing.at.clone();
            at.extend(line.at.iter().map(|(d, key)| (*d, key.clone())));
            at.retain(|d, _| !listing.complete.contains(d));
            at
        })
        .collect();
    if columns.is_empty() {
        columns.insert(listing.at.clone());
    }
    columns
}

/// Nodes the listing would name if they had money.
fn absent(listing: &Listing, axis: Dimension, dimensions: &Dimensions) -> Vec<NodeId> {
    let tree = dimensions.tree(axis);
    let covered = covered(listing, axis, dimensions);
    let scope = listing.at.get(&axis).and_then(|key| tree.find(key));
    let mut out: BTreeSet<NodeId> = BTreeSet::new();
    for id in 1..NodeId::try_from(tree.nodes.len()).unwrap_or(NodeId::MAX) {
        let node = tree.node(id);
        let in_scope = scope.is_none_or(|scope| scope != id && tree.contains(scope, id));
        if covered.contains(&id) || !node.overlay.is_empty() || !in_scope {
            continue;
        }
        let siblings = &tree.node(node.parent).children;
        let broken_down = siblings.iter().any(|s| covered.contains(s));
        if out.contains(&node.parent) || broken_down || covered.is_empty() {
            out.insert(id);
        }
    }
    out.into_iter().collect()
}

/// Where lines name nodes of two complete axes together, pairs that no line names are zero as well.
fn missing_pairs(
    listing: &Listing,
    columns: &BTreeSet<Coordinates>,
    dimensions: &Dimensions,
) -> Vec<Slice> {
    let mut out = Vec::new();
    for (i, one) in listing.complete.iter().enumerate() {
        for other in listing.complete.iter().skip(i + 1) {
            let mut pairs: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
            for line in &listing.lines {
                if let (Some(a), Some(b)) = (line.at.get(one), line.at.get(other)) {
                    pairs.entry(a).or_default().insert(b);
                }
            }
            let all: BTreeSet<&String> = pairs.values().flatten().copied().collect();
            for (a, named) in &pairs {
                for b in all.iter().filter(|b| !covers(*other, named, b, dimensions)) {
                    for column in columns {
                        let mut at = column.clone();
                        at.insert(*one, (*a).clone());
                        at.insert(*other, (*b).clone());
                        out.extend(dimensions.slice(&at).ok());
                    }
                }
            }
        }
    }
    out
}

/// Whether a node, or one above or below it, is named.
fn covers(
    dimension: Dimension,
    named: &BTreeSet<&String>,
    key: &str,
    dimensions: &Dimensions,
) -> bool {
    let tree = dimensions.tree(dimension);
    let Some(node) = tree.find(key) else {
        return true;
    };
    named
        .iter()
        .filter_map(|name| tree.find(name))
        .any(|other| tree.contains(other, node) || tree.contains(node, other))
}
