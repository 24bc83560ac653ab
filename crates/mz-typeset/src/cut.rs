//! A small font out of a large one: one face of the file, with the outlines of the glyphs a document uses.
//!
//! A collection of Chinese fonts has twenty megabytes and more, a document uses a thousand of its sixty thousand glyphs.
//! Only the heads, the small tables and the wanted outlines are read. Glyphs keep their numbers, so that what the small
//! tables say of them stays true; the others become empty.

mod cff;
mod glyf;
mod sfnt;

use std::{
    collections::BTreeSet,
    io::{self, Read as _, Seek as _, SeekFrom},
};

use mz_fonts::{Face, Table};
use ttf_parser::RawFaceTables;

/// Small tables that layout and export use. Outlines are cut, bitmaps and the like are left out.
const KEPT: [&[u8; 4]; 17] = [
    b"BASE", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"cvt ", b"fpgm", b"head",
    b"hhea", b"hmtx", b"kern", b"maxp", b"name", b"post", b"prep",
];
/// Tables of fonts that are not cut: their outlines vary, or are not outlines.
const WHOLE: [&[u8; 4]; 5] = [b"CFF2", b"fvar", b"sbix", b"CBDT", b"SVG "];
/// Most bytes of the small tables together.
const MAX_SMALL: u64 = 64 << 20;

/// The bytes of one face.
#[derive(Debug)]
pub struct Cut {
    /// A font file.
    pub bytes: Vec<u8>,
    /// Position of the face in it.
    pub index: u32,
    /// What it shows.
    pub outlines: Outlines,
}

/// The glyphs that have their outlines; `None` when all have.
#[derive(Debug)]
pub struct Outlines(Option<BTreeSet<u16>>);

impl Outlines {
    /// Whether a glyph has its outline.
    pub fn has(&self, glyph: u16) -> bool {
        let kept = self.0.as_ref();
        kept.is_none_or(|kept| kept.contains(&glyph))
    }
}

/// What of a face is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Characters.
    pub characters: &'a BTreeSet<char>,
    /// Glyphs that stand for several characters, or for one in some places only: known once pages are laid out.
    pub glyphs: &'a BTreeSet<u16>,
}

/// Cuts a face; one that cannot be cut is read as a whole.
///
/// # Errors
///
/// When the file cannot be read.
pub fn cut(face: &Face, wanted: &Wanted<'_>) -> io::Result<Cut> {
    match cut_out(face, wanted) {
        Ok(Some(cut)) => Ok(cut),
        _ => Ok(Cut {
            bytes: face.load()?,
            index: face.index,
            outlines: Outlines(None),
        }),
    }
}

/// `None` when the face is of a kind that is not cut.
fn cut_out(face: &Face, wanted: &Wanted<'_>) -> io::Result<Option<Cut>> {
    let (mut file, tables) = face.tables()?;
    let is = |table: &Table, tags: &[&[u8; 4]]| tags.contains(&&table.tag);
    let n_small: u64 = tables
        .iter()
        .filter(|t| is(t, &KEPT))
        .map(|t| t.length)
        .sum();
    if tables.iter().any(|table| is(table, &WHOLE)) || n_small > MAX_SMALL {
        return Ok(None);
    }
    let mut reader = Reader(&mut file);
    let mut kept = Vec::new();
    for table in tables.iter().filter(|table| is(table, &KEPT)) {
        kept.push((table.tag, reader.bytes(table.offset, table.length)?));
    }
    let Some(mut glyphs) = numbers(&kept, wanted.characters) else {
        return Ok(None);
    };
    glyphs.insert(0);
    glyphs.extend(wanted.glyphs);
    let find = |tag: &[u8; 4]| tables.iter().find(|table| table.tag == *tag);
    let is_cut = match (find(b"CFF "), find(b"glyf"), find(b"loca")) {
        (Some(outlines), ..) => cff::cut(&mut reader, outlines, &glyphs)?
            .map(|outlines| kept.push((*b"CFF ", outlines))),
        (None, Some(outlines), Some(places)) => {
            glyf::cut(&mut reader, (outlines, places), &mut kept, &mut glyphs)?
        }
        _ => None,
    };
    Ok(is_cut.map(|()| Cut {
        bytes: sfnt::file(kept),
        index: 0,
        outlines: Outlines(Some(glyphs)),
    }))
}

/// Glyphs of characters.
fn numbers(tables: &[([u8; 4], Vec<u8>)], characters: &BTreeSet<char>) -> Option<BTreeSet<u16>> {
    let table = |tag: &[u8; 4]| {
        let found = tables.iter().find(|(known, _)| known == tag);
        found.map(|(_, bytes)| bytes.as_slice())
    };
    let raw = RawFaceTables {
        head: table(b"head")?,
        hhea: table(b"hhea")?,
        maxp: table(b"maxp")?,
        cmap: table(b"cmap"),
        ..RawFaceTables::default()
    };
    let face = ttf_parser::Face::from_raw_tables(raw).ok()?;
    let numbers = characters.iter().filter_map(|c| face.glyph_index(*c));
    Some(numbers.map(|glyph| glyph.0).collect())
}

/// Reads parts of a font file.
struct Reader<'f>(&'f mut std::fs::File);

impl Reader<'_> {
    /// `length` bytes from a position. Nothing is allocated beyond the end of the file.
    fn bytes(&mut self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        self.0.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        self.0.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == length {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

/// A big-endian number of up to four bytes.
fn big_endian(bytes: &[u8], at: usize, size: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().fold(0, |n, byte| n << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests;
