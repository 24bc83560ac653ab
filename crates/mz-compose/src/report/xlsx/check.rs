//! The sheet 检查表: the rows of the official form, each problem beside the part of the page that shows it.

use rust_xlsxwriter::{Image, Workbook, Worksheet, XlsxError};

use super::{
    Piece,
    sheets::{Written, headers},
};
use crate::{
    lang::Lang,
    pictures::Part,
    report::checklist::{CheckRow, Numbered},
    workbook::{Formats, TALLEST_ROW, height, set_height, set_page, set_widths, text},
};

/// Widths of the columns, in half-width characters; the last is for pictures.
const WIDTHS: [f64; 5] = [14.0, 36.0, 10.0, 62.0, 112.0];
/// Room for a picture in the last column, pixels of the sheet.
const ROOM: f64 = 770.0;
/// Pixels of the sheet a point.
const PIXELS: f64 = 96.0 / 72.0;
/// Space around a picture, pixels.
const GAP: f64 = 6.0;
/// Tallest row that spreadsheets allow, pixels.
const TALLEST: f64 = TALLEST_ROW * PIXELS;
/// Most bytes of all pictures of the sheet.
const MAX_BYTES: usize = 24 << 20;

/// What is said while rows are written.
struct Pen<'w> {
    sheet: &'w mut Worksheet,
    formats: &'w Formats,
    lang: Lang,
    /// Whether any document has pictures, and so the sheet a column for them.
    has_pictures: bool,
    /// Bytes of pictures so far.
    n_bytes: usize,
}

/// One group of rows a document, in the shape of the official form.
pub(super) fn write(
    workbook: &mut Workbook,
    pieces: &[Piece],
    formats: &Formats,
    lang: Lang,
) -> Written {
    let sheet = workbook.add_worksheet();
    sheet.set_name(lang.pick("检查表", "Checklist"))?;
    let has_pictures = pieces
        .iter()
        .flat_map(|piece| &piece.checklist.rows)
        .flat_map(|row| &row.problems)
        .any(|problem| !problem.parts.is_empty());
    let n_columns = if has_pictures { 5 } else { 4 };
    set_widths(sheet, &WIDTHS[..n_columns])?;
    let mut pen = Pen {
        sheet,
        formats,
        lang,
        has_pictures,
        n_bytes: 0,
    };
    let mut row = 0;
    for piece in pieces {
        row = pen.document(piece, row)?;
        row += 1;
    }
    set_page(pen.sheet, 0)
}

impl Pen<'_> {
    fn document(&mut self, piece: &Piece, first: u32) -> Result<u32, XlsxError> {
        let (lang, formats) = (self.lang, self.formats);
        let mut row = first;
        self.sheet.merge_range(row, 0, row, 3, "", &formats.title)?;
        text(self.sheet, row, 0, &piece.checklist.title, &formats.title)?;
        self.sheet.set_row_height(row, 34)?;
        let unit = format!("{}{}", lang.pick("单位名称：", "Unit: "), piece.unit);
        let file = format!("{}{}", lang.pick("文件：", "File: "), piece.file);
        let read_as = format!(
            "{}{}　SHA-256 {}",
            lang.pick("模板：", "Profile: "),
            piece.profile,
            piece.sha256
        );
        for (i, line) in (1..).zip([&unit, &file, &read_as]) {
            self.sheet
                .merge_range(row + i, 0, row + i, 3, "", &formats.caption)?;
            text(self.sheet, row + i, 0, line, &formats.caption)?;
        }
        row += 4;
        let labels = [
            lang.pick("项目", "Group"),
            lang.pick("检查内容", "Item"),
            lang.pick("符合要求", "Complies"),
            lang.pick("问题", "Problems"),
            lang.pick("页面截图", "On the page"),
        ];
        let n_labels = if self.has_pictures { 5 } else { 4 };
        headers(self.sheet, row, &labels[..n_labels], formats)?;
        self.rows(&piece.checklist.rows, row + 1)
    }

    fn rows(&mut self, rows: &[CheckRow], first: u32) -> Result<u32, XlsxError> {
        let (mut row, mut start) = (first, first);
        for (i, check) in rows.iter().enumerate() {
            let end = self.row(check, row)?;
            let next = rows.get(i + 1);
            if next.is_none_or(|next| next.section != check.section) {
                self.down(start, end, 0, &check.section)?;
                start = end + 1;
            }
            row = end + 1;
        }
        Ok(row)
    }

    /// One row of the form, with a line of its own for each problem; returns the last line.
    fn row(&mut self, check: &CheckRow, first: u32) -> Result<u32, XlsxError> {
        let formats = self.formats;
        let n_lines = u32::try_from(check.problems.len().max(1)).unwrap_or(1);
        let last = first + n_lines - 1;
        if check.problems.is_empty() {
            text(self.sheet, first, 3, &check.reason, &formats.text)?;
            if self.has_pictures {
                text(self.sheet, first, 4, "", &formats.text)?;
            }
            let texts = [
                (check.label.as_str(), WIDTHS[1]),
                (check.reason.as_str(), WIDTHS[3]),
            ];
            set_height(self.sheet, first, texts)?;
        }
        for (line, problem) in (first..).zip(&check.problems) {
            let label = if line == first {
                check.label.as_str()
            } else {
                ""
            };
            self.problem(problem, label, line)?;
        }
        self.down(first, last, 1, &check.label)?;
        self.down(first, last, 2, check.state)?;
        Ok(last)
    }

    fn problem(&mut self, problem: &Numbered, label: &str, line: u32) -> Written {
        let formats = self.formats;
        text(self.sheet, line, 3, &problem.text, &formats.text)?;
        let texts = [(label, WIDTHS[1]), (problem.text.as_str(), WIDTHS[3])];
        let least = height(texts);
        self.sheet.set_row_height(line, least)?;
        if !self.has_pictures {
            return Ok(());
        }
        text(self.sheet, line, 4, "", &formats.text)?;
        let n_bytes: usize = problem.parts.iter().map(|part| part.png.len()).sum();
        if problem.parts.is_empty() {
            return Ok(());
        }
        if self.n_bytes + n_bytes > MAX_BYTES {
            let words = self
                .lang
                .pick("截图太多，此处从略", "left out: too many pictures");
            return text(self.sheet, line, 4, words, &formats.text);
        }
        self.n_bytes += n_bytes;
        self.pictures(&problem.parts, line, least)
    }

    /// Pictures under one another, made smaller where the row cannot be as tall.
    fn pictures(&mut self, parts: &[Part], line: u32, least: f64) -> Written {
        let fit = |part: &Part| (ROOM / (f64::from(part.width) * PIXELS)).min(1.0);
        let tall = |part: &Part| f64::from(part.height) * PIXELS * fit(part);
        let gaps = GAP * (parts.len() + 1) as f64;
        let total: f64 = parts.iter().map(tall).sum();
        let shrink = ((TALLEST - gaps) / total.max(1.0)).min(1.0);
        let mut top = GAP;
        for part in parts {
            let image = Image::new_from_buffer(&part.png)?;
            let scale = f64::from(part.width) * PIXELS * fit(part) * shrink / image.width();
            let image = image
                .set_scale_width(scale)
                .set_scale_height(scale)
                .set_alt_text(self.lang.pick("页面上的位置", "place on the page"));
            self.sheet
                .insert_image_with_offset(line, 4, &image, GAP as u32, top as u32)?;
            top += tall(part) * shrink + GAP;
        }
        // A row is never lower than its text needs.
        self.sheet
            .set_row_height(line, (top / PIXELS).max(least).min(TALLEST_ROW))?;
        Ok(())
    }

    /// One text over several lines.
    fn down(&mut self, first: u32, last: u32, column: u16, words: &str) -> Written {
        let format = match column {
            0 => &self.formats.section,
            2 => &self.formats.center,
            _ => &self.formats.text,
        };
        if last > first {
            self.sheet
                .merge_range(first, column, last, column, "", format)?;
        }
        text(self.sheet, first, column, words, format)
    }
}
