//! One page as glyphs and ruling lines: what the page shows, with boxes, and what it hides.

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
    font::{Glyph as FontGlyph, GlyphRun},
    hayro_cmap::BfString,
    kurbo::{Affine, BezPath, PathEl, Point, Rect as Box2, Shape},
};

use crate::{Rect, Turn};

/// More glyphs than this on one page are not kept; the widest real table seen has about 12,000.
const MAX_GLYPHS: usize = 200_000;
/// A filled shape at most this thick (points) is a ruling line.
const MAX_RULE: f64 = 2.6;
/// A ruling line is at least this long (points); shorter strokes are parts of drawings or letters.
const MIN_RULE: f64 = 3.0;

/// One character (or ligature) with its box.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its text.
    pub text: Text,
    /// Left and right edge by advance width, points.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Baseline, points from the top of the page.
    pub baseline: f32,
    /// Font size in points as shown.
    pub size: f32,
}

/// Almost every glyph is one character.
#[derive(Clone, Debug)]
pub enum Text {
    /// One character.
    Char(char),
    /// Several.
    Several(Box<str>),
}

impl Glyph {
    /// Vertical middle of the letter body; decides the cell a glyph belongs to.
    pub fn middle(&self) -> f32 {
        self.baseline - self.size * 0.35
    }

    /// Whether it shows nothing.
    pub fn is_space(&self) -> bool {
        match &self.text {
            Text::Char(c) => c.is_whitespace() || *c == '\u{a0}',
            Text::Several(s) => s.trim().is_empty(),
        }
    }

    /// Appends its text.
    pub fn push_to(&self, out: &mut String) {
        match &self.text {
            Text::Char(c) => out.push(*c),
            Text::Several(s) => out.push_str(s),
        }
    }
}

/// A horizontal or vertical ruling line: the middle of its thickness, and its extent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// y of a horizontal, x of a vertical line.
    pub at: f32,
    /// Start along the other axis.
    pub from: f32,
    /// End along the other axis.
    pub to: f32,
}

/// What one page shows.
#[derive(Debug, Default)]
pub struct Content {
    /// Visible glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// Horizontal ruling lines.
    pub horizontal: Vec<Rule>,
    /// Vertical ruling lines.
    pub vertical: Vec<Rule>,
    /// Number of raster images.
    pub n_images: usize,
    /// Text drawn outside the page or under a clip: it is not shown, but it is in the file.
    pub hidden: String,
    /// Glyphs with no known character.
    pub n_unknown: usize,
    /// Glyphs whose text is of no Chinese document: control characters, accented letters.
    pub n_foreign: usize,
    /// Glyphs beyond the limit.
    pub n_dropped: usize,
    /// Glyphs that stand upright once the page is turned: to the right, over, to the left.
    n_turned: [usize; 3],
    /// Slanted glyphs, which no table or sentence of a disclosure uses (watermarks, stamps).
    pub n_slanted: usize,
    width: f64,
    height: f64,
    clips: Vec<Box2>,
}

impl Content {
    /// An empty page of a size in points.
    pub fn new(width: f32, height: f32) -> Self {
        Self {
            width: f64::from(width),
            height: f64::from(height),
            ..Self::default()
        }
    }

    /// The page's box.
    pub fn page(&self) -> Rect {
        Rect {
            left: 0.0,
            top: 0.0,
            right: self.width as f32,
            bottom: self.height as f32,
        }
    }

    /// Whether so many glyphs have no text or a wrong one that none can be trusted: fonts rewritten without their tables
    /// show the right letters and say others. One in twenty is far more than foreign names or symbols bring about.
    pub fn is_unusable(&self) -> bool {
        let n_wrong = self.n_unknown + self.n_foreign;
        n_wrong > 10 && n_wrong * 20 > self.n_unknown + self.glyphs.len()
    }

    /// How the page is to be turned, when most of its text stands otherwise.
    pub fn turn(&self) -> Option<Turn> {
        let n_upright = self.glyphs.len();
        [Turn::Right, Turn::Over, Turn::Left]
            .into_iter()
            .zip(self.n_turned)
            .find(|(_, n)| *n > n_upright && (n_upright == 0 || *n > 20))
            .map(|(turn, _)| turn)
    }

    /// Glyphs that stand sideways or upside down on a page that is not turned for them.
    pub fn n_sideways(&self) -> usize {
        self.n_turned.iter().sum()
    }

    fn visible(&self) -> Box2 {
        self.clips
            .last()
            .copied()
            .unwrap_or(Box2::new(0.0, 0.0, self.width, self.height))
    }

    fn add_glyph(&mut self, glyph: &FontGlyph<'_>, transform: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char('\0')) | None => {
                self.n_unknown += 1;
                return;
            }
            Some(BfString::Char(c)) => {
                self.n_foreign += usize::from(is_foreign(c));
                Text::Char(c)
            }
            Some(BfString::String(s)) => Text::Several(s.into()),
        };
        let advance = match glyph {
            FontGlyph::Outline(outline) => outline.advance_width().unwrap_or(1000.0),
            FontGlyph::Type3(type3) => type3.advance_width().unwrap_or(1000.0),
        };
        let origin = transform * Point::ZERO;
        let end = transform * Point::new(f64::from(advance), 0.0);
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        if !origin.x.is_finite() || !origin.y.is_finite() || !(0.1..5_000.0).contains(&size) {
            return;
        }
        // Upright text goes right and its body rises: up has (almost) no x and a negative y from the top.
        if up.x.abs() > size * 0.3 || up.y > 0.0 {
            let (across, along) = (up.x / size, up.y / size);
            match (across, along) {
                _ if across < -0.95 => self.n_turned[0] += 1,
                _ if along > 0.95 => self.n_turned[1] += 1,
                _ if across > 0.95 => self.n_turned[2] += 1,
                _ => self.n_slanted += 1,
            }
            return;
        }
        let (left, right) = (origin.x.min(end.x), origin.x.max(end.x));
        let glyph = Glyph {
            text,
            left: left as f32,
            right: right as f32,
            baseline: origin.y as f32,
            size: size as f32,
        };
        let middle = Point::new((left + right) / 2.0, f64::from(glyph.middle()));
        if !self.visible().inflate(1.0, 1.0).contains(middle) {
            if self.hidden.len() < 100_000 {
                glyph.push_to(&mut self.hidden);
            }
        } else if self.glyphs.len() >= MAX_GLYPHS {
            self.n_dropped += 1;
        } else {
            self.glyphs.push(glyph);
        }
    }

    /// Adds an axis-parallel bar as a ruling line if it is thin, long and visible.
    fn add_bar(&mut self, bar: Box2) {
        let bar = bar.intersect(self.visible().inflate(1.5, 1.5));
        if !(bar.width().is_finite() && bar.height().is_finite()) {
            return;
        }
        if bar.height() <= MAX_RULE && bar.width() >= MIN_RULE {
            let at = (bar.y0 + bar.y1) / 2.0;
            self.horizontal.push(Rule {
                at: at as f32,
                from: bar.x0 as f32,
                to: bar.x1 as f32,
            });
        } else if bar.width() <= MAX_RULE && bar.height() >= MIN_RULE {
            let at = (bar.x0 + bar.x1) / 2.0;
            self.vertical.push(Rule {
                at: at as f32,
                from: bar.y0 as f32,
                to: bar.y1 as f32,
            });
        }
    }

    /// Whether a stroked path lies within the letters drawn last: letters are made bold by drawing their outlines too, and
    /// those of 共 or 其 have sides like the borders of a small cell. Borders are neither bent nor slanted, and what is
    /// neither, like 口, lies within one letter.
    fn outlines_letters(&self, path: &BezPath, transform: Affine) -> bool {
        let Some(last) = self.glyphs.last() else {
            return false;
        };
        let area = transform.transform_rect_bbox(path.control_box());
        let (size, baseline) = (f64::from(last.size), f64::from(last.baseline));
        if area.y0 < baseline - size - 1.0 || area.y1 > baseline + size * 0.3 + 1.0 {
            return false;
        }
        let is_within = |left: f32, right: f32| {
            f64::from(left) - 1.0 <= area.x0 && area.x1 <= f64::from(right) + 1.0
        };
        let line = self.glyphs.iter().rev();
        let mut line = line.take_while(|glyph| glyph.baseline == last.baseline);
        if is_rectilinear(path) {
            return area.height() > size * 0.3
                && line.any(|glyph| is_within(glyph.left, glyph.right));
        }
        let (left, right) = line.fold((last.left, last.right), |(left, right), glyph| {
            (left.min(glyph.left), right.max(glyph.right))
        });
        is_within(left, right)
    }

    fn add_path(&mut self, path: &BezPath, transform: Affine, stroked: bool, filled: bool) {
        if filled {
            for part in subpaths(path) {
                self.add_bar((transform * part).bounding_box());
            }
        }
        if stroked && !self.outlines_letters(path, transform) {
            let (mut first, mut last) = (Point::ZERO, Point::ZERO);
            for element in path.elements() {
                let next = match *element {
                    PathEl::MoveTo(p) => {
                        (first, last) = (p, p);
                        continue;
                    }
                    PathEl::LineTo(p) => p,
                    PathEl::ClosePath => first,
                    PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                        last = p;
                        continue;
                    }
                };
                let (a, b) = (transform * last, transform * next);
                if (a.x - b.x).abs() < 0.6 || (a.y - b.y).abs() < 0.6 {
                    self.add_bar(Box2::from_points(a, b));
                }
                last = next;
            }
        }
    }
}

/// Whether a path goes along the axes only.
fn is_rectilinear(path: &BezPath) -> bool {
    let mut last = Point::ZERO;
    path.elements().iter().all(|element| match *element {
        PathEl::MoveTo(p) => {
            last = p;
            true
        }
        PathEl::LineTo(p) => {
            let is_along = (p.x - last.x).abs() < 0.1 || (p.y - last.y).abs() < 0.1;
            last = p;
            is_along
        }
        PathEl::ClosePath => true,
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => false,
    })
}

/// The parts of a path between `MoveTo`s: a border drawn as many thin boxes is often one path.
fn subpaths(path: &BezPath) -> Vec<BezPath> {
    let mut parts = Vec::new();
    let mut part = BezPath::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) && part.elements().len() > 1 {
            parts.push(std::mem::take(&mut part));
        } else if matches!(element, PathEl::MoveTo(_)) {
            part = BezPath::new();
        }
        part.push(*element);
    }
    if part.elements().len() > 1 {
        parts.push(part);
    }
    parts
}

fn is_foreign(c: char) -> bool {
    match c {
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{fffd}' => true,
        _ => c.is_control() && !c.is_whitespace(),
    }
}

/// White lines are cell backgrounds or masks, not borders.
fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            a == 0 || (r > 250 && g > 250 && b > 250)
        }
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Content {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if is_white(&props.paint) {
            return;
        }
        let (filled, stroked) = match mode {
            DrawMode::Fill(_) => (true, false),
            DrawMode::Stroke(_) => (false, true),
            DrawMode::FillAndStroke(..) => (true, true),
            DrawMode::Invisible => (false, false),
        };
        self.add_path(path, props.transform, stroked, filled);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let area = self.visible().intersect(clip.path.bounding_box());
        self.clips.push(area);
    }

    fn push_clip_rect(&mut self, rect: &Box2) {
        let area = self.visible().intersect(*rect);
        self.clips.push(area);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.add_glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.n_images += 1;
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}
