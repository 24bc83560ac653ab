use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, pattern::Pattern};

declare_rule! {
    pub static NUMBER_MALFORMED = {
        code: "MZ9007",
        name: "number-malformed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-19", "TI-23"],
        page: "number_malformed.md",
        check: check,
    };
}

/// A full-width comma inside a number, two points, or a group of thousands with too few digits, always before a unit word
/// so that enumerations (“1，234 号文”) and versions (“2.0.1 版”) stay silent.
static PATTERN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"\d{1,3}(?:，\d{3})+(?:[.．]\d+)?\s*(?:万元|亿元|元)|\d+[.．]{2,}\d+\s*(?:万元|亿元|元|[%％])|\d+\.\d+\.\d+\s*(?:万元|亿元|元|[%％])|\d{1,3},\d{1,2}\.\d+\s*(?:万元|亿元|元)",
    )
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "数字的写法不对：",
        en: "a number is badly written",
        advice: "分节用半角逗号、三位一节，小数点只有一个",
    };
    let wanted = |kind| matches!(kind, TextKind::Body | TextKind::Heading | TextKind::Caption);
    pattern::report(audit, sink, &PATTERN, wanted, &wording);
}
