//! A package as its readers will see it: the public part composed, and the composed document read back.

use mz_budget::{
    disclosure::Disclosure,
    library::Library,
    package::{Leak, Package, PublicPackage},
};
use mz_compose::disclosure::{Composed, Rounding, compose};
use mz_document::Document;

/// The public side of a package.
pub struct Seen {
    /// What may be published.
    pub public: PublicPackage,
    /// What composing found out.
    pub composed: Composed,
    /// The composed document as read back; `None` when something is missing.
    pub disclosure: Option<Disclosure>,
}

/// Why there is no public side.
pub enum Blocked {
    /// Texts hold withheld names.
    Leaks(Vec<Leak>),
    /// The profile cannot be written, or the document cannot be read back.
    Reason(String),
}

/// Composes and reads back.
pub fn see(package: &Package) -> Result<Seen, Blocked> {
    let library = Library::embedded();
    let public = PublicPackage::of(package).map_err(Blocked::Leaks)?;
    let composed = compose(&public, library, Rounding::Plain)
        .map_err(|error| Blocked::Reason(error.to_string()))?;
    let disclosure = match &composed.document {
        Some(document) => Some(read(document, &public.profile)?),
        None => None,
    };
    Ok(Seen {
        public,
        composed,
        disclosure,
    })
}

fn read(document: &Document, profile: &str) -> Result<Disclosure, Blocked> {
    mz_recognise::recognise(document, Library::embedded(), Some(profile))
        .map_err(|error| Blocked::Reason(error.to_string()))
}
