//! The sheets, cell by cell.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{Failure, Piece, Settings, check};
use crate::{
    lang::{Lang, SEVERITIES},
    workbook::{self, Formats, set_height, set_page, set_widths, text},
};

pub(super) type Written = Result<(), XlsxError>;

/// Writes all sheets.
pub fn write(
    pieces: &[Piece],
    failures: &[Failure],
    settings: &Settings<'_>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook::new()?;
    let formats = Formats::new();
    let lang = settings.lang;
    if pieces.len() + failures.len() != 1 || pieces.is_empty() {
        summary(&mut workbook, pieces, failures, &formats, lang)?;
    }
    check::write(&mut workbook, pieces, &formats, lang)?;
    problems(&mut workbook, pieces, &formats, lang)?;
    ledgers(&mut workbook, pieces, &formats, lang)?;
    workbook.save_to_buffer()
}

pub(super) fn headers(
    sheet: &mut Worksheet,
    row: u32,
    labels: &[&str],
    formats: &Formats,
) -> Written {
    for (column, label) in (0_u16..).zip(labels) {
        text(sheet, row, column, label, &formats.header)?;
    }
    sheet.set_row_height(row, 24)?;
    Ok(())
}

fn summary(
    workbook: &mut Workbook,
    pieces: &[Piece],
    failures: &[Failure],
    formats: &Formats,
    lang: Lang,
) -> Written {
    let sheet = workbook.add_worksheet();
    sheet.set_name(lang.pick("汇总", "Summary"))?;
    let widths = [6.0, 34.0, 40.0, 8.0, 12.0, 8.0, 8.0, 8.0, 8.0, 40.0];
    set_widths(sheet, &widths)?;
    let mut labels = vec![
        lang.pick("序号", "No."),
        lang.pick("单位", "Unit"),
        lang.pick("文件", "File"),
        lang.pick("年度", "Year"),
        lang.pick("种类", "Kind"),
    ];
    labels.extend(SEVERITIES.map(|severity| lang.severity(severity)));
    labels.push(lang.pick("说明", "Remark"));
    headers(sheet, 0, &labels, formats)?;
    let mut row = 0;
    for piece in pieces {
        row += 1;
        sheet.write_number_with_format(row, 0, f64::from(row), &formats.count)?;
        for (column, value) in (1_u16..).zip([&piece.unit, &piece.file, &piece.year, piece.kind]) {
            text(sheet, row, column, value, &formats.text)?;
        }
        for (column, n) in (5_u16..).zip(piece.tally) {
            sheet.write_number_with_format(row, column, n as f64, &formats.count)?;
        }
        text(sheet, row, 9, "", &formats.text)?;
        set_height(
            sheet,
            row,
            [(piece.unit.as_str(), 34.0), (piece.file.as_str(), 40.0)],
        )?;
    }
    for failure in failures {
        row += 1;
        sheet.write_number_with_format(row, 0, f64::from(row), &formats.count)?;
        for column in [1, 3, 4, 5, 6, 7, 8] {
            text(sheet, row, column, "", &formats.text)?;
        }
        text(sheet, row, 2, &failure.file, &formats.text)?;
        let remark = format!(
            "{}{}",
            lang.pick("未能读取：", "could not be read: "),
            failure.reason
        );
        text(sheet, row, 9, &remark, &formats.text)?;
        set_height(
            sheet,
            row,
            [(failure.file.as_str(), 40.0), (remark.as_str(), 40.0)],
        )?;
    }
    set_page(sheet, 1)
}

/// What stands in a column of 问题清单.
enum Cell<'p> {
    Number(u32),
    Severity(&'p str, &'static str),
    Text(&'p str),
    Amount(Option<f64>),
}

/// Labels and widths of the columns of 问题清单; the unit stands in it when there are several.
fn problem_columns(pieces: &[Piece], lang: Lang) -> Vec<(String, f64)> {
    // Several documents may print in different units; the header names it only when it is one.
    let unit = pieces
        .first()
        .map(|piece| piece.unit_name)
        .filter(|name| pieces.iter().all(|piece| piece.unit_name == *name));
    let difference = match (unit, lang) {
        (Some(unit), Lang::Zh) => format!("差额（{unit}）"),
        (None, Lang::Zh) => "差额（按原文单位）".to_owned(),
        (_, Lang::En) => "Difference".to_owned(),
    };
    let mut columns = vec![(lang.pick("序号", "No."), 6.0)];
    if pieces.len() > 1 {
        columns.push((lang.pick("单位", "Unit"), 22.0));
    }
    columns.extend([
        (lang.pick("级别", "Severity"), 9.0),
        (lang.pick("规则", "Rule"), 17.0),
        (lang.pick("问题", "Problem"), 46.0),
        (lang.pick("位置", "Place"), 30.0),
        (lang.pick("原文", "Quote"), 26.0),
        (lang.pick("一方", "One side"), 22.0),
        (lang.pick("另一方", "Other side"), 22.0),
        (&difference, 12.0),
        (lang.pick("疑点", "Suspects"), 30.0),
        (lang.pick("建议", "Advice"), 28.0),
        (lang.pick("依据", "Law"), 22.0),
        (lang.pick("复核意见", "Review"), 14.0),
    ]);
    columns
        .into_iter()
        .map(|(label, width)| (label.to_owned(), width))
        .collect()
}

fn problems(workbook: &mut Workbook, pieces: &[Piece], formats: &Formats, lang: Lang) -> Written {
    let sheet = workbook.add_worksheet();
    sheet.set_name(lang.pick("问题清单", "Problems"))?;
    let columns = problem_columns(pieces, lang);
    let widths: Vec<f64> = columns.iter().map(|(_, width)| *width).collect();
    let labels: Vec<&str> = columns.iter().map(|(label, _)| label.as_str()).collect();
    set_widths(sheet, &widths)?;
    headers(sheet, 0, &labels, formats)?;
    let mut row = 0;
    for piece in pieces {
        for problem in &piece.problems {
            row += 1;
            let mut cells = vec![Cell::Number(row)];
            if pieces.len() > 1 {
                cells.push(Cell::Text(&piece.unit));
            }
            cells.extend([
                Cell::Severity(&problem.severity, problem.severity_key),
                Cell::Text(&problem.rule),
                Cell::Text(&problem.message),
                Cell::Text(&problem.place),
                Cell::Text(&problem.quote),
                Cell::Text(&problem.sides[0]),
                Cell::Text(&problem.sides[1]),
                Cell::Amount(problem.difference),
                Cell::Text(&problem.suspects),
                Cell::Text(&problem.advice),
                Cell::Text(&problem.law),
                Cell::Text(""),
            ]);
            problem_row(sheet, row, &cells, &widths, formats)?;
        }
    }
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, row, last)?;
    set_page(sheet, 1)?;
    // Thirteen columns are readable on A3.
    sheet.set_paper_size(8);
    Ok(())
}

fn problem_row(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[Cell<'_>],
    widths: &[f64],
    formats: &Formats,
) -> Written {
    let mut tall = Vec::new();
    for ((column, cell), width) in (0_u16..).zip(cells).zip(widths) {
        match cell {
            Cell::Number(n) => {
                sheet.write_number_with_format(row, column, f64::from(*n), &formats.center)?;
            }
            Cell::Severity(name, key) => text(sheet, row, column, name, &formats.severity(key))?,
            Cell::Text(value) => {
                text(sheet, row, column, value, &formats.text)?;
                tall.push((*value, *width));
            }
            Cell::Amount(Some(amount)) => {
                sheet.write_number_with_format(row, column, *amount, &formats.amount)?;
            }
            Cell::Amount(None) => {
                sheet.write_blank(row, column, &formats.amount)?;
            }
        }
    }
    set_height(sheet, row, tall)
}

fn ledgers(workbook: &mut Workbook, pieces: &[Piece], formats: &Formats, lang: Lang) -> Written {
    let sheet = workbook.add_worksheet();
    sheet.set_name(lang.pick("已查未查", "Ledger"))?;
    let widths = [28.0, 16.0, 60.0, 14.0, 10.0, 70.0];
    set_widths(sheet, &widths)?;
    let labels = [
        lang.pick("单位", "Unit"),
        lang.pick("编号", "Code"),
        lang.pick("事项", "Obligation"),
        lang.pick("状态", "State"),
        lang.pick("核对处数", "Instances"),
        lang.pick("说明", "Reason"),
    ];
    headers(sheet, 0, &labels, formats)?;
    let mut row = 0;
    for piece in pieces {
        for line in &piece.ledger {
            row += 1;
            for (column, value) in [
                (0, &piece.unit),
                (1, &line.id),
                (2, &line.name),
                (5, &line.reason),
            ] {
                text(sheet, row, column, value, &formats.text)?;
            }
            text(sheet, row, 3, line.state, &formats.center)?;
            sheet.write_number_with_format(row, 4, line.n as f64, &formats.count)?;
            set_height(
                sheet,
                row,
                [(line.name.as_str(), 60.0), (line.reason.as_str(), 70.0)],
            )?;
        }
    }
    sheet.autofilter(0, 0, row, 5)?;
    set_page(sheet, 1)
}
