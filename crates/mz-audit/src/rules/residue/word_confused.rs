use std::{collections::BTreeMap, sync::LazyLock};

use mz_budget::{disclosure::Text, finding::Severity, place::Place, words::Words};

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

static WRONG: LazyLock<Words> =
    LazyLock::new(|| Words::new(WORDING.confusions.iter().map(|c| c.wrong.as_str())));

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

/// One finding a wrong word, however often it stands.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    let confusions = &WORDING.confusions;
    let mut found: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for text in &audit.disclosure.texts {
        for (start, which) in WRONG.find_iter(&text.text) {
            let Some(confusion) = confusions.get(which) else {
                continue;
            };
            if !is_excepted(text, start, confusion) {
                let places = found.entry(which).or_default();
                places.push(wording::part(text, start..start + confusion.wrong.len()));
            }
        }
    }
    for (which, places) in &found {
        let (Some(confusion), Some((first, others))) =
            (confusions.get(*which), places.split_first())
        else {
            continue;
        };
        let wrong = confusion.wrong.as_str();
        sink.broken(
            first,
            format!(
                "“{wrong}”是“{}”的误写（{} 处）",
                confusion.right,
                places.len()
            ),
            format!(
                "“{wrong}” is a common slip for “{}” ({}×)",
                confusion.right,
                places.len()
            ),
        )
        .also_all(others)
        .advice(format!("改为“{}”", confusion.right));
    }
}
