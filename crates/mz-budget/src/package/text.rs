//! Texts of the package: reasons and purposes keyed by what they are about, terms, added paragraphs, bodies.

use serde::{Deserialize, Serialize};

use super::fact::{Fact, FormPlace};
use crate::{dimension::Coordinates, profile::narrative::BaseWord};

/// What a reason or purpose is about. Serialised as `at = { … }` or `fact = "…"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// Money, by its coordinates.
    At(Coordinates),
    /// A fact outside the cube, by its key.
    Fact(String),
}

/// A reason for a change, or what money is used for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Explanation {
    /// What it explains.
    #[serde(flatten)]
    pub of: Explained,
    /// Against what the change is measured; the profile's usual base when absent. Reasons only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseWord>,
    /// The text that follows 主要原因是 or 主要用于, without a full stop.
    pub text: String,
    /// Carried over as a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// Where it stands in its form.
    #[serde(skip)]
    pub place: FormPlace,
}

/// A unit under the unit or department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Body {
    /// Key by which lines name it in the dimension of bodies.
    pub key: String,
    /// Full name.
    pub name: Fact<String>,
}

/// A term and its explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// The term.
    pub name: String,
    /// Its explanation.
    pub text: Fact<String>,
}

/// A paragraph the unit adds to a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Passage {
    /// Id of the heading in the profile's outline.
    pub section: String,
    /// The paragraph.
    pub text: Fact<String>,
}
