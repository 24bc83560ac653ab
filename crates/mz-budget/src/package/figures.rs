//! Budget figures at whatever grain they are known.

use serde::{Deserialize, Serialize};

use super::fact::FormPlace;
use crate::{
    dimension::{Coordinates, Dimension},
    money::PrintedMoney,
    profile::narrative::StageWord,
};

/// How the lines of a listing relate to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Lines are parts: each is money of its own, and lines of the same coordinates add up.
    #[default]
    Detail,
    /// Lines are figures, such as the cells of a table: each is the whole amount of its coordinates, totals included;
    /// lines of the same coordinates say the same thing twice.
    Figures,
}

/// A list of budget lines that belong together: the detail lines of the year, or one table of the platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listing {
    /// Key, unique in the package: `budget`, `prior-budget`, or the id of a table. Names the sheet or file.
    pub key: String,
    /// Whose figures.
    pub stage: StageWord,
    /// Parts, or figures.
    #[serde(default)]
    pub manner: Manner,
    /// Coordinates of every line; the scope of `complete`.
    #[serde(default, skip_serializing_if = "Coordinates::is_empty")]
    pub at: Coordinates,
    /// Axes listed in full inside the scope: what is not listed is zero. What is missing on any other axis is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complete: Vec<Dimension>,
    /// The lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

/// One amount and what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Line {
    /// Coordinates on top of the listing's. A dimension not named is not split: the line is about all of it. Functions
    /// and economic classes by code, projects by their key.
    #[serde(default, skip_serializing_if = "Coordinates::is_empty")]
    pub at: Coordinates,
    /// The amount, with the digits it is known to.
    pub amount: PrintedMoney,
    /// Carried over as a draft; somebody has to confirm it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// Where an imported amount came from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Remark for the preparers; never published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Where the line stands in its form.
    #[serde(skip)]
    pub place: FormPlace,
}

impl Line {
    /// A line of coordinates and an amount.
    pub fn new(at: Coordinates, amount: PrintedMoney) -> Self {
        Self {
            at,
            amount,
            to_confirm: false,
            source: String::new(),
            note: String::new(),
            place: FormPlace::default(),
        }
    }
}
