//! A format-neutral document: headings, paragraphs and tables with their places, the readers that make one from bytes,
//! and the writers that make bytes of one.
//!
//! This crate knows no budgets. Readers never fail on content: what they could not understand is listed in
//! [`Document::problems`], and the rest is kept.

mod builder;
mod continued;
mod document;
mod docx;
mod error;
mod figure;
mod flow;
mod html;
pub mod json;
mod layout;
mod measure;
mod office;
mod package;
mod page;
mod pdf;
mod picture;
mod printed;
mod read;
mod slots;
mod sniff;
mod text;
mod turn;
pub mod workbook;
mod write;

pub use builder::{Builder, TablePart};
pub use document::{Block, Cell, Content, Document, Format, Place, Problem, Rect, Row, Table};
pub use error::{ReadError, ReadErrorKind};
pub use figure::{Chart, Figure, Link, Node, Tile};
pub use flow::FlowCell;
pub use layout::{Column, ColumnKind, Layout, Metadata, Role, Sum, Term};
pub use measure::{INSET, Measure, Measures, Number, measure, number};
pub use page::{Page, Part, Section, sections};
pub use picture::PagePicture;
pub use printed::TextLine;
pub use read::{MAX_FILE_BYTES, READERS, Reader, read};
pub use turn::Turn;
pub use write::{WRITERS, WriteError, WriteOptions, Writer, is_formula_like};
