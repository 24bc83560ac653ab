//! Takes tags and text in the order of the source and makes blocks of them.

use html5gum::StartTag;

use super::tags::{self, Kind};
use crate::{Block, Content, FlowCell, Place, Problem, Table};

/// Deepest nesting of tables that is followed.
const MAX_DEPTH: usize = 40;

/// Most blocks and cells kept.
const MAX_PIECES: usize = 1_000_000;

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Counts {
    n_hidden: usize,
    /// Characters behind a tag that begins unread content (a form control, a script) and was never closed.
    n_swallowed: usize,
    n_positioned: usize,
    n_pictures: usize,
    n_characters: usize,
    n_left_out: usize,
}

impl Counts {
    /// The counts as problems.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |name, message| {
            problems.push(Problem {
                name,
                message,
                place: Place::default(),
            })
        };
        if self.n_positioned > 0 {
            let message = format!(
                "网页把 {} 段文字按坐标摆放，没有表格标记，其中的表格未能还原",
                self.n_positioned
            );
            add("positioned-layout", message);
        }
        if self.n_hidden > 0 {
            add(
                "hidden-text",
                format!("网页有 {} 个不显示的字符，未读取", self.n_hidden),
            );
        }
        if self.n_swallowed > 0 {
            let message = format!(
                "网页有一个标记没有结束，其后的 {} 个字符未读取",
                self.n_swallowed
            );
            add("unclosed-tag", message);
        }
        if self.n_pictures > 0 && self.n_characters < 1_000 {
            let message = format!(
                "网页有 {} 幅图片，文字只有 {} 个字符，图片未读取",
                self.n_pictures, self.n_characters
            );
            add("picture-not-read", message);
        }
        if self.n_left_out > 0 {
            add(
                "too-many-pieces",
                format!(
                    "网页的段落和单元格超过 {MAX_PIECES} 个，其余 {} 个未读取",
                    self.n_left_out
                ),
            );
        }
        problems
    }
}

/// Content that flows: the page, or a cell.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Content>,
    line: String,
    heading: Option<u8>,
    column_span: usize,
    row_span: usize,
}

/// A table being read.
#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<Vec<Flow>>,
    caption: Vec<Content>,
    /// The flow above it on the stack is its caption, not a cell.
    in_caption: bool,
}

#[derive(Debug)]
enum Level {
    Flow(Flow),
    Table(OpenTable),
}

/// Makes blocks.
#[derive(Debug)]
pub(super) struct Builder {
    /// The page at the bottom, then tables and their cells by turns.
    levels: Vec<Level>,
    /// The tag whose content is skipped, how often it is open, and whether its text counts as hidden.
    skipped: Option<(Vec<u8>, usize, bool)>,
    counts: Counts,
    n_pieces: usize,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            levels: vec![Level::Flow(Flow::default())],
            skipped: None,
            counts: Counts::default(),
            n_pieces: 0,
        }
    }
}

impl Builder {
    /// A start tag.
    pub(super) fn start(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        if let Some((skipped, depth, _)) = &mut self.skipped {
            *depth += usize::from(skipped.as_slice() == name && !tag.self_closing);
            return;
        }
        let kind = tags::kind(name);
        let is_hidden = tags::is_hidden(tag);
        if (kind == Kind::Hidden || is_hidden) && !tags::is_void(name) && !tag.self_closing {
            self.skipped = Some((name.to_vec(), 1, is_hidden && kind != Kind::Hidden));
            return;
        }
        self.counts.n_positioned += usize::from(tags::is_positioned(tag));
        match kind {
            Kind::Block | Kind::Break => self.end_line(kind == Kind::Break),
            Kind::Heading(level) => {
                self.end_line(false);
                self.flow().heading = Some(level);
            }
            Kind::Table => self.open_table(),
            Kind::Row => {
                if self.close_to_table() {
                    self.with_table(|table| table.rows.push(Vec::new()));
                }
            }
            Kind::Cell => self.open_cell(
                tags::span(tag, b"colspan", 1_000),
                tags::span(tag, b"rowspan", 65_534),
            ),
            Kind::Caption => {
                if self.close_to_table() {
                    self.with_table(|table| table.in_caption = true);
                    self.levels.push(Level::Flow(Flow::default()));
                }
            }
            Kind::Picture => self.counts.n_pictures += 1,
            Kind::Hidden | Kind::Inline => {}
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &[u8]) {
        if let Some((skipped, depth, _)) = &mut self.skipped {
            if skipped.as_slice() == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                    self.counts.n_swallowed = 0;
                }
            }
            return;
        }
        match tags::kind(name) {
            Kind::Block | Kind::Heading(_) => self.end_line(false),
            // Browsers ignore an end tag of a table's part outside of any table.
            Kind::Cell | Kind::Row | Kind::Caption if self.levels.len() > 1 => {
                self.close_to_table();
            }
            Kind::Table => self.close_table(),
            Kind::Break => self.end_line(true),
            _ => {}
        }
    }

    /// Text between tags. White space of the source is one space, as browsers show it.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, _, is_hidden)) = self.skipped {
            let n = text.chars().filter(|c| !c.is_whitespace()).count();
            self.counts.n_swallowed += n;
            self.counts.n_hidden += if is_hidden { n } else { 0 };
            return;
        }
        if text.trim().is_empty() && !matches!(self.levels.last(), Some(Level::Flow(_))) {
            return;
        }
        let line = &mut self.flow().line;
        let mut n_characters = 0;
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            } else {
                line.push(c);
                n_characters += 1;
            }
        }
        self.counts.n_characters += n_characters;
    }

    /// The flow text goes to; text straight inside a table stands in a cell of its own, so that nothing is lost.
    fn flow(&mut self) -> &mut Flow {
        if !matches!(self.levels.last(), Some(Level::Flow(_))) {
            self.levels.push(Level::Flow(Flow::default()));
        }
        match self.levels.last_mut() {
            Some(Level::Flow(flow)) => flow,
            _ => unreachable!("a flow was pushed"),
        }
    }

    /// Ends the line; inside a heading a break is only a space.
    fn end_line(&mut self, is_break: bool) {
        if !matches!(self.levels.last(), Some(Level::Flow(_))) {
            return;
        }
        let flow = self.flow();
        if is_break && flow.heading.is_some() {
            flow.line.push(' ');
            return;
        }
        let line = std::mem::take(&mut flow.line);
        let heading = flow.heading.take();
        let line = line.trim_end();
        if line.trim().is_empty() {
            return;
        }
        let content = match heading {
            Some(level) => Content::Heading {
                level,
                text: line.trim().to_owned(),
            },
            None => Content::Paragraph(line.to_owned()),
        };
        if self.n_pieces >= MAX_PIECES {
            self.counts.n_left_out += 1;
        } else {
            self.n_pieces += 1;
            self.flow().blocks.push(content);
        }
    }

    fn depth(&self) -> usize {
        self.levels.len() / 2
    }

    fn open_table(&mut self) {
        if self.depth() >= MAX_DEPTH {
            self.end_line(false);
            return;
        }
        // A table straight inside a table or row stands in a cell that the page forgot.
        self.flow();
        self.end_line(false);
        self.levels.push(Level::Table(OpenTable::default()));
    }

    fn open_cell(&mut self, column_span: usize, row_span: usize) {
        if !self.close_to_table() {
            self.end_line(false);
            return;
        }
        if self.n_pieces >= MAX_PIECES {
            self.counts.n_left_out += 1;
        }
        self.n_pieces += 1;
        self.levels.push(Level::Flow(Flow {
            column_span,
            row_span,
            ..Flow::default()
        }));
    }

    /// Closes the open cell, so that a table is on top; `false` when there is no table.
    fn close_to_table(&mut self) -> bool {
        if self.levels.len() < 2 {
            self.end_line(false);
            return false;
        }
        if matches!(self.levels.last(), Some(Level::Flow(_))) {
            self.end_line(false);
            let Some(Level::Flow(cell)) = self.levels.pop() else {
                return false;
            };
            let is_full = self.n_pieces > MAX_PIECES;
            self.with_table(|table| {
                if std::mem::take(&mut table.in_caption) {
                    table.caption.extend(cell.blocks);
                } else if !is_full {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.rows.push(vec![cell]),
                    }
                }
            });
        }
        true
    }

    fn with_table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(Level::Table(table)) = self.levels.last_mut() {
            change(table);
        }
    }

    fn close_table(&mut self) {
        if !self.close_to_table() {
            return;
        }
        let Some(Level::Table(table)) = self.levels.pop() else {
            return;
        };
        let contents = table_contents(table);
        self.flow().blocks.extend(contents);
    }

    /// The blocks, and what was left out.
    pub(super) fn finish(mut self) -> (Vec<Block>, Counts) {
        while self.levels.len() > 1 {
            self.close_table();
        }
        self.end_line(false);
        let blocks = match self.levels.pop() {
            Some(Level::Flow(page)) => page.blocks,
            _ => Vec::new(),
        };
        let blocks = blocks
            .into_iter()
            .map(|content| Block::new(content, Place::default()))
            .collect();
        (blocks, self.counts)
    }
}

/// A table of data as one table, a table of layout as what its cells hold.
fn table_contents(table: OpenTable) -> Vec<Content> {
    let mut contents = table.caption;
    let n_cells: usize = table.rows.iter().map(Vec::len).sum();
    let is_layout = n_cells <= 1
        || table
            .rows
            .iter()
            .flatten()
            .flat_map(|cell| &cell.blocks)
            .any(|block| !matches!(block, Content::Paragraph(_)));
    if is_layout {
        contents.extend(
            table
                .rows
                .into_iter()
                .flatten()
                .flat_map(|cell| cell.blocks),
        );
        return contents;
    }
    let rows: Vec<Vec<FlowCell>> = table
        .rows
        .into_iter()
        .map(|row| row.into_iter().map(flow_cell).collect())
        .collect();
    if rows.iter().flatten().any(|cell| !cell.text.is_empty()) {
        contents.push(Content::Table(Table::flow(rows)));
    }
    contents
}

fn flow_cell(cell: Flow) -> FlowCell {
    let lines: Vec<&str> = cell
        .blocks
        .iter()
        .map(|block| {
            if let Content::Paragraph(text) = block {
                text.trim()
            } else {
                ""
            }
        })
        .collect();
    FlowCell {
        text: lines.join("\n"),
        column_span: cell.column_span,
        row_span: cell.row_span,
    }
}
