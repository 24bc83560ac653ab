//! Documents as JSON (`mingzhang.disclosure/1`): everything a document is, layout included. What others add beside it,
//! such as the facts it states, is passed over in reading.

mod stored;

use stored::Stored;

use crate::{Document, Format, ReadError, ReadErrorKind, Reader, WriteError, WriteOptions, Writer};

/// Name and version of the form.
pub const SCHEMA: &str = "mingzhang.disclosure/1";

/// The reader of this format.
pub(crate) const READER: Reader = Reader {
    format: Format::Json,
    read,
};

/// The writer of this format.
pub(crate) const WRITER: Writer = Writer {
    extension: "json",
    write,
};

/// The document as a JSON object.
///
/// # Errors
///
/// Never for documents of this crate's own making; the error is the serialiser's.
pub fn to_json(document: &Document) -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(Stored::from(document))
}

fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut bytes = serde_json::to_vec(&Stored::from(document)).map_err(|error| WriteError {
        message_zh: format!("JSON 无法写出（{error}）"),
        message_en: format!("the JSON could not be written: {error}"),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let stored: Stored = serde_json::from_slice(bytes).map_err(|error| {
        ReadError::new(
            ReadErrorKind::Damaged,
            format!(
                "JSON 文件第 {} 行第 {} 列有误（{error}）",
                error.line(),
                error.column()
            ),
            format!("the JSON file is damaged: {error}"),
        )
    })?;
    let document = stored.into_document();
    if document.blocks.is_empty() {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            "JSON 文件里没有文字和表格",
            "the JSON file holds no text and no table",
        ));
    }
    Ok(document)
}
