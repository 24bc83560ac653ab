use mz_budget::{finding::Severity, money::Decimal};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static AMOUNT_WITHOUT_UNIT = {
        code: "MZ8007",
        name: "amount-without-unit",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["PJ-12"],
        page: "amount_without_unit.md",
        check: check,
    };
}

/// The amount of a project paragraph that is a bare number.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for field in audit
        .disclosure
        .projects
        .iter()
        .flat_map(|project| &project.fields)
    {
        if field.key != "amount" {
            continue;
        }
        sink.checked(1);
        let text = field.text.trim().trim_end_matches(['。', '；']);
        if Decimal::parse(text).is_some() {
            sink.broken(
                &wording::quoting(&field.place, text),
                format!("项目金额“{text}”没有写计量单位"),
                format!("the project's amount “{text}” has no unit"),
            );
        }
    }
}
