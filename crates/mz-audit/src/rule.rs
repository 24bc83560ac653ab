//! What a rule is, and the sink it reports to.

use std::borrow::Borrow;

use mz_budget::{
    finding::{Finding, ObligationStatus, Severity, Side, Suspect, Verdict},
    money::Fen,
    place::Place,
    profile::Ask,
};

use crate::Audit;

/// The check of a rule.
pub type Check = fn(&Audit<'_>, &mut Sink);

/// Life cycle of a rule. Codes are permanent; a removed rule keeps its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In force since this version.
    Stable {
        /// Version.
        since: &'static str,
    },
    /// No longer run since this version.
    Removed {
        /// Version.
        since: &'static str,
        /// Why.
        reason: &'static str,
    },
}

/// One rule: one file, one page, one code.
#[derive(Debug)]
pub struct Rule {
    /// Permanent code.
    pub code: &'static str,
    /// Readable name: what was found, in kebab case.
    pub name: &'static str,
    /// Severity of its findings unless the finding says otherwise.
    pub severity: Severity,
    /// Life cycle.
    pub status: Status,
    /// Keys into `data/law.toml`.
    pub law: &'static [&'static str],
    /// Ids of the domain checks it implements (`TN-01`).
    pub checks: &'static [&'static str],
    /// The page: documentation, explanation and test at once.
    pub page: &'static str,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// Whether its findings are about figures. Two findings about words (names, slips, residue) may stand at one place and
    /// still have nothing to do with one another, nor with the figure printed there.
    pub fn rests_on_figures(&self) -> bool {
        ["MZ1", "MZ3", "MZ4", "MZ7"]
            .iter()
            .any(|group| self.code.starts_with(group))
    }

    /// Whether it is about blank forms, and the only thing to be said of one.
    pub fn is_of_templates(&self) -> bool {
        self.name == "template-blank"
    }

    /// Whether the suspects it names were found by solving the cube without them.
    pub fn locates(&self) -> bool {
        self.code.starts_with("MZ1")
    }

    /// The rule's Chinese title: first paragraph of its page.
    pub fn title(&self) -> &'static str {
        self.page
            .lines()
            .filter(|line| !line.is_empty())
            .nth(1)
            .unwrap_or(self.name)
    }
}

/// Declares a rule whose page stands beside the file under the same name.
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[$meta:meta])*
        pub static $ident:ident = {
            code: $code:literal,
            name: $name:literal,
            severity: $severity:expr,
            since: $since:literal,
            law: $law:expr,
            checks: $checks:expr,
            page: $page:literal,
            check: $check:expr $(,)?
        };
    ) => {
        $(#[$meta])*
        #[doc = include_str!($page)]
        pub static $ident: $crate::Rule = $crate::Rule {
            code: $code,
            name: $name,
            severity: $severity,
            status: $crate::Status::Stable { since: $since },
            law: $law,
            checks: $checks,
            page: include_str!($page),
            check: $check,
        };
    };
}

/// Collects what one rule finds and what it checked.
#[derive(Debug)]
pub struct Sink {
    rule: &'static Rule,
    findings: Vec<Finding>,
    evidence: Vec<Vec<FigureKey>>,
    held: Vec<FigureKey>,
    n_checked: usize,
    skipped: Option<(ObligationStatus, String)>,
}

/// Identity of a printed figure: the block it stands in and the characters (or grid cell) it occupies there.
pub type FigureKey = (usize, Option<(usize, usize)>);

/// The identity of the figure at a place.
pub fn figure_key(place: &Place) -> FigureKey {
    // Blocks of another file are other blocks; no document has as many as this.
    const ELSEWHERE: usize = usize::MAX / 2;
    let base = if place.file.is_some() { ELSEWHERE } else { 0 };
    (base + place.block, place.span)
}

impl Sink {
    /// An empty sink for a rule.
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule,
            findings: Vec::new(),
            evidence: Vec::new(),
            held: Vec::new(),
            n_checked: 0,
            skipped: None,
        }
    }

    /// Counts one check that held, with the figures it confirms. Figures confirmed elsewhere are unlikely root causes.
    pub fn held<'p>(&mut self, figures: impl IntoIterator<Item = &'p Place>) {
        self.n_checked += 1;
        self.held.extend(figures.into_iter().map(figure_key));
    }

    /// Counts instances that were checked, whatever came out.
    pub fn checked(&mut self, n: usize) {
        self.n_checked += n;
    }

    /// Says why (part of) the rule could not be applied. The first reason given is kept.
    pub fn skipped(&mut self, status: ObligationStatus, reason: impl Into<String>) {
        self.skipped.get_or_insert((status, reason.into()));
    }

    /// Whether the form of the document does not ask for what a rule looks for: the ledger says so, and the rule is left
    /// out.
    pub fn skips_unasked(&mut self, audit: &Audit<'_>, what: Ask) -> bool {
        let profile = &audit.disclosure.profile;
        if profile.asks(what) {
            return false;
        }
        let reason = if profile.is_general() || profile.asks.is_empty() {
            "表样由文件自身读出，不知道当地是否这样要求"
        } else {
            "当地的表样没有写明这样要求"
        };
        self.skipped(ObligationStatus::Ambiguous, reason);
        true
    }

    /// Starts a finding at a place, with its Chinese and English line.
    pub fn broken(
        &mut self,
        place: &Place,
        message: String,
        message_en: String,
    ) -> FindingBuilder<'_> {
        self.findings.push(Finding {
            message,
            message_en,
            places: vec![place.clone()],
            law: self.rule.law,
            ..Finding::new(self.rule.code, self.rule.name, self.rule.severity)
        });
        self.evidence.push(vec![figure_key(place)]);
        FindingBuilder {
            finding: self.findings.last_mut().expect("just pushed"),
            evidence: self.evidence.last_mut().expect("just pushed"),
        }
    }

    /// The figures each finding rests on, in the order of the findings, and the figures confirmed by checks that held.
    pub(crate) fn take_evidence(&mut self) -> (Vec<Vec<FigureKey>>, Vec<FigureKey>) {
        if !self.rule.rests_on_figures() {
            self.evidence.iter_mut().for_each(Vec::clear);
        }
        (
            std::mem::take(&mut self.evidence),
            std::mem::take(&mut self.held),
        )
    }

    /// Findings, and the ledger line: status, number checked, reason.
    pub fn finish(self) -> (Vec<Finding>, ObligationStatus, usize, String) {
        let (status, reason) = match self.skipped {
            Some((status, reason)) if self.n_checked == 0 => (status, reason),
            Some((_, reason)) => (ObligationStatus::Done, reason),
            None if self.n_checked == 0 => (
                ObligationStatus::NotApplicable,
                "文中没有这类内容".to_owned(),
            ),
            None => (ObligationStatus::Done, String::new()),
        };
        (self.findings, status, self.n_checked, reason)
    }
}

/// Adds to the finding just started.
#[derive(Debug)]
pub struct FindingBuilder<'s> {
    finding: &'s mut Finding,
    evidence: &'s mut Vec<FigureKey>,
}

impl FindingBuilder<'_> {
    /// Another place.
    pub fn also(self, place: &Place) -> Self {
        self.evidence.push(figure_key(place));
        self.finding.places.push(place.clone());
        self
    }

    /// Other places.
    pub fn also_all(mut self, places: impl IntoIterator<Item = impl Borrow<Place>>) -> Self {
        for place in places {
            self = self.also(place.borrow());
        }
        self
    }

    /// A figure the contradiction rests on that is not shown as a place of the finding.
    pub fn rests_on(self, place: &Place) -> Self {
        self.evidence.push(figure_key(place));
        self
    }

    /// One side: label and figure as printed, with fen for money.
    pub fn side(
        self,
        label: impl Into<String>,
        printed: impl Into<String>,
        fen: Option<Fen>,
    ) -> Self {
        self.finding.sides.push(Side {
            label: label.into(),
            printed: printed.into(),
            fen,
        });
        self
    }

    /// The difference in fen.
    pub fn difference(self, fen: Fen) -> Self {
        self.finding.difference = Some(fen);
        self
    }

    /// Another severity than the rule's.
    pub fn severity(self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// The check could not be decided.
    pub fn undecided(self) -> Self {
        self.finding.verdict = Verdict::Undecided;
        self
    }

    /// What to do, in Chinese; only when the cells or words can be named.
    pub fn advice(self, advice: impl Into<String>) -> Self {
        self.finding.advice = Some(advice.into());
        self
    }

    /// A possible wrong figure.
    pub fn suspect(self, suspect: Suspect) -> Self {
        self.finding.suspects.push(suspect);
        self
    }

    /// Possible wrong figures, the likeliest first.
    pub fn suspects(self, suspects: impl IntoIterator<Item = Suspect>) -> Self {
        self.finding.suspects.extend(suspects);
        self
    }

    /// Key of the root cause.
    pub fn group(self, key: impl Into<String>) -> Self {
        self.finding.group = Some(key.into());
        self
    }
}
