use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static PERCENT_SIGN_MISSING = {
        code: "MZ4016",
        name: "percent-sign-missing",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["NA-16"],
        page: "percent_sign_missing.md",
        check: check,
    };
}

/// 占 and a figure with decimals at the end of a clause.
static BARE_SHARE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?:占比?|占总[收支]入?|增长|下降)\s*(\d{1,3}\.\d{1,2})\s*(?:[，。；、,;）)]|$)",
    )
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(wording::texts(audit.disclosure, &[TextKind::Body]).count());
    for text in audit
        .texts_with(&BARE_SHARE)
        .filter(|text| text.kind == TextKind::Body)
    {
        for hit in BARE_SHARE.captures_iter(&text.text) {
            let Some(number) = hit.get(1) else { continue };
            sink.broken(
                &wording::part(text, number.range()),
                format!(
                    "“{}”之后漏写百分号",
                    hit.get(0)
                        .map_or("", |m| m.as_str())
                        .trim_end_matches(['，', '。', '；', '、'])
                ),
                format!("a percent sign is missing after {}", number.as_str()),
            );
        }
    }
}
