use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
    normalise,
    place::Place,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static SECTION_UNFILLED = {
        code: "MZ9100",
        name: "section-unfilled",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["FM-03"],
        page: "section_unfilled.md",
        check: check,
    };
}

/// Longest filling that says nothing, in characters.
const N_NOTHING: usize = 3;

/// A heading whose whole text is a character or two that are no word.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let sections = &audit.disclosure.sections;
    let mut texts: Vec<Vec<&Text>> = vec![Vec::new(); sections.len()];
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        if let Some(texts) = text.section.and_then(|i| texts.get_mut(i)) {
            texts.push(text);
        }
    }
    let mut empty: Vec<(&str, Place)> = Vec::new();
    for (section, texts) in sections.iter().zip(&texts) {
        let [only] = texts.as_slice() else { continue };
        sink.checked(1);
        if is_nothing(&only.text) {
            let heading = normalise::strip_numbering(&section.heading);
            let place = Place {
                quote: format!("{} {}", section.heading, only.text.trim()),
                ..section.place.clone()
            };
            empty.push((heading, place));
        }
    }
    // A single digit under one heading may be the number of a page.
    let Some(((_, first), rest)) = empty.split_first().filter(|_| empty.len() > 1) else {
        return;
    };
    let names: Vec<&str> = empty.iter().map(|(heading, _)| *heading).collect();
    sink.broken(
        first,
        format!(
            "{} 节只填了一两个字符，没有内容：{}",
            empty.len(),
            wording::quoted_list(&names, 8)
        ),
        format!(
            "{} sections hold a character or two and nothing else",
            empty.len()
        ),
    )
    .also_all(rest.iter().map(|(_, place)| place));
}

/// "1", "-", "qq": neither a word nor an amount.
fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let n = text.chars().count();
    (1..=N_NOTHING).contains(&n) && text.is_ascii()
}
