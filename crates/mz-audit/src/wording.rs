//! Reading words rather than figures: pieces of text with their places, and how alike two names are.

use std::ops::Range;

use mz_budget::{
    disclosure::{Disclosure, Text, TextKind},
    normalise,
    place::Place,
    words::Letters,
};

use crate::{Line, pattern::Pattern};

/// Whether a character is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// Whether a character ends a clause.
pub(crate) fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '。' | '；' | '！' | '？' | '，' | '：' | '、' | ';' | ',' | ':' | '!' | '?' | '\n'
    )
}

/// Number of characters before a byte offset.
pub(crate) fn chars_before(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |head| head.chars().count())
}

/// The place of a part of a text, by byte range; its sentence becomes the context.
pub(crate) fn part(text: &Text, range: Range<usize>) -> Place {
    let quote = text.text.get(range.clone()).unwrap_or(&text.text);
    let mut place = quoting(&text.place, quote);
    place.context = Some(sentence_around(&text.text, range.clone()).to_owned());
    if text.kind != TextKind::Cell {
        let base = text.place.span.map_or(0, |(start, _)| start);
        let start = base + chars_before(&text.text, range.start);
        place.span = Some((start, start + quote.chars().count()));
    }
    place
}

/// The same place with another quote.
pub(crate) fn quoting(place: &Place, quote: &str) -> Place {
    let mut place = place.clone();
    place.quote = quote.trim().to_owned();
    place
}

/// The sentence a byte range stands in.
pub(crate) fn sentence_around(text: &str, range: Range<usize>) -> &str {
    let ends = ['。', '；', '！', '？', '\n'];
    let head = text.get(..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    let start = head.rfind(ends).map_or(0, |i| {
        i + head
            .get(i..)
            .and_then(|h| h.chars().next())
            .map_or(1, char::len_utf8)
    });
    let end = tail.find(ends).map_or(text.len(), |i| {
        range.end
            + i
            + tail
                .get(i..)
                .and_then(|t| t.chars().next())
                .map_or(0, char::len_utf8)
    });
    text.get(start..end).unwrap_or(text).trim()
}

/// Where a pattern (its group `at`, when it has one) stands in a text.
pub(crate) fn hits_in(pattern: &Pattern, text: &str) -> Vec<Range<usize>> {
    pattern
        .captures_iter(text)
        .map(|found| found.name("at").unwrap_or_else(|| found.whole()).range())
        .collect()
}

/// Where a pattern (its group `at`, when it has one) stands, text by text; texts without a hit are left out. Kinds not
/// wanted are passed over.
pub(crate) fn hits<'d>(
    lines: &[Line<'d>],
    pattern: &Pattern,
    wanted: impl Fn(TextKind) -> bool,
) -> Vec<(&'d Text, Vec<Range<usize>>)> {
    lines
        .iter()
        .filter(|line| wanted(line.text.kind) && line.may_hold(pattern))
        .map(|line| (line.text, hits_in(pattern, &line.text.text)))
        .filter(|(_, ranges)| !ranges.is_empty())
        .collect()
}

/// The byte range of a character range.
pub(crate) fn byte_range(text: &str, (start, end): (usize, usize)) -> Range<usize> {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    byte(start)..byte(end)
}

/// Texts of these kinds.
pub(crate) fn texts<'d>(
    disclosure: &'d Disclosure,
    wanted: &'d [TextKind],
) -> impl Iterator<Item = &'d Text> {
    disclosure
        .texts
        .iter()
        .filter(|text| wanted.contains(&text.kind))
}

/// Texts that say something: all but the entries of a list of contents, which only announce it.
pub(crate) fn saying(disclosure: &Disclosure) -> impl Iterator<Item = &Text> {
    const KINDS: [TextKind; 4] = [
        TextKind::Heading,
        TextKind::Body,
        TextKind::Caption,
        TextKind::Cell,
    ];
    texts(disclosure, &KINDS)
}

/// “甲”“乙”“丙”等 4 处, without repeating a quote.
pub(crate) fn quoted_list(quotes: &[&str], most: usize) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for quote in quotes {
        if !distinct.contains(quote) {
            distinct.push(quote);
        }
    }
    let shown: String = distinct
        .iter()
        .take(most)
        .map(|quote| format!("“{quote}”"))
        .collect();
    if distinct.len() > most {
        format!("{shown}等 {} 种写法", distinct.len())
    } else {
        shown
    }
}

/// Length of the longest common subsequence of two folded names.
fn common_characters(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for ca in a {
        let mut diagonal = 0;
        for (i, cb) in b.iter().enumerate() {
            let above = row.get(i + 1).copied().unwrap_or(0);
            let left = row.get(i).copied().unwrap_or(0);
            let best = if ca == cb {
                diagonal + 1
            } else {
                above.max(left)
            };
            diagonal = above;
            if let Some(cell) = row.get_mut(i + 1) {
                *cell = best;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

/// A name in comparison form, to be compared with many.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    folded: String,
    chars: Vec<char>,
    letters: Letters,
}

impl Name {
    /// The comparison form of a name.
    pub(crate) fn new(name: &str) -> Self {
        let folded = normalise::name(name);
        let mut letters = Letters::default();
        folded.chars().for_each(|c| letters.add(c));
        Self {
            chars: folded.chars().collect(),
            letters,
            folded,
        }
    }

    /// The name as it is compared.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// How alike two names are, in thousandths: half from the characters of the shorter found in order in the longer, half
    /// from shared pairs of neighboring characters.
    pub(crate) fn likeness(&self, other: &Self) -> u32 {
        let (a, b) = (&self.chars, &other.chars);
        if a == b {
            return 1000;
        }
        let mut pairs: Vec<&[char]> = b.windows(2).collect();
        let mut shared = 0;
        for pair in a.windows(2) {
            if let Some(i) = pairs.iter().position(|other| *other == pair) {
                pairs.swap_remove(i);
                shared += 1;
            }
        }
        self.measure(other, common_characters(a, b), shared)
    }

    /// The likeness if it is that much; most names are told apart by the characters they share, wherever those stand.
    pub(crate) fn likeness_at_least(&self, other: &Self, least: u32) -> Option<u32> {
        let is_shared = |c: &char| other.letters.may_have(*c);
        let common = self.chars.iter().filter(|c| is_shared(c)).count();
        let pairs = self.chars.windows(2);
        let shared = pairs.filter(|pair| pair.iter().all(is_shared)).count();
        let shorter = self.chars.len().min(other.chars.len());
        if self.measure(other, common.min(shorter), shared) < least && self.chars != other.chars {
            return None;
        }
        Some(self.likeness(other)).filter(|likeness| *likeness >= least)
    }

    fn measure(&self, other: &Self, common: usize, shared_pairs: usize) -> u32 {
        let shorter = self.chars.len().min(other.chars.len());
        if shorter < 2 {
            return 0;
        }
        let n_pairs = self.chars.len() + other.chars.len() - 2;
        let alike = (1000 * common / shorter + 2000 * shared_pairs / n_pairs) / 2;
        u32::try_from(alike).unwrap_or(0)
    }
}

/// How alike two names are (see [`Name::likeness`]).
pub(crate) fn name_likeness(a: &str, b: &str) -> u32 {
    Name::new(a).likeness(&Name::new(b))
}

/// The part in which two names differ: what remains of each when common beginning and end are taken away.
pub(crate) fn difference(a: &str, b: &str) -> (String, String) {
    let a: Vec<char> = a.chars().filter(|c| !c.is_whitespace()).collect();
    let b: Vec<char> = b.chars().filter(|c| !c.is_whitespace()).collect();
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count()
        .min(a.len().min(b.len()) - front);
    let middle = |chars: &[char]| {
        chars
            .iter()
            .skip(front)
            .take(chars.len() - front - back)
            .collect()
    };
    (middle(&a), middle(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_orders_names_as_readers_do() {
        let alike = name_likeness("总值班室专项", "市政府办公室总值班室业务专项经费");
        assert!(alike > 600, "{alike}");
        assert!(name_likeness("专项费用", "专项经费") > 500);
        assert!(name_likeness("政府工作报告起草小组经费", "升旗仪式活动经费") < 450);
        assert_eq!(name_likeness("甲（乙）丙", "甲(乙) 丙"), 1000);
    }

    #[test]
    fn the_difference_is_the_smallest_middle() {
        assert_eq!(
            difference("专项费用", "专项经费"),
            ("费用".into(), "经费".into())
        );
        assert_eq!(
            difference("机房运行维护经费", "机房维护经费"),
            ("运行".into(), String::new())
        );
    }

    #[test]
    fn sentences_are_cut_at_their_ends() {
        let text = "甲。乙丙；丁";
        let at = text.find('丙').unwrap();
        assert_eq!(sentence_around(text, at..at + 3), "乙丙；");
    }
}
