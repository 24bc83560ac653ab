use std::sync::LazyLock;

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

declare_rule! {
    pub static FIELD_CODE_LEFT = {
        code: "MZ9005",
        name: "field-code-left",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-05"],
        page: "field_code_left.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::any_of(&RESIDUE.field_code.patterns));

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "文字处理软件的域代码露出：",
        en: "a field code of the word processor shows",
        advice: "更新目录或删去域代码",
    };
    pattern::report(audit, sink, &PATTERN, |_| true, &wording);
}
