//! What was understood, as a workbook: a sheet for each kind of record.

use rust_xlsxwriter::XlsxError;

use super::{
    Understood,
    record::{self, Record},
};
use crate::{
    lang::Lang,
    workbook::{self, Formats, set_height, set_page, set_widths, text},
};

/// Renders it.
pub fn render(understood: &Understood<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook::new()?;
    let formats = Formats::new();
    let records = record::all(understood.disclosure, lang);
    let sheets = [
        ("cell", lang.pick("单元格", "Cells")),
        ("claim", lang.pick("文字表述", "Claims")),
        ("statement", lang.pick("说明", "Statements")),
        ("unproved", lang.pick("未能证实的数字", "Unproved")),
    ];
    for (kind, name) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        set_widths(
            sheet,
            &[12.0, 50.0, 12.0, 40.0, 26.0, 20.0, 20.0, 40.0, 24.0],
        )?;
        let labels = [
            lang.pick("位置", "Place"),
            lang.pick("名称", "Label"),
            lang.pick("口径", "Stage"),
            lang.pick("对象", "Subject"),
            lang.pick("量", "Measure"),
            lang.pick("印为", "Printed"),
            lang.pick("金额（分）", "Fen"),
            lang.pick("原文", "Quote"),
            lang.pick("说明", "Note"),
        ];
        for (column, label) in (0_u16..).zip(labels) {
            text(sheet, 0, column, label, &formats.header)?;
        }
        for (row, record) in (1..).zip(records.iter().filter(|record| record.kind == kind)) {
            write_row(sheet, row, record, &formats, lang)?;
        }
        set_page(sheet, 1)?;
    }
    workbook.save_to_buffer()
}

fn write_row(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    record: &Record<'_>,
    formats: &Formats,
    lang: Lang,
) -> Result<(), XlsxError> {
    let position = crate::report::position(record.place, lang);
    let texts = [
        (0, position.as_str()),
        (1, &record.label),
        (2, record.stage),
        (3, &record.subject),
        (4, &record.measure),
        (5, &record.printed),
        (7, &record.place.quote),
        (8, &record.note),
    ];
    for (column, value) in texts {
        text(sheet, row, column, value, &formats.text)?;
    }
    match record.fen {
        Some(fen) => sheet.write_number_with_format(row, 6, fen as f64, &formats.count)?,
        None => sheet.write_blank(row, 6, &formats.count)?,
    };
    set_height(
        sheet,
        row,
        [
            (record.label.as_str(), 50.0),
            (record.place.quote.as_str(), 40.0),
        ],
    )
}
