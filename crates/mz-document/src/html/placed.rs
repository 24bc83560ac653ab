//! Pages drawn in HTML: every piece of text at a position of its own, every ruling line a box with one border, as converters
//! from PDF write them. The pages are read as pages of a PDF are.

use html5gum::StartTag;

use crate::pdf::{Content, Glyph, Rule, Text};

/// Fewest pieces of text in places of their own for a page to be drawn rather than written.
const MIN_PIECES: usize = 40;
/// Smallest page, in points.
const MIN_PAGE: f32 = 200.0;
/// A box at most this thick is a line.
const MAX_RULE: f32 = 1.5;

/// Collects what is drawn while the tags go by.
#[derive(Default)]
pub(super) struct Placed {
    pages: Vec<Content>,
    n_pieces: usize,
    /// Where the open piece of text begins, its size, and how deep its tag is.
    open: Option<Piece>,
    depth: usize,
}

struct Piece {
    x: f32,
    y: f32,
    size: f32,
    depth: usize,
}

impl Placed {
    pub(super) fn start(&mut self, tag: &StartTag<()>, is_void: bool) {
        if !is_void && !tag.self_closing {
            self.depth += 1;
        }
        let Some(style) = tag.attributes.get(b"style".as_slice()) else {
            return;
        };
        let style = Style::new(&String::from_utf8_lossy(style));
        let (width, height) = (style.length("width"), style.length("height"));
        if style.is("position", "relative") {
            if let (Some(width), Some(height)) = (width, height)
                && width >= MIN_PAGE
                && height >= MIN_PAGE
            {
                self.pages.push(Content::new(width, height));
            }
            return;
        }
        let (Some(x), Some(y), true) = (
            style.length("left"),
            style.length("top"),
            style.is("position", "absolute"),
        ) else {
            return;
        };
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        match (width, height) {
            (Some(width), Some(height)) if height <= MAX_RULE && width > height => {
                page.horizontal.push(Rule {
                    at: y + height / 2.0,
                    from: x,
                    to: x + width,
                });
            }
            (Some(width), Some(height)) if width <= MAX_RULE => page.vertical.push(Rule {
                at: x + width / 2.0,
                from: y,
                to: y + height,
            }),
            _ => {
                if let Some(size) = style.length("font-size") {
                    let depth = self.depth;
                    self.open = Some(Piece { x, y, size, depth });
                    self.n_pieces += 1;
                }
            }
        }
    }

    pub(super) fn end(&mut self) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| self.depth <= open.depth)
        {
            self.open = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn text(&mut self, text: &str) {
        let (Some(open), Some(page)) = (&mut self.open, self.pages.last_mut()) else {
            return;
        };
        for c in text.chars() {
            // Widths are not said: a Chinese character is as wide as it is high, others about half.
            let advance = if c.is_ascii() || c == '\u{a0}' {
                open.size * 0.5
            } else {
                open.size
            };
            page.glyphs.push(Glyph {
                text: Text::Char(c),
                left: open.x,
                right: open.x + advance,
                baseline: open.y + open.size * 0.85,
                size: open.size,
            });
            open.x += advance;
        }
    }

    /// The pages, when the document is one of drawn pages.
    pub(super) fn finish(self) -> Option<Vec<Content>> {
        (self.n_pieces >= MIN_PIECES && !self.pages.is_empty()).then_some(self.pages)
    }
}

/// Properties of a `style` attribute.
struct Style {
    properties: Vec<(String, String)>,
}

impl Style {
    fn new(text: &str) -> Self {
        let properties = text
            .split(';')
            .filter_map(|property| property.split_once(':'))
            .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_lowercase()))
            .collect();
        Self { properties }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// A length in points.
    fn length(&self, name: &str) -> Option<f32> {
        let value = self.get(name)?;
        let (number, scale) = match (value.strip_suffix("pt"), value.strip_suffix("px")) {
            (Some(number), _) => (number, 1.0),
            (_, Some(number)) => (number, 0.75),
            _ => return None,
        };
        let number: f32 = number.trim().parse().ok()?;
        number.is_finite().then_some(number * scale)
    }
}
