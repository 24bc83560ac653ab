//! Workbook → package, with a problem for everything that has no place in it.

use std::collections::BTreeSet;

use mz_budget::{library::Library, package::FormPlace};
use mz_document::workbook::{Address, CellKind, Sheet, Workbook};

use super::{INSTRUCTIONS, OPTIONS};
use crate::{
    FormProblem, Level, Opened,
    codes::Names,
    problem::Problems,
    table::{
        input::{Grid, InCell},
        schema::TABLES,
        to_package::{self, Sources},
    },
};

pub(super) fn read(workbook: &Workbook, library: &Library) -> Result<Opened, Vec<FormProblem>> {
    let mut problems = Problems::default();
    from_reader(workbook, &mut problems);
    let sheets: Vec<&Sheet> = workbook
        .sheets
        .iter()
        .filter(|sheet| ![INSTRUCTIONS, OPTIONS].contains(&sheet.name.trim()))
        .collect();
    let grids: Vec<Grid> = sheets.iter().map(|sheet| grid(sheet)).collect();
    let sources = Sources { grids: &grids };
    let Some(basics) = to_package::basics(&sources, &mut problems) else {
        unread(&sheets, &BTreeSet::new(), &mut problems);
        return Err(problems.0);
    };
    let names = Names::new(library, &basics.package.profile, *basics.package.year);
    let package = to_package::package(basics, &sources, &names, &mut problems);
    let listed = to_package::listed_sheets(&sources, &names);
    for sheet in &sheets {
        if sheet.is_hidden && !sheet.cells.is_empty() {
            let message = format!("工作表“{}”是隐藏的", sheet.name);
            problems.add(
                "hidden-sheet",
                Level::Query,
                message,
                FormPlace::new(sheet.name.as_ref(), ""),
            );
        }
        merged_cells(sheet, &mut problems);
    }
    unread(&sheets, &listed, &mut problems);
    Ok(Opened {
        package,
        problems: problems.0,
    })
}

/// What the reader of workbooks noticed: hidden rows, macros, failed formulas.
fn from_reader(workbook: &Workbook, problems: &mut Problems) {
    for problem in &workbook.problems {
        let is_reported_by_cell = matches!(
            problem.name,
            "formula-error" | "formula-without-value" | "hidden-sheet"
        );
        if is_reported_by_cell {
            continue;
        }
        let sheet = problem.place.sheet.as_deref().unwrap_or_default();
        let cell = problem
            .place
            .cell
            .map(|cell| cell.to_string())
            .unwrap_or_default();
        problems.add(
            problem.name,
            Level::Query,
            problem.message.clone(),
            FormPlace::new(sheet, cell),
        );
    }
}

fn grid(sheet: &Sheet) -> Grid {
    let cells = sheet.cells.iter().map(|(at, cell)| {
        let read = InCell {
            text: cell.text.clone(),
            number: cell.number.clone(),
            has_failed: matches!(cell.kind, CellKind::Error | CellKind::NoValue),
        };
        (position(*at), read)
    });
    Grid {
        sheet: sheet.name.to_string(),
        cells: cells.collect(),
        address,
    }
}

fn position(at: Address) -> (usize, usize) {
    // Both are bounded by the reader's limits.
    (
        usize::try_from(at.row).unwrap_or(0),
        usize::try_from(at.column).unwrap_or(0),
    )
}

fn address(row: usize, column: usize) -> String {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX - 1);
    Address {
        row: small(row),
        column: small(column),
    }
    .to_string()
}

/// Merged cells below the header: only the first cell of the area is one.
fn merged_cells(sheet: &Sheet, problems: &mut Problems) {
    for merge in &sheet.merges {
        // The line of help above the header is merged by the form itself.
        if merge.first.row == 0 {
            continue;
        }
        let message = format!(
            "单元格 {}:{} 是合并的，内容只归第一格；请取消合并并逐格填写",
            merge.first, merge.last
        );
        problems.add(
            "merged-cells",
            Level::Query,
            message,
            FormPlace::new(sheet.name.as_ref(), merge.first.to_string()),
        );
    }
}

/// Sheets that are no table of the form.
fn unread(sheets: &[&Sheet], listed: &BTreeSet<String>, problems: &mut Problems) {
    for sheet in sheets {
        let name = sheet.name.trim();
        let is_known = TABLES.iter().any(|spec| spec.name == name) || listed.contains(name);
        if is_known || sheet.cells.is_empty() {
            continue;
        }
        let words: Vec<&str> = sheet
            .cells
            .values()
            .take(4)
            .map(|cell| cell.text.as_str())
            .collect();
        problems.error(
            "sheet-unknown",
            format!(
                "工作表“{name}”不是表格中的任何一张表，{} 个单元格未读：{}…",
                sheet.cells.len(),
                words.join(" | ")
            ),
            FormPlace::new(
                name,
                sheet
                    .cells
                    .keys()
                    .next()
                    .map(Address::to_string)
                    .unwrap_or_default(),
            ),
        );
    }
}
