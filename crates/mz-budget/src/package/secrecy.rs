//! Marks of secrecy: what of a project, or which other facts, must not be published.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{fact::FormPlace, text::Explained};

/// What is not published of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Secrecy {
    /// Name it is published by. The real name, the key, the code and the other names are then withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What is withheld besides.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub withheld: BTreeSet<Withheld>,
    /// What the mark rests on, for the preparers; never published.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ground: String,
}

/// A part of a project that can be withheld. Written as one word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Withheld {
    /// Everything: no row, no paragraph, no target. Its money stays in the totals.
    Whole,
    /// Its amount, wherever it is printed. Its money stays in the totals.
    Amount,
    /// Its economic classes and the split of its amount, in tables and texts; the field `allocation` alone is only the text.
    Allocation,
    /// Its performance targets.
    Target,
    /// A field of its paragraph, by key (`basis`, `period` …); `purpose` and `reason` stand for what explains its money.
    Field(String),
}

/// A fact or figure outside the projects that is not published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct WithheldFact {
    /// What is withheld.
    #[serde(flatten)]
    pub of: Explained,
    /// What the mark rests on, for the preparers; never published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ground: String,
    /// Where the mark stands in its form.
    #[serde(skip)]
    pub place: FormPlace,
}

impl From<String> for Withheld {
    fn from(word: String) -> Self {
        match word.as_str() {
            "whole" => Self::Whole,
            "amount" => Self::Amount,
            "economic" => Self::Allocation,
            "target" => Self::Target,
            _ => Self::Field(word),
        }
    }
}

impl From<Withheld> for String {
    fn from(part: Withheld) -> Self {
        match part {
            Withheld::Whole => "whole".into(),
            Withheld::Amount => "amount".into(),
            Withheld::Allocation => "economic".into(),
            Withheld::Target => "target".into(),
            Withheld::Field(key) => key,
        }
    }
}

impl Secrecy {
    /// Whether a part is withheld; with the whole, every part is.
    pub fn withholds(&self, part: &Withheld) -> bool {
        self.withheld.contains(&Withheld::Whole) || self.withheld.contains(part)
    }
}
