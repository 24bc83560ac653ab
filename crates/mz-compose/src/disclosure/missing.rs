//! What a document needs and the package does not have.

use mz_budget::{dimension::Slice, disclosure::Stage};

/// What kind of fact is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingKind {
    /// The amount of a slice.
    Amount(Stage, Slice),
    /// A fact outside the cube, by key.
    Fact(String),
    /// Last year's value of a fact, by key.
    PriorFact(String),
    /// The reason for the change of a slice.
    Reason(Slice),
    /// What the money of a slice is for.
    Purpose(Slice),
    /// A field of a project: key of the project, key of the field.
    ProjectField(String, String),
    /// The performance target of a project, or a part of it: key of the project, what of it.
    Target(String, String),
    /// A text, by key: duties, offices, bodies, or one of the package's texts.
    Text(String),
}

/// A fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What kind, for forms that can show where to fill it in.
    pub kind: MissingKind,
    /// Chinese words for it.
    pub what: String,
    /// Heading of the section or title of the table that needs it first.
    pub needed_by: String,
}
