//! Number formats of a legacy workbook (BIFF8): what each cell with a number shows it as. The library that reads the cells
//! leaves them out, and without them 12.50 reads as 12.5 and a rounded figure as the long one behind it.

use std::collections::BTreeMap;

use super::{
    Address, MAX_CELLS,
    biff::{u16_at, u32_at},
    styles::built_in,
};

/// The version whose records are read here; older files show plain digits.
const BIFF8: u16 = 0x0600;
/// A part of the stream begins: the workbook, a sheet, a chart in a sheet.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const DATE_MODE: u16 = 0x0022;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
/// One number: stored long, stored short, the result of a formula.
const CELL: [u16; 3] = [0x0203, 0x027e, 0x0006];
/// Several numbers side by side.
const CELLS: u16 = 0x00bd;

/// The formats of a workbook.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
    /// Where each sheet begins in the stream, by its name.
    sheets: BTreeMap<String, usize>,
    /// Format codes by their number.
    codes: BTreeMap<u16, String>,
    /// The number of the format of each style.
    styles: Vec<u16>,
}

/// The style of each cell of a sheet that holds a number.
pub(super) type Styles = BTreeMap<Address, u16>;

impl Formats {
    /// Reads what the stream of a workbook says before its sheets; what cannot be read leaves numbers general.
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut formats = Self::default();
        for (kind, data) in records(stream, 0) {
            match kind {
                BEGIN if u16_at(data, 0) != Some(BIFF8) => break,
                END => break,
                DATE_MODE => formats.is_1904 = u16_at(data, 0) == Some(1),
                STYLE => formats.styles.push(u16_at(data, 2).unwrap_or(0)),
                FORMAT => {
                    let code =
                        u16_at(data, 0).zip(text(data.get(5..), u16_at(data, 2), data.get(4)));
                    formats.codes.extend(code);
                }
                SHEET => {
                    let length = data.get(6).map(|n| u16::from(*n));
                    let at = u32_at(data, 0).and_then(|at| usize::try_from(at).ok());
                    formats
                        .sheets
                        .extend(text(data.get(8..), length, data.get(7)).zip(at));
                }
                _ => {}
            }
        }
        formats
    }

    /// The styles of a sheet's numbers.
    pub(super) fn styles(&self, stream: &[u8], sheet: &str) -> Styles {
        let mut styles = Styles::new();
        let Some(start) = self.sheets.get(sheet) else {
            return styles;
        };
        let mut depth = 0_usize;
        for (kind, data) in records(stream, *start) {
            match kind {
                BEGIN => depth += 1,
                END => depth = depth.saturating_sub(1),
                // A chart in the sheet has cells of its own.
                _ if depth != 1 => {}
                CELLS => {
                    let first = u16_at(data, 2).unwrap_or(0);
                    let numbers = data.get(4..).unwrap_or(&[]).chunks_exact(6);
                    for (column, number) in (first..).zip(numbers) {
                        add(
                            &mut styles,
                            u16_at(data, 0),
                            Some(column),
                            u16_at(number, 0),
                        );
                    }
                }
                kind if CELL.contains(&kind) => {
                    add(
                        &mut styles,
                        u16_at(data, 0),
                        u16_at(data, 2),
                        u16_at(data, 4),
                    );
                }
                _ => {}
            }
            if depth == 0 || styles.len() > MAX_CELLS {
                break;
            }
        }
        styles
    }

    /// The format of a style.
    pub(super) fn code(&self, style: u16) -> &str {
        let Some(format) = self.styles.get(usize::from(style)) else {
            return built_in(0);
        };
        self.codes
            .get(format)
            .map_or_else(|| built_in(u32::from(*format)), String::as_str)
    }
}

fn add(styles: &mut Styles, row: Option<u16>, column: Option<u16>, style: Option<u16>) {
    if let (Some(row), Some(column), Some(style)) = (row, column, style) {
        let (row, column) = (row.into(), column.into());
        styles.insert(Address { row, column }, style);
    }
}

/// The records of a stream from a position on; a cut one ends them.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at.checked_add(2)?)?);
        let data = stream.get(at + 4..)?.get(..usize::from(length))?;
        at += 4 + usize::from(length);
        Some((kind, data))
    })
}

/// Text of so many characters, stored in one byte each or, where the lowest flag says so, in two.
fn text(bytes: Option<&[u8]>, length: Option<u16>, flags: Option<&u8>) -> Option<String> {
    let (bytes, length) = (bytes?, usize::from(length?));
    if flags? & 1 == 0 {
        return Some(
            bytes
                .get(..length)?
                .iter()
                .map(|b| char::from(*b))
                .collect(),
        );
    }
    let units = bytes.get(..length * 2)?.chunks_exact(2);
    let units: Vec<u16> = units.filter_map(|two| u16_at(two, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn cells_show_the_format_of_their_style() {
        let code = [words(&[164, 3]), b"\x000.0".to_vec()].concat();
        let mut globals = [
            record(BEGIN, &words(&[BIFF8, 5])),
            record(FORMAT, &code),
            record(STYLE, &words(&[0, 4])),
            record(STYLE, &words(&[0, 164])),
        ]
        .concat();
        let sheet = |at: u32| {
            let name = [words(&[0]), vec![2, 1], words(&[0x8868, 0x0031])].concat();
            record(SHEET, &[at.to_le_bytes().to_vec(), name].concat())
        };
        let start = u32::try_from(globals.len() + sheet(0).len() + 4).expect("short");
        globals.extend([sheet(start), record(END, &[])].concat());
        let stream = [
            globals,
            record(BEGIN, &words(&[BIFF8, 16])),
            record(0x0203, &words(&[7, 2, 1, 0, 0, 0, 0])),
            record(BEGIN, &words(&[BIFF8, 32])),
            record(0x0203, &words(&[8, 2, 1, 0, 0, 0, 0])),
            record(END, &[]),
            record(CELLS, &words(&[9, 3, 0, 1, 1, 1, 1, 1, 4])),
            record(END, &[]),
            record(0x0203, &words(&[10, 2, 1, 0, 0, 0, 0])),
        ]
        .concat();
        let formats = Formats::read(&stream);
        let styles: Vec<(u32, u32, &str)> = formats
            .styles(&stream, "表1")
            .iter()
            .map(|(at, style)| (at.row, at.column, formats.code(*style)))
            .collect();
        let two = "#,##0.00";
        assert_eq!(styles, [(7, 2, "0.0"), (9, 3, two), (9, 4, "0.0")]);
        for cut in 0..stream.len() {
            let stream = &stream[..cut];
            let _ = Formats::read(stream).styles(stream, "表1");
        }
    }
}
