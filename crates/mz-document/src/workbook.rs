//! Workbooks (XLSX, legacy XLS, OpenDocument): sheets of cells, and the document they make.

mod biff;
mod blocks;
mod legacy_formats;
mod number;
mod ods;
mod styles;
mod write;
mod xls;
mod xlsx;

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::{Document, Format, Place, Problem, ReadError, ReadErrorKind, Reader, sniff};

pub(crate) use write::WRITER;

/// The reader of this format.
pub(crate) const READER: Reader = Reader {
    format: Format::Workbook,
    read,
};

/// How names begin that our writer gives to tables, so that reading finds exactly their rows again.
pub(crate) const TABLE_NAME: &str = "MZ_TABLE_";

/// Cells of one workbook; the largest platform export seen has about 60,000.
pub(crate) const MAX_CELLS: usize = 2_000_000;
/// Rows and columns numbered up to here; what lies outside is reported and left out.
pub(crate) const MAX_ROWS: u32 = 100_000;
/// Columns beyond this hold nothing a budget could need.
pub(crate) const MAX_COLUMNS: u32 = 512;

/// The address of a cell, 0-based; printed as spreadsheets do (`B7`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// `A` for 0, `AA` for 26.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        // A remainder below 26 always fits a byte.
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Text,
    /// A number or date, also as the stored result of a formula.
    Number,
    /// `TRUE` or `FALSE`.
    Truth,
    /// A formula that failed: `#REF!`, `#DIV/0!` ….
    Error,
    /// A formula whose result is not stored in the file.
    NoValue,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetCell {
    /// The text a spreadsheet program shows; the formula for [`CellKind::NoValue`].
    pub text: String,
    /// What it holds.
    pub kind: CellKind,
    /// The number behind the text, in plain digits.
    pub number: Option<String>,
    /// The value is the stored result of a formula.
    pub is_formula: bool,
}

/// A rectangle of merged cells, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Top left cell, which holds the content.
    pub first: Address,
    /// Bottom right cell.
    pub last: Address,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: Arc<str>,
    /// The sheet is hidden.
    pub is_hidden: bool,
    /// Cells that hold something.
    pub cells: BTreeMap<Address, SheetCell>,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// Ranges that a defined name of ours says are tables, in order.
    pub tables: Vec<Merge>,
    /// Hidden rows that hold something, 0-based.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns that hold something, 0-based.
    pub hidden_columns: Vec<u32>,
}

impl Sheet {
    /// A sheet without cells.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            is_hidden: false,
            cells: BTreeMap::new(),
            merges: Vec::new(),
            tables: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
        }
    }

    /// The place of a cell.
    pub fn place(&self, at: Address) -> Place {
        Place {
            sheet: Some(Arc::clone(&self.name)),
            cell: Some(at),
            ..Place::default()
        }
    }

    /// The place of the whole sheet.
    pub fn whole(&self) -> Place {
        Place {
            sheet: Some(Arc::clone(&self.name)),
            ..Place::default()
        }
    }
}

/// A workbook as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// Sheets in order, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// What could not be read or should be known.
    pub problems: Vec<Problem>,
}

/// Why a workbook could not be read: a Chinese reason.
pub(crate) type Reason = String;

/// Reads a workbook as sheets of cells.
///
/// # Errors
///
/// When the bytes are no workbook, are damaged beyond reading, or pass the limits.
pub fn read_workbook(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let read = if bytes.starts_with(b"PK") {
        if sniff::is_ods(bytes) {
            ods::read(bytes)
        } else {
            xlsx::read(bytes)
        }
    } else {
        xls::read(bytes)
    };
    let mut workbook = read.map_err(|reason| {
        ReadError::new(
            ReadErrorKind::Damaged,
            format!("电子表格{reason}"),
            format!("the workbook cannot be read: {reason}"),
        )
    })?;
    blocks::report(&mut workbook);
    Ok(workbook)
}

fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let workbook = read_workbook(bytes)?;
    let document = blocks::document(workbook);
    if document.blocks.is_empty() {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            "电子表格里没有任何内容",
            "the workbook is empty",
        ));
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_in_spreadsheets() {
        let print = |row, column| Address { row, column }.to_string();
        assert_eq!(print(0, 0), "A1");
        assert_eq!(print(6, 25), "Z7");
        assert_eq!(print(9, 26), "AA10");
        assert_eq!(print(9, 701), "ZZ10");
        assert_eq!(print(9, 702), "AAA10");
    }
}
