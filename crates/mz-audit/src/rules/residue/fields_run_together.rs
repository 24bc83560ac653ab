use mz_budget::{disclosure::TextKind, finding::Severity, normalise};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static FIELDS_RUN_TOGETHER = {
        code: "MZ9018",
        name: "fields-run-together",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-12"],
        page: "fields_run_together.md",
        check: check,
    };
}

/// Two labelled fields of a project in one paragraph, where the document gives each its own.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let labels: Vec<String> = audit
        .disclosure
        .profile
        .narrative
        .project_fields()
        .iter()
        .flat_map(|spec| spec.labels.iter())
        .map(|label| normalise::name(label))
        .filter(|label| label.chars().count() >= 4)
        .collect();
    let fields = |text: &str| -> Vec<String> {
        let folded = normalise::name(text);
        let mut found: Vec<(usize, String)> = labels
            .iter()
            .filter_map(|label| {
                folded
                    .find(&format!("{label}:"))
                    .map(|at| (at, label.clone()))
            })
            .collect();
        found.sort();
        found.dedup_by(|b, a| b.0 < a.0 + a.1.len());
        found.into_iter().map(|(_, label)| label).collect()
    };
    let mut alone = 0;
    let mut together = Vec::new();
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        let found = fields(&text.text);
        match found.len() {
            0 => continue,
            1 => alone += 1,
            _ => together.push((text, found)),
        }
        sink.checked(1);
    }
    if alone < 4 * together.len().max(1) {
        return;
    }
    for (text, found) in together {
        let place = wording::part(text, 0..text.text.len());
        sink.broken(
            &place,
            format!("{}写在同一行，没有分段", found.join("、")),
            format!("{} stand in one line", found.join(", ")),
        );
    }
}
