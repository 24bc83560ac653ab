//! Documents to Word, after the habits of GB/T 9704: real tables with repeated headers, landscape pages for wide ones,
//! bookmarks, and a list of contents whose page numbers are those it is given.

mod body;
mod parts;
mod table;

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Document, WriteError, WriteOptions, Writer};

/// The writer of this format.
pub const WRITER: Writer = Writer {
    extension: "docx",
    write,
};

fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let body = body::write(document, options);
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONSHIPS.to_owned()),
        ("docProps/core.xml", parts::core(&document.metadata)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", body),
        (
            "word/_rels/document.xml.rels",
            parts::DOCUMENT_RELATIONSHIPS.to_owned(),
        ),
        ("word/styles.xml", parts::styles()),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/fontTable.xml", parts::fonts()),
        ("word/footer1.xml", parts::footer("right")),
        ("word/footer2.xml", parts::footer("left")),
        ("word/footer3.xml", parts::footer_without_number()),
    ];
    package(&parts).map_err(|error| WriteError {
        message_zh: format!("Word 文件无法压缩（{error}）"),
        message_en: format!("the Word file could not be compressed: {error}"),
    })
}

/// A zip whose bytes depend on nothing but its content.
fn package(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
