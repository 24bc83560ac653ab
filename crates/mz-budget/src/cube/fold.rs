//! Folding the trees: what is zero in the whole document is cut away, and a node with one remaining child is that child.
//!
//! A chain of such nodes (all money → fiscal appropriation → general public budget → own resources) becomes one, named by
//! its lowest node. The evidence for each link of the chain is kept, so that a contradiction between a figure of
//! 财政拨款 and one of 一般公共预算 rests on the cells that say there is no other appropriation, and one between two
//! figures of 一般公共预算 does not.

use std::sync::Arc;

use crate::{
    cube::lattice::Lattice,
    dimension::{NodeId, Slice},
};

/// One way a node divides into parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Split {
    /// The parts that may hold money, as in the tree (not folded).
    pub parts: Vec<NodeId>,
    /// Evidence that the others hold none.
    pub pruned: Vec<u32>,
}

/// One folded tree. Vectors are by node of the tree; where noted, only entries of chain ends matter.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldedAxis {
    /// The lowest node of its chain, which stands for the whole chain.
    pub rep: Vec<NodeId>,
    /// Place in its chain; 0 is the highest.
    pub place: Vec<u8>,
    /// The highest node of the chain (by chain end).
    pub top: Vec<NodeId>,
    /// The chain end above (by chain end); the root's is itself.
    pub up: Vec<NodeId>,
    /// How it divides (by chain end).
    pub splits: Vec<Vec<Split>>,
    /// Overlay groups it is a member of, with the number of the split (by chain end).
    pub groups: Vec<Vec<(NodeId, u8)>>,
    /// Evidence that a node equals its only child: its other children are zero.
    pub links: Vec<Vec<u32>>,
}

impl FoldedAxis {
    /// Folds a tree; `pruned` holds, by node, the zero that cuts it away.
    fn new(lattice: &Lattice, d: usize, pruned: &[Option<u32>]) -> Self {
        let axis = &lattice.axes[d];
        let n = axis.parent.len();
        let mut folded = Self {
            rep: (0..n as NodeId).collect(),
            place: vec![0; n],
            top: (0..n as NodeId).collect(),
            up: vec![0; n],
            splits: vec![Vec::new(); n],
            groups: vec![Vec::new(); n],
            links: vec![Vec::new(); n],
        };
        for id in 0..n {
            folded.splits[id] = axis.splits[id]
                .iter()
                .map(|parts| prune(parts, pruned))
                .collect();
        }
        if !pruned.is_empty() {
            folded.chain(lattice, d);
        }
        for id in 0..n {
            let end = usize::from(folded.rep[id]);
            let above = axis.parent[usize::from(folded.top[end])];
            folded.up[end] = folded.rep[usize::from(above)];
        }
        for group in &axis.overlays {
            for (i, split) in folded.splits[usize::from(*group)].iter().enumerate() {
                for part in &split.parts {
                    folded.groups[usize::from(folded.rep[usize::from(*part)])]
                        .push((*group, i as u8));
                }
            }
        }
        folded
    }

    /// What a chain end is a part of: the chain end above, and overlay groups.
    pub fn wholes(&self, end: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = usize::from(end);
        let groups = self.groups[end].iter().map(|(group, _)| *group);
        std::iter::once(self.up[end]).chain(groups)
    }

    /// Joins nodes with a single part to that part, lowest first.
    fn chain(&mut self, lattice: &Lattice, d: usize) {
        let axis = &lattice.axes[d];
        let n = self.rep.len();
        for id in (0..n).rev() {
            let mut all = Slice::WHOLE;
            all.0[d] = id as NodeId;
            if axis.is_overlay(id as NodeId) || !lattice.is_complete(all, d) {
                continue;
            }
            if let [Split { parts, pruned }] = self.splits[id].as_slice()
                && let [only] = parts.as_slice()
            {
                self.rep[id] = self.rep[usize::from(*only)];
                self.links[id].clone_from(pruned);
            }
        }
        for id in 0..n {
            let end = usize::from(self.rep[id]);
            if id == 0 {
                self.top[end] = 0;
                continue;
            }
            let parent = usize::from(axis.parent[id]);
            if self.rep[parent] == self.rep[id] && !axis.is_overlay(id as NodeId) {
                self.place[id] = self.place[parent].saturating_add(1);
            } else {
                self.top[end] = id as NodeId;
            }
        }
    }
}

fn prune(parts: &[NodeId], pruned: &[Option<u32>]) -> Split {
    let mut split = Split::default();
    for part in parts {
        match pruned.get(usize::from(*part)).copied().flatten() {
            Some(zero) => split.pruned.push(zero),
            None => split.parts.push(*part),
        }
    }
    split
}

/// All trees, folded.
#[derive(Clone, Debug)]
pub(super) struct Fold {
    pub axes: Vec<Arc<FoldedAxis>>,
}

impl Fold {
    /// Trees as they are.
    pub fn identity(lattice: &Lattice) -> Self {
        let axes = (0..lattice.axes.len()).map(|d| Arc::new(FoldedAxis::new(lattice, d, &[])));
        Self {
            axes: axes.collect(),
        }
    }

    /// Folds the trees with, by dimension and node, the zeros that cut nodes away.
    pub fn new(lattice: &Lattice, pruned: &[Vec<Option<u32>>]) -> Self {
        let axes = pruned
            .iter()
            .enumerate()
            .map(|(d, pruned)| Arc::new(FoldedAxis::new(lattice, d, pruned)));
        Self {
            axes: axes.collect(),
        }
    }

    /// Whether the folding needs one of these zeros, ascending.
    pub fn rests_on(&self, zeros: &[u32]) -> bool {
        let is_one = |zero: &u32| zeros.binary_search(zero).is_ok();
        !zeros.is_empty()
            && self.axes.iter().any(|axis| {
                let pruned = axis.splits.iter().flatten().flat_map(|split| &split.pruned);
                pruned.chain(axis.links.iter().flatten()).any(is_one)
            })
    }

    /// A folded slice brought inside the scopes its nodes lie in; `None` when it is empty.
    pub fn settle(&self, lattice: &Lattice, slice: Slice) -> Option<Slice> {
        let settled = lattice.settle(slice)?;
        Some(if settled == slice {
            slice
        } else {
            self.fold(settled)
        })
    }

    /// The slice in folded coordinates.
    pub fn fold(&self, mut slice: Slice) -> Slice {
        for (d, axis) in self.axes.iter().enumerate() {
            slice.0[d] = axis.rep[usize::from(slice.0[d])];
        }
        slice
    }

    /// The places of an unfolded slice's nodes in their chains.
    pub fn places(&self, slice: Slice) -> [u8; 8] {
        let mut places = [0; 8];
        for (d, axis) in self.axes.iter().enumerate() {
            places[d] = axis.place[usize::from(slice.0[d])];
        }
        places
    }

    /// The widest slice a folded slice stands for.
    pub fn widest(&self, mut slice: Slice) -> Slice {
        for (d, axis) in self.axes.iter().enumerate() {
            slice.0[d] = axis.top[usize::from(slice.0[d])];
        }
        slice
    }
}
