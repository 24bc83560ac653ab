//! The context of an audit: what every rule may look at, solved and grouped once.

use std::sync::OnceLock;

use mz_budget::{
    dimension::Slice,
    disclosure::{Claim, Disclosure, Stage, Subject, Text},
    finding::{Counts, Obligation, ObligationStatus, Report, Severity},
    library::Library,
    money::{Fen, MoneyUnit, PrintedMoney},
    parallel,
    place::Place,
};

use crate::{
    FigureKey, Rule, Sink,
    against::Companion,
    candidates::ClaimIndex,
    claim_groups::{self, ClaimGroup},
    cubes::{Cubes, Known},
    interval::Interval,
    ledger,
    pattern::Pattern,
    phrases::Phrases,
    print,
    root_cause::{self, Found},
    template::{self, Template},
    words::{self, Line},
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
    /// Claims by subject.
    pub index: ClaimIndex<'a>,
    /// Words that stand for slices.
    pub phrases: Phrases,
    /// Other documents to compare with.
    pub companions: Vec<Companion<'a>>,
    /// All texts, with their comparison form.
    pub lines: Vec<Line<'a>>,
    /// The document is a blank form.
    pub template: Option<Template>,
    /// Solved when first asked for.
    cubes: OnceLock<Cubes>,
}

/// What one rule says.
struct Checked {
    obligation: Obligation,
    found: Vec<Found>,
    /// Figures of checks that held.
    held: Vec<FigureKey>,
}

/// The ledger's line of a rule that a blank form gives nothing to.
fn not_of_templates(rule: &Rule) -> Obligation {
    Obligation {
        id: rule.code.to_owned(),
        name: rule.title().to_owned(),
        name_en: rule.name.replace('-', " "),
        status: ObligationStatus::NotApplicable,
        n_checked: 0,
        reason: "空白模板，未核对".to_owned(),
    }
}

/// How a slice moved since last year's budget.
#[derive(Clone, Debug)]
pub struct Moved<'a> {
    /// Signed change.
    pub interval: Interval,
    /// Where it is printed; empty when it is derived.
    pub places: Vec<&'a Place>,
    /// Claims it rests on: indexes into [`Disclosure::claims`].
    pub support: Vec<usize>,
}

impl<'a> Audit<'a> {
    /// Prepares an audit: what the rules look at is grouped once for all of them.
    pub fn new(disclosure: &'a Disclosure, library: &'a Library) -> Self {
        let lines = words::lines(disclosure);
        Self {
            disclosure,
            library,
            groups: claim_groups::groups(disclosure),
            index: ClaimIndex::new(disclosure),
            phrases: Phrases::new(disclosure),
            companions: Vec::new(),
            template: template::of(disclosure, &lines),
            lines,
            cubes: OnceLock::new(),
        }
    }

    /// The cubes, solved.
    pub fn cubes(&self) -> &Cubes {
        self.cubes.get_or_init(|| Cubes::new(self.disclosure))
    }

    /// Texts that may hold a match of the pattern, in order.
    pub(crate) fn texts_with(&self, pattern: &Pattern) -> impl Iterator<Item = &'a Text> {
        let lines = self.lines.iter();
        lines
            .filter(|line| line.may_hold(pattern))
            .map(|line| line.text)
    }

    /// Runs the rules and returns findings and ledger.
    pub fn run<'r>(&self, rules: impl IntoIterator<Item = &'r &'static Rule>) -> Report {
        let mut report = Report::default();
        let checked = self.check_all(&rules.into_iter().copied().collect::<Vec<_>>());
        report.obligations = ledger::lines(self);
        let (mut found, mut held) = (Vec::new(), Vec::new());
        for checked in checked {
            report.obligations.push(checked.obligation);
            found.extend(checked.found);
            held.extend(checked.held);
        }
        debug_assert!(
            report
                .obligations
                .iter()
                .all(|o| o.status != ObligationStatus::Done || o.n_checked > 0)
        );
        report.counts = self.counts();
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

    /// Runs the rules, and returns what each says in their order.
    ///
    /// The largest cube takes one thread longer than anything else does. Meanwhile the other one checks the rules about words,
    /// which do not wait for it.
    fn check_all(&self, rules: &[&'static Rule]) -> Vec<Checked> {
        let mut turns: Vec<usize> = (0..rules.len()).collect();
        turns.sort_by_key(|i| rules[*i].rests_on_figures());
        let mut checked = parallel::in_order(turns.len() + 1, |turn| {
            let Some(i) = turn.checked_sub(1).map(|turn| turns[turn]) else {
                self.cubes();
                return None;
            };
            Some((i, self.check(rules[i])))
        });
        checked.sort_by_key(|checked| checked.as_ref().map(|(i, _)| *i));
        checked
            .into_iter()
            .flatten()
            .map(|(_, checked)| checked)
            .collect()
    }

    /// Runs one rule.
    fn check(&self, rule: &'static Rule) -> Checked {
        // Nothing in a blank form is wrong for being blank.
        if self.template.is_some() && !rule.is_of_templates() {
            return Checked {
                obligation: not_of_templates(rule),
                found: Vec::new(),
                held: Vec::new(),
            };
        }
        let mut sink = Sink::new(rule);
        (rule.check)(self, &mut sink);
        let (evidence, held) = sink.take_evidence();
        let (findings, status, n_checked, reason) = sink.finish();
        let found = findings.into_iter().zip(evidence);
        Checked {
            obligation: Obligation {
                id: rule.code.to_owned(),
                name: rule.title().to_owned(),
                name_en: rule.name.replace('-', " "),
                status,
                n_checked,
                reason,
            },
            found: found
                .map(|(finding, evidence)| Found {
                    is_located: rule.locates() && !finding.suspects.is_empty(),
                    finding,
                    evidence,
                })
                .collect(),
            held,
        }
    }

    /// What the tables alone say of a slice, printed or derived.
    pub fn tables(&self, stage: Stage, slice: Slice) -> Option<Known> {
        self.cubes().known(stage, slice)
    }

    /// How a slice moved since last year's budget: as printed, or this year's amount less last year's.
    pub fn moved(&self, slice: Slice) -> Option<Moved<'a>> {
        let subject = Subject::Slice(slice);
        let claims = self.index.changes(&subject, self.disclosure.own_stage());
        let slack = self.unit_slack();
        let printed: Vec<Interval> = claims
            .iter()
            .filter_map(|claim| claim_groups::signed_change(claim, slack))
            .collect();
        if let Some(first) = printed.first() {
            // Two printed changes that differ are another rule's finding; nothing can rest on them.
            let agreed = printed.iter().all(|other| other.meets(*first));
            let places = claims.iter().map(|claim| &claim.place).collect();
            return agreed.then_some(Moved {
                interval: *first,
                places,
                support: Vec::new(),
            });
        }
        let before = self.cubes().prior()?.known(slice)?;
        let now = self.tables(self.disclosure.own_stage(), slice)?;
        let claims = &self.disclosure.claims;
        Some(Moved {
            interval: now.interval.minus(before.interval),
            places: nearest(claims, &before.support, slice),
            support: before.support,
        })
    }

    /// A name for the money a slice is, the same for slices that stand for the same figures: what it rests on.
    pub fn cause_of(&self, slice: Slice) -> String {
        match self.tables(self.disclosure.own_stage(), slice) {
            Some(known) if known.interval.middle() != 0 => format!("{}", known.interval.middle()),
            _ => self.disclosure.dimensions.name(slice),
        }
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

    /// A computed amount in the unit of the figure it stands beside.
    pub fn money_beside(&self, fen: i64, figure: PrintedMoney) -> String {
        print::amount(Fen(fen), figure.unit, self.disclosure.profile.decimals)
    }

    /// The unit of the document.
    pub fn unit(&self) -> MoneyUnit {
        self.disclosure.profile.unit
    }

    /// Half of the last digit the document prints, in fen.
    pub fn unit_slack(&self) -> i64 {
        crate::cubes::unit_slack(self.disclosure)
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
        let solved = self
            .cubes()
            .stages()
            .map(|(_, solved)| solved)
            .chain(self.cubes().prior())
            .chain(self.cubes().changes());
        let (mut identities, mut slices) = (0, 0);
        for one in solved {
            identities += one.counts().0;
            slices += one.counts().1;
        }
        Counts {
            cells: disclosure.observations.len(),
            slices,
            identities,
            claims: disclosure.claims.len(),
            claims_unproved: disclosure.unproved.len(),
        }
    }
}

/// Places of the claims that are about nearly the same money: those that share most coordinates with the slice.
fn nearest<'a>(claims: &'a [Claim], support: &[usize], slice: Slice) -> Vec<&'a Place> {
    let shared = |claim: &Claim| match claim.subject {
        Subject::Slice(other) => slice
            .0
            .iter()
            .zip(other.0)
            .filter(|(a, b)| **a == *b && **a != 0)
            .count(),
        Subject::Fact(_) => 0,
    };
    let supporting: Vec<&Claim> = support.iter().filter_map(|i| claims.get(*i)).collect();
    let best = supporting
        .iter()
        .map(|claim| shared(claim))
        .max()
        .unwrap_or(0);
    let telling = supporting.into_iter().filter(|claim| shared(claim) == best);
    telling.take(2).map(|claim| &claim.place).collect()
}
