//! The cubes of one disclosure, solved once for all rules.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Disclosure, Origin, Reading, Stage},
    money::PrintedMoney,
};

use crate::interval::Interval;

/// What is known of a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The amounts it can be.
    pub interval: Interval,
    /// Observations it rests on: indexes into [`Disclosure::observations`].
    pub support: Vec<usize>,
}

/// The cubes.
#[derive(Debug, Default)]
pub struct Cubes {
    printed: BTreeMap<(Stage, Slice), Vec<usize>>,
}

impl Cubes {
    /// Solves the cubes of a disclosure.
    pub fn solve(disclosure: &Disclosure) -> Self {
        let mut cubes = Self::default();
        for (i, observation) in disclosure.observations.iter().enumerate() {
            let in_table = !matches!(observation.origin, Origin::Claim(_));
            if in_table && matches!(observation.reading, Reading::Value(_)) {
                cubes
                    .printed
                    .entry((observation.stage, observation.slice))
                    .or_default()
                    .push(i);
            }
        }
        cubes
    }

    /// Table cells that print the slice: indexes into [`Disclosure::observations`].
    pub fn printed(&self, stage: Stage, slice: Slice) -> &[usize] {
        self.printed.get(&(stage, slice)).map_or(&[], Vec::as_slice)
    }

    /// What the tables alone say of a slice, printed or derived.
    pub fn tables(&self, disclosure: &Disclosure, stage: Stage, slice: Slice) -> Option<Known> {
        let first = *self.printed(stage, slice).first()?;
        let money = observed(disclosure, first)?;
        Some(Known {
            interval: Interval::of(money)?,
            support: vec![first],
        })
    }
}

/// The figure of an observation.
pub fn observed(disclosure: &Disclosure, index: usize) -> Option<PrintedMoney> {
    match disclosure.observations.get(index)?.reading {
        Reading::Value(money) => Some(money),
        _ => None,
    }
}
