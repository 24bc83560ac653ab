//! The document model that every reader makes and every writer takes.

use std::sync::Arc;

use crate::{
    TextLine, Turn,
    layout::{Column, Layout, Metadata, Sum},
    workbook::Address,
};

/// The file format a document was read from, decided from its content and never from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown, tables as tab-separated or pipe-separated lines.
    Text,
    /// HTML or XHTML.
    Html,
    /// Portable Document Format.
    Pdf,
    /// Office Open XML word-processing document.
    Docx,
    /// Office Open XML or legacy spreadsheet.
    Workbook,
    /// Our own JSON form of a whole document.
    Json,
    /// None: the document was composed by this program and not yet written.
    Composed,
}

/// A rectangle on a page, in points (1/72 inch), origin at the top left corner of the page as displayed.
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

/// Where a piece of the document stands in its file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The file, in a document joined from several; `None` for the first.
    pub file: Option<Arc<str>>,
    /// 1-based page; `None` for formats without pages.
    pub page: Option<u32>,
    /// 1-based line of a text file; `None` for other formats.
    pub line: Option<u32>,
    /// Sheet name of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Cell of the sheet.
    pub cell: Option<Address>,
    /// Box on the page, where the format has one.
    pub rect: Option<Rect>,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Text as printed; line breaks inside the cell are kept as `\n`.
    pub text: String,
    /// 0-based grid column of the cell's left edge.
    pub column: usize,
    /// Number of grid columns covered, at least 1.
    pub column_span: usize,
    /// Number of grid rows covered, at least 1.
    pub row_span: usize,
    /// Where the cell stands.
    pub place: Place,
}

/// One row of a table. Grid positions covered by a span from above or the left have no cell of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Where the row stands.
    pub place: Place,
}

impl Row {
    /// The cell whose span covers the grid column, if it starts in this row.
    pub fn at(&self, column: usize) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|cell| cell.column <= column && column < cell.column + cell.column_span)
    }

    /// The text at a grid column, trimmed; empty when no cell of this row covers it.
    pub fn text(&self, column: usize) -> &str {
        self.at(column).map_or("", |cell| cell.text.trim())
    }
}

/// A table as a grid. In text files every cell has span 1 and header rows may be ragged or shifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Number of grid columns (the widest row).
    pub n_columns: usize,
    /// Rows at the top that name the columns and are repeated on every page; 0 when nobody said so.
    pub n_header_rows: usize,
    /// What the columns hold, from the left; columns beyond its end are [`Column::default`].
    pub columns: Vec<Column>,
    /// Which cells are sums of which, where the composer knows it; for formulas of spreadsheets.
    pub sums: Vec<Sum>,
}

/// What a block holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A heading with its level, 1 being the highest; readers that cannot tell headings apart use paragraphs.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Text without numbering added by the format.
        text: String,
    },
    /// A paragraph; soft line breaks are already joined.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// One heading, paragraph or table in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it holds.
    pub content: Content,
    /// How a writer sets it; readers leave the default.
    pub layout: Layout,
    /// Where it stands (its first line for multi-line blocks).
    pub place: Place,
    /// The printed lines of a heading or paragraph, where the format has pages.
    pub lines: Vec<TextLine>,
}

impl Block {
    /// A block without any wish for its layout, as readers make them.
    pub fn new(content: Content, place: Place) -> Self {
        Self {
            content,
            layout: Layout::default(),
            place,
            lines: Vec::new(),
        }
    }

    /// The text of a heading or paragraph.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => Some(text),
            Content::Table(_) => None,
        }
    }
}

/// Something a reader could not understand or had to leave out. Never silent, never fatal.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Stable short name, such as `undecodable-bytes`, `scanned-page`, `line-too-long`.
    pub name: &'static str,
    /// Chinese sentence with the figures.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A document in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Format the content was recognised as.
    pub format: Format,
    /// Character encoding of text formats, by its WHATWG name.
    pub encoding: Option<&'static str>,
    /// Number of pages; `None` for formats without pages.
    pub pages: Option<u32>,
    /// Pages that are turned to be read, with places as they are then.
    pub turned: Vec<(u32, Turn)>,
    /// Headings, paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What the document says of itself as a file; readers leave it empty.
    pub metadata: Metadata,
}

impl Document {
    /// A document of these blocks, with nothing else known.
    pub fn new(format: Format, blocks: Vec<Block>) -> Self {
        Self {
            format,
            encoding: None,
            pages: None,
            turned: Vec::new(),
            blocks,
            problems: Vec::new(),
            metadata: Metadata::default(),
        }
    }

    /// The document with another one behind it, as if both were one file; what comes from the other names it.
    #[must_use]
    pub fn joined(mut self, other: Self, file: &str) -> Self {
        let file: Arc<str> = file.into();
        let name = |place: &mut Place| {
            place.file.get_or_insert_with(|| Arc::clone(&file));
        };
        for mut block in other.blocks {
            name(&mut block.place);
            if let Content::Table(table) = &mut block.content {
                for row in &mut table.rows {
                    name(&mut row.place);
                    row.cells.iter_mut().for_each(|cell| name(&mut cell.place));
                }
            }
            self.blocks.push(block);
        }
        for mut problem in other.problems {
            name(&mut problem.place);
            self.problems.push(problem);
        }
        self
    }

    /// The document in parts that begin at these blocks, each with its own places. What is known of the file goes with the
    /// first, as does a problem that stands on no page of a later one.
    #[must_use]
    pub fn split(mut self, starts: &[usize]) -> Vec<Self> {
        let mut parts = Vec::new();
        for start in starts.iter().rev().filter(|start| **start > 0) {
            let blocks = self.blocks.split_off((*start).min(self.blocks.len()));
            let first = blocks.first().and_then(|block| block.place.page);
            let is_own = |problem: &Problem| first.is_some() && problem.place.page >= first;
            let (own, others) = self.problems.into_iter().partition(is_own);
            self.problems = others;
            parts.push(Self {
                encoding: self.encoding,
                pages: self.pages,
                turned: self.turned.clone(),
                problems: own,
                ..Self::new(self.format, blocks)
            });
        }
        parts.push(self);
        parts.reverse();
        parts
    }
}
