//! The workbook reviewers work with: 检查表, 问题清单, 已查未查; 汇总 in front of several documents.

mod check;
mod sheets;

use mz_budget::{
    finding::{Finding, Suspect},
    place::Place,
};

use super::{
    AuditedDocument, Failure, Settings,
    checklist::{self, Checklist},
    message, shown, tally, trail, undecided,
};
use crate::{
    lang::{Lang, severity_key},
    layout::one_line,
};

/// What the workbook says of one document.
#[derive(Debug)]
pub struct Piece {
    file: String,
    sha256: String,
    unit: String,
    year: String,
    kind: &'static str,
    profile: String,
    unit_name: &'static str,
    tally: [usize; 4],
    checklist: Checklist,
    problems: Vec<Problem>,
    ledger: Vec<LedgerLine>,
}

/// One line of 问题清单.
#[derive(Debug)]
struct Problem {
    severity: String,
    severity_key: &'static str,
    /// Code and name.
    rule: String,
    message: String,
    place: String,
    quote: String,
    sides: [String; 2],
    /// In the document's unit of money.
    difference: Option<f64>,
    suspects: String,
    advice: String,
    law: String,
}

/// One line of 已查未查.
#[derive(Debug)]
struct LedgerLine {
    id: String,
    name: String,
    state: &'static str,
    n: usize,
    reason: String,
}

/// Collects one document.
pub fn piece(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> Piece {
    let lang = settings.lang;
    let disclosure = audited.disclosure;
    let unit = disclosure.profile.unit;
    Piece {
        file: audited.name(lang),
        sha256: audited.sha256.to_owned(),
        unit: disclosure.unit.clone().unwrap_or_default(),
        year: disclosure
            .year
            .map(|year| year.to_string())
            .unwrap_or_default(),
        kind: lang.kind(disclosure.kind),
        profile: trail::profile(&disclosure.profile),
        unit_name: unit.name(),
        tally: tally(audited.report),
        checklist: checklist::fill(audited, settings),
        problems: shown(audited.report, settings)
            .map(|finding| problem(finding, settings, unit.fen()))
            .collect(),
        ledger: ledger(audited, lang),
    }
}

fn problem(finding: &Finding, settings: &Settings<'_>, scale: i64) -> Problem {
    let lang = settings.lang;
    let colon = lang.pick("：", ": ");
    let mut sides = finding
        .sides
        .iter()
        .map(|side| format!("{}{colon}{}", side.label, side.printed));
    let first = sides.next().unwrap_or_default();
    let mut text = message(finding, lang).to_owned();
    for consequence in &finding.consequences {
        text.push_str(lang.pick("\n同因：", "\nsame cause: "));
        text.push_str(message(consequence, lang));
    }
    let spots = trail::together(&finding.places);
    Problem {
        severity: format!(
            "{}{}",
            lang.severity(finding.severity),
            undecided(finding, lang)
        ),
        severity_key: severity_key(finding.severity),
        rule: format!("{}\n{}", finding.code, finding.name),
        message: text,
        place: spots
            .iter()
            .filter_map(|spot| Some(trail::inside(spot.first()?.1, lang)))
            .collect::<Vec<_>>()
            .join("\n"),
        quote: spots
            .iter()
            .map(|spot| quotes(spot))
            .collect::<Vec<_>>()
            .join("\n"),
        sides: [first, sides.collect::<Vec<_>>().join("\n")],
        difference: finding.difference.map(|fen| fen.0 as f64 / scale as f64),
        suspects: finding
            .suspects
            .iter()
            .map(|one| suspect(one, lang))
            .collect::<Vec<_>>()
            .join("\n"),
        advice: finding.advice.clone().unwrap_or_default(),
        law: settings.laws.names(finding.law),
    }
}

fn quotes(spot: &[(usize, &Place)]) -> String {
    spot.iter()
        .map(|(_, place)| format!("“{}”", one_line(&place.quote)))
        .collect()
}

fn suspect(suspect: &Suspect, lang: Lang) -> String {
    let place = trail::inside(&suspect.place, lang);
    let arrow = suspect
        .implied
        .as_ref()
        .map_or(String::new(), |implied| format!(" → {implied}"));
    format!("{place} {}{arrow}", suspect.printed)
}

fn ledger(audited: &AuditedDocument<'_>, lang: Lang) -> Vec<LedgerLine> {
    let obligations = audited
        .report
        .obligations
        .iter()
        .map(|obligation| LedgerLine {
            id: obligation.id.clone(),
            name: match lang {
                Lang::Zh => obligation.name.clone(),
                Lang::En => obligation.name_en.clone(),
            },
            state: lang.status(obligation.status),
            n: obligation.n_checked,
            reason: obligation.reason.clone(),
        });
    let unproved = audited.disclosure.unproved.iter().map(|one| LedgerLine {
        id: one.number.clone(),
        name: trail::inside(&one.place, lang),
        state: lang.pick("未能证实", "unproved"),
        n: 0,
        reason: format!(
            "{}：{}",
            one.why,
            one.place.context.as_deref().unwrap_or(&one.place.quote)
        ),
    });
    let problems = audited.disclosure.problems.iter().map(|one| LedgerLine {
        id: one.name.clone(),
        name: trail::inside(&one.place, lang),
        state: lang.pick("未能读懂", "unread"),
        n: 0,
        reason: one.message.clone(),
    });
    obligations.chain(unproved).chain(problems).collect()
}

/// Writes the workbook.
pub fn whole(
    pieces: &[Piece],
    failures: &[Failure],
    settings: &Settings<'_>,
) -> Result<Vec<u8>, String> {
    sheets::write(pieces, failures, settings).map_err(|error| error.to_string())
}
