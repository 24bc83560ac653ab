//! Where the characters of a paragraph are printed, so that a quote can be boxed on its page.

use std::ops::Range;

use crate::{Block, Rect};

/// One printed line of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Position of its first character in the paragraph, in characters.
    pub start: usize,
    /// 1-based page.
    pub page: u32,
    /// Box of the whole line.
    pub rect: Rect,
    /// Left edge of each of its characters, points.
    pub lefts: Box<[f32]>,
}

impl TextLine {
    /// The box of the characters of a range that stand in this line.
    fn part(&self, range: &Range<usize>) -> Option<Rect> {
        let from = range.start.max(self.start) - self.start;
        let to = range.end.saturating_sub(self.start).min(self.lefts.len());
        if from >= to {
            return None;
        }
        Some(Rect {
            left: *self.lefts.get(from)?,
            right: self.lefts.get(to).copied().unwrap_or(self.rect.right),
            ..self.rect
        })
    }
}

impl Block {
    /// Where a range of characters of the paragraph is printed: page and box, a box a line. Empty for blocks of formats
    /// without pages.
    pub fn boxes(&self, range: &Range<usize>) -> Vec<(u32, Rect)> {
        self.lines
            .iter()
            .filter_map(|line| Some((line.page, line.part(range)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Content, Place};

    use super::*;

    #[test]
    fn a_quote_over_two_lines_has_two_boxes() {
        let line = |start: usize, page: u32, top: f32| TextLine {
            start,
            page,
            rect: Rect {
                left: 10.0,
                top,
                right: 40.0,
                bottom: top + 10.0,
            },
            lefts: [10.0, 20.0, 30.0].into(),
        };
        let mut block = Block::new(
            Content::Paragraph("一二三四五六".to_owned()),
            Place::default(),
        );
        block.lines = vec![line(0, 1, 700.0), line(3, 2, 80.0)];
        let boxes = block.boxes(&(2..4));
        let edges: Vec<_> = boxes
            .iter()
            .map(|(page, r)| (*page, r.left, r.right))
            .collect();
        assert_eq!(edges, [(1, 30.0, 40.0), (2, 10.0, 20.0)]);
        assert!(block.boxes(&(6..9)).is_empty() && block.boxes(&(2..2)).is_empty());
    }
}
