//! A format-neutral document: headings, paragraphs and tables with their places, and the readers that make one from bytes.
//!
//! This crate knows no budgets. Readers never fail on content: what they could not understand is listed in
//! [`Document::problems`], and the rest is kept.

mod document;
mod docx;
mod error;
mod html;
mod package;
mod pdf;
mod read;
mod sniff;
mod text;

pub use document::{Block, Cell, Content, Document, Format, Place, Problem, Rect, Row, Table};
pub use error::{ReadError, ReadErrorKind};
pub use read::{MAX_FILE_BYTES, READERS, Reader, read};
