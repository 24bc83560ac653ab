use std::{ops::Range, sync::LazyLock};

use mz_budget::{disclosure::TextKind, finding::Severity, words::Words};

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE};

declare_rule! {
    pub static WORDS_DOUBLED = {
        code: "MZ9006",
        name: "words-doubled",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-17", "FM-10"],
        page: "words_doubled.md",
        check: check,
    };
}

static DOUBLED: LazyLock<Words> = LazyLock::new(|| {
    let twice: Vec<String> = RESIDUE.doubled.words.iter().map(|w| w.repeat(2)).collect();
    let marks = RESIDUE.doubled.punctuation.iter();
    Words::new(twice.iter().chain(marks).map(String::as_str))
});

/// Where something is doubled; what overlaps the hit before it is part of that.
fn hits(text: &str) -> Vec<Range<usize>> {
    let mut hits: Vec<Range<usize>> = Vec::new();
    for (start, which) in DOUBLED.find_iter(text) {
        if hits.last().is_none_or(|last| last.end <= start) {
            hits.push(start..start + DOUBLED.word(which).len());
        }
    }
    hits
}

/// Headings of tables are not read as sentences: “项目项目支出” may be two cells that touch.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "词语或标点重复：",
        en: "a word or mark is doubled",
        advice: "删去多出的一个",
    };
    let wanted = |kind| matches!(kind, TextKind::Body | TextKind::Heading);
    pattern::report_hits(audit, sink, hits, wanted, &wording);
}
