//! What the reader gets to see: audits as human text, JSON, SARIF, HTML and XLSX; documents as they were understood.
//!
//! Findings are data until they reach this crate, and nothing in it decides what is right or wrong.

pub mod disclosure;
pub mod lang;
mod layout;
mod money;
pub mod pictures;
pub mod pin;
pub mod publish;
pub mod report;
mod spot;
pub mod understanding;
mod workbook;
