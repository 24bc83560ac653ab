use mz_budget::{disclosure::TextKind, finding::Severity, normalise};

use crate::{Audit, Sink, declare_rule, lexicon::TERMS, wording};

declare_rule! {
    pub static TERM_UNEXPLAINED = {
        code: "MZ5009",
        name: "term-unexplained",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-12"],
        page: "term_unexplained.md",
        check: check,
    };
}

/// Only where there is a glossary; a glossary that is missing altogether is a missing section.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let terms = &audit.disclosure.terms;
    if terms.len() < 2 {
        return;
    }
    let bare = |text: &str| normalise::name(text).replace('"', "");
    for term in &TERMS.terms {
        let wordings: Vec<String> = std::iter::once(&term.name)
            .chain(&term.aliases)
            .map(|name| bare(name))
            .collect();
        let used = wording::texts(audit.disclosure, &[TextKind::Body]).find_map(|text| {
            text.text
                .find(term.name.as_str())
                .map(|at| wording::part(text, at..at + term.name.len()))
        });
        let Some(used) = used else {
            continue;
        };
        sink.checked(1);
        let explained = terms
            .iter()
            .any(|t| wordings.iter().any(|w| bare(&t.name).contains(w.as_str())));
        if !explained {
            sink.broken(
                &used,
                format!("名词解释没有解释文中使用的“{}”", term.name),
                format!("the glossary does not explain “{}”", term.name),
            );
        }
    }
}
