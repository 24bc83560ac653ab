//! The workbook form.

mod read;
mod write;

use mz_budget::{library::Library, package::Package};
use mz_document::workbook::Workbook;

use crate::{FormProblem, Opened};

/// Sheet with what to fill in where.
const INSTRUCTIONS: &str = "填写说明";
/// Hidden sheet with the lists of the drop-downs.
const OPTIONS: &str = "选项";

/// Writes a package as a workbook; the same package gives the same bytes.
///
/// # Errors
///
/// When a text is longer than a cell can hold.
pub fn write(package: &Package, library: &Library) -> Result<Vec<u8>, String> {
    write::write(package, library)
}

/// Reads a workbook as a package.
///
/// # Errors
///
/// When the workbook has no sheet of unit and year: it is no package, and every sheet is reported.
pub fn read(workbook: &Workbook, library: &Library) -> Result<Opened, Vec<FormProblem>> {
    read::read(workbook, library)
}

/// Whether a workbook is a package and not a document or an export.
pub fn is_package(workbook: &Workbook) -> bool {
    workbook.sheets.iter().any(|sheet| {
        sheet.name.trim() == crate::table::schema::BASICS.name
            && sheet.cells.values().any(|cell| cell.text.trim() == "事项")
    })
}
