//! Pairs of headings and placements of headings, as data.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon;

#[derive(Deserialize)]
pub(super) struct Pairs {
    pub(super) pair: Vec<Pair>,
    pub(super) placement: Vec<Placement>,
}

/// One payment booked under functions and under economic items.
#[derive(Deserialize)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) functions: Vec<String>,
    pub(super) economics: Vec<String>,
    /// `warning` or `query`.
    pub(super) severity: String,
}

/// Functions of one nature only.
#[derive(Deserialize)]
pub(super) struct Placement {
    pub(super) names: Vec<String>,
    pub(super) nature: String,
}

pub(super) static PAIRS: LazyLock<Pairs> = LazyLock::new(|| lexicon::load("rules/pairs.toml"));

#[cfg(test)]
mod tests {
    #[test]
    fn the_pairs_are_read() {
        let pairs = &super::PAIRS;
        assert!(
            pairs
                .pair
                .iter()
                .all(|p| !p.functions.is_empty() && !p.economics.is_empty())
        );
        assert!(
            pairs
                .pair
                .iter()
                .all(|p| ["warning", "query"].contains(&p.severity.as_str()))
        );
        assert!(
            pairs
                .placement
                .iter()
                .all(|p| ["basic", "project"].contains(&p.nature.as_str()))
        );
    }
}
