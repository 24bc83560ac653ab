//! What a reason says moved, and which way.

use std::sync::LazyLock;

use mz_budget::{
    dimension::Slice,
    disclosure::{Base, Direction, Reason, Subject},
    normalise,
    profile::narrative::national,
    words::Letters,
};
use serde::Deserialize;

use crate::{
    Audit,
    claim_groups::ClaimGroup,
    lexicon,
    phrases::{self, Named},
};

/// Words of reasons.
#[derive(Deserialize)]
pub(crate) struct Words {
    pub(crate) hollow: Vec<String>,
    /// Words that begin a reason.
    pub(crate) openings: Vec<String>,
    pub(crate) between: Vec<String>,
    pub(crate) negation: Vec<String>,
    pub(crate) connectors: Vec<String>,
}

pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::load("rules/reasons.toml"));

/// A subject the reason names.
#[derive(Clone, Debug)]
pub(crate) struct Mover {
    /// Words as printed.
    pub(crate) words: String,
    /// The slice it means inside the slice the reason explains; `None` when it lies outside.
    pub(crate) slice: Option<Slice>,
    /// Which way the reason says it moved.
    pub(crate) direction: Option<Direction>,
}

/// Subjects named by the reason for the change of a slice.
pub(crate) fn movers(audit: &Audit<'_>, explained: Slice, reason: &Reason) -> Vec<Mover> {
    let section = phrases::section_id(audit.disclosure, &reason.place);
    let named = audit.phrases.named(&reason.text, section);
    let directions = directions(&reason.text, &named);
    named
        .iter()
        .zip(directions)
        .map(|(named, direction)| Mover {
            words: named.printed.clone(),
            slice: phrases::inside(audit.disclosure, explained, &named.at),
            direction,
        })
        .collect()
}

/// The direction of each named subject: of the word after it (or after the last of its list), or of the word before it.
fn directions(text: &str, named: &[Named]) -> Vec<Option<Direction>> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = vec![None; named.len()];
    for (start, end, direction) in direction_words(&chars, named) {
        if ends_with_any(&chars, start, &WORDS.negation).is_some() {
            continue;
        }
        if !attach_back(&chars, named, &mut found, start, direction) {
            attach_forward(&chars, named, &mut found, end, direction);
        }
    }
    found
}

/// Direction words outside the named subjects, left to right, longest first.
fn direction_words(chars: &[char], named: &[Named]) -> Vec<(usize, usize, Direction)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let rest = &chars[i..];
        let of = |words: &Starts, direction| Some((words.longest(rest)?, direction));
        let hit = of(&UP, Direction::Up)
            .into_iter()
            .chain(of(&DOWN, Direction::Down))
            .max_by_key(|h| h.0);
        let inside = || named.iter().any(|n| n.start <= i && i < n.end);
        match hit.filter(|_| !inside()) {
            Some((length, direction)) => {
                found.push((i, i + length, direction));
                i += length;
            }
            None => i += 1,
        }
    }
    found
}

fn starts(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

fn ends_with_any(chars: &[char], end: usize, words: &[String]) -> Option<usize> {
    let head = chars.get(..end)?;
    words
        .iter()
        .filter(|word| ends(head, word))
        .map(|word| end - word.chars().count())
        .min()
}

fn starts_with_any(chars: &[char], start: usize, words: &[String]) -> Option<usize> {
    let rest = chars.get(start..)?;
    words
        .iter()
        .filter(|word| starts(rest, word))
        .map(|word| start + word.chars().count())
        .max()
}

/// Gives the direction to the named subject that ends here, words without meaning left aside, and to those joined to it.
fn attach_back(
    chars: &[char],
    named: &[Named],
    found: &mut [Option<Direction>],
    mut at: usize,
    direction: Direction,
) -> bool {
    let mut attached = false;
    loop {
        if let Some(i) = named.iter().position(|n| n.end == at) {
            let free = found.get_mut(i).filter(|slot| slot.is_none());
            let Some(slot) = free else { return attached };
            *slot = Some(direction);
            attached = true;
            let start = named.get(i).map_or(at, |n| n.start);
            match ends_with_any(chars, start, &WORDS.connectors) {
                Some(before) => at = before,
                None => return attached,
            }
        } else if let Some(before) = ends_with_any(chars, at, &WORDS.between) {
            at = before;
        } else {
            return attached;
        }
    }
}

/// The same for subjects that follow the direction word.
fn attach_forward(
    chars: &[char],
    named: &[Named],
    found: &mut [Option<Direction>],
    mut at: usize,
    direction: Direction,
) {
    loop {
        if let Some(i) = named.iter().position(|n| n.start == at) {
            let free = found.get_mut(i).filter(|slot| slot.is_none());
            let Some(slot) = free else { return };
            *slot = Some(direction);
            let end = named.get(i).map_or(at, |n| n.end);
            match starts_with_any(chars, end, WORDS.connectors.get(..1).unwrap_or_default()) {
                Some(after) => at = after,
                None => return,
            }
        } else if let Some(after) = starts_with_any(chars, at, &WORDS.between) {
            at = after;
        } else {
            return;
        }
    }
}

/// Words found by the character they begin with.
struct Starts {
    first: Letters,
    /// Longest first.
    words: Vec<Vec<char>>,
}

impl Starts {
    fn new<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut words: Vec<Vec<char>> = words.map(|word| word.chars().collect()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut first = Letters::default();
        words
            .iter()
            .filter_map(|word| word.first())
            .for_each(|c| first.add(*c));
        Self { first, words }
    }

    /// Number of characters of the longest word that begins here.
    fn longest(&self, chars: &[char]) -> Option<usize> {
        let c = chars.first().filter(|c| self.first.may_have(**c))?;
        let words = self.words.iter().filter(|word| word.first() == Some(c));
        words
            .map(Vec::as_slice)
            .find(|word| chars.starts_with(word))
            .map(<[char]>::len)
    }
}

/// Words that say nothing of what moved.
static EMPTY: LazyLock<Starts> = LazyLock::new(|| {
    let grammar = &national().grammar;
    let words = WORDS.hollow.iter().chain(&WORDS.between);
    Starts::new(
        words
            .chain(&grammar.up)
            .chain(&grammar.down)
            .chain(&grammar.level),
    )
});

static UP: LazyLock<Starts> = LazyLock::new(|| Starts::new(national().grammar.up.iter()));
static DOWN: LazyLock<Starts> = LazyLock::new(|| Starts::new(national().grammar.down.iter()));

/// Whether a reason states no fact: nothing is left without hollow words, direction words and names of subjects.
pub(crate) fn is_hollow(audit: &Audit<'_>, reason: &Reason) -> bool {
    let section = phrases::section_id(audit.disclosure, &reason.place);
    let named = audit.phrases.named(&reason.text, section);
    let chars: Vec<char> = reason.text.chars().collect();
    let mut i = 0;
    let mut left = 0;
    while i < chars.len() {
        if let Some(n) = named.iter().find(|n| n.start == i) {
            i = n.end;
        } else if let Some(word) = EMPTY.longest(&chars[i..]) {
            i += word;
        } else {
            let c = chars[i];
            left += usize::from(
                !c.is_ascii_digit()
                    && !c.is_ascii_punctuation()
                    && normalise::fold(c).is_some()
                    && !"，。；、：".contains(c),
            );
            i += 1;
        }
    }
    left < 2
}

/// The one direction a reason speaks of; `None` when it speaks of none or of both.
pub(crate) fn only_direction(reason: &Reason) -> Option<Direction> {
    let chars: Vec<char> = reason.text.chars().collect();
    let mut directions = direction_words(&chars, &[]).into_iter();
    let (start, _, first) = directions.next()?;
    let negated = ends_with_any(&chars, start, &WORDS.negation).is_some();
    (!negated && directions.all(|(_, _, other)| other == first)).then_some(first)
}

/// The slice a group of claims is about.
pub(crate) fn slice_of(group: &ClaimGroup<'_>) -> Option<Slice> {
    let base = group.change.or(group.growth).and_then(|claim| claim.base);
    // What made the outturn differ from the budget says nothing of last year.
    let is_yearly = !matches!(base, Some(Base::InitialBudget | Base::AdjustedBudget));
    match group.subject {
        Subject::Slice(slice) if is_yearly => Some(*slice),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use mz_budget::dimension::Dimension;

    use super::*;

    fn named(text: &str, words: &[&str]) -> Vec<Named> {
        let mut found: Vec<Named> = words
            .iter()
            .map(|word| {
                let start = text
                    .find(word)
                    .map(|byte| text[..byte].chars().count())
                    .unwrap();
                let end = start + word.chars().count();
                Named {
                    start,
                    end,
                    printed: (*word).into(),
                    at: vec![(Dimension::Nature, 1)],
                }
            })
            .collect();
        found.sort_by_key(|n| n.start);
        found
    }

    fn read(text: &str, words: &[&str]) -> Vec<Option<Direction>> {
        directions(text, &named(text, words))
    }

    #[test]
    fn a_direction_word_governs_the_list_before_it() {
        let up = Some(Direction::Up);
        let down = Some(Direction::Down);
        assert_eq!(
            read(
                "人员工资调整造成人员经费、日常公用支出增加",
                &["人员经费", "日常公用支出"]
            ),
            [up, up]
        );
        assert_eq!(read("公用经费有所减少", &["公用经费"]), [down]);
        assert_eq!(
            read("人员经费增加，公用经费减少", &["人员经费", "公用经费"]),
            [up, down]
        );
    }

    #[test]
    fn a_direction_word_governs_what_follows_when_nothing_stands_before() {
        assert_eq!(read("压减公用经费", &["公用经费"]), [Some(Direction::Down)]);
        assert_eq!(read("未增加公用经费", &["公用经费"]), [None]);
        assert_eq!(read("公用经费标准提高", &["公用经费"]), [None]);
    }

    #[test]
    fn the_words_of_reasons_are_read() {
        assert!(WORDS.hollow.len() > 20 && WORDS.connectors.len() > 3);
    }
}
