//! Statutory tables: found by title or header words, read row by row, and turned into observations of the cube.

mod cell;
mod close;
mod code;
pub(crate) mod columns;
pub use mz_budget::trees as dimensions;
mod emit;
pub(crate) mod find;
mod grid;
mod header;
mod identities;
mod rows;
pub(crate) mod title;

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_document::Document;

pub use close::{Open, close};

/// Fills the disclosure's tables, their observations and the trees. What is returned closes the tables with [`close`] once
/// every node of the document is known.
pub fn read(document: &Document, library: &Library, disclosure: &mut Disclosure) -> Open {
    let profile = disclosure.profile.clone();
    let year = disclosure
        .year
        .or(profile.years.last().copied())
        .unwrap_or(0);
    let catalogue = library.catalogue(year);
    let found = find::find(
        document,
        &profile,
        disclosure.unit.as_deref(),
        &disclosure.dimensions,
    );
    let mut open = Open::default();
    for table in &found {
        emit::table(table, catalogue, disclosure, &mut open);
    }
    open.freeze(&mut disclosure.dimensions);
    open
}

#[cfg(test)]
mod tests;
