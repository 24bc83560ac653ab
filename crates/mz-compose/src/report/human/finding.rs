//! One finding: the line that stands alone, where it is, both sides, suspects, law, advice.

use std::fmt::Write as _;

use mz_budget::{
    finding::{Finding, Suspect},
    place::Place,
};

use super::{AuditedDocument, Ink, Settings, message, quote, trail};
use crate::{
    lang::Lang,
    layout::{one_line, width, wrap},
    money,
    report::undecided,
};

/// Places, suspects and consequences shown unless everything is asked for.
const SHOWN: usize = 6;

/// One line of the frame: a tag starts an entry, an empty tag continues it.
struct Line {
    tag: &'static str,
    text: String,
    is_quote: bool,
}

/// Writes one finding with its consequences.
pub fn write(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    finding: &Finding,
    settings: &Settings<'_>,
    ink: Ink,
) {
    let lang = settings.lang;
    let name = ink.severity(
        finding.severity,
        &format!("{} {}", finding.code, finding.name),
    );
    let head = format!(
        "{}{}",
        undecided(finding, lang),
        one_line(message(finding, lang))
    );
    let mut wrapped = folded(
        &format!("{} {}: {head}", finding.code, finding.name),
        settings,
        2,
    )
    .into_iter();
    let first = wrapped.next().unwrap_or_default();
    let plain = format!("{} {}", finding.code, finding.name);
    let _ = writeln!(out, "{}", first.replacen(&plain, &name, 1));
    for line in wrapped {
        let _ = writeln!(out, "  {line}");
    }
    frame(out, &lines(audited, finding, settings), settings, ink);
    consequences(out, finding, settings, ink);
    let more = format!(
        "{} mingzhang explain {}",
        lang.pick("详见", "see"),
        finding.code
    );
    let _ = writeln!(out, "  {}", ink.faint(&more));
}

fn folded(text: &str, settings: &Settings<'_>, indent: usize) -> Vec<String> {
    match settings.columns {
        Some(columns) => wrap(text, columns.saturating_sub(indent)),
        None => vec![text.to_owned()],
    }
}

fn limit(settings: &Settings<'_>) -> usize {
    if settings.verbose { usize::MAX } else { SHOWN }
}

/// Everything that belongs in the frame, in the order of style: places, then both sides, suspects, law, advice.
fn lines(audited: &AuditedDocument<'_>, finding: &Finding, settings: &Settings<'_>) -> Vec<Line> {
    let mut lines = places(audited, finding, settings);
    lines.extend(facts(audited, finding, settings));
    lines
}

impl Line {
    fn new(tag: &'static str, text: String) -> Self {
        Self {
            tag,
            text,
            is_quote: false,
        }
    }
}

/// Where, with what is quoted there.
fn places(audited: &AuditedDocument<'_>, finding: &Finding, settings: &Settings<'_>) -> Vec<Line> {
    let lang = settings.lang;
    let also = lang.pick("另见", "also");
    let mut lines = Vec::new();
    let spots = trail::together(&finding.places);
    for (i, spot) in spots.iter().take(limit(settings)).enumerate() {
        let places: Vec<&Place> = spot.iter().map(|(_, place)| *place).collect();
        let Some(first) = places.first() else {
            continue;
        };
        lines.push(match i {
            0 => Line::new("", trail::full(audited.file, first, lang)),
            _ => Line::new(also, trail::inside(first, lang)),
        });
        let text = quote::marked(audited.document, &places, settings.verbose);
        if !text.is_empty() {
            lines.push(Line {
                is_quote: true,
                ..Line::new("", text)
            });
        }
    }
    let left_out = spots.len().saturating_sub(limit(settings));
    if left_out > 0 {
        let text = match lang {
            Lang::Zh => format!("还有 {left_out} 处"),
            Lang::En => format!("{left_out} more places"),
        };
        lines.push(Line::new(also, text));
    }
    lines
}

/// Both sides, the difference, suspects, law, advice.
fn facts(audited: &AuditedDocument<'_>, finding: &Finding, settings: &Settings<'_>) -> Vec<Line> {
    let lang = settings.lang;
    let colon = lang.pick("：", ": ");
    let mut lines = Vec::new();
    let tag_of = |i: usize, tag| if i == 0 { tag } else { "" };
    for (i, side) in finding.sides.iter().enumerate() {
        let text = format!(
            "{}{colon}{}",
            one_line(&side.label),
            one_line(&side.printed)
        );
        lines.push(Line::new(tag_of(i, lang.pick("比对", "sides")), text));
    }
    if let Some(text) = money::difference(finding, audited.disclosure.profile.unit) {
        lines.push(Line::new(lang.pick("差额", "difference"), text));
    }
    let suspects = suspected(&finding.suspects, lang).into_iter();
    for (i, text) in suspects.take(limit(settings)).enumerate() {
        lines.push(Line::new(tag_of(i, lang.pick("疑点", "suspect")), text));
    }
    if !finding.law.is_empty() {
        let text = settings.laws.names(finding.law);
        lines.push(Line::new(lang.pick("依据", "law"), text));
    }
    if let Some(advice) = &finding.advice {
        lines.push(Line::new(lang.pick("建议", "advice"), one_line(advice)));
    }
    lines
}

/// One line a place, likeliest first; several figures of one sentence share a line.
fn suspected(suspects: &[Suspect], lang: Lang) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for suspect in suspects {
        let place = trail::inside(&suspect.place, lang);
        let printed = one_line(&suspect.printed);
        let text = match (&suspect.implied, lang) {
            (Some(implied), Lang::Zh) => {
                format!("印为 {printed}，其余内容推得 {}", one_line(implied))
            }
            (Some(implied), Lang::En) => {
                format!("printed {printed}, the rest implies {}", one_line(implied))
            }
            (None, Lang::Zh) => format!("印为 {printed}"),
            (None, Lang::En) => format!("printed {printed}"),
        };
        match lines.iter_mut().find(|(known, _)| *known == place) {
            Some((_, texts)) => texts.push(text),
            None => lines.push((place, vec![text])),
        }
    }
    let (colon, or) = (lang.pick("：", ": "), lang.pick("；或", "; or "));
    lines
        .into_iter()
        .map(|(place, texts)| format!("{place}{colon}{}", texts.join(or)))
        .collect()
}

/// Draws the lines: ┌ first, └ last, ├ before a tag, │ before what continues.
fn frame(out: &mut String, lines: &[Line], settings: &Settings<'_>, ink: Ink) {
    let mut drawn: Vec<(bool, String)> = Vec::new();
    let mut indent = 0;
    for line in lines {
        if line.is_quote {
            indent = 0;
        } else if !line.tag.is_empty() {
            indent = width(line.tag) + 1;
        }
        for (i, text) in folded(&line.text, settings, 4 + indent)
            .into_iter()
            .enumerate()
        {
            let starts = i == 0 && !line.tag.is_empty();
            let lead = if starts {
                format!("{} ", line.tag)
            } else {
                " ".repeat(indent)
            };
            let text = if line.is_quote {
                ink.marks(&text)
            } else {
                text
            };
            drawn.push((starts, format!("{lead}{text}")));
        }
    }
    let n = drawn.len();
    for (i, (starts, text)) in drawn.into_iter().enumerate() {
        let edge = match (i, starts) {
            (0, _) => '┌',
            (i, _) if i + 1 == n => '└',
            (_, true) => '├',
            (_, false) => '│',
        };
        let _ = writeln!(out, "  {} {text}", ink.faint(&edge.to_string()));
    }
}

/// What the same root cause also breaks, one line each.
fn consequences(out: &mut String, finding: &Finding, settings: &Settings<'_>, ink: Ink) {
    let lang = settings.lang;
    let n = finding.consequences.len();
    for consequence in finding.consequences.iter().take(limit(settings)) {
        let place = consequence
            .places
            .first()
            .map(|place| trail::brief(place, lang))
            .unwrap_or_default();
        let name = ink.bold(&format!("{} {}", consequence.code, consequence.name));
        let text = one_line(message(consequence, lang));
        let lead = lang.pick("↳ 同因", "↳ same cause");
        let _ = writeln!(out, "    {lead} {name}: {text}{}", bracketed(&place, lang));
    }
    if n > limit(settings) {
        let rest = n - limit(settings);
        let _ = match lang {
            Lang::Zh => writeln!(out, "    ↳ 同因 还有 {rest} 条（--verbose 全部列出）"),
            Lang::En => writeln!(out, "    ↳ same cause, {rest} more (--verbose lists all)"),
        };
    }
}

fn bracketed(place: &str, lang: Lang) -> String {
    match (place.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{place}）"),
        (false, Lang::En) => format!(" ({place})"),
    }
}
