//! The glossary: terms and their explanations.

use mz_budget::{
    disclosure::{Disclosure, Term},
    normalise::{squeeze, strip_numbering},
};

use super::source::Passage;

/// Longest term in characters.
const N_LONGEST: usize = 40;

/// Reads a paragraph of the glossary: a term with its explanation, or more of the one before.
pub(super) fn read(disclosure: &mut Disclosure, passage: &Passage<'_>) {
    let end = passage.chars.len();
    let split = passage
        .chars
        .iter()
        .take(N_LONGEST)
        .position(|c| *c == ':')
        .map(|at| (at, at + 1))
        .or_else(|| {
            (0..end.min(N_LONGEST)).find_map(|i| {
                ["是指", "指"]
                    .iter()
                    .find(|word| passage.starts_with(i, word))
                    .map(|word| (i, i + word.chars().count()))
            })
        });
    let place = passage.place((0, end), (0, end), &disclosure.sections);
    let Some((at, after)) = split.filter(|(at, _)| *at > 0) else {
        // A finished explanation is followed by the signature, not by more of it.
        if let Some(last) = disclosure
            .terms
            .last_mut()
            .filter(|last| !last.text.ends_with('。'))
        {
            last.text.push_str(passage.printed(0, end).trim());
        }
        return;
    };
    let head = passage.printed(0, at);
    let term = squeeze(strip_numbering(&head)).replace('*', "");
    let text = passage.printed(after, end).replace("**", "");
    disclosure.terms.push(Term {
        name: term,
        text: text.trim().to_owned(),
        place,
    });
}
