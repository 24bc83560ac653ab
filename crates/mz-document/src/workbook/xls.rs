//! Legacy Excel workbooks (BIFF), also what WPS calls `.et`.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use calamine::{Data, Reader as _, SheetVisible, Xls};

use super::{
    Address, CellKind, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, Reason, Sheet, SheetCell, Workbook,
    biff, legacy_formats::Formats, number,
};
use crate::{Place, Problem};

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Reason> {
    let stream = biff::workbook(bytes).unwrap_or_default();
    if biff::has_huge_sheet(&stream) {
        return Err("已损坏：有工作表声称的范围过大，无法读取".to_owned());
    }
    // The library is not ours and legacy files are often damaged: a panic in it must cost this file only.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, &stream)))
        .unwrap_or_else(|_| Err("已损坏，无法读取".to_owned()))
}

fn sheets(bytes: &[u8], stream: &[u8]) -> Result<Workbook, Reason> {
    let mut xls: Xls<_> =
        Xls::new(Cursor::new(bytes)).map_err(|error| format!("已损坏或有密码（{error}）"))?;
    let mut workbook = Workbook::default();
    let formats = Formats::read(stream);
    let metadata = xls.sheets_metadata().to_vec();
    let mut n_cells = 0;
    for meta in metadata {
        let mut sheet = Sheet::new(&meta.name);
        sheet.is_hidden = meta.visible != SheetVisible::Visible;
        let styles = formats.styles(stream, &meta.name);
        match xls.worksheet_range(&meta.name) {
            Ok(range) => {
                let (top, left) = range.start().unwrap_or((0, 0));
                for (row, column, data) in range.used_cells() {
                    let at = Address {
                        row: top + u32::try_from(row).unwrap_or(MAX_ROWS),
                        column: left + u32::try_from(column).unwrap_or(MAX_COLUMNS),
                    };
                    let format = styles.get(&at).map(|style| formats.code(*style));
                    let Some(cell) = cell(data, format, formats.is_1904) else {
                        continue;
                    };
                    n_cells += 1;
                    if n_cells > MAX_CELLS {
                        return Err(format!("的单元格超过上限 {MAX_CELLS} 个"));
                    }
                    if at.row < MAX_ROWS && at.column < MAX_COLUMNS {
                        sheet.cells.insert(at, cell);
                    }
                }
            }
            Err(error) => workbook.problems.push(Problem {
                name: "sheet-damaged",
                message: format!("工作表“{}”未能读取（{error}）", meta.name),
                place: Place {
                    sheet: Some(Arc::clone(&sheet.name)),
                    ..Place::default()
                },
            }),
        }
        let merges = xls
            .merge_cells_by_sheet_name(&meta.name)
            .unwrap_or_default();
        sheet.merges = merges
            .iter()
            .filter(|m| m.start.0 <= m.end.0 && m.start.1 <= m.end.1)
            .map(|m| Merge {
                first: Address {
                    row: m.start.0,
                    column: m.start.1,
                },
                last: Address {
                    row: m.end.0,
                    column: m.end.1,
                },
            })
            .collect();
        workbook.sheets.push(sheet);
    }
    if matches!(xls.vba_project(), Ok(Some(_))) {
        workbook.problems.push(Problem {
            name: "macros",
            message: "文件带有宏；没有运行，宏能改写的内容以文件中保存的值为准".to_owned(),
            place: Place::default(),
        });
    }
    Ok(workbook)
}

/// A cell as its number format shows it.
fn cell(data: &Data, format: Option<&str>, is_1904: bool) -> Option<SheetCell> {
    let shown = |value: f64, else_format: &str| {
        let format = format.unwrap_or(else_format);
        let text = number::shown(value, format, is_1904);
        (text, CellKind::Number, Some(number::plain(value)))
    };
    let (text, kind, number) = match data {
        Data::Empty => return None,
        Data::String(text) => (text.replace("\r\n", "\n"), CellKind::Text, None),
        Data::Int(value) => shown(*value as f64, "General"),
        Data::Float(value) => shown(*value, "General"),
        Data::DateTime(value) => shown(value.as_f64(), "yyyy-mm-dd"),
        Data::Bool(value) => (
            if *value { "TRUE" } else { "FALSE" }.to_owned(),
            CellKind::Truth,
            None,
        ),
        Data::Error(error) => (error.to_string(), CellKind::Error, None),
        other => (other.to_string(), CellKind::Text, None),
    };
    (!text.trim().is_empty()).then_some(SheetCell {
        text,
        kind,
        number,
        is_formula: false,
    })
}
