//! The outline of a kind of document: its parts and sections, recognised by words and never by their numbers.

use serde::Deserialize;

use crate::disclosure::Kind;

/// What the text under a heading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutlineKind {
    /// Sentences with figures.
    #[default]
    Narrative,
    /// Sentences about duties, offices and staff.
    Overview,
    /// The statutory tables, with a note under those that are empty.
    Tables,
    /// Paragraphs of labelled fields, one group a project.
    Projects,
    /// Items of money carried over, one a line.
    Items,
    /// Explanations of terms.
    Glossary,
    /// Performance-target tables and what belongs to them.
    Performance,
    /// Reports of their own bound to the document: their figures are not the document's.
    Appendix,
}

/// One heading the profile knows.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutlineSpec {
    /// Stable id, such as `income-narrative`.
    pub id: String,
    /// 1 = part (第一部分), 2 = section (一、), 3 = subsection （一）.
    pub level: u8,
    /// Id of the heading it stands under.
    #[serde(default)]
    pub parent: Option<String>,
    /// Canonical heading without numbering; `{unit}` and `{year}` stand for the unit and the year.
    pub title: String,
    /// Alternatives; each holds words that must all occur in the heading, separated by spaces. The alternative with the
    /// most characters wins among all headings of the outline.
    pub keywords: Vec<String>,
    /// What stands under it.
    #[serde(default)]
    pub kind: OutlineKind,
    /// Must be there.
    #[serde(default)]
    pub required: bool,
    /// Kinds of document it must be there in; all when empty.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Must be listed in the table of contents when there is one.
    #[serde(default)]
    pub in_contents: bool,
}

impl OutlineSpec {
    /// Whether a document of this kind must have it.
    pub fn is_required_in(&self, kind: Kind) -> bool {
        self.required && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

/// The file `outline.toml` of a profile.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutlineFile {
    /// Headings in order.
    #[serde(default, rename = "heading")]
    pub headings: Vec<OutlineSpec>,
}
