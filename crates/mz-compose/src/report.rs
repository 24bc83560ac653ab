//! Reports of an audit in every format. Each document becomes a [`Piece`] on its own, so that a batch is rendered in
//! parallel and no document is kept longer than needed; [`whole`] joins the pieces in order.

mod checklist;
mod html;
mod human;
mod json;
mod laws;
mod sarif;
mod trail;
mod xlsx;

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Report, Severity, Verdict},
};
use mz_document::Document;

use crate::{lang::Lang, pictures::Pictures};

pub use json::PlaceJson;
pub use laws::Laws;
pub use trail::position;

/// One document with its audit.
#[derive(Clone, Copy, Debug)]
pub struct AuditedDocument<'a> {
    /// Number in the report: the position among the files asked for, from 0; later parts of files come behind all files.
    pub index: usize,
    /// Path as given.
    pub file: &'a str,
    /// Which of the disclosures of its file it is, from 1, and of how many; `None` where it is the only one.
    pub part: Option<(usize, usize)>,
    /// Digest of the bytes read, in hexadecimal.
    pub sha256: &'a str,
    /// What was read.
    pub document: &'a Document,
    /// What was understood.
    pub disclosure: &'a Disclosure,
    /// What was found.
    pub report: &'a Report,
    /// Pages as they look, where the format has pages and they were drawn.
    pub pictures: &'a Pictures,
}

impl AuditedDocument<'_> {
    /// The file as reports name it, with the part that this is.
    pub(crate) fn name(&self, lang: Lang) -> String {
        match (self.part, lang) {
            (None, _) => self.file.to_owned(),
            (Some((n, of)), Lang::Zh) => {
                format!("{}（内有 {of} 份公开，此为第 {n} 份）", self.file)
            }
            (Some((n, of)), Lang::En) => format!("{} (disclosure {n} of {of})", self.file),
        }
    }
}

/// A file that could not be audited.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Position among the files asked for, from 0.
    pub index: usize,
    /// Path as given.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// What a report may say about a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleCard<'a> {
    /// `MZ4003`
    pub code: &'a str,
    /// `change-contradicted`
    pub name: &'a str,
    /// Chinese title.
    pub title: &'a str,
    /// English title.
    pub title_en: &'a str,
    /// Severity unless a finding says otherwise.
    pub severity: Severity,
    /// The page, in Markdown.
    pub page: &'a str,
}

/// How a batch is shown.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Language of messages.
    pub lang: Lang,
    /// Version of the program.
    pub version: &'a str,
    /// Rules, by code.
    pub rules: &'a [RuleCard<'a>],
    /// References behind the `law` keys of findings.
    pub laws: &'a Laws,
    /// The `checklist/…` data file of the workbook's first sheet.
    pub checklist: &'a str,
    /// Findings below this are left out (counters stay).
    pub min_severity: Severity,
    /// Colors and underlines (human text only).
    pub color: bool,
    /// Every line in full (human text only).
    pub verbose: bool,
    /// Columns to wrap to; `None` leaves lines whole (human text only).
    pub columns: Option<usize>,
}

/// Format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Human,
    /// `mingzhang.audit/1`
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// One page that opens offline.
    Html,
    /// The workbook reviewers fill in.
    Xlsx,
}

/// One document, rendered.
#[derive(Debug)]
pub struct Piece(Kind);

#[derive(Debug)]
enum Kind {
    Text(human::Piece),
    Json(String),
    Sarif(sarif::Piece),
    Html(html::Piece),
    Xlsx(xlsx::Piece),
}

/// Renders one document.
pub fn piece(audited: &AuditedDocument<'_>, format: Format, settings: &Settings<'_>) -> Piece {
    Piece(match format {
        Format::Human => Kind::Text(human::piece(audited, settings)),
        Format::Json => Kind::Json(json::piece(audited, settings)),
        Format::Sarif => Kind::Sarif(sarif::piece(audited, settings)),
        Format::Html => Kind::Html(html::piece(audited, settings)),
        Format::Xlsx => Kind::Xlsx(xlsx::piece(audited, settings)),
    })
}

/// Joins the pieces of a batch, in order, with the files that failed. `Err` only when a workbook cannot be written.
pub fn whole(
    pieces: Vec<Piece>,
    failures: &[Failure],
    format: Format,
    settings: &Settings<'_>,
) -> Result<Vec<u8>, String> {
    macro_rules! only {
        ($kind:ident) => {
            pieces.into_iter().filter_map(|piece| match piece.0 {
                Kind::$kind(inner) => Some(inner),
                _ => None,
            })
        };
    }
    Ok(match format {
        Format::Human => {
            human::whole(&only!(Text).collect::<Vec<_>>(), failures, settings).into_bytes()
        }
        Format::Json => json::whole(only!(Json), failures, settings).into_bytes(),
        Format::Sarif => sarif::whole(only!(Sarif).collect(), failures, settings).into_bytes(),
        Format::Html => {
            html::whole(&only!(Html).collect::<Vec<_>>(), failures, settings).into_bytes()
        }
        Format::Xlsx => return xlsx::whole(&only!(Xlsx).collect::<Vec<_>>(), failures, settings),
    })
}

/// The Chinese or English line of a finding.
fn message(finding: &Finding, lang: Lang) -> &str {
    match lang {
        Lang::En if !finding.message_en.is_empty() => &finding.message_en,
        _ => &finding.message,
    }
}

/// Findings to be shown, most serious first.
fn shown<'a>(report: &'a Report, settings: &Settings<'_>) -> impl Iterator<Item = &'a Finding> {
    let least = settings.min_severity;
    report
        .findings
        .iter()
        .filter(move |finding| finding.severity >= least)
}

/// How many findings of each severity, in [`crate::lang::SEVERITIES`] order.
fn tally(report: &Report) -> [usize; 4] {
    crate::lang::SEVERITIES.map(|severity| {
        report
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    })
}

/// “（未定）” after the name of a severity, where the check could not be decided.
fn undecided(finding: &Finding, lang: Lang) -> &'static str {
    match finding.verdict {
        Verdict::Broken => "",
        Verdict::Undecided => lang.pick("（未能判断）", " (undecided)"),
    }
}
