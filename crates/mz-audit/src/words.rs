//! The texts of a document in comparison form, made once for all rules.

use mz_budget::{
    disclosure::{Disclosure, Text, TextKind},
    normalise::Folded,
    words::Letters,
};

use crate::pattern::Pattern;

/// A text with its comparison form.
#[derive(Debug)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a Text,
    /// In comparison form, with the way back.
    pub folded: Folded,
    /// The characters of the comparison form.
    pub chars: Vec<char>,
    /// Those of the text itself, to pass over what cannot match.
    letters: Letters,
}

/// All texts of a document.
pub(crate) fn lines(disclosure: &Disclosure) -> Vec<Line<'_>> {
    let folded = disclosure.texts.iter().map(|text| {
        let folded = Folded::new(&text.text);
        let chars = folded.text.chars().collect();
        let mut letters = Letters::default();
        text.text.chars().for_each(|c| letters.add(c));
        Line {
            text,
            folded,
            chars,
            letters,
        }
    });
    folded.collect()
}

impl Line<'_> {
    /// Whether the pattern may stand in the text: cheaper than looking for it.
    pub(crate) fn may_hold(&self, pattern: &Pattern) -> bool {
        pattern.may_match(&self.letters)
    }

    /// Whether the text is of one of these kinds.
    pub(crate) fn is_one_of(&self, kinds: &[TextKind]) -> bool {
        kinds.contains(&self.text.kind)
    }
}
