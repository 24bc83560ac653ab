//! Identities for people to read: what a set of slices says about each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    cube::{
        Constraints, Solution,
        lattice::Lattice,
        spread::{How, NONE},
    },
    dimension::{Slice, Tree},
};

/// Why an identity holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityReason {
    /// One slice stands in several places.
    SameSlice,
    /// A slice is the sum of its parts along the dimension.
    Partition,
    /// An overlay group is the sum of its members.
    Overlay,
    /// Parts are not more than their whole.
    Bound,
}

/// An identity between slices.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The whole.
    pub whole: Slice,
    /// The dimension it divides along: index of the tree; `None` for the same slice.
    pub dimension: Option<usize>,
    /// The parts; for the same slice, that slice as often as it occurs.
    pub parts: Vec<Slice>,
    /// Why it holds.
    pub reason: IdentityReason,
}

/// Identities between declared slices (with repetitions), whatever their amounts: between slices that are all declared.
/// A sum some of whose parts are not declared is listed as a bound when at least two are.
pub fn identities(trees: &[Tree], slices: &[Slice], constraints: &Constraints) -> Vec<Identity> {
    let lattice = Lattice::new(trees, constraints);
    let mut times: BTreeMap<Slice, usize> = BTreeMap::new();
    for slice in slices.iter().filter(|slice| lattice.holds(**slice)) {
        *times
            .entry(lattice.settle(*slice).unwrap_or(*slice))
            .or_default() += 1;
    }
    let mut found = Vec::new();
    for (slice, times_declared) in &times {
        if *times_declared > 1 {
            let parts = vec![*slice; *times_declared];
            found.push(Identity {
                whole: *slice,
                dimension: None,
                parts,
                reason: IdentityReason::SameSlice,
            });
        }
        for (d, axis) in lattice.axes.iter().enumerate() {
            for split in &axis.splits[usize::from(slice.0[d])] {
                let all = split.iter().filter_map(|part| {
                    let mut part_slice = *slice;
                    part_slice.0[d] = *part;
                    lattice.settle(part_slice)
                });
                let all: BTreeSet<Slice> = all.collect();
                let parts: Vec<Slice> = all
                    .iter()
                    .copied()
                    .filter(|part| times.contains_key(part))
                    .collect();
                let is_sum = parts.len() == all.len() && lattice.is_complete(*slice, d);
                let reason = match (is_sum, axis.is_overlay(slice.0[d])) {
                    (true, true) => IdentityReason::Overlay,
                    (true, false) => IdentityReason::Partition,
                    (false, _) => IdentityReason::Bound,
                };
                if !parts.is_empty() && (is_sum || parts.len() > 1) {
                    found.push(Identity {
                        whole: *slice,
                        dimension: Some(d),
                        parts,
                        reason,
                    });
                }
            }
        }
    }
    found.sort();
    found
}

impl Solution {
    /// The identities this document's figures were compared by or derived from; parts that are zero are left out.
    pub fn identities(&self) -> Vec<Identity> {
        let net = &self.net;
        let mut found = Vec::new();
        for id in 0..net.nodes.len() as u32 {
            let mut n = 0;
            let mut given = net.nodes[id as usize].first_given;
            while given != NONE {
                n += 1;
                given = net.next_given[given as usize];
            }
            if n > 1 {
                let whole = net.shown(id);
                found.push(Identity {
                    whole,
                    dimension: None,
                    parts: vec![whole; n],
                    reason: IdentityReason::SameSlice,
                });
            }
        }
        for sum in &net.sums {
            let is_known = |node: &u32| net.nodes[*node as usize].how != How::Unknown;
            let d = usize::from(sum.d);
            let known: Vec<u32> = net.parts(sum).iter().copied().filter(is_known).collect();
            let parts: Vec<Slice> = known
                .iter()
                .filter(|part| net.nodes[**part as usize].value != 0)
                .map(|part| net.shown(*part))
                .collect();
            if parts.is_empty() || !is_known(&sum.whole) {
                continue;
            }
            let is_sum = !sum.is_bound && sum.n_unknown == 0;
            let reason = match (
                is_sum,
                net.cube.lattice.axes[d].is_overlay(net.nodes[sum.whole as usize].slice.0[d]),
            ) {
                (true, true) => IdentityReason::Overlay,
                (true, false) => IdentityReason::Partition,
                (false, _) => IdentityReason::Bound,
            };
            found.push(Identity {
                whole: net.shown(sum.whole),
                dimension: Some(d),
                parts,
                reason,
            });
        }
        found.sort();
        found.dedup();
        found
    }
}
