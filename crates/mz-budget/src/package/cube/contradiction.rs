//! Contradictions of a package as choices to make: what it is about, both sides, where each stands.

use super::{Source, StageCube};
use crate::{
    cube::{Conflict, Reason},
    dimension::{Dimension, Dimensions, Slice},
    disclosure::Stage,
    money::Fen,
};

/// One side of a contradiction: figures that add up to an amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What the figures add up to.
    pub amount: Fen,
    /// The figures: where each comes from, what it is about, its amount.
    pub figures: Vec<(Source, String, Fen)>,
    /// Figures elsewhere that say the same.
    pub restated: Vec<(Source, String, Fen)>,
}

/// Figures that cannot all be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// Whose figures.
    pub stage: Stage,
    /// Which law of the cube is broken.
    pub reason: Reason,
    /// Chinese name of what it is about.
    pub about: String,
    /// What it is about.
    pub slice: Slice,
    /// One side.
    pub one: Side,
    /// The other side.
    pub other: Side,
    /// What one is more than the other.
    pub difference: Fen,
    /// The figure that most likely is wrong and what the others make it, when they say so.
    pub suspect: Option<(Source, Fen)>,
}

/// Root causes of a stage, each by its smallest contradiction.
pub(super) fn of_stage(
    stage: Stage,
    cube: &StageCube,
    dimensions: &Dimensions,
) -> Vec<Contradiction> {
    let found = cube.solution.clusters();
    let contradictions = found
        .iter()
        .filter_map(|cluster| {
            let conflict = cluster.conflicts.first()?;
            let mut out = contradiction(stage, conflict, cube, dimensions);
            let mut likeliest = cluster.suspects.iter().filter(|s| s.rank == 1);
            if let (Some(suspect), None) = (likeliest.next(), likeliest.next())
                && let Some(implied) = suspect.implied
            {
                let source = cube.sources.get(suspect.given)?.clone();
                out.suspect = Some((source, Fen(implied)));
            }
            Some(out)
        })
        .collect();
    merged(contradictions)
}

/// Contradictions of one project between the same two amounts are one: its figures stand in several places.
fn merged(contradictions: Vec<Contradiction>) -> Vec<Contradiction> {
    let mut merged: Vec<Contradiction> = Vec::new();
    for mut next in contradictions {
        let project = next.slice.node(Dimension::Project);
        let same = merged.iter_mut().find(|other| {
            let (one, two) = (next.one.amount, next.other.amount);
            let (a, b) = (other.one.amount, other.other.amount);
            project != 0
                && other.slice.node(Dimension::Project) == project
                && ((a, b) == (one, two) || (b, a) == (one, two))
        });
        let Some(same) = same else {
            merged.push(next);
            continue;
        };
        if same.one.amount != next.one.amount {
            std::mem::swap(&mut next.one, &mut next.other);
        }
        for (side, more) in [(&mut same.one, next.one), (&mut same.other, next.other)] {
            for figure in more.figures {
                if !side.figures.iter().any(|known| known.0 == figure.0) {
                    side.restated.push(figure);
                }
            }
        }
        // Which side is right is then not for one of them to say.
        same.suspect = None;
    }
    merged
}

fn contradiction(
    stage: Stage,
    conflict: &Conflict,
    cube: &StageCube,
    dimensions: &Dimensions,
) -> Contradiction {
    let side = |sign: i64| {
        let mut side = Side {
            amount: Fen(0),
            figures: Vec::new(),
            restated: Vec::new(),
        };
        for (given, coefficient) in &conflict.terms {
            let (Some(it), Some(source)) = (cube.givens.get(*given), cube.sources.get(*given))
            else {
                continue;
            };
            if coefficient.signum() != sign {
                continue;
            }
            side.amount.0 = side
                .amount
                .0
                .saturating_add(it.value.saturating_mul(coefficient.abs()));
            side.figures
                .push((source.clone(), dimensions.name(it.slice), Fen(it.value)));
        }
        side
    };
    let (one, mut other) = (side(1), side(-1));
    if other.figures.is_empty() {
        // The other side is a zero: name what makes it one.
        other.figures = conflict
            .support
            .iter()
            .filter(|given| !conflict.terms.iter().any(|(term, _)| term == *given))
            .filter_map(|given| {
                let it = cube.givens.get(*given)?;
                let source = cube.sources.get(*given)?.clone();
                Some((source, dimensions.name(it.slice), Fen(it.value)))
            })
            .collect();
    }
    Contradiction {
        stage,
        reason: conflict.reason,
        about: dimensions.name(conflict.slice),
        slice: conflict.slice,
        difference: Fen(one.amount.0.saturating_sub(other.amount.0)),
        one,
        other,
        suspect: None,
    }
}
