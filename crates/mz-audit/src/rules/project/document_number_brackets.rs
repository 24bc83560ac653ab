use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static DOCUMENT_NUMBER_BRACKETS = {
        code: "MZ8005",
        name: "document-number-brackets",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["document-format-9704"],
        checks: &["PJ-04"],
        page: "document_number_brackets.md",
        check: check,
    };
}

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(r"\p{Han}{1,8}\s*[\[【［(（]\s*(?:19|20)\d{2}\s*[\]】］)）]\s*\d{1,5}\s*号")
});

/// One hint for the whole document.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    let places: Vec<_> = wording::hits(&audit.lines, &NUMBER, |kind| kind == TextKind::Body)
        .into_iter()
        .flat_map(|(text, ranges)| ranges.into_iter().map(|range| wording::part(text, range)))
        .collect();
    let Some((first, others)) = places.split_first() else {
        return;
    };
    let mut finding = sink.broken(
        first,
        format!(
            "{} 处文号的年份未用六角括号〔〕，如“{}”",
            places.len(),
            first.quote
        ),
        format!(
            "{} document numbers lack hexagonal brackets, such as “{}”",
            places.len(),
            first.quote
        ),
    );
    for place in others {
        finding = finding.also(place);
    }
}
