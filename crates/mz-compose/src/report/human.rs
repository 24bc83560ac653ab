//! The report for people at a terminal: findings by severity, then what was checked and what was not.

mod finding;
mod ink;
mod ledger;
mod quote;

use std::fmt::Write as _;

use mz_budget::finding::{Finding, Severity};

use self::ink::Ink;
use super::{AuditedDocument, Failure, Settings, message, shown, tally, trail};
use crate::{
    lang::{Lang, SEVERITIES},
    layout::one_line,
};

/// One document as text.
#[derive(Debug)]
pub struct Piece {
    text: String,
    tally: [usize; 4],
}

/// Renders one document.
pub fn piece(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> Piece {
    let ink = Ink {
        color: settings.color,
    };
    let mut text = heading(audited, settings, ink);
    for severity in SEVERITIES {
        let findings: Vec<&Finding> = shown(audited.report, settings)
            .filter(|finding| finding.severity == severity)
            .collect();
        if findings.is_empty() {
            continue;
        }
        let count = match settings.lang {
            Lang::Zh => format!("{} {} 条", settings.lang.severity(severity), findings.len()),
            Lang::En => format!("{} {}", findings.len(), settings.lang.severity(severity)),
        };
        let _ = writeln!(text, "\n{}\n", ink.severity(severity, &count));
        if severity == Severity::Info && !settings.verbose {
            fold(&mut text, &findings, settings, ink);
        } else {
            for (i, one) in findings.iter().enumerate() {
                if i > 0 {
                    text.push('\n');
                }
                finding::write(&mut text, audited, one, settings, ink);
            }
        }
    }
    ledger::write(&mut text, audited, settings, ink);
    Piece {
        text,
        tally: tally(audited.report),
    }
}

/// Joins the documents; several get a line with the sum.
pub fn whole(pieces: &[Piece], failures: &[Failure], settings: &Settings<'_>) -> String {
    let mut out = pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    if pieces.len() + failures.len() > 1 {
        let mut sums = [0; 4];
        for piece in pieces {
            for (sum, n) in sums.iter_mut().zip(piece.tally) {
                *sum += n;
            }
        }
        let (n, n_failed) = (pieces.len(), failures.len());
        let counts = counts(sums, settings.lang);
        let line = match settings.lang {
            Lang::Zh => format!("共审核 {n} 份公开，{n_failed} 个未能读取 · {counts}"),
            Lang::En => format!("{n} disclosures audited, {n_failed} could not be read · {counts}"),
        };
        let _ = writeln!(out, "{}{line}", if pieces.is_empty() { "" } else { "\n" });
    }
    out
}

/// `错误 3 · 警告 2 · 待说明 0 · 提示 9`
pub fn counts(tally: [usize; 4], lang: Lang) -> String {
    SEVERITIES
        .iter()
        .zip(tally)
        .map(|(s, n)| format!("{} {n}", lang.severity(*s)))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The document: unit, year, kind and the profile it was read with.
pub fn identity(audited: &AuditedDocument<'_>, lang: Lang) -> String {
    let disclosure = audited.disclosure;
    let unit = disclosure.unit.as_deref().map_or_else(
        || lang.pick("单位名称未读出", "unit not found").to_owned(),
        one_line,
    );
    let year = match (disclosure.year, lang) {
        (Some(year), Lang::Zh) => format!("{year} 年"),
        (Some(year), Lang::En) => year.to_string(),
        (None, _) => lang.pick("年度未读出", "year not found").to_owned(),
    };
    let kind = lang.kind(disclosure.kind);
    let profile = match lang {
        Lang::Zh => format!("模板 {}", trail::profile(&disclosure.profile)),
        Lang::En => format!("profile {}", disclosure.profile.id),
    };
    [unit, year, kind.to_owned(), profile].join(" · ")
}

fn heading(audited: &AuditedDocument<'_>, settings: &Settings<'_>, ink: Ink) -> String {
    format!(
        "{}\n  {}\n  {}\n",
        ink.bold(&one_line(&audited.name(settings.lang))),
        identity(audited, settings.lang),
        counts(tally(audited.report), settings.lang)
    )
}

/// One line a code: rounding and style come in dozens and say one thing.
fn fold(out: &mut String, findings: &[&Finding], settings: &Settings<'_>, ink: Ink) {
    let mut codes: Vec<&str> = Vec::new();
    for finding in findings {
        if !codes.contains(&finding.code) {
            codes.push(finding.code);
        }
    }
    for code in codes {
        let same: Vec<&&Finding> = findings
            .iter()
            .filter(|finding| finding.code == code)
            .collect();
        let Some(first) = same.first() else { continue };
        let place = first
            .places
            .first()
            .map(|place| trail::brief(place, settings.lang))
            .unwrap_or_default();
        let name = ink.bold(&format!("{} {}", first.code, first.name));
        let text = one_line(message(first, settings.lang));
        let _ = match (settings.lang, same.len()) {
            (Lang::Zh, 1) => writeln!(out, "{name}: {text}（{place}）"),
            (Lang::Zh, n) => writeln!(out, "{name} × {n}: 如{place}，{text}"),
            (Lang::En, 1) => writeln!(out, "{name}: {text} ({place})"),
            (Lang::En, n) => writeln!(out, "{name} × {n}: e.g. {place}, {text}"),
        };
    }
}
