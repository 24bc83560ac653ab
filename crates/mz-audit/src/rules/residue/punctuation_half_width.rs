use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static PUNCTUATION_HALF_WIDTH = {
        code: "MZ9019",
        name: "punctuation-half-width",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["punctuation-15834"],
        checks: &["FM-10"],
        page: "punctuation_half_width.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::known(r"\p{Han}[,;:?!]\p{Han}"));

/// One hint for the whole document.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    let places: Vec<_> = wording::hits(&audit.lines, &PATTERN, |kind| kind == TextKind::Body)
        .into_iter()
        .flat_map(|(text, ranges)| ranges.into_iter().map(|range| wording::part(text, range)))
        .collect();
    let Some((first, others)) = places.split_first() else {
        return;
    };
    sink.broken(
        first,
        format!(
            "中文之间有 {} 处用了半角标点，如“{}”",
            places.len(),
            first.quote
        ),
        format!(
            "{} marks between Chinese characters are half-width, such as “{}”",
            places.len(),
            first.quote
        ),
    )
    .also_all(others);
}
