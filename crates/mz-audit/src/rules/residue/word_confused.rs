use mz_budget::{disclosure::Text, finding::Severity};

use crate::{
    Audit, Sink, declare_rule,
    lexicon::{Confusion, WORDING},
    wording,
};

declare_rule! {
    pub static WORD_CONFUSED = {
        code: "MZ9011",
        name: "word-confused",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-06"],
        page: "word_confused.md",
        check: check,
    };
}

/// The wrong form is part of a longer word in which it is right.
fn is_excepted(text: &Text, start: usize, confusion: &Confusion) -> bool {
    confusion.except.iter().any(|longer| {
        longer.match_indices(&confusion.wrong).any(|(offset, _)| {
            start >= offset
                && text
                    .text
                    .get(start - offset..)
                    .is_some_and(|rest| rest.starts_with(longer.as_str()))
        })
    })
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    for text in &audit.disclosure.texts {
        for confusion in &WORDING.confusions {
            for (start, wrong) in text.text.match_indices(&confusion.wrong) {
                if is_excepted(text, start, confusion) {
                    continue;
                }
                sink.broken(
                    &wording::part(text, start..start + wrong.len()),
                    format!("“{wrong}”是“{}”的误写", confusion.right),
                    format!("“{wrong}” is a common slip for “{}”", confusion.right),
                )
                .advice(format!("改为“{}”", confusion.right));
            }
        }
    }
}
