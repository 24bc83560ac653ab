use std::sync::LazyLock;

use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, lexicon::WORDING, pattern::Pattern, wording};

declare_rule! {
    pub static ACRONYM_TRANSPOSED = {
        code: "MZ9010",
        name: "acronym-transposed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-06"],
        page: "acronym_transposed.md",
        check: check,
    };
}

static CAPITALS: LazyLock<Pattern> = LazyLock::new(|| Pattern::known(r"[A-Z]+"));

/// The known acronym a word becomes when two neighboring letters change places.
fn meant(word: &str) -> Option<&'static str> {
    let known = &WORDING.acronym.known;
    if word.len() < 3 || known.iter().any(|k| k == word) {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len()).find_map(|i| {
        let mut swapped = letters.clone();
        swapped.swap(i - 1, i);
        let swapped: String = swapped.into_iter().collect();
        known.iter().find(|k| **k == swapped).map(String::as_str)
    })
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in audit.texts_with(&CAPITALS) {
        for found in CAPITALS.find_iter(&text.text) {
            sink.checked(1);
            let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
            let before = text
                .text
                .get(..found.start())
                .and_then(|t| t.chars().next_back());
            let after = text.text.get(found.end()..).and_then(|t| t.chars().next());
            // Parts of codes and product numbers are no words.
            if beside(before) || beside(after) {
                continue;
            }
            if let Some(meant) = meant(found.as_str()) {
                sink.broken(
                    &wording::part(text, found.range()),
                    format!("“{}”不是通用缩写，“{meant}”才是", found.as_str()),
                    format!("“{}” is no common acronym, “{meant}” is", found.as_str()),
                )
                .advice(format!("核对是否应为“{meant}”"));
            }
        }
    }
}
