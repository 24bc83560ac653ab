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

use mz_budget::{
    disclosure::{Disclosure, ReadingProblem},
    library::Library,
    place::Place,
};
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
    let indicators = reading.targets.iter().map(|target| target.indicators.len());
    if profile.tables.is_empty() && indicators.sum::<usize>() == 0 {
        // A document of nothing but performance tables of which no indicator was read was not checked.
        disclosure.problems.push(ReadingProblem {
            name: "target-without-indicators".to_owned(),
            message: "绩效表的指标没有读出，未核对".to_owned(),
            place: Place::default(),
        });
    }
    disclosure.targets.extend(reading.targets);
    disclosure.problems.extend(reading.problems);
    disclosure.n_bound += reading.n_numbers;
}
