use std::collections::BTreeMap;

use mz_budget::{disclosure::TextKind, finding::Severity, place::Place};

use crate::{Audit, Line, Sink, declare_rule, wording};

declare_rule! {
    pub static PARAGRAPH_REPEATED = {
        code: "MZ9017",
        name: "paragraph-repeated",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-15"],
        page: "paragraph_repeated.md",
        check: check,
    };
}

/// Shorter paragraphs repeat by design (fields of projects, nil statements).
const LONG: usize = 50;

/// Only inside one section: templates say the same of each empty table, each in its own section.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut seen: BTreeMap<(Option<usize>, &str), &Place> = BTreeMap::new();
    let body = |line: &&Line<'_>| line.is_one_of(&[TextKind::Body]);
    for line in audit.lines.iter().filter(body) {
        if line.chars.len() < LONG {
            continue;
        }
        sink.checked(1);
        let text = line.text;
        let Some(first) = seen.insert((text.section, &line.folded.text), &text.place) else {
            continue;
        };
        let quote: String = text.text.chars().take(20).collect();
        sink.broken(
            &wording::quoting(&text.place, &quote),
            format!("同一段话写了两遍：“{quote}…”"),
            format!("a paragraph stands twice: “{quote}…”"),
        )
        .also(&wording::quoting(first, &quote));
    }
}
