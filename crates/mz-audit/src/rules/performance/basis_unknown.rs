use mz_budget::{finding::Severity, normalise};

use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE, wording};

declare_rule! {
    pub static BASIS_UNKNOWN = {
        code: "MZ6018",
        name: "basis-unknown",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-11"],
        page: "basis_unknown.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for indicator in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
    {
        let basis = normalise::name(&indicator.basis);
        if basis.is_empty() {
            continue;
        }
        sink.checked(1);
        if !PERFORMANCE.basis.known.contains(&basis) {
            sink.broken(
                &wording::quoting(&indicator.place, &indicator.basis),
                format!(
                    "指标“{}”的设置依据“{}”不是惯用的依据",
                    indicator.name, indicator.basis
                ),
                format!(
                    "the basis “{}” of “{}” is not a usual one",
                    indicator.basis, indicator.name
                ),
            );
        }
    }
}
