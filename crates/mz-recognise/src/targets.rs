//! Performance-target tables: forms of one project each, and lists of many projects.

mod fields;
mod header;
mod indicators;
mod labels;
mod packed;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod value;

use std::{collections::BTreeSet, sync::Arc};

use mz_budget::{
    disclosure::{Disclosure, ReadingProblem},
    place::Place,
    profile::Profile,
};
use mz_document::{Content, Document};
pub use state::Reading;

/// What reading the performance tables needs to know of the rest of the disclosure; nothing else is asked, so that it can
/// be done beside reading the narrative.
#[derive(Debug)]
pub struct Task<'a> {
    document: &'a Document,
    profile: Arc<Profile>,
    /// Blocks of the statutory tables.
    statutory: BTreeSet<usize>,
}

impl<'a> Task<'a> {
    /// The task for a disclosure whose statutory tables were read.
    pub fn new(document: &'a Document, disclosure: &Disclosure) -> Self {
        let tables = disclosure.tables.iter();
        Self {
            document,
            profile: Arc::clone(&disclosure.profile),
            statutory: tables
                .flat_map(|table| table.blocks.iter().copied())
                .collect(),
        }
    }

    /// Reads the tables.
    pub fn read(&self) -> Reading {
        let form = &self.profile.targets;
        if form.columns.is_empty() {
            return Reading::default();
        }
        let mut reader = reader::Reader::new(form, self.profile.unit);
        for (i, block) in self.document.blocks.iter().enumerate() {
            match &block.content {
                Content::Heading { text, .. } | Content::Paragraph(text) => {
                    reader.paragraph(i, block, text)
                }
                Content::Table(_) if self.statutory.contains(&i) => reader.close(),
                Content::Table(table) => reader.table(i, block, table),
            }
        }
        let mut reading = reader.finish();
        let indicators = reading.targets.iter().map(|target| target.indicators.len());
        if self.profile.tables.is_empty() && indicators.sum::<usize>() == 0 {
            // A document of nothing but performance tables of which no indicator was read was not checked.
            reading.problems.insert(
                0,
                ReadingProblem {
                    name: "target-without-indicators".to_owned(),
                    message: "绩效表的指标没有读出，未核对".to_owned(),
                    place: Place::default(),
                },
            );
        }
        reading
    }
}

impl Reading {
    /// Fills the disclosure's part.
    pub fn fill(self, disclosure: &mut Disclosure) {
        disclosure.targets.extend(self.targets);
        disclosure.problems.extend(self.problems);
        disclosure.n_bound += self.n_numbers;
    }
}
