use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static MARKDOWN_LEFT = {
        code: "MZ9002",
        name: "markdown-left",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-02"],
        page: "markdown_left.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"\*\*[^*\s][^*]{0,40}\*\*|^#{1,6}\s|-{4,}\|"));

/// Text files may carry these marks from a conversion and not from the document, hence one hint for all of them.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    let places: Vec<_> = wording::hits(&audit.lines, &PATTERN, |kind| kind != TextKind::Contents)
        .into_iter()
        .flat_map(|(text, ranges)| ranges.into_iter().map(|range| wording::part(text, range)))
        .collect();
    let Some((first, others)) = places.split_first() else {
        return;
    };
    let mut finding = sink.broken(
        first,
        format!(
            "文中有 {} 处 Markdown 标记，如“{}”",
            places.len(),
            first.quote
        ),
        format!(
            "{} Markdown marks are left in the text, such as “{}”",
            places.len(),
            first.quote
        ),
    );
    for place in others {
        finding = finding.also(place);
    }
}
