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
mod outside;
mod parts;
mod propose;
mod rows;
pub(crate) mod title;

use std::sync::Arc;

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
    let mut found = find::find(
        document,
        &profile,
        disclosure.unit.as_deref(),
        &disclosure.dimensions,
    );
    // Figures at most; growing step by step copies every one of them several times.
    let rows = found.iter().flat_map(|table| &table.grid.rows);
    let n_cells = rows.map(|row| row.row.cells.len()).sum();
    disclosure.observations.reserve(n_cells);
    let all_open = profile.tables.iter().all(|table| table.panels.is_empty());
    let totals = outside::totals(&found, &profile, disclosure.own_stage());
    let is_open = all_open || found.iter().any(|table| table.spec.panels.is_empty());
    if !is_open {
        let mut open = Open::of(totals);
        for table in &found {
            emit::table(table, catalogue, disclosure, &mut open);
        }
        open.freeze(&mut disclosure.dimensions);
        return open;
    }
    let mut proposal = propose::propose(
        &found,
        &profile,
        catalogue,
        &disclosure.dimensions,
        disclosure.year,
    );
    for (table, layout) in found.iter_mut().zip(proposal.layouts) {
        table.layout = layout;
    }
    propose::settle(&found, &mut proposal.profile.tables, catalogue, disclosure);
    let profile = Arc::new(proposal.profile);
    disclosure.profile = profile.clone();
    let mut open = Open::of(totals);
    for (table, spec) in found.iter().zip(&profile.tables) {
        emit::table(&table.declared(spec), catalogue, disclosure, &mut open);
    }
    if all_open && proposal.n_strangers.iter().all(|n| *n == 0) {
        propose::close_small(disclosure);
    }
    open.freeze(&mut disclosure.dimensions);
    open
}

/// States what the tables outside the cube come to, beside what the narrative says of it.
pub fn state_totals(open: &mut Open, disclosure: &mut Disclosure) {
    outside::state(std::mem::take(&mut open.totals), disclosure);
}

#[cfg(test)]
mod tests;
