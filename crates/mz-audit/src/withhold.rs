//! Withholding: whether a figure that is not published can be computed from what is.
//!
//! The cube is fed only with what an outsider has: figures of tables and sentences of the public document, shares and
//! changes, and documents published before. Each withheld slice is then asked for, exactly and by its bounds.

mod outside;
mod rests;
mod secrets;

use mz_budget::{
    cube::{Cube, Given, Solution, StepKind},
    dimension::{Dimensions, Slice},
    disclosure::{Disclosure, Stage},
    library::Library,
    money::Fen,
    package::{FormPlace, Package},
    place::Place,
};

use outside::Outside;
pub use rests::Rests;
pub use secrets::Secret;

/// What an outsider can find out of a withheld figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing narrower than was asked for: the bounds that follow, the upper one where there is one.
    Safe {
        /// At least.
        least: Fen,
        /// At most.
        most: Option<Fen>,
    },
    /// It follows exactly (up to the digits printed).
    Exact {
        /// The value that follows.
        value: Fen,
        /// What it may be off by.
        slack: Fen,
        /// The computation, each step after those it uses.
        steps: Vec<Step>,
    },
    /// It follows to an interval narrower than was asked for.
    Narrow {
        /// At least.
        least: Fen,
        /// At most.
        most: Fen,
    },
    /// It is printed.
    Printed {
        /// The value printed.
        value: Fen,
        /// Where.
        place: Box<Place>,
    },
}

/// A step of a computation.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is about.
    pub name: String,
    /// Its value.
    pub value: Fen,
    /// How it comes about, in Chinese.
    pub how: String,
    /// Where it is printed, for figures that are.
    pub place: Option<Place>,
}

/// A withheld figure and what can be found out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// What is withheld, in words of the preparers.
    pub about: String,
    /// Whose figure.
    pub stage: Stage,
    /// Its true value.
    pub value: Fen,
    /// Where the mark stands.
    pub place: FormPlace,
    /// The finding.
    pub verdict: Verdict,
}

impl Inference {
    /// Whether an outsider learns it.
    pub fn is_revealed(&self) -> bool {
        !matches!(self.verdict, Verdict::Safe { .. })
    }
}

/// The result for a package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspection {
    /// Every withheld figure.
    pub inferences: Vec<Inference>,
    /// Withheld words that stand in the public document: what they are of, and where. The words are not repeated.
    pub words: Vec<(String, Place)>,
}

impl Inspection {
    /// Whether nothing withheld can be found out.
    pub fn is_safe(&self) -> bool {
        self.words.is_empty()
            && self
                .inferences
                .iter()
                .all(|inference| !inference.is_revealed())
    }
}

/// Inspects what is about to be published.
///
/// `earlier` are documents published before; `within_percent` is how narrow an interval counts as found out, in percent
/// of the true value.
pub fn inspect(
    package: &Package,
    public: &Disclosure,
    earlier: &[Disclosure],
    within_percent: u32,
    library: &Library,
) -> Inspection {
    let catalogue = library.catalogue(package.year.value);
    let mut outside = Outside::new(public, earlier, catalogue, secrets::hidden(package));
    let secrets = secrets::of_package(package, &mut outside.dimensions, catalogue);
    outside.lists_projects(public);
    let mut inspection = Inspection {
        words: secrets::words(package, public),
        ..Inspection::default()
    };
    for stage in [
        Stage::Budget,
        Stage::PriorBudget,
        Stage::Final,
        Stage::PriorFinal,
    ] {
        let asked: Vec<&Secret> = secrets
            .iter()
            .filter(|secret| secret.stage == stage)
            .collect();
        if asked.is_empty() {
            continue;
        }
        let slices: Vec<Slice> = asked
            .iter()
            .flat_map(|secret| secret.scopes.iter().map(|(slice, _)| *slice))
            .collect();
        let known = outside.solve(stage, &slices, public);
        for secret in asked {
            inspection.inferences.push(Inference {
                about: secret.about.clone(),
                stage,
                value: secret.scopes.first().map_or(Fen(0), |(_, value)| *value),
                place: secret.place.clone(),
                verdict: verdict(secret, &known, &outside.dimensions, within_percent),
            });
        }
    }
    inspection
        .inferences
        .extend(secrets::facts(package, public));
    inspection
}

/// What is known at one stage.
struct Solved {
    solution: Solution,
    /// Place and words of each given.
    sources: Vec<(Place, &'static str)>,
}

/// The worst that an outsider finds out in any scope.
fn verdict(
    secret: &Secret,
    known: &Solved,
    dimensions: &Dimensions,
    within_percent: u32,
) -> Verdict {
    let in_scopes = || secret.scopes.iter().copied();
    in_scopes()
        .find_map(|(slice, _)| printed(slice, known))
        .or_else(|| in_scopes().find_map(|scope| exact(scope, known, dimensions, within_percent)))
        .or_else(|| in_scopes().find_map(|scope| narrow(scope, known, within_percent)))
        .unwrap_or_else(|| {
            let widest = secret
                .scopes
                .first()
                .map(|(slice, _)| known.solution.bounds(*slice));
            Verdict::Safe {
                least: Fen(widest.map_or(0, |bounds| bounds.least.max(0))),
                most: widest.and_then(|bounds| bounds.most).map(Fen),
            }
        })
}

fn printed(slice: Slice, known: &Solved) -> Option<Verdict> {
    let givens = known.solution.givens().iter().zip(&known.sources);
    let (given, (place, _)) = givens.into_iter().find(|(given, _)| {
        given.slice == slice && given.kind == mz_budget::cube::Kind::Printed && given.value != 0
    })?;
    Some(Verdict::Printed {
        value: Fen(given.value),
        place: Box::new(place.clone()),
    })
}

fn exact(
    (slice, value): (Slice, Fen),
    known: &Solved,
    dimensions: &Dimensions,
    within_percent: u32,
) -> Option<Verdict> {
    let found = known.solution.known(slice)?;
    let is_true = found.value.abs_diff(value.0) <= found.slack.unsigned_abs() + 1;
    let is_close = i128::from(found.slack) * 2 <= limit(value, within_percent).max(1);
    (is_true && is_close).then(|| Verdict::Exact {
        value: Fen(found.value),
        slack: Fen(found.slack),
        steps: steps(slice, known, dimensions),
    })
}

fn narrow((slice, value): (Slice, Fen), known: &Solved, within_percent: u32) -> Option<Verdict> {
    let bounds = known.solution.bounds(slice);
    let most = bounds.most?;
    let holds = bounds.least <= value.0 && value.0 <= most;
    let width = i128::from(most) - i128::from(bounds.least);
    (holds && width <= limit(value, within_percent)).then_some(Verdict::Narrow {
        least: Fen(bounds.least),
        most: Fen(most),
    })
}

/// Widest interval that still gives a value away.
fn limit(value: Fen, within_percent: u32) -> i128 {
    i128::from(value.0.abs()) * i128::from(within_percent) / 100
}

/// The computation in words.
fn steps(slice: Slice, known: &Solved, dimensions: &Dimensions) -> Vec<Step> {
    let names = |slices: &[Slice], sign: &str| {
        let names: Vec<String> = slices.iter().map(|s| dimensions.name(*s)).collect();
        names.join(sign)
    };
    known
        .solution
        .explain(slice)
        .into_iter()
        .map(|step| {
            let (how, place) = match &step.kind {
                StepKind::Given(given) => match known.sources.get(*given) {
                    Some((place, words)) => ((*words).to_owned(), Some(place.clone())),
                    None => (String::new(), None),
                },
                StepKind::Sum { parts, .. } => (format!("= {}", names(parts, " + ")), None),
                StepKind::Rest { whole, others, .. } if others.is_empty() => {
                    (format!("= {}（其余都是零）", dimensions.name(*whole)), None)
                }
                StepKind::Rest { whole, others, .. } => (
                    format!("= {} − {}", dimensions.name(*whole), names(others, " − ")),
                    None,
                ),
                StepKind::Zero { .. } => ("所在的整体为零".to_owned(), None),
            };
            Step {
                name: dimensions.name(step.slice),
                value: Fen(step.value),
                how,
                place,
            }
        })
        .collect()
}

/// Solves a cube for these slices.
fn solve(
    dimensions: &Dimensions,
    givens: Vec<Given>,
    asked: &[Slice],
    loose_tails: bool,
) -> Solution {
    let constraints = mz_budget::cube::Constraints {
        loose_tails,
        ..mz_budget::cube::Constraints::of_budget(dimensions)
    };
    Cube::asking(&dimensions.trees, givens, &constraints, asked).solve()
}
