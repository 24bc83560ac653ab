//! From lines to blocks: headings, paragraphs, tab-separated and pipe-separated tables.

use crate::{Block, Cell, Content, Place, Problem, Row, Table};

/// Longest line kept, in bytes.
const MAX_LINE_BYTES: usize = 1 << 20;

/// Most blocks, rows and cells kept of one file, together. A long budget has some ten thousand.
const MAX_PIECES: usize = 1_000_000;

/// Blocks of a text, and what had to be left out.
pub(crate) fn read(text: &str) -> (Vec<Block>, Vec<Problem>) {
    let mut builder = Builder::default();
    for (number, line) in lines(text) {
        if builder.n_pieces >= MAX_PIECES {
            builder.full_at.get_or_insert(number);
            builder.n_left_out += 1;
            continue;
        }
        // A form feed ends a page and with it any table, but not the line as editors count them.
        for piece in line.split('\u{c}') {
            builder.line(number, piece);
        }
    }
    builder.finish()
}

/// Lines with their 1-based numbers; LF, CR and CRLF end a line.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = Some(text);
    let mut number = 0_u32;
    std::iter::from_fn(move || {
        let current = rest?;
        number = number.saturating_add(1);
        let Some(end) = current.find(['\n', '\r']) else {
            rest = None;
            return Some((number, current));
        };
        let (line, tail) = current.split_at(end);
        rest = Some(
            tail.strip_prefix("\r\n")
                .or_else(|| tail.get(1..))
                .unwrap_or(""),
        );
        Some((number, line))
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowStyle {
    Tabs,
    Pipes,
}

#[derive(Debug, Default)]
struct Builder {
    blocks: Vec<Block>,
    /// The table being read.
    open: Option<(RowStyle, Vec<Row>)>,
    n_pieces: usize,
    full_at: Option<u32>,
    n_left_out: usize,
    /// First line that was cut, and how many were.
    cut: Option<(u32, usize)>,
}

impl Builder {
    fn line(&mut self, number: u32, line: &str) {
        let line = self.cut_to_limit(number, line.trim_end_matches([' ', '\u{3000}']));
        let place = Place {
            line: Some(number),
            ..Place::default()
        };
        if line.trim().is_empty() {
            // A row of nothing but tabs is an empty row of a table, not the end of it.
            if line.contains('\t') && matches!(self.open, Some((RowStyle::Tabs, _))) {
                self.row(RowStyle::Tabs, tab_row(line, &place));
            } else {
                self.close();
            }
        } else if let Some(cells) = pipe_cells(line) {
            self.row(RowStyle::Pipes, cells_row(cells, &place));
        } else if line.contains('\t') {
            self.row(RowStyle::Tabs, tab_row(line, &place));
        } else {
            self.close();
            self.push(heading_or_paragraph(line), place);
        }
    }

    fn cut_to_limit<'l>(&mut self, number: u32, line: &'l str) -> &'l str {
        if line.len() <= MAX_LINE_BYTES {
            return line;
        }
        let (_, n) = self.cut.get_or_insert((number, 0));
        *n += 1;
        let end = (0..=MAX_LINE_BYTES)
            .rev()
            .find(|end| line.is_char_boundary(*end))
            .unwrap_or(0);
        line.get(..end).unwrap_or("")
    }

    fn row(&mut self, style: RowStyle, row: Row) {
        if self.open.as_ref().is_some_and(|(open, _)| *open != style) {
            self.close();
        }
        self.n_pieces += 1 + row.cells.len();
        self.open.get_or_insert((style, Vec::new())).1.push(row);
    }

    fn close(&mut self) {
        let Some((style, mut rows)) = self.open.take() else {
            return;
        };
        if style == RowStyle::Pipes {
            rows.retain(|row| !is_separator(row));
        } else if rows.iter().all(is_indented_text) {
            for row in rows {
                if let Some(cell) = row.cells.into_iter().next_back() {
                    self.push(Content::Paragraph(cell.text), row.place);
                }
            }
            return;
        }
        let Some(place) = rows.first().map(|row| row.place.clone()) else {
            return;
        };
        let n_columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let table = Table {
            rows,
            n_columns,
            ..Table::default()
        };
        self.push(Content::Table(table), place);
    }

    fn push(&mut self, content: Content, place: Place) {
        self.n_pieces += 1;
        self.blocks.push(Block::new(content, place));
    }

    fn finish(mut self) -> (Vec<Block>, Vec<Problem>) {
        self.close();
        let mut problems = Vec::new();
        if let Some((line, n)) = self.cut {
            problems.push(Problem {
                name: "line-too-long",
                message: format!("有 {n} 行超过 1 MB，只读取了每行开头的 1 MB，首处在第 {line} 行"),
                place: Place {
                    line: Some(line),
                    ..Place::default()
                },
            });
        }
        if let Some(line) = self.full_at {
            problems.push(Problem {
                name: "too-many-pieces",
                message: format!(
                    "文件的段落和单元格超过 {MAX_PIECES} 个，第 {line} 行起的 {} 行未读取",
                    self.n_left_out
                ),
                place: Place {
                    line: Some(line),
                    ..Place::default()
                },
            });
        }
        (self.blocks, problems)
    }
}

/// A paragraph indented with tabs looks like a row with one filled cell at its end.
fn is_indented_text(row: &Row) -> bool {
    row.cells.split_last().is_some_and(|(last, before)| {
        !last.text.trim().is_empty() && before.iter().all(|cell| cell.text.trim().is_empty())
    })
}

fn heading_or_paragraph(line: &str) -> Content {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    match line.get(level..).and_then(|rest| rest.strip_prefix(' ')) {
        Some(text) if (1..=6).contains(&level) && !text.trim().is_empty() => Content::Heading {
            level: u8::try_from(level).unwrap_or(6),
            text: text.trim_start().to_owned(),
        },
        _ => Content::Paragraph(line.to_owned()),
    }
}

fn tab_row(line: &str, place: &Place) -> Row {
    cells_row(line.split('\t').take(MAX_PIECES).map(str::to_owned), place)
}

/// Cells of a Markdown table row: it begins with a pipe and has another one; `\|` is a pipe inside a cell.
fn pipe_cells(line: &str) -> Option<Vec<String>> {
    let body = line.trim().strip_prefix('|')?;
    if !body.contains('|') {
        return None;
    }
    let mut cells = vec![String::new()];
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        let n_cells = cells.len();
        let cell = cells.last_mut()?;
        match c {
            '\\' if chars.peek() == Some(&'|') => cell.extend(chars.next()),
            '|' if n_cells < MAX_PIECES => cells.push(String::new()),
            _ => cell.push(c),
        }
    }
    if cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    // The padding around a cell belongs to the notation, not to the text.
    Some(
        cells
            .iter()
            .map(|cell| cell.trim().replace("<br>", "\n"))
            .collect(),
    )
}

/// The `|---|:--:|` row under the header of a Markdown table.
fn is_separator(row: &Row) -> bool {
    row.cells.iter().all(|cell| {
        let dashes = cell.text.trim_start_matches(':').trim_end_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    })
}

fn cells_row(texts: impl IntoIterator<Item = String>, place: &Place) -> Row {
    let cells = texts
        .into_iter()
        .enumerate()
        .map(|(column, text)| Cell {
            text,
            column,
            column_span: 1,
            row_span: 1,
            place: place.clone(),
        })
        .collect();
    Row {
        cells,
        place: place.clone(),
    }
}
