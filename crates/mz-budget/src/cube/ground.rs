//! The ground figures stand on: the zeros of a document and the trees folded by them. It stays the same when figures other
//! than zeros are withdrawn, so that locating an error prepares it once.

use std::{cmp::Reverse, sync::Arc};

use crate::cube::{
    Given, Problem,
    fold::Fold,
    lattice::Lattice,
    zeros::{Zero, Zeros},
};

/// Zeros derived from zeros, at most, beyond twice those of the document.
pub(super) const MOST_ZEROS: usize = 2_000;

/// Zeros and folded trees.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub zeros: Zeros,
    pub fold: Fold,
    /// Givens that are zero, in the order in which they were taken.
    empty: Vec<usize>,
    /// By dimension and node, whether there is a figure at or below it.
    live: Vec<Vec<bool>>,
}

impl Ground {
    /// The ground of the givens taken.
    pub fn new(problem: &Problem, taken: &[bool]) -> Self {
        Self::of(problem, sort(problem, taken))
    }

    /// The ground of other givens: this one, where they stand on it as well.
    pub fn of_others(&self, problem: &Problem, taken: &[bool]) -> Self {
        let sorted = sort(problem, taken);
        if self.holds(&sorted) {
            self.clone()
        } else {
            Self::of(problem, sorted)
        }
    }

    fn holds(&self, (empty, live): &Sorted) -> bool {
        *empty == self.empty && *live == self.live
    }

    fn of(problem: &Problem, (empty, live): Sorted) -> Self {
        let Problem {
            lattice, givens, ..
        } = problem;
        let mut zeros = Zeros::new(lattice);
        for i in empty.iter().copied() {
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
        let fold = fold_trees(lattice, &mut zeros, &live);
        Self {
            zeros,
            fold,
            empty,
            live,
        }
    }
}

/// The zeros among the givens taken, widest first, and where there are figures.
type Sorted = (Vec<usize>, Vec<Vec<bool>>);

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
    (
        empty,
        live(lattice, figures.iter().map(|figure| &givens[*figure])),
    )
}

fn live<'g>(lattice: &Lattice, figures: impl Iterator<Item = &'g Given>) -> Vec<Vec<bool>> {
    let mut is_live = by_node(lattice, false);
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
    is_live
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
fn fold_trees(lattice: &Lattice, zeros: &mut Zeros, is_live: &[Vec<bool>]) -> Fold {
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

#[cfg(test)]
mod tests {
    use crate::{
        cube::{
            Constraints, Cube, Given, Kind,
            ground::{Ground, sort},
        },
        dimension::{Dimension, Slice, Tree},
    };

    /// Whatever is withdrawn, solving on the ground of the whole document gives what solving afresh gives.
    #[test]
    fn a_ground_that_holds_changes_nothing() {
        let mut tree = Tree::new("all");
        let first = tree.add(0, "1", "first");
        let second = tree.add(0, "2", "second");
        let low: Vec<u16> = (0..3)
            .map(|i| tree.add(first, &format!("1{i}"), "part"))
            .collect();
        let at = |node: u16| Slice::WHOLE.with(Dimension::Fund, node);
        let figure = |node: u16, value: i64| Given {
            value,
            kind: Kind::Printed,
            ..Given::blank(at(node), 1)
        };
        let givens = vec![
            figure(0, 700),
            figure(first, 700),
            Given::blank(at(second), 1),
            figure(low[0], 300),
            figure(low[1], 401),
            Given::blank(at(low[2]), 1),
            figure(second, 1),
        ];
        let cube = Cube::new(&[tree], givens, &Constraints::default());
        let ground = Ground::new(&cube.0, &cube.taken(&[]));
        let mut n_held = 0;
        for i in 0..cube.givens().len() {
            n_held += usize::from(ground.holds(&sort(&cube.0, &cube.taken(&[i]))));
            let (one, other) = (cube.solve_on(Some(&ground), &[i]), cube.solve_without(&[i]));
            assert_eq!(one.conflicts, other.conflicts, "{i}");
            assert_eq!(one.n_slices, other.n_slices, "{i}");
        }
        // The two figures with others at or below them; the last figure is all that keeps its node from being cut away.
        assert!((1..6).contains(&n_held), "{n_held}");
    }
}
