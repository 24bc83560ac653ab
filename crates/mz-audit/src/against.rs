//! Other documents beside the one audited: last year's, the department's or a unit's, the budget of the same year.
//!
//! The other document's figures are observations of the same cube at another stage or body, so what must hold between the
//! two follows from the laws every cube has ([`joint`]); nothing is compared by hand.

pub mod carried;
pub mod joint;
pub mod relation;
pub mod sentences;

use std::sync::Arc;

use mz_budget::{disclosure::Disclosure, place::Place};

pub use relation::Relation;

/// Another document and what it is to the one audited.
#[derive(Clone, Debug)]
pub struct Companion<'a> {
    /// The file as printed.
    pub file: Arc<str>,
    /// What it says.
    pub disclosure: &'a Disclosure,
    /// What it is to the document audited.
    pub relation: Relation,
}

impl<'a> Companion<'a> {
    /// The other document of a file, its relation told from the content of both.
    pub fn new(own: &Disclosure, file: &str, disclosure: &'a Disclosure) -> Self {
        Self {
            file: file.into(),
            disclosure,
            relation: Relation::of(own, disclosure),
        }
    }

    /// A place of the other document, with its file.
    pub fn at(&self, place: &Place) -> Place {
        let mut place = place.clone();
        place.file.get_or_insert_with(|| Arc::clone(&self.file));
        place
    }

    /// The other document's year, for messages.
    pub fn year(&self) -> String {
        self.disclosure
            .year
            .map_or_else(String::new, |year| year.to_string())
    }
}
