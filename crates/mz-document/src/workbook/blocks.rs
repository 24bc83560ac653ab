//! Sheets to blocks: lines of text above and below, tables between, each cell with its sheet and address.

use std::{collections::BTreeSet, sync::Arc};

use super::{Address, CellKind, Sheet, Workbook};
use crate::{Block, Cell, Content, Document, Format, Layout, Place, Problem, Row, Table};

/// Cells named in one message.
const NAMED: usize = 12;
/// A single cell with more characters than this is a paragraph, not a row of a table.
const LONG_TEXT: usize = 40;

/// Adds what should be known of the sheets: hidden parts, failed formulas.
pub(super) fn report(workbook: &mut Workbook) {
    for sheet in &workbook.sheets {
        if !sheet.is_hidden {
            hidden_parts(sheet, &mut workbook.problems);
            failed_formulas(sheet, &mut workbook.problems);
        } else if !sheet.cells.is_empty() {
            let (name, n) = (&sheet.name, sheet.cells.len());
            workbook.problems.push(Problem {
                name: "hidden-sheet",
                message: format!("工作表“{name}”是隐藏的，有 {n} 个非空单元格，未计入正文"),
                place: sheet.whole(),
            });
        }
    }
}

fn hidden_parts(sheet: &Sheet, problems: &mut Vec<Problem>) {
    let name = &sheet.name;
    if let Some(row) = sheet.hidden_rows.first() {
        let rows: Vec<String> = sheet
            .hidden_rows
            .iter()
            .map(|r| (r + 1).to_string())
            .collect();
        problems.push(Problem {
            name: "hidden-rows",
            message: format!(
                "工作表“{name}”隐藏了第 {} 行，隐藏的内容照样读入",
                listed(&rows)
            ),
            place: sheet.place(Address {
                row: *row,
                column: 0,
            }),
        });
    }
    if let Some(column) = sheet.hidden_columns.first() {
        let letters = sheet
            .hidden_columns
            .iter()
            .map(|c| super::column_letters(*c));
        let letters: Vec<String> = letters.collect();
        problems.push(Problem {
            name: "hidden-columns",
            message: format!(
                "工作表“{name}”隐藏了 {} 列，隐藏的内容照样读入",
                listed(&letters)
            ),
            place: sheet.place(Address {
                row: 0,
                column: *column,
            }),
        });
    }
}

fn failed_formulas(sheet: &Sheet, problems: &mut Vec<Problem>) {
    for (kind, code, what) in [
        (CellKind::Error, "formula-error", "公式出错，没有数值"),
        (
            CellKind::NoValue,
            "formula-without-value",
            "公式没有保存计算结果，请用表格软件打开并保存一次",
        ),
    ] {
        let cells = sheet.cells.iter().filter(|(_, cell)| cell.kind == kind);
        let named: Vec<(Address, String)> = cells
            .map(|(at, cell)| (*at, format!("{at} {}", cell.text)))
            .collect();
        let Some((first, _)) = named.first() else {
            continue;
        };
        let place = sheet.place(*first);
        let named: Vec<String> = named.into_iter().map(|(_, text)| text).collect();
        problems.push(Problem {
            name: code,
            message: format!("工作表“{}”的 {}：{what}", sheet.name, listed(&named)),
            place,
        });
    }
}

fn listed(names: &[String]) -> String {
    let shown = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    if names.len() > NAMED {
        format!("{shown} 等 {} 处", names.len())
    } else {
        shown
    }
}

/// The document a workbook makes; hidden sheets are left out.
pub(super) fn document(workbook: Workbook) -> Document {
    let mut blocks = Vec::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_hidden) {
        Lines::new(sheet).blocks(&mut blocks);
    }
    Document {
        problems: workbook.problems,
        ..Document::new(Format::Workbook, blocks)
    }
}

/// A sheet seen as lines.
struct Lines<'a> {
    sheet: &'a Sheet,
    /// Rows that hold something, in order.
    rows: Vec<u32>,
    /// Positions inside a merged cell other than its first.
    covered: BTreeSet<Address>,
}

impl<'a> Lines<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        let mut rows: Vec<u32> = sheet.cells.keys().map(|at| at.row).collect();
        rows.dedup();
        let named = || sheet.tables.iter().map(|range| range.last);
        let ends = || sheet.cells.keys().copied().chain(named());
        let last_row = ends().map(|at| at.row).max().unwrap_or(0);
        let last_column = ends().map(|at| at.column).max().unwrap_or(0);
        let mut covered = BTreeSet::new();
        for merge in &sheet.merges {
            for row in merge.first.row..=merge.last.row.min(last_row) {
                for column in merge.first.column..=merge.last.column.min(last_column) {
                    covered.insert(Address { row, column });
                }
            }
            covered.remove(&merge.first);
        }
        Self {
            sheet,
            rows,
            covered,
        }
    }

    fn blocks(&self, out: &mut Vec<Block>) {
        let name = self.sheet.name.trim();
        if self.rows.is_empty() {
            return;
        }
        if !is_generic(name) {
            out.push(Block {
                content: Content::Heading {
                    level: 1,
                    text: name.to_owned(),
                },
                place: self.sheet.whole(),
                layout: Layout::default(),
                lines: Vec::new(),
            });
        }
        if !self.sheet.tables.is_empty() {
            self.named_tables(out);
            return;
        }
        let mut at = 0;
        while at < self.rows.len() {
            // Lone labels below a table that goes on from the sheet before are rows of it, as they are within one sheet.
            let goes_on =
                at == 0 && self.frame_before(&self.rows, out).is_some() && !self.breaks(at, false);
            let is_line = self.is_line(at) && !goes_on;
            let mut end = at + 1;
            while end < self.rows.len() && !self.breaks(end, is_line) {
                end += 1;
            }
            let rows = &self.rows[at..end];
            if is_line {
                rows.iter().for_each(|row| self.lines(*row, out));
            } else {
                let columns = rows.iter().flat_map(|row| self.cells(*row));
                let columns: Vec<u32> = columns.map(|(at, _)| at.column).collect();
                let left = columns.iter().copied().min().unwrap_or(0);
                let right = columns.iter().copied().max().unwrap_or(0);
                let (first, last) = self.frame_before(rows, out).unwrap_or((left, right));
                out.push(self.table(rows, left.min(first), right.max(last)));
            }
            at = end;
        }
    }

    /// The first and last column of the table at the end of the sheet before, when this sheet begins with rows of figures:
    /// the table goes on here, and its blank columns at either side are cells without content.
    fn frame_before(&self, rows: &[u32], out: &[Block]) -> Option<(u32, u32)> {
        let before = out.last()?;
        let Content::Table(table) = &before.content else {
            return None;
        };
        let is_other = before.place.sheet.as_ref() != Some(&self.sheet.name);
        let first = rows.iter().find(|row| self.only(**row).is_none())?;
        let is_data = self
            .cells(*first)
            .any(|(_, text)| crate::number(text).is_some());
        let left = before.place.cell?.column;
        let n_columns = u32::try_from(table.n_columns).ok()?;
        (is_other && is_data).then(|| (left, left + n_columns.saturating_sub(1)))
    }

    /// A sheet that says where its tables are: every other row is lines of text.
    fn named_tables(&self, out: &mut Vec<Block>) {
        let mut from = 0;
        for range in &self.sheet.tables {
            if range.first.row < from {
                continue;
            }
            self.lines_between(from, range.first.row, out);
            let rows: Vec<u32> = (range.first.row..=range.last.row).collect();
            out.push(self.table(&rows, range.first.column, range.last.column));
            from = range.last.row + 1;
        }
        self.lines_between(from, u32::MAX, out);
    }

    fn lines_between(&self, from: u32, to: u32, out: &mut Vec<Block>) {
        let rows = self.rows.iter().filter(|row| (from..to).contains(*row));
        rows.for_each(|row| self.lines(*row, out));
    }

    /// Whether a new block begins at a row, after lines of text or after rows of a table.
    fn breaks(&self, index: usize, after_lines: bool) -> bool {
        let is_line = self.is_line(index);
        if after_lines {
            return !is_line;
        }
        if !is_line {
            return false;
        }
        let Some((_, text)) = self.rows.get(index).and_then(|row| self.only(*row)) else {
            return false;
        };
        // A lone label may be a row whose figures are blank; lines of text are known by a sentence or a title among them.
        !is_total(text)
            && self.run(index).any(|(_, text)| {
                text.chars().count() > LONG_TEXT || is_note(text) || is_title(text)
            })
    }

    /// The lines from a row on, up to the next row of a table.
    fn run(&self, index: usize) -> impl Iterator<Item = (Address, &'a str)> {
        self.rows
            .iter()
            .skip(index)
            .map_while(|row| self.only(*row))
    }

    /// A row with one cell only.
    fn is_line(&self, index: usize) -> bool {
        self.rows
            .get(index)
            .is_some_and(|row| self.only(*row).is_some())
    }

    fn only(&self, row: u32) -> Option<(Address, &'a str)> {
        let mut cells = self.cells(row).filter(|(at, _)| !self.covered.contains(at));
        let first = cells.next()?;
        cells.next().is_none().then_some(first)
    }

    fn cells(&self, row: u32) -> impl Iterator<Item = (Address, &'a str)> {
        let (first, last) = (
            Address { row, column: 0 },
            Address {
                row,
                column: u32::MAX,
            },
        );
        self.sheet
            .cells
            .range(first..=last)
            .map(|(at, cell)| (*at, without_guard(&cell.text)))
    }

    /// The lines of a row with one cell, one paragraph each.
    fn lines(&self, row: u32, out: &mut Vec<Block>) {
        for (at, text) in self.cells(row) {
            let lines = text
                .lines()
                .map(str::trim_end)
                .filter(|line| !line.trim().is_empty());
            out.extend(lines.map(|line| Block {
                content: Content::Paragraph(line.to_owned()),
                place: self.sheet.place(at),
                layout: Layout::default(),
                lines: Vec::new(),
            }));
        }
    }

    fn table(&self, rows: &[u32], left: u32, right: u32) -> Block {
        let mut table = Table {
            n_columns: grid_column(right, left) + 1,
            ..Table::default()
        };
        for (i, row) in rows.iter().enumerate() {
            let mut line = Row {
                cells: Vec::new(),
                place: self.sheet.place(Address {
                    row: *row,
                    column: left,
                }),
            };
            for column in left..=right {
                let at = Address { row: *row, column };
                if self.covered.contains(&at) {
                    continue;
                }
                let (column_span, row_span) = self.span(at, right, &rows[i..]);
                line.cells.push(Cell {
                    text: self
                        .sheet
                        .cells
                        .get(&at)
                        .map(|cell| without_guard(&cell.text).to_owned())
                        .unwrap_or_default(),
                    column: grid_column(column, left),
                    column_span,
                    row_span,
                    place: self.sheet.place(at),
                });
            }
            table.rows.push(line);
        }
        Block {
            place: Place {
                sheet: Some(Arc::clone(&self.sheet.name)),
                cell: rows.first().map(|row| Address {
                    row: *row,
                    column: left,
                }),
                ..Place::default()
            },
            content: Content::Table(table),
            layout: Layout::default(),
            lines: Vec::new(),
        }
    }

    /// Columns and rows of this table that a cell covers.
    fn span(&self, at: Address, right: u32, rows: &[u32]) -> (usize, usize) {
        let Some(merge) = self.sheet.merges.iter().find(|m| m.first == at) else {
            return (1, 1);
        };
        let columns = grid_column(merge.last.column.min(right), at.column) + 1;
        let n_rows = rows
            .iter()
            .take_while(|row| **row <= merge.last.row)
            .count();
        (columns, n_rows.max(1))
    }
}

/// The text behind an apostrophe that guards it from being taken for a formula.
fn without_guard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if crate::write::is_formula_like(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn grid_column(column: u32, left: u32) -> usize {
    usize::try_from(column.saturating_sub(left)).unwrap_or(0)
}

/// A name that says nothing: `Sheet1`, `工作表2`, `3`.
fn is_generic(name: &str) -> bool {
    let bare = name
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '(' || c == ')')
        .trim();
    bare.is_empty()
        || ["sheet", "工作表", "表", "table", "正文"].contains(&bare.to_lowercase().as_str())
}

/// A sentence or a note under a table.
fn is_note(text: &str) -> bool {
    let text = text.trim();
    ["注", "说明", "备注"]
        .iter()
        .any(|word| text.starts_with(word))
        || text.ends_with('。')
}

/// The title or the number of a table: `…情况表`, `表8`, `附表二`.
fn is_title(text: &str) -> bool {
    let text = text.trim().trim_end_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十 （）()续".contains(c)
    });
    text.ends_with('表')
}

fn is_total(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["合计", "总计", "小计"].contains(&bare.as_str())
}
