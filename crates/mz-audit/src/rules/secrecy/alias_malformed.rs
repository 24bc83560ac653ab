use std::{collections::BTreeMap, sync::LazyLock};

use mz_budget::{finding::Severity, normalise, place::Place};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static ALIAS_MALFORMED = {
        code: "MZ8012",
        name: "alias-malformed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["SE-04"],
        page: "alias_malformed.md",
        check: check,
    };
}

/// A code name: Chinese words and a code of letters and digits.
static ALIAS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<head>特定目标|特定项目|涉密项目|代号)\s*(?P<code>[0-9A-Za-z]{6,12})(?:[^0-9A-Za-z.]|$)",
    )
});

/// The form of a code: 9 for a digit, A for a letter.
fn form(code: &str) -> String {
    code.chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { 'A' })
        .collect()
}

/// The code names of one document have one form.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut forms: BTreeMap<String, BTreeMap<String, Vec<Place>>> = BTreeMap::new();
    for text in audit.texts_with(&ALIAS) {
        for found in ALIAS.captures_iter(&text.text) {
            let (Some(head), Some(code)) = (found.name("head"), found.name("code")) else {
                continue;
            };
            let range = head.start()..code.end();
            let name = normalise::name(text.text.get(range.clone()).unwrap_or_default());
            let places = forms
                .entry(form(code.as_str()))
                .or_default()
                .entry(name)
                .or_default();
            places.push(wording::part(text, range));
        }
    }
    sink.checked(forms.values().map(BTreeMap::len).sum());
    let usual = forms
        .iter()
        .max_by_key(|(_, names)| names.len())
        .map(|(form, _)| form.clone());
    for (form, names) in &forms {
        if Some(form) == usual.as_ref()
            || forms
                .get(usual.as_deref().unwrap_or_default())
                .is_none_or(|n| n.len() < 2)
        {
            continue;
        }
        for (name, places) in names {
            let Some((first, others)) = places.split_first() else {
                continue;
            };
            sink.broken(
                first,
                format!("代号“{name}”的形式与其他代号不同"),
                format!("the code name “{name}” is formed unlike the others"),
            )
            .also_all(others);
        }
    }
}
