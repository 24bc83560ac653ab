//! Two documents in one cube: what their figures say about each other.
//!
//! The other document's trees are added to this one's by key, its figures become givens of the same cube, and every
//! contradiction that rests on both documents is a difference between them.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    cube::{Conflict, Constraints, Cube, Given, Kind, Open, Reason, Solution},
    dimension::{Dimension, Dimensions, NodeId, Slice},
    disclosure::{Disclosure, Measure, Origin, Stage},
    money::Fen,
    place::Place,
};

use super::Companion;
use crate::{Audit, claim_groups, cubes, interval::Interval, print};

/// Where a figure of the joint cube is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An observation of the document audited.
    Own(usize),
    /// A change claim of the document audited, from which last year's amount follows.
    Claim(usize),
    /// An observation of the other document.
    Other(usize),
}

/// Which of the two documents is about a part of the other's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Both are about the same money.
    Same,
    /// The document audited is about a part.
    OwnIsPart,
    /// The other document is about a part.
    OtherIsPart,
}

/// Figures of two documents, solved together.
#[derive(Debug)]
pub struct Joint {
    dimensions: Dimensions,
    solution: Solution,
    sources: Vec<Source>,
}

impl Joint {
    /// This year's document with last year's: what it says of last year against what was published then.
    pub fn last_year(audit: &Audit<'_>, other: &Companion<'_>) -> Self {
        let own = audit.disclosure;
        let stage = own.own_stage().prior_base().stage();
        let mut givens = observed(own, stage, Source::Own);
        givens.extend(figures(own, stage, Source::Own, true));
        let theirs = published(other.disclosure);
        let implied = cubes::prior_givens(own).into_iter();
        givens.extend(
            implied
                .map(|(given, claim)| (loosened(own, given, claim), claim))
                .filter(|(given, claim)| !is_of_another_amount(own, given, *claim, &theirs))
                .map(|(given, claim)| (given, Source::Claim(claim))),
        );
        Self::new(own, givens, other.disclosure, theirs, Body::Same)
    }

    /// Final accounts with the budget of their year: 年初预算数 against what was published as budget.
    pub fn budget(audit: &Audit<'_>, other: &Companion<'_>) -> Self {
        let disclosure = audit.disclosure;
        // Columns of tables may be adjusted budgets by another name; sentences say which budget they mean.
        let mut own = figures(disclosure, Stage::Budget, Source::Own, true);
        // What was budgeted was neither spent nor left yet, and is this year's money where the budget tells years apart.
        let spent = disclosure.dimensions.tree(Dimension::Nature).find("spent");
        let current = disclosure
            .dimensions
            .tree(Dimension::Vintage)
            .find("current");
        let tells_years_apart = other
            .disclosure
            .observations
            .iter()
            .any(|one| one.stage == Stage::Budget && one.slice.node(Dimension::Vintage) != 0);
        for (given, _) in &mut own {
            if Some(given.slice.node(Dimension::Nature)) == spent {
                given.slice = given.slice.with(Dimension::Nature, 0);
            }
            if let (0, Some(current), true) = (
                given.slice.node(Dimension::Vintage),
                current,
                tells_years_apart,
            ) {
                given.slice = given.slice.with(Dimension::Vintage, current);
            }
        }
        let theirs = observed(other.disclosure, Stage::Budget, Source::Other);
        Self::new(disclosure, own, other.disclosure, theirs, Body::Same)
    }

    /// Two versions of one document.
    pub fn versions(audit: &Audit<'_>, other: &Companion<'_>) -> Self {
        let own = observed(audit.disclosure, audit.disclosure.own_stage(), Source::Own);
        let theirs = published(other.disclosure);
        Self::new(audit.disclosure, own, other.disclosure, theirs, Body::Same)
    }

    /// A department with one of its units.
    pub fn bodies(audit: &Audit<'_>, other: &Companion<'_>, body: Body) -> Self {
        // A department's rows of its units already add up to it; the unit compared is one of them, not one more.
        let of_the_whole = |givens: Vec<(Given, Source)>| -> Vec<(Given, Source)> {
            let mut givens = givens;
            givens.retain(|(given, _)| given.slice.node(Dimension::Body) == 0);
            givens
        };
        let own = observed(audit.disclosure, audit.disclosure.own_stage(), Source::Own);
        let theirs = observed(
            other.disclosure,
            other.disclosure.own_stage(),
            Source::Other,
        );
        let (own, theirs) = (of_the_whole(own), of_the_whole(theirs));
        Self::new(audit.disclosure, own, other.disclosure, theirs, body)
    }

    fn new(
        own: &Disclosure,
        mut givens: Vec<(Given, Source)>,
        other: &Disclosure,
        theirs: Vec<(Given, Source)>,
        body: Body,
    ) -> Self {
        let mut dimensions = own.dimensions.clone();
        let map = merged(&mut dimensions, &other.dimensions);
        let part = (body != Body::Same).then(|| {
            dimensions
                .tree_mut(Dimension::Body)
                .add(0, "part", "所属单位")
        });
        let placed = |slice: Slice, is_part: bool| match part.filter(|_| is_part) {
            Some(node) => slice.with(Dimension::Body, node),
            None => slice,
        };
        for (given, _) in &mut givens {
            given.slice = placed(given.slice, body == Body::OwnIsPart);
        }
        for (mut given, source) in theirs {
            if let Some(slice) = moved(&map, given.slice) {
                given.slice = placed(slice, body == Body::OtherIsPart);
                givens.push((given, source));
            }
        }
        // Neither document lists all headings and projects of the other, nor all units.
        let open = [
            Dimension::Function,
            Dimension::Economic,
            Dimension::Governmental,
            Dimension::Project,
            Dimension::Body,
        ];
        let constraints = Constraints {
            open: open
                .map(|dimension| Open {
                    dimension: dimension as usize,
                    scope: Slice::WHOLE,
                })
                .to_vec(),
            // Each document was rounded by itself.
            loose_tails: true,
            ..Constraints::of_budget(&dimensions)
        };
        let (givens, sources): (Vec<Given>, Vec<Source>) = givens.into_iter().unzip();
        let solution = Cube::new(&dimensions.trees, givens, &constraints).solve();
        Self {
            dimensions,
            solution,
            sources,
        }
    }

    /// Contradictions that rest on figures of both documents, the simplest first.
    pub fn differences(&self) -> Vec<Conflict> {
        let mut differences: Vec<Conflict> = self
            .solution
            .conflicts
            .iter()
            .filter(|conflict| {
                let printed = || conflict.terms.iter().map(|(given, _)| *given);
                printed().any(|given| self.is_other(given))
                    && !printed().all(|given| self.is_other(given))
            })
            .cloned()
            .collect();
        let met: BTreeSet<Slice> = differences.iter().map(|one| one.slice).collect();
        differences.extend(self.unlike().filter(|one| !met.contains(&one.slice)));
        differences.sort_by_key(|conflict| (conflict.terms.len(), conflict.slice));
        differences
    }

    fn is_other(&self, given: usize) -> bool {
        matches!(self.sources.get(given), Some(Source::Other(_)))
    }

    /// Figures unlike every figure the other document prints of the same slice. Where the other contradicts itself, the
    /// cube only says that much.
    fn unlike(&self) -> impl Iterator<Item = Conflict> {
        let givens = self.solution.givens();
        let mut theirs: BTreeMap<Slice, Vec<usize>> = BTreeMap::new();
        let mut ours: BTreeMap<Slice, usize> = BTreeMap::new();
        for (i, given) in givens.iter().enumerate() {
            if given.kind != Kind::Printed {
                continue;
            }
            if self.is_other(i) {
                theirs.entry(given.slice).or_default().push(i);
            } else {
                ours.entry(given.slice).or_insert(i);
            }
        }
        ours.into_iter().filter_map(move |(slice, own)| {
            let others = theirs.get(&slice)?;
            let (mine, first) = (givens.get(own)?, *others.first()?);
            let is_near = |other: &usize| {
                givens
                    .get(*other)
                    .is_some_and(|that| (mine.value - that.value).abs() <= mine.slack + that.slack)
            };
            if others.iter().any(is_near) {
                return None;
            }
            let that = givens.get(first)?;
            Some(Conflict {
                reason: Reason::Equal,
                slice,
                dimension: None,
                terms: vec![(own, 1), (first, -1)],
                difference: mine.value.saturating_sub(that.value),
                allowed: mine.slack + that.slack,
                support: vec![own.min(first), own.max(first)],
            })
        })
    }

    /// Identities compared.
    pub fn n_identities(&self) -> usize {
        self.solution.n_identities
    }

    /// Chinese name of a slice of the joint cube.
    pub fn name(&self, slice: Slice) -> String {
        self.dimensions.name(slice)
    }

    /// The slice's node of a dimension, by key.
    pub fn key(&self, slice: Slice, dimension: Dimension) -> &str {
        &self
            .dimensions
            .tree(dimension)
            .node(slice.node(dimension))
            .key
    }

    /// The figures of a contradiction that are not zero, or what it rests on where all are: the document's own, and the
    /// other's.
    pub fn sides(&self, conflict: &Conflict) -> (Vec<usize>, Vec<usize>) {
        let terms = conflict.terms.iter().map(|(given, _)| *given);
        let all: BTreeSet<usize> = terms.chain(conflict.support.iter().copied()).collect();
        let is_shown = |given: &usize| {
            let is_term = conflict.terms.iter().any(|(term, _)| term == given);
            is_term
                || self
                    .solution
                    .givens()
                    .get(*given)
                    .is_some_and(|g| g.kind != Kind::Absent)
        };
        all.into_iter()
            .filter(is_shown)
            .partition(|given| !matches!(self.sources.get(*given), Some(Source::Other(_))))
    }

    /// Where a figure comes from.
    pub fn source(&self, given: usize) -> Option<Source> {
        self.sources.get(given).copied()
    }

    /// The place of a figure.
    pub fn place(&self, audit: &Audit<'_>, other: &Companion<'_>, given: usize) -> Option<Place> {
        match self.source(given)? {
            Source::Own(i) => audit
                .disclosure
                .observations
                .get(i)
                .map(|o| o.place.clone()),
            Source::Claim(i) => audit.disclosure.claims.get(i).map(|c| c.place.clone()),
            Source::Other(i) => {
                let observation = other.disclosure.observations.get(i)?;
                Some(other.at(&observation.place))
            }
        }
    }

    /// The figure as printed, or computed from a claim.
    pub fn printed(&self, audit: &Audit<'_>, other: &Companion<'_>, given: usize) -> String {
        let observed = |disclosure, i| {
            cubes::observed(disclosure, i)
                .map_or_else(|| "空".to_owned(), |money| money.to_string())
        };
        match self.source(given) {
            Some(Source::Own(i)) => observed(audit.disclosure, i),
            Some(Source::Other(i)) => observed(other.disclosure, i),
            Some(Source::Claim(_)) => self.amount(audit, given),
            None => String::new(),
        }
    }

    /// The amount of a figure in the unit of the document audited.
    pub fn amount(&self, audit: &Audit<'_>, given: usize) -> String {
        let profile = &audit.disclosure.profile;
        self.fen(given).map_or_else(String::new, |fen| {
            print::amount(fen, profile.unit, profile.decimals)
        })
    }

    /// The amount of a figure.
    pub fn fen(&self, given: usize) -> Option<Fen> {
        self.solution
            .givens()
            .get(given)
            .map(|given| Fen(given.value))
    }
}

/// What a document published as its own figures: its tables, and what only its sentences state.
fn published(disclosure: &Disclosure) -> Vec<(Given, Source)> {
    let stage = disclosure.own_stage();
    let mut givens = observed(disclosure, stage, Source::Other);
    let printed: BTreeSet<Slice> = givens.iter().map(|(given, _)| given.slice).collect();
    let stated = figures(disclosure, stage, Source::Other, true);
    givens.extend(
        stated
            .into_iter()
            .filter(|(given, _)| !printed.contains(&given.slice)),
    );
    givens
}

/// A change is usually computed from two figures already rounded, so the amount it implies may be off by a last digit more
/// than the exact figure allows.
fn loosened(disclosure: &Disclosure, mut given: Given, claim: usize) -> Given {
    let change = disclosure.claims.get(claim);
    let slack = change
        .and_then(claim_groups::interval)
        .map_or(0, Interval::slack);
    // What is zero exactly stays so.
    if given.slack > 0 {
        given.slack += slack;
    }
    given
}

/// Whether the amount beside the change, unlike that of the tables, implies what was published. Then the amount is wrong,
/// which is its own finding, and the change is right.
fn is_of_another_amount(
    disclosure: &Disclosure,
    given: &Given,
    claim: usize,
    theirs: &[(Given, Source)],
) -> bool {
    let Some(change) = disclosure.claims.get(claim) else {
        return false;
    };
    let amount = disclosure.claims.iter().find(|amount| {
        amount.measure == Measure::Amount
            && (amount.group, amount.stage) == (change.group, change.stage)
            && amount.subject == change.subject
    });
    let stated = amount.and_then(claim_groups::interval);
    let moved = claim_groups::signed_change(change, given.slack);
    let (Some(stated), Some(moved)) = (stated, moved) else {
        return false;
    };
    let before = stated.minus(moved);
    let by_tables = Interval::around(given.value, given.slack);
    !before.meets(by_tables)
        && theirs
            .iter()
            .any(|(that, _)| before.meets(Interval::around(that.value, that.slack)))
}

/// The table figures of one stage.
fn observed(
    disclosure: &Disclosure,
    stage: Stage,
    source: impl Fn(usize) -> Source,
) -> Vec<(Given, Source)> {
    figures(disclosure, stage, source, false)
}

/// The figures of one stage that sentences state, or those of tables.
fn figures(
    disclosure: &Disclosure,
    stage: Stage,
    source: impl Fn(usize) -> Source,
    stated: bool,
) -> Vec<(Given, Source)> {
    let profile = &disclosure.profile;
    let ulp = profile.unit.fen() / 10_i64.pow(u32::from(profile.decimals.min(12)));
    disclosure
        .observations
        .iter()
        .enumerate()
        .filter(|(_, one)| one.stage == stage && matches!(one.origin, Origin::Claim(_)) == stated)
        .filter_map(|(i, one)| Some((Given::observed(one, ulp)?, source(i))))
        .collect()
}

/// For each dimension and node of the other trees, the node of the merged ones.
type NodeMap = Vec<Vec<Option<NodeId>>>;

/// Adds the other document's nodes by key.
fn merged(own: &mut Dimensions, other: &Dimensions) -> NodeMap {
    Dimension::ALL
        .iter()
        .map(|dimension| {
            let tree = own.tree_mut(*dimension);
            let mut map: Vec<Option<NodeId>> = Vec::new();
            for (id, node) in other.tree(*dimension).nodes.iter().enumerate() {
                let known = if id == 0 {
                    Some(0)
                } else {
                    tree.find(&node.key)
                };
                let parent = map.get(usize::from(node.parent)).copied().flatten();
                let place = match (known, parent) {
                    (Some(known), _) => Some(known),
                    // A group the other document forms of its own has no place here.
                    (None, Some(parent)) if node.overlay.is_empty() => {
                        Some(tree.add(parent, &node.key, &node.name))
                    }
                    (None, _) => None,
                };
                map.push(place);
            }
            map
        })
        .collect()
}

fn moved(map: &NodeMap, slice: Slice) -> Option<Slice> {
    let mut moved = slice;
    for (node, map) in moved.0.iter_mut().zip(map) {
        *node = map.get(usize::from(*node)).copied().flatten()?;
    }
    Some(moved)
}
