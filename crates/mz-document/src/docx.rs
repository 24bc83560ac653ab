//! Word documents (Office Open XML, ISO/IEC 29500): reading.

mod numbering;
mod read;
mod styles;

use crate::{Format, Reader};

/// The reader of this format.
pub const READER: Reader = Reader {
    format: Format::Docx,
    read: read::read,
};
