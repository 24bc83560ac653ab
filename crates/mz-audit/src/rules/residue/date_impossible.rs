use std::sync::LazyLock;

use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static DATE_IMPOSSIBLE = {
        code: "MZ9016",
        name: "date-impossible",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TM-02"],
        page: "date_impossible.md",
        check: check,
    };
}

static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?")
});

fn exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let n_days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=n_days).contains(&day)
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in audit.texts_with(&DATE) {
        for date in DATE.captures_iter(&text.text) {
            let number = |name| date.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
            let (Some(whole), Some(year), Some(month)) = (date.get(0), number("y"), number("m"))
            else {
                continue;
            };
            sink.checked(1);
            if exists(year, month, number("d").unwrap_or(1)) {
                continue;
            }
            sink.broken(
                &wording::part(text, whole.range()),
                format!("“{}”不是存在的日期", whole.as_str()),
                format!("“{}” is not a date that exists", whole.as_str()),
            );
        }
    }
}
