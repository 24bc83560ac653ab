use mz_budget::{finding::Severity, normalise};

use super::withheld;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static PLACEHOLDER_VARIES = {
        code: "MZ8010",
        name: "placeholder-varies",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["secrets"],
        checks: &["SE-01"],
        page: "placeholder_varies.md",
        check: check,
    };
}

/// Withheld fields use several wordings.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let bare = |text: &str| {
        normalise::name(text)
            .trim_end_matches(['。', ';', '.'])
            .to_owned()
    };
    let fields: Vec<_> = withheld::projects(audit.disclosure)
        .flat_map(|project| {
            project
                .fields
                .iter()
                .filter(|field| withheld::is_withheld(field))
        })
        .collect();
    sink.checked(fields.len());
    let Some((first, rest)) = fields.split_first() else {
        return;
    };
    if let Some(other) = rest
        .iter()
        .find(|field| bare(&field.text) != bare(&first.text))
    {
        sink.broken(
            &other.place,
            format!(
                "不公开的栏目用语不一：“{}”与“{}”",
                first.text.trim(),
                other.text.trim()
            ),
            format!(
                "withheld fields are worded in several ways: “{}” and “{}”",
                first.text.trim(),
                other.text.trim()
            ),
        )
        .also(&first.place);
    }
}
