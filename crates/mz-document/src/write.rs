//! From a document to bytes: what writers are given, and the list of them.

use std::{collections::BTreeMap, fmt};

use crate::{Document, Figure, docx, html, json, number, text, workbook};

/// What a writer is told beyond the document.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Printed page numbers by [`crate::Layout::anchor`], from whoever laid out the pages.
    pub page_numbers: BTreeMap<String, u32>,
    /// Charts, for formats that can show them.
    pub figures: Vec<Figure>,
}

/// A document that cannot be written in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// Chinese sentence.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_zh)
    }
}

impl std::error::Error for WriteError {}

/// A writer of one format. The same document gives the same bytes, on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// The ending of its files, without the dot; also its name.
    pub extension: &'static str,
    /// Writes a document.
    pub write: fn(&Document, &WriteOptions) -> Result<Vec<u8>, WriteError>,
}

/// All writers.
pub const WRITERS: &[Writer] = &[
    docx::WRITER,
    html::WRITER,
    json::WRITER,
    text::WRITER,
    workbook::WRITER,
];

/// Whether XML and HTML may hold the character.
pub(crate) fn is_writable(c: char) -> bool {
    matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Appends text with the characters of markup escaped; characters that XML forbids become `U+FFFD`.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_writable(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
}

/// Text with the characters of markup escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// Text that a spreadsheet would take for a formula: what begins with a sign and is no number, no dash and no operator of
/// an indicator (`=`), which stand alone.
pub fn is_formula_like(text: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let starts = text.trim_start().starts_with(SIGNS) || text.starts_with(['\t', '\r', '\n']);
    let is_dash = text.trim().chars().all(|c| matches!(c, '-' | '－' | '—'));
    starts && !is_dash && text != "=" && number(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_figures_and_dashes() {
        for formula in [
            "=1+1",
            "+SUM(A1)",
            "-cmd|' /C calc'!A0",
            "@x",
            "\t=1",
            " =1",
        ] {
            assert!(is_formula_like(formula), "{formula}");
        }
        for plain in [
            "-12.00",
            "－0.05",
            "-",
            "—",
            "+5",
            "-3.20%",
            "基本支出",
            "=",
            "",
        ] {
            assert!(!is_formula_like(plain), "{plain}");
        }
    }
}
