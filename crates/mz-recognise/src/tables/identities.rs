//! Row identities among the columns of one table: the judge between two ways of reading its columns.
//!
//! This decides nothing about the document's figures; auditing is done by the cube.

use mz_budget::dimension::{Dimension, Dimensions, Slice};

/// How many row identities hold and fail under one reading of the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) holds: usize,
    pub(crate) fails: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.holds += other.holds;
        self.fails += other.fails;
    }
}

fn contains(dimensions: &Dimensions, outer: Slice, inner: Slice) -> bool {
    Dimension::ALL
        .iter()
        .all(|d| dimensions.tree(*d).contains(outer.node(*d), inner.node(*d)))
}

fn overlaps(dimensions: &Dimensions, a: Slice, b: Slice) -> bool {
    Dimension::ALL.iter().all(|d| {
        let tree = dimensions.tree(*d);
        tree.contains(a.node(*d), b.node(*d)) || tree.contains(b.node(*d), a.node(*d))
    })
}

/// For each column the largest columns inside it, when there are at least two and they do not overlap.
fn parts(dimensions: &Dimensions, columns: &[Slice]) -> Vec<(usize, Vec<usize>)> {
    let is_inside = |i: usize, j: usize| match (columns.get(i), columns.get(j)) {
        (Some(outer), Some(inner)) => outer != inner && contains(dimensions, *outer, *inner),
        _ => false,
    };
    let n = columns.len();
    let mut out = Vec::new();
    for whole in 0..n {
        let inside: Vec<usize> = (0..n).filter(|j| is_inside(whole, *j)).collect();
        let tops: Vec<usize> = inside
            .iter()
            .copied()
            .filter(|j| !inside.iter().any(|k| is_inside(*k, *j)))
            .collect();
        let overlap = tops.iter().enumerate().any(|(i, a)| {
            tops.iter()
                .skip(i + 1)
                .any(|b| match (columns.get(*a), columns.get(*b)) {
                    (Some(a), Some(b)) => overlaps(dimensions, *a, *b),
                    _ => true,
                })
        });
        if tops.len() >= 2 && !overlap {
            out.push((whole, tops));
        }
    }
    out
}

/// Counts the identities over the rows; `rows[r][c]` is the figure in units of the last printed digit, blank as `None`.
pub(crate) fn tally(
    dimensions: &Dimensions,
    columns: &[Slice],
    rows: &[Vec<Option<i64>>],
) -> Tally {
    let parts = parts(dimensions, columns);
    let mut tally = Tally::default();
    for row in rows {
        let value = |i: usize| row.get(i).copied().flatten();
        for (whole, tops) in &parts {
            let sum: i64 = tops.iter().filter_map(|i| value(*i)).sum();
            let whole = value(*whole).unwrap_or(0);
            if whole == 0 && sum == 0 {
                continue;
            }
            let slack = i64::try_from(tops.len()).unwrap_or(0) + 1;
            if (whole - sum).abs() * 2 <= slack {
                tally.holds += 1;
            } else {
                tally.fails += 1;
            }
        }
    }
    tally
}
