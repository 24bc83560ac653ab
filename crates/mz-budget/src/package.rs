//! The package: everything a unit knows before its disclosure is written, as facts and never as finished sentences.
//!
//! One model with three interchangeable forms (workbook, folder, JSON). A package says what is known and nothing more:
//! budget figures at whatever grain they are known, facts outside the cube by the keys of the profile's facts, projects,
//! targets, texts. Amounts, shares, changes and wording of the disclosure are computed from it.
//!
//! - A *missing* fact is not in the package. It is never taken for zero; zero is written as zero, or follows from an
//!   axis that a [`Listing`] declares complete.
//! - Every fact knows where it stands in its form ([`FormPlace`]), so that messages can name sheet and cell. That place
//!   is no part of the fact: it is neither serialised nor compared.
//! - A fact carried over from last year is a draft until somebody confirms it ([`Fact::to_confirm`]).
//! - Marks of secrecy ([`Secrecy`], [`Package::withheld`]) only mark. What they mark is taken out at one boundary,
//!   [`PublicPackage`], and only there.

pub mod cube;
mod fact;
mod figures;
mod project;
mod public;
mod secrecy;
mod target;
mod text;

pub use fact::{Fact, FormPlace, Quantity};
pub use figures::{Line, Listing, Manner};
pub use project::{Allocation, Project};
pub use public::{HiddenMoney, Leak, PublicPackage};
pub use secrecy::{Secrecy, Withheld, WithheldFact};
pub use target::{Indicator, Target};
pub use text::{Body, Explained, Explanation, Passage, Term};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Name and version of the model, written into every form.
pub const SCHEMA: &str = "mingzhang.package/1";

/// The facts of one disclosure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// [`SCHEMA`].
    pub schema: String,
    /// Id of the profile, such as `xinjiang-unit-2024`; it also says which kind of document it is.
    pub profile: String,
    /// Full name of the unit.
    pub unit: Fact<String>,
    /// Budget year.
    pub year: Fact<u16>,
    /// Budget figures: detail lines, or whole tables as the platform exports them; this year's and last year's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listings: Vec<Listing>,
    /// This year's facts outside the cube, by the key of the profile's fact (`headcount.establishment`,
    /// `procurement.goods`, `vehicles.general.count`, `house.area` …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact<Quantity>>,
    /// Last year's facts outside the cube, by the same keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prior_facts: BTreeMap<String, Fact<Quantity>>,
    /// Projects, in the order they are to be printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<Project>,
    /// Performance targets, in the order they are to be printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Reasons for changes, each keyed by what changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Explanation>,
    /// What money is used for, each keyed by the money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Explanation>,
    /// Duties of the unit, one sentence each, without numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Fact<String>>,
    /// Offices of the unit. `None` is not known; an empty list is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offices: Option<Vec<Fact<String>>>,
    /// Units under it. `None` is not known; an empty list is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bodies: Option<Vec<Body>>,
    /// Terms to explain on top of those the profile explains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<Term>,
    /// Paragraphs the unit adds to a section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// Single texts the profile asks for, by key: `published` (date of publication), `contact` …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Fact<String>>,
    /// Facts and figures that must not be published, other than those of a project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<WithheldFact>,
}

impl Package {
    /// An empty package.
    pub fn new(profile: &str, unit: &str, year: u16) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            profile: profile.to_owned(),
            unit: Fact::from(unit.to_owned()),
            year: Fact::from(year),
            listings: Vec::new(),
            facts: BTreeMap::new(),
            prior_facts: BTreeMap::new(),
            projects: Vec::new(),
            targets: Vec::new(),
            reasons: Vec::new(),
            purposes: Vec::new(),
            duties: Vec::new(),
            offices: None,
            bodies: None,
            glossary: Vec::new(),
            passages: Vec::new(),
            texts: BTreeMap::new(),
            withheld: Vec::new(),
        }
    }

    /// Every text with a history of its own that can reach a document.
    pub fn texts(&self) -> impl Iterator<Item = &Fact<String>> {
        let projects = self.projects.iter();
        let targets = self.targets.iter();
        std::iter::once(&self.unit)
            .chain(&self.duties)
            .chain(self.offices.iter().flatten())
            .chain(self.bodies.iter().flatten().map(|body| &body.name))
            .chain(self.glossary.iter().map(|term| &term.text))
            .chain(self.passages.iter().map(|passage| &passage.text))
            .chain(self.texts.values())
            .chain(projects.flat_map(|p| p.fields.values().chain([&p.name])))
            .chain(targets.flat_map(|t| t.leader.iter().chain(&t.goal)))
    }

    /// The project of this key.
    pub fn project(&self, key: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.key == key)
    }
}
