//! TrueType outlines: the wanted glyphs and those they are composed of.

use std::{collections::BTreeSet, io};

use mz_fonts::Table;

use super::{Reader, big_endian};

/// Flags of the parts of a composed glyph.
const WORDS: u32 = 1;
const ONE_SCALE: u32 = 8;
const MORE: u32 = 0x20;
const TWO_SCALES: u32 = 0x40;
const FOUR_SCALES: u32 = 0x80;
/// Where `head` says how places are written.
const FORMAT: usize = 50;

/// Adds the two tables of outlines to those kept, and the parts of composed glyphs to the glyphs. `None` when they cannot
/// be understood.
pub fn cut(
    reader: &mut Reader<'_>,
    (outlines, places): (&Table, &Table),
    kept: &mut Vec<([u8; 4], Vec<u8>)>,
    glyphs: &mut BTreeSet<u16>,
) -> io::Result<Option<()>> {
    let Some((_, head)) = kept.iter_mut().find(|(tag, _)| tag == b"head") else {
        return Ok(None);
    };
    let is_long = big_endian(head, FORMAT, 2) == Some(1);
    let Some(format) = head.get_mut(FORMAT..FORMAT + 2) else {
        return Ok(None);
    };
    format.copy_from_slice(&[0, 1]);
    let places = reader.bytes(places.offset, places.length)?;
    let place = |glyph: usize| {
        if is_long {
            big_endian(&places, glyph * 4, 4)
        } else {
            big_endian(&places, glyph * 2, 2).map(|half| half * 2)
        }
    };
    let mut found: Vec<(u16, Vec<u8>)> = Vec::new();
    let mut waiting: Vec<u16> = glyphs.iter().copied().collect();
    while let Some(glyph) = waiting.pop() {
        let (from, to) = (place(glyph.into()), place(usize::from(glyph) + 1));
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        let (from, to) = (u64::from(from), u64::from(to));
        if from > to || to > outlines.length {
            return Ok(None);
        }
        let outline = reader.bytes(outlines.offset + from, to - from)?;
        let more = parts(&outline)
            .into_iter()
            .filter(|part| glyphs.insert(*part));
        waiting.extend(more);
        found.push((glyph, outline));
    }
    found.sort();
    let n = places.len() / if is_long { 4 } else { 2 };
    let (mut new_places, mut new_outlines) = (Vec::with_capacity(n * 4), Vec::new());
    let mut found = found.into_iter().peekable();
    for glyph in 0..n {
        new_places.extend((new_outlines.len() as u32).to_be_bytes());
        if let Some((_, outline)) = found.next_if(|(known, _)| usize::from(*known) == glyph) {
            new_outlines.extend(outline);
            new_outlines.resize(new_outlines.len().next_multiple_of(4), 0);
        }
    }
    kept.push((*b"glyf", new_outlines));
    kept.push((*b"loca", new_places));
    Ok(Some(()))
}

/// The parts of a composed glyph; a simple one has none.
fn parts(outline: &[u8]) -> Vec<u16> {
    let mut parts = Vec::new();
    let is_composed = outline.first().is_some_and(|high| high & 0x80 != 0);
    let mut at = 10;
    while is_composed {
        let (Some(flags), Some(part)) =
            (big_endian(outline, at, 2), big_endian(outline, at + 2, 2))
        else {
            break;
        };
        parts.push(part as u16);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            flags if flags & FOUR_SCALES != 0 => 8,
            flags if flags & TWO_SCALES != 0 => 4,
            flags if flags & ONE_SCALE != 0 => 2,
            _ => 0,
        };
        if flags & MORE == 0 {
            break;
        }
    }
    parts
}
