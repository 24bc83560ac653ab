//! Locating: which figures, if withdrawn, leave nothing to contradict.
//!
//! Every conflict holds at least one wrong figure. A figure is a *suspect* when solving without it leaves no conflict; a
//! suspect that could not be the cause is cleared that way, because the other evidence it contradicts stays. Independent
//! errors are separated by first finding a smallest set of figures to withdraw, then looking at each error with all the
//! others out of the way.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::{
    cube::{
        Conflict, Given, Kind, Slip, Solution,
        component::{Supports, components, first_component},
        ground::Ground,
        spread::Net,
        withdraw::Solved,
    },
    parallel,
};

/// A figure that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// Index of the given.
    pub given: usize,
    /// What the other figures make it, when they determine it.
    pub implied: Option<i64>,
    /// What the implied value may be off by.
    pub slack: i64,
    /// What would explain the error.
    pub slip: Slip,
    /// 1 for the likeliest; equals share a rank.
    pub rank: usize,
}

/// One root cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The contradictions it explains, smallest first: those that remain when all other root causes are withdrawn.
    pub conflicts: Vec<Conflict>,
    /// Figures whose withdrawal alone resolves all of them, likeliest first.
    pub suspects: Vec<Suspect>,
    /// The suspects were proved by solving without them; otherwise the work was cut short and they are only those that
    /// stand in most of the contradictions.
    pub is_proved: bool,
}

/// Solves done for one document at most.
const MOST_SOLVES: usize = 200;
/// Differences weighed for one document at most, a solve taken to weigh as many as the first. Documents that contradict
/// themselves weigh some dozens a solve; one with thousands is damaged or misread, and no figure of it is to blame.
const MOST_WEIGHED: usize = 20_000;
/// Figures tried for one root cause at most.
const MOST_TRIED: usize = 48;
/// Root causes told apart at most.
const MOST_CAUSES: usize = 24;

/// Root causes of a solution's conflicts.
pub(super) fn clusters(solution: &Solution) -> Vec<Cluster> {
    if solution.conflicts.is_empty() {
        return Vec::new();
    }
    let mut search = Search::new(solution);
    let mut causes: Vec<usize> = Vec::new();
    let mut rest: Vec<Conflict> = solution.conflicts.clone();
    while let Some((component, others)) = first_component(&rest) {
        if causes.len() >= MOST_CAUSES || search.is_spent() {
            break;
        }
        causes.push(search.cause(&causes, &component, &Supports::of(&others)));
        rest = search.conflicts(&causes);
    }
    let unresolved = Supports::of(&rest);
    let mut clusters = Vec::new();
    let mut i = 0;
    while i < causes.len() {
        let others: Vec<usize> = causes
            .iter()
            .copied()
            .filter(|other| *other != causes[i])
            .collect();
        let mut conflicts = search.conflicts(&others);
        // What could not be resolved at all is not this one's.
        conflicts.retain(|conflict| !unresolved.any_in(&conflict.support));
        if conflicts.is_empty() {
            causes.remove(i);
            continue;
        }
        clusters.push(search.cluster(&others, conflicts, &unresolved, causes[i]));
        i += 1;
    }
    let unproved = components(&rest).into_iter();
    clusters.extend(unproved.map(|component| search.unproved(component)));
    clusters
}

/// Givens that stand in all the conflicts.
fn common(conflicts: &[Conflict]) -> Vec<usize> {
    let Some((first, more)) = conflicts.split_first() else {
        return Vec::new();
    };
    let in_all = |given: &usize| {
        more.iter()
            .all(|conflict| conflict.support.binary_search(given).is_ok())
    };
    first.support.iter().copied().filter(in_all).collect()
}

fn ascending(givens: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut givens: Vec<usize> = givens.collect();
    givens.sort_unstable();
    givens
}

struct Search<'s> {
    solution: &'s Solution,
    /// Solved with ever more withdrawn; the first is the solution itself, and each of the others lacks one given more than
    /// the one before.
    stages: Vec<Solved<'s>>,
    /// Conflicts by what is withdrawn, ascending.
    solved: HashMap<Vec<usize>, Vec<Conflict>>,
    n_solves: usize,
    most_solves: usize,
}

impl<'s> Search<'s> {
    fn new(solution: &'s Solution) -> Self {
        let Solution {
            net,
            conflicts,
            without,
            n_weighed,
            ..
        } = solution;
        let taken = solution.cube().taken(without);
        let ground = Arc::new(Ground::new(&net.cube, &taken));
        Self {
            solution,
            stages: vec![Solved::new(without.clone(), net, conflicts, ground)],
            solved: HashMap::new(),
            n_solves: 0,
            most_solves: (MOST_WEIGHED / n_weighed.max(&1)).min(MOST_SOLVES),
        }
    }

    /// The document without further givens.
    fn stage(&mut self, without: &[usize]) -> &Solved<'s> {
        let n_before = self.solution.without.len();
        let is_on_the_way = |stage: &Solved<'_>| without.starts_with(&stage.without[n_before..]);
        let n_kept = self
            .stages
            .iter()
            .take_while(|stage| is_on_the_way(stage))
            .count();
        // The first stage lacks nothing more, so it is always on the way.
        self.stages.truncate(n_kept.max(1));
        for given in &without[self.stages.len() - 1..] {
            let next = self.stages[self.stages.len() - 1].without(*given);
            self.stages.push(next);
        }
        &self.stages[self.stages.len() - 1]
    }

    fn is_spent(&self) -> bool {
        self.n_solves >= self.most_solves
    }

    fn given(&self, index: usize) -> &Given {
        &self.solution.givens()[index]
    }

    fn conflicts(&mut self, without: &[usize]) -> Vec<Conflict> {
        if without.is_empty() {
            return self.solution.conflicts.clone();
        }
        let withdrawn = ascending(without.iter().copied());
        if let Some(known) = self.solved.get(&withdrawn) {
            return known.clone();
        }
        self.n_solves += 1;
        let conflicts = self.stage(without).conflicts.to_vec();
        self.solved.insert(withdrawn, conflicts.clone());
        conflicts
    }

    /// Conflicts that remain, other than those of `others`.
    fn remaining(&mut self, causes: &[usize], one: usize, others: &Supports<'_>) -> Vec<Conflict> {
        let without: Vec<usize> = causes.iter().copied().chain([one]).collect();
        let mut left = self.conflicts(&without);
        left.retain(|conflict| !others.any_in(&conflict.support));
        left
    }

    /// Printed figures first, then those trusted less.
    fn in_order(&self, mut candidates: Vec<usize>) -> Vec<usize> {
        candidates.sort_by_key(|given| {
            (
                self.given(*given).kind != Kind::Printed,
                self.given(*given).trust,
                *given,
            )
        });
        candidates
    }

    /// A figure to withdraw: one that resolves the component alone, or a step towards it.
    fn cause(&mut self, causes: &[usize], component: &[Conflict], others: &Supports<'_>) -> usize {
        for candidate in self
            .in_order(common(component))
            .into_iter()
            .take(MOST_TRIED)
        {
            if self.is_spent() {
                break;
            }
            if self.remaining(causes, candidate, others).is_empty() {
                return candidate;
            }
        }
        // More than one error: the step that leaves least, best if one more figure then explains the rest.
        let mut best: Option<((bool, usize), usize)> = None;
        for candidate in self.by_coverage(component).into_iter().take(MOST_TRIED / 2) {
            if self.is_spent() {
                break;
            }
            let left = self.remaining(causes, candidate, others);
            let is_last_but_one = self.has_single(causes, candidate, &left, others);
            let score = (!is_last_but_one, left.len());
            if best.is_none_or(|(other, _)| score < other) {
                best = Some((score, candidate));
            }
            if is_last_but_one {
                break;
            }
        }
        match best {
            Some((_, candidate)) => candidate,
            None => component
                .iter()
                .flat_map(|conflict| conflict.support.first())
                .copied()
                .next()
                .unwrap_or(0),
        }
    }

    /// Whether one further figure resolves what is left. Where what is left is tied to other contradictions, as in columns
    /// that repeat each other, there is no telling before these are resolved.
    fn has_single(
        &mut self,
        causes: &[usize],
        one: usize,
        left: &[Conflict],
        others: &Supports<'_>,
    ) -> bool {
        let both: Vec<usize> = causes.iter().copied().chain([one]).collect();
        let Some((component, rest)) = first_component(left) else {
            return true;
        };
        if !rest.is_empty() {
            // Several separate rests: each is simpler than what was there before.
            return component
                .iter()
                .all(|conflict| !common(std::slice::from_ref(conflict)).is_empty())
                && { !common(&component).is_empty() };
        }
        if !left.is_empty() && left.iter().all(|conflict| others.touch(&conflict.support)) {
            return false;
        }
        for candidate in self.in_order(common(left)).into_iter().take(MOST_TRIED / 6) {
            if self.is_spent() {
                return false;
            }
            if self.leaves_without(causes, candidate, one, others) {
                continue;
            }
            if self.remaining(&both, candidate, others).is_empty() {
                return true;
            }
        }
        false
    }

    /// Whether a figure was withdrawn before, and left something that does not need `other`, so that withdrawing both
    /// leaves it as well.
    fn leaves_without(
        &self,
        causes: &[usize],
        one: usize,
        other: usize,
        others: &Supports<'_>,
    ) -> bool {
        let withdrawn = ascending(causes.iter().copied().chain([one]));
        let is_left = |conflict: &Conflict| {
            !others.any_in(&conflict.support) && conflict.support.binary_search(&other).is_err()
        };
        let left = self.solved.get(&withdrawn);
        left.is_some_and(|left| left.iter().any(is_left))
    }

    /// Figures by the number of conflicts they stand in, small conflicts counting more.
    fn by_coverage(&self, conflicts: &[Conflict]) -> Vec<usize> {
        let mut weight: BTreeMap<usize, usize> = BTreeMap::new();
        for conflict in conflicts {
            for given in &conflict.support {
                let share = if self.given(*given).kind == Kind::Printed {
                    8_000
                } else {
                    1_000
                };
                *weight.entry(*given).or_default() += share + share / conflict.support.len();
            }
        }
        let mut ordered: Vec<(usize, usize)> = weight.into_iter().collect();
        ordered.sort_by_key(|(given, weight)| (std::cmp::Reverse(*weight), *given));
        ordered.into_iter().map(|(given, _)| given).collect()
    }

    /// The cluster of one root cause, all others being withdrawn.
    fn cluster(
        &mut self,
        others: &[usize],
        conflicts: Vec<Conflict>,
        unresolved: &Supports<'_>,
        cause: usize,
    ) -> Cluster {
        let mut candidates = self.in_order(common(&conflicts));
        candidates.truncate(MOST_TRIED);
        if !candidates.contains(&cause) {
            candidates.push(cause);
        }
        candidates.retain(|candidate| {
            let is_tried = !self.is_spent() || *candidate == cause;
            self.n_solves += usize::from(is_tried);
            is_tried
        });
        self.stage(others);
        let stage = &self.stages[self.stages.len() - 1];
        let suspects = parallel::in_order(candidates.len(), |i| {
            let solved = stage.without(candidates[i]);
            let is_left = |conflict: &Conflict| !unresolved.any_in(&conflict.support);
            let resolves = !solved.conflicts.iter().any(is_left);
            resolves.then(|| self.suspect(candidates[i], &solved.net))
        });
        let mut suspects: Vec<Suspect> = suspects.into_iter().flatten().collect();
        let is_proved = !suspects.is_empty();
        rank(&mut suspects, self.solution.givens());
        if is_proved {
            Cluster {
                conflicts,
                suspects,
                is_proved,
            }
        } else {
            self.unproved(conflicts)
        }
    }

    fn suspect(&self, given: usize, net: &Net) -> Suspect {
        let it = self.given(given);
        match net.known(it.slice) {
            Some(known)
                if (known.value - it.value).abs() > known.slack.saturating_add(it.slack) =>
            {
                Suspect {
                    given,
                    implied: Some(known.value),
                    slack: known.slack,
                    slip: self.slip(given, known.value, known.slack),
                    rank: 0,
                }
            }
            // The digits differ by less than rounding: only the exact repetition of a figure says so.
            Some(known) => Suspect {
                given,
                implied: Some(known.value),
                slack: known.slack,
                slip: Slip::Digit,
                rank: 0,
            },
            None => Suspect {
                given,
                implied: None,
                slack: 0,
                slip: Slip::Undetermined,
                rank: 0,
            },
        }
    }

    fn slip(&self, given: usize, implied: i64, slack: i64) -> Slip {
        let it = self.given(given);
        if it.value != 0 && it.prior == Some(it.value) {
            return Slip::Prior;
        }
        let copied = |other: &Given| {
            other.kind == Kind::Printed
                && other.value == it.value
                && it.value != 0
                && self.are_neighbours(it, other)
        };
        if let Some(other) = self.solution.givens().iter().position(copied) {
            return Slip::Copied(other);
        }
        Slip::between(it.value, it.ulp, implied, slack)
    }

    /// Whether two slices differ in one coordinate only, and there are siblings or parent and child.
    fn are_neighbours(&self, a: &Given, b: &Given) -> bool {
        let mut differing = (0..a.slice.0.len()).filter(|d| a.slice.0[*d] != b.slice.0[*d]);
        let (Some(d), None) = (differing.next(), differing.next()) else {
            return false;
        };
        let Some(axis) = self.solution.net.cube.lattice.axes.get(d) else {
            return false;
        };
        let parent = |node: u16| axis.parent.get(usize::from(node)).copied();
        let (x, y) = (a.slice.0[d], b.slice.0[d]);
        parent(x) == parent(y) || parent(x) == Some(y) || parent(y) == Some(x)
    }

    /// The figures in most of the contradictions, when nothing was proved.
    fn unproved(&self, conflicts: Vec<Conflict>) -> Cluster {
        let ordered = self.by_coverage(&conflicts).into_iter().take(5);
        let suspects = ordered
            .map(|given| Suspect {
                given,
                implied: None,
                slack: 0,
                slip: Slip::Undetermined,
                rank: 1,
            })
            .collect();
        Cluster {
            conflicts,
            suspects,
            is_proved: false,
        }
    }
}

/// Sorts suspects and gives equals the same rank.
fn rank(suspects: &mut [Suspect], givens: &[Given]) {
    let cost = |suspect: &Suspect| {
        let trust = u32::from(givens[suspect.given].trust);
        // Ten points of trust weigh as much as the step from one kind of slip to the next.
        suspect.slip.cost() + trust * 4 / 10
    };
    suspects.sort_by_key(|suspect| (cost(suspect), suspect.given));
    let mut last = None;
    let mut at = 0;
    for (i, suspect) in suspects.iter_mut().enumerate() {
        let cost = cost(suspect);
        if last != Some(cost) {
            (last, at) = (Some(cost), i + 1);
        }
        suspect.rank = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cube::{Constraints, Cube},
        dimension::{Dimension, Slice, Tree},
    };

    /// Every figure printed twice, differently: nothing is to blame, and a few solves are enough to say so.
    #[test]
    fn a_document_in_shreds_is_soon_given_up() {
        const N: i64 = 1_000;
        let mut tree = Tree::new("all");
        let mut givens = Vec::new();
        for i in 0..N {
            let node = tree.add(0, &i.to_string(), "part");
            let slice = Slice::WHOLE.with(Dimension::Fund, node);
            givens.extend([100, 200].map(|value| Given {
                value: value + i,
                kind: Kind::Printed,
                ..Given::blank(slice, 1)
            }));
        }
        let solution = Cube::new(&[tree], givens, &Constraints::default()).solve();
        assert!(solution.conflicts.len() as i64 >= N);
        let most = Search::new(&solution).most_solves;
        assert!((1..=20).contains(&most), "{most}");
        let found = clusters(&solution);
        let n_proved = found.iter().filter(|cluster| cluster.is_proved).count();
        assert!(
            n_proved <= most && found.len() as i64 >= N - 1,
            "{n_proved}"
        );
    }
}
