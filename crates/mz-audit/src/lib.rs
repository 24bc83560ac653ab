//! The audit: rules, cube contradictions, locating, the obligations ledger. No I/O, no rendering.

pub mod against;
mod audit;
pub mod candidates;
pub mod claim_groups;
pub mod cubes;
pub mod interval;
mod ledger;
mod lexicon;
mod nil_tables;
mod pattern;
pub mod phrases;
pub mod print;
pub mod projects;
pub mod rates;
mod root_cause;
mod rule;
pub mod rules;
pub mod template;
pub mod unlisted;
pub mod withhold;
mod wording;
mod words;

pub use audit::{Audit, Moved};
pub use rule::{Check, FigureKey, FindingBuilder, Rule, Sink, Status, figure_key};
pub use words::Line;

use against::Companion;
use mz_budget::{disclosure::Disclosure, finding::Report, library::Library};

/// Audits a disclosure with all rules.
pub fn audit(disclosure: &Disclosure, library: &Library) -> Report {
    audit_against(disclosure, library, Vec::new())
}

/// Audits a disclosure with all rules, beside other documents.
pub fn audit_against(
    disclosure: &Disclosure,
    library: &Library,
    companions: Vec<Companion<'_>>,
) -> Report {
    let mut audit = Audit::new(disclosure, library);
    audit.companions = companions;
    let mut report = audit.run(rules::RULES);
    against::carried::mark(&mut report.findings, library, &audit.companions);
    report
}
