//! Contradictions that belong together, and contradictions inside others; a book misread has thousands, so none is
//! compared with all.

use std::collections::HashMap;

use crate::cube::Conflict;

/// Conflicts connected with the first one by shared figures, and the others.
pub(super) fn first_component(conflicts: &[Conflict]) -> Option<(Vec<Conflict>, Vec<Conflict>)> {
    let labels = labels(conflicts);
    let part = |is_first: bool| {
        let labelled = conflicts.iter().zip(&labels);
        let of_part = labelled.filter(move |(_, label)| (**label == 0) == is_first);
        of_part.map(|(conflict, _)| conflict.clone()).collect()
    };
    (!conflicts.is_empty()).then(|| (part(true), part(false)))
}

/// Conflicts connected by shared figures, together.
pub(super) fn components(conflicts: &[Conflict]) -> Vec<Vec<Conflict>> {
    let labels = labels(conflicts);
    let n = labels.iter().max().map_or(0, |last| last + 1);
    let mut components = vec![Vec::new(); n];
    for (conflict, label) in conflicts.iter().zip(labels) {
        components[label].push(conflict.clone());
    }
    components
}

/// For each conflict the number of its component, in the order of their first conflicts.
fn labels(conflicts: &[Conflict]) -> Vec<usize> {
    let mut standing_in: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, conflict) in conflicts.iter().enumerate() {
        for given in &conflict.support {
            standing_in.entry(*given).or_default().push(i);
        }
    }
    let mut labels = vec![usize::MAX; conflicts.len()];
    let mut n = 0;
    for first in 0..conflicts.len() {
        if labels[first] != usize::MAX {
            continue;
        }
        let mut pending = vec![first];
        while let Some(i) = pending.pop() {
            if labels[i] == usize::MAX {
                labels[i] = n;
                for given in &conflicts[i].support {
                    pending.extend(standing_in.remove(given).unwrap_or_default());
                }
            }
        }
        n += 1;
    }
    labels
}

/// Supports of conflicts, each found by the given of it that stands in fewest.
pub(super) struct Supports<'c> {
    by_rarest: HashMap<usize, Vec<&'c [usize]>>,
    /// By given, the number of supports it stands in.
    n_uses: HashMap<usize, usize>,
}

impl<'c> Supports<'c> {
    pub fn of(conflicts: &'c [Conflict]) -> Self {
        let mut n_uses: HashMap<usize, usize> = HashMap::new();
        for given in conflicts.iter().flat_map(|conflict| &conflict.support) {
            *n_uses.entry(*given).or_default() += 1;
        }
        let mut by_rarest: HashMap<usize, Vec<&[usize]>> = HashMap::new();
        for conflict in conflicts {
            let rarest = conflict.support.iter().min_by_key(|given| n_uses[given]);
            // Nothing is in everything; a conflict always rests on something.
            if let Some(rarest) = rarest {
                by_rarest
                    .entry(*rarest)
                    .or_default()
                    .push(&conflict.support);
            }
        }
        Self { by_rarest, n_uses }
    }

    /// Whether one of them shares a given with this one.
    pub fn touch(&self, other: &[usize]) -> bool {
        other.iter().any(|given| self.n_uses.contains_key(given))
    }

    /// Whether one of them lies in this one wholly.
    pub fn any_in(&self, outer: &[usize]) -> bool {
        let lies_in = |inner: &&[usize]| is_subset(inner, outer);
        outer
            .iter()
            .filter_map(|given| self.by_rarest.get(given))
            .any(|supports| supports.iter().any(&lies_in))
    }
}

/// Whether every entry of `inner` is in `outer`; both ascending.
fn is_subset(inner: &[usize], outer: &[usize]) -> bool {
    let mut outer = outer.iter();
    inner
        .iter()
        .all(|item| outer.by_ref().find(|other| *other >= item) == Some(item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cube::Reason, dimension::Slice};

    fn conflicts(supports: &[&[usize]]) -> Vec<Conflict> {
        let of = |support: &&[usize]| Conflict {
            reason: Reason::Sum,
            slice: Slice::WHOLE,
            dimension: None,
            terms: Vec::new(),
            difference: 0,
            allowed: 0,
            support: support.to_vec(),
        };
        supports.iter().map(of).collect()
    }

    #[test]
    fn shared_figures_connect() {
        let all = conflicts(&[&[1, 2], &[7, 8], &[3, 4], &[2, 4], &[9]]);
        let (inside, outside) = first_component(&all).unwrap();
        assert_eq!(inside, conflicts(&[&[1, 2], &[3, 4], &[2, 4]]));
        assert_eq!(outside, conflicts(&[&[7, 8], &[9]]));
        assert!(first_component(&[]).is_none());
        let separate = components(&all);
        let lengths: Vec<usize> = separate.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 1, 1]);
    }

    #[test]
    fn what_lies_in_another_is_found() {
        let all = conflicts(&[&[1, 5], &[1, 6]]);
        let supports = Supports::of(&all);
        assert!(supports.any_in(&[0, 1, 5]));
        assert!(supports.any_in(&[1, 6]));
        assert!(!supports.any_in(&[1, 2, 3]));
        assert!(!supports.any_in(&[5, 6]));
        assert!(supports.touch(&[2, 5]) && !supports.touch(&[2, 3]));
    }
}
