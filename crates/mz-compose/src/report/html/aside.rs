//! The list of findings at the side, with a filter by severity.

use std::fmt::Write as _;

use mz_budget::{finding::Finding, place::Place};

use super::{
    AuditedDocument, Settings,
    escape::escape,
    marks::{anchor, places},
    sheets::{self, Sheets},
};
use crate::{
    lang::{Lang, SEVERITIES, severity_key},
    layout::shorten,
    money,
    report::{message, trail, undecided},
    spot::{self, Spot},
};

/// Writes the list.
pub fn write(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    findings: &[&Finding],
    sheets: &Sheets,
    settings: &Settings<'_>,
) {
    let lang = settings.lang;
    let index = audited.index;
    let _ = writeln!(
        out,
        "<aside class=\"findings\" aria-label=\"{}\">",
        lang.pick("发现的问题", "Findings")
    );
    filter(out, index, findings, lang);
    if findings.is_empty() {
        let nothing = lang.pick(
            "没有发现问题。哪些内容没有查，见文末“已查与未查”。",
            "Nothing found. What was not checked is listed at the end.",
        );
        let _ = writeln!(out, "<p>{nothing}</p>");
    }
    out.push_str("<ol>\n");
    for (n, finding) in findings.iter().enumerate() {
        one(out, audited, n, finding, sheets, settings);
    }
    out.push_str("</ol>\n</aside>\n");
}

fn filter(out: &mut String, index: usize, findings: &[&Finding], lang: Lang) {
    let _ = write!(
        out,
        "<fieldset class=\"filter\"><legend>{}</legend>",
        lang.pick("显示", "Show")
    );
    for severity in SEVERITIES {
        let n = findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count();
        let key = severity_key(severity);
        let _ = write!(
            out,
            "<label class=\"{key}\"><input type=\"checkbox\" data-document=\"d{index}\" data-severity=\"{key}\" checked> {} {n}</label>",
            lang.severity(severity)
        );
    }
    out.push_str("</fieldset>\n");
}

fn one(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    n: usize,
    finding: &Finding,
    sheets: &Sheets,
    settings: &Settings<'_>,
) {
    let lang = settings.lang;
    let index = audited.index;
    let see = sheets.page_of(n).map_or(String::new(), |page| {
        let words = match lang {
            Lang::Zh => format!("看第 {page} 页的图"),
            Lang::En => format!("see page {page}"),
        };
        format!(" <a href=\"#{}\">{words}</a>", sheets::anchor(index, n))
    });
    let key = severity_key(finding.severity);
    let _ = write!(
        out,
        "<li class=\"finding {key}\" id=\"f{index}-{n}\" data-severity=\"{key}\">\n<p class=\"code\"><b>{}</b> <span class=\"badge {key}\">{}{}</span> {} {}{see}</p>\n<p class=\"message\">{}</p>\n",
        n + 1,
        lang.severity(finding.severity),
        undecided(finding, lang),
        escape(finding.code),
        escape(finding.name),
        escape(message(finding, lang))
    );
    out.push_str("<ul class=\"places\">\n");
    for spot in trail::together(&finding.places) {
        spot_line(out, audited, n, &spot, lang);
    }
    out.push_str("</ul>\n");
    details(out, audited, n, finding, settings);
    out.push_str("</li>\n");
}

/// One sentence or row: where it is, and each quote in it, linked to its own words.
fn spot_line(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    n: usize,
    spot: &[(usize, &Place)],
    lang: Lang,
) {
    let Some((i, first)) = spot.first() else {
        return;
    };
    let words = words_of(first, lang);
    let mut line = link(audited, first, &anchor(audited.index, n, *i), &words);
    for (i, place) in spot {
        let quote = place.quote.trim();
        if !quote.is_empty() {
            let anchor = anchor(audited.index, n, *i);
            let quote = link(audited, place, &anchor, &shorten(quote, 80));
            let _ = write!(line, " <q>{quote}</q>");
        }
    }
    let _ = writeln!(out, "<li>{line}</li>");
}

fn words_of(place: &Place, lang: Lang) -> String {
    let words = trail::inside(place, lang);
    if words.is_empty() {
        lang.pick("全文", "whole document").to_owned()
    } else {
        words
    }
}

/// A link where the place can be shown, else the words alone.
fn link(audited: &AuditedDocument<'_>, place: &Place, anchor: &str, words: &str) -> String {
    match spot::find(audited.document, place) {
        Spot::Nowhere => escape(words),
        _ => format!("<a href=\"#{anchor}\">{}</a>", escape(words)),
    }
}

fn details(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    n: usize,
    finding: &Finding,
    settings: &Settings<'_>,
) {
    let lang = settings.lang;
    if !finding.sides.is_empty() || finding.difference.is_some() {
        sides(out, audited, finding, lang);
    }
    suspects(out, audited, n, finding, lang);
    if let Some(advice) = &finding.advice {
        let _ = writeln!(
            out,
            "<p><span class=\"label\">{}</span> {}</p>",
            lang.pick("建议", "Advice"),
            escape(advice)
        );
    }
    if !finding.law.is_empty() {
        let names = escape(&settings.laws.names(finding.law));
        let _ = writeln!(
            out,
            "<p class=\"faint\"><span class=\"label\">{}</span> {names}</p>",
            lang.pick("依据", "Law")
        );
    }
    consequences(out, audited, n, finding, lang);
}

fn sides(out: &mut String, audited: &AuditedDocument<'_>, finding: &Finding, lang: Lang) {
    out.push_str("<dl>\n");
    for side in &finding.sides {
        let _ = writeln!(
            out,
            "<dt>{}</dt><dd class=\"num\">{}</dd>",
            escape(&side.label),
            escape(&side.printed)
        );
    }
    if let Some(printed) = money::difference(finding, audited.disclosure.profile.unit) {
        let _ = writeln!(
            out,
            "<dt>{}</dt><dd class=\"num\">{printed}</dd>",
            lang.pick("差额", "Difference")
        );
    }
    out.push_str("</dl>\n");
}

fn suspects(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    n: usize,
    finding: &Finding,
    lang: Lang,
) {
    if finding.suspects.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<p class=\"label\">{}</p><ul class=\"places\">",
        lang.pick("疑点", "Suspects")
    );
    // Anchors of suspects come after those of places; several figures of one sentence share a line.
    let n_places = finding.places.len();
    let mut lines: Vec<(String, String)> = Vec::new();
    for (i, suspect) in finding.suspects.iter().enumerate() {
        let words = words_of(&suspect.place, lang);
        let anchor = anchor(audited.index, n, n_places + i);
        let printed = link(audited, &suspect.place, &anchor, &suspect.printed);
        let implied = suspect.implied.as_deref().map_or(String::new(), |implied| {
            let arrow = lang.pick("，其余内容推得 ", ", the rest implies ");
            format!("{arrow}<b>{}</b>", escape(implied))
        });
        let text = format!("{} {printed}{implied}", lang.pick("印为", "printed"));
        match lines.iter_mut().find(|(known, _)| *known == words) {
            Some((_, texts)) => {
                texts.push_str(lang.pick("；或", "; or "));
                texts.push_str(&text);
            }
            None => lines.push((words, text)),
        }
    }
    for (words, texts) in lines {
        let _ = write!(out, "<li>{} {texts}</li>", escape(&words));
    }
    out.push_str("</ul>\n");
}

fn consequences(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    n: usize,
    finding: &Finding,
    lang: Lang,
) {
    let all = &finding.consequences;
    if all.is_empty() {
        return;
    }
    let summary = match lang {
        Lang::Zh => format!("同一原因还引起 {} 处不符", all.len()),
        Lang::En => format!("{} more from the same cause", all.len()),
    };
    let _ = write!(
        out,
        "<details><summary>{summary}</summary><ul class=\"places\">"
    );
    // Anchors of consequences come after those of places and suspects; one without a place has none.
    let mut i = places(finding).count() - all.iter().filter(|c| !c.places.is_empty()).count();
    for consequence in all {
        let text = format!("{} {}", consequence.code, message(consequence, lang));
        match consequence.places.first() {
            Some(place) => {
                let linked = link(
                    audited,
                    place,
                    &anchor(audited.index, n, i),
                    &words_of(place, lang),
                );
                let _ = write!(out, "<li>{linked} {}</li>", escape(&text));
                i += 1;
            }
            None => {
                let _ = write!(out, "<li>{}</li>", escape(&text));
            }
        }
    }
    out.push_str("</ul></details>\n");
}
