use std::{ops::Range, sync::LazyLock};

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

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
static PATTERN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"20\d\s*年(?:度|部门|单位|预算|决算)|20\d{3}\s*年"));

/// Hits that are not the end of a longer figure.
fn hits(text: &str) -> Vec<Range<usize>> {
    let mut hits = wording::hits_in(&PATTERN, text);
    hits.retain(|hit| {
        let before = text.get(..hit.start).unwrap_or_default().trim_end();
        !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，'))
    });
    hits
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "年份不完整：",
        en: "a year is incomplete",
        advice: "补全年份",
    };
    for line in &audit.lines {
        sink.checked(1);
        if line.may_hold(&PATTERN) {
            pattern::report_ranges(sink, line.text, &hits(&line.text.text), &wording);
        }
    }
}
