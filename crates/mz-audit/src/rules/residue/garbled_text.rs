use std::sync::LazyLock;

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

declare_rule! {
    pub static GARBLED_TEXT = {
        code: "MZ9009",
        name: "garbled-text",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-17"],
        page: "garbled_text.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::any_of(&RESIDUE.mojibake.patterns));

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "文中有乱码：",
        en: "characters are garbled",
        advice: "核对原稿，改正编码或字体",
    };
    pattern::report(audit, sink, &PATTERN, |_| true, &wording);
}
