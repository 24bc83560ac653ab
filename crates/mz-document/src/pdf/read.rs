//! PDF pages to blocks: tables from ruling lines, paragraphs from the text between them.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent,
    hayro_syntax::{Pdf, page::Page},
    interpret_page,
    kurbo::{Affine, Rect as Box2},
};

use super::{
    bounds,
    content::{Content, Glyph},
    continued, displaced,
    ending::is_cut,
    grid::{Grid, grids},
    lines::{Line, lines, union},
    stacked, wrap,
};
use crate::{
    Block, Cell, Content as BlockContent, Document, Format, Place, Problem, ReadError,
    ReadErrorKind, Rect, Row, Table, TextLine, Turn,
};

/// Books of 262 pages exist; ten times that is no disclosure.
const MAX_PAGES: usize = 3_000;

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    if bounds::has_bomb(bytes) {
        return Err(ReadError::new(
            ReadErrorKind::TooLarge,
            "PDF 中有的数据流解压后超过上限（64 MB），未读",
            "a stream of the PDF unpacks to more than the limit of 64 MB; not read",
        ));
    }
    // A cut file opens as one with fewer pages, and its missing tables would be reported as never published.
    if is_cut(bytes) {
        return Err(ReadError::new(
            ReadErrorKind::Damaged,
            "PDF 不完整：没有结尾，后面的页可能丢失（多半是没有下载完），未读取；请重新下载或另存",
            "the PDF is incomplete: it has no end, pages may be missing (not downloaded to the end?); not read",
        ));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| {
        ReadError::new(
            ReadErrorKind::Damaged,
            format!("PDF 无法打开（{error:?}）：文件损坏或设有打开密码"),
            format!("the PDF cannot be opened ({error:?}): damaged, or locked with a password"),
        )
    })?;
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..Default::default()
    };
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    let mut problems = Vec::new();
    let mut left = bounds::MAX_CONTENT;
    let mut pieces = Vec::new();
    let mut turned = Vec::new();
    for (i, page) in (1..).zip(pages.iter().take(MAX_PAGES)) {
        if bounds::take(page, &mut left) {
            let mut content = page_content(page, None, &pdf, &cache, &settings);
            if let Some(turn) = content.turn() {
                content = page_content(page, Some(turn), &pdf, &cache, &settings);
                turned.push((i, turn));
            }
            pieces.push(Pieces::new(&content, i, &mut problems));
        } else {
            problems.push(Problem {
                name: "page-too-large",
                message: format!("第 {i} 页的内容展开后超过上限，未读"),
                place: place(i, None),
            });
        }
    }
    if pages.len() > MAX_PAGES {
        let message = format!("共 {} 页，只读前 {MAX_PAGES} 页", pages.len());
        problems.push(Problem {
            name: "too-many-pages",
            message,
            place: place(MAX_PAGES as u32, None),
        });
    }
    if pieces
        .iter()
        .all(|page| page.tables.is_empty() && page.lines.is_empty())
    {
        return Err(nothing_to_read(pieces.len(), &problems));
    }
    Ok(Document {
        pages: Some(pages.len() as u32),
        turned,
        ..joined(pieces, problems)
    })
}

/// The document of pages that were drawn by other means.
pub fn document(pages: Vec<Content>) -> Document {
    let mut problems = Vec::new();
    let pieces: Vec<Pieces> = pages
        .iter()
        .take(MAX_PAGES)
        .enumerate()
        .map(|(i, page)| Pieces::new(page, i as u32 + 1, &mut problems))
        .collect();
    Document {
        pages: Some(pages.len() as u32),
        ..joined(pieces, problems)
    }
}

fn joined(pieces: Vec<Pieces>, mut problems: Vec<Problem>) -> Document {
    let running = running_lines(&pieces);
    for text in &running {
        let message = format!("每页重复的页眉或页脚不计入正文：{text}");
        problems.push(Problem {
            name: "running-line",
            message,
            place: place(1, None),
        });
    }
    Document {
        problems,
        ..Document::new(Format::Pdf, blocks(pieces, &running))
    }
}

fn page_content<'a>(
    page: &Page<'a>,
    turn: Option<Turn>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Content {
    let size = page.render_dimensions();
    let (width, height) = turn.map_or(size, |turn| turn.size(size));
    let turning = match turn {
        None => Affine::IDENTITY,
        Some(Turn::Right) => Affine::new([0.0, 1.0, -1.0, 0.0, f64::from(width), 0.0]),
        Some(Turn::Over) => Affine::new([-1.0, 0.0, 0.0, -1.0, width.into(), height.into()]),
        Some(Turn::Left) => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, f64::from(height)]),
    };
    let transform = turning * Affine::new(page.initial_transform(true).as_coeffs());
    let area = Box2::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, area, cache, pdf.xref(), settings.clone());
    let mut content = Content::new(width, height);
    interpret_page(page, &mut context, &mut content);
    content
}

/// A file of pictures is unread, and that is no document without tables.
fn nothing_to_read(n_pages: usize, problems: &[Problem]) -> ReadError {
    let n_of = |name: &str| problems.iter().filter(|p| p.name == name).count();
    let (n_scanned, n_unusable) = (n_of("scanned-page"), n_of("text-layer-unusable"));
    ReadError::new(
        ReadErrorKind::Empty,
        format!(
            "PDF 共 {n_pages} 页没有可读的文字（其中 {n_scanned} 页只有图片，是扫描件，{n_unusable} 页文字层是乱码），未读；请提供有文字层的文件"
        ),
        format!(
            "the PDF's {n_pages} pages hold no readable text ({n_scanned} are scans, {n_unusable} have a garbled text layer); provide a file with a text layer"
        ),
    )
}

/// What one page holds, before paragraphs are joined.
struct Pieces {
    page: u32,
    width: f32,
    height: f32,
    /// Tables with their top and bottom edge.
    tables: Vec<(f32, f32, Block)>,
    lines: Vec<Line>,
}

impl Pieces {
    fn new(content: &Content, page: u32, problems: &mut Vec<Problem>) -> Self {
        note(content, page, problems);
        if content.is_unusable() {
            return Self {
                page,
                width: content.page().right,
                height: content.page().bottom,
                tables: Vec::new(),
                lines: Vec::new(),
            };
        }
        let grids = grids(content);
        let mut in_cell: Vec<Vec<Vec<&Glyph>>> = grids
            .iter()
            .map(|g| vec![Vec::new(); g.cells.len()])
            .collect();
        let mut outside: Vec<&Glyph> = Vec::new();
        for glyph in &content.glyphs {
            let (x, y) = ((glyph.left + glyph.right) / 2.0, glyph.middle());
            match grids
                .iter()
                .enumerate()
                .find_map(|(i, g)| Some((i, g.cell_at(x, y)?)))
            {
                Some((grid, cell)) => in_cell[grid][cell].push(glyph),
                None => outside.push(glyph),
            }
        }
        let mut tables = Vec::new();
        for (grid, glyphs) in grids.iter().zip(in_cell) {
            // A frame of one cell around text is decoration.
            if grid.cells.len() > 1 {
                tables.push((
                    grid.ys[0],
                    grid.ys[grid.n_rows()],
                    table(grid, glyphs, page),
                ));
            } else {
                outside.extend(glyphs.into_iter().flatten());
            }
        }
        let mut lines = lines(outside);
        lines.retain(|line| !is_page_number(line, content.page()));
        Self {
            page,
            width: content.page().right,
            height: content.page().bottom,
            tables,
            lines,
        }
    }

    /// A line right above a table is its title, however often it is repeated.
    fn is_title(&self, line: &Line) -> bool {
        self.tables
            .iter()
            .any(|(top, _, _)| (0.0..60.0).contains(&(top - line.rect.bottom)))
    }

    fn is_at_edge(&self, line: &Line) -> bool {
        line.rect.bottom < self.height * 0.06 || line.rect.top > self.height * 0.94
    }
}

/// Lines that stand at an edge with the same words on many pages: running heads and feet.
fn running_lines(pieces: &[Pieces]) -> BTreeSet<String> {
    let mut pages_of: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for page in pieces {
        for line in page
            .lines
            .iter()
            .filter(|line| page.is_at_edge(line) && !page.is_title(line))
        {
            pages_of.entry(&line.text).or_default().insert(page.page);
        }
    }
    pages_of
        .into_iter()
        .filter(|(_, pages)| pages.len() >= 3 && pages.len() * 5 > pieces.len())
        .map(|(text, _)| text.to_owned())
        .collect()
}

/// Tables and paragraphs in reading order; a sentence broken by the page's end is joined.
fn blocks(pieces: Vec<Pieces>, running: &BTreeSet<String>) -> Vec<Block> {
    let body_margin = body_margins(&pieces);
    let is_flush = begins_flush(&pieces, &body_margin);
    let mut out: Vec<Block> = Vec::new();
    let mut open = false;
    for mut page in pieces {
        let edges: Vec<(f32, f32)> = page
            .tables
            .iter()
            .map(|(top, bottom, _)| (*top, *bottom))
            .collect();
        let mut lines = std::mem::take(&mut page.lines);
        lines.retain(|line| !(page.is_at_edge(line) && running.contains(&line.text)));
        let body = body_margin.get(&(page.width as i32)).copied();
        let setting = Setting {
            width: page.width,
            body,
            is_flush,
        };
        let paragraphs = paragraphs(lines, page.page, &edges, setting);
        let first_top = edges.iter().map(|(top, _)| *top).fold(f32::MAX, f32::min);
        let joins = open
            && paragraphs
                .first()
                .is_some_and(|p| !p.indented && p.rect.top < first_top)
            && !(is_flush && out.last().is_some_and(|last| stops_short(last, body)));
        let mut here: Vec<(f32, Block)> = page
            .tables
            .into_iter()
            .map(|(top, _, block)| (top, block))
            .collect();
        here.extend(
            paragraphs
                .into_iter()
                .map(|p| (p.rect.top, p.block(page.page))),
        );
        here.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut here = here.into_iter().map(|(_, block)| block);
        if joins
            && let (Some(last), Some(first)) = (out.last_mut(), here.next())
            && let Some(first) = carry_on(last, first)
        {
            out.push(first);
        }
        out.extend(here);
        open = matches!(out.last().map(|b| &b.content), Some(BlockContent::Paragraph(text)) if is_open(text));
    }
    stacked::part(&mut out);
    displaced::align(&mut out);
    continued::align(&mut out);
    out
}

/// The margins of running text by page width: the outermost left edge that a good part of the long lines share, and the
/// right edge that most of them share.
fn body_margins(pieces: &[Pieces]) -> BTreeMap<i32, (f32, f32)> {
    let mut edges: BTreeMap<i32, [BTreeMap<i32, usize>; 2]> = BTreeMap::new();
    for page in pieces {
        for line in page
            .lines
            .iter()
            .filter(|line| line.rect.right - line.rect.left > page.width * 0.5)
        {
            let [starts, ends] = edges.entry(page.width as i32).or_default();
            *starts.entry((line.rect.left / 4.0) as i32).or_default() += 1;
            *ends.entry((line.rect.right / 4.0) as i32).or_default() += 1;
        }
    }
    edges
        .into_iter()
        .filter_map(|(width, [starts, ends])| {
            let (end, _) = ends.into_iter().max_by_key(|(_, n)| *n)?;
            let n_lines: usize = starts.values().sum();
            let (start, _) = starts.into_iter().find(|(_, n)| n * 10 > n_lines)?;
            Some((width, (start as f32 * 4.0, end as f32 * 4.0)))
        })
        .collect()
}

/// Whether the paragraphs of a document begin where their other lines do, set apart by white space: hardly a long line
/// stands two characters from the left edge of running text.
fn begins_flush(pieces: &[Pieces], margins: &BTreeMap<i32, (f32, f32)>) -> bool {
    let (mut n_flush, mut n_indented) = (0, 0);
    for page in pieces {
        let Some((left, _)) = margins.get(&(page.width as i32)) else {
            continue;
        };
        for line in &page.lines {
            let in_from = line.rect.left - left;
            if line.rect.right - line.rect.left < page.width * 0.5 {
                continue;
            } else if in_from.abs() < line.size * 0.5 {
                n_flush += 1;
            } else if (in_from - 2.0 * line.size).abs() < line.size * 0.5 {
                n_indented += 1;
            }
        }
    }
    n_flush > n_indented * 20
}

/// Whether the last line of a paragraph ends well before the right edge of running text.
fn stops_short(last: &Block, body: Option<(f32, f32)>) -> bool {
    let (Some(line), Some((_, right))) = (last.lines.last(), body) else {
        return false;
    };
    right - line.rect.right > (line.rect.bottom - line.rect.top) * 1.6
}

/// Whether a paragraph at the end of a page stops in the middle of a sentence.
fn is_open(text: &str) -> bool {
    !text.ends_with(['。', '；', '：', '！', '？', ':', ';', '）'])
        && text.chars().count() > 20
        && !is_contents_line(text)
}

/// Lists what of the page could not be read, or is not shown.
fn note(content: &Content, page: u32, problems: &mut Vec<Problem>) {
    let mut add = |name, message| {
        problems.push(Problem {
            name,
            message,
            place: place(page, None),
        })
    };
    if content.glyphs.is_empty() && content.n_unknown == 0 && content.n_images > 0 {
        add(
            "scanned-page",
            format!("第 {page} 页只有图片，没有文字层，未读"),
        );
    }
    if content.glyphs.is_empty() && content.n_unknown == 0 && content.n_images == 0 {
        let what = if content.horizontal.is_empty() && content.vertical.is_empty() {
            "是空白页"
        } else {
            "只有空的表格线，没有文字"
        };
        add("blank-page", format!("第 {page} 页{what}"));
    }
    if content.is_unusable() {
        let (n_unknown, n_foreign) = (content.n_unknown, content.n_foreign);
        add(
            "text-layer-unusable",
            format!(
                "第 {page} 页有 {n_unknown} 个字形没有对应的文字、{n_foreign} 个对应了乱码，文字层不可用，未读"
            ),
        );
    }
    if content.n_sideways() > 10 {
        add(
            "sideways-text",
            format!("第 {page} 页有 {} 个侧向的字，未读", content.n_sideways()),
        );
    }
    if content.n_dropped > 0 {
        add(
            "too-many-glyphs",
            format!("第 {page} 页有 {} 个字符超出上限，未读", content.n_dropped),
        );
    }
    let hidden: Vec<char> = content
        .hidden
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if hidden.len() > 4 {
        let shown: String = hidden.iter().take(40).collect();
        add(
            "hidden-text",
            format!(
                "第 {page} 页有 {} 个字在页面之外或被遮盖：{shown}",
                hidden.len()
            ),
        );
    }
}

fn place(page: u32, rect: Option<Rect>) -> Place {
    Place {
        page: Some(page),
        rect,
        ..Place::default()
    }
}

fn table(grid: &Grid, glyphs: Vec<Vec<&Glyph>>, page: u32) -> Block {
    let mut rows: Vec<Row> = (0..grid.n_rows())
        .map(|i| Row {
            cells: Vec::new(),
            place: place(
                page,
                Some(Rect {
                    left: grid.xs[0],
                    top: grid.ys[i],
                    right: grid.xs[grid.n_columns()],
                    bottom: grid.ys[i + 1],
                }),
            ),
        })
        .collect();
    for (cell, glyphs) in grid.cells.iter().zip(glyphs) {
        let text: Vec<String> = lines(glyphs).into_iter().map(|l| l.text).collect();
        let rect = Rect {
            left: grid.xs[cell.column],
            top: grid.ys[cell.row],
            right: grid.xs[cell.column_end],
            bottom: grid.ys[cell.row_end],
        };
        rows[cell.row].cells.push(Cell {
            text: text.join("\n"),
            column: cell.column,
            column_span: cell.column_end - cell.column,
            row_span: cell.row_end - cell.row,
            place: place(page, Some(rect)),
        });
    }
    for row in &mut rows {
        row.cells.sort_by_key(|c| c.column);
    }
    let whole = Rect {
        left: grid.xs[0],
        top: grid.ys[0],
        right: grid.xs[grid.n_columns()],
        bottom: grid.ys[grid.n_rows()],
    };
    let table = Table {
        rows,
        n_columns: grid.n_columns(),
        ..Table::default()
    };
    Block::new(BlockContent::Table(table), place(page, Some(whole)))
}

/// A page number alone at the top or bottom edge: `3`, `- 3 -`, `— 3 —`, `第 3 页`, `3 / 26`.
fn is_page_number(line: &Line, page: Rect) -> bool {
    let edge = line.rect.top > page.bottom * 0.9 || line.rect.bottom < page.bottom * 0.08;
    let core: String = line
        .text
        .chars()
        .filter(|c| !c.is_whitespace() && !"-—－–~·第页共/".contains(*c))
        .collect();
    edge && !core.is_empty()
        && core.chars().count() <= 6
        && core.chars().all(|c| c.is_ascii_digit())
}

/// The outermost position that at least two lines share; the outermost of all when no two do.
fn margin(
    positions: impl Iterator<Item = f32>,
    outermost_first: impl Fn(&f32, &f32) -> std::cmp::Ordering,
) -> f32 {
    let mut positions: Vec<f32> = positions.collect();
    positions.sort_by(outermost_first);
    positions
        .windows(2)
        .find(|pair| (pair[0] - pair[1]).abs() < 3.0)
        .map_or(positions.first().copied().unwrap_or(0.0), |pair| pair[1])
}

/// A line of a table of contents: it runs to the margin, but what follows is the next entry.
fn is_contents_line(text: &str) -> bool {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    head.len() < text.len()
        && (head.ends_with("...") || head.ends_with("…") || head.ends_with("··"))
}

struct Paragraph {
    text: String,
    lines: Vec<TextLine>,
    rect: Rect,
    indented: bool,
}

impl Paragraph {
    fn new(line: Line, page: u32, indented: bool) -> Self {
        let mut paragraph = Self {
            text: String::new(),
            lines: Vec::new(),
            rect: line.rect,
            indented,
        };
        paragraph.push(line, page);
        paragraph
    }

    /// Carries on with a line.
    fn push(&mut self, line: Line, page: u32) {
        self.lines.push(TextLine {
            start: end_of(&self.lines),
            page,
            rect: line.rect,
            lefts: line.lefts.into(),
        });
        self.text.push_str(&line.text);
        self.rect = union(self.rect, line.rect);
    }

    fn block(self, page: u32) -> Block {
        let at = place(page, Some(self.rect));
        let mut block = Block::new(BlockContent::Paragraph(self.text), at);
        block.lines = self.lines;
        block
    }
}

/// Position after the last character of some lines.
fn end_of(lines: &[TextLine]) -> usize {
    lines.last().map_or(0, |line| line.start + line.lefts.len())
}

/// Carries on a paragraph that the end of a page broke; gives the rest back when one of the two is no paragraph.
fn carry_on(last: &mut Block, rest: Block) -> Option<Block> {
    let (BlockContent::Paragraph(text), BlockContent::Paragraph(more)) =
        (&mut last.content, &rest.content)
    else {
        return Some(rest);
    };
    text.push_str(more);
    let offset = end_of(&last.lines);
    last.lines
        .extend(rest.lines.into_iter().map(|line| TextLine {
            start: line.start + offset,
            ..line
        }));
    None
}

/// How the pages of a document are set.
#[derive(Clone, Copy)]
struct Setting {
    /// Width of the page, points.
    width: f32,
    /// Left and right edge of running text, where there is any.
    body: Option<(f32, f32)>,
    /// Whether paragraphs begin where their other lines do.
    is_flush: bool,
}

/// Joins lines that were wrapped: the line before runs to the right margin, this one starts at the left margin, both
/// stand between the same tables in the same size. Where paragraphs begin flush, white space alone parts them.
fn paragraphs(
    lines: Vec<Line>,
    page: u32,
    tables: &[(f32, f32)],
    setting: Setting,
) -> Vec<Paragraph> {
    let Setting {
        width,
        body,
        is_flush,
    } = setting;
    let mut left = margin(lines.iter().map(|l| l.rect.left), f32::total_cmp);
    let mut right = margin(lines.iter().map(|l| l.rect.right), |a, b| b.total_cmp(a));
    if let Some((body_left, body_right)) = body {
        right = right.max(body_right);
        // On a page of short paragraphs hardly a line starts at the margin: they share their indent instead.
        let is_at_margin = |line: &Line| (line.rect.left - body_left - 2.0).abs() < 4.0;
        if body_left < left && lines.iter().any(is_at_margin) {
            left = body_left;
        }
    } else {
        // No line is long: titles that are about as wide do not show where the page ends.
        right = right.max(width - left);
    }
    let apart: Vec<bool> = (0..lines.len())
        .map(|at| wrap::is_set_apart(&lines, at))
        .collect();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut last: Option<Line> = None;
    for (line, is_set_apart) in lines.into_iter().zip(apart) {
        let em = line.size;
        let indented = line.rect.left > left + em * 1.2;
        let wraps = last.as_ref().is_some_and(|last: &Line| {
            let near = line.rect.top - last.rect.bottom < em * 1.8;
            let same = (last.size - line.size).abs() < em * 0.15;
            let apart = tables
                .iter()
                .any(|(top, bottom)| last.rect.top < *top && line.rect.bottom > *bottom);
            let goes_on = if indented {
                body.is_some_and(|body| wrap::carries_on_title(last, &line, body))
            } else if body.is_some_and(|(left, _)| wrap::both_begin(last, &line, left)) {
                false
            } else if is_flush && is_set_apart {
                wrap::is_pushed_down(&line)
            } else {
                wrap::wraps(last, &line, (left, right), is_set_apart)
            };
            near && same && !apart && !is_contents_line(&last.text) && goes_on
        });
        match out.last_mut() {
            Some(paragraph) if wraps => {
                paragraph.push(line.clone(), page);
            }
            _ => out.push(Paragraph::new(line.clone(), page, indented)),
        }
        last = Some(line);
    }
    out
}
