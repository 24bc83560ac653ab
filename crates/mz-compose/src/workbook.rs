//! Cells of our workbooks: text that stays text, heights that show wrapped lines, the same bytes every time.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use mz_document::is_formula_like;

use crate::layout::{is_unsafe, width};

/// Most characters a cell may hold.
const LONGEST_CELL: usize = 32_000;
/// Height of one line of text, in points.
const LINE_HEIGHT: f64 = 15.5;
/// Tallest row the format allows, in points.
pub const TALLEST_ROW: f64 = 409.0;

/// Formats shared by all sheets.
pub struct Formats {
    /// Title over a sheet.
    pub title: Format,
    /// Line under the title.
    pub caption: Format,
    /// Header cell.
    pub header: Format,
    /// Body text.
    pub text: Format,
    /// Body text, centered.
    pub center: Format,
    /// Section label.
    pub section: Format,
    /// Amount.
    pub amount: Format,
    /// Count.
    pub count: Format,
}

impl Formats {
    /// The formats.
    pub fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(10.5);
        let boxed = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x99_99_99))
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
        };
        let centered = || boxed().set_align(FormatAlign::Center);
        Self {
            title: base()
                .set_font_size(16)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            caption: base().set_bold().set_align(FormatAlign::VerticalCenter),
            header: centered()
                .set_bold()
                .set_background_color(Color::RGB(0xEC_EA_E2)),
            text: boxed(),
            center: centered(),
            section: centered().set_bold(),
            amount: boxed()
                .set_num_format("#,##0.00####")
                .set_align(FormatAlign::Right),
            count: boxed().set_num_format("0").set_align(FormatAlign::Right),
        }
    }

    /// A format with the color of a severity.
    pub fn severity(&self, key: &str) -> Format {
        let color = match key {
            "error" => 0xA4_16_1A,
            "warning" => 0x7A_4B_00,
            "query" => 0x0B_55_63,
            _ => 0x3D_4C_80,
        };
        self.center
            .clone()
            .set_bold()
            .set_font_color(Color::RGB(color))
    }
}

/// A workbook whose bytes depend on nothing but its content.
pub fn new() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_author("Mingzhang 明账")
            .set_creation_datetime(&date),
    );
    Ok(workbook)
}

/// Writes text as text: never a formula or link, even after the workbook was saved as CSV and opened again.
pub fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let clean = clean(text);
    if is_formula_like(&clean) {
        sheet.write_string_with_format(row, column, format!("'{clean}"), format)?;
    } else {
        sheet.write_string_with_format(row, column, clean, format)?;
    }
    Ok(())
}

/// Text a cell can hold.
fn clean(text: &str) -> String {
    let mut out: String = text
        .chars()
        .map(|c| if is_unsafe(c) && c != '\n' { ' ' } else { c })
        .take(LONGEST_CELL)
        .collect();
    if text.chars().nth(LONGEST_CELL).is_some() {
        out.push('…');
    }
    out
}

/// Widths of columns, in half-width characters.
pub fn set_widths(sheet: &mut Worksheet, widths: &[f64]) -> Result<(), XlsxError> {
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

/// Sets the height of a row so that all lines of its texts show; spreadsheets do not do it for merged cells, and readers
/// other than Excel not at all.
pub fn set_height<'t>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl IntoIterator<Item = (&'t str, f64)>,
) -> Result<(), XlsxError> {
    sheet.set_row_height(row, height(texts))?;
    Ok(())
}

/// Height in points that shows all lines of texts, each with the width of its column, as far as the format allows.
pub fn height<'t>(texts: impl IntoIterator<Item = (&'t str, f64)>) -> f64 {
    let n_lines = texts
        .into_iter()
        .map(|(text, columns)| lines(text, columns))
        .max()
        .unwrap_or(1);
    (n_lines as f64).mul_add(LINE_HEIGHT, 4.0).min(TALLEST_ROW)
}

fn lines(text: &str, columns: f64) -> usize {
    // A column of so many characters shows a little less in this font.
    let columns = ((columns * 0.92) as usize).max(1);
    text.lines()
        .map(|line| width(line).div_ceil(columns).max(1))
        .sum::<usize>()
        .max(1)
}

/// Landscape on A4, as wide as the page, header repeated.
pub fn set_page(sheet: &mut Worksheet, n_header_rows: u32) -> Result<(), XlsxError> {
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    if n_header_rows > 0 {
        sheet.set_repeat_rows(0, n_header_rows - 1)?;
        sheet.set_freeze_panes(n_header_rows, 0)?;
    }
    Ok(())
}
