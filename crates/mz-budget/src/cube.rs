//! The cube: what a document's figures say about each other.
//!
//! A document is a set of *givens*: each is an amount of one slice. Slices are tied together by nothing but the trees of
//! their dimensions (a node is the sum of its children; a part is not more than its whole; an overlay group is the sum
//! of its members). From that, and without any formula written by hand, [`Cube::solve`]
//!
//! - derives every amount that follows ([`Solution::known`], [`Solution::explain`]),
//! - finds every identity that does not hold, reduced to the smallest contradictions ([`Solution::conflicts`]),
//! - names for each root cause the figures that may be wrong and the value the others imply ([`Solution::clusters`]).
//!
//! # What can be relied on
//!
//! A conflict is a proof: the givens of its support cannot all be correctly rounded figures of non-negative amounts.
//! So figures that are all right never conflict. Every figure stands for its value ± `slack`; a value derived from
//! several grows by all of theirs. Two figures of one slice printed to the same digit must be equal.
//!
//! Zeros carry far: under a zero whole every part is zero, and that is how tables of different scope meet. A zero is
//! taken for exactly zero, but what its slack might hide is kept apart, and an identity that only holds because zeros
//! may hide small amounts is reported as [`Rounding::hidden`] rather than as a conflict.
//!
//! # How it works
//!
//! 1. `zeros`: slices known to be zero, with their evidence; `ground` finds those of the document.
//! 2. `fold`: tree nodes that are zero in the whole document are cut away, and a node with a single remaining child is
//!    the same as that child. A unit with one source of money has no fund dimension left.
//! 3. `lay` and `spread`: values spread over the sums they stand in, most precise first (Knuth's generalisation of Dijkstra's
//!    algorithm), so that every slice is settled once, by its best derivation.
//! 4. `check`: every sum not used to derive something is a check. `weigh` traces a difference back to the givens.
//! 5. `locate`: the smallest sets of givens whose withdrawal leaves no conflict; `withdraw` takes a given from what is
//!    solved, so that only what rests on it is settled and checked again.

mod check;
mod component;
mod explain;
mod fold;
mod ground;
mod identities;
mod index;
mod lattice;
mod lay;
mod locate;
mod pack;
mod slip;
mod spread;
mod weigh;
mod withdraw;
mod zeros;

pub use check::{Conflict, Reason, Rounding};
pub use explain::{Bounds, Known, Step, StepKind};
pub use identities::{Identity, IdentityReason, identities};
pub use locate::{Cluster, Suspect};
pub use slip::{Slip, one_slip_away};

use std::sync::Arc;

use crate::{
    dimension::{Dimension, Dimensions, NodeId, Slice, Tree},
    disclosure::{Observation, Reading},
    money::PrintedMoney,
};
use ground::Ground;
use lattice::Lattice;
use spread::Net;

/// How a given stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A printed figure.
    Printed,
    /// An empty cell: zero inside sums.
    Blank,
    /// A row missing from a table that lists every non-zero row: zero.
    Absent,
}

/// One observation, reduced to what the engine needs. Givens are identified by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What it is about.
    pub slice: Slice,
    /// Its value in the smallest unit (fen, persons, vehicles).
    pub value: i64,
    /// Half of the last printed digit, in the smallest unit; 0 for exact figures, blanks and absent rows.
    pub slack: i64,
    /// Weight of the last printed digit, at least 1. Equal slices printed to the same digit must be equal.
    pub ulp: i64,
    /// How it stands in the document.
    pub kind: Kind,
    /// How far it is trusted when it comes to naming the wrong figure; more is better. 100 is usual for table cells.
    pub trust: u8,
    /// Last year's figure of the same slice, when known: copying it is a common slip.
    pub prior: Option<i64>,
}

impl Given {
    /// A figure printed in a table, with the precision its digits give it.
    /// `None` when it does not fit.
    pub fn printed(slice: Slice, money: PrintedMoney) -> Option<Self> {
        Some(Self {
            slice,
            value: money.fen()?.0,
            slack: money.slack_fen(),
            ulp: money.last_digit_fen(),
            kind: Kind::Printed,
            trust: 100,
            prior: None,
        })
    }

    /// An empty cell of a table whose last digit weighs `ulp`.
    pub fn blank(slice: Slice, ulp: i64) -> Self {
        Self {
            slice,
            value: 0,
            slack: 0,
            ulp: ulp.max(1),
            kind: Kind::Blank,
            trust: 90,
            prior: None,
        }
    }

    /// A row that a table listing every non-zero row leaves out.
    pub fn absent(slice: Slice, ulp: i64) -> Self {
        Self {
            kind: Kind::Absent,
            trust: 80,
            ..Self::blank(slice, ulp)
        }
    }

    /// The given of an observation; `ulp` is the last digit of its table, for blanks. `None` for what was not read.
    pub fn observed(observation: &Observation, ulp: i64) -> Option<Self> {
        match &observation.reading {
            Reading::Value(money) => Self::printed(observation.slice, *money),
            Reading::Blank => Some(Self::blank(observation.slice, ulp)),
            Reading::Absent => Some(Self::absent(observation.slice, ulp)),
            Reading::Unread(_) => None,
        }
    }

    /// The same with another trust.
    pub fn trusted(self, trust: u8) -> Self {
        Self { trust, ..self }
    }
}

/// Where the money of a node can only lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// Index of the tree.
    pub dimension: usize,
    /// The node; 0 for all nodes but the root together: they add up to no more than `scope`.
    pub node: NodeId,
    /// The scope; its coordinate in `dimension` is ignored.
    pub scope: Slice,
}

/// A scope whose money may lie in parts the trees do not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Index of the tree whose child lists are incomplete.
    pub dimension: usize,
    /// For nodes at or below its coordinate in `dimension`, and slices that overlap it in the others.
    pub scope: Slice,
}

/// A scope in which every part of a node is listed: by a closed table, whose absent rows are givens too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Index of the tree.
    pub dimension: usize,
    /// The node whose children are listed.
    pub node: NodeId,
    /// Where; its coordinate in `dimension` is ignored.
    pub scope: Slice,
}

/// What the trees alone do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Nodes that lie wholly inside a scope: projects inside nature = project.
    pub within: Vec<Within>,
    /// Child lists that are not complete: children bound their parent there, they do not make it up.
    pub open: Vec<Open>,
    /// Dimensions whose child lists are complete only where `listed` says so; all others are complete but for `open`.
    pub by_list: Vec<usize>,
    /// Complete child lists of the dimensions `by_list`.
    pub listed: Vec<Listed>,
    /// Amounts may be negative: zeros do not spread and parts are not bounded by wholes.
    pub signed: bool,
    /// Tables were rounded each by itself: two figures of one slice may differ by their last digit.
    pub loose_tails: bool,
}

impl Constraints {
    /// The constraints every budget has: projects lie inside the nature keyed `project`.
    pub fn of_budget(dimensions: &Dimensions) -> Self {
        let nature = dimensions.tree(Dimension::Nature).find("project");
        Self {
            within: nature
                .map(|node| Within {
                    dimension: Dimension::Project as usize,
                    node: 0,
                    scope: Slice::WHOLE.with(Dimension::Nature, node),
                })
                .into_iter()
                .collect(),
            ..Self::default()
        }
    }
}

/// Trees, givens and constraints.
#[derive(Debug)]
struct Problem {
    lattice: Lattice,
    givens: Vec<Given>,
    asked: Vec<Slice>,
    signed: bool,
    loose_tails: bool,
}

/// Trees, givens and constraints, ready to be solved, as often as wanted. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cube(Arc<Problem>);

impl Cube {
    /// Most trees a cube can have.
    pub const MAX_DIMENSIONS: usize = 8;

    /// A cube over these trees (the first [`Self::MAX_DIMENSIONS`] are used; slices are at 0 in all others).
    /// Givens whose slice is not in the trees, and values too large to add, take no part; nor do negative ones unless
    /// the constraints say `signed`.
    pub fn new(trees: &[Tree], givens: Vec<Given>, constraints: &Constraints) -> Self {
        Self::asking(trees, givens, constraints, &[])
    }

    /// The same, knowing which slices will be asked for. Solving documents with thousands of givens derives only what
    /// connects figures, and these.
    pub fn asking(
        trees: &[Tree],
        givens: Vec<Given>,
        constraints: &Constraints,
        asked: &[Slice],
    ) -> Self {
        let lattice = Lattice::new(trees, constraints);
        let asked = asked
            .iter()
            .copied()
            .filter(|slice| lattice.holds(*slice))
            .collect();
        Self(Arc::new(Problem {
            lattice,
            givens,
            asked,
            signed: constraints.signed,
            loose_tails: constraints.loose_tails,
        }))
    }

    /// The givens.
    pub fn givens(&self) -> &[Given] {
        &self.0.givens
    }

    /// Solves with all givens.
    pub fn solve(&self) -> Solution {
        self.solve_without(&[])
    }

    /// Solves as if these givens were not in the document.
    pub fn solve_without(&self, without: &[usize]) -> Solution {
        let taken = self.taken(without);
        let ground = Ground::new(&self.0, &taken);
        let net = Net::spread(&self.0, &taken, &ground);
        let outcome = check::check(&net);
        Solution {
            without: without.to_vec(),
            n_slices: net.n_known(),
            truncated: net.truncated || outcome.truncated,
            net,
            conflicts: outcome.conflicts,
            rounding: outcome.rounding,
            n_weighed: outcome.n_weighed,
            n_identities: outcome.n_identities,
        }
    }

    /// Which givens take part.
    fn taken(&self, without: &[usize]) -> Vec<bool> {
        let mut taken: Vec<bool> = self
            .givens()
            .iter()
            .map(|given| self.takes_part(given))
            .collect();
        for index in without {
            if let Some(flag) = taken.get_mut(*index) {
                *flag = false;
            }
        }
        taken
    }

    fn takes_part(&self, given: &Given) -> bool {
        const LARGEST: i64 = i64::MAX / 64;
        self.0.lattice.holds(given.slice)
            && (self.0.signed || given.value >= 0)
            && given.value.unsigned_abs() < LARGEST.unsigned_abs()
            && (0..LARGEST).contains(&given.slack)
    }
}

/// What follows from the givens.
#[derive(Debug)]
pub struct Solution {
    net: Net,
    without: Vec<usize>,
    /// Differences traced back to the figures.
    n_weighed: usize,
    /// Smallest contradictions, most telling first; none contains another's support.
    pub conflicts: Vec<Conflict>,
    /// Identities that hold only because figures are rounded, smallest first.
    pub rounding: Vec<Rounding>,
    /// Identities compared: sums, equalities and bounds, each counted once.
    pub n_identities: usize,
    /// Slices with a known amount.
    pub n_slices: usize,
    /// A limit was reached: not everything was derived or compared.
    pub truncated: bool,
}

impl Solution {
    /// The cube solved.
    pub fn cube(&self) -> Cube {
        Cube(Arc::clone(&self.net.cube))
    }

    /// The givens, those left out included.
    pub fn givens(&self) -> &[Given] {
        &self.net.cube.givens
    }

    /// Indices of givens that were left out.
    pub fn without(&self) -> &[usize] {
        &self.without
    }

    /// Solves again without further givens.
    pub fn solve_without(&self, more: &[usize]) -> Solution {
        self.cube().solve_without(&self.all_without(more))
    }

    fn all_without(&self, more: &[usize]) -> Vec<usize> {
        self.without.iter().chain(more).copied().collect()
    }

    /// Root causes, each with the figures that may be wrong. Solves again many times; nothing to do when there is no
    /// conflict.
    pub fn clusters(&self) -> Vec<Cluster> {
        locate::clusters(self)
    }
}
