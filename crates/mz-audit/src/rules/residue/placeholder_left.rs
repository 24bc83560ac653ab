use std::sync::LazyLock;

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

declare_rule! {
    pub static PLACEHOLDER_LEFT = {
        code: "MZ9003",
        name: "placeholder-left",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FM-03"],
        page: "placeholder_left.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&RESIDUE.placeholder.patterns));

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "模板占位未替换：",
        en: "a placeholder of the template was not replaced",
        advice: "换成实际的名称或数字",
    };
    pattern::report(audit, sink, &PATTERN, |_| true, &wording);
}
