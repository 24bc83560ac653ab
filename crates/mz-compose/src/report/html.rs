//! One page that opens offline: findings at the side, the document itself beside them with every quote marked.
//!
//! The page requests nothing: its policy forbids the network, and style and script are allowed by their digest only, so
//! nothing in a document can run.

mod aside;
mod escape;
mod ledger;
mod marks;
mod paper;
mod sheets;
mod table;

use std::fmt::Write as _;

use self::{escape::escape, marks::Marks, sheets::Sheets};
use super::{AuditedDocument, Failure, Settings, shown, tally};
use crate::lang::{Lang, SEVERITIES, severity_key};

const STYLE: &str = include_str!("html/report.css");
const SCRIPT: &str = include_str!("html/report.js");
/// SHA-256 of [`STYLE`] in base64; a test keeps it true.
const STYLE_DIGEST: &str = include_str!("html/report.css.digest");
/// SHA-256 of [`SCRIPT`] in base64; a test keeps it true.
const SCRIPT_DIGEST: &str = include_str!("html/report.js.digest");

/// One document as a section of the page.
#[derive(Debug)]
pub struct Piece {
    index: usize,
    title: String,
    file: String,
    tally: [usize; 4],
    section: String,
}

/// Renders one document.
pub fn piece(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> Piece {
    let lang = settings.lang;
    let index = audited.index;
    let title = title(audited, lang);
    let findings: Vec<_> = shown(audited.report, settings).collect();
    let marks = Marks::collect(index, audited.document, &findings);
    let mut section = String::new();
    let _ = write!(
        section,
        "<section class=\"document\" id=\"d{index}\" aria-labelledby=\"t{index}\">\n<header class=\"identity\"><h2 id=\"t{index}\">{}</h2>\n<p>{}</p>\n<p class=\"faint\">{} · SHA-256 {}</p></header>\n",
        escape(&title),
        escape(&super::human::identity(audited, lang)),
        escape(&audited.name(lang)),
        escape(audited.sha256),
    );
    section.push_str("<div class=\"sides\">\n");
    let mut sheets = Sheets::new(audited, &findings, lang);
    aside::write(&mut section, audited, &findings, &sheets, settings);
    paper::write(&mut section, audited, &marks, &mut sheets, lang);
    section.push_str("</div>\n");
    ledger::write(&mut section, audited, lang);
    section.push_str("</section>\n");
    Piece {
        index,
        title,
        file: audited.name(lang),
        tally: tally(audited.report),
        section,
    }
}

fn title(audited: &AuditedDocument<'_>, lang: Lang) -> String {
    let disclosure = audited.disclosure;
    let unit = disclosure.unit.as_deref().unwrap_or(audited.file);
    match (disclosure.year, lang) {
        (Some(year), Lang::Zh) => format!("{unit} {year} 年{}", lang.kind(disclosure.kind)),
        (Some(year), Lang::En) => format!("{unit}, {} {year}", lang.kind(disclosure.kind)),
        (None, _) => format!("{unit} {}", lang.kind(disclosure.kind)),
    }
}

/// Joins the documents into one page.
pub fn whole(pieces: &[Piece], failures: &[Failure], settings: &Settings<'_>) -> String {
    let lang = settings.lang;
    let heading = lang.pick("预决算公开审核报告", "Disclosure audit report");
    let title = match pieces {
        [one] => format!("{} · {heading}", one.title),
        _ => heading.to_owned(),
    };
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        lang.tag(),
        STYLE_DIGEST.trim(),
        SCRIPT_DIGEST.trim(),
        escape(&title),
    );
    let _ = write!(
        out,
        "<header class=\"masthead\"><h1>{heading}</h1><p class=\"faint\">{} {}</p></header>\n<main>\n",
        lang.pick("明账", "Mingzhang"),
        escape(settings.version)
    );
    if pieces.len() + failures.len() > 1 || pieces.is_empty() {
        index(&mut out, pieces, lang);
    }
    failed(&mut out, failures, lang);
    for piece in pieces {
        out.push_str(&piece.section);
    }
    let _ = write!(
        out,
        "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
    out
}

fn index(out: &mut String, pieces: &[Piece], lang: Lang) {
    let _ = write!(
        out,
        "<nav class=\"index\" aria-label=\"{0}\"><table><thead><tr><th scope=\"col\">{0}</th><th scope=\"col\">{1}</th>",
        lang.pick("文件", "File"),
        lang.pick("单位", "Unit")
    );
    for severity in SEVERITIES {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"num\">{}</th>",
            lang.severity(severity)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for piece in pieces {
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#d{}\">{}</a></th><td>{}</td>",
            piece.index,
            escape(&piece.file),
            escape(&piece.title)
        );
        for (severity, n) in SEVERITIES.iter().zip(piece.tally) {
            let class = if n > 0 {
                severity_key(*severity)
            } else {
                "none"
            };
            let _ = write!(out, "<td class=\"num {class}\">{n}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></nav>\n");
}

fn failed(out: &mut String, failures: &[Failure], lang: Lang) {
    if failures.is_empty() {
        return;
    }
    let heading = lang.pick("未能读取的文件", "Files that could not be read");
    let _ = writeln!(out, "<section class=\"failures\"><h2>{heading}</h2><ul>");
    for failure in failures {
        let _ = writeln!(
            out,
            "<li><strong>{}</strong>{}{}</li>",
            escape(&failure.file),
            lang.pick("：", ": "),
            escape(&failure.reason)
        );
    }
    out.push_str("</ul></section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_allow_exactly_the_style_and_script_shipped() {
        use sha2::Digest as _;
        let digest = |text: &str| crate::pictures::base64(&sha2::Sha256::digest(text.as_bytes()));
        assert_eq!(
            STYLE_DIGEST.trim(),
            digest(STYLE),
            "write this into report.css.digest"
        );
        assert_eq!(
            SCRIPT_DIGEST.trim(),
            digest(SCRIPT),
            "write this into report.js.digest"
        );
        assert!(!STYLE.contains("</style") && !SCRIPT.contains("</script"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
