use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PROJECT_FIELD_MISSING = {
        code: "MZ5006",
        name: "project-field-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-16"],
        page: "project_field_missing.md",
        check: check,
    };
}

/// A field most other projects have, missing or empty in one.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let projects = &audit.disclosure.projects;
    let has = |project: &mz_budget::disclosure::ProjectParagraph, key: &str| {
        project
            .fields
            .iter()
            .any(|field| field.key == key && !field.text.trim().is_empty())
    };
    let mut keys: Vec<&str> = projects
        .iter()
        .flat_map(|p| p.fields.iter().map(|f| f.key.as_str()))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let specs = audit.disclosure.profile.narrative.project_fields();
    for key in keys {
        let n_with = projects.iter().filter(|project| has(project, key)).count();
        if projects.len() < 3 || 3 * n_with < 2 * projects.len() {
            continue;
        }
        let label = specs
            .iter()
            .find(|spec| spec.key == key)
            .and_then(|spec| spec.labels.first())
            .map_or(key, String::as_str);
        for project in projects {
            sink.checked(1);
            if !has(project, key) {
                sink.broken(
                    &wording::quoting(&project.place, &project.name),
                    format!(
                        "项目“{}”缺少“{label}”，其余 {n_with} 个项目都有",
                        project.name
                    ),
                    format!(
                        "the project “{}” lacks “{label}”, which {n_with} others have",
                        project.name
                    ),
                );
            }
        }
    }
}
