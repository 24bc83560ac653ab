//! Where something was printed, with the words printed there.

use std::sync::Arc;

/// A rectangle on a page, in points, origin at the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

/// A place in a document. Every finding has at least one, with a quote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The file, when it is not the one that is being audited.
    pub file: Option<Arc<str>>,
    /// 1-based page; `None` for formats without pages.
    pub page: Option<u32>,
    /// 1-based line of a text file; `None` for other formats.
    pub line: Option<u32>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Cell of the sheet, as spreadsheets write it: `B7`.
    pub cell: Option<Arc<str>>,
    /// Title of the table as printed, for a cell.
    pub table: Option<String>,
    /// Label of the row as printed, for a cell.
    pub row: Option<String>,
    /// Label of the column as printed, for a cell.
    pub column: Option<String>,
    /// Heading of the section the text stands in, for narrative.
    pub section: Option<String>,
    /// The words or figure as printed.
    pub quote: String,
    /// The whole sentence or cell text the quote was taken from, when longer than the quote.
    pub context: Option<String>,
    /// Index of the block in the document, in reading order. Orders places and lets reports mark the spot.
    pub block: usize,
    /// Character range of the quote inside the block's text (narrative), or (row, column) of the grid (table cell).
    pub span: Option<(usize, usize)>,
    /// Box on the page.
    pub rect: Option<Rect>,
}
