//! HTML: headings, paragraphs and real tables with their spans, in the order of the source. Nothing is run or fetched.
//!
//! The tokenizer follows the standard; the tree is our own and flat, so that no nesting can exhaust the stack. A table that
//! holds tables or headings lays out the page: its cells are read as if the table were not there.

mod builder;
mod placed;
mod tags;
mod write;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::{
    Content, Document, Format, Place, Problem, ReadError, ReadErrorKind, Reader, text::decode,
};

pub use write::WRITER;

/// Reader of HTML.
pub const READER: Reader = Reader {
    format: Format::Html,
    read,
};

fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let decoded = decode::decode_html(bytes)?;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut builder = builder::Builder::default();
    let mut drawn = placed::Placed::default();
    for token in Tokenizer::new_with_emitter(decoded.text.as_ref(), emitter) {
        match token {
            Ok(Token::StartTag(tag)) => {
                builder.start(&tag);
                drawn.start(&tag, tags::is_void(&tag.name));
            }
            Ok(Token::EndTag(tag)) => {
                builder.end(&tag.name);
                drawn.end();
            }
            Ok(Token::String(text)) => {
                let text = String::from_utf8_lossy(&text.value);
                builder.text(&text);
                drawn.text(&text);
            }
            _ => {}
        }
    }
    if let Some(pages) = drawn.finish() {
        return Ok(Document {
            format: Format::Html,
            encoding: Some(decoded.encoding),
            ..crate::pdf::document(pages)
        });
    }
    let (blocks, counts) = builder.finish();
    if blocks.is_empty() {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            "网页里没有文字（内容可能是图片，或要由脚本另行载入），没有可读的内容",
            "the page holds no text (pictures, or content that scripts load); nothing to read",
        ));
    }
    let mut problems = Vec::new();
    if let Some(lost) = decoded.lost {
        let message = format!(
            "按 {} 编码读取时有 {} 处字符无法辨认",
            decoded.encoding, lost.n_characters
        );
        problems.push(Problem {
            name: "undecodable-bytes",
            message,
            place: Place::default(),
        });
    }
    problems.extend(counts.problems());
    let is_nil =
        |content: &Content| matches!(content, Content::Table(table) if table.rows.is_empty());
    debug_assert!(!blocks.iter().any(|block| is_nil(&block.content)));
    Ok(Document {
        encoding: Some(decoded.encoding),
        problems,
        ..Document::new(Format::Html, blocks)
    })
}
