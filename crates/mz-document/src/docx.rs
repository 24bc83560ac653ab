//! Word documents (Office Open XML, ISO/IEC 29500): reading and writing.

mod numbering;
mod read;
mod styles;
mod write;

use crate::{Format, Reader};

/// The reader of this format.
pub const READER: Reader = Reader {
    format: Format::Docx,
    read: read::read,
};

pub use write::WRITER;
