//! What is cut out of a font is what was in it. Without Chinese fonts on the machine only the damaged file is tried.

use std::{collections::BTreeSet, fs};

use mz_fonts::{Face, Fonts, USES};
use ttf_parser::OutlineBuilder;

use super::{Wanted, cut};

/// An outline as text.
#[derive(Default, PartialEq, Debug)]
struct Path(String);

impl Path {
    fn add(&mut self, step: char, numbers: &[f32]) {
        self.0.push_str(&format!("{step}{numbers:?}"));
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('Q', &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('C', &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.add('Z', &[]);
    }
}

/// Faces of every use on this machine, each once.
fn faces() -> Vec<Face> {
    let fonts = Fonts::find(None);
    let mut faces: Vec<Face> = Vec::new();
    for face in USES.iter().flat_map(|one| fonts.chain(*one)) {
        if !faces.iter().any(|known| known.is_same(face)) {
            faces.push(face.clone());
        }
    }
    faces
}

#[test]
fn glyphs_look_as_they_did_and_the_rest_is_small() {
    let characters: BTreeSet<char> = ('0'..='9').chain("预算公开（一）：“㎡”".chars()).collect();
    let glyphs = BTreeSet::from([7]);
    let wanted = Wanted {
        characters: &characters,
        glyphs: &glyphs,
    };
    for face in faces() {
        let name = format!("{} {}", face.path.display(), face.index);
        let cut = cut(&face, &wanted).expect("the file is read");
        let whole = face.load().expect("the file is read");
        let old = ttf_parser::Face::parse(&whole, face.index).expect("a font");
        let new = ttf_parser::Face::parse(&cut.bytes, cut.index).expect("a font");
        let numbers = characters.iter().filter_map(|c| old.glyph_index(*c));
        for glyph in numbers.chain([ttf_parser::GlyphId(7)]) {
            assert!(cut.outlines.has(glyph.0), "{name}");
            let (mut before, mut after) = (Path::default(), Path::default());
            old.outline_glyph(glyph, &mut before);
            new.outline_glyph(glyph, &mut after);
            assert_eq!(before, after, "{name}: {glyph:?}");
            assert_eq!(old.glyph_hor_advance(glyph), new.glyph_hor_advance(glyph));
        }
        assert!(
            cut.bytes.len() * 4 < whole.len(),
            "{name}: {}",
            cut.bytes.len()
        );
    }
}

#[test]
fn a_damaged_file_is_read_as_a_whole_or_not_at_all() {
    let characters = BTreeSet::from(['中']);
    let glyphs = BTreeSet::new();
    let wanted = Wanted {
        characters: &characters,
        glyphs: &glyphs,
    };
    let folder = std::env::temp_dir().join(format!("mz-typeset-cut-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("damaged.otf");
    let mut font = b"OTTO\0\x03\0\0\0\0\0\0".to_vec();
    for (tag, offset) in [(b"head", 60_u32), (b"CFF ", 61), (b"cmap", 4_000_000_000)] {
        font.extend(tag);
        font.extend([0; 4]);
        font.extend(offset.to_be_bytes());
        font.extend(9_u32.to_be_bytes());
    }
    font.extend([0xff; 40]);
    for length in [0, 11, 40, font.len()] {
        fs::write(&path, &font[..length]).expect("written");
        let face = Face {
            path: path.clone(),
            index: 0,
            names: Vec::new(),
            weight: 400,
        };
        let cut = cut(&face, &wanted).expect("as it stands");
        assert_eq!(cut.bytes, font[..length]);
    }
    fs::remove_dir_all(&folder).expect("removed");
}
