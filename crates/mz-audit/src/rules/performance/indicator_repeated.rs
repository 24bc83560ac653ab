use mz_budget::{finding::Severity, normalise};

use super::forms;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static INDICATOR_REPEATED = {
        code: "MZ6013",
        name: "indicator-repeated",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["PF-21"],
        page: "indicator_repeated.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    // Of indicators whose project was not made out nobody knows whether they belong to one.
    let targets = audit.disclosure.targets.iter();
    for target in targets.filter(|target| target.is_whole || !target.project.is_empty()) {
        for (i, indicator) in target.indicators.iter().enumerate() {
            sink.checked(1);
            let first = target.indicators.iter().take(i).find(|other| {
                normalise::same_name(&other.name, &indicator.name)
                    && other.level2 == indicator.level2
            });
            if let Some(first) = first.filter(|_| !indicator.name.is_empty()) {
                sink.broken(
                    &indicator.place,
                    format!(
                        "“{}”中指标“{}”列了两次",
                        forms::name(target),
                        indicator.name
                    ),
                    format!(
                        "the indicator “{}” stands twice in “{}”",
                        indicator.name, target.project
                    ),
                )
                .also(&first.place);
            }
        }
    }
}
