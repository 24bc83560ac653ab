//! The data files as the build script left them: parsed, inheritance resolved, in a binary form that reads quickly.
//!
//! A document needs one profile of many; reading all of them as TOML would take longer than reading and auditing it.

use std::ops::Range;

use serde::de::DeserializeOwned;

include!(concat!(env!("OUT_DIR"), "/digest.rs"));

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/digest.bin"));

/// Id of a profile, and where its parts and its shape lie.
pub(crate) type Digested = (&'static str, [Range<usize>; 6], Range<usize>);

/// The profiles, by id.
pub(crate) fn profiles() -> &'static [Digested] {
    PROFILES
}

/// A data file that is no part of a profile, without its `[source]`.
pub(crate) fn file<T: DeserializeOwned>(path: &str) -> Option<T> {
    let (_, range) = FILES.iter().find(|(known, _)| *known == path)?;
    part(range)
}

/// A part of a profile.
pub(crate) fn part<T: DeserializeOwned>(range: &Range<usize>) -> Option<T> {
    rmp_serde::from_slice(BYTES.get(range.clone())?).ok()
}
