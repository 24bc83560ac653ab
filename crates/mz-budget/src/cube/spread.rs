//! Spreading values over sums: every slice is settled once, by its most precise derivation.
//!
//! A *sum* says that a slice is its parts along one dimension; `lay` lays them around slices that are known. The
//! queue hands out derivations in order of what they may be off by, then of how many figures they rest on; both only
//! grow along a derivation, so the first one to arrive at a slice is its best (Knuth 1977).

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    hash::BuildHasherDefault,
    sync::Arc,
};

use crate::{
    cube::{
        Given, Problem,
        fold::Fold,
        ground::{Ground, MOST_ZEROS},
        index::Index,
        pack::{Mix, SliceMap, pack},
        zeros::Zeros,
    },
    dimension::Slice,
};

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// Documents with more givens than this are spread sparingly.
const LARGE: usize = 2_500;

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
    /// By dimension, the sum of its parts.
    pub down: [u32; 8],
    /// Sums to tell when it becomes known, as a list through [`Net::waiting`].
    pub waiting: u32,
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
    /// Its parts are no longer what they were: another sum stands in its place.
    pub is_void: bool,
    /// What its zero parts may hide.
    pub loose: i64,
    pub parts: (u32, u32),
    pub zeros: (u32, u32),
    pub is_stale: bool,
    /// While its parts are not listed: what it waits for.
    pub waits: Option<Waits>,
}

/// A sum that says nothing yet: two members are not known, and no amount of a part can be held against its whole. Its
/// parts are not listed; it is looked at again when one of the two becomes known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// Members not known, each of which has the sum in its list of those to tell.
    pub members: [u32; 2],
    /// Parts before this one are known or zero.
    pub seen: u32,
    /// Some part has an amount.
    pub has_figure: bool,
}

/// A sum to be told when a member becomes known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub sum: u32,
    /// Its parts are listed, so that it counts the members not known; otherwise it looks for another one, and once it is
    /// listed, need not be told.
    pub is_counted: bool,
    /// The next of the same member.
    pub next: u32,
}

/// Everything known, and how.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub cube: Arc<Problem>,
    pub fold: Fold,
    pub zeros: Arc<Zeros>,
    pub nodes: Vec<Node>,
    pub sums: Vec<Sum>,
    /// Sums laid around known slices; those after them only bound.
    pub n_laid: usize,
    /// Next given of the same slice.
    pub next_given: Vec<u32>,
    /// Folded slice of each given taken.
    pub truncated: bool,
    pub signed: bool,
    /// What is printed or asked for, in large documents.
    pub figures: Option<Arc<Index>>,
    index: SliceMap<u32>,
    pub parts: Vec<u32>,
    pub sum_zeros: Vec<u32>,
    pub waiting: Vec<Waiting>,
    /// Sums by which a node divides otherwise than by the first way: (node, dimension, way).
    pub other_sums: HashMap<(u32, u8, u8), u32, BuildHasherDefault<Mix>>,
    /// Zeros that have the parts of the sum looked at as parts, but for its dimension; kept to spare allocations.
    pub meeting: Vec<(usize, u64)>,
    queue: BinaryHeap<Reverse<(i64, u32, u32, u32)>>,
    /// Half of the finest last digit in the document, exact figures aside.
    grain: i64,
    pub n_settled: u32,
    n_zeros_seen: usize,
    pub max_sums: usize,
}

impl Net {
    /// Spreads the givens taken, over the zeros and trees they leave.
    pub fn spread(cube: &Arc<Problem>, taken: &[bool], ground: &Ground) -> Self {
        let Problem {
            lattice,
            givens,
            signed,
            ..
        } = &**cube;
        let signed = *signed;
        let is_zero = |given: &Given| given.value == 0 && !signed;
        let listed = || (0..givens.len()).filter(|i| taken[*i]);
        let mut net = Self {
            cube: Arc::clone(cube),
            fold: ground.fold.clone(),
            zeros: Arc::clone(&ground.zeros),
            nodes: Vec::new(),
            sums: Vec::new(),
            n_laid: 0,
            next_given: vec![NONE; givens.len()],
            truncated: false,
            signed,
            figures: None,
            index: SliceMap::default(),
            parts: Vec::new(),
            sum_zeros: Vec::new(),
            waiting: Vec::new(),
            other_sums: HashMap::default(),
            meeting: Vec::new(),
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
            net.figures = Some(Arc::new(figures));
        }
        net.n_zeros_seen = net.zeros.list.len();
        net.run();
        net
    }

    fn take(&mut self, given: u32) {
        let node = self.node(self.place(self.cube.givens[given as usize].slice));
        self.next_given[given as usize] = self.nodes[node as usize].first_given;
        self.nodes[node as usize].first_given = given;
        self.offer(node, given);
    }

    /// Offers what a given says of its node.
    pub fn offer(&mut self, node: u32, given: u32) {
        let Given { slack, trust, .. } = self.cube.givens[given as usize];
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

    /// The node of a folded slice.
    pub fn node(&mut self, slice: Slice) -> u32 {
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

    /// Number of slices known; parts of zeros are not counted again.
    pub fn n_known(&self) -> usize {
        self.nodes
            .iter()
            .filter(|node| !matches!(node.how, How::Unknown | How::Zero(_)))
            .count()
            + self.zeros.list.len()
    }

    /// Parts of a sum that may hold money.
    pub fn parts(&self, sum: &Sum) -> &[u32] {
        &self.parts[sum.parts.0 as usize..sum.parts.1 as usize]
    }

    /// Zeros that make the other parts of a sum zero.
    pub fn zeros_of(&self, sum: &Sum) -> &[u32] {
        &self.sum_zeros[sum.zeros.0 as usize..sum.zeros.1 as usize]
    }

    /// Settles what follows from the queue, then lays what bounds only.
    pub fn run(&mut self) {
        self.settle_all();
        self.n_laid = self.sums.len();
        if !self.signed {
            self.lay_bounds();
        }
    }

    fn settle_all(&mut self) {
        let axes = self.fold.axes.clone();
        for _ in 0..16 {
            while let Some(Reverse((loose, _, node, how))) = self.queue.pop() {
                if self.is_known(node) {
                    continue;
                }
                self.settle(node, how, loose);
                if !matches!(self.nodes[node as usize].how, How::Zero(_)) {
                    self.lay_around(node, &axes);
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
        value <= 0 || (usual && value <= self.usual_rest())
    }

    /// The most that rounding usually leaves.
    fn usual_rest(&self) -> i64 {
        self.grain.saturating_mul(6)
    }

    fn know(&mut self, node: u32, how: How, value: i64, loose: i64, n: u32) {
        let rank = self.n_settled;
        self.n_settled += 1;
        let it = &mut self.nodes[node as usize];
        (it.how, it.value, it.loose, it.n, it.rank) = (how, value, loose, n, rank);
        let mut waiting = std::mem::replace(&mut it.waiting, NONE);
        while waiting != NONE {
            let it = self.waiting[waiting as usize];
            self.tell(it);
            waiting = it.next;
        }
    }

    /// Tells a sum that one of its members became known.
    fn tell(&mut self, waiting: Waiting) {
        let id = waiting.sum;
        let sum = &mut self.sums[id as usize];
        if sum.is_void {
            return;
        }
        if sum.waits.is_some() {
            self.look(id);
        } else if waiting.is_counted {
            sum.n_unknown -= 1;
            sum.is_stale = true;
            if sum.n_unknown == 1 {
                self.propose(id);
            }
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
    pub fn propose(&mut self, id: u32) {
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

    /// Spreads zeros: parts of zeros, and parts left with nothing by the others. False when nothing new came of it.
    fn fill(&mut self) -> bool {
        let before = self.n_settled;
        for id in 0..self.sums.len() as u32 {
            let sum = &mut self.sums[id as usize];
            if !std::mem::take(&mut sum.is_stale)
                || sum.is_void
                || sum.n_unknown == 0
                || !self.is_known(self.sums[id as usize].whole)
            {
                continue;
            }
            if self.sums[id as usize].waits.is_some() {
                // No part has an amount, so nothing is left only where the whole itself is next to nothing.
                let whole = &self.nodes[self.sums[id as usize].whole as usize];
                if whole.value > self.usual_rest() {
                    continue;
                }
                self.list(id);
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
        self.close_zeros();
        if self.zeros.list.len() > self.n_zeros_seen {
            let from = self.n_zeros_seen;
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

    /// Adds the zeros that follow from those not seen yet.
    pub fn close_zeros(&mut self) {
        let from = self.n_zeros_seen;
        if self.zeros.list.len() > from {
            let most = MOST_ZEROS + self.cube.givens.len();
            let Problem { lattice, .. } = &*self.cube;
            Arc::make_mut(&mut self.zeros).close(lattice, &self.fold, from, usize::MAX, most);
        }
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
