//! From facts to a disclosure: a public package and its profile make a document, or the list of what keeps it from being
//! made.
//!
//! Every number comes from the package's cube. Nothing is invented: a fact that is not there blocks the document and is
//! listed, with the section that needs it; it is never printed as zero. The sentences and the layout are the profile's
//! `compose.toml`.

mod contents;
mod figures;
mod forms;
mod header;
mod missing;
mod numerals;
mod objects;
mod projects;
mod rounding;
mod sentence;
mod tables;

use std::collections::BTreeSet;

use mz_budget::{
    dimension::Slice,
    disclosure::Stage,
    library::Library,
    package::{
        Package, PublicPackage,
        cube::{Contradiction, PackageCube, StatedAt},
    },
    profile::{Profile, compose::ComposeSpec},
};
use mz_document::Document;

pub use missing::{Missing, MissingKind};
pub use rounding::{Adjustment, Rounding};

use figures::Figures;

/// What composing found out.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// The document; `None` when something is missing.
    pub document: Option<Document>,
    /// Facts the document needs and the package does not have.
    pub missing: Vec<Missing>,
    /// Facts that cannot be true together: somebody has to choose.
    pub contradictions: Vec<Contradiction>,
    /// Printed figures that differ from plain rounding, and by how much.
    pub adjusted: Vec<Adjustment>,
    /// Figures that additive rounding left as they are, because they have a source of their own or would move too far.
    pub not_adjusted: usize,
    /// Facts carried over from last year that nobody has confirmed yet.
    pub n_drafts: usize,
}

/// Why a package cannot be composed at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposeError {
    /// The profile does not exist.
    UnknownProfile(String),
    /// The profile says how documents are read, not how they are written.
    ReadOnlyProfile(String),
}

impl std::fmt::Display for ComposeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownProfile(id) => write!(f, "没有名为“{id}”的模板"),
            Self::ReadOnlyProfile(id) => {
                write!(f, "模板“{id}”只能用来读，还没有写法（compose.toml）")
            }
        }
    }
}

impl std::error::Error for ComposeError {}

/// Most rounds of asking; what a document asks depends on what it is told, but not for long.
const MOST_ROUNDS: usize = 4;

/// Composes the document of a package.
///
/// # Errors
///
/// When the profile cannot be used. What the package lacks is no error but part of the answer.
pub fn compose(
    package: &PublicPackage,
    library: &Library,
    rounding: Rounding,
) -> Result<Composed, ComposeError> {
    let profile = library
        .profile(&package.profile)
        .ok_or_else(|| ComposeError::UnknownProfile(package.profile.clone()))?;
    let spec = profile
        .compose
        .as_ref()
        .ok_or_else(|| ComposeError::ReadOnlyProfile(profile.id.clone()))?;
    let catalogue = library.catalogue(package.year.value);
    let mut cube = PackageCube::new(package, &profile, catalogue, &stated_at(spec));
    let mut asked: BTreeSet<(Stage, Slice)> = BTreeSet::new();
    let mut round = Round::default();
    for _ in 0..MOST_ROUNDS {
        round = one_round(package, &profile, spec, &cube, Vec::new());
        let before = asked.len();
        asked.extend(round.asked.iter().copied());
        if asked.len() == before {
            break;
        }
        cube.ask(&asked);
    }
    let mut composed = Composed {
        contradictions: cube.contradictions(),
        n_drafts: n_drafts(package),
        ..Composed::default()
    };
    if rounding == Rounding::Additive {
        let plan = rounding::additive(&profile, &cube, &round.asked);
        composed.not_adjusted = plan.n_failed;
        composed.adjusted = plan.adjusted.clone();
        round = one_round(package, &profile, spec, &cube, plan.adjusted);
    }
    composed.document = round.missing.is_empty().then_some(round.document).flatten();
    composed.missing = round.missing;
    Ok(composed)
}

/// Coordinates of the amounts that projects and targets state, as the profile's forms mean them.
pub fn stated_at(spec: &ComposeSpec) -> StatedAt {
    StatedAt {
        allocations: spec.stated.allocations.clone(),
        total: spec.stated.total.clone(),
        appropriation: spec.stated.appropriation.clone(),
        other: spec.stated.other.clone(),
    }
}

#[derive(Default)]
struct Round {
    document: Option<Document>,
    missing: Vec<Missing>,
    asked: BTreeSet<(Stage, Slice)>,
}

fn one_round(
    package: &PublicPackage,
    profile: &Profile,
    spec: &ComposeSpec,
    cube: &PackageCube,
    adjusted: Vec<Adjustment>,
) -> Round {
    let figures = Figures::new(package, profile, spec, cube, adjusted);
    let document = contents::document(&figures);
    let (missing, asked) = figures.finish();
    Round {
        document: Some(document),
        missing,
        asked,
    }
}

/// Facts that are still drafts.
fn n_drafts(package: &Package) -> usize {
    let lines = package
        .listings
        .iter()
        .flat_map(|listing| &listing.lines)
        .filter(|line| line.to_confirm)
        .count();
    let facts = package
        .facts
        .values()
        .filter(|fact| fact.to_confirm)
        .count();
    let texts = package.texts().filter(|fact| fact.to_confirm).count();
    let explanations = package
        .reasons
        .iter()
        .chain(&package.purposes)
        .filter(|e| e.to_confirm)
        .count();
    let indicators = package
        .targets
        .iter()
        .flat_map(|t| &t.indicators)
        .filter(|i| i.to_confirm)
        .count();
    lines + facts + texts + explanations + indicators
}
