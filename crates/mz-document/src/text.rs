//! Plain text and Markdown: one line one block, tables as tab-separated or pipe-separated lines.

mod blocks;
pub(crate) mod decode;
mod write;

use crate::{Document, Format, Place, Problem, ReadError, ReadErrorKind, Reader};

pub use write::WRITER;

/// Reader of text and Markdown.
pub const READER: Reader = Reader {
    format: Format::Text,
    read,
};

fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let decoded = decode::decode(bytes)?;
    if decoded
        .text
        .chars()
        .all(|c| c.is_whitespace() || c == '\u{feff}')
    {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            "文件里只有空白字符，没有可读的内容",
            "the file holds white space only",
        ));
    }
    let mut problems = Vec::new();
    if let Some(lost) = decoded.lost {
        problems.push(Problem {
            name: "undecodable-bytes",
            message: format!(
                "按 {} 编码读取时有 {} 处字符无法辨认，首处在第 {} 行",
                decoded.encoding, lost.n_characters, lost.first_line
            ),
            place: Place {
                line: Some(lost.first_line),
                ..Place::default()
            },
        });
    }
    let (blocks, block_problems) = blocks::read(&decoded.text);
    problems.extend(block_problems);
    Ok(Document {
        encoding: Some(decoded.encoding),
        problems,
        ..Document::new(Format::Text, blocks)
    })
}
