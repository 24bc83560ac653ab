use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, lexicon::WORDING, wording};

declare_rule! {
    pub static TERM_LOOSE = {
        code: "MZ9014",
        name: "term-loose",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-08"],
        page: "term_loose.md",
        check: check,
    };
}

/// One hint a term, however often it stands.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    for preferred in &WORDING.preferred {
        let places: Vec<_> = wording::texts(
            audit.disclosure,
            &[TextKind::Body, TextKind::Heading, TextKind::Contents],
        )
        .flat_map(|text| {
            text.text
                .match_indices(&preferred.loose)
                .filter(|(start, _)| {
                    !preferred.except.iter().any(|longer| {
                        longer.find(&preferred.loose).is_some_and(|offset| {
                            *start >= offset
                                && text
                                    .text
                                    .get(start - offset..)
                                    .is_some_and(|rest| rest.starts_with(longer.as_str()))
                        })
                    })
                })
                .map(|(start, loose)| wording::part(text, start..start + loose.len()))
                .collect::<Vec<_>>()
        })
        .collect();
        let Some((first, others)) = places.split_first() else {
            continue;
        };
        let mut finding = sink.broken(
            first,
            format!(
                "“{}”的规范说法是“{}”（{} 处）",
                preferred.loose,
                preferred.term,
                places.len()
            ),
            format!(
                "the proper term for “{}” is “{}” ({}×)",
                preferred.loose,
                preferred.term,
                places.len()
            ),
        );
        for place in others {
            finding = finding.also(place);
        }
    }
}
