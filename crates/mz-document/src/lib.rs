//! A format-neutral document: headings, paragraphs and tables with their places, the readers that make one from bytes,
//! and the writers that make bytes of one.
//!
//! This crate knows no budgets. Readers never fail on content: what they could not understand is listed in
//! [`Document::problems`], and the rest is kept.

mod builder;
mod document;
mod docx;
mod error;
mod flow;
mod html;
mod layout;
mod office;
mod package;
mod pdf;
mod read;
mod sniff;
mod text;
pub mod workbook;

pub use builder::{Builder, TablePart};
pub use document::{Block, Cell, Content, Document, Format, Place, Problem, Rect, Row, Table};
pub use error::{ReadError, ReadErrorKind};
pub use flow::FlowCell;
pub use layout::{Column, ColumnKind, Layout, Metadata, Role, Sum, Term};
pub use read::{MAX_FILE_BYTES, READERS, Reader, read};
