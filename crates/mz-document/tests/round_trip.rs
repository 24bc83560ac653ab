//! What is written is read back: blocks, tables, spans and texts, for every format that is written and read.

use mz_document::{
    Block, Builder, Content, Document, FlowCell, Metadata, Role, Table, TablePart, WRITERS,
    WriteOptions, read,
};
use proptest::prelude::*;

fn written(document: &Document, extension: &str) -> Vec<u8> {
    let writer = WRITERS
        .iter()
        .find(|writer| writer.extension == extension)
        .expect("a writer");
    let options = WriteOptions {
        page_numbers: document
            .blocks
            .iter()
            .filter_map(|block| block.layout.anchor.clone())
            .zip(1..)
            .collect(),
        ..WriteOptions::default()
    };
    (writer.write)(document, &options).expect("writable")
}

/// One line a block or row, without what only the page adds: white space of any kind counts as one space.
fn outline(document: &Document, is_flat: bool) -> Vec<String> {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    for block in &document.blocks {
        match &block.content {
            Content::Heading { level, text } => lines.push(format!("h{level} {}", spaced(text))),
            Content::Paragraph(text) => lines.push(spaced(text)),
            Content::Table(table) => lines.extend(rows(table, is_flat)),
        }
    }
    lines
}

/// Text has no merged cells: there each row is its texts.
fn rows(table: &Table, is_flat: bool) -> Vec<String> {
    let row = |row: &mz_document::Row| {
        if is_flat {
            let texts: Vec<String> = (0..table.n_columns)
                .map(|column| {
                    let starts = row.cells.iter().find(|cell| cell.column == column);
                    starts.map_or(String::new(), |cell| cell.text.split_whitespace().collect())
                })
                .collect();
            return texts.join("|");
        }
        let cells = row.cells.iter().map(|cell| {
            format!(
                "{}[{}x{}]{}",
                cell.column, cell.column_span, cell.row_span, cell.text
            )
        });
        cells.collect::<Vec<_>>().join("|")
    };
    table.rows.iter().map(row).collect()
}

/// The document as a reader should see it: entries of the contents carry their page where the format has pages.
fn expected(document: &Document, has_pages: bool) -> Document {
    let mut seen = document.clone();
    let mut numbers = document
        .blocks
        .iter()
        .filter_map(|block| block.layout.anchor.as_deref())
        .zip(1..);
    let numbers: Vec<(&str, i32)> = numbers.by_ref().collect();
    for block in &mut seen.blocks {
        let Role::ContentsEntry { target, .. } = &block.layout.role else {
            continue;
        };
        let number = numbers
            .iter()
            .find(|(anchor, _)| anchor == target)
            .map_or(0, |(_, number)| *number);
        if let (Content::Paragraph(text), true) = (&mut block.content, has_pages) {
            text.push_str(&format!("\t{number}"));
        }
    }
    seen
}

/// Workbooks do not tell headings from lines, and the two ends of a caption are lines of their own.
fn as_lines(mut document: Document) -> Document {
    let blocks = std::mem::take(&mut document.blocks);
    for block in blocks {
        let Some(text) = block.text() else {
            document.blocks.push(block);
            continue;
        };
        let lines = text
            .split('\t')
            .map(|line| Content::Paragraph(line.to_owned()));
        document
            .blocks
            .extend(lines.map(|line| Block::new(line, mz_document::Place::default())));
    }
    document
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "预算",
            "收入",
            "支出",
            "<b>",
            "&amp;",
            "\"引\"",
            "=1+1",
            "-cmd",
            "１",
            "𠮷",
            "（一）",
            "A B",
            "12.50",
            "、",
            "'",
            "]]>",
        ]),
        1..5,
    )
    .prop_map(|pieces| pieces.concat())
}

fn cell_text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => prop::sample::select(vec!["1,234.50", "-0.05", "201", "05", "0.00", "100%", "—"]).prop_map(str::to_owned),
        3 => words(),
        1 => (words(), words()).prop_map(|(a, b)| format!("{a}\n{b}")),
    ]
}

prop_compose! {
    /// A table whose merged cells do not overlap: spans are drawn, then cut to what is free.
    fn table()(n_rows in 2_usize..7, n_columns in 2_usize..7, n_header_rows in 0_usize..3)(
        cells in prop::collection::vec((cell_text(), 1_usize..4, 1_usize..4, any::<bool>()), n_rows * n_columns),
        n_rows in Just(n_rows), n_columns in Just(n_columns), n_header_rows in Just(n_header_rows),
    ) -> Table {
        let mut is_taken = vec![false; n_rows * n_columns];
        let mut rows: Vec<Vec<FlowCell>> = Vec::new();
        for row in 0..n_rows {
            let mut flow = Vec::new();
            for column in 0..n_columns {
                if is_taken[row * n_columns + column] {
                    continue;
                }
                let (text, wide, tall, is_merged) = cells[row * n_columns + column].clone();
                // A table of one cell only lays out the page, to readers of HTML.
                let is_merged = is_merged && row + column > 0;
                let (mut wide, tall) = if is_merged { (wide, tall) } else { (1, 1) };
                wide = (1..=wide)
                    .take_while(|n| column + n <= n_columns && !is_taken[row * n_columns + column + n - 1])
                    .last()
                    .unwrap_or(1);
                let tall = tall.min(n_rows - row);
                for r in row..row + tall {
                    for c in column..column + wide {
                        is_taken[r * n_columns + c] = true;
                    }
                }
                // The first cell is never empty: a table that says nothing is no table to some readers.
                let text = if row + column == 0 { format!("首{text}") } else { text };
                flow.push(FlowCell::spanning(text, wide, tall));
            }
            rows.push(flow);
        }
        Table { n_header_rows, ..Table::flow(rows) }
    }
}

#[derive(Clone, Debug)]
enum Piece {
    Heading(u8, String),
    Paragraph(String),
    Table(Box<TablePart>),
    PageBreak,
}

fn piece() -> impl Strategy<Value = Piece> {
    let part = (
        table(),
        words(),
        words(),
        any::<bool>(),
        0_u8..4,
        prop::collection::vec(words(), 0..2),
    )
        .prop_map(|(table, title, caption, is_landscape, level, notes)| {
            Piece::Table(Box::new(TablePart {
                title: format!("表{title}"),
                level,
                caption_left: format!("编制单位：{caption}"),
                caption_right: "单位：万元".to_owned(),
                table,
                notes: notes
                    .into_iter()
                    .map(|note| format!("注：{note}"))
                    .collect(),
                is_landscape: Some(is_landscape),
                starts_page: is_landscape,
            }))
        });
    prop_oneof![
        (1_u8..5, words()).prop_map(|(level, text)| Piece::Heading(level, format!("第{text}"))),
        words().prop_map(|text| Piece::Paragraph(format!("文{text}"))),
        part,
        Just(Piece::PageBreak),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    prop::collection::vec(piece(), 1..8).prop_map(|pieces| {
        let mut builder = Builder::new(Metadata {
            title: "预算公开 <&>".to_owned(),
            unit: "某单位".to_owned(),
            year: Some(2024),
            language: "zh-CN".to_owned(),
        });
        builder.cover("预算公开", "某单位", "2024年2月");
        builder.contents("目录", 2);
        for piece in pieces {
            match piece {
                Piece::Heading(level, text) => builder.heading(level, text),
                Piece::Paragraph(text) => builder.paragraph(text),
                Piece::Table(part) => builder.table(*part),
                Piece::PageBreak => builder.page_break(),
            }
        }
        builder.finish()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn word_files_are_read_back(document in document()) {
        let bytes = written(&document, "docx");
        let back = read(&bytes, "x.docx").expect("readable");
        prop_assert_eq!(outline(&back, false), outline(&expected(&document, true), false));
        prop_assert!(back.problems.is_empty(), "{:?}", back.problems);
        prop_assert_eq!(bytes, written(&document, "docx"));
    }

    #[test]
    fn web_pages_are_read_back(document in document()) {
        let bytes = written(&document, "html");
        let back = read(&bytes, "x.html").expect("readable");
        prop_assert_eq!(outline(&back, false), outline(&expected(&document, false), false));
        prop_assert!(back.problems.is_empty(), "{:?}", back.problems);
    }

    #[test]
    fn texts_are_read_back(document in document()) {
        let back = read(&written(&document, "txt"), "x.txt").expect("readable");
        prop_assert_eq!(outline(&back, true), outline(&expected(&document, false), true));
    }

    #[test]
    fn workbooks_are_read_back(document in document()) {
        let bytes = written(&document, "xlsx");
        let back = read(&bytes, "x.xlsx").expect("readable");
        prop_assert_eq!(outline(&as_lines(back.clone()), false), outline(&as_lines(document.clone()), false));
        prop_assert!(back.problems.is_empty(), "{:?}", back.problems);
        prop_assert_eq!(bytes, written(&document, "xlsx"));
    }

    #[test]
    fn json_is_read_back_with_its_layout(document in document()) {
        let back = read(&written(&document, "json"), "x.json").expect("readable");
        prop_assert_eq!(&back.metadata, &document.metadata);
        prop_assert_eq!(&back.blocks, &document.blocks);
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        document in document(),
        extension in prop::sample::select(vec!["docx", "html", "json", "txt", "xlsx"]),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = written(&document, extension);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // Whatever it says, it must come to an end.
        let _ = read(&bytes, "x");
    }
}

/// Tables that no grid allows, and characters that no markup allows.
#[test]
fn malformed_documents_are_written() {
    let cell = |text: &str, column, column_span, row_span| mz_document::Cell {
        text: text.to_owned(),
        column,
        column_span,
        row_span,
        place: mz_document::Place::default(),
    };
    let rows = vec![
        vec![
            cell("甲", 0, 2, 1),
            cell("乙", 2, 1, 3),
            cell("丙", 3, 100_000, 100_000),
        ],
        vec![cell("\u{0}\u{1b}\u{ffff}", 0, 1, 1), cell("", 0, 1, 1)],
        vec![cell("丁", 5, 1, 1)],
        vec![],
    ];
    let rows = rows
        .into_iter()
        .map(|cells| mz_document::Row {
            cells,
            ..mz_document::Row::default()
        })
        .collect();
    let table = Table {
        rows,
        n_columns: 4,
        n_header_rows: 99,
        ..Table::default()
    };
    let blocks = vec![
        Block::new(Content::Table(table), mz_document::Place::default()),
        Block::new(
            Content::Heading {
                level: 200,
                text: "标\u{7}题".to_owned(),
            },
            mz_document::Place::default(),
        ),
        Block::new(
            Content::Table(Table::default()),
            mz_document::Place::default(),
        ),
    ];
    let document = Document::new(mz_document::Format::Composed, blocks);
    for writer in WRITERS {
        let bytes = written(&document, writer.extension);
        let back = read(&bytes, "x").expect("readable");
        let text = outline(&back, true).join("\n");
        assert!(
            text.contains('甲') && text.contains('乙'),
            "{}: {text}",
            writer.extension
        );
    }
}
