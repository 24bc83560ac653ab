//! Withdrawing one more figure from a document that is solved: only what rests on it is settled again and checked again.
//!
//! What does not rest on the figure was settled by its best derivation, and fewer figures offer no better one, so it
//! stays. What does is forgotten: slices derived from it, zeros that need it, sums that left parts out because of such
//! zeros. The queue then starts with what the others say of the slices forgotten. Where the ground itself changes, the
//! document is solved afresh.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use crate::{
    cube::{
        Conflict, Cube, Given,
        check::{self, Change},
        ground::Ground,
        index::Index,
        spread::{How, NONE, Net},
        zeros::Zero,
    },
    dimension::Slice,
};

/// A document solved without some givens.
#[derive(Debug)]
pub(super) struct Solved<'s> {
    /// Givens left out, in the order in which they were withdrawn.
    pub without: Vec<usize>,
    pub net: Cow<'s, Net>,
    pub conflicts: Cow<'s, [Conflict]>,
    /// What it was solved on, before zeros were taken back.
    ground: Arc<Ground>,
    /// Givens withdrawn since.
    since: Vec<usize>,
    sums_of: OnceLock<SumsOf>,
}

impl<'s> Solved<'s> {
    /// A document solved already; the ground is that of its givens.
    pub fn new(
        without: Vec<usize>,
        net: &'s Net,
        conflicts: &'s [Conflict],
        ground: Arc<Ground>,
    ) -> Self {
        Self {
            without,
            net: Cow::Borrowed(net),
            conflicts: Cow::Borrowed(conflicts),
            ground,
            since: Vec::new(),
            sums_of: OnceLock::new(),
        }
    }

    /// Solves a cube without these givens; `ground` is taken where it holds.
    pub fn afresh(cube: &Cube, ground: &Arc<Ground>, without: Vec<usize>) -> Solved<'static> {
        let taken = cube.taken(&without);
        let ground = ground.of_others(&cube.0, &taken);
        let net = Net::spread(&cube.0, &taken, &ground);
        let conflicts = check::check(&net).conflicts;
        Solved {
            without,
            net: Cow::Owned(net),
            conflicts: Cow::Owned(conflicts),
            ground,
            since: Vec::new(),
            sums_of: OnceLock::new(),
        }
    }

    /// The same without one more given.
    pub fn without(&self, given: usize) -> Solved<'static> {
        let mut without = self.without.clone();
        without.push(given);
        let mut since = self.since.clone();
        since.push(given);
        let Some((net, conflicts)) = self.withdraw(given, &since) else {
            let cube = Cube(Arc::clone(&self.net.cube));
            return Self::afresh(&cube, &self.ground, without);
        };
        Solved {
            without,
            net: Cow::Owned(net),
            conflicts: Cow::Owned(conflicts),
            ground: Arc::clone(&self.ground),
            since,
            sums_of: OnceLock::new(),
        }
    }

    /// `None` when the ground does not hold without the given.
    fn withdraw(&self, given: usize, since: &[usize]) -> Option<(Net, Vec<Conflict>)> {
        let before = &*self.net;
        let problem = &before.cube;
        let is_zero = |given: usize| problem.givens[given].value == 0 && !problem.signed;
        let figures = since.iter().copied().filter(|given| !is_zero(*given));
        if !self.ground.stays_live(problem, figures) {
            return None;
        }
        let dead = before.zeros_on(given as u32);
        if before.fold.rests_on(&dead) {
            return None;
        }
        let sums_of = self.sums_of.get_or_init(|| SumsOf::new(before));
        let mut net = before.clone();
        if !is_zero(given) {
            net.forget_given(given as u32);
        }
        net.sums.truncate(net.n_laid);
        let mut affected = before.affected(given as u32, &dead, sums_of);
        net.forget(&affected, sums_of);
        if !dead.is_empty() {
            let empty = self.ground.empty_givens(problem);
            net.take_zeros_back(&dead, empty.filter(|(empty, _)| !since.contains(empty)));
        }
        for node in affected.nodes.iter().copied() {
            let mut given = net.nodes[node as usize].first_given;
            while given != NONE {
                net.offer(node, given);
                given = net.next_given[given as usize];
            }
        }
        affected.sums.sort_unstable();
        affected.sums.dedup();
        for sum in affected.sums.iter().copied() {
            let it = &net.sums[sum as usize];
            if !it.is_void && it.n_unknown == 1 {
                net.propose(sum);
            }
        }
        net.run();
        let change = Change::between(before, &net, &affected, sums_of);
        let kept = self.conflicts.iter();
        let kept = kept.filter(|conflict| conflict.support.binary_search(&given).is_err());
        let conflicts = check::check_change(&net, &change, kept.cloned().collect());
        Some((net, conflicts))
    }
}

/// What rests on a given.
#[derive(Debug, Default)]
pub(super) struct Affected {
    /// Slices, by node.
    pub nodes: Vec<u32>,
    /// Listed sums these stand in.
    pub sums: Vec<u32>,
}

/// By node, the listed sums it stands in, those that only bound aside.
#[derive(Debug)]
pub(super) struct SumsOf {
    first: Vec<u32>,
    sums: Vec<u32>,
}

impl SumsOf {
    fn new(net: &Net) -> Self {
        let listed = || {
            let laid = net.sums[..net.n_laid].iter().enumerate();
            laid.filter(|(_, sum)| sum.waits.is_none() && !sum.is_void)
        };
        let mut first = vec![0_u32; net.nodes.len() + 1];
        for (_, sum) in listed() {
            for member in net.parts(sum).iter().chain(Some(&sum.whole)) {
                first[*member as usize + 1] += 1;
            }
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut sums = vec![0; first.last().map_or(0, |n| *n as usize)];
        for (id, sum) in listed() {
            for member in net.parts(sum).iter().chain(Some(&sum.whole)) {
                let at = &mut next[*member as usize];
                sums[*at as usize] = id as u32;
                *at += 1;
            }
        }
        Self { first, sums }
    }

    /// The sums a node stands in; none for nodes made since.
    pub fn of(&self, node: u32) -> &[u32] {
        match self.first.get(node as usize..node as usize + 2) {
            Some(range) => &self.sums[range[0] as usize..range[1] as usize],
            None => &[],
        }
    }
}

impl Net {
    /// Zeros that do not hold without a given, ascending.
    fn zeros_on(&self, given: u32) -> Vec<u32> {
        let mut dead: Vec<u32> = Vec::new();
        for (id, zero) in self.zeros.list.iter().enumerate() {
            // Zeros rest on earlier ones only.
            let rests = zero.givens.contains(&given)
                || zero
                    .zeros
                    .iter()
                    .any(|other| dead.binary_search(other).is_ok());
            if rests {
                dead.push(id as u32);
            }
        }
        dead
    }

    /// What rests on a given and the zeros that need it.
    fn affected(&self, given: u32, dead: &[u32], sums_of: &SumsOf) -> Affected {
        let is_dead = |zero: &u32| dead.binary_search(zero).is_ok();
        let mut is_affected = vec![false; self.nodes.len()];
        let mut affected = Affected::default();
        let mut reach = |node: u32, nodes: &mut Vec<u32>| {
            if !std::mem::replace(&mut is_affected[node as usize], true) {
                nodes.push(node);
            }
        };
        for (id, node) in self.nodes.iter().enumerate() {
            let rests = match node.how {
                How::Given(other) => other == given,
                How::Zero(zero) => is_dead(&zero),
                How::Unknown | How::Sum(_) | How::Rest(_) => false,
            };
            if rests {
                reach(id as u32, &mut affected.nodes);
            }
        }
        if !dead.is_empty() {
            for (id, sum) in self.sums[..self.n_laid].iter().enumerate() {
                if !sum.is_void && self.zeros_of(sum).iter().any(is_dead) {
                    affected.sums.push(id as u32);
                }
            }
        }
        let (mut n_nodes, mut n_sums) = (0, 0);
        loop {
            if let Some(node) = affected.nodes.get(n_nodes) {
                affected.sums.extend(sums_of.of(*node));
                n_nodes += 1;
            } else if let Some(id) = affected.sums.get(n_sums).copied() {
                n_sums += 1;
                let sum = &self.sums[id as usize];
                if sum.is_used {
                    let members = self.parts(sum).iter().chain(Some(&sum.whole));
                    let derived = members.copied().find(|member| {
                        let how = self.nodes[*member as usize].how;
                        matches!(how, How::Sum(by) | How::Rest(by) if by == id)
                    });
                    if let Some(node) = derived {
                        reach(node, &mut affected.nodes);
                    }
                }
            } else {
                return affected;
            }
        }
    }

    /// Takes a figure from its slice.
    fn forget_given(&mut self, given: u32) {
        let slice = self.cube.givens[given as usize].slice;
        let Some(node) = self.find(self.place(slice)) else {
            return;
        };
        let next = self.next_given[given as usize];
        let node = &mut self.nodes[node as usize];
        if node.first_given == given {
            node.first_given = next;
            return;
        }
        let mut at = node.first_given;
        while at != NONE {
            if self.next_given[at as usize] == given {
                self.next_given[at as usize] = next;
                return;
            }
            at = self.next_given[at as usize];
        }
    }

    /// Forgets what is known of slices; the sums they stand in wait for them again.
    fn forget(&mut self, affected: &Affected, sums_of: &SumsOf) {
        for node in affected.nodes.iter().copied() {
            let it = &mut self.nodes[node as usize];
            (it.how, it.value, it.loose, it.n, it.rank) = (How::Unknown, 0, 0, 0, NONE);
            for sum in sums_of.of(node).iter().copied() {
                self.wait_for(node, sum, true);
                self.sums[sum as usize].n_unknown += 1;
            }
        }
        for sum in &affected.sums {
            let sum = &mut self.sums[*sum as usize];
            (sum.is_used, sum.is_stale) = (false, true);
        }
    }

    /// Takes zeros back; those of the givens left (each with its folded slice) that were part of them stand for themselves
    /// again, and sums are laid that the zeros made needless.
    fn take_zeros_back(&mut self, dead: &[u32], left: impl Iterator<Item = (usize, Slice)>) {
        let problem = Arc::clone(&self.cube);
        let lattice = &problem.lattice;
        let mut fallen = Index::new(lattice);
        for zero in dead {
            fallen.add(lattice, self.zeros.list[*zero as usize].slice);
        }
        let zeros = Arc::make_mut(&mut self.zeros);
        zeros.remove(lattice, dead);
        for (given, folded) in left {
            if fallen.above(folded, 0).is_some() {
                let Given { slice, slack, .. } = problem.givens[given];
                let at = self.fold.places(lattice.settle(slice).unwrap_or(slice));
                let zero = Zero::given(given, slack, folded);
                zeros.add(lattice, Zero { at, ..zero });
            }
        }
        self.close_zeros();
        for id in 0..self.n_laid as u32 {
            let sum = &self.sums[id as usize];
            let is_dead = |zero: &u32| dead.binary_search(zero).is_ok();
            if !sum.is_void && self.zeros_of(sum).iter().any(is_dead) {
                self.lay_anew(id);
            }
        }
        let axes = self.fold.axes.clone();
        for node in 0..self.nodes.len() as u32 {
            let Slice(at) = self.nodes[node as usize].slice;
            let is_nothing = matches!(self.nodes[node as usize].how, How::Unknown | How::Zero(_));
            // What has a whole under a zero is under it as well.
            if is_nothing || fallen.above(Slice(at), 0).is_none() {
                continue;
            }
            let is_under = axes.iter().enumerate().any(|(d, axis)| {
                axis.wholes(at[d]).any(|up| {
                    let mut whole = Slice(at);
                    whole.0[d] = up;
                    fallen.above(whole, 0).is_some()
                })
            });
            if is_under {
                self.lay_around(node, &axes);
            }
        }
    }
}

impl Change {
    /// What is to be checked again.
    fn between(before: &Net, after: &Net, affected: &Affected, sums_of: &SumsOf) -> Self {
        let mut change = Self {
            nodes: vec![false; after.nodes.len()],
            sums: vec![false; after.n_laid],
            n_zeros: before.zeros.list.len(),
        };
        for node in &affected.nodes {
            change.nodes[*node as usize] = true;
        }
        for sum in &affected.sums {
            change.sums[*sum as usize] = true;
        }
        for (id, node) in after.nodes.iter().enumerate() {
            if node.how != How::Unknown && node.rank >= before.n_settled {
                change.nodes[id] = true;
                for sum in sums_of.of(id as u32) {
                    change.sums[*sum as usize] = true;
                }
            }
        }
        for (id, is_changed) in change.sums.iter_mut().enumerate() {
            let was_waiting = before.sums[..before.n_laid]
                .get(id)
                .is_none_or(|sum| sum.waits.is_some());
            *is_changed |= was_waiting;
        }
        change
    }
}

#[cfg(test)]
#[path = "../../tests/cube_fixture/mod.rs"]
mod cube_fixture;

#[cfg(test)]
mod tests {
    use super::{
        cube_fixture::{Random, Shape, Unit, slip},
        *,
    };
    use crate::cube::Kind;

    /// Budgets with figures changed, one figure withdrawn after the other: whether anything is left to contradict, and
    /// what is known of the figures withdrawn, is as if solved afresh. Which of several derivations of the same precision
    /// is met first may differ.
    #[test]
    fn withdrawing_is_solving_afresh() {
        let mut random = Random::new(3);
        let (mut n, mut n_shared, mut n_resolved, mut n_alike) = (0, 0, 0, 0);
        for seed in 0..7 {
            let unit = Unit::new(500 + seed, Shape::random(&mut random));
            let mut givens = unit.givens.clone();
            let mut changed = Vec::new();
            while changed.len() <= usize::from(seed % 4 == 3) {
                let i = random.below(givens.len());
                if givens[i].kind != Kind::Absent
                    && let Some(value) = slip(&mut random, &unit, i)
                {
                    (givens[i].value, givens[i].kind) = (value, Kind::Printed);
                    changed.push(i);
                }
            }
            let cube = Cube::new(&unit.trees, givens, &unit.constraints);
            let solution = cube.solve();
            let ground = Arc::new(Ground::new(&cube.0, &cube.taken(&[])));
            let (net, conflicts) = (&solution.net, &solution.conflicts);
            let first = Solved::new(Vec::new(), net, conflicts, Arc::clone(&ground));
            let in_conflict = conflicts.iter().flat_map(|it| it.support.clone());
            let mut tried: Vec<usize> = in_conflict.step_by(7).collect();
            tried.extend((0..4).map(|_| random.below(cube.givens().len())));
            tried.extend(changed);
            tried.sort_unstable();
            tried.dedup();
            tried.retain(|given| cube.takes_part(&cube.givens()[*given]));
            for given in tried {
                let mut stage = first.without(given);
                for more in 0..2 {
                    let fresh = Solved::afresh(&cube, &ground, stage.without.clone());
                    n += 1;
                    n_shared += usize::from(!stage.since.is_empty());
                    n_resolved += usize::from(fresh.conflicts.is_empty());
                    n_alike += usize::from(fresh.conflicts == stage.conflicts);
                    let without = &stage.without;
                    assert_eq!(
                        stage.conflicts.is_empty(),
                        fresh.conflicts.is_empty(),
                        "seed {seed} without {without:?}"
                    );
                    let value = |solved: &Solved<'_>| {
                        let known = solved.net.known(cube.givens()[given].slice);
                        known.map(|known| known.value)
                    };
                    assert_eq!(value(&stage), value(&fresh), "seed {seed} {without:?}");
                    let Some(conflict) = stage.conflicts.first() else {
                        break;
                    };
                    stage = stage.without(conflict.support[more % conflict.support.len()]);
                }
            }
        }
        println!(
            "{n} withdrawn, {n_shared} not solved afresh; {n_resolved} left nothing, {n_alike} the same contradictions"
        );
        assert!(n > 100 && n_shared * 2 > n && n_resolved > 10);
        assert!(n_alike * 10 > n * 8);
    }
}
