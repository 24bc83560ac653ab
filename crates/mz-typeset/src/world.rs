//! The world typst sees: one template, one dictionary of data, the chosen fonts. No files, no packages, no network, no clock.

use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::fonts::Chosen;

/// The layout of a disclosure.
const TEMPLATE: &str = include_str!("template.typ");

/// One document's world.
pub struct Small<'a> {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    template: Source,
    fonts: &'a Chosen,
}

impl<'a> Small<'a> {
    /// A world with the data the template reads.
    pub fn new(fonts: &'a Chosen, data: Dict) -> Self {
        Self {
            library: LazyHash::new(Library::builder().with_inputs(data).build()),
            book: LazyHash::new(FontBook::from_infos(fonts.infos())),
            template: Source::detached(TEMPLATE),
            fonts,
        }
    }
}

impl World for Small<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
