//! Glyphs to lines of text.

use super::content::Glyph;
use crate::Rect;

/// A line of text with its box.
#[derive(Clone, Debug)]
pub struct Line {
    /// Text, with a space where the gap is wider than a letter space.
    pub text: String,
    /// Box.
    pub rect: Rect,
    /// Font size of its largest glyph, points.
    pub size: f32,
    /// Left edge of each character of the text.
    pub lefts: Vec<f32>,
}

/// Groups glyphs into lines, from top to bottom, each from left to right. Glyphs drawn twice at one spot (a usual way of
/// printing bold) are kept once.
pub fn lines(mut glyphs: Vec<&Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| {
        a.baseline
            .total_cmp(&b.baseline)
            .then(a.left.total_cmp(&b.left))
    });
    let mut groups: Vec<(f32, Vec<&Glyph>)> = Vec::new();
    for glyph in glyphs {
        // Superscripts and mixed fonts move a baseline by a fraction of the size.
        match groups.last_mut() {
            Some((baseline, group))
                if glyph.baseline - *baseline <= glyph.size.min(group[0].size.max(4.0)) * 0.45 =>
            {
                group.push(glyph);
            }
            _ => groups.push((glyph.baseline, vec![glyph])),
        }
    }
    groups
        .into_iter()
        .filter_map(|(_, group)| line(group))
        .collect()
}

fn line(mut glyphs: Vec<&Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut text = String::new();
    let mut lefts: Vec<f32> = Vec::new();
    let mut rect: Option<Rect> = None;
    let mut size: f32 = 0.0;
    let mut last: Option<&Glyph> = None;
    let mut space = false;
    for glyph in glyphs {
        if glyph.is_space() {
            space = true;
            continue;
        }
        if let Some(last) = last {
            let em = glyph.size.min(last.size);
            if (glyph.left - last.left).abs() < em * 0.2 && same_text(glyph, last) {
                continue;
            }
            let gap = glyph.left - last.right;
            // A space character between two Chinese characters is often only justification.
            if gap > em * 0.7 || (space && gap > em * 0.15) {
                text.push(' ');
                lefts.push(last.right);
            }
        }
        space = false;
        let n_bytes = text.len();
        glyph.push_to(&mut text);
        // A ligature has several characters; they share its width.
        let n_chars = text[n_bytes..].chars().count().max(1) as f32;
        let step = (glyph.right - glyph.left) / n_chars;
        lefts.extend((0..n_chars as usize).map(|i| glyph.left + step * i as f32));
        let own = Rect {
            left: glyph.left,
            top: glyph.baseline - glyph.size * 0.85,
            right: glyph.right,
            bottom: glyph.baseline + glyph.size * 0.2,
        };
        rect = Some(rect.map_or(own, |r| union(r, own)));
        size = size.max(glyph.size);
        last = Some(glyph);
    }
    Some(Line {
        text,
        rect: rect?,
        size,
        lefts,
    })
}

fn same_text(a: &Glyph, b: &Glyph) -> bool {
    let (mut left, mut right) = (String::new(), String::new());
    a.push_to(&mut left);
    b.push_to(&mut right);
    left == right
}

/// The smallest box around both.
pub fn union(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}
