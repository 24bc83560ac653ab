use mz_budget::{
    disclosure::{Disclosure, TextKind},
    finding::Severity,
    normalise,
    place::Place,
};

use crate::{
    Audit, Sink, declare_rule,
    lexicon::{Government, LEVELS},
    wording,
};

declare_rule! {
    pub static LEVEL_WORDS_MIXED = {
        code: "MZ9101",
        name: "level-words-mixed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-09"],
        page: "level_words_mixed.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let Some(own) = own_level(disclosure) else {
        return;
    };
    sink.checked(1);
    let mut places: Vec<Place> = Vec::new();
    let mut other: Option<&Government> = None;
    for text in wording::texts(disclosure, &[TextKind::Body]) {
        for level in LEVELS.levels.iter().filter(|level| level.name != own.name) {
            for words in &level.words {
                for (at, found) in text.text.match_indices(words.as_str()) {
                    places.push(wording::part(text, at..at + found.len()));
                    other.get_or_insert(level);
                }
            }
        }
    }
    let (Some((first, rest)), Some(other)) = (places.split_first(), other) else {
        return;
    };
    sink.broken(
        first,
        format!(
            "本文件是{}的，文中有 {} 处写作{}，如“{}”",
            own.name,
            places.len(),
            other.name,
            first.quote
        ),
        format!(
            "the text of another level of government is used in {} places",
            places.len()
        ),
    )
    .also_all(rest);
}

/// The level the document is of: what its titles say, else what the unit's full name says.
fn own_level(disclosure: &Disclosure) -> Option<&'static Government> {
    let titles = disclosure
        .texts
        .iter()
        .filter(|text| text.kind != TextKind::Body && text.kind != TextKind::Cell);
    let said: Vec<String> = titles
        .take(12)
        .map(|text| normalise::name(&text.text))
        .collect();
    let by_title = LEVELS.levels.iter().find(|level| {
        level
            .markers
            .iter()
            .any(|marker| said.iter().any(|text| text.contains(marker.as_str())))
    });
    by_title.or_else(|| {
        let unit = disclosure.unit.as_deref()?;
        let (_, behind_city) = unit.split_once('市')?;
        let name = match behind_city
            .chars()
            .take(6)
            .find(|c| matches!(c, '区' | '县'))?
        {
            '区' => "区级",
            _ => "县级",
        };
        LEVELS.levels.iter().find(|level| level.name == name)
    })
}
