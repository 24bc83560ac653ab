//! The forms of a package: workbook, folder of TOML and CSV, JSON. One model, three interchangeable forms, nothing lost between them.
//!
//! No file is opened here: forms are bytes, or names with bytes. What cannot be placed is returned as a [`FormProblem`]
//! with its sheet and cell, never dropped.

pub mod check;
mod codes;
pub mod diff;
pub mod folder;
pub mod import;
pub mod json;
mod paths;
mod problem;
pub mod roll;
mod table;
pub mod workbook;

use mz_budget::package::Package;

pub use problem::{FormProblem, Level};

/// A package as read from one of its forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The facts that could be placed.
    pub package: Package,
    /// What could not.
    pub problems: Vec<FormProblem>,
}
