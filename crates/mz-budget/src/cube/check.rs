//! Checking: every sum, equality and bound that was not used to derive something.

use crate::{
    cube::{
        index::Index,
        pack::{SliceMap, pack},
        spread::{How, NONE, Net, Sum},
        weigh::{Balance, Standing},
    },
    dimension::Slice,
};

/// Which law of the cube a conflict breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// One slice, two values.
    Equal,
    /// A slice that is part of a zero is not zero.
    Zero,
    /// A slice is not the sum of its parts.
    Sum,
    /// Parts are more than their whole.
    Bound,
}

/// A contradiction: `terms` add up to `difference`, and could only if some figure of `support` is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which law is broken.
    pub reason: Reason,
    /// The slice it was met at: the whole, for sums.
    pub slice: Slice,
    /// The dimension the slice divides along, for sums and bounds: index of the tree.
    pub dimension: Option<usize>,
    /// Givens with their coefficients: Σ coefficient × value = difference, which should be zero (for bounds: not negative).
    pub terms: Vec<(usize, i64)>,
    /// What is left over.
    pub difference: i64,
    /// What rounding would have explained.
    pub allowed: i64,
    /// All givens it rests on, zeros included, ascending.
    pub support: Vec<usize>,
}

/// An identity that holds within rounding only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// The slice: the whole, for sums.
    pub slice: Slice,
    /// The dimension it divides along; `None` for equalities.
    pub dimension: Option<usize>,
    /// Givens with their coefficients.
    pub terms: Vec<(usize, i64)>,
    /// What is left over.
    pub difference: i64,
    /// All givens it rests on, ascending.
    pub support: Vec<usize>,
    /// Rounding of the figures alone does not explain it; figures printed as zero would have to hide the rest.
    pub hidden: bool,
}

/// What checking found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub conflicts: Vec<Conflict>,
    pub rounding: Vec<Rounding>,
    pub n_identities: usize,
    /// Differences traced back to the figures.
    pub n_weighed: usize,
    pub truncated: bool,
}

/// What became different when a given was withdrawn.
#[derive(Debug)]
pub(super) struct Change {
    /// By node, whether it is settled otherwise than before or no longer known.
    pub nodes: Vec<bool>,
    /// By sum, those that only bound aside: whether a member changed, or the sum was not listed before.
    pub sums: Vec<bool>,
    /// Zeros from this one on are new.
    pub n_zeros: usize,
}

/// Differences weighed at most; a document with more is misread, not miscalculated.
const MOST_DIFFERENCES: usize = 6_000;

/// Checks everything.
pub(super) fn check(net: &Net) -> Outcome {
    let mut checker = Checker {
        net,
        outcome: Outcome::default(),
    };
    for sum in &net.sums {
        checker.sum(sum);
    }
    checker.nodes();
    let mut outcome = checker.outcome;
    outcome.conflicts = smallest_conflicts(outcome.conflicts);
    outcome.rounding = smallest(
        outcome.rounding,
        |rounding| &rounding.support,
        |rounding| (rounding.terms.len(), rounding.slice),
    );
    outcome
}

/// Checks what changed; contradictions of what did not are `kept`.
pub(super) fn check_change(net: &Net, change: &Change, kept: Vec<Conflict>) -> Vec<Conflict> {
    let mut checker = Checker {
        net,
        outcome: Outcome {
            conflicts: kept,
            ..Outcome::default()
        },
    };
    let is_changed = |node: &u32| change.nodes[*node as usize];
    for (id, sum) in net.sums.iter().enumerate() {
        let is_other = match change.sums.get(id) {
            Some(is_other) => *is_other,
            None => is_changed(&sum.whole) || net.parts(sum).iter().any(is_changed),
        };
        if is_other {
            checker.sum(sum);
        }
    }
    // A part of something that changed may meet other wholes than before.
    let mut changed = Index::new(&net.cube.lattice);
    for (node, _) in net.nodes.iter().zip(&change.nodes).filter(|(_, is)| **is) {
        changed.add(&net.cube.lattice, node.slice);
    }
    for id in 0..net.nodes.len() as u32 {
        if change.nodes[id as usize] {
            checker.node(id);
        } else if !net.signed && net.is_known(id) {
            checker.zeros_above(id, change.n_zeros);
            if changed.above(net.nodes[id as usize].slice, 0).is_some() {
                checker.bounds_above(id);
            }
        }
    }
    smallest_conflicts(checker.outcome.conflicts)
}

fn smallest_conflicts(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    smallest(
        conflicts,
        |conflict| &conflict.support,
        |conflict| (conflict.reason, conflict.terms.len(), conflict.slice),
    )
}

struct Checker<'n> {
    net: &'n Net,
    outcome: Outcome,
}

impl Checker<'_> {
    fn sum(&mut self, sum: &Sum) {
        let net = self.net;
        let whole = &net.nodes[sum.whole as usize];
        if sum.is_void || sum.is_used || whole.how == How::Unknown {
            return;
        }
        let is_bound = sum.is_bound || sum.n_unknown > 0;
        let mut left = whole.value;
        let mut n_figures = 0;
        for part in net.parts(sum) {
            let part = &net.nodes[*part as usize];
            left = left.saturating_sub(part.value);
            n_figures += usize::from(part.value != 0);
        }
        if (is_bound && (n_figures == 0 || net.signed)) || (n_figures == 0 && whole.value == 0) {
            return;
        }
        self.outcome.n_identities += 1;
        if left == 0 || (is_bound && left > 0) || !self.may_weigh() {
            return;
        }
        let reason = if is_bound { Reason::Bound } else { Reason::Sum };
        self.judge(
            reason,
            sum.whole,
            Some(usize::from(sum.d)),
            net.weigh_sum(sum, is_bound),
        );
    }

    fn nodes(&mut self) {
        for id in 0..self.net.nodes.len() as u32 {
            self.node(id);
        }
    }

    fn node(&mut self, id: u32) {
        let node = &self.net.nodes[id as usize];
        if node.how == How::Unknown || (node.value == 0 && node.first_given == NONE) {
            return;
        }
        self.equalities(id);
        if !self.net.signed {
            self.zeros_above(id, 0);
            self.bounds_above(id);
        }
    }

    fn equalities(&mut self, id: u32) {
        let net = self.net;
        let node = &net.nodes[id as usize];
        let mut given = node.first_given;
        while given != NONE {
            if node.how != How::Given(given) {
                self.outcome.n_identities += 1;
                if node.value != net.cube.givens[given as usize].value && self.may_weigh() {
                    self.judge(
                        Reason::Equal,
                        id,
                        None,
                        net.weigh_nodes(&[(id, 1)], &[(given, -1)]),
                    );
                }
            }
            given = net.next_given[given as usize];
        }
    }

    /// Zeros, from this one on, that a slice is part of.
    fn zeros_above(&mut self, id: u32, from: usize) {
        let net = self.net;
        let node = &net.nodes[id as usize];
        if matches!(node.how, How::Zero(_)) || (node.value == 0 && node.first_given == NONE) {
            return;
        }
        for zero in net.zeros.all_above(node.slice, from) {
            self.outcome.n_identities += 1;
            if node.value.saturating_sub(node.loose) > net.zeros.list[zero as usize].loose
                || node.n <= 1
            {
                if !self.may_weigh() {
                    return;
                }
                self.judge(Reason::Zero, id, None, net.weigh_under(id, zero));
            }
        }
    }

    /// A part against known wholes that no laid sum connects it with, because what lies between is not known.
    fn bounds_above(&mut self, id: u32) {
        const MOST_STEPS: usize = 40;
        let net = self.net;
        let part = &net.nodes[id as usize];
        if part.first_given == NONE {
            return;
        }
        let mut seen = SliceMap::<()>::default();
        let mut steps = vec![part.slice];
        let mut next = 0;
        while let Some(slice) = steps.get(next).copied() {
            next += 1;
            for (d, axis) in net.fold.axes.iter().enumerate() {
                for up in axis.wholes(slice.0[d]) {
                    let mut above = slice;
                    above.0[d] = up;
                    if above == slice
                        || steps.len() > MOST_STEPS
                        || seen.contains_key(&pack(above))
                        || net.fold.settle(&net.cube.lattice, above) != Some(above)
                    {
                        continue;
                    }
                    seen.insert(pack(above), ());
                    // Next to the part itself, laid sums see to it; an overlay group is no part of a laid sum.
                    let is_sum = next == 1 && !net.cube.lattice.axes[d].is_overlay(slice.0[d]);
                    match net.find(above).filter(|node| net.is_known(*node)) {
                        Some(whole) if !is_sum => self.bound(id, whole, d),
                        Some(_) => {}
                        None => steps.push(above),
                    }
                }
            }
        }
    }

    fn bound(&mut self, part: u32, whole: u32, d: usize) {
        let net = self.net;
        self.outcome.n_identities += 1;
        if net.nodes[whole as usize].value < net.nodes[part as usize].value && self.may_weigh() {
            let balance = net.weigh_nodes(&[(whole, 1), (part, -1)], &[]);
            self.judge(Reason::Bound, whole, Some(d), balance);
        }
    }

    fn may_weigh(&mut self) -> bool {
        self.outcome.n_weighed += 1;
        self.outcome.truncated |= self.outcome.n_weighed > MOST_DIFFERENCES;
        self.outcome.n_weighed <= MOST_DIFFERENCES
    }

    fn judge(&mut self, reason: Reason, node: u32, dimension: Option<usize>, balance: Balance) {
        let standing = balance.standing(self.net, reason == Reason::Bound);
        if standing == Standing::Exact {
            return;
        }
        let clamp =
            |wide: i128| i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX });
        let support = balance
            .support(self.net)
            .into_iter()
            .map(|given| given as usize)
            .collect();
        let terms = balance
            .terms
            .iter()
            .map(|(given, coefficient)| (*given as usize, *coefficient))
            .collect();
        let (slice, difference) = (self.net.shown(node), clamp(balance.residual));
        match standing {
            Standing::Broken => {
                let allowed = clamp(balance.loose);
                self.outcome.conflicts.push(Conflict {
                    reason,
                    slice,
                    dimension,
                    terms,
                    difference,
                    allowed,
                    support,
                });
            }
            _ => {
                let hidden = standing == Standing::Hidden;
                self.outcome.rounding.push(Rounding {
                    slice,
                    dimension,
                    terms,
                    difference,
                    support,
                    hidden,
                });
            }
        }
    }
}

impl Net {
    /// The slice as the document would name it: as printed, or the widest of its chains.
    pub fn shown(&self, node: u32) -> Slice {
        let node = &self.nodes[node as usize];
        match node.how {
            How::Given(given) => self.cube.givens[given as usize].slice,
            _ if node.first_given != NONE => self.cube.givens[node.first_given as usize].slice,
            _ => self.fold.widest(node.slice),
        }
    }
}

/// Drops what contains the support of another; smallest first. What is kept is looked up by the given of its support that
/// stands in fewest, so that thousands of contradictions need not be compared with each other.
fn smallest<T, K: Ord>(
    mut all: Vec<T>,
    support: impl Fn(&T) -> &Vec<usize>,
    rank: impl Fn(&T) -> K,
) -> Vec<T> {
    if all.len() < 2 {
        return all;
    }
    all.sort_by_cached_key(|item| (support(item).len(), rank(item)));
    let n = all
        .iter()
        .flat_map(&support)
        .max()
        .map_or(0, |last| last + 1);
    let mut n_uses = vec![0_u32; n];
    for given in all.iter().flat_map(&support) {
        n_uses[*given] += 1;
    }
    let mut kept: Vec<T> = Vec::new();
    let mut by_given: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut seen_in = vec![usize::MAX; n];
    for (i, item) in all.into_iter().enumerate() {
        let own = support(&item);
        own.iter().for_each(|given| seen_in[*given] = i);
        let is_part = |which: &usize| {
            support(&kept[*which])
                .iter()
                .all(|given| seen_in[*given] == i)
        };
        let contains_another = own.iter().any(|given| by_given[*given].iter().any(is_part));
        if !contains_another {
            if let Some(rarest) = own.iter().min_by_key(|given| n_uses[**given]) {
                by_given[*rarest].push(kept.len());
            }
            kept.push(item);
        }
    }
    kept
}
