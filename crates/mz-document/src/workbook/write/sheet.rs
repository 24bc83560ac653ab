//! One sheet: lines of text above and below, a table between, set to be printed.

use rust_xlsxwriter::{Format, Formula, Url, Worksheet, XlsxError};

use super::cells::{self, Formats, LONGEST_CELL, SIZE, Value};
use crate::{
    Block, ColumnKind, Content, Role, Sum, Table,
    measure::{INSET, Measures, measure},
    page::Page,
    slots::{Fitted, Slots},
    workbook::Address,
};

/// Width of the only column of a sheet of text, characters; a single column wider than the page would be cut in print.
const TEXT_WIDTH: f64 = 70.0;
/// Points of one character of width in the default font.
const CHARACTER: f64 = 5.6;
/// Tallest row the format allows, points.
const TALLEST_ROW: f64 = 409.0;

/// Writes a sheet from top to bottom.
pub(super) struct Pen<'w> {
    sheet: &'w mut Worksheet,
    formats: &'w Formats,
    /// Columns that lines of text run over.
    n_columns: usize,
    /// Width of these, points.
    width: f64,
    row: u32,
    is_landscape: bool,
}

impl<'w> Pen<'w> {
    pub(super) fn new(
        sheet: &'w mut Worksheet,
        formats: &'w Formats,
        blocks: &[Block],
    ) -> Result<Self, XlsxError> {
        let tables = blocks.iter().filter_map(|block| match &block.content {
            Content::Table(table) => Some((table, block.layout.is_landscape)),
            _ => None,
        });
        let mut pen = Self {
            sheet,
            formats,
            n_columns: 1,
            width: TEXT_WIDTH * CHARACTER,
            row: 0,
            is_landscape: false,
        };
        for (table, is_landscape) in tables {
            pen.n_columns = Slots::new(table).n_columns();
            pen.is_landscape = is_landscape;
            let measures = pen.measures(table);
            pen.width = measures.columns.iter().map(|column| column.width).sum();
        }
        if pen.n_columns == 1 {
            pen.sheet.set_column_width(0, TEXT_WIDTH)?;
        }
        Ok(pen)
    }

    /// Column widths for letters of one size, however wide the sheet gets.
    fn measures(&self, table: &Table) -> Measures {
        let mut measures = measure(table, Page::of(self.is_landscape));
        let scale = (SIZE / measures.size).max(1.0);
        for column in &mut measures.columns {
            column.width = (column.width - 2.0 * INSET).mul_add(scale, 2.0 * INSET + 4.0);
        }
        measures.size = SIZE;
        measures
    }

    /// A heading or paragraph; long ones take several rows.
    pub(super) fn text(&mut self, block: &Block, link: Option<Url>) -> Result<(), XlsxError> {
        let text = block.text().unwrap_or_default();
        if block.layout.role == Role::TableCaption {
            let (left, right) = text.split_once('\t').unwrap_or((text, ""));
            self.line(left, &self.formats.left.clone(), SIZE)?;
            return self.line(right, &self.formats.right.clone(), SIZE);
        }
        let formats = self.formats;
        let (format, size) = match (&block.layout.role, &block.content) {
            (Role::CoverTitle | Role::ContentsTitle | Role::TableTitle, _) => {
                (&formats.title, 16.0)
            }
            (_, Content::Heading { level: 1, .. }) => (&formats.title, 16.0),
            (_, Content::Heading { .. }) => (&formats.heading, 12.0),
            _ => (&formats.text, SIZE),
        };
        if let Some(url) = link {
            let shown = cells::safe(text);
            self.sheet
                .write_url_with_format(self.row, 0, url.set_text(shown), &formats.link)?;
            self.row += 1;
            return Ok(());
        }
        for line in text.split('\n') {
            let chars: Vec<char> = line.chars().collect();
            for part in chars.chunks(LONGEST_CELL) {
                self.line(&part.iter().collect::<String>(), format, size)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, text: &str, format: &Format, size: f64) -> Result<(), XlsxError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let text = cells::safe(text);
        if self.n_columns > 1 {
            let last = last_column(self.n_columns);
            self.sheet
                .merge_range(self.row, 0, self.row, last, &text, format)?;
        } else {
            self.sheet
                .write_string_with_format(self.row, 0, &text, format)?;
        }
        let n_lines = crate::measure::n_lines(&text, self.width, size);
        self.set_height(n_lines.mul_add(size * 1.35, 4.0))
    }

    fn set_height(&mut self, points: f64) -> Result<(), XlsxError> {
        let height = points.clamp(15.0, TALLEST_ROW);
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// A table; returns its range as `$A$4:$G$40`.
    pub(super) fn table(&mut self, table: &Table) -> Result<String, XlsxError> {
        let slots = Slots::new(table);
        let measures = self.measures(table);
        for (column, measure) in (0_u16..).zip(&measures.columns) {
            self.sheet
                .set_column_width(column, measure.width / CHARACTER)?;
        }
        let first = self.row;
        let grid = Grid {
            table,
            slots: &slots,
            kinds: measures.columns.iter().map(|column| column.kind).collect(),
            first,
        };
        for (row, height) in measures.row_heights(&slots).into_iter().enumerate() {
            for one in slots.row(row) {
                self.cell(&grid, &one)?;
            }
            self.holes(&slots, row)?;
            self.set_height(height)?;
        }
        let n_header = u32::try_from(table.n_header_rows.min(table.rows.len())).unwrap_or(0);
        if n_header > 0 {
            self.sheet.set_repeat_rows(first, first + n_header - 1)?;
            self.sheet.set_freeze_panes(first + n_header, 0)?;
        }
        let last = Address {
            row: self.row.max(first + 1) - 1,
            column: u32::from(last_column(slots.n_columns())),
        };
        let first = Address {
            row: first,
            column: 0,
        };
        Ok(format!("{}:{}", fixed(first), fixed(last)))
    }

    /// Positions without a cell still have their lines.
    fn holes(&mut self, slots: &Slots<'_>, row: usize) -> Result<(), XlsxError> {
        for column in 0..slots.n_columns() {
            if slots.at(row, column) == crate::slots::Slot::Hole {
                self.sheet
                    .write_blank(self.row, last_column(column + 1), &self.formats.label)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, grid: &Grid<'_>, one: &Fitted<'_>) -> Result<(), XlsxError> {
        let formats = self.formats;
        let kind = grid.kinds.get(one.column).copied().unwrap_or_default();
        let is_header = one.row < grid.table.n_header_rows;
        let (row, column) = (self.row, last_column(one.column + 1));
        let value = if is_header {
            None
        } else {
            cells::value(&one.cell.text, kind)
        };
        let format = match (is_header, &value, kind) {
            (true, ..) => formats.header.clone(),
            (_, Some(value), _) => formats.number.clone().set_num_format(&value.format),
            (_, None, ColumnKind::Number) if one.column_span == 1 => formats.number.clone(),
            (_, None, ColumnKind::Code) => formats.code.clone(),
            _ => formats.label.clone(),
        };
        if one.column_span > 1 || one.row_span > 1 {
            let last_row = row + u32::try_from(one.row_span - 1).unwrap_or(0);
            let last = last_column(one.column + one.column_span);
            self.sheet
                .merge_range(row, column, last_row, last, "", &format)?;
        }
        match value {
            Some(value) => match grid.formula(one, &value) {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(value.value.to_string());
                    self.sheet
                        .write_formula_with_format(row, column, formula, &format)?;
                }
                None => {
                    self.sheet
                        .write_number_with_format(row, column, value.value, &format)?;
                }
            },
            None if one.cell.text.is_empty() => {
                self.sheet.write_blank(row, column, &format)?;
            }
            None => {
                let text: String = cells::safe(&one.cell.text)
                    .chars()
                    .take(LONGEST_CELL)
                    .collect();
                self.sheet
                    .write_string_with_format(row, column, text, &format)?;
            }
        }
        Ok(())
    }

    /// Sets the sheet to be printed.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        if self.is_landscape {
            self.sheet.set_landscape();
        }
        self.sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        self.sheet.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3);
        self.sheet.set_footer("&C— &P —");
        Ok(())
    }
}

/// A table on its sheet.
struct Grid<'t> {
    table: &'t Table,
    slots: &'t Slots<'t>,
    kinds: Vec<ColumnKind>,
    /// Row of the sheet that the table begins in.
    first: u32,
}

impl Grid<'_> {
    /// The formula of a total, when what is printed really is the sum of what is printed: a rounded total stays a number.
    fn formula(&self, one: &Fitted<'_>, total: &Value) -> Option<String> {
        let is_here = |sum: &&Sum| sum.row == one.row && sum.column == one.column;
        let sum = self.table.sums.iter().find(is_here)?;
        let mut added = 0_i128;
        let (mut plus, mut minus) = (Vec::new(), Vec::new());
        for term in &sum.terms {
            let in_grid = term.row < self.table.rows.len() && term.column < self.slots.n_columns();
            if !in_grid || (term.row, term.column) == (one.row, one.column) {
                return None;
            }
            let text = self.slots.cell(term.row, term.column)?.cell.text.as_str();
            if !text.trim().is_empty() {
                let kind = self.kinds.get(term.column).copied().unwrap_or_default();
                let value = cells::value(text, kind)?;
                let lack = total.n_decimals.checked_sub(value.n_decimals)?;
                let scaled = value
                    .scaled
                    .checked_mul(10_i128.checked_pow(u32::try_from(lack).ok()?)?)?;
                added = added.checked_add(if term.is_negative { -scaled } else { scaled })?;
            }
            let at = Address {
                row: self.first + u32::try_from(term.row).ok()?,
                column: u32::try_from(term.column).ok()?,
            };
            if term.is_negative {
                &mut minus
            } else {
                &mut plus
            }
            .push(at);
        }
        if added != total.scaled || plus.is_empty() {
            return None;
        }
        let subtracted = if minus.is_empty() {
            String::new()
        } else {
            format!("-SUM({})", ranges(minus))
        };
        Some(format!("=SUM({}){subtracted}", ranges(plus)))
    }
}

/// Cells as ranges where they stand under one another, or else side by side.
fn ranges(mut cells: Vec<Address>) -> String {
    let is_one_row = cells.windows(2).all(|pair| pair[0].row == pair[1].row);
    cells.sort_by_key(|at| {
        if is_one_row {
            (at.row, at.column)
        } else {
            (at.column, at.row)
        }
    });
    let mut runs: Vec<(Address, Address)> = Vec::new();
    for at in cells {
        let follows = |last: &Address| {
            (last.column == at.column && last.row + 1 == at.row)
                || (is_one_row && last.row == at.row && last.column + 1 == at.column)
        };
        match runs.last_mut() {
            Some((_, last)) if follows(last) => *last = at,
            _ => runs.push((at, at)),
        }
    }
    let shown = runs.into_iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}:{last}")
        }
    });
    shown.collect::<Vec<_>>().join(",")
}

fn fixed(at: Address) -> String {
    format!(
        "${}${}",
        crate::workbook::column_letters(at.column),
        at.row + 1
    )
}

/// The last of so many columns.
fn last_column(n_columns: usize) -> u16 {
    u16::try_from(n_columns.saturating_sub(1)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_sum_are_ranges_where_they_can() {
        let at = |row, column| Address { row, column };
        assert_eq!(
            ranges(vec![at(4, 1), at(5, 1), at(6, 1), at(9, 1)]),
            "B5:B7,B10"
        );
        assert_eq!(ranges(vec![at(4, 3), at(4, 1), at(4, 2)]), "B5:D5");
        assert_eq!(ranges(vec![at(4, 1), at(5, 2)]), "B5,C6");
    }
}
