//! Damage at random: what happens to files on the way, and lies in the numbers files state about themselves.

use std::io::{Cursor, Read, Write};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use mz_simulate::Random;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A range inside `0..len`, at most `longest` long.
fn range(random: &mut Random, len: usize, longest: usize) -> std::ops::Range<usize> {
    let start = random.below(len);
    start..(start + 1 + random.below(longest)).min(len)
}

/// A kind of damage.
type Damage = fn(&mut Vec<u8>, &mut Random);

/// Damage to bytes, by name.
const BYTES: [(&str, Damage); 8] = [
    ("cut", cut),
    ("flipped", |bytes, random| flip(bytes, random)),
    ("chunk gone", remove),
    ("chunk twice", duplicate),
    ("chunk moved", swap),
    ("chunk blank", |bytes, random| blank(bytes, random)),
    ("lying digits", lie_in_digits),
    ("lying lengths", |bytes, random| lie_in_words(bytes, random)),
];

/// Damages a file; gives the name of what was done.
pub fn damage(bytes: &mut Vec<u8>, random: &mut Random) -> String {
    let (name, act) = BYTES[random.below(BYTES.len())];
    // Packed formats are mostly damaged inside, or every case would end at the wrapping.
    let inside = random.below(3) > 0;
    if inside
        && bytes.starts_with(b"PK")
        && let Some(repacked) = inside_zip(bytes, act, random)
    {
        *bytes = repacked;
        return format!("{name}, inside the package");
    }
    if inside && bytes.starts_with(b"%PDF") && inside_streams(bytes, act, random) {
        return format!("{name}, inside a stream");
    }
    act(bytes, random);
    name.to_owned()
}

fn cut(bytes: &mut Vec<u8>, random: &mut Random) {
    bytes.truncate(random.below(bytes.len()));
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    for _ in 0..1 + random.below(200) {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = random.bits() as u8;
        }
    }
}

fn remove(bytes: &mut Vec<u8>, random: &mut Random) {
    let range = range(random, bytes.len(), 5_000);
    bytes.drain(range);
}

fn duplicate(bytes: &mut Vec<u8>, random: &mut Random) {
    let range = range(random, bytes.len(), 5_000);
    let chunk = bytes[range.clone()].to_vec();
    let n = 1 + random.below(30);
    bytes.splice(range.end..range.end, chunk.repeat(n));
}

fn swap(bytes: &mut Vec<u8>, random: &mut Random) {
    let range = range(random, bytes.len(), 5_000);
    let chunk: Vec<u8> = bytes.drain(range).collect();
    let at = random.below(bytes.len());
    bytes.splice(at..at, chunk);
}

fn blank(bytes: &mut [u8], random: &mut Random) {
    let range = range(random, bytes.len(), 2_000);
    let value = *random.one(&[0, b' ', 0xff, b'<', b'(']);
    bytes[range].fill(value);
}

/// Replaces numbers written in digits by ones nobody would write, as long as the old ones where they can be.
fn lie_in_digits(bytes: &mut Vec<u8>, random: &mut Random) {
    const LIES: [&str; 8] = [
        "0",
        "-1",
        "1",
        "65536",
        "4294967295",
        "2147483648",
        "999999999999",
        "1e38",
    ];
    for _ in 0..1 + random.below(12) {
        let start = random.below(bytes.len());
        let Some(first) = bytes[start..].iter().position(u8::is_ascii_digit) else {
            continue;
        };
        let first = start + first;
        let n = bytes[first..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if random.below(2) == 0 {
            bytes[first..first + n].fill(b'9');
        } else {
            let lie = *random.one(&LIES);
            bytes.splice(first..first + n, lie.bytes());
        }
    }
}

/// Replaces binary numbers of two or four bytes by extreme ones: lengths and counts of records.
fn lie_in_words(bytes: &mut [u8], random: &mut Random) {
    const LIES: [u32; 7] = [0, 1, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, u32::MAX];
    for _ in 0..1 + random.below(40) {
        let n = 2 + 2 * random.below(2);
        let at = random.below(bytes.len()) & !1;
        let lie = random.one(&LIES).to_le_bytes();
        if let Some(place) = bytes.get_mut(at..at + n) {
            place.copy_from_slice(&lie[..n]);
        }
    }
}

/// Damages one part of a package and packs it again.
fn inside_zip(bytes: &[u8], act: Damage, random: &mut Random) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        let is_body = ["document.xml", "sheet1.xml", "content.xml"]
            .iter()
            .any(|name| part.name().is_ok_and(|own| own.ends_with(name)));
        if !content.is_empty() && (i == chosen || is_body && random.below(2) == 0) {
            act(&mut content, random);
        }
        let name = part.name().ok()?.into_owned();
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Damages the content of compressed streams of a PDF in their place: what fits is put back, so that every other object
/// stays where the file says it is.
fn inside_streams(bytes: &mut [u8], act: Damage, random: &mut Random) -> bool {
    let streams = streams(bytes);
    if streams.is_empty() {
        return false;
    }
    let mut done = false;
    for _ in 0..4 {
        let range = random.one(&streams).clone();
        let mut content = Vec::new();
        let _ = ZlibDecoder::new(&bytes[range.clone()])
            .take(4 << 20)
            .read_to_end(&mut content);
        if content.is_empty() {
            continue;
        }
        act(&mut content, random);
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        let packed = packer.write_all(&content).and_then(|()| packer.finish());
        if let Ok(packed) = packed
            && packed.len() <= range.len()
        {
            bytes[range.start..range.start + packed.len()].copy_from_slice(&packed);
            done = true;
        }
    }
    done
}

/// Where the content of zlib streams stands.
fn streams(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let find = |what: &[u8], from: usize| {
        bytes
            .get(from..)?
            .windows(what.len())
            .position(|w| w == what)
            .map(|at| from + at)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = find(b"stream", at) {
        let mut start = found + b"stream".len();
        start += bytes[start..]
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let Some(end) = find(b"endstream", start) else {
            break;
        };
        if bytes.get(start).is_some_and(|b| b & 0x0f == 8) {
            out.push(start..end);
        }
        at = end + b"endstream".len();
    }
    out
}
