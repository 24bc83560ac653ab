//! Slices known to be zero, each with its evidence, and the question "is this slice part of one of them?".

use std::{collections::HashSet, sync::Arc};

use crate::{
    cube::{
        fold::Fold,
        index::Index,
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
    pub at: [u8; 8],
    /// What may hide behind it.
    pub loose: i64,
    /// Givens it rests on, apart from those of `zeros`.
    pub givens: Arc<[u32]>,
    /// Zeros it rests on, all known before.
    pub zeros: Arc<[u32]>,
}

impl Zero {
    /// A given that is zero; `slice` in the coordinates of the others.
    pub fn given(given: usize, slack: i64, slice: Slice) -> Self {
        Self {
            slice,
            at: [0; 8],
            loose: slack,
            givens: Arc::from([given as u32]),
            zeros: Arc::default(),
        }
    }
}

/// All of them, indexed.
#[derive(Clone, Debug, Default)]
pub(super) struct Zeros {
    pub list: Vec<Zero>,
    index: Index,
    visited: HashSet<(u128, u8), std::hash::BuildHasherDefault<Mix>>,
    /// Kept to spare allocations.
    met: Vec<(usize, u64)>,
}

impl Zeros {
    pub fn new(lattice: &Lattice) -> Self {
        Self {
            index: Index::new(lattice),
            ..Self::default()
        }
    }

    /// A zero that has the slice as a part.
    pub fn above(&self, slice: Slice) -> Option<u32> {
        self.above_from(slice, 0)
    }

    /// The same, among zeros from about this one on.
    pub fn above_from(&self, slice: Slice, from: usize) -> Option<u32> {
        self.index.above(slice, from)
    }

    /// Zeros that have the slice as a part but for one dimension, to be asked with [`Self::above_met`].
    pub fn meeting(&self, slice: Slice, d: usize, met: &mut Vec<(usize, u64)>) {
        met.extend(self.index.meeting(slice, d));
    }

    /// The zero that [`Self::above`] finds for a slice that was met, with this node in the dimension left open.
    pub fn above_met(&self, met: &[(usize, u64)], d: usize, node: NodeId) -> Option<u32> {
        self.index.above_met(met, d, node)
    }

    /// Every zero kept that has the slice as a part, from this one on.
    pub fn all_above(&self, slice: Slice, from: usize) -> impl Iterator<Item = u32> + '_ {
        self.index.all_above(slice, from)
    }

    /// Adds a zero unless it is part of one already known; its index when it was added.
    pub fn add(&mut self, lattice: &Lattice, zero: Zero) -> Option<u32> {
        if self.above(zero.slice).is_some() {
            return None;
        }
        let id = self.list.len() as u32;
        self.list.push(zero);
        self.index.add(lattice, self.list[id as usize].slice);
        Some(id)
    }

    /// Takes zeros back that no longer hold. They keep their numbers, but nothing is found to be part of them.
    pub fn remove(&mut self, lattice: &Lattice, ids: &[u32]) {
        let mut taken: HashSet<u128, std::hash::BuildHasherDefault<Mix>> = HashSet::default();
        for id in ids {
            let slice = self.list[*id as usize].slice;
            self.index.remove(lattice, *id, slice);
            taken.insert(pack(slice));
        }
        // They may follow from others yet.
        self.visited.retain(|(visited, _)| !taken.contains(visited));
    }

    /// Moves all zeros to folded coordinates.
    pub fn fold(&mut self, lattice: &Lattice, fold: &Fold) {
        self.index = Index::new(lattice);
        self.visited.clear();
        for zero in &mut self.list {
            zero.at = fold.places(zero.slice);
            zero.slice = fold.fold(zero.slice);
            self.index.add(lattice, zero.slice);
        }
    }

    /// Adds wholes all of whose parts along a dimension are zero, from this zero on. `few` limits this to zeros with at
    /// most that many coordinates other than roots, `most` the number of zeros in all.
    pub fn close(&mut self, lattice: &Lattice, fold: &Fold, from: usize, few: usize, most: usize) {
        let mut next = from;
        while next < self.list.len() && self.list.len() < most {
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
        {
            return;
        }
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        self.meeting(whole, d, &mut met);
        if self.above_met(&met, d, up).is_none()
            && let Some(evidence) = self.parts_are_zero(lattice, fold, whole, (d, split), &met)
        {
            let zero = self.proved_by_parts(fold, whole, d, evidence);
            self.add(lattice, zero);
        }
        self.met = met;
    }

    /// The zeros that make all parts of a whole zero; `met` are those around it.
    fn parts_are_zero(
        &self,
        lattice: &Lattice,
        fold: &Fold,
        whole: Slice,
        (d, split): (usize, u8),
        met: &[(usize, u64)],
    ) -> Option<Vec<u32>> {
        let up = usize::from(whole.0[d]);
        let split = fold.axes[d].splits[up].get(usize::from(split))?;
        let mut evidence: Vec<u32> = split.pruned.clone();
        for part in &split.parts {
            let mut plain = whole;
            plain.0[d] = fold.axes[d].rep[usize::from(*part)];
            let Some(slice) = fold.settle(lattice, plain) else {
                continue;
            };
            evidence.push(match slice == plain {
                true => self.above_met(met, d, slice.0[d])?,
                false => self.above(slice)?,
            });
        }
        Some(evidence)
    }

    fn proved_by_parts(&self, fold: &Fold, slice: Slice, d: usize, mut evidence: Vec<u32>) -> Zero {
        evidence.sort_unstable();
        evidence.dedup();
        let mut zero = Zero {
            slice,
            at: [0; 8],
            loose: 0,
            givens: Arc::default(),
            zeros: Arc::default(),
        };
        for id in &evidence {
            let part = &self.list[*id as usize];
            zero.loose = zero.loose.saturating_add(part.loose);
            for other in 0..fold.axes.len() {
                if other != d && part.slice.0[other] == slice.0[other] {
                    zero.at[other] = zero.at[other].max(part.at[other]);
                }
            }
        }
        zero.at[d] = fold.axes[d].place[usize::from(slice.0[d])];
        zero.zeros = evidence.into();
        zero
    }

    /// Adds the givens that zeros rest on to a support, which is then ascending.
    pub fn support(&self, zeros: impl Iterator<Item = u32>, support: &mut Vec<u32>) {
        let mut pending: Vec<u32> = zeros.collect();
        let mut seen: HashSet<u32, std::hash::BuildHasherDefault<Mix>> = HashSet::default();
        while let Some(id) = pending.pop() {
            if seen.insert(id) {
                let zero = &self.list[id as usize];
                support.extend(&*zero.givens);
                pending.extend(&*zero.zeros);
            }
        }
        support.sort_unstable();
        support.dedup();
    }
}
