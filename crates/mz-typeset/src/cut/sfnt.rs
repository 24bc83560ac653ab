//! A font file from its tables.

/// Bytes of the head and of one record of its directory.
const HEAD: usize = 12;
const RECORD: usize = 16;

/// The file. Check sums stay zero: nobody but the typesetter reads it.
pub fn file(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort_by_key(|(tag, _)| *tag);
    let is_cff = tables.iter().any(|(tag, _)| tag == b"CFF ");
    let n = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = n.max(1).ilog2();
    let range = 16_u16 << power;
    let size: usize = tables.iter().map(|(_, bytes)| bytes.len() + 3).sum();
    let mut out = Vec::with_capacity(HEAD + RECORD * tables.len() + size);
    out.extend(if is_cff { *b"OTTO" } else { [0, 1, 0, 0] });
    for field in [n, range, power as u16, (n * 16).saturating_sub(range)] {
        out.extend(field.to_be_bytes());
    }
    let mut at = HEAD + RECORD * tables.len();
    for (tag, bytes) in &tables {
        out.extend(tag);
        for field in [0, at, bytes.len()] {
            out.extend((field as u32).to_be_bytes());
        }
        at += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        out.extend(&bytes);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}
