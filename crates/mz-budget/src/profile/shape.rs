//! What choosing among profiles looks at: their tables and headings, in comparison form. The build script makes it of the
//! profiles that ship with the program, so that those a document is not read by need not be read for it.

use serde::{Deserialize, Serialize};

/// The tables and headings of a profile, as far as choosing needs them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Shape {
    /// Tables, in order.
    pub tables: Vec<TableShape>,
    /// For each heading that must be there, its alternatives, each the words that must all occur.
    pub headings: Vec<Vec<Vec<String>>>,
}

/// A table, as far as choosing needs it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct TableShape {
    /// All its titles.
    pub titles: Vec<String>,
    /// Must be published even when empty.
    pub required: bool,
    /// Number of columns; `None` when the table is read from its own headers.
    pub width: Option<usize>,
}

/// The words of an alternative of a heading.
pub(crate) fn words(alternative: &str, name: impl Fn(&str) -> String) -> Vec<String> {
    alternative.split_whitespace().map(name).collect()
}
