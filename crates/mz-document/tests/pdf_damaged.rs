//! Damaged and hostile PDFs are read or refused, in bounded time, and never panic.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Far more than a debug build takes for any of these files, far less than a hang.
const LIMIT: Duration = Duration::from_secs(120);

/// Reads a file in a thread of its own, so that a hang fails the test instead of stopping it.
fn read(name: &str, bytes: Vec<u8>) -> Result<mz_document::Document, mz_document::ReadError> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody waits any more once the time is up.
        let _ = sender.send(mz_document::read(&bytes, "a.pdf"));
    });
    match receiver.recv_timeout(LIMIT) {
        Ok(result) => {
            if let Err(error) = &result {
                assert!(!error.message_zh.is_empty() && !error.message_en.is_empty());
            }
            result
        }
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name}: no end after {LIMIT:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name}: the reader panicked"),
    }
}

/// A file of these objects, numbered from 1, the first being the catalog. There is no table of objects: readers find them.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    for (i, object) in objects.iter().enumerate() {
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let _ = write!(
        out,
        "trailer\n<< /Root 1 0 R /Size {} >>\n%%EOF\n",
        objects.len() + 1
    );
    out.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    let n = content.len();
    format!("<< {dictionary} /Length {n} >>\nstream\n{content}\nendstream")
}

/// One page with a content stream and resources.
fn page(content: &str, resources: &str, media_box: &str) -> Vec<u8> {
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox {media_box} /Contents 4 0 R /Resources << {resources} >> >>"
        ),
        stream("", content),
        // A form that draws itself.
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /F 5 0 R >> >>",
            "/F Do /F Do",
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ])
}

const FONT: &str = "/Font << /A 6 0 R >>";
const A4: &str = "[0 0 595 842]";

#[test]
fn a_sound_page_is_read() {
    let document = read(
        "sound",
        page("BT /A 12 Tf 72 700 Td (Hello 12.30) Tj ET", FONT, A4),
    )
    .expect("readable");
    assert_eq!(document.blocks[0].text(), Some("Hello 12.30"));
}

/// Letters are made bold by drawing their outlines; straight outlines are no borders of a cell.
#[test]
fn letters_with_drawn_outlines_stay_in_their_line() {
    let square = "81 701 m 81 710 l 88 710 l 88 701 l h S";
    let slanted =
        "81 701 m 81 710 l 88 710 l 88 701 l h 91 701 m 91 710 l 98 710 l 98 701 l 95 704 l h S";
    for outline in [square, slanted] {
        let line =
            format!("BT /A 14 Tf 72 700 Td (LHH) Tj ET {outline} BT /A 14 Tf 100 700 Td (L) Tj ET");
        let document = read("bold", page(&line, FONT, A4)).expect("readable");
        let texts: Vec<_> = document.blocks.iter().map(|b| b.text()).collect();
        assert_eq!(texts, [Some("LHHL")], "{outline}");
    }
}

/// The borders of a low row lie as high as its text and within its line, and are borders all the same.
#[test]
fn borders_of_a_low_row_are_borders() {
    let row = "BT /A 10 Tf 102 700 Td (One) Tj 100 0 Td (Two) Tj 100 0 Td (Three) Tj ET
        100 698 m 150 698 l S 200 698 m 250 698 l S 150 698 m 200 698 l S 250 698 m 350 698 l S
        100 710 m 350 710 l S 100 698 m 100 710 l S 200 698 m 200 710 l S 300 698 m 300 710 l S 350 698 m 350 710 l S";
    let document = read("low", page(row, FONT, A4)).expect("readable");
    let mz_document::Content::Table(table) = &document.blocks[0].content else {
        panic!("no table");
    };
    let texts: Vec<&str> = table.rows[0]
        .cells
        .iter()
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(texts, ["One", "Two", "Three"]);
}

/// A table wider than the paper is printed sideways; the page is turned to be read.
#[test]
fn a_page_that_stands_sideways_is_turned() {
    let text =
        "BT /A 12 Tf {} Tm (Expenditure of the year) Tj ET BT /A 12 Tf {} Tm (1234.50) Tj ET";
    for (first, second) in [
        ("0 1 -1 0 100 100", "0 1 -1 0 130 100"),
        ("0 -1 1 0 400 700", "0 -1 1 0 370 700"),
        ("-1 0 0 -1 500 100", "-1 0 0 -1 500 130"),
    ] {
        let content = text.replacen("{}", first, 1).replacen("{}", second, 1);
        let document = read("sideways", page(&content, FONT, A4)).expect("readable");
        let texts: Vec<_> = document.blocks.iter().filter_map(|b| b.text()).collect();
        assert_eq!(texts.concat(), "Expenditure of the year1234.50", "{first}");
        assert_eq!(document.turned.len(), 1);
    }
}

/// Fonts rewritten without their tables show the right letters and say others: the page is unread, and said to be.
#[test]
fn garbled_text_is_unread() {
    let garbled = "BT /A 12 Tf 72 700 Td (2026 \\327\\356\\326\\325 12.30 \\344\\374\\353\\362\\345\\363\\377\\311\\312) Tj ET";
    let resources = "/Font << /A << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>";
    let error = read("garbled", page(garbled, resources, A4)).expect_err("nothing to read");
    assert!(
        error.message_zh.contains("1 页文字层是乱码"),
        "{}",
        error.message_zh
    );
    let named = "BT /A 12 Tf 72 700 Td (Caf\\351 M\\374nchen 12.30) Tj ET";
    let document = read("named", page(named, resources, A4)).expect("readable");
    assert_eq!(
        document.blocks[0].text(),
        Some("Caf\u{e9} M\u{fc}nchen 12.30")
    );
}

#[test]
fn hostile_files_end() {
    let deep = "[".repeat(20_000);
    let many_kids: String = "3 0 R ".repeat(100_000);
    let lines: String = (0..40_000)
        .map(|i| format!("0 {i} m 500 {i} l S "))
        .collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "a form that draws itself",
            page("/F Do", "/XObject << /F 5 0 R >>", A4),
        ),
        (
            "a page tree that is its own child",
            pdf(&[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 >>".to_owned(),
            ]),
        ),
        (
            "objects that are each other",
            pdf(&[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                "3 0 R".to_owned(),
                "2 0 R".to_owned(),
            ]),
        ),
        (
            "one page a hundred thousand times",
            pdf(&[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                format!("<< /Type /Pages /Kids [{many_kids}] /Count 100000 >>"),
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
            ]),
        ),
        ("deep arrays", page(&format!("{deep} 0 Tj"), FONT, A4)),
        (
            "deep objects",
            pdf(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), deep.clone()]),
        ),
        ("unbalanced states", page(&"q ".repeat(200_000), FONT, A4)),
        ("closed states", page(&"Q ".repeat(200_000), FONT, A4)),
        (
            "a page without end",
            page("BT /A 12 Tf (x) Tj ET", FONT, "[0 0 1e38 1e38]"),
        ),
        (
            "a page without room",
            page("BT /A 12 Tf (x) Tj ET", FONT, "[0 0 0 0]"),
        ),
        (
            "numbers that are none",
            page(
                "BT /A 1e39 Tf 1e39 -1e39 Td (x) Tj ET 1e39 0 0 1e39 0 0 cm 0 0 1 1 re f",
                FONT,
                A4,
            ),
        ),
        ("very many lines", page(&lines, FONT, A4)),
        (
            "a filter that does not fit",
            pdf(&[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
                    .to_owned(),
                stream(
                    "/Filter [/FlateDecode /LZWDecode /ASCII85Decode /RunLengthDecode]",
                    "no such data",
                ),
            ]),
        ),
        ("only a head", b"%PDF-1.7".to_vec()),
        (
            "a trailer that leads nowhere",
            b"%PDF-1.4\ntrailer << /Root 9 0 R >>\nstartxref\n99999999999\n%%EOF".to_vec(),
        ),
    ];
    for (name, bytes) in cases {
        let _ = read(name, bytes);
    }
}

/// The smallest shared samples.
fn samples(n: usize) -> Vec<(PathBuf, Vec<u8>)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    let mut files: Vec<(u64, PathBuf)> = ["shanghai", "provinces"]
        .iter()
        .filter_map(|folder| fs::read_dir(shared.join(folder)).ok())
        .flat_map(|entries| entries.flatten())
        .filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.path())))
        .filter(|(_, path)| path.extension().is_some_and(|e| e == "pdf"))
        .collect();
    files.sort();
    let read = |(_, path): (u64, PathBuf)| Some((path.clone(), fs::read(path).ok()?));
    files.into_iter().take(n).filter_map(read).collect()
}

/// Numbers that look random and are the same every time.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn damaged_samples_end() {
    let samples = samples(3);
    if samples.is_empty() {
        eprintln!("no shared samples here; nothing damaged");
        return;
    }
    let mut state = 20_260_101;
    for (path, bytes) in &samples {
        let name = path.to_string_lossy();
        for tenth in [1, 5, 9] {
            let cut = bytes[..bytes.len() * tenth / 10].to_vec();
            let _ = read(&format!("{name} cut at {tenth}/10"), cut);
        }
        for round in 0..4 {
            let mut flipped = bytes.clone();
            for _ in 0..20 + round * 60 {
                let at = next(&mut state) % flipped.len();
                flipped[at] = next(&mut state) as u8;
            }
            let _ = read(&format!("{name} flipped, round {round}"), flipped);
        }
    }
}
