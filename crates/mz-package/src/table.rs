//! A package as flat tables: what workbook sheets and CSV files have in common.

pub(crate) mod from_package;
pub(crate) mod input;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod to_package;

use mz_budget::money::Decimal;
use mz_document::is_formula_like;

/// A cell to write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Blank,
    /// Words.
    Text(String),
    /// A number with its digits.
    Number(Decimal),
}

impl Value {
    /// Words, or nothing when there are none.
    pub(crate) fn words(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Words that are there even when empty.
    pub(crate) fn given(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A mark.
    pub(crate) fn mark(is_set: bool) -> Self {
        if is_set {
            Self::Text("是".to_owned())
        } else {
            Self::Blank
        }
    }
}

/// A table to write.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Which table it is.
    pub(crate) spec: &'static schema::TableSpec,
    /// Name of its sheet.
    pub(crate) name: String,
    /// Rows, each as long as the columns.
    pub(crate) rows: Vec<Vec<Value>>,
}

/// Text as a cell keeps it: an apostrophe before what a spreadsheet would run as a formula, before an apostrophe, and
/// in place of text that is there but blank.
pub(crate) fn escape(text: &str) -> String {
    if text.trim().is_empty() || text.starts_with('\'') || is_formula_like(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text a cell keeps.
pub(crate) fn unescape(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_kept_as_text() {
        for text in [
            "=1+1",
            "+SUM(A1)",
            "-cmd|' /C calc'!A0",
            "@x",
            "\t=1",
            "\r=1",
            "'=1",
            "",
            " ",
        ] {
            let kept = escape(text);
            assert!(kept.starts_with('\''), "{text:?}");
            assert_eq!(unescape(&kept), text);
        }
        for text in ["-12.00", "-3.20%", "基本支出", "=", "-"] {
            assert_eq!(escape(text), text);
        }
    }
}
