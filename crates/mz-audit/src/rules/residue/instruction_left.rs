use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity};

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

declare_rule! {
    pub static INSTRUCTION_LEFT = {
        code: "MZ9004",
        name: "instruction-left",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FM-04"],
        page: "instruction_left.md",
        check: check,
    };
}

static PATTERN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&RESIDUE.instruction.patterns));

/// Cells are left out: forms legitimately say how they are filled in.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "模板的填报说明没有删去：",
        en: "an instruction of the template was not removed",
        advice: "删去填报说明，按实际情况写明",
    };
    pattern::report(
        audit,
        sink,
        &PATTERN,
        |kind| kind != TextKind::Cell,
        &wording,
    );
}
