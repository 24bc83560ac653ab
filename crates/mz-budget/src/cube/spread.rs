//! Spreading values over sums: every slice is settled once, by its most precise derivation.
//!
//! A *sum* says that a slice is its parts along one dimension. Sums are laid only around slices that are known. The
//! queue hands out derivations in order of what they may be off by, then of how many figures they rest on; both only
//! grow along a derivation, so the first one to arrive at a slice is its best (Knuth 1977).

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

use crate::{
    cube::{
        Given, Problem,
        fold::{Fold, FoldedAxis},
        index::Index,
        lattice::Lattice,
        pack::{SliceMap, pack},
        zeros::{Zero, Zeros},
    },
    dimension::{NodeId, Slice},
};

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// Documents with more givens than this are spread sparingly.
const LARGE: usize = 2_500;

/// Zeros derived from zeros, at most, beyond twice those of the document.
const MOST_ZEROS: usize = 2_000;

/// In the queue, sums are numbered from 0 and givens from here.
const FIRST_GIVEN: u32 = u32::MAX / 2;

/// How a slice came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Not known.
    Unknown,
    /// Printed: index of the given.
    Given(u32),
    /// The sum of the parts of this sum.
    Sum(u32),
    /// What the other members of this sum leave.
    Rest(u32),
    /// Part of this zero.
    Zero(u32),
}

/// A slice, in folded coordinates.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub slice: Slice,
    pub how: How,
    pub value: i64,
    /// What the value may be off by, at most.
    pub loose: i64,
    /// Printed figures other than zero it rests on, each use counted.
    pub n: u32,
    /// Rank in which it was settled; derivations only rest on lower ranks.
    pub rank: u32,
    /// Givens of this slice, as a list through [`Net::next_given`].
    pub first_given: u32,
    down: [u32; 8],
    waiting: u32,
}

/// A sum: a whole and its parts along one dimension.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub whole: u32,
    pub d: u8,
    /// Which way of dividing.
    pub split: u8,
    /// The parts need not make up the whole.
    pub is_bound: bool,
    /// It served to derive something, so it is no check.
    pub is_used: bool,
    pub n_unknown: u32,
    /// What its zero parts may hide.
    pub loose: i64,
    parts: (u32, u32),
    zeros: (u32, u32),
    is_stale: bool,
}

/// Everything known, and how.
#[derive(Debug)]
pub(super) struct Net {
    pub cube: Arc<Problem>,
    pub fold: Fold,
    pub zeros: Zeros,
    pub nodes: Vec<Node>,
    pub sums: Vec<Sum>,
    /// Next given of the same slice.
    pub next_given: Vec<u32>,
    /// Folded slice of each given taken.
    pub truncated: bool,
    pub signed: bool,
    /// What is printed or asked for, in large documents.
    figures: Option<Index>,
    index: SliceMap<u32>,
    parts: Vec<u32>,
    sum_zeros: Vec<u32>,
    waiting: Vec<(u32, u32)>,
    queue: BinaryHeap<Reverse<(i64, u32, u32, u32)>>,
    /// Half of the finest last digit in the document, exact figures aside.
    grain: i64,
    n_settled: u32,
    n_zeros_seen: usize,
    max_sums: usize,
}

/// Sums along which a node divides other than the first are kept apart: (node, dimension, split).
type Extra = std::collections::HashSet<(u32, u8, u8)>;

impl Net {
    /// Spreads the givens taken.
    pub fn spread(cube: &Arc<Problem>, taken: &[bool]) -> Self {
        let Problem {
            lattice,
            givens,
            signed,
            ..
        } = &**cube;
        let signed = *signed;
        let mut zeros = Zeros::new(lattice);
        let is_zero = |given: &Given| given.value == 0 && !signed;
        let listed = || (0..givens.len()).filter(|i| taken[*i]);
        let mut empty: Vec<usize> = listed().filter(|i| is_zero(&givens[*i])).collect();
        let width = |slice: Slice| slice.0.iter().filter(|node| **node != 0).count();
        empty.sort_by_key(|i| (width(givens[*i].slice), Reverse(givens[*i].trust)));
        for i in empty {
            let given = &givens[i];
            let slice = lattice.settle(given.slice).unwrap_or(given.slice);
            let zero = Zero {
                slice,
                at: [0; 8],
                loose: given.slack,
                givens: Arc::from([i as u32]),
                zeros: Arc::default(),
            };
            zeros.add(lattice, zero);
        }
        let fold = fold_trees(
            lattice,
            &mut zeros,
            listed().map(|i| &givens[i]).filter(|given| !is_zero(given)),
        );
        let mut net = Self {
            cube: Arc::clone(cube),
            fold,
            zeros,
            nodes: Vec::new(),
            sums: Vec::new(),
            next_given: vec![NONE; givens.len()],
            truncated: false,
            signed,
            figures: None,
            index: SliceMap::default(),
            parts: Vec::new(),
            sum_zeros: Vec::new(),
            waiting: Vec::new(),
            queue: BinaryHeap::new(),
            grain: givens
                .iter()
                .map(|given| given.slack)
                .filter(|slack| *slack > 0)
                .min()
                .unwrap_or(0),
            n_settled: 0,
            n_zeros_seen: 0,
            max_sums: 60_000 + 60 * givens.len(),
        };
        for i in listed().filter(|i| !is_zero(&givens[*i])) {
            net.take(i as u32);
        }
        if givens.len() > LARGE {
            let mut figures = Index::new(lattice);
            let printed = listed()
                .map(|i| &givens[i])
                .filter(|given| !is_zero(given))
                .map(|given| given.slice);
            for slice in printed.chain(cube.asked.iter().copied()) {
                figures.add(lattice, net.place(slice));
            }
            net.figures = Some(figures);
        }
        net.n_zeros_seen = net.zeros.list.len();
        net.run(&mut Extra::default());
        if !net.signed {
            net.lay_bounds();
        }
        net
    }

    fn take(&mut self, given: u32) {
        let Given {
            slice,
            slack,
            trust,
            ..
        } = self.cube.givens[given as usize];
        let node = self.node(self.place(slice));
        self.next_given[given as usize] = self.nodes[node as usize].first_given;
        self.nodes[node as usize].first_given = given;
        // The number of terms orders equals: one figure, the more trusted the sooner.
        self.queue.push(Reverse((
            slack,
            256 - u32::from(trust),
            node,
            FIRST_GIVEN + given,
        )));
    }

    /// A slice of the document in folded coordinates.
    pub fn place(&self, slice: Slice) -> Slice {
        self.fold
            .fold(self.cube.lattice.settle(slice).unwrap_or(slice))
    }

    /// The node of a folded slice, if there is one.
    pub fn find(&self, slice: Slice) -> Option<u32> {
        self.index.get(&pack(slice)).copied()
    }

    fn node(&mut self, slice: Slice) -> u32 {
        let next = self.nodes.len() as u32;
        let id = *self.index.entry(pack(slice)).or_insert(next);
        if id == next {
            self.nodes.push(Node {
                slice,
                how: How::Unknown,
                value: 0,
                loose: 0,
                n: 0,
                rank: NONE,
                first_given: NONE,
                down: [NONE; 8],
                waiting: NONE,
            });
        }
        id
    }

    /// Whether the node's amount is known.
    pub fn is_known(&self, node: u32) -> bool {
        self.nodes[node as usize].how != How::Unknown
    }

    /// Number of slices known.
    pub fn n_known(&self) -> usize {
        self.nodes
            .iter()
            .filter(|node| node.how != How::Unknown)
            .count()
            + self.n_zeros_seen
    }

    /// Parts of a sum that may hold money.
    pub fn parts(&self, sum: &Sum) -> &[u32] {
        &self.parts[sum.parts.0 as usize..sum.parts.1 as usize]
    }

    /// Zeros that make the other parts of a sum zero.
    pub fn zeros_of(&self, sum: &Sum) -> &[u32] {
        &self.sum_zeros[sum.zeros.0 as usize..sum.zeros.1 as usize]
    }

    fn run(&mut self, extra: &mut Extra) {
        let axes = self.fold.axes.clone();
        for _ in 0..16 {
            while let Some(Reverse((loose, _, node, how))) = self.queue.pop() {
                if self.is_known(node) {
                    continue;
                }
                self.settle(node, how, loose);
                if !matches!(self.nodes[node as usize].how, How::Zero(_)) {
                    self.lay_around(node, &axes, extra);
                }
            }
            if self.signed || !self.fill() {
                return;
            }
        }
        self.truncated = true;
    }

    /// Settles a node by a given, or by the sum with the number `how`.
    fn settle(&mut self, node: u32, how: u32, loose: i64) {
        if how >= FIRST_GIVEN {
            let given = how - FIRST_GIVEN;
            let value = self.cube.givens[given as usize].value;
            return self.know(node, How::Given(given), value, loose, 1);
        }
        let (value, loose, n) = self.rest(how, node);
        let is_whole = self.sums[how as usize].whole == node;
        self.sums[how as usize].is_used = true;
        if !self.signed && self.is_nothing(value, loose) {
            // Nothing is left but what rounding explains.
            for (node, zero) in self.emptied(how, &[node]) {
                self.know_zero(node, zero);
            }
            return;
        }
        self.know(
            node,
            if is_whole {
                How::Sum(how)
            } else {
                How::Rest(how)
            },
            value,
            loose,
            n,
        );
    }

    /// What a sum says of one member when all others are known: value, looseness, number of terms.
    fn rest(&self, sum: u32, node: u32) -> (i64, i64, u32) {
        let sum = &self.sums[sum as usize];
        let (mut value, mut loose, mut n) = (0_i64, sum.loose, 0_u32);
        let sign = if sum.whole == node { 1 } else { -1 };
        for part in self
            .parts(sum)
            .iter()
            .filter(|part| **part != node)
            .chain(Some(&sum.whole))
        {
            if *part == node {
                continue;
            }
            let member = &self.nodes[*part as usize];
            let value_of = if *part == sum.whole {
                -sign * member.value
            } else {
                sign * member.value
            };
            value = value.saturating_add(value_of);
            loose = loose.saturating_add(member.loose);
            n = n.saturating_add(member.n);
        }
        (value, loose, n)
    }

    /// Whether a rest is nothing: below zero, or no more than rounding usually leaves. Rounding may leave all of `loose`,
    /// but then a small amount is as likely.
    fn is_nothing(&self, value: i64, loose: i64) -> bool {
        let usual =
            i128::from(value) * i128::from(value) <= i128::from(loose) * i128::from(self.grain);
        value <= 0 || (usual && value <= self.grain.saturating_mul(6))
    }

    fn know(&mut self, node: u32, how: How, value: i64, loose: i64, n: u32) {
        let rank = self.n_settled;
        self.n_settled += 1;
        let it = &mut self.nodes[node as usize];
        (it.how, it.value, it.loose, it.n, it.rank) = (how, value, loose, n, rank);
        let mut waiting = std::mem::replace(&mut it.waiting, NONE);
        while waiting != NONE {
            let (sum, next) = self.waiting[waiting as usize];
            let laid = &mut self.sums[sum as usize];
            laid.n_unknown -= 1;
            laid.is_stale = true;
            if laid.n_unknown == 1 {
                self.propose(sum);
            }
            waiting = next;
        }
    }

    fn know_zero(&mut self, node: u32, zero: u32) {
        self.know(
            node,
            How::Zero(zero),
            0,
            self.zeros.list[zero as usize].loose,
            0,
        );
    }

    /// Offers what a sum with one unknown member says of it.
    fn propose(&mut self, id: u32) {
        let sum = &self.sums[id as usize];
        let members = self.parts(sum).iter().chain(Some(&sum.whole));
        let Some(node) = members.copied().find(|member| !self.is_known(*member)) else {
            return;
        };
        let (value, loose, n) = self.rest(id, node);
        // Less than nothing: no derivation, but a contradiction, found when sums are checked.
        if self.signed || value.saturating_add(loose) >= 0 {
            self.queue
                .push(Reverse((loose, n.saturating_add(256), node, id)));
        }
    }

    /// Lays the sums a known slice is a member of.
    fn lay_around(&mut self, node: u32, axes: &[Arc<FoldedAxis>], extra: &mut Extra) {
        let slice = self.nodes[node as usize].slice;
        for (d, axis) in axes.iter().enumerate() {
            let at = usize::from(slice.0[d]);
            if slice.0[d] != axis.rep[0] {
                self.lay_above(slice, (d, axis.up[at], 0), axis, extra);
            }
            for (group, split) in &axis.groups[at] {
                self.lay_above(slice, (d, *group, *split), axis, extra);
            }
            for split in 0..axis.splits[at].len() {
                self.lay(node, (d, split as u8), axis, extra);
            }
        }
    }

    fn lay_above(
        &mut self,
        slice: Slice,
        (d, up, split): (usize, NodeId, u8),
        axis: &FoldedAxis,
        extra: &mut Extra,
    ) {
        let mut whole = slice;
        whole.0[d] = up;
        if self.fold.settle(&self.cube.lattice, whole) != Some(whole)
            || !self.cube.lattice.is_complete(whole, d)
        {
            return;
        }
        let node = match self.find(whole) {
            Some(node) => node,
            // A part of a zero that is not zero is a contradiction already; do not carry it further.
            None if !self.signed && self.zeros.above(whole).is_some() => return,
            None if !self.is_wanted(whole) => return,
            None => self.node(whole),
        };
        self.lay(node, (d, split), axis, extra);
    }

    /// Whether a whole nothing is printed of is worth deriving: in large documents, only when something wider is printed
    /// that is about the same node of its most detailed dimension. All else would be a copy of what is known already.
    fn is_wanted(&self, whole: Slice) -> bool {
        let Some(figures) = &self.figures else {
            return true;
        };
        let named = (0..self.fold.axes.len()).filter(|d| whole.0[*d] != self.fold.axes[*d].rep[0]);
        named
            .max_by_key(|d| self.fold.axes[*d].rep.len())
            .is_none_or(|d| figures.has_named(whole, d))
    }

    fn lay(&mut self, whole: u32, (d, split): (usize, u8), axis: &FoldedAxis, extra: &mut Extra) {
        let is_laid = if split == 0 {
            self.nodes[whole as usize].down[d] != NONE
        } else {
            !extra.insert((whole, d as u8, split))
        };
        if is_laid {
            return;
        }
        if self.sums.len() >= self.max_sums {
            self.truncated = true;
            return;
        }
        let slice = self.nodes[whole as usize].slice;
        if !self.cube.lattice.is_complete(slice, d) {
            return;
        }
        let Some(way) = axis.splits[usize::from(slice.0[d])].get(usize::from(split)) else {
            return;
        };
        let (first_part, first_zero) = (self.parts.len(), self.sum_zeros.len());
        self.sum_zeros.extend(&way.pruned);
        for part in &way.parts {
            let mut slice = slice;
            slice.0[d] = axis.rep[usize::from(*part)];
            let Some(slice) = self.fold.settle(&self.cube.lattice, slice) else {
                continue;
            };
            if let Some(node) = self.find(slice) {
                self.parts.push(node);
            } else if let Some(zero) = (!self.signed).then(|| self.zeros.above(slice)).flatten() {
                self.sum_zeros.push(zero);
            } else {
                let node = self.node(slice);
                self.parts.push(node);
            }
        }
        let id = self.sums.len() as u32;
        if split == 0 {
            self.nodes[whole as usize].down[d] = id;
        }
        let mut sum = Sum {
            whole,
            d: d as u8,
            split,
            is_bound: false,
            is_used: false,
            n_unknown: 0,
            loose: 0,
            parts: (first_part as u32, self.parts.len() as u32),
            zeros: (0, 0),
            is_stale: true,
        };
        self.sum_zeros[first_zero..].sort_unstable();
        let mut kept = first_zero;
        for i in first_zero..self.sum_zeros.len() {
            let zero = self.sum_zeros[i];
            if i == first_zero || self.sum_zeros[kept - 1] != zero {
                self.sum_zeros[kept] = zero;
                kept += 1;
                sum.loose = sum
                    .loose
                    .saturating_add(self.zeros.list[zero as usize].loose);
            }
        }
        self.sum_zeros.truncate(kept);
        sum.zeros = (first_zero as u32, kept as u32);
        for i in first_part..=self.parts.len() {
            let member = self.parts.get(i).copied().unwrap_or(whole);
            let node = &mut self.nodes[member as usize];
            if node.how == How::Unknown {
                sum.n_unknown += 1;
                self.waiting.push((id, node.waiting));
                node.waiting = self.waiting.len() as u32 - 1;
            }
        }
        let n_unknown = sum.n_unknown;
        self.sums.push(sum);
        if n_unknown == 1 {
            self.propose(id);
        }
    }

    /// Lays what bounds only: known parts, and the known whole whose list of parts is not complete.
    fn lay_bounds(&mut self) {
        let mut found: Vec<(u32, u8, u32)> = Vec::new();
        for part in 0..self.nodes.len() as u32 {
            let node = &self.nodes[part as usize];
            if node.value == 0 || node.how == How::Unknown {
                continue;
            }
            for (d, axis) in self.fold.axes.iter().enumerate() {
                let up = axis.up[usize::from(node.slice.0[d])];
                let mut whole = node.slice;
                whole.0[d] = up;
                if up == node.slice.0[d]
                    || self.cube.lattice.axes[d].is_overlay(node.slice.0[d])
                    || self.cube.lattice.is_complete(whole, d)
                {
                    continue;
                }
                // Parts settle inside the scope of their node, so the whole may be wider in other dimensions too.
                if let Some(whole) = self.find(whole).filter(|whole| self.is_known(*whole)) {
                    found.push((whole, d as u8, part));
                }
            }
        }
        found.sort_unstable();
        for group in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let first = self.parts.len() as u32;
            self.parts.extend(group.iter().map(|(_, _, part)| *part));
            self.sums.push(Sum {
                whole: group[0].0,
                d: group[0].1,
                split: 0,
                is_bound: true,
                is_used: false,
                n_unknown: 0,
                loose: 0,
                parts: (first, self.parts.len() as u32),
                zeros: (0, 0),
                is_stale: false,
            });
        }
    }

    /// Spreads zeros: parts of zeros, and parts left with nothing by the others. False when nothing new came of it.
    fn fill(&mut self) -> bool {
        let before = self.n_settled;
        for id in 0..self.sums.len() as u32 {
            let sum = &mut self.sums[id as usize];
            if !std::mem::take(&mut sum.is_stale)
                || sum.n_unknown == 0
                || !self.is_known(self.sums[id as usize].whole)
            {
                continue;
            }
            if self.is_exhausted(id) {
                self.sums[id as usize].is_used = true;
                let (first, last) = self.sums[id as usize].parts;
                let parts = &self.parts[first as usize..last as usize];
                let empty: Vec<u32> = parts
                    .iter()
                    .copied()
                    .filter(|part| !self.is_known(*part))
                    .collect();
                for (part, zero) in self.emptied(id, &empty) {
                    self.know_zero(part, zero);
                }
            }
        }
        if self.zeros.list.len() > self.n_zeros_seen {
            let from = self.n_zeros_seen;
            let most = MOST_ZEROS + self.cube.givens.len();
            self.zeros
                .close(&self.cube.lattice, &self.fold, from, usize::MAX, most);
            self.n_zeros_seen = self.zeros.list.len();
            for node in 0..self.nodes.len() as u32 {
                if !self.is_known(node)
                    && let Some(zero) = self.zeros.above_from(self.nodes[node as usize].slice, from)
                {
                    self.know_zero(node, zero);
                }
            }
        }
        self.n_settled > before
    }

    /// Whether the known parts of a sum already make up its whole.
    fn is_exhausted(&self, id: u32) -> bool {
        let sum = &self.sums[id as usize];
        let whole = &self.nodes[sum.whole as usize];
        let known = self
            .parts(sum)
            .iter()
            .map(|part| &self.nodes[*part as usize])
            .filter(|part| part.how != How::Unknown);
        let (value, loose) = known.fold(
            (whole.value, whole.loose.saturating_add(sum.loose)),
            |(value, loose), part| {
                (
                    value.saturating_sub(part.value),
                    loose.saturating_add(part.loose),
                )
            },
        );
        value.saturating_add(loose) >= 0 && self.is_nothing(value, loose)
    }
}

/// Cuts away what is zero everywhere and folds the trees.
fn fold_trees<'g>(
    lattice: &Lattice,
    zeros: &mut Zeros,
    figures: impl Iterator<Item = &'g Given>,
) -> Fold {
    let plain = Fold::identity(lattice);
    zeros.close(lattice, &plain, 0, 2, MOST_ZEROS);
    let mut is_live: Vec<Vec<bool>> = lattice
        .axes
        .iter()
        .map(|axis| vec![false; axis.parent.len()])
        .collect();
    for given in figures {
        for (d, axis) in lattice.axes.iter().enumerate() {
            let mut node = usize::from(given.slice.0[d]);
            for above in &axis.above[node] {
                is_live[d][usize::from(*above)] = true;
            }
            while !is_live[d][node] {
                is_live[d][node] = true;
                node = usize::from(axis.parent[node]);
            }
        }
    }
    let mut pruned: Vec<Vec<Option<u32>>> = lattice
        .axes
        .iter()
        .map(|axis| vec![None; axis.parent.len()])
        .collect();
    for (id, zero) in zeros.list.iter().enumerate() {
        let mut named = zero
            .slice
            .0
            .iter()
            .enumerate()
            .filter(|(_, node)| **node != 0);
        if let (Some((d, node)), None) = (named.next(), named.next())
            && !is_live[d][usize::from(*node)]
        {
            pruned[d][usize::from(*node)] = Some(id as u32);
        }
    }
    let fold = if pruned.iter().flatten().any(Option::is_some) {
        Fold::new(lattice, &pruned)
    } else {
        plain
    };
    zeros.fold(lattice, &fold);
    let most = MOST_ZEROS + zeros.list.len();
    zeros.close(lattice, &fold, 0, usize::MAX, most);
    fold
}
