//! Patterns of words and figures, matched without being compiled first.
//!
//! A program that reads one document and ends uses each pattern a few hundred times. Compiling forty regular expressions
//! with Chinese character classes to automata took half of its time; reading them into a tree takes none worth naming.
//! The language is the part of the `regex` crate's syntax that the rules and their data use, with the same meaning
//! (leftmost, first alternative); a test compares both on every pattern there is.
//!
//! Matching backtracks. Repeats are bounded and work is counted, so that no text can make it hang: a start at which a
//! pattern needs too many steps is no match.

mod find;
mod parse;

use std::{fmt, ops::Range};

use mz_budget::words::Letters;

pub(crate) use parse::PatternError;

/// A pattern.
#[derive(Clone)]
pub(crate) struct Pattern {
    root: Node,
    names: Vec<(String, usize)>,
    n_slots: usize,
    /// Characters a match can begin with; `None` when it may begin with any.
    first: Option<(Letters, Set)>,
    /// Sets of which every text with a match has a character each.
    required: Vec<(Letters, Set)>,
    lead: Option<Lead>,
}

/// A pattern that begins with a run of nearly any characters is looked for by what comes behind the run.
#[derive(Clone)]
struct Lead {
    /// Longest run, in characters.
    most: usize,
    rest: Box<Pattern>,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pattern")
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}

/// Part of a pattern.
#[derive(Clone, Debug)]
enum Node {
    Set(Set),
    Start,
    End,
    Sequence(Vec<Node>),
    Either(Vec<Branch>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: u32,
        is_greedy: bool,
    },
    Group(Box<Node>, usize),
}

/// One of several ways on.
#[derive(Clone, Debug)]
struct Branch {
    /// Characters it can begin with; `None` when it may begin with any, or be empty.
    first: Option<Set>,
    node: Node,
}

/// A set of characters.
#[derive(Clone, Debug, Default)]
struct Set {
    ranges: Vec<(char, char)>,
    is_negated: bool,
}

impl Set {
    fn contains(&self, c: char) -> bool {
        self.ranges
            .iter()
            .any(|(low, high)| (*low..=*high).contains(&c))
            != self.is_negated
    }

    fn letters(&self) -> Letters {
        let mut letters = Letters::default();
        for (low, high) in &self.ranges {
            letters.add_range(*low, *high);
        }
        letters
    }

    /// Number of characters, as far as it matters.
    fn size(&self) -> u32 {
        if self.is_negated {
            return u32::MAX;
        }
        self.ranges
            .iter()
            .map(|(low, high)| u32::from(*high) - u32::from(*low) + 1)
            .fold(0, u32::saturating_add)
    }
}

/// One match.
#[derive(Clone, Debug)]
pub(crate) struct Captures<'p, 't> {
    pattern: &'p Pattern,
    text: &'t str,
    /// The whole match, then the groups.
    slots: Vec<Option<(usize, usize)>>,
}

/// The whole match or a group of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Match<'t> {
    pub(crate) fn as_str(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    pub(crate) fn start(&self) -> usize {
        self.start
    }

    pub(crate) fn end(&self) -> usize {
        self.end
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

impl<'t> Captures<'_, 't> {
    /// The group with this number; 0 is the whole.
    pub(crate) fn get(&self, slot: usize) -> Option<Match<'t>> {
        let (start, end) = self.slots.get(slot).copied().flatten()?;
        Some(Match {
            text: self.text,
            start,
            end,
        })
    }

    /// The whole match.
    pub(crate) fn whole(&self) -> Match<'t> {
        self.get(0).unwrap_or(Match {
            text: self.text,
            start: 0,
            end: 0,
        })
    }

    /// The group of this name.
    pub(crate) fn name(&self, name: &str) -> Option<Match<'t>> {
        let (_, slot) = self.pattern.names.iter().find(|(known, _)| known == name)?;
        self.get(*slot)
    }
}

impl Pattern {
    /// Reads a pattern.
    pub(crate) fn new(source: &str) -> Result<Self, PatternError> {
        parse::parse(source)
    }

    /// A pattern that ships with the program. The test below reads every one there is.
    pub(crate) fn known(source: &str) -> Self {
        Self::new(source).unwrap_or_else(|error| unreachable!("{source}: {error}"))
    }

    /// Any of several patterns, the first wins.
    pub(crate) fn any_of(sources: &[String]) -> Self {
        Self::known(&sources.join("|"))
    }

    /// Whether a text with these characters may hold a match.
    pub(crate) fn may_match(&self, letters: &Letters) -> bool {
        self.first
            .iter()
            .chain(&self.required)
            .all(|(wanted, _)| wanted.meets(letters))
    }

    /// The first match.
    pub(crate) fn captures<'p, 't>(&'p self, text: &'t str) -> Option<Captures<'p, 't>> {
        self.captures_iter(text).next()
    }

    /// Whether there is a match.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.captures(text).is_some()
    }

    /// All matches, left to right.
    pub(crate) fn find_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Match<'t>> + use<'p, 't> {
        self.captures_iter(text).map(|found| found.whole())
    }
}

/// The words with every character that means something in a pattern taken literally.
pub(crate) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests;
