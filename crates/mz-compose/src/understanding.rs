//! A document as it was understood: every cell with its slice, every claim with its subject, and every number that was not
//! bound. What a unit looks at to see why a finding says what it says.

mod csv;
mod human;
mod json;
mod record;
mod xlsx;

use mz_budget::disclosure::Disclosure;

use crate::lang::Lang;

pub use json::facts;
pub use record::{stage as stage_name, stage_key};

/// A document that was read and recognised.
#[derive(Clone, Copy, Debug)]
pub struct Understood<'a> {
    /// Path as given.
    pub file: &'a str,
    /// Digest of the bytes read, in hexadecimal.
    pub sha256: &'a str,
    /// What was understood.
    pub disclosure: &'a Disclosure,
}

/// Format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Human,
    /// `mingzhang.read/1`
    Json,
    /// One line a figure, for spreadsheets.
    Csv,
    /// A sheet of figures, a sheet of claims, a sheet of what was not bound.
    Xlsx,
}

/// Renders it. `Err` only when a workbook cannot be written.
pub fn render(understood: &Understood<'_>, format: Format, lang: Lang) -> Result<Vec<u8>, String> {
    match format {
        Format::Human => Ok(human::render(understood, lang).into_bytes()),
        Format::Json => Ok(json::render(understood).into_bytes()),
        Format::Csv => csv::render(understood, lang),
        Format::Xlsx => xlsx::render(understood, lang).map_err(|error| error.to_string()),
    }
}
