use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static REASON_LEFT_BLANK = {
        code: "MZ4100",
        name: "reason-left-blank",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-10"],
        page: "reason_left_blank.md",
        check: check,
    };
}

/// The words that announce a reason, and the end of the sentence at once.
static BLANK: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known("[^。；，]{0,24}(?:主要)?原因(?:是|为|系)[：:]?[ 　]*[。；]"));

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        if !text.text.contains("原因") {
            continue;
        }
        sink.checked(1);
        for hit in BLANK.find_iter(&text.text) {
            let place = wording::part(text, hit.range());
            sink.broken(
                &place,
                format!(
                    "“{}”之后没有写原因",
                    place.quote.trim_end_matches(['。', '；'])
                ),
                format!("no reason follows “{}”", place.quote),
            );
        }
    }
}
