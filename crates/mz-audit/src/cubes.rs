//! The cubes of one disclosure, solved once for all rules: what the tables say of each stage, what the narrative adds,
//! and last year as the narrative's changes imply it.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    cube::{Cluster, Conflict, Constraints, Cube, Given, Kind, Open, Rounding, Solution},
    dimension::{Dimension, Slice},
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Origin, Reading, Stage, Subject},
    money::PrintedMoney,
    parallel,
};

use crate::{
    claim_groups,
    interval::Interval,
    unlisted::{Unlisted, unlisted},
};

/// Dimensions whose nodes are headings and projects, named by the document.
const NAMED: [Dimension; 4] = [
    Dimension::Function,
    Dimension::Economic,
    Dimension::Governmental,
    Dimension::Project,
];

/// What is known of a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The amounts it can be.
    pub interval: Interval,
    /// What it rests on: indexes into [`Disclosure::observations`].
    pub support: Vec<usize>,
}

/// A cube with the way back from its givens to the document.
#[derive(Debug)]
struct Sourced {
    cube: Cube,
    /// For each given, the observation or claim it comes from.
    sources: Vec<usize>,
}

/// One solved cube.
#[derive(Debug)]
pub struct Solved {
    answer: Answer,
    sources: Vec<usize>,
}

/// What solving a cube gives, before anybody asks where its figures come from.
#[derive(Debug)]
struct Answer {
    solution: Solution,
    /// Without the figures that are wrong or may be wrong.
    clean: Option<Solution>,
    clusters: Vec<Cluster>,
    withdrawn: BTreeSet<usize>,
}

/// The cubes, solved.
#[derive(Debug, Default)]
pub struct Cubes {
    printed: BTreeMap<(Stage, Slice), Vec<usize>>,
    tables: BTreeMap<Stage, Solved>,
    prior: Option<Solved>,
    changes: Option<Solved>,
    unlisted: Vec<Unlisted>,
}

impl Cubes {
    /// Solves all cubes of a disclosure.
    pub fn new(disclosure: &Disclosure) -> Self {
        let of_stage = observed_givens(disclosure);
        let unlisted = unlisted(disclosure);
        let constraints = constraints(disclosure, &unlisted);
        let trees = &disclosure.dimensions.trees;
        // Last year's headings and projects are not all listed in this year's document.
        let open = NAMED.map(|dimension| Open {
            dimension: dimension as usize,
            scope: Slice::WHOLE,
        });
        let last_year = Constraints {
            open: open.to_vec(),
            ..constraints.clone()
        };
        let signed = Constraints {
            signed: true,
            ..last_year.clone()
        };
        let (stages, mut cubes): (Vec<Stage>, Vec<Sourced>) = of_stage
            .into_iter()
            .map(|(stage, (givens, sources))| {
                let cube = Cube::new(trees, givens, &constraints);
                (stage, Sourced { cube, sources })
            })
            .unzip();
        cubes.push(prior(disclosure, &last_year));
        cubes.push(changes(disclosure, &signed));
        let answers = parallel::in_order(cubes.len(), |i| Answer::of(&cubes[i]));
        let mut solved: Vec<Option<Solved>> = answers
            .into_iter()
            .zip(cubes)
            .map(|(answer, Sourced { sources, .. })| {
                answer.map(|answer| Solved { answer, sources })
            })
            .collect();
        let (changes, prior) = (solved.pop().flatten(), solved.pop().flatten());
        let tables: BTreeMap<Stage, Solved> = stages
            .into_iter()
            .zip(solved)
            .filter_map(|(stage, solved)| Some((stage, solved?)))
            .collect();
        let withdrawn: BTreeSet<usize> = tables
            .values()
            .flat_map(|solved| {
                solved
                    .answer
                    .withdrawn
                    .iter()
                    .filter_map(|given| solved.sources.get(*given))
                    .copied()
            })
            .collect();
        let printed = printed(disclosure, &withdrawn);
        Self {
            printed,
            tables,
            prior,
            changes,
            unlisted,
        }
    }
}

/// What the tables give of each stage, each figure with the observation it comes from.
fn observed_givens(disclosure: &Disclosure) -> BTreeMap<Stage, (Vec<Given>, Vec<usize>)> {
    let mut of_stage: BTreeMap<Stage, (Vec<Given>, Vec<usize>)> = BTreeMap::new();
    let ulp =
        disclosure.profile.unit.fen() / 10_i64.pow(u32::from(disclosure.profile.decimals.min(12)));
    for (i, observation) in disclosure.observations.iter().enumerate() {
        if matches!(observation.origin, Origin::Claim(_)) {
            continue;
        }
        if let Some(given) = Given::observed(observation, ulp) {
            let (givens, sources) = of_stage.entry(observation.stage).or_default();
            givens.push(given);
            sources.push(i);
        }
    }
    of_stage
}

/// The table cells that print each slice, without those in doubt.
fn printed(
    disclosure: &Disclosure,
    withdrawn: &BTreeSet<usize>,
) -> BTreeMap<(Stage, Slice), Vec<usize>> {
    let mut printed: BTreeMap<(Stage, Slice), Vec<usize>> = BTreeMap::new();
    for (i, observation) in disclosure.observations.iter().enumerate() {
        let in_table = !matches!(observation.origin, Origin::Claim(_));
        if in_table && matches!(observation.reading, Reading::Value(_)) && !withdrawn.contains(&i) {
            printed
                .entry((observation.stage, observation.slice))
                .or_default()
                .push(i);
        }
    }
    one_class(&mut printed);
    printed
}

/// A heading of one classification that stands beside one class of the other: the cell prints the heading's own amount.
fn one_class(printed: &mut BTreeMap<(Stage, Slice), Vec<usize>>) {
    let mut only: BTreeMap<(Stage, Slice), Option<Vec<usize>>> = BTreeMap::new();
    for ((stage, slice), cells) in printed.iter() {
        let of_heading = slice.with(Dimension::Governmental, 0);
        if of_heading != *slice && slice.node(Dimension::Economic) != 0 {
            only.entry((*stage, of_heading))
                .and_modify(|cells| *cells = None)
                .or_insert_with(|| Some(cells.clone()));
        }
    }
    for (key, cells) in only {
        if let Some(cells) = cells {
            printed.entry(key).or_insert(cells);
        }
    }
}

/// What holds of every slice of the document.
fn constraints(disclosure: &Disclosure, unlisted: &[Unlisted]) -> Constraints {
    Constraints {
        open: unlisted.iter().map(Unlisted::open).collect(),
        loose_tails: disclosure.profile.loose_tails,
        ..Constraints::of_budget(&disclosure.dimensions)
    }
}

/// Money changes against last year's figure of the same kind, one for each slice, with the amount the change belongs to.
fn own_changes(disclosure: &Disclosure) -> Vec<(usize, &Claim, Slice)> {
    let mut seen = BTreeSet::new();
    let own = disclosure.own_stage();
    disclosure
        .claims
        .iter()
        .enumerate()
        .filter_map(|(i, claim)| {
            let Subject::Slice(slice) = claim.subject else {
                return None;
            };
            let against_last_year = claim.base.is_none_or(|base| base == own.prior_base());
            let money = matches!(claim.value, ClaimValue::Money(_) | ClaimValue::None);
            let wanted = claim.measure == Measure::Change
                && claim.stage == own
                && against_last_year
                && money;
            (wanted && seen.insert(slice)).then_some((i, claim, slice))
        })
        .collect()
}

/// Last year: this year's amount less the change.
fn prior(disclosure: &Disclosure, constraints: &Constraints) -> Sourced {
    let (givens, sources) = prior_givens(disclosure).into_iter().unzip();
    Sourced {
        cube: Cube::new(&disclosure.dimensions.trees, givens, constraints),
        sources,
    }
}

/// Last year's amounts as this year's amounts and changes imply them, each with the change claim it follows from.
pub fn prior_givens(disclosure: &Disclosure) -> Vec<(Given, usize)> {
    let slack = unit_slack(disclosure);
    let mut found = Vec::new();
    for (i, claim, slice) in own_changes(disclosure) {
        let Some(change) = claim_groups::signed_change(claim, slack) else {
            continue;
        };
        let Some(current) = amount_now(disclosure, claim, slice) else {
            continue;
        };
        let before = current.minus(change);
        // Zero before is zero exactly: nothing was printed for it.
        let slack = if before.middle() == 0 {
            0
        } else {
            before.slack()
        };
        let given = Given {
            slice,
            value: before.middle(),
            slack,
            // A digit of its own: two computed figures of one slice need only agree within their slack.
            ulp: i64::try_from(i).unwrap_or(0) + 2,
            kind: Kind::Printed,
            trust: 50,
            prior: None,
        };
        found.push((given, i));
    }
    found
}

/// This year's amount of the slice a change claim is about: printed in the tables, or by its own sentence.
fn amount_now(disclosure: &Disclosure, change: &Claim, slice: Slice) -> Option<Interval> {
    let own = disclosure.claims.iter().find(|claim| {
        claim.group == change.group
            && claim.subject == change.subject
            && claim.measure == Measure::Amount
    });
    let in_table = disclosure.observations.iter().find_map(|observation| {
        let here = observation.slice == slice && observation.stage == change.stage;
        match observation.reading {
            Reading::Value(money) if here => Interval::of(money),
            _ => None,
        }
    });
    in_table.or_else(|| own.and_then(claim_groups::interval))
}

/// The changes themselves, which add up as amounts do but may be negative.
fn changes(disclosure: &Disclosure, constraints: &Constraints) -> Sourced {
    let slack = unit_slack(disclosure);
    let (mut givens, mut sources) = (Vec::new(), Vec::new());
    for (i, claim, slice) in own_changes(disclosure) {
        let Some(change) = claim_groups::signed_change(claim, slack) else {
            continue;
        };
        givens.push(Given {
            slice,
            value: change.middle(),
            // A change is usually computed from two figures already rounded, so it may be off by a whole last digit.
            slack: change.slack() * 2,
            ulp: i64::try_from(i).unwrap_or(0) + 2,
            kind: Kind::Printed,
            trust: 50,
            prior: None,
        });
        sources.push(i);
    }
    Sourced {
        cube: Cube::new(&disclosure.dimensions.trees, givens, constraints),
        sources,
    }
}

/// Half of the last digit the document prints, in fen.
pub fn unit_slack(disclosure: &Disclosure) -> i64 {
    let profile = &disclosure.profile;
    profile.unit.fen() / 10_i64.pow(u32::from(profile.decimals.min(12))) / 2
}

impl Answer {
    /// Solves a cube; one without figures says nothing.
    fn of(sourced: &Sourced) -> Option<Self> {
        if sourced.sources.is_empty() {
            return None;
        }
        let solution = sourced.cube.solve();
        let clusters = if solution.conflicts.is_empty() {
            Vec::new()
        } else {
            solution.clusters()
        };
        let withdrawn: BTreeSet<usize> = clusters
            .iter()
            .flat_map(|cluster| {
                cluster
                    .suspects
                    .iter()
                    .filter(|suspect| suspect.rank == 1)
                    .map(|s| s.given)
            })
            .collect();
        let clean = (!withdrawn.is_empty()).then(|| {
            sourced
                .cube
                .solve_without(&withdrawn.iter().copied().collect::<Vec<_>>())
        });
        Some(Self {
            solution,
            clean,
            clusters,
            withdrawn,
        })
    }
}

impl Solved {
    /// What follows for a slice from the figures that are not in doubt.
    pub fn known(&self, slice: Slice) -> Option<Known> {
        let known = self
            .answer
            .clean
            .as_ref()
            .unwrap_or(&self.answer.solution)
            .known(slice)?;
        Some(Known {
            interval: Interval::around(known.value, known.slack),
            support: known
                .support
                .iter()
                .filter_map(|given| self.sources.get(*given))
                .copied()
                .collect(),
        })
    }

    /// Root causes of its contradictions.
    pub fn clusters(&self) -> &[Cluster] {
        &self.answer.clusters
    }

    /// Identities that hold by rounding only.
    pub fn rounding(&self) -> &[Rounding] {
        &self.answer.solution.rounding
    }

    /// The smallest contradictions.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.answer.solution.conflicts
    }

    /// The observation (or claim, for last year's cube) a given comes from.
    pub fn source(&self, given: usize) -> Option<usize> {
        self.sources.get(given).copied()
    }

    /// The given itself.
    pub fn given(&self, index: usize) -> Option<&Given> {
        self.answer.solution.givens().get(index)
    }

    /// Identities compared, and slices known.
    pub fn counts(&self) -> (usize, usize) {
        (
            self.answer.solution.n_identities,
            self.answer.solution.n_slices,
        )
    }

    /// A limit was reached: not everything was compared.
    pub fn is_truncated(&self) -> bool {
        self.answer.solution.truncated
    }
}

impl Cubes {
    /// Table cells that print the slice and are not in doubt: indexes into [`Disclosure::observations`].
    pub fn printed(&self, stage: Stage, slice: Slice) -> &[usize] {
        self.printed.get(&(stage, slice)).map_or(&[], Vec::as_slice)
    }

    /// What the tables alone say of a slice, printed or derived.
    pub fn known(&self, stage: Stage, slice: Slice) -> Option<Known> {
        self.tables.get(&stage)?.known(slice)
    }

    /// The tables of each stage.
    pub fn stages(&self) -> impl Iterator<Item = (Stage, &Solved)> {
        self.tables.iter().map(|(stage, solved)| (*stage, solved))
    }

    /// Headings whose listed items fall short of them in every table.
    pub fn unlisted(&self) -> &[Unlisted] {
        &self.unlisted
    }

    /// Last year, from amounts and changes; its sources are claims.
    pub fn prior(&self) -> Option<&Solved> {
        self.prior.as_ref()
    }

    /// The changes as a cube of their own; its sources are claims.
    pub fn changes(&self) -> Option<&Solved> {
        self.changes.as_ref()
    }
}

/// The figure of an observation.
pub fn observed(disclosure: &Disclosure, index: usize) -> Option<PrintedMoney> {
    match disclosure.observations.get(index)?.reading {
        Reading::Value(money) => Some(money),
        _ => None,
    }
}
