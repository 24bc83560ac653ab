//! Performance-target tables: forms of one project each, and lists of many projects.

mod fields;
mod header;
mod indicators;
mod labels;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod value;

use std::{collections::BTreeSet, sync::Arc};

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_document::{Content, Document};

/// Fills the disclosure's part.
pub fn read(document: &Document, _library: &Library, disclosure: &mut Disclosure) {
    let profile = Arc::clone(&disclosure.profile);
    if profile.targets.columns.is_empty() {
        return;
    }
    let statutory: BTreeSet<usize> = disclosure
        .tables
        .iter()
        .flat_map(|table| table.blocks.iter().copied())
        .collect();
    let mut reader = reader::Reader::new(&profile.targets, profile.unit);
    for (i, block) in document.blocks.iter().enumerate() {
        match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => {
                reader.paragraph(i, block, text)
            }
            Content::Table(_) if statutory.contains(&i) => reader.close(),
            Content::Table(table) => reader.table(i, block, table),
        }
    }
    let reading = reader.finish();
    disclosure.targets.extend(reading.targets);
    disclosure.problems.extend(reading.problems);
    disclosure.n_bound += reading.n_numbers;
}
