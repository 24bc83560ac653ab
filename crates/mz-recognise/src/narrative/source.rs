//! Passages: paragraphs in comparison form, wrapped lines joined, every character knowing where it was printed.

use mz_budget::{disclosure::Section, normalise::fold, place::Place};
use mz_document::{Block, Content};

/// Where a character of a passage was printed.
#[derive(Clone, Copy, Debug)]
struct Origin {
    /// Index into the passage's parts.
    part: usize,
    /// Character index in the part's text.
    at: usize,
    /// White space stood before it.
    spaced: bool,
}

/// One printed paragraph of a passage.
#[derive(Clone, Debug)]
struct Part<'d> {
    block: usize,
    place: &'d mz_document::Place,
    text: &'d str,
    /// First character of the passage that belongs to it.
    start: usize,
}

/// One or more printed paragraphs read as one: lines wrapped inside a sentence, and items that end in a semicolon.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage<'d> {
    /// Characters in comparison form, white space and emphasis removed.
    pub(super) chars: Vec<char>,
    origins: Vec<Origin>,
    parts: Vec<Part<'d>>,
    /// Index of the section it stands under.
    pub(super) section: Option<usize>,
}

/// The text of a block that is no table.
pub(super) fn text_of(block: &Block) -> Option<&str> {
    match &block.content {
        Content::Heading { text, .. } | Content::Paragraph(text) => Some(text),
        Content::Table(_) => None,
    }
}

impl<'d> Passage<'d> {
    /// Adds a paragraph.
    pub(super) fn push(&mut self, index: usize, block: &'d Block, text: &'d str) {
        let part = self.parts.len();
        self.parts.push(Part {
            block: index,
            place: &block.place,
            text,
            start: self.chars.len(),
        });
        let mut spaced = false;
        let mut chars = text.chars().enumerate().peekable();
        let mut at_front = true;
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            // Bullets and emphasis are marks of the format, not words.
            let is_bullet = at_front
                && (matches!(c, '•' | '●' | '#')
                    || (c == '-' && next.is_none_or(char::is_whitespace)));
            let is_emphasis = c == '*';
            if is_bullet || is_emphasis {
                continue;
            }
            match fold(c) {
                None => spaced = true,
                Some(c) => {
                    at_front = false;
                    self.chars.push(c);
                    self.origins.push(Origin { part, at, spaced });
                    spaced = false;
                }
            }
        }
    }

    /// Whether white space stood before the character.
    pub(super) fn is_spaced(&self, i: usize) -> bool {
        self.origins.get(i).is_some_and(|origin| origin.spaced)
    }

    /// Whether the character is the first of a printed paragraph.
    pub(super) fn starts_part(&self, i: usize) -> bool {
        self.parts.iter().any(|part| part.start == i)
    }

    /// The character as it was printed.
    pub(super) fn printed_char(&self, i: usize) -> Option<char> {
        let origin = self.origins.get(i)?;
        self.parts.get(origin.part)?.text.chars().nth(origin.at)
    }

    /// The characters of a range as text.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end.min(self.chars.len()))
            .unwrap_or(&[])
            .iter()
            .collect()
    }

    /// Whether the characters from `i` begin with the (folded) word.
    pub(super) fn starts_with(&self, i: usize, word: &str) -> bool {
        let mut at = i;
        word.chars().all(|c| {
            at += 1;
            self.chars.get(at - 1) == Some(&c)
        })
    }

    /// Index of the block the character stands in.
    pub(super) fn block(&self, i: usize) -> usize {
        let origin = self.origins.get(i).or(self.origins.last());
        origin
            .and_then(|o| self.parts.get(o.part))
            .or(self.parts.first())
            .map_or(0, |part| part.block)
    }

    /// The printed text of a range, line joints as nothing, without bullets at its ends.
    pub(super) fn printed(&self, start: usize, end: usize) -> String {
        let Some(origins) = self.origins.get(start..end.min(self.origins.len())) else {
            return String::new();
        };
        let mut out = String::new();
        let mut from = 0;
        while let Some(first) = origins.get(from) {
            let n = origins
                .iter()
                .skip(from)
                .take_while(|o| o.part == first.part)
                .count();
            let last = origins.get(from + n - 1).map_or(first.at, |o| o.at);
            if let Some(part) = self.parts.get(first.part) {
                out.extend(part.text.chars().skip(first.at).take(last + 1 - first.at));
            }
            from += n;
        }
        out
    }

    /// A place quoting `quote`, whose span is the figure `span`; both are character ranges of the passage. The quote is
    /// cut to the paragraph the span stands in.
    pub(super) fn place(
        &self,
        quote: (usize, usize),
        span: (usize, usize),
        sections: &[Section],
    ) -> Place {
        let empty = Place::default();
        let Some(first) = self.origins.get(span.0).or(self.origins.last()) else {
            return empty;
        };
        let Some(part) = self.parts.get(first.part) else {
            return empty;
        };
        let in_part = |range: (usize, usize)| {
            let origins = self
                .origins
                .get(range.0..range.1.min(self.origins.len()))
                .unwrap_or(&[]);
            let mut inside = origins.iter().filter(|o| o.part == first.part);
            let from = inside.next().map(|o| o.at)?;
            Some((from, inside.next_back().map_or(from, |o| o.at) + 1))
        };
        let cut = |range: (usize, usize)| -> String {
            part.text
                .chars()
                .skip(range.0)
                .take(range.1 - range.0)
                .collect()
        };
        let span_at = in_part(span).unwrap_or((first.at, first.at + 1));
        let quote = cut(in_part(quote).unwrap_or(span_at));
        let whole = part.text.trim();
        Place {
            section: self
                .section
                .and_then(|i| sections.get(i))
                .map(|s| s.heading.clone()),
            context: (whole != quote.trim()).then(|| whole.to_owned()),
            span: Some(span_at),
            ..crate::place::place(part.place, part.block, quote.trim())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_know_where_they_were_printed() {
        let block =
            |text: &str| Block::new(Content::Paragraph(text.to_owned()), Default::default());
        let (first, second) = (block("- 甲费 **增加** 3,"), block("210.5 0 万元。"));
        let mut passage = Passage::default();
        for (i, b) in [&first, &second].into_iter().enumerate() {
            passage.push(i, b, text_of(b).unwrap());
        }
        assert_eq!(passage.text(0, 99), "甲费增加3,210.50万元。");
        assert!(passage.is_spaced(4) && passage.starts_part(6) && !passage.starts_part(5));
        assert_eq!(passage.printed(0, 4), "甲费 **增加");
        let place = passage.place((0, 15), (6, 12), &[]);
        assert_eq!(
            (place.quote.as_str(), place.span, place.block),
            ("210.5 0 万元。", Some((0, 7)), 1)
        );
    }
}
