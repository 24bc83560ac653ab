//! Slices known to be zero, each with its evidence, and the question "is this slice part of one of them?".

use std::collections::HashSet;

use crate::{
    cube::{
        fold::Fold,
        lattice::Lattice,
        pack::{Mix, pack},
    },
    dimension::{NodeId, Slice},
};

/// A slice that is zero.
#[derive(Clone, Debug)]
pub(super) struct Zero {
    /// What is zero, in folded coordinates once the trees are folded.
    pub slice: Slice,
    /// For each dimension, from which place in the node's chain downwards it is established (see [`Fold`]).
    pub at: [u8; 7],
    /// What may hide behind it.
    pub loose: i64,
    /// Givens it rests on, ascending.
    pub support: Vec<u32>,
}

/// All of them, indexed.
#[derive(Debug, Default)]
pub(super) struct Zeros {
    pub list: Vec<Zero>,
    /// For each dimension and node, zeros whose rarest coordinate it is.
    buckets: Vec<Vec<Vec<u32>>>,
    whole: Vec<u32>,
    /// Dimensions, most nodes first.
    by_size: Vec<usize>,
    visited: HashSet<(u128, u8), std::hash::BuildHasherDefault<Mix>>,
}

impl Zeros {
    pub fn new(lattice: &Lattice) -> Self {
        let mut by_size: Vec<usize> = (0..lattice.axes.len()).collect();
        by_size.sort_by_key(|d| std::cmp::Reverse(lattice.axes[*d].parent.len()));
        Self {
            buckets: lattice
                .axes
                .iter()
                .map(|axis| vec![Vec::new(); axis.parent.len()])
                .collect(),
            by_size,
            ..Self::default()
        }
    }

    /// A zero that has the slice as a part.
    pub fn above(&self, lattice: &Lattice, slice: Slice) -> Option<u32> {
        self.all_above(lattice, slice).next()
    }

    /// Every zero kept that has the slice as a part.
    pub fn all_above<'a>(
        &'a self,
        lattice: &'a Lattice,
        slice: Slice,
    ) -> impl Iterator<Item = u32> + 'a {
        let nodes = self
            .buckets
            .iter()
            .enumerate()
            .flat_map(move |(d, bucket)| {
                lattice.axes[d].above[usize::from(slice.0[d])]
                    .iter()
                    .map(move |node| &bucket[usize::from(*node)])
            });
        std::iter::once(&self.whole)
            .chain(nodes)
            .flatten()
            .copied()
            .filter(move |zero| lattice.contains(self.list[*zero as usize].slice, slice))
    }

    /// Adds a zero unless it is part of one already known; its index when it was added.
    pub fn add(&mut self, lattice: &Lattice, zero: Zero) -> Option<u32> {
        if self.above(lattice, zero.slice).is_some() {
            return None;
        }
        let id = self.list.len() as u32;
        self.list.push(zero);
        self.place(id);
        Some(id)
    }

    fn place(&mut self, id: u32) {
        let slice = self.list[id as usize].slice;
        match self.by_size.iter().find(|d| slice.0[**d] != 0) {
            Some(d) => self.buckets[*d][usize::from(slice.0[*d])].push(id),
            None => self.whole.push(id),
        }
    }

    /// Moves all zeros to folded coordinates.
    pub fn fold(&mut self, fold: &Fold) {
        for bucket in self.buckets.iter_mut().flatten() {
            bucket.clear();
        }
        self.whole.clear();
        self.visited.clear();
        for id in 0..self.list.len() as u32 {
            let zero = &mut self.list[id as usize];
            zero.at = fold.places(zero.slice);
            zero.slice = fold.fold(zero.slice);
            self.place(id);
        }
    }

    /// Adds wholes all of whose parts along a dimension are zero, from this zero on. `few` limits this to zeros with at
    /// most that many coordinates other than roots.
    pub fn close(&mut self, lattice: &Lattice, fold: &Fold, from: usize, few: usize) {
        let mut next = from;
        while next < self.list.len() {
            let slice = self.list[next].slice;
            next += 1;
            if slice.0.iter().filter(|node| **node != 0).count() > few {
                continue;
            }
            for d in 0..lattice.axes.len() {
                if slice.0[d] == 0 {
                    continue;
                }
                let node = usize::from(slice.0[d]);
                self.close_upwards(lattice, fold, slice, (d, fold.axes[d].up[node], 0));
                for (group, split) in &fold.axes[d].groups[node] {
                    self.close_upwards(lattice, fold, slice, (d, *group, *split));
                }
            }
        }
    }

    fn close_upwards(
        &mut self,
        lattice: &Lattice,
        fold: &Fold,
        slice: Slice,
        (d, up, split): (usize, NodeId, u8),
    ) {
        let mut whole = slice;
        whole.0[d] = up;
        if whole == slice
            || fold.settle(lattice, whole) != Some(whole)
            || !lattice.is_complete(whole, d)
            || !self.visited.insert((pack(whole), d as u8 * 32 + split))
            || self.above(lattice, whole).is_some()
        {
            return;
        }
        let Some(split) = fold.axes[d].splits[usize::from(up)].get(usize::from(split)) else {
            return;
        };
        let mut evidence: Vec<u32> = split.pruned.clone();
        for part in &split.parts {
            let mut slice = whole;
            slice.0[d] = fold.axes[d].rep[usize::from(*part)];
            let Some(slice) = fold.settle(lattice, slice) else {
                continue;
            };
            match self.above(lattice, slice) {
                Some(zero) => evidence.push(zero),
                None => return,
            }
        }
        let zero = self.from_parts(fold, whole, d, evidence);
        self.add(lattice, zero);
    }

    fn from_parts(&self, fold: &Fold, slice: Slice, d: usize, mut evidence: Vec<u32>) -> Zero {
        evidence.sort_unstable();
        evidence.dedup();
        let mut zero = Zero {
            slice,
            at: [0; 7],
            loose: 0,
            support: Vec::new(),
        };
        for id in evidence {
            let part = &self.list[id as usize];
            zero.loose = zero.loose.saturating_add(part.loose);
            zero.support.extend(&part.support);
            for other in 0..self.buckets.len() {
                if other != d && part.slice.0[other] == slice.0[other] {
                    zero.at[other] = zero.at[other].max(part.at[other]);
                }
            }
        }
        zero.at[d] = fold.axes[d].place[usize::from(slice.0[d])];
        zero.support.sort_unstable();
        zero.support.dedup();
        zero
    }
}
