//! PDF reading: characters with boxes, ruling lines, tables, paragraphs.

mod bounds;
mod content;
mod continued;
mod displaced;
mod ending;
mod grid;
mod lines;
mod packed;
mod read;
mod stacked;
mod wrap;

use crate::{Format, Reader};

pub(crate) use content::{Content, Glyph, Rule, Text};
pub(crate) use displaced::is_figure;
pub(crate) use read::document;

/// The reader of this format.
pub const READER: Reader = Reader {
    format: Format::Pdf,
    read: read::read,
};
