//! Pages are read back as the document they were made of, and the same document gives the same bytes. Without Chinese
//! fonts on the machine these tests say so and check the message instead.

mod support;

use std::sync::OnceLock;

use mz_document::{Builder, Content, Document, Metadata, Role};
use mz_typeset::{Settings, Typeset, TypesetError, page_numbers, typeset};

/// The pages, or nothing where there is no Chinese font; then the message must say what to install.
fn pages(document: &Document) -> Option<Typeset> {
    match typeset(document, &Settings::default()) {
        Ok(typeset) => Some(typeset),
        Err(error) if error.message_zh.contains("没有找到中文字体") => {
            assert!(error.message_zh.contains("fonts-noto-cjk"));
            eprintln!("no Chinese font on this machine; the pages are not tested");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// The pages of the sample, made once.
fn sample() -> Option<&'static Typeset> {
    static PAGES: OnceLock<Option<Typeset>> = OnceLock::new();
    PAGES.get_or_init(|| pages(&support::sample())).as_ref()
}

fn read(typeset: &Typeset) -> Document {
    mz_document::read(&typeset.bytes, "pages.pdf").expect("our own pages are readable")
}

#[test]
fn pages_say_what_the_document_says() {
    let document = support::sample();
    let Some(typeset) = sample() else {
        return;
    };
    let again = read(typeset);
    let contents: usize = document
        .blocks
        .iter()
        .filter(|b| matches!(b.layout.role, Role::ContentsEntry { .. }))
        .count();
    let (wanted, mut got) = (support::said(&document), support::said(&again));
    // Lines of the contents have leaders and numbers; a test of their own looks at them.
    let title = wanted
        .iter()
        .position(|line| line == "目录")
        .expect("contents");
    got.drain(title + 1..title + 1 + contents);
    for (i, (wanted, got)) in wanted.iter().zip(&got).enumerate() {
        assert_eq!(wanted, got, "line {i}");
    }
    assert_eq!(wanted.len(), got.len());
}

#[test]
fn contents_have_the_numbers_at_the_foot_of_the_pages() {
    let document = support::sample();
    let Some(typeset) = sample() else {
        return;
    };
    let numbers = page_numbers(&document, &Settings::default()).expect("same fonts");
    assert_eq!(numbers, typeset.page_numbers);
    let again = read(typeset);
    let lines: Vec<&str> = again.blocks.iter().filter_map(|b| b.text()).collect();
    let mut n = 0;
    for block in &document.blocks {
        let (Role::ContentsEntry { target, .. }, Content::Paragraph(text)) =
            (&block.layout.role, &block.content)
        else {
            continue;
        };
        let number = numbers.get(target).expect("every target has a page");
        let start: String = text.split_whitespace().collect();
        let line = lines
            .iter()
            .map(|line| line.split_whitespace().collect::<String>())
            .find(|line| line.starts_with(&start) && line.contains("..."))
            .unwrap_or_else(|| panic!("no line of contents for {text}"));
        let printed = line.rsplit('.').next().unwrap_or_default();
        assert_eq!(printed, number.to_string(), "{line}");
        n += 1;
    }
    assert_eq!(n, 7);
    // The body begins with page 1, whatever comes before it.
    assert_eq!(numbers.values().min(), Some(&1));
}

#[test]
fn same_document_same_bytes() {
    let document = support::sample();
    let Some(first) = sample() else {
        return;
    };
    let second = pages(&document).expect("same fonts");
    assert!(first.bytes == second.bytes);
    assert_eq!(first.n_pages, second.n_pages);
}

#[test]
fn an_archive_file_with_tags_and_bookmarks() {
    let Some(typeset) = sample() else {
        return;
    };
    let has = |words: &str| {
        typeset
            .bytes
            .windows(words.len())
            .any(|w| w == words.as_bytes())
    };
    assert!(
        has("pdfaid:part>2<") && has("pdfaid:conformance>A<"),
        "PDF/A-2a"
    );
    assert!(has("pdfuaid:part>1<"), "PDF/UA-1");
    assert!(
        typeset.notes.iter().all(|note| !note.contains("PDF/")),
        "{:?}",
        typeset.notes
    );
}

#[test]
fn a_character_without_a_glyph_is_named() {
    if sample().is_none() {
        return;
    }
    let mut builder = Builder::new(Metadata::default());
    builder.paragraph("私用区的字\u{E7FF}没有字形。");
    let error: TypesetError =
        typeset(&builder.finish(), &Settings::default()).expect_err("missing");
    assert!(error.message_zh.contains("U+E7FF"), "{error}");
    assert!(error.message_zh.contains("第 1 页"), "{error}");
}

#[test]
fn texts_are_never_markup() {
    let words = "#set page(width: 1pt) *b* _i_ $x$ @a <b> \\ `raw` = 标题 - 列 // 注释";
    let mut builder = Builder::new(Metadata::default());
    builder.paragraph(words);
    builder.paragraph("第二段。");
    let Some(typeset) = pages(&builder.finish()) else {
        return;
    };
    let again = support::said(&read(&typeset)).concat();
    let solid: String = words.split_whitespace().collect();
    assert!(again.contains(&solid), "{again}");
}
