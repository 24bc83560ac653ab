use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

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

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| {
    let words: Vec<String> = RESIDUE
        .doubled
        .words
        .iter()
        .map(|w| format!("{w}{w}"))
        .collect();
    let marks: Vec<String> = RESIDUE
        .doubled
        .punctuation
        .iter()
        .map(|m| crate::pattern::escape(m))
        .collect();
    Pattern::known(&format!("{}|{}", words.join("|"), marks.join("|")))
});

/// Headings of tables are not read as sentences: “项目项目支出” may be two cells that touch.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "词语或标点重复：",
        en: "a word or mark is doubled",
        advice: "删去多出的一个",
    };
    let wanted = |kind| matches!(kind, TextKind::Body | TextKind::Heading);
    pattern::report(audit, sink, &PATTERN, wanted, &wording);
}
