//! What stays the same for every solve of a cube: the trees, made quick to ask.

use crate::{
    cube::{Constraints, Cube, Open},
    dimension::{NodeId, Slice, Tree},
};

/// One tree.
#[derive(Debug, Default)]
pub(super) struct Axis {
    /// Parent; the root is its own, and that of overlay groups.
    pub parent: Vec<NodeId>,
    /// Ways a node divides into parts: its children; for overlay groups the members, and again with members that
    /// form another group replaced by that group.
    pub splits: Vec<Vec<Vec<NodeId>>>,
    /// Overlay groups.
    pub overlays: Vec<NodeId>,
    /// The node and all above it but the root, overlay groups included.
    pub above: Vec<Vec<NodeId>>,
    below: Vec<Vec<NodeId>>,
    members: Vec<Vec<NodeId>>,
    enter: Vec<u32>,
    leave: Vec<u32>,
}

impl Axis {
    fn new(tree: &Tree) -> Self {
        let n = tree.nodes.len();
        let mut axis = Self {
            parent: vec![0; n],
            splits: vec![Vec::new(); n],
            members: vec![Vec::new(); n],
            enter: vec![0; n],
            leave: vec![0; n],
            ..Self::default()
        };
        for (id, node) in tree.nodes.iter().enumerate() {
            // Parents and members stand before the node; anything else would be a cycle and is left out.
            axis.parent[id] = if usize::from(node.parent) < id {
                node.parent
            } else {
                0
            };
            axis.members[id] = node
                .overlay
                .iter()
                .copied()
                .filter(|m| usize::from(*m) < id && *m != 0)
                .collect();
            let children = node
                .children
                .iter()
                .copied()
                .filter(|c| usize::from(*c) > id && usize::from(*c) < n);
            let children: Vec<NodeId> = children.collect();
            if !children.is_empty() {
                axis.splits[id].push(children);
            }
            if !axis.members[id].is_empty() {
                axis.overlays.push(id as NodeId);
            }
        }
        axis.number();
        axis.split_overlays();
        axis.above = (0..n as NodeId).map(|id| axis.all_above(id)).collect();
        axis.below = vec![Vec::new(); n];
        for (id, above) in axis.above.iter().enumerate() {
            for node in above {
                axis.below[usize::from(*node)].push(id as NodeId);
            }
        }
        axis
    }

    /// Numbers nodes so that a node's range contains those of everything below it.
    fn number(&mut self) {
        let n = self.parent.len();
        let mut size = vec![1_u32; n];
        for id in (1..n).rev() {
            size[usize::from(self.parent[id])] += size[id];
        }
        let mut next = vec![0_u32; n];
        for id in 0..n {
            let parent = usize::from(self.parent[id]);
            if id > 0 {
                self.enter[id] = next[parent];
                next[parent] += size[id];
            }
            next[id] = self.enter[id] + 1;
            self.leave[id] = self.enter[id] + size[id];
        }
    }

    fn split_overlays(&mut self) {
        for &group in &self.overlays {
            let members = &self.members[usize::from(group)];
            let mut splits = vec![members.clone()];
            for &other in self
                .overlays
                .iter()
                .filter(|other| **other != group && !members.contains(other))
            {
                let inner = &self.members[usize::from(other)];
                if inner.len() < members.len()
                    && inner.iter().all(|member| members.contains(member))
                {
                    let rest = members
                        .iter()
                        .copied()
                        .filter(|member| !inner.contains(member));
                    splits.push(std::iter::once(other).chain(rest).collect());
                }
            }
            self.splits[usize::from(group)] = splits;
        }
    }

    fn all_above(&self, id: NodeId) -> Vec<NodeId> {
        let mut above = Vec::new();
        let mut node = id;
        while node != 0 {
            above.push(node);
            node = self.parent[usize::from(node)];
        }
        above.extend(
            self.overlays
                .iter()
                .filter(|group| **group != id && self.contains(**group, id)),
        );
        above
    }

    /// Whether `outer` is `inner` or has it as a part.
    #[inline]
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer == 0 || outer == inner || self.contains_below(outer, inner)
    }

    fn contains_below(&self, outer: NodeId, inner: NodeId) -> bool {
        let (out, inn) = (usize::from(outer), usize::from(inner));
        if self.enter[out] <= self.enter[inn] && self.enter[inn] < self.leave[out] {
            return true;
        }
        if !self.members[inn].is_empty() {
            return self.members[inn]
                .iter()
                .all(|member| self.contains(outer, *member));
        }
        self.members[out]
            .iter()
            .any(|member| self.contains(*member, inner))
    }

    /// The node and everything that is part of it; empty for the root.
    pub fn below(&self, node: NodeId) -> &[NodeId] {
        &self.below[usize::from(node)]
    }

    /// Whether the node is an overlay group.
    pub fn is_overlay(&self, node: NodeId) -> bool {
        !self.members[usize::from(node)].is_empty()
    }
}

/// All trees of a cube with its constraints.
#[derive(Debug)]
pub(super) struct Lattice {
    /// The trees.
    pub axes: Vec<Axis>,
    /// Scope that all nodes but the root of a dimension lie in.
    pub cover: Vec<Option<Slice>>,
    within: Vec<Vec<Option<Slice>>>,
    open: Vec<Open>,
    /// By dimension and node, where the parts are all listed; `None` where they always are.
    listed: Vec<Option<Vec<Vec<Slice>>>>,
    /// Dimensions with nodes that lie inside a scope.
    scoped: Vec<usize>,
}

impl Lattice {
    pub fn new(trees: &[Tree], constraints: &Constraints) -> Self {
        let axes: Vec<Axis> = trees
            .iter()
            .take(Cube::MAX_DIMENSIONS)
            .map(Axis::new)
            .collect();
        let mut lattice = Self {
            cover: vec![None; axes.len()],
            within: vec![Vec::new(); axes.len()],
            open: constraints
                .open
                .iter()
                .copied()
                .filter(|open| open.dimension < axes.len())
                .collect(),
            listed: vec![None; axes.len()],
            scoped: Vec::new(),
            axes,
        };
        lattice.open.retain(|open| fits(&lattice.axes, open.scope));
        for d in constraints
            .by_list
            .iter()
            .copied()
            .filter(|d| *d < lattice.axes.len())
        {
            let mut scopes = vec![Vec::new(); lattice.axes[d].parent.len()];
            for listed in constraints
                .listed
                .iter()
                .filter(|listed| listed.dimension == d)
            {
                if let (Some(scopes), true) = (
                    scopes.get_mut(usize::from(listed.node)),
                    fits(&lattice.axes, listed.scope),
                ) {
                    let mut scope = listed.scope;
                    scope.0[d] = 0;
                    scopes.push(scope);
                }
            }
            lattice.listed[d] = Some(scopes);
        }
        for rule in &constraints.within {
            let fits = rule.dimension < lattice.axes.len() && fits(&lattice.axes, rule.scope);
            if !fits || usize::from(rule.node) >= lattice.axes[rule.dimension].parent.len() {
                continue;
            }
            let mut scope = rule.scope;
            scope.0[rule.dimension] = 0;
            let n = lattice.axes[rule.dimension].parent.len();
            lattice.within[rule.dimension].resize(n, None);
            if rule.node == 0 {
                lattice.cover[rule.dimension] = Some(scope);
            } else {
                lattice.within[rule.dimension][usize::from(rule.node)] = Some(scope);
            }
        }
        lattice.scoped = (0..lattice.axes.len())
            .filter(|d| !lattice.within[*d].is_empty())
            .collect();
        lattice
    }

    /// Whether the slice is in the trees.
    pub fn holds(&self, slice: Slice) -> bool {
        fits(&self.axes, slice)
    }

    /// Whether `outer` is `inner` or has it as a part.
    pub fn contains(&self, outer: Slice, inner: Slice) -> bool {
        self.axes
            .iter()
            .enumerate()
            .all(|(d, axis)| axis.contains(outer.0[d], inner.0[d]))
    }

    /// The slice brought inside the scopes its nodes lie in; `None` when they exclude each other: then it is empty.
    pub fn settle(&self, slice: Slice) -> Option<Slice> {
        let mut slice = slice;
        for d in self.scoped.iter().copied() {
            if slice.0[d] == 0 {
                continue;
            }
            if let Some(scope) = self.cover[d] {
                slice = self.meet(slice, scope)?;
            }
            for node in &self.axes[d].above[usize::from(slice.0[d])] {
                if let Some(scope) = self.within[d][usize::from(*node)] {
                    slice = self.meet(slice, scope)?;
                }
            }
        }
        Some(slice)
    }

    fn meet(&self, slice: Slice, scope: Slice) -> Option<Slice> {
        let mut met = slice;
        for (d, axis) in self.axes.iter().enumerate() {
            if axis.contains(slice.0[d], scope.0[d]) {
                met.0[d] = scope.0[d];
            } else if !axis.contains(scope.0[d], slice.0[d]) {
                return None;
            }
        }
        Some(met)
    }

    /// Whether the parts of this slice along the dimension are known to make it up.
    pub fn is_complete(&self, slice: Slice, d: usize) -> bool {
        let node = slice.0[d];
        if self.axes[d].is_overlay(node) {
            return true;
        }
        let others = || {
            self.axes
                .iter()
                .enumerate()
                .filter(move |(other, _)| *other != d)
        };
        let covers = |scope: &Slice| {
            others().all(|(other, axis)| axis.contains(scope.0[other], slice.0[other]))
        };
        let meets = |scope: &Slice| {
            others().all(|(other, axis)| {
                axis.contains(scope.0[other], slice.0[other])
                    || axis.contains(slice.0[other], scope.0[other])
            })
        };
        self.cover[d].as_ref().is_none_or(covers)
            && self.listed[d]
                .as_ref()
                .is_none_or(|scopes| scopes[usize::from(node)].iter().any(covers))
            && !self.open.iter().any(|open| {
                open.dimension == d
                    && self.axes[d].contains(open.scope.0[d], node)
                    && meets(&open.scope)
            })
    }
}

fn fits(axes: &[Axis], slice: Slice) -> bool {
    slice
        .0
        .iter()
        .enumerate()
        .all(|(d, node)| match axes.get(d) {
            Some(axis) => usize::from(*node) < axis.parent.len(),
            None => *node == 0,
        })
}
