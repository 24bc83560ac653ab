//! The context of an audit: what every rule may look at, solved and grouped once.

use mz_budget::{
    dimension::Slice,
    disclosure::{Disclosure, Stage, Subject},
    finding::{Counts, Obligation, ObligationStatus, Report, Severity},
    library::Library,
    money::{Fen, MoneyUnit},
    place::Place,
};

use crate::{
    Rule, Sink,
    claim_groups::{self, ClaimGroup},
    cubes::{Cubes, Known},
    print,
    root_cause::{self, Found},
};

/// Everything a rule may look at. Rules read, they never change it.
#[derive(Debug)]
pub struct Audit<'a> {
    /// The document as understood.
    pub disclosure: &'a Disclosure,
    /// Catalogues and profiles.
    pub library: &'a Library,
    /// Statements of the narrative, by group and subject.
    pub groups: Vec<ClaimGroup<'a>>,
    /// The cubes, solved.
    pub cubes: Cubes,
}

impl<'a> Audit<'a> {
    /// Prepares an audit: solves the cubes once, for all rules.
    pub fn new(disclosure: &'a Disclosure, library: &'a Library) -> Self {
        Self {
            disclosure,
            library,
            groups: claim_groups::groups(disclosure),
            cubes: Cubes::solve(disclosure),
        }
    }

    /// Runs the rules and returns findings and ledger.
    pub fn run<'r>(&self, rules: impl IntoIterator<Item = &'r &'static Rule>) -> Report {
        let mut report = Report {
            counts: self.counts(),
            ..Report::default()
        };
        let (mut found, mut held) = (Vec::new(), Vec::new());
        for rule in rules {
            let mut sink = Sink::new(rule);
            (rule.check)(self, &mut sink);
            let (evidence, confirmed) = sink.take_evidence();
            held.extend(confirmed);
            let (findings, status, n_checked, reason) = sink.finish();
            report.obligations.push(Obligation {
                id: rule.code.to_owned(),
                name: rule.title().to_owned(),
                name_en: rule.name.replace('-', " "),
                status,
                n_checked,
                reason,
            });
            found.extend(
                findings
                    .into_iter()
                    .zip(evidence)
                    .map(|(finding, evidence)| Found { finding, evidence }),
            );
        }
        debug_assert!(
            report
                .obligations
                .iter()
                .all(|o| o.status != ObligationStatus::Done || o.n_checked > 0)
        );
        report.findings = root_cause::merge(found, &held);
        report.findings.sort_by_key(|f| {
            let first = f.places.first();
            (
                std::cmp::Reverse::<Severity>(f.severity),
                first.map(|p| (p.block, p.span)),
            )
        });
        report
    }

    /// What the tables alone say of a slice, printed or derived.
    pub fn tables(&self, stage: Stage, slice: Slice) -> Option<Known> {
        self.cubes.tables(self.disclosure, stage, slice)
    }

    /// Chinese name of a subject.
    pub fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Slice(slice) => self.disclosure.dimensions.name(*slice),
            Subject::Fact(key) => self
                .disclosure
                .profile
                .narrative
                .fact(key)
                .map_or_else(|| key.clone(), |fact| fact.name.clone()),
        }
    }

    /// A computed amount in the unit of the document.
    pub fn money(&self, fen: i64) -> String {
        print::amount(
            Fen(fen),
            self.disclosure.profile.unit,
            self.disclosure.profile.decimals,
        )
    }

    /// The unit of the document.
    pub fn unit(&self) -> MoneyUnit {
        self.disclosure.profile.unit
    }

    /// Place of an observation.
    pub fn place_of(&self, observation: usize) -> Option<&'a Place> {
        self.disclosure
            .observations
            .get(observation)
            .map(|o| &o.place)
    }

    fn counts(&self) -> Counts {
        let disclosure = self.disclosure;
        Counts {
            cells: disclosure.observations.len(),
            slices: 0,
            identities: 0,
            claims: disclosure.claims.len(),
            claims_unproved: disclosure.unproved.len(),
        }
    }
}
