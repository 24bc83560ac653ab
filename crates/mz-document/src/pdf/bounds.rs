//! What a PDF may unpack to. A stream of a few kilobytes can claim gigabytes, and forms that draw forms can ask for more
//! drawing than any machine does; both are seen before the interpreter takes them at their word.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{
        Array, Name, Stream,
        dict::keys::{CONTENTS, RESOURCES, SUBTYPE},
    },
    page::{Page, Resources},
};

use super::packed;

/// What one stream may unpack to. Fonts of all Chinese characters have about 20 MB.
const MAX_STREAM: usize = 64 << 20;
/// What the contents of all pages may unpack to; they are held until the document is read.
pub const MAX_CONTENT: usize = 256 << 20;
/// What the content of one page may unpack to. Pages of some hundred thousand strokes have about 10 MB.
const MAX_PAGE: usize = 32 << 20;
/// What one page may draw through forms, in bytes of content.
const MAX_DRAWN: usize = 32 << 20;
/// What drawing a form costs besides its content.
const DRAWING: usize = 1_024;
/// No byte of a deflated stream unpacks to more than this.
const MAX_RATIO: usize = 1_032;
/// A page whose content has more parts than this is measured before they are put together.
const MANY_PARTS: usize = 8;
/// Forms are followed this deep; the interpreter goes no deeper either.
const MAX_DEPTH: usize = 32;

/// Whether a stream of the file unpacks to more than any sound one does. Only streams that could are unpacked for it.
pub fn has_bomb(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let (dictionary, after) = rest.split_at(at);
        let after = after.get(b"stream".len()..).unwrap_or(&[]);
        let n_line_end = after
            .iter()
            .take(2)
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let body = after.get(n_line_end..).unwrap_or(&[]);
        let len = find(body, b"endstream").unwrap_or(body.len());
        let (body, after) = body.split_at(len);
        let start = dictionary.windows(4).rposition(|w| w == b" obj");
        let dictionary = dictionary.get(start.unwrap_or(0)..).unwrap_or(&[]);
        if unpacks_to_too_much(dictionary, body) {
            return true;
        }
        rest = after.get(b"endstream".len()..).unwrap_or(&[]);
    }
    false
}

fn unpacks_to_too_much(dictionary: &[u8], body: &[u8]) -> bool {
    let names = |name: &[u8]| find(dictionary, name).is_some();
    let (has_runs, has_codes) = (names(b"/RunLength") || names(b"/RL"), names(b"/LZW"));
    let is_packed = has_runs || has_codes || names(b"/Fl");
    let is_written_out = names(b"/ASCII") || names(b"/A85") || names(b"/AHx");
    let could = body.len().saturating_mul(packed::MAX_CODE_RATIO) > MAX_STREAM;
    if is_packed && is_written_out && could {
        let is_hex = names(b"/ASCIIHex") || names(b"/AHx");
        let bytes = packed::from_letters(body, is_hex);
        return packed_beyond(dictionary, &bytes, (has_runs, has_codes));
    }
    packed_beyond(dictionary, body, (has_runs, has_codes))
}

fn packed_beyond(dictionary: &[u8], body: &[u8], (has_runs, has_codes): (bool, bool)) -> bool {
    if has_runs && body.len() > MAX_STREAM / 128 && packed::length_of_runs(body) > MAX_STREAM {
        return true;
    }
    if has_codes && body.len().saturating_mul(packed::MAX_CODE_RATIO) > MAX_STREAM {
        let is_early = find(dictionary, b"/EarlyChange 0").is_none();
        return packed::length_of_codes(body, is_early, MAX_STREAM) > MAX_STREAM;
    }
    let n_times = dictionary
        .windows(4)
        .filter(|w| *w == b"/Fla" || *w == b"/Fl ")
        .count();
    let could = n_times > 1 || n_times == 1 && body.len().saturating_mul(MAX_RATIO) > MAX_STREAM;
    // Pictures are not unpacked for reading.
    if !could || find(dictionary, b"/Image").is_some() {
        return false;
    }
    if n_times == 1 {
        return unpacks_beyond(body);
    }
    let mut inner = body.to_vec();
    for _ in 0..n_times.min(8) {
        let mut outer = Vec::new();
        let limit = MAX_STREAM as u64 + 1;
        // What was unpacked before an error is what a lenient reader takes.
        let _ = ZlibDecoder::new(inner.as_slice())
            .take(limit)
            .read_to_end(&mut outer);
        if outer.len() > MAX_STREAM {
            return true;
        }
        inner = outer;
    }
    false
}

/// Unpacks, and stops as soon as what is left cannot make it too large any more.
fn unpacks_beyond(body: &[u8]) -> bool {
    let mut decoder = ZlibDecoder::new(body);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let is_end = decoder.read(&mut buffer).map_or(true, |n| n == 0);
        let out = usize::try_from(decoder.total_out()).unwrap_or(usize::MAX);
        let read = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
        let left = body.len().saturating_sub(read).saturating_mul(MAX_RATIO);
        if out > MAX_STREAM {
            return true;
        }
        if is_end || out.saturating_add(left) <= MAX_STREAM {
            return false;
        }
    }
}

/// Takes what a page unpacks to from what is left for all; `false` when that is not enough, or the page alone asks for more
/// than any sound one does.
pub fn take(page: &Page<'_>, left: &mut usize) -> bool {
    let Some(n) = content_size(page, MAX_PAGE.min(*left)) else {
        return false;
    };
    *left -= n;
    draws_within_reason(page)
}

/// Size of a page's content, or `None` when it is more than `limit`.
fn content_size(page: &Page<'_>, limit: usize) -> Option<usize> {
    if let Some(parts) = page.raw().get::<Array<'_>>(CONTENTS)
        && parts.raw_iter().nth(MANY_PARTS).is_some()
    {
        // The parts are put together at once, and all may be the same one.
        let mut left = limit;
        for part in parts.iter::<Stream<'_>>() {
            let n = part.decoded_data().map_or(0, |data| data.len());
            left = left.checked_sub(n)?;
        }
    }
    let n = page.page_stream().map_or(0, <[u8]>::len);
    (n <= limit).then_some(n)
}

/// Whether what a page draws through forms, and forms of forms, has an end within reason.
fn draws_within_reason(page: &Page<'_>) -> bool {
    let content = page.page_stream().unwrap_or(&[]);
    let resources = page.resources();
    let mut left = MAX_DRAWN + content.len() + DRAWING;
    resources.x_objects.is_empty() || draw(content, resources, &mut left, 0).is_some()
}

fn draw(content: &[u8], resources: &Resources<'_>, left: &mut usize, depth: usize) -> Option<()> {
    *left = left.checked_sub(content.len() + DRAWING)?;
    if depth > MAX_DEPTH || find(content, b"Do").is_none() {
        return Some(());
    }
    let mut instructions = TypedIter::new(content);
    while let Some(instruction) = instructions.next() {
        let TypedInstruction::XObject(name) = instruction else {
            continue;
        };
        let Some(form) = resources.get_x_object(name.0).filter(is_form) else {
            continue;
        };
        let Ok(data) = form.decoded_data() else {
            continue;
        };
        let own = form.dict().get(RESOURCES).map(Resources::new);
        draw(&data, own.as_ref().unwrap_or(resources), left, depth + 1)?;
    }
    Some(())
}

fn is_form(stream: &Stream<'_>) -> bool {
    let subtype = stream.dict().get::<Name<'_>>(SUBTYPE);
    subtype.is_some_and(|name| name.as_ref() == b"Form")
}

/// Where a few bytes stand in many. The first byte is looked for fast, it is rare.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = what.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|b| b == first)?;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn zlib(content: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        packer.write_all(content).expect("written");
        packer.finish().expect("packed")
    }

    fn file(filter: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("%PDF-1.4\n1 0 obj << /Filter {filter} >>\nstream\n");
        [head.as_bytes(), body, b"\nendstream endobj"].concat()
    }

    #[test]
    fn bombs_are_told_from_fonts() {
        let bomb = zlib(&vec![b' '; MAX_STREAM + 1]);
        assert!(has_bomb(&file("/FlateDecode", &bomb)));
        assert!(has_bomb(&file("[/FlateDecode /FlateDecode]", &zlib(&bomb))));
        let mut state = 1_u32;
        let noise = (0..500_000).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        let font = zlib(&noise.collect::<Vec<u8>>());
        assert!(!has_bomb(&file("/FlateDecode", &font)));
        assert!(!has_bomb(b"%PDF-1.4 stream"));
        let runs = [129, b' '].repeat(MAX_STREAM / 128 + 1);
        assert!(has_bomb(&file("/RunLengthDecode", &runs)));
        assert!(!has_bomb(&file("/RunLengthDecode", &runs[4..])));
    }

    #[test]
    fn bombs_written_in_letters_are_seen() {
        let bomb = zlib(&vec![b' '; MAX_STREAM + 1]);
        let hex: String = bomb.iter().map(|byte| format!("{byte:02x}")).collect();
        let filter = "[/ASCIIHexDecode /FlateDecode]";
        assert!(has_bomb(&file(filter, hex.as_bytes())));
        assert!(!has_bomb(&file(filter, &hex.as_bytes()[..40])));
        let codes = packed::tests::codes_of_one_byte(10);
        assert!(has_bomb(&file("/LZWDecode", &codes)));
        assert!(!has_bomb(&file(
            "/LZWDecode",
            &packed::tests::codes_of_one_byte(8)
        )));
    }
}
