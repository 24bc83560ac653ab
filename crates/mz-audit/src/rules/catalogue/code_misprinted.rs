use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static CODE_MISPRINTED = {
        code: "MZ2100",
        name: "code-misprinted",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-01"],
        page: "code_misprinted.md",
        check: check,
    };
}

/// What reading noticed of the codes it had to mend in order to understand the rows.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for problem in &audit.disclosure.problems {
        let (zh, en) = match problem.name.as_str() {
            "code-zero-lost" => ("编码缺零", "a zero of the code is missing"),
            "code-misprinted" => ("编码不是科目编码", "the code is none"),
            _ => continue,
        };
        sink.checked(1);
        let row = problem.place.row.as_deref().unwrap_or_default();
        sink.broken(
            &problem.place,
            format!("“{row}”{zh}：{}", problem.message),
            format!("“{row}”: {en}"),
        );
    }
}
