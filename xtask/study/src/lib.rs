//! The mutation study: every figure of a document is changed, one at a time, in the ways people err; the audit must notice,
//! and name the changed figure first.

pub mod judge;
pub mod mutation;
pub mod report;
pub mod run;
pub mod spot;
