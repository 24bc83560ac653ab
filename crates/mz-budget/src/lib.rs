//! The budget itself: exact money, catalogues, dimensions, the cube, profiles, disclosures, claims and findings.
//!
//! No I/O, no clock, no floating point.

// Tests inside the crate share the fixture of the tests outside it, which names the crate.
#[cfg(test)]
extern crate self as mz_budget;

pub mod catalogue;
pub mod cube;
mod digest;
pub mod dimension;
pub mod disclosure;
pub mod finding;
pub mod library;
pub mod money;
pub mod normalise;
pub mod package;
pub mod parallel;
pub mod place;
pub mod profile;
pub mod region;
pub mod trees;
pub mod words;
