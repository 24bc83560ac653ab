//! What writers need to know beyond the text: what a block is for, what a column holds, which cells are sums.
//!
//! Readers leave every field at its default. Nothing here changes what a document says.

use serde::{Deserialize, Serialize};

/// What a block is for on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Running text, a heading of a section, or a table.
    #[default]
    Body,
    /// The title on the cover.
    CoverTitle,
    /// The unit on the cover.
    CoverUnit,
    /// The date on the cover.
    CoverDate,
    /// The words “目录” above the list of contents.
    ContentsTitle,
    /// One line of the contents. Its text has no page number; writers with pages add it.
    ContentsEntry {
        /// 1 is the highest.
        level: u8,
        /// The [`Layout::anchor`] of the block it leads to.
        target: String,
    },
    /// The title of the table that follows.
    TableTitle,
    /// The line between title and table: who made it at the left, the unit of money at the right, a tab between.
    TableCaption,
    /// A remark under a table.
    TableNote,
}

/// How a block is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// What the block is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Role,
    /// Name for links and bookmarks, unique in the document: ASCII letters, digits and hyphens, a letter first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The block begins a page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub starts_page: bool,
    /// The block stands on a page in landscape; a change of this begins a page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_landscape: bool,
}

/// What a column of a table holds; alignment and width follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Nobody said: numbers at the right, everything else at the left.
    #[default]
    Auto,
    /// Codes, ordinals and short marks, centred.
    Code,
    /// Names of rows, at the left.
    Label,
    /// Numbers, at the right.
    Number,
    /// Sentences, at the left, wrapped.
    Text,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it holds.
    #[serde(default)]
    pub kind: ColumnKind,
    /// Share of the width of the table in thousandths; 0 leaves it to the writer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub width: u16,
}

impl From<ColumnKind> for Column {
    fn from(kind: ColumnKind) -> Self {
        Self { kind, width: 0 }
    }
}

/// One term of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// 0-based row of the table.
    pub row: usize,
    /// 0-based grid column.
    pub column: usize,
    /// The term is subtracted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_negative: bool,
}

/// A cell that is the sum of others of the same table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// 0-based row of the total.
    pub row: usize,
    /// 0-based grid column of the total.
    pub column: usize,
    /// What it adds up.
    pub terms: Vec<Term>,
}

/// What a document says of itself as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Title.
    pub title: String,
    /// Who publishes it.
    pub unit: String,
    /// Year it is about.
    pub year: Option<u16>,
    /// Language by its BCP 47 tag; empty when unknown.
    pub language: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
