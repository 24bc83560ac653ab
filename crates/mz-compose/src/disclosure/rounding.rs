//! Rounding of printed figures: each by itself, or together so that printed sums add up.
//!
//! Together means: every part of the budget is rounded up or down, and every printed figure is the sum of its rounded
//! parts, so that all sums hold by construction. The search looks for a choice in which no figure is further than one
//! last digit from plain rounding, and as few as possible differ at all.

use std::collections::BTreeSet;

use mz_budget::{
    dimension::Slice,
    disclosure::Stage,
    money::Decimal,
    package::cube::{PackageCube, Parts},
    profile::Profile,
};

use super::figures::{round, ulp};

/// How printed figures are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Each figure by itself.
    #[default]
    Plain,
    /// Figures are moved by at most one last digit so that printed sums add up.
    Additive,
}

/// A printed figure that differs from plain rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Whose figure.
    pub stage: Stage,
    /// What it is about.
    pub slice: Slice,
    /// Chinese name of what it is about.
    pub name: String,
    /// What is printed, in units of the last digit.
    pub digits: i64,
    /// The same as it is printed.
    pub printed: Decimal,
    /// What plain rounding gives.
    pub rounded: Decimal,
}

/// What additive rounding changes.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Figures that are not printed as plainly rounded.
    pub adjusted: Vec<Adjustment>,
    /// Figures that are printed as they are, because they have a source of their own (a project that keeps its parts
    /// secret, a stated total) or could not be made to add up within one last digit.
    pub n_failed: usize,
}

/// Most passes over the parts. A pass that changes nothing ends the search.
const MOST_PASSES: usize = 60;
/// A deviation beyond one last digit costs as much as this many within.
const FAR: i64 = 1_000;

/// Plans the adjustments of all stages.
pub fn additive(profile: &Profile, cube: &PackageCube, asked: &BTreeSet<(Stage, Slice)>) -> Plan {
    let mut plan = Plan::default();
    let stages: BTreeSet<Stage> = asked.iter().map(|(stage, _)| *stage).collect();
    for stage in stages {
        let Some(parts) = cube.parts(stage) else {
            continue;
        };
        let slices = asked.iter().filter(|(s, _)| *s == stage).map(|(_, at)| *at);
        let mut search = Search::new(
            &parts,
            slices,
            cube,
            (stage, ulp(profile.unit, profile.decimals)),
        );
        search.run();
        search.report(profile, cube, stage, &mut plan);
    }
    plan
}

/// A printed figure.
struct Printed {
    slice: Slice,
    parts: Vec<usize>,
    plain: i64,
    /// Sum of the rounded parts less `plain`.
    off: i64,
}

struct Search {
    /// Each part: rounded down, and whether it may be rounded up.
    floor: Vec<i64>,
    is_up: Vec<bool>,
    is_fixed: Vec<bool>,
    figures: Vec<Printed>,
    /// Figures with a source of their own.
    n_stated: usize,
    /// Figures each part lies in.
    figures_of: Vec<Vec<usize>>,
}

impl Search {
    fn new(
        parts: &Parts<'_>,
        slices: impl Iterator<Item = Slice>,
        cube: &PackageCube,
        (stage, ulp): (Stage, i64),
    ) -> Self {
        let amounts = parts.amounts();
        let floor: Vec<i64> = amounts.iter().map(|fen| fen.div_euclid(ulp)).collect();
        let is_up = amounts.iter().zip(&floor);
        let is_up = is_up
            .map(|(fen, floor)| round(*fen, ulp) > *floor)
            .collect();
        let mut search = Self {
            // What is exact stays: only what has something to round can be moved.
            is_fixed: amounts.iter().map(|fen| fen.rem_euclid(ulp) == 0).collect(),
            floor,
            is_up,
            figures: Vec::new(),
            n_stated: 0,
            figures_of: vec![Vec::new(); amounts.len()],
        };
        for slice in slices {
            let Some(amount) = cube.amount(stage, slice) else {
                continue;
            };
            let plain = round(amount.fen.0, ulp);
            let Some(inside) = parts.inside(slice) else {
                // A figure with another source is printed as it is; its parts must not say otherwise.
                search.n_stated += usize::from(plain != 0);
                for part in parts.surely_inside(slice) {
                    search.is_fixed[part] = true;
                }
                continue;
            };
            let figure = search.figures.len();
            for part in &inside {
                search.figures_of[*part].push(figure);
            }
            let sum: i64 = inside.iter().map(|part| search.value(*part)).sum();
            search.figures.push(Printed {
                slice,
                parts: inside,
                plain,
                off: sum - plain,
            });
        }
        search
    }

    fn value(&self, part: usize) -> i64 {
        self.floor[part] + i64::from(self.is_up[part])
    }

    /// What moving a part changes.
    fn step(&self, part: usize) -> i64 {
        if self.is_up[part] { -1 } else { 1 }
    }

    fn cost(off: i64) -> i64 {
        let off = off.abs();
        off + FAR * (off - 1).max(0)
    }

    /// Change of the cost when a part is moved.
    fn gain(&self, part: usize) -> i64 {
        let step = self.step(part);
        self.figures_of[part]
            .iter()
            .map(|figure| {
                let off = self.figures[*figure].off;
                Self::cost(off + step) - Self::cost(off)
            })
            .sum()
    }

    fn flip(&mut self, part: usize) {
        let step = self.step(part);
        self.is_up[part] = !self.is_up[part];
        for figure in self.figures_of[part].clone() {
            self.figures[figure].off += step;
        }
    }

    /// Moves parts, alone and in pairs, as long as that brings figures nearer to plain rounding.
    fn run(&mut self) {
        let movable: Vec<usize> = (0..self.floor.len())
            .filter(|part| !self.is_fixed[*part])
            .collect();
        for _ in 0..MOST_PASSES {
            let mut changed = false;
            for part in &movable {
                if self.gain(*part) < 0 {
                    self.flip(*part);
                    changed = true;
                }
            }
            if !changed {
                changed = self.pair(&movable);
            }
            if !changed {
                break;
            }
        }
    }

    /// Moves one pair of parts that does better together than apart.
    fn pair(&mut self, movable: &[usize]) -> bool {
        for (i, one) in movable.iter().enumerate() {
            let alone = self.gain(*one);
            self.flip(*one);
            for other in movable.iter().skip(i + 1) {
                if alone + self.gain(*other) < 0 {
                    self.flip(*other);
                    return true;
                }
            }
            self.flip(*one);
        }
        false
    }

    fn report(&self, profile: &Profile, cube: &PackageCube, stage: Stage, plan: &mut Plan) {
        let number = |digits: i64| Decimal {
            digits,
            decimals: profile.decimals,
        };
        plan.n_failed += self.n_stated;
        for figure in &self.figures {
            if figure.off.abs() > 1 {
                plan.n_failed += 1;
            }
            let off = figure.off.clamp(-1, 1);
            if off == 0 || figure.parts.is_empty() {
                continue;
            }
            let digits = figure.plain + off;
            plan.adjusted.push(Adjustment {
                stage,
                slice: figure.slice,
                name: cube.dimensions().name(figure.slice),
                digits,
                printed: number(digits),
                rounded: number(figure.plain),
            });
        }
    }
}
