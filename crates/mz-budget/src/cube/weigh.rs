//! Tracing a difference back to the figures: what adds up to it, what rounding allows, and on what evidence it rests.

use std::{collections::BinaryHeap, sync::Arc};

use crate::{
    cube::{
        pack::NodeMap,
        spread::{How, Net, Sum},
        zeros::Zero,
    },
    dimension::{NodeId, Slice},
};

/// A signed sum of givens, with the zeros it relies on.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    /// Givens with their coefficients, ascending, none zero.
    pub terms: Vec<(u32, i64)>,
    /// Zeros relied on, with the number of times.
    pub zeros: Vec<(u32, i64)>,
    /// Evidence for links of chains.
    pub links: Vec<u32>,
    /// Σ coefficient × value.
    pub residual: i128,
    /// What rounding of the terms can amount to.
    pub slack: i128,
    /// The same with what zeros may hide.
    pub loose: i128,
    spans: Vec<Span>,
}

/// The part of a chain that is used.
#[derive(Clone, Copy, Debug)]
struct Span {
    d: u8,
    end: u16,
    /// Highest place (smallest number) used by a figure.
    from: u8,
    /// Lowest place used.
    to: u8,
}

/// How a balance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is left.
    Exact,
    /// What is left is within the rounding of the figures.
    Rounded,
    /// What is left is within what zeros may hide.
    Hidden,
    /// Impossible.
    Broken,
}

impl Balance {
    /// All givens relied on, ascending.
    pub fn support(&self, net: &Net) -> Vec<u32> {
        let mut support: Vec<u32> = self.terms.iter().map(|term| term.0).collect();
        let zeros = self
            .zeros
            .iter()
            .map(|zero| zero.0)
            .chain(self.links.iter().copied());
        net.zeros.support(zeros, &mut support);
        support
    }

    /// Judges the balance as an equality with zero, or, for a bound, as "not below zero".
    pub fn standing(&self, net: &Net, is_bound: bool) -> Standing {
        if self.residual == 0 || (is_bound && self.residual > 0) {
            return Standing::Exact;
        }
        let off = self.residual.abs();
        let hidden = self.loose - self.slack;
        let ulp = |given: u32| net.cube.givens[given as usize].ulp;
        // Rounding keeps order: of two figures printed to the same digit, equals print equal and a part prints no more
        // than its whole.
        let is_sharp = match self.terms.as_slice() {
            [(a, 1), (b, -1)] | [(a, -1), (b, 1)] => !net.cube.loose_tails && ulp(*a) == ulp(*b),
            _ => false,
        };
        // The same for a figure and a printed zero it is a part of.
        let is_sharp_zero = match (self.terms.as_slice(), self.zeros.as_slice()) {
            ([(part, 1)], [(zero, 1)]) => {
                let zero = &net.zeros.list[*zero as usize];
                i128::from(zero.loose) == hidden
                    && zero.zeros.is_empty()
                    && matches!(*zero.givens, [given] if ulp(given) == ulp(*part))
            }
            _ => false,
        };
        if (is_sharp && hidden == 0) || is_sharp_zero {
            Standing::Broken
        } else if off <= self.slack && !is_sharp {
            Standing::Rounded
        } else if off <= self.loose {
            Standing::Hidden
        } else {
            Standing::Broken
        }
    }

    fn touch(&mut self, d: usize, end: u16, place: u8) {
        match self
            .spans
            .iter_mut()
            .find(|span| usize::from(span.d) == d && span.end == end)
        {
            Some(span) => {
                span.from = span.from.min(place);
                span.to = span.to.max(place);
            }
            None => self.spans.push(Span {
                d: d as u8,
                end,
                from: place,
                to: place,
            }),
        }
    }

    /// A zero is used: where it is established further down a chain than the figures stand, the links between count.
    fn reach(&mut self, zero: &Zero) {
        for span in &mut self.spans {
            let d = usize::from(span.d);
            if zero.slice.0[d] == span.end {
                span.to = span.to.max(zero.at[d]);
            }
        }
    }
}

impl Net {
    /// Σ coefficient × node, traced to givens.
    pub fn weigh_nodes(&self, nodes: &[(u32, i64)], without: &[(u32, i64)]) -> Balance {
        let mut tracing = Tracing::new(self);
        for (node, coefficient) in nodes {
            tracing.add(*node, *coefficient);
        }
        for (given, coefficient) in without {
            tracing.take(*given, *coefficient);
        }
        tracing.finish()
    }

    /// Whole less parts, as far as known, of a sum; its zero parts count when all of them are known.
    pub fn weigh_sum(&self, sum: &Sum, is_bound: bool) -> Balance {
        let mut tracing = Tracing::new(self);
        tracing.add(sum.whole, 1);
        for part in self.parts(sum).iter().filter(|part| self.is_known(**part)) {
            tracing.add(*part, -1);
        }
        tracing.cross(sum);
        if !is_bound {
            tracing.use_zeros(sum, 1);
        }
        tracing.finish()
    }

    /// A known slice less a zero it is part of.
    pub fn weigh_under(&self, node: u32, zero: u32) -> Balance {
        let mut tracing = Tracing::new(self);
        tracing.add(node, 1);
        tracing.use_zero(zero, 1);
        tracing.finish()
    }

    /// A known slice, for a question put in unfolded coordinates.
    pub fn weigh_at(&self, node: u32, slice: Slice) -> Balance {
        let mut tracing = Tracing::new(self);
        tracing.add(node, 1);
        let slice = self.cube.lattice.settle(slice).unwrap_or(slice);
        for (d, axis) in self.fold.axes.iter().enumerate() {
            let at = usize::from(slice.0[d]);
            tracing.touch(d, axis.rep[at], axis.place[at]);
        }
        tracing.finish()
    }

    /// The zeros that follow for unknown members of a sum of which the others leave nothing.
    pub fn emptied(&mut self, sum: u32, members: &[u32]) -> Vec<(u32, u32)> {
        let sum = self.sums[sum as usize].clone();
        let mut tracing = Tracing::new(self);
        let sign = if members.contains(&sum.whole) { -1 } else { 1 };
        let all = self
            .parts(&sum)
            .iter()
            .map(|part| (*part, -sign))
            .chain(Some((sum.whole, sign)));
        for (member, coefficient) in all.filter(|(member, _)| self.is_known(*member)) {
            tracing.add(member, coefficient);
        }
        tracing.cross(&sum);
        tracing.use_zeros(&sum, 1);
        let balance = tracing.finish();
        let zeros = balance
            .zeros
            .iter()
            .map(|zero| zero.0)
            .chain(balance.links.iter().copied());
        let (givens, zeros): (Arc<[u32]>, Arc<[u32]>) = (
            balance.terms.iter().map(|term| term.0).collect(),
            zeros.collect(),
        );
        let loose =
            i64::try_from((balance.residual + balance.loose).max(0)).unwrap_or(i64::MAX / 64);
        let mut found = Vec::new();
        for member in members {
            let slice = self.nodes[*member as usize].slice;
            let mut zero = Zero {
                slice,
                at: [0; 8],
                loose,
                givens: Arc::clone(&givens),
                zeros: Arc::clone(&zeros),
            };
            for span in &balance.spans {
                let d = usize::from(span.d);
                if slice.0[d] == span.end {
                    zero.at[d] = span.from;
                }
            }
            let known = self
                .zeros
                .above(slice)
                .or_else(|| Arc::make_mut(&mut self.zeros).add(&self.cube.lattice, zero));
            found.extend(known.map(|zero| (*member, zero)));
        }
        found
    }
}

/// Expands known slices into the givens they rest on, latest settled first, so that each slice is expanded once with its
/// whole coefficient and what cancels, cancels.
struct Tracing<'n> {
    net: &'n Net,
    balance: Balance,
    pending: BinaryHeap<(u32, u32)>,
    coefficients: NodeMap<i64>,
}

impl<'n> Tracing<'n> {
    fn new(net: &'n Net) -> Self {
        Self {
            net,
            balance: Balance::default(),
            pending: BinaryHeap::new(),
            coefficients: NodeMap::default(),
        }
    }

    fn add(&mut self, node: u32, coefficient: i64) {
        let rank = self.net.nodes[node as usize].rank;
        let sum = self.coefficients.entry(node).or_insert_with(|| {
            self.pending.push((rank, node));
            0
        });
        *sum = sum.saturating_add(coefficient);
    }

    fn take(&mut self, given: u32, coefficient: i64) {
        self.balance.terms.push((given, coefficient));
    }

    /// Notes the chain places a sum connects: the end of the whole's chain, and of each part's chain the place that is
    /// a part, which for anything but overlay groups is its top.
    fn cross(&mut self, sum: &Sum) {
        let d = usize::from(sum.d);
        let axis = &self.net.fold.axes[d];
        let whole = self.net.nodes[sum.whole as usize].slice.0[d];
        self.touch(d, whole, axis.place[usize::from(whole)]);
        let members: &[NodeId] = if self.net.cube.lattice.axes[d].is_overlay(whole) {
            let split = axis.splits[usize::from(whole)].get(usize::from(sum.split));
            split.map_or(&[], |split| &split.parts)
        } else {
            &[]
        };
        for node in self.net.parts(sum) {
            let node = &self.net.nodes[*node as usize];
            let end = node.slice.0[d];
            if matches!(node.how, How::Unknown | How::Zero(_)) {
                continue;
            }
            let member = members
                .iter()
                .find(|member| axis.rep[usize::from(**member)] == end);
            self.touch(
                d,
                end,
                member.map_or(0, |member| axis.place[usize::from(*member)]),
            );
        }
    }

    /// Notes a place of a chain; a node alone in its chain needs no note.
    fn touch(&mut self, d: usize, end: NodeId, place: u8) {
        if self.net.fold.axes[d].top[usize::from(end)] != end {
            self.balance.touch(d, end, place);
        }
    }

    fn use_zeros(&mut self, sum: &Sum, times: i64) {
        for zero in self.net.zeros_of(sum) {
            self.use_zero(*zero, times);
        }
    }

    fn use_zero(&mut self, zero: u32, times: i64) {
        self.balance.zeros.push((zero, times));
    }

    fn finish(mut self) -> Balance {
        while let Some((_, node)) = self.pending.pop() {
            let coefficient = self.coefficients.remove(&node).unwrap_or(0);
            if coefficient == 0 {
                continue;
            }
            match self.net.nodes[node as usize].how {
                How::Unknown => {}
                How::Given(given) => self.take(given, coefficient),
                How::Zero(zero) => self.use_zero(zero, coefficient.abs()),
                How::Sum(sum) | How::Rest(sum) => {
                    let sum = &self.net.sums[sum as usize];
                    let sign = if sum.whole == node {
                        coefficient
                    } else {
                        -coefficient
                    };
                    for part in self.net.parts(sum).iter().filter(|part| **part != node) {
                        self.add(*part, sign);
                    }
                    if sum.whole != node {
                        self.add(sum.whole, -sign);
                    }
                    self.cross(sum);
                    self.use_zeros(sum, coefficient.abs());
                }
            }
        }
        self.settle()
    }

    fn settle(mut self) -> Balance {
        let net = self.net;
        let balance = &mut self.balance;
        add_up(&mut balance.terms);
        add_up(&mut balance.zeros);
        for (given, coefficient) in balance.terms.clone() {
            let it = &net.cube.givens[given as usize];
            balance.residual += i128::from(coefficient) * i128::from(it.value);
            balance.slack += i128::from(coefficient.abs()) * i128::from(it.slack);
            let slice = net.cube.lattice.settle(it.slice).unwrap_or(it.slice);
            for (d, axis) in net.fold.axes.iter().enumerate() {
                let node = usize::from(slice.0[d]);
                if axis.top[usize::from(axis.rep[node])] != axis.rep[node] {
                    balance.touch(d, axis.rep[node], axis.place[node]);
                }
            }
        }
        balance.loose = balance.slack;
        for (zero, times) in balance.zeros.clone() {
            let zero = &net.zeros.list[zero as usize];
            balance.loose += i128::from(times) * i128::from(zero.loose);
            balance.reach(zero);
        }
        for span in &balance.spans {
            let axis = &net.fold.axes[usize::from(span.d)];
            let mut node = axis.top[usize::from(span.end)];
            // Walk down the chain from its highest node.
            for place in 0..span.to {
                if place >= span.from {
                    balance.links.extend(&axis.links[usize::from(node)]);
                }
                let tree = &net.cube.lattice.axes[usize::from(span.d)];
                let below = tree.splits[usize::from(node)].first().and_then(|children| {
                    children
                        .iter()
                        .find(|child| axis.rep[usize::from(**child)] == span.end)
                });
                let Some(below) = below else { break };
                node = *below;
            }
        }
        balance.links.sort_unstable();
        balance.links.dedup();
        balance.loose += balance
            .links
            .iter()
            .map(|zero| i128::from(net.zeros.list[*zero as usize].loose))
            .sum::<i128>();
        self.balance
    }
}

/// Adds up the counts of equal entries, and drops those that cancel.
fn add_up(entries: &mut Vec<(u32, i64)>) {
    entries.sort_unstable();
    entries.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        is_same
    });
    entries.retain(|entry| entry.1 != 0);
}
