//! The ground figures stand on: the zeros of a document and the trees folded by them. It stays the same when figures other
//! than zeros are withdrawn, so that locating an error prepares it once.

use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use crate::{
    cube::{
        Given, Problem,
        fold::Fold,
        lattice::Lattice,
        zeros::{Zero, Zeros},
    },
    dimension::Slice,
};

/// Zeros derived from zeros, at most, beyond twice those of the document.
pub(super) const MOST_ZEROS: usize = 2_000;

/// Zeros and folded trees.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub zeros: Arc<Zeros>,
    pub fold: Fold,
    /// Givens that are zero, in the order in which they were taken.
    empty: Arc<[usize]>,
    /// Their folded slices, once asked for.
    empty_slices: OnceLock<Vec<Slice>>,
    /// By dimension and node, the number of figures at or below it.
    live: Arc<[Vec<u32>]>,
}

impl Ground {
    /// The ground of the givens taken.
    pub fn new(problem: &Problem, taken: &[bool]) -> Self {
        Self::of(problem, sort(problem, taken))
    }

    /// The ground of other givens: this one, where they stand on it as well.
    pub fn of_others(self: &Arc<Self>, problem: &Problem, taken: &[bool]) -> Arc<Self> {
        let sorted = sort(problem, taken);
        if self.holds(&sorted) {
            Arc::clone(self)
        } else {
            Arc::new(Self::of(problem, sorted))
        }
    }

    fn holds(&self, (empty, live): &Sorted) -> bool {
        let is_live = |n_figures: &u32| *n_figures > 0;
        let own = self.live.iter().flatten().map(is_live);
        *empty == *self.empty && live.iter().flatten().map(is_live).eq(own)
    }

    /// Givens that are zero, with their folded slices.
    pub fn empty_givens(&self, problem: &Problem) -> impl Iterator<Item = (usize, Slice)> {
        let folded = |given: &usize| {
            let slice = problem.givens[*given].slice;
            self.fold
                .fold(problem.lattice.settle(slice).unwrap_or(slice))
        };
        let slices = || self.empty.iter().map(folded).collect();
        let slices = self.empty_slices.get_or_init(slices);
        self.empty.iter().copied().zip(slices.iter().copied())
    }

    /// Whether every node with figures at or below it has some left when these are withdrawn.
    pub fn stays_live(&self, problem: &Problem, figures: impl Iterator<Item = usize>) -> bool {
        let mut n_withdrawn: HashMap<(usize, usize), u32> = HashMap::new();
        for figure in figures {
            for_each_above(&problem.lattice, problem.givens[figure].slice, |d, node| {
                *n_withdrawn.entry((d, node)).or_default() += 1;
            });
        }
        n_withdrawn
            .iter()
            .all(|((d, node), n)| self.live[*d][*node] > *n)
    }

    fn of(problem: &Problem, (empty, live): Sorted) -> Self {
        let Problem {
            lattice, givens, ..
        } = problem;
        let mut zeros = Zeros::new(lattice);
        for i in empty.iter().copied() {
            let given = &givens[i];
            let slice = lattice.settle(given.slice).unwrap_or(given.slice);
            zeros.add(lattice, Zero::given(i, given.slack, slice));
        }
        let fold = fold_trees(lattice, &mut zeros, &live);
        Self {
            zeros: Arc::new(zeros),
            fold,
            empty: empty.into(),
            empty_slices: OnceLock::new(),
            live: live.into(),
        }
    }
}

/// The zeros among the givens taken, widest first, and how many figures there are at or below each node.
type Sorted = (Vec<usize>, Vec<Vec<u32>>);

fn sort(problem: &Problem, taken: &[bool]) -> Sorted {
    let Problem {
        lattice,
        givens,
        signed,
        ..
    } = problem;
    let listed = (0..givens.len()).filter(|i| taken[*i]);
    let (mut empty, figures): (Vec<usize>, Vec<usize>) =
        listed.partition(|i| givens[*i].value == 0 && !signed);
    let width = |given: &Given| given.slice.0.iter().filter(|node| **node != 0).count();
    empty.sort_by_key(|i| (width(&givens[*i]), Reverse(givens[*i].trust)));
    let mut live = by_node(lattice, 0);
    for figure in figures {
        for_each_above(lattice, givens[figure].slice, |d, node| live[d][node] += 1);
    }
    (empty, live)
}

/// Names the nodes a slice lies in, by dimension: those at its coordinates and all above them, roots and overlay groups
/// included.
fn for_each_above(lattice: &Lattice, slice: Slice, mut name: impl FnMut(usize, usize)) {
    for (d, axis) in lattice.axes.iter().enumerate() {
        name(d, 0);
        for above in &axis.above[usize::from(slice.0[d])] {
            name(d, usize::from(*above));
        }
    }
}

fn by_node<T: Clone>(lattice: &Lattice, value: T) -> Vec<Vec<T>> {
    let of_axis = |n: usize| vec![value.clone(); n];
    lattice
        .axes
        .iter()
        .map(|axis| of_axis(axis.parent.len()))
        .collect()
}

/// Cuts away what is zero everywhere and folds the trees.
fn fold_trees(lattice: &Lattice, zeros: &mut Zeros, n_figures: &[Vec<u32>]) -> Fold {
    let plain = Fold::identity(lattice);
    zeros.close(lattice, &plain, 0, 2, MOST_ZEROS);
    let mut pruned: Vec<Vec<Option<u32>>> = by_node(lattice, None);
    for (id, zero) in zeros.list.iter().enumerate() {
        let mut named = zero
            .slice
            .0
            .iter()
            .enumerate()
            .filter(|(_, node)| **node != 0);
        if let (Some((d, node)), None) = (named.next(), named.next())
            && n_figures[d][usize::from(*node)] == 0
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
