//! Findings and the obligations ledger: data only; rendering is at the edge.

use crate::{money::Fen, place::Place};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Rounding, style.
    Info,
    /// Looks wrong; the unit must answer.
    Query,
    /// A rule of practice is broken.
    Warning,
    /// Both cannot be true, or something mandatory is missing.
    Error,
}

/// Verdict of a check that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The check fails.
    Broken,
    /// The check could not be decided.
    Undecided,
}

/// A labelled figure of a finding: one of its sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What the figure is (slice name or words as printed).
    pub label: String,
    /// As printed, with unit.
    pub printed: String,
    /// In fen, for money.
    pub fen: Option<Fen>,
}

/// A place that may hold the wrong figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    /// Where.
    pub place: Place,
    /// What is printed there.
    pub printed: String,
    /// What the rest of the document implies there, when it implies one value.
    pub implied: Option<String>,
}

/// One root cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Permanent code, such as `MZ1001`.
    pub code: &'static str,
    /// Readable name, such as `parts-miss-total`.
    pub name: &'static str,
    /// How serious.
    pub severity: Severity,
    /// Broken or undecided.
    pub verdict: Verdict,
    /// One Chinese line that stands alone: the fact, with figures and difference. No advice.
    pub message: String,
    /// The same line in English.
    pub message_en: String,
    /// What to do, when earned.
    pub advice: Option<String>,
    /// Where, most telling first; each with a quote.
    pub places: Vec<Place>,
    /// Both sides.
    pub sides: Vec<Side>,
    /// Difference in fen, for money.
    pub difference: Option<Fen>,
    /// Possible wrong figures, likeliest first.
    pub suspects: Vec<Suspect>,
    /// Key of the root cause: findings with the same key are merged, the most serious first becomes the head.
    pub group: Option<String>,
    /// Keys into the law references.
    pub law: &'static [&'static str],
    /// Findings explained by the same root cause.
    pub consequences: Vec<Finding>,
}

impl Finding {
    /// A broken check of the rule with this code and name, with nothing said of it yet.
    pub fn new(code: &'static str, name: &'static str, severity: Severity) -> Self {
        Self {
            code,
            name,
            severity,
            verdict: Verdict::Broken,
            message: String::new(),
            message_en: String::new(),
            advice: None,
            places: Vec::new(),
            sides: Vec::new(),
            difference: None,
            suspects: Vec::new(),
            group: None,
            law: &[],
            consequences: Vec::new(),
        }
    }
}

/// State of an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObligationStatus {
    /// Checked.
    Done,
    /// Does not apply to this document.
    NotApplicable,
    /// Something needed is not in the document (or another document is needed).
    NotEnoughData,
    /// More than one reading.
    Ambiguous,
    /// The part could not be read.
    Unread,
}

/// One line of the obligations ledger: what was checked, what was not, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// Stable id: a rule code, or `identities`, `claims`, ….
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// State.
    pub status: ObligationStatus,
    /// How many instances were checked.
    pub n_checked: usize,
    /// Why not, or what was left out.
    pub reason: String,
}

/// Counters of an audit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cells of statutory tables read, blanks included.
    pub cells: usize,
    /// Distinct slices known.
    pub slices: usize,
    /// Identities checked.
    pub identities: usize,
    /// Claims bound.
    pub claims: usize,
    /// Numbers of the narrative not bound.
    pub claims_unproved: usize,
}

/// The result of auditing one disclosure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Findings, most serious first, then in document order.
    pub findings: Vec<Finding>,
    /// The ledger.
    pub obligations: Vec<Obligation>,
    /// Counters.
    pub counts: Counts,
}
