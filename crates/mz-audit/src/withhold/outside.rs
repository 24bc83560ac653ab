//! What an outsider has: the public document and those before it, as givens of one cube a year.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    catalogue::Catalogue,
    cube::{Given, Kind, Solution},
    dimension::{Dimension, Dimensions, Slice},
    disclosure::{
        Base, Claim, ClaimValue, Direction, Disclosure, Measure, Origin, Reading, Stage, Subject,
    },
    money::Decimal,
    place::Place,
    trees,
};

use super::{Solved, solve};

/// Givens by stage, over trees that all documents share.
pub(super) struct Outside {
    pub(super) dimensions: Dimensions,
    givens: BTreeMap<Stage, Vec<(Given, Place, &'static str)>>,
    loose_tails: bool,
    hidden: Hidden,
}

/// Projects of which a blank or missing cell need not be zero, by their public key.
#[derive(Clone, Debug, Default)]
pub(super) struct Hidden {
    /// Their amounts are withheld.
    pub(super) amounts: BTreeSet<String>,
    /// Their split by economic classes is.
    pub(super) splits: BTreeSet<String>,
}

impl Outside {
    pub(super) fn new(
        public: &Disclosure,
        earlier: &[Disclosure],
        catalogue: &Catalogue,
        hidden: Hidden,
    ) -> Self {
        let mut outside = Self {
            dimensions: public.dimensions.clone(),
            givens: BTreeMap::new(),
            loose_tails: public.profile.loose_tails,
            hidden,
        };
        outside.add(public, None, "公开文件所印", catalogue);
        for document in earlier {
            let shift = match (document.year, public.year) {
                (Some(then), Some(now)) if then == now => Shift::SameYear,
                (Some(then), Some(now)) if then + 1 == now => Shift::YearBefore,
                // Documents of other years say nothing of the figures of this one.
                _ => continue,
            };
            outside.add(document, Some(shift), "以前公开的文件所印", catalogue);
        }
        outside
    }

    fn add(
        &mut self,
        document: &Disclosure,
        shift: Option<Shift>,
        words: &'static str,
        catalogue: &Catalogue,
    ) {
        let ulp =
            document.profile.unit.fen() / 10_i64.pow(u32::from(document.profile.decimals.min(12)));
        for observation in &document.observations {
            let stage = match shift {
                None | Some(Shift::SameYear) => observation.stage,
                Some(Shift::YearBefore) => match observation.stage {
                    Stage::Budget => Stage::PriorBudget,
                    Stage::Final => Stage::PriorFinal,
                    _ => continue,
                },
            };
            // A row left out of a list of projects need not be zero: it may be the one that is withheld.
            let is_left_out = matches!(observation.origin, Origin::AbsentRow { .. })
                || observation.reading == Reading::Blank;
            if is_left_out && self.may_be_hidden(document, observation.slice) {
                continue;
            }
            let Some(mut given) = Given::observed(observation, ulp) else {
                continue;
            };
            if shift.is_some() {
                given.slice = self.translated(document, observation.slice, catalogue);
            }
            self.givens
                .entry(stage)
                .or_default()
                .push((given, observation.place.clone(), words));
        }
    }

    /// Tables that list projects list all but the withheld ones: there is no other project in their scope.
    pub(super) fn lists_projects(&mut self, public: &Disclosure) {
        let rest = trees::rest_key("all");
        let Some(rest) = self.dimensions.tree(Dimension::Project).find(&rest) else {
            return;
        };
        let stage = public.own_stage();
        for reading in &public.tables {
            let spec = public
                .profile
                .tables
                .iter()
                .find(|spec| spec.id == reading.id);
            for panel in spec.iter().flat_map(|spec| &spec.panels) {
                let lists = [panel.rows.axis, panel.rows.inner].contains(&Some(Dimension::Project));
                let at = spec.iter().flat_map(|spec| &spec.at).chain(&panel.at);
                let at = at
                    .map(|(dimension, key)| (*dimension, key.clone()))
                    .collect();
                let Ok(scope) = self.dimensions.slice(&at) else {
                    continue;
                };
                if lists && panel.rows.closed {
                    let slice = self
                        .dimensions
                        .canonical(scope.with(Dimension::Project, rest));
                    self.givens.entry(stage).or_default().push((
                        Given::absent(slice, 1),
                        reading.place.clone(),
                        "项目表已列全，没有别的项目",
                    ));
                }
            }
        }
    }

    /// Whether money of a withheld project may lie where nothing is printed.
    fn may_be_hidden(&self, document: &Disclosure, slice: Slice) -> bool {
        let id = slice.node(Dimension::Project);
        let key = &document.dimensions.tree(Dimension::Project).node(id).key;
        let is_split = slice.node(Dimension::Economic) != 0;
        id != 0
            && (self.hidden.amounts.contains(key) || is_split && self.hidden.splits.contains(key))
    }

    /// The slice in the shared trees.
    fn translated(&mut self, document: &Disclosure, slice: Slice, catalogue: &Catalogue) -> Slice {
        let mut out = Slice::WHOLE;
        for dimension in Dimension::ALL {
            let node = document
                .dimensions
                .tree(dimension)
                .node(slice.node(dimension));
            if slice.node(dimension) != 0 {
                let id = trees::ensure(
                    &mut self.dimensions,
                    catalogue,
                    dimension,
                    &node.key,
                    &node.name,
                );
                out = out.with(dimension, id);
            }
        }
        out
    }

    /// Solves a stage: figures first, then what shares and changes add to them.
    pub(super) fn solve(&self, stage: Stage, asked: &[Slice], public: &Disclosure) -> Solved {
        let mut all = self.givens.get(&stage).cloned().unwrap_or_default();
        let mut solution = self.solution(&all, asked);
        let before = self.before(stage, asked);
        let implied: Vec<(Given, Place, &'static str)> = public
            .claims
            .iter()
            .enumerate()
            .filter_map(|(i, claim)| implied(i, claim, stage, &solution, before.as_ref()))
            .collect();
        if !implied.is_empty() {
            all.extend(implied);
            solution = self.solution(&all, asked);
        }
        let sources = all
            .into_iter()
            .map(|(_, place, words)| (place, words))
            .collect();
        Solved { solution, sources }
    }

    fn solution(&self, all: &[(Given, Place, &'static str)], asked: &[Slice]) -> Solution {
        let givens = all.iter().map(|(given, ..)| *given).collect();
        solve(&self.dimensions, givens, asked, self.loose_tails)
    }

    /// Last year's figures, for changes.
    fn before(&self, stage: Stage, asked: &[Slice]) -> Option<Solution> {
        let prior = match stage {
            Stage::Budget => Stage::PriorBudget,
            Stage::Final => Stage::PriorFinal,
            _ => return None,
        };
        Some(self.solution(self.givens.get(&prior)?, asked))
    }
}

/// How the year of an earlier document stands to that of the public one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shift {
    SameYear,
    YearBefore,
}

/// The figure a share or a change implies, where it is not known already.
fn implied(
    index: usize,
    claim: &Claim,
    stage: Stage,
    now: &Solution,
    before: Option<&Solution>,
) -> Option<(Given, Place, &'static str)> {
    let Subject::Slice(slice) = claim.subject else {
        return None;
    };
    if claim.stage != stage || now.known(slice).is_some() {
        return None;
    }
    let (value, slack, words) = match (&claim.measure, &claim.value) {
        (
            Measure::Share {
                of: Subject::Slice(whole),
            },
            ClaimValue::Percent(percent),
        ) => {
            let whole = now.known(*whole)?;
            let (value, slack) = percent_of(whole.value, whole.slack, *percent)?;
            (value, slack, "由占比推算")
        }
        (Measure::Change, ClaimValue::Money(change))
            if matches!(
                claim.base,
                None | Some(Base::PriorBudget | Base::PriorFinal)
            ) =>
        {
            let prior = before?.known(slice)?;
            let sign = match claim.direction? {
                Direction::Up => 1,
                Direction::Down => -1,
                Direction::Level => 0,
            };
            let value = prior.value.checked_add(sign * change.fen()?.0)?;
            (
                value,
                prior.slack.checked_add(change.slack_fen())?,
                "由上年数和增减额推算",
            )
        }
        _ => return None,
    };
    let given = Given {
        slice,
        value,
        slack,
        // A digit of its own: a computed figure need only agree within its slack.
        ulp: i64::try_from(index).unwrap_or(0) + 2,
        kind: Kind::Printed,
        trust: 50,
        prior: None,
    };
    Some((given, claim.place.clone(), words))
}

/// So many percent of an amount, with what both roundings leave open.
fn percent_of(whole: i64, slack: i64, percent: Decimal) -> Option<(i64, i64)> {
    let scale = 10_i128
        .checked_pow(u32::from(percent.decimals))?
        .checked_mul(100)?;
    let digits = i128::from(percent.digits);
    let value = i128::from(whole) * digits / scale;
    // Half a last digit of the percentage, of the whole; and the whole's own slack, of the percentage.
    let open = i128::from(whole.abs()) / (2 * scale) + i128::from(slack) * digits.abs() / scale + 1;
    Some((i64::try_from(value).ok()?, i64::try_from(open).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_leaves_half_a_digit_open() {
        let percent = Decimal {
            digits: 2_500,
            decimals: 2,
        };
        assert_eq!(
            percent_of(100_000_000, 0, percent),
            Some((25_000_000, 5_001))
        );
    }
}
