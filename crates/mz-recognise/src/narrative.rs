//! Claims, statements, reasons and lists of the narrative.

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_document::Document;

/// Fills the disclosure's part.
pub fn read(_document: &Document, _library: &Library, _disclosure: &mut Disclosure) {}
