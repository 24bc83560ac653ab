//! Random, internally consistent disclosures as text, for property tests and studies.
//!
//! Amounts are drawn in fen at the finest grain (fund × vintage × function × nature × economic class × project) for two
//! years; every printed figure is a rounded sum of them, so a sound reader and a sound audit find nothing in the text,
//! whatever the seed. The names are fictitious; codes and headings are those of the 2024 classification.

mod budget;
mod narrative;
mod package;
mod print;
mod random;
mod tables;
mod targets;

pub use random::Random;

/// The text of a disclosure in the form that Xinjiang units published for 2024, tables tab-separated.
///
/// The same seed gives the same text on every machine.
pub fn xinjiang_unit_2024(seed: u64) -> String {
    let budget = budget::Budget::random(&mut Random::new(seed));
    let mut text = String::new();
    narrative::cover(&budget, &mut text);
    tables::all(&budget, &mut text);
    narrative::explanations(&budget, &mut text);
    narrative::glossary(&budget, &mut text);
    text
}

/// The same kind of budget as a package of facts for the profile of that form, some projects of it secret.
pub fn package(seed: u64) -> mz_budget::package::Package {
    let mut random = Random::new(seed);
    let budget = budget::Budget::random(&mut random);
    package::package(&budget, &mut random)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_same_seed_gives_the_same_text() {
        assert_eq!(super::xinjiang_unit_2024(7), super::xinjiang_unit_2024(7));
        assert_ne!(super::xinjiang_unit_2024(7), super::xinjiang_unit_2024(8));
    }
}
