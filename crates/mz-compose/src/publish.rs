//! From a document and what it says to files: totals as formulas, charts, JSON with the facts, and open data.
//!
//! Every figure here is one that the document prints and that was read from it, so nothing can reach a file that is not
//! on paper. Which cells are sums of which, and what a chart shows, follow from what the cells mean.

mod cells;
mod charts;
mod code_lists;
mod data_package;
mod json;
mod sums;

use std::collections::BTreeMap;

use mz_budget::disclosure::Disclosure;
use mz_document::{Document, WRITERS, WriteError, WriteOptions};

pub use data_package::DataFile;

/// A document ready to be written in any format.
#[derive(Debug)]
pub struct Publication<'d> {
    /// The document, its tables knowing which cells are sums.
    pub document: Document,
    /// What it says, as read from it.
    pub disclosure: &'d Disclosure,
    /// Page numbers and charts.
    pub options: WriteOptions,
}

impl<'d> Publication<'d> {
    /// A publication of a document and of what was read from it.
    pub fn new(mut document: Document, disclosure: &'d Disclosure) -> Self {
        sums::mark(&mut document, disclosure);
        let figures = charts::charts(&document, disclosure);
        Self {
            document,
            disclosure,
            options: WriteOptions {
                page_numbers: BTreeMap::new(),
                figures,
            },
        }
    }

    /// Printed page numbers by anchor, from whoever laid out the pages.
    pub fn set_page_numbers(&mut self, numbers: impl IntoIterator<Item = (String, u32)>) {
        self.options.page_numbers = numbers.into_iter().collect();
    }

    /// The file of a format by its extension: `docx`, `html`, `json`, `txt`, `xlsx`. `None` for an unknown one.
    ///
    /// # Errors
    ///
    /// When the format cannot hold the document.
    pub fn write(&self, extension: &str) -> Option<Result<Vec<u8>, WriteError>> {
        if extension == "json" {
            return Some(json::write(self));
        }
        let writer = WRITERS.iter().find(|one| one.extension == extension)?;
        Some((writer.write)(&self.document, &self.options))
    }

    /// The files of a Frictionless data package, `datapackage.json` first.
    ///
    /// # Errors
    ///
    /// When a table cannot be written.
    pub fn data_package(&self) -> Result<Vec<DataFile>, WriteError> {
        data_package::files(self)
    }
}

fn failed(error: impl std::fmt::Display) -> WriteError {
    WriteError {
        message_zh: format!("数据无法写出（{error}）"),
        message_en: format!("the data could not be written: {error}"),
    }
}
