//! The word lists and standards rules are given as data (`data/rules/*.toml`), read once.

use std::sync::LazyLock;

use mz_budget::library::Library;
use serde::{Deserialize, de::DeserializeOwned};

/// A file of rule data that ships with the program.
pub(crate) fn load<T: DeserializeOwned>(path: &str) -> T {
    Library::embedded()
        .data(path)
        .expect("embedded rule data are read by a test")
}

/// Traces of templates, typesetting and conversion.
pub(crate) static RESIDUE: LazyLock<Residue> = LazyLock::new(|| load("rules/residue.toml"));
/// Confusable words, preferred terms, acronyms, organ and facility names.
pub(crate) static WORDING: LazyLock<Wording> = LazyLock::new(|| load("rules/wording.toml"));
/// Characters that never stand alone.
pub(crate) static BOUND: LazyLock<Bound> = LazyLock::new(|| load("rules/bound-characters.toml"));
/// Conventions of performance-target tables.
pub(crate) static PERFORMANCE: LazyLock<Performance> =
    LazyLock::new(|| load("rules/performance.toml"));
/// Policy standards with their numbers.
pub(crate) static STANDARDS: LazyLock<Standards> = LazyLock::new(|| load("rules/standards.toml"));
/// Headings with one purpose only.
pub(crate) static PURPOSES: LazyLock<Purposes> = LazyLock::new(|| load("rules/purposes.toml"));
/// Terms the glossary must explain.
pub(crate) static TERMS: LazyLock<Terms> = LazyLock::new(|| load("rules/terms.toml"));

/// Levels of government and the words that belong to one of them.
pub(crate) static LEVELS: LazyLock<Governments> = LazyLock::new(|| load("rules/levels.toml"));

#[derive(Deserialize)]
pub(crate) struct Governments {
    #[serde(rename = "level")]
    pub(crate) levels: Vec<Government>,
}

/// A level of government.
#[derive(Deserialize)]
pub(crate) struct Government {
    pub(crate) name: String,
    /// Words of covers and titles that say whose level the document is.
    pub(crate) markers: Vec<String>,
    /// Words of the glossary that only this level uses.
    pub(crate) words: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Residue {
    pub(crate) markup: Markup,
    pub(crate) placeholder: Patterns,
    pub(crate) instruction: Patterns,
    #[serde(rename = "field-code")]
    pub(crate) field_code: Patterns,
    pub(crate) doubled: Doubled,
    pub(crate) mojibake: Patterns,
}

#[derive(Deserialize)]
pub(crate) struct Markup {
    pub(crate) tags: Vec<String>,
    pub(crate) entities: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Patterns {
    pub(crate) patterns: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Doubled {
    pub(crate) words: Vec<String>,
    pub(crate) punctuation: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Wording {
    #[serde(rename = "confusion")]
    pub(crate) confusions: Vec<Confusion>,
    pub(crate) preferred: Vec<Preferred>,
    pub(crate) acronym: Acronym,
    #[serde(rename = "organ")]
    pub(crate) organs: Vec<Organ>,
    pub(crate) facility: Facility,
    pub(crate) contrast: Contrast,
}

#[derive(Deserialize)]
pub(crate) struct Contrast {
    /// Characters that may stand for one another in otherwise equal sentences.
    pub(crate) sets: Vec<String>,
    #[serde(rename = "function-words")]
    pub(crate) function_words: String,
}

impl Contrast {
    /// Whether two characters differ as words do that are meant to differ.
    pub(crate) fn is_meant(&self, a: char, b: char) -> bool {
        self.function_words.contains(a)
            || self.function_words.contains(b)
            || self
                .sets
                .iter()
                .any(|set| set.contains(a) && set.contains(b))
    }
}

#[derive(Deserialize)]
pub(crate) struct Confusion {
    pub(crate) wrong: String,
    pub(crate) right: String,
    /// Longer words the wrong form is a proper part of.
    #[serde(default)]
    pub(crate) except: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Preferred {
    pub(crate) loose: String,
    pub(crate) term: String,
    #[serde(default)]
    pub(crate) except: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Acronym {
    pub(crate) known: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Organ {
    /// Endings of which only one is right for a unit.
    pub(crate) endings: Vec<String>,
    /// Long and short forms of the word before the ending.
    pub(crate) stems: Vec<Vec<String>>,
}

#[derive(Deserialize)]
pub(crate) struct Facility {
    pub(crate) endings: Vec<String>,
    pub(crate) generic: Vec<String>,
    pub(crate) suffixes: String,
}

#[derive(Deserialize)]
pub(crate) struct Bound {
    #[serde(rename = "character")]
    pub(crate) characters: Vec<BoundCharacter>,
}

#[derive(Deserialize)]
pub(crate) struct BoundCharacter {
    pub(crate) char: char,
    pub(crate) words: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Performance {
    pub(crate) weights: Weights,
    #[serde(rename = "scheme")]
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) levels: Levels,
    pub(crate) basis: Basis,
    pub(crate) measure: Measures,
    pub(crate) rate: Rate,
    pub(crate) goal: Goal,
    #[serde(rename = "grade")]
    pub(crate) grades: Vec<Grade>,
    pub(crate) evaluation: EvaluationWords,
}

/// The scores a grade stands for.
#[derive(Deserialize)]
pub(crate) struct Grade {
    pub(crate) names: Vec<String>,
    pub(crate) from: i64,
    pub(crate) below: i64,
}

/// How the narrative counts self-evaluations.
#[derive(Deserialize)]
pub(crate) struct EvaluationWords {
    pub(crate) evaluated: Vec<String>,
    pub(crate) graded: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Weights {
    pub(crate) totals: Vec<i64>,
}

#[derive(Deserialize)]
pub(crate) struct Scheme {
    pub(crate) parts: Vec<(String, i64)>,
}

#[derive(Deserialize)]
pub(crate) struct Levels {
    pub(crate) required: Vec<String>,
    pub(crate) output: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Basis {
    pub(crate) known: Vec<String>,
    pub(crate) historical: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Measures {
    pub(crate) words: Vec<MeasureWord>,
}

#[derive(Deserialize)]
pub(crate) struct MeasureWord {
    pub(crate) word: String,
    pub(crate) units: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Rate {
    pub(crate) bounded: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Goal {
    pub(crate) vague: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Standards {
    pub(crate) procurement: Procurement,
    pub(crate) vehicle: Vehicle,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Procurement {
    pub(crate) number: String,
    pub(crate) sme_share_percent: i64,
    pub(crate) micro_share_percent: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Vehicle {
    pub(crate) running_cost_low_yuan: i64,
    pub(crate) running_cost_high_yuan: i64,
}

#[derive(Deserialize)]
pub(crate) struct Purposes {
    #[serde(rename = "family")]
    pub(crate) families: Vec<Family>,
}

#[derive(Deserialize)]
pub(crate) struct Family {
    pub(crate) heading: Vec<String>,
    pub(crate) words: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Terms {
    #[serde(rename = "term")]
    pub(crate) terms: Vec<NamedTerm>,
}

#[derive(Deserialize)]
pub(crate) struct NamedTerm {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    #[test]
    fn rule_data_are_read_and_patterns_compile() {
        assert!(RESIDUE.markup.tags.len() > 20);
        for patterns in [
            &RESIDUE.placeholder,
            &RESIDUE.instruction,
            &RESIDUE.field_code,
            &RESIDUE.mojibake,
        ] {
            assert!(!Pattern::any_of(&patterns.patterns).is_match(""));
        }
        assert!(WORDING.confusions.iter().all(|c| c.wrong != c.right));
        assert!(
            BOUND
                .characters
                .iter()
                .all(|c| c.words.iter().all(|w| w.contains(c.char)))
        );
        assert!(!PERFORMANCE.schemes.is_empty() && !PERFORMANCE.levels.output.is_empty());
        assert!(STANDARDS.procurement.sme_share_percent > 0);
        assert!(STANDARDS.vehicle.running_cost_low_yuan < STANDARDS.vehicle.running_cost_high_yuan);
        assert!(!PURPOSES.families.is_empty() && !TERMS.terms.is_empty());
    }

    #[test]
    fn a_known_acronym_is_never_another_one_with_two_letters_swapped() {
        let known = &WORDING.acronym.known;
        assert!(
            known
                .iter()
                .all(|word| word.chars().all(|c| c.is_ascii_uppercase()))
        );
    }
}
