use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use super::chains;
use crate::{Audit, Sink, declare_rule, lexicon::PURPOSES, pattern::Pattern, wording};

declare_rule! {
    pub static PURPOSE_OF_ANOTHER_HEADING = {
        code: "MZ2008",
        name: "purpose-of-another-heading",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-13"],
        page: "purpose_of_another_heading.md",
        check: check,
    };
}

static PURPOSE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(r"(?:主要)?(?:用于|原因是|原因为|反映|是指)(?P<at>[^。；]{4,80})")
});

/// The heading has one purpose only, its explanation speaks of another's and not of its own.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        for chain in chains::chains(&text.text) {
            let Some(heading) = chain.item.as_deref() else {
                continue;
            };
            let family = PURPOSES.families.iter().find(|family| {
                family
                    .heading
                    .iter()
                    .any(|words| heading.contains(words.as_str()))
            });
            let Some(family) = family else {
                continue;
            };
            let rest = text.text.get(chain.range.end..).unwrap_or_default();
            // The explanation ends where the next heading begins.
            let rest = chains::chains(rest)
                .first()
                .map_or(rest, |next| rest.get(..next.range.start).unwrap_or(rest));
            let Some(purpose) = PURPOSE.captures(rest).and_then(|found| found.name("at")) else {
                continue;
            };
            sink.checked(1);
            let speaks_of = |words: &[String]| {
                words
                    .iter()
                    .any(|word| purpose.as_str().contains(word.as_str()))
            };
            let other = PURPOSES
                .families
                .iter()
                .find(|other| !std::ptr::eq(*other, family) && speaks_of(&other.words));
            if let Some(other) = other.filter(|_| !speaks_of(&family.words)) {
                let start = chain.range.end + purpose.start();
                let place = wording::part(text, start..start + purpose.len());
                let word = other.words.first().map_or("", String::as_str);
                sink.broken(
                    &place,
                    format!("“{heading}（项）”的说明讲的是{word}：“{}”", place.quote),
                    format!("the explanation of “{heading}” speaks of another heading's purpose ({word})"),
                )
                .also(&wording::part(text, chain.range));
            }
        }
    }
}
