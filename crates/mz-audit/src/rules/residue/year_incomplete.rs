use std::sync::LazyLock;

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, pattern::Pattern};

declare_rule! {
    pub static YEAR_INCOMPLETE = {
        code: "MZ9008",
        name: "year-incomplete",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FM-14"],
        page: "year_incomplete.md",
        check: check,
    };
}

/// Three or five digits of a year before 年 or 年度; digits torn apart by spaces are a reading matter, not an error.
static PATTERN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(r"(?:^|[^\d.,，\s]\s*)(?P<at>20\d\s*年(?:度|部门|单位|预算|决算)|20\d{3}\s*年)")
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "年份不完整：",
        en: "a year is incomplete",
        advice: "补全年份",
    };
    pattern::report(audit, sink, &PATTERN, |_| true, &wording);
}
