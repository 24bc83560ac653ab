//! Projects of which fields are withheld.

use mz_budget::disclosure::{Disclosure, ProjectField, ProjectParagraph};

/// Words that withhold a field.
const WITHHOLDING: [&str; 4] = ["不予公开", "不公开", "涉密", "保密"];

/// Whether the field is withheld.
pub(super) fn is_withheld(field: &ProjectField) -> bool {
    field.text.chars().count() <= 20 && WITHHOLDING.iter().any(|words| field.text.contains(words))
}

/// Projects with at least one withheld field.
pub(super) fn projects(disclosure: &Disclosure) -> impl Iterator<Item = &ProjectParagraph> {
    disclosure
        .projects
        .iter()
        .filter(|project| project.fields.iter().any(is_withheld))
}
