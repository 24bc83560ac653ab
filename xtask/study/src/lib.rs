//! Studies of real documents. The mutation study: every figure of a document is changed, one at a time, in the ways people err; the audit must notice,
//! and name the changed figure first. The census: what the program makes of every document of a folder.
//! A sample of what sentences were bound to, for a person to judge.
//! The robustness study: what it makes of damaged and hostile files.
//! What documents of provinces without a form, and parts of documents, would meet.

pub mod census;
pub mod claims;
pub mod fuzz;
pub mod judge;
pub mod loose;
pub mod memory;
pub mod mutation;
pub mod report;
pub mod run;
pub mod spot;
pub mod unnoticed;
pub mod unseen;
