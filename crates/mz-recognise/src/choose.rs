//! Choosing profile, year, unit and kind from the content.

use std::sync::Arc;

use mz_budget::{disclosure::Kind, library::Library, profile::Profile};
use mz_document::Document;

use crate::RecogniseError;

/// What a document says of itself.
pub(crate) struct Identity {
    pub(crate) unit: Option<String>,
    pub(crate) year: Option<u16>,
    pub(crate) kind: Kind,
}

/// The profile that fits best.
pub(crate) fn profile(_document: &Document, library: &Library) -> Result<Arc<Profile>, RecogniseError> {
    library.profiles().first().cloned().ok_or(RecogniseError::NoProfile { seen: Vec::new(), nearest: None })
}

/// Unit, year and kind.
pub(crate) fn identity(_document: &Document, profile: &Profile) -> Identity {
    Identity { unit: None, year: None, kind: profile.kind }
}
