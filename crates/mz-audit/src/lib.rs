//! The audit: rules, cube contradictions, locating, the obligations ledger. No I/O, no rendering.

mod rule;
pub mod rules;

pub use rule::{Check, FindingBuilder, Rule, Sink, Status};

use mz_budget::{
    disclosure::Disclosure,
    finding::{Obligation, ObligationStatus, Report, Severity},
};

/// Everything a rule may look at. Rules read, they never change it.
#[derive(Debug)]
pub struct Audit<'a> {
    /// The document as understood.
    pub disclosure: &'a Disclosure,
}

impl<'a> Audit<'a> {
    /// Prepares an audit: solves the cubes once, for all rules.
    pub fn new(disclosure: &'a Disclosure) -> Self {
        Self { disclosure }
    }

    /// Runs the rules and returns findings and ledger.
    pub fn run<'r>(&self, rules: impl IntoIterator<Item = &'r &'static Rule>) -> Report {
        let mut report = Report::default();
        for rule in rules {
            let mut sink = Sink::new(rule);
            (rule.check)(self, &mut sink);
            let (findings, status, n_checked, reason) = sink.finish();
            report.obligations.push(Obligation {
                id: rule.code.to_owned(),
                name: rule.title().to_owned(),
                name_en: rule.name.replace('-', " "),
                status,
                n_checked,
                reason,
            });
            report.findings.extend(findings);
        }
        debug_assert!(report.obligations.iter().all(|o| o.status != ObligationStatus::Done || o.n_checked > 0));
        report.findings.sort_by_key(|f| {
            let first = f.places.first();
            (std::cmp::Reverse::<Severity>(f.severity), first.map(|p| (p.block, p.span)))
        });
        report
    }
}
