//! From bytes to characters: byte order marks, UTF-8, UTF-16, and the Chinese legacy encodings.
//!
//! UTF-8 is decided by its own structure, which legacy text practically never has; UTF-16 without a mark and GB18030 by
//! how many of their characters are everyday ones. Only what is left is guessed from statistics.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::{ReadError, ReadErrorKind};

/// Characters that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lost {
    /// How many replacement characters stand in the text.
    pub n_characters: usize,
    /// 1-based line of the first.
    pub first_line: u32,
}

/// Decoded text.
#[derive(Clone, Debug)]
pub(crate) struct Decoded<'b> {
    /// The text, without byte order mark.
    pub text: Cow<'b, str>,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// What was lost.
    pub lost: Option<Lost>,
}

/// Decodes text.
///
/// # Errors
///
/// When the bytes are not text in any encoding.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    decode_as(bytes, detect(bytes)?)
}

/// Decodes HTML: what the bytes prove comes first, then what the page says of itself, then the guess.
///
/// # Errors
///
/// When the bytes are not text in any encoding.
pub(crate) fn decode_html(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    let detected = detect(bytes)?;
    let proven = [UTF_8, UTF_16LE, UTF_16BE, GB18030].contains(&detected);
    let declared = if proven { None } else { declared(bytes) };
    decode_as(bytes, declared.unwrap_or(detected))
}

/// The encoding named in the first `charset=` of the page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")?;
    let label = head.get(at + 8..)?.trim_ascii_start();
    let label = label
        .strip_prefix(b"\"")
        .or_else(|| label.strip_prefix(b"'"))
        .unwrap_or(label);
    let end = label
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
        .unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?)
        .map(|encoding| if encoding == GBK { GB18030 } else { encoding })
}

fn decode_as<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Decoded<'b>, ReadError> {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let n_lost = text.matches('\u{fffd}').count();
    // One character in ten lost is not a damaged text but something else.
    let n_foreign = text
        .chars()
        .filter(|c| *c == '\u{fffd}' || is_control(*c))
        .count();
    if n_foreign > 8 && n_foreign * 10 > text.chars().count() {
        return Err(binary());
    }
    let lost = text.find('\u{fffd}').map(|at| Lost {
        n_characters: n_lost,
        first_line: line_of(text.get(..at).unwrap_or("")),
    });
    Ok(Decoded {
        text,
        encoding: encoding.name(),
        lost,
    })
}

fn binary() -> ReadError {
    ReadError::new(
        ReadErrorKind::Binary,
        "文件内容不是文本，也不是已知的文档格式（可能已损坏或加密），未读取",
        "the content is neither text nor a known document format (damaged or encrypted?); not read",
    )
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

/// 1-based line of the character after this text; lines end with LF, CR or CRLF.
fn line_of(before: &str) -> u32 {
    let (mut n, mut after_cr) = (1_u32, false);
    for byte in before.bytes() {
        n = n.saturating_add(u32::from(byte == b'\r' || (byte == b'\n' && !after_cr)));
        after_cr = byte == b'\r';
    }
    n
}

fn detect(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    let n_nul = bytes.iter().filter(|b| **b == 0).count();
    let utf8 = is_utf8(bytes);
    // Stray NUL bytes in a text are one thing; every other byte being NUL is UTF-16 of Latin text, which is valid UTF-8 too.
    if n_nul > 0 && !(utf8 && n_nul < bytes.len() / 5) {
        if let Some(encoding) = utf16_without_mark(bytes) {
            return Ok(encoding);
        }
        if n_nul > 8 && n_nul > bytes.len() / 1000 {
            return Err(binary());
        }
    }
    if utf8 {
        return Ok(UTF_8);
    }
    let legacy = Legacy::count(bytes);
    if legacy.is_everyday_chinese() {
        return Ok(GB18030);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..1 << 20).unwrap_or(bytes), true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    Ok(if guess == GBK { GB18030 } else { guess })
}

/// Whether the bytes are UTF-8, a few damaged characters (cut files, joined files) forgiven.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut n_wide, mut n_broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_broken == 0 || n_wide >= 10 * n_broken
}

/// UTF-16 without byte order mark: read in the right order, it is made of everyday characters.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..256 << 10).unwrap_or(bytes);
    let everyday = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        text.chars().filter(|c| is_everyday(*c)).count()
    };
    let (little, big) = (everyday(UTF_16LE), everyday(UTF_16BE));
    let (encoding, n_everyday) = if little >= big {
        (UTF_16LE, little)
    } else {
        (UTF_16BE, big)
    };
    (n_everyday * 10 >= head.len() / 2 * 8).then_some(encoding)
}

/// Characters Chinese office documents are made of.
fn is_everyday(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{2010}'..='\u{2040}' | '①'..='⑳' | '─'..='╿'
        | '\u{3000}'..='\u{303f}' | '一'..='龥' | '\u{ff01}'..='\u{ff5e}' | '\u{feff}')
}

/// Counts over the bytes read as GB18030.
#[derive(Debug, Default)]
struct Legacy {
    /// Characters of GB 2312 level 1 (the 3,755 everyday ones) and its symbols.
    n_everyday: usize,
    /// Other characters.
    n_rare: usize,
    /// Bytes that fit nothing.
    n_broken: usize,
}

impl Legacy {
    fn count(bytes: &[u8]) -> Self {
        let mut counts = Self::default();
        let mut rest = bytes;
        while let [lead, tail @ ..] = rest {
            rest = match (lead, tail) {
                (0..=0x7f, _) => tail,
                (0xa1..=0xa3 | 0xb0..=0xd7, [0xa1..=0xfe, tail @ ..]) => {
                    counts.n_everyday += 1;
                    tail
                }
                (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, tail @ ..])
                | (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, tail @ ..]) => {
                    counts.n_rare += 1;
                    tail
                }
                _ => {
                    counts.n_broken += 1;
                    tail
                }
            };
        }
        counts
    }

    fn is_everyday_chinese(&self) -> bool {
        self.n_everyday > 0
            && self.n_everyday >= 3 * self.n_rare
            && self.n_everyday >= 10 * self.n_broken.saturating_sub(1)
    }
}
