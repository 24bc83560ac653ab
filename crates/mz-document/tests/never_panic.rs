//! Readers take anything: arbitrary bytes, and sound documents damaged at random.

use mz_document::{Content, Document, read};
use proptest::prelude::*;

/// What every reading must hold, whatever the bytes were.
fn check(document: &Document) {
    let mut last_line = 0;
    for block in &document.blocks {
        let line = block.place.line.unwrap_or(0);
        assert!(line >= last_line, "blocks stand in reading order");
        last_line = line;
        if let Content::Table(table) = &block.content {
            for row in &table.rows {
                assert!(row.cells.len() <= table.n_columns);
                assert!(
                    row.cells
                        .iter()
                        .enumerate()
                        .all(|(i, cell)| cell.column == i)
                );
            }
        }
    }
}

/// Pieces real files are made of.
const PLAIN: &[&str] = &[
    "预算", "12.50", "\t", "\n", "\r\n", "\r", "\u{c}", " ", "\u{3000}", "\u{feff}", "\u{fffd}",
    "𠮷", "- ", "。",
];

/// Pieces the reader treats specially.
const SPECIAL: &[&str] = &[
    "|",
    "| a | b |\n",
    "|---|---|\n",
    "# ",
    "\\|",
    "<p>",
    "<table>",
    "%PDF",
    "PK",
    "\0",
];

fn texts(pieces: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok(document) = read(&bytes, "x") { check(&document) }
    }

    #[test]
    fn magic_bytes_before_noise_are_read_or_refused(
        magic in prop::sample::select(vec![
            b"%PDF-1.7".to_vec(), b"PK\x03\x04".to_vec(), b"PK\x05\x06".to_vec(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            b"<html".to_vec(), b"<!--".to_vec(), b"\xff\xfe".to_vec(), b"\xfe\xff".to_vec(), b"\xef\xbb\xbf".to_vec(),
        ]),
        noise in prop::collection::vec(any::<u8>(), 0..500),
        tail in prop::sample::select(vec![b"".to_vec(), b"PK\x05\x06\0\0\0\0\0\0\0\0\xff\xff\0\0\x02\0\0\0\0\0".to_vec()]),
    ) {
        if let Ok(document) = read(&[magic, noise, tail].concat(), "x") { check(&document) }
    }

    #[test]
    fn damaged_texts_are_read_or_refused(text in texts([PLAIN, SPECIAL].concat()), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), cut in any::<prop::sample::Index>()) {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            for (at, value) in flips {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Ok(document) = read(&bytes, "x") { check(&document) }
    }

    #[test]
    fn no_printed_character_is_lost(text in texts(PLAIN.to_vec())) {
        let Ok(document) = read(text.as_bytes(), "x") else { return Ok(()) };
        let mut kept = String::new();
        for block in &document.blocks {
            match &block.content {
                Content::Heading { text, .. } | Content::Paragraph(text) => kept.push_str(text),
                Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| kept.push_str(&cell.text)),
            }
        }
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect::<String>();
        prop_assert_eq!(visible(&kept), visible(&text));
    }
}
