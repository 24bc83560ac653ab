use mz_budget::{disclosure::TextKind, finding::Severity, normalise, words::Words};

use crate::{Audit, Line, Sink, declare_rule, wording};

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
        .map(|label| format!("{label}:"))
        .collect();
    let words = Words::new(labels.iter().map(String::as_str));
    let fields = |text: &str| -> Vec<String> {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for (at, which) in words.find_iter(text) {
            let label = words.word(which).trim_end_matches(':');
            if !found.iter().any(|(_, other)| *other == label) {
                found.push((at, label));
            }
        }
        found.sort_unstable();
        found.dedup_by(|b, a| b.0 < a.0 + a.1.len());
        found
            .into_iter()
            .map(|(_, label)| label.to_owned())
            .collect()
    };
    let mut alone = 0;
    let mut together = Vec::new();
    let body = |line: &&Line<'_>| line.is_one_of(&[TextKind::Body]);
    for line in audit.lines.iter().filter(body) {
        let text = line.text;
        let found = fields(&line.folded.text);
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
