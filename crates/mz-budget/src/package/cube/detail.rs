//! A closed listing of parts: it answers any slice in its scope by adding up the lines that lie in it.

use crate::{
    dimension::{Dimension, Dimensions, NodeId, Slice, Tree},
    package::{Listing, Manner, cube::line_coordinates},
};

/// A closed listing of parts.
#[derive(Debug)]
pub(super) struct Detail {
    /// Index of the listing.
    pub listing: usize,
    scope: Slice,
    /// Slice, value and slack of each line.
    parts: Vec<(Slice, i64, i64)>,
}

/// How a line lies to what is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Inside,
    Outside,
    /// Some of it may lie inside.
    Across,
}

impl Detail {
    /// `None` when the listing states figures, or some axis it uses is not declared complete.
    pub fn new(listing: &Listing, index: usize, dimensions: &Dimensions) -> Option<Self> {
        let closed = listing
            .lines
            .iter()
            .flat_map(|line| line.at.keys())
            .all(|dimension| listing.complete.contains(dimension));
        if listing.manner != Manner::Detail || !closed || listing.complete.is_empty() {
            return None;
        }
        let mut parts = Vec::with_capacity(listing.lines.len());
        for (i, line) in listing.lines.iter().enumerate() {
            let slice = dimensions.slice(&line_coordinates(listing, i)).ok()?;
            parts.push((slice, line.amount.fen()?.0, line.amount.slack_fen()));
        }
        Some(Self {
            listing: index,
            scope: dimensions.slice(&listing.at).ok()?,
            parts,
        })
    }

    /// Whether everything lies in its scope.
    pub fn is_whole(&self) -> bool {
        self.scope == Slice::WHOLE
    }

    /// Amounts of the lines, in fen.
    pub fn amounts(&self) -> Vec<i64> {
        self.parts.iter().map(|(_, fen, _)| *fen).collect()
    }

    fn holds(&self, dimensions: &Dimensions, asked: Slice) -> bool {
        Dimension::ALL.iter().all(|d| {
            let tree = dimensions.tree(*d);
            self.scope.node(*d) == 0 || is_inside(tree, self.scope.node(*d), asked.node(*d))
        })
    }

    /// Value and slack of a slice; `None` when it reaches beyond the scope, or a line is too coarse to tell.
    pub fn sum(&self, dimensions: &Dimensions, asked: Slice) -> Option<(i64, i64)> {
        if !self.holds(dimensions, asked) {
            return None;
        }
        let (mut value, mut slack) = (0_i64, 0_i64);
        for (slice, fen, off) in &self.parts {
            match standing(dimensions, *slice, asked) {
                Standing::Inside => {
                    value = value.checked_add(*fen)?;
                    slack = slack.checked_add(*off)?;
                }
                Standing::Across if *fen != 0 => return None,
                Standing::Across | Standing::Outside => {}
            }
        }
        Some((value, slack))
    }

    /// Lines that lie in a slice.
    pub fn lines(&self, dimensions: &Dimensions, asked: Slice) -> Vec<usize> {
        let inside = |(slice, ..): &(Slice, i64, i64)| {
            standing(dimensions, *slice, asked) == Standing::Inside
        };
        (0..self.parts.len())
            .filter(|i| self.parts.get(*i).is_some_and(inside))
            .collect()
    }
}

fn standing(dimensions: &Dimensions, line: Slice, asked: Slice) -> Standing {
    let mut standing = Standing::Inside;
    for d in Dimension::ALL {
        let (has, wants) = (line.node(d), asked.node(d));
        if wants == 0 || has == wants {
            continue;
        }
        let tree = dimensions.tree(d);
        if is_inside(tree, wants, has) {
            continue;
        }
        if !meets(tree, has, wants) {
            return Standing::Outside;
        }
        standing = Standing::Across;
    }
    standing
}

/// Whether a node lies in another, which may be an overlay group.
fn is_inside(tree: &Tree, outer: NodeId, inner: NodeId) -> bool {
    tree.contains(outer, inner)
        || tree
            .node(outer)
            .overlay
            .iter()
            .any(|member| is_inside(tree, *member, inner))
}

/// Whether a coarser node, or one that is an overlay group itself, has parts in what is asked.
fn meets(tree: &Tree, line: NodeId, asked: NodeId) -> bool {
    let members = |node: NodeId| tree.node(node).overlay.as_slice();
    tree.contains(line, asked) && members(asked).is_empty()
        || line == 0
        || members(asked).iter().any(|m| meets(tree, line, *m))
        || members(line)
            .iter()
            .any(|m| is_inside(tree, asked, *m) || meets(tree, *m, asked))
}
