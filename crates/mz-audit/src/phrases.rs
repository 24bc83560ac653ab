//! Words that stand for slices, found in free text: reasons, lists, allocations. The same lexicon the sentences with
//! figures are read by: the section's words first, then the profile's, then the national ones, then names of headings.

use std::collections::{BTreeMap, HashMap};

use mz_budget::{
    dimension::{Coordinates, Dimension, Slice},
    disclosure::Disclosure,
    normalise::{self, Folded},
    place::Place,
    profile::narrative::national,
};

/// Key of a coordinate that goes back to the whole.
const WHOLE: &str = "all";

/// A word with its coordinates.
#[derive(Clone, Debug)]
struct Word {
    folded: Vec<char>,
    at: Vec<(Dimension, u16)>,
}

/// The lexicon of a document, by first character; longer words first.
#[derive(Debug, Default)]
pub struct Phrases {
    words: HashMap<char, Vec<Word>>,
    sections: BTreeMap<String, HashMap<char, Vec<Word>>>,
}

/// A subject named in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// First character in the source text.
    pub start: usize,
    /// Character after the last in the source text.
    pub end: usize,
    /// The words as printed.
    pub printed: String,
    /// Coordinates the words add.
    pub at: Vec<(Dimension, u16)>,
}

impl Phrases {
    /// The lexicon of a disclosure.
    pub fn new(disclosure: &Disclosure) -> Self {
        let narrative = &disclosure.profile.narrative;
        let mut phrases = Self::default();
        for spec in narrative.subjects.iter().chain(&national().subjects) {
            add_all(&mut phrases.words, disclosure, &spec.words, &spec.at);
        }
        for dimension in [Dimension::Economic, Dimension::Function] {
            let tree = disclosure.dimensions.tree(dimension);
            for (id, node) in tree.nodes.iter().enumerate().skip(1) {
                let Ok(id) = u16::try_from(id) else { continue };
                add(&mut phrases.words, &node.name, vec![(dimension, id)]);
            }
        }
        for section in &narrative.sections {
            let words = phrases.sections.entry(section.id.clone()).or_default();
            for spec in &section.subjects {
                add_all(words, disclosure, &spec.words, &spec.at);
            }
        }
        for words in phrases.sections.values_mut().chain([&mut phrases.words]) {
            for list in words.values_mut() {
                list.sort_by_key(|word| std::cmp::Reverse(word.folded.len()));
            }
        }
        phrases
    }

    /// The subjects named in a text, left to right, longest words first.
    pub fn named(&self, text: &str, section: Option<&str>) -> Vec<Named> {
        let folded = Folded::new(text);
        let chars: Vec<char> = folded.text.chars().collect();
        let source: Vec<char> = text.chars().collect();
        let own = section.and_then(|id| self.sections.get(id));
        let mut found = Vec::new();
        let mut i = 0;
        while i < chars.len() {
            let here = own
                .and_then(|words| longest(words, &chars, i))
                .into_iter()
                .chain(longest(&self.words, &chars, i));
            // The section's own word wins among words of the same length.
            let best = here.fold(None, |best: Option<&Word>, word| match best {
                Some(best) if best.folded.len() >= word.folded.len() => Some(best),
                _ => Some(word),
            });
            match best {
                Some(word) => {
                    let (start, end) = folded.source_range(i, i + word.folded.len());
                    found.push(Named {
                        start,
                        end,
                        printed: source.get(start..end).unwrap_or_default().iter().collect(),
                        at: word.at.clone(),
                    });
                    i += word.folded.len();
                }
                None => i += 1,
            }
        }
        found
    }

    /// The subject a whole name stands for.
    pub fn exactly(&self, name: &str, section: Option<&str>) -> Option<Vec<(Dimension, u16)>> {
        let folded: Vec<char> = normalise::name(name).chars().collect();
        let own = section.and_then(|id| self.sections.get(id));
        own.into_iter()
            .chain([&self.words])
            .find_map(|words| {
                words
                    .get(folded.first()?)?
                    .iter()
                    .find(|word| word.folded == folded)
            })
            .map(|word| word.at.clone())
    }
}

fn longest<'w>(words: &'w HashMap<char, Vec<Word>>, chars: &[char], i: usize) -> Option<&'w Word> {
    let rest = chars.get(i..)?;
    words
        .get(rest.first()?)?
        .iter()
        .find(|word| rest.starts_with(&word.folded))
}

fn add_all(
    words: &mut HashMap<char, Vec<Word>>,
    disclosure: &Disclosure,
    wordings: &[String],
    at: &Coordinates,
) {
    let mut nodes = Vec::new();
    for (dimension, key) in at {
        if key == WHOLE {
            nodes.push((*dimension, 0));
        } else if let Some(id) = disclosure.dimensions.tree(*dimension).find(key) {
            nodes.push((*dimension, id));
        } else {
            // A heading the document does not use: nothing is known of it.
            return;
        }
    }
    for wording in wordings {
        add(words, wording, nodes.clone());
    }
}

fn add(words: &mut HashMap<char, Vec<Word>>, wording: &str, at: Vec<(Dimension, u16)>) {
    let folded: Vec<char> = normalise::name(wording).chars().collect();
    // One character is never a name of its own.
    if let (Some(first), true) = (folded.first().copied(), folded.len() > 1) {
        let list = words.entry(first).or_default();
        if !list.iter().any(|word| word.folded == folded) {
            list.push(Word { folded, at });
        }
    }
}

/// The slice named by coordinates inside a context. `None` when a coordinate lies outside the context.
pub fn inside(disclosure: &Disclosure, context: Slice, at: &[(Dimension, u16)]) -> Option<Slice> {
    let mut slice = context;
    for (dimension, node) in at {
        let tree = disclosure.dimensions.tree(*dimension);
        let here = context.node(*dimension);
        if tree.contains(here, *node) {
            slice = slice.with(*dimension, *node);
        } else if !tree.contains(*node, here) {
            return None;
        }
    }
    Some(slice)
}

/// Id of the innermost section heading known to the profile that a place stands under.
pub fn section_id<'d>(disclosure: &'d Disclosure, place: &Place) -> Option<&'d str> {
    let body = disclosure
        .sections
        .iter()
        .filter(|section| !section.in_contents);
    body.filter(|section| section.place.block <= place.block)
        .filter_map(|section| Some((section.place.block, section.id.as_deref()?)))
        .max_by_key(|(block, _)| *block)
        .map(|(_, id)| id)
}
