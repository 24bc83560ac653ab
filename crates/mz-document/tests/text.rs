//! Text files as they really come: every encoding, line end and kind of table, and the files that are no text at all.

use encoding_rs::{BIG5, GB18030};
use mz_document::{Content, Document, ReadError, ReadErrorKind, Table, read};

const SAMPLE: &str = "云岭市档案服务中心2025年单位预算公开\n\n收入总计120.50万元，其中：一般公共预算拨款98.00万元。\n\
                      项目\t预算数\n本年收入\t120.50\n";

fn text(bytes: &[u8]) -> Document {
    read(bytes, "样例.txt").expect("readable")
}

fn refused(bytes: &[u8]) -> ReadError {
    read(bytes, "样例.txt").expect_err("unreadable")
}

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

fn with_mark(mark: &[u8], mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.splice(0..0, mark.iter().copied());
    bytes
}

/// Kind, line and text of every block; tables as rows of cells joined by `|`.
fn outline(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        let line = block.place.line.expect("every block of a text has a line");
        match &block.content {
            Content::Heading { level, text } => {
                lines.push(format!("{line} {} {text}", "#".repeat((*level).into())))
            }
            Content::Paragraph(text) => lines.push(format!("{line} {text}")),
            Content::Table(table) => lines.extend(rows(table)),
        }
    }
    lines
}

fn rows(table: &Table) -> impl Iterator<Item = String> {
    table.rows.iter().map(|row| {
        let line = row.place.line.expect("every row of a text has a line");
        for (column, cell) in row.cells.iter().enumerate() {
            assert_eq!(
                (cell.column, cell.column_span, cell.row_span),
                (column, 1, 1)
            );
            assert_eq!(cell.place, row.place);
        }
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        format!("{line} |{}|", cells.join("|"))
    })
}

#[test]
fn every_encoding_gives_the_same_document() {
    let expected = text(SAMPLE.as_bytes());
    assert_eq!(expected.encoding, Some("UTF-8"));
    let gb = GB18030.encode(SAMPLE).0.into_owned();
    for (bytes, encoding) in [
        (
            with_mark(b"\xef\xbb\xbf", SAMPLE.as_bytes().to_vec()),
            "UTF-8",
        ),
        (with_mark(b"\xff\xfe", utf16(SAMPLE, false)), "UTF-16LE"),
        (with_mark(b"\xfe\xff", utf16(SAMPLE, true)), "UTF-16BE"),
        (utf16(SAMPLE, false), "UTF-16LE"),
        (utf16(SAMPLE, true), "UTF-16BE"),
        (gb, "gb18030"),
    ] {
        let document = text(&bytes);
        assert_eq!(document.encoding, Some(encoding));
        assert_eq!(document.blocks, expected.blocks, "{encoding}");
        assert!(
            document.problems.is_empty(),
            "{encoding}: {:?}",
            document.problems
        );
    }
}

#[test]
fn short_and_rare_legacy_texts_are_read() {
    for sample in [
        "预算",
        "一、单位收支总体情况表（万元）",
        "囍龘靐\n预算公开说明，由市财政局统一组织实施。",
        "①②③ ※ ≥98%，≤5％",
    ] {
        let bytes = GB18030.encode(sample).0.into_owned();
        let document = text(&bytes);
        let lines: Vec<String> = sample
            .lines()
            .enumerate()
            .map(|(i, line)| format!("{} {line}", i + 1))
            .collect();
        assert_eq!(outline(&document), lines, "{:?}", document.encoding);
    }
    let taiwan = "預算公開說明由財政局統一組織實施並依規定辦理各項業務";
    assert_eq!(
        outline(&text(&BIG5.encode(taiwan).0)),
        [format!("1 {taiwan}")]
    );
}

#[test]
fn damaged_bytes_are_counted_and_located() {
    for cut in 1..3 {
        let whole = format!("{SAMPLE}结束");
        let document = text(&whole.as_bytes()[..whole.len() - cut]);
        assert_eq!(document.encoding, Some("UTF-8"));
        assert_eq!(document.problems.len(), 1);
        assert_eq!(document.problems[0].name, "undecodable-bytes");
        assert_eq!(document.problems[0].place.line, Some(6));
        assert_eq!(document.blocks[..3], text(SAMPLE.as_bytes()).blocks[..3]);
    }
    let mut gb = GB18030.encode(SAMPLE).0.into_owned();
    gb.truncate(gb.len() - 8);
    gb.push(0xd0);
    let document = text(&gb);
    assert_eq!(document.encoding, Some("gb18030"));
    assert_eq!(document.problems.len(), 1, "{:?}", document.problems);
    let mut odd = utf16(SAMPLE, false);
    odd.pop();
    assert_eq!(text(&odd).problems.len(), 1);
}

#[test]
fn line_ends_and_page_ends_keep_the_numbers_editors_show() {
    for end in ["\n", "\r", "\r\n"] {
        let document = text(["甲", "", "乙", "丙\u{c}丁", "戊"].join(end).as_bytes());
        assert_eq!(
            outline(&document),
            ["1 甲", "3 乙", "4 丙", "4 丁", "5 戊"],
            "{end:?}"
        );
    }
    assert_eq!(outline(&text("甲\n\r乙".as_bytes())), ["1 甲", "3 乙"]);
    assert_eq!(
        outline(&text("甲 \u{3000}\n 乙".as_bytes())),
        ["1 甲", "2  乙"]
    );
}

#[test]
fn tab_tables_keep_their_shape() {
    let document = text(
        "科目\t合计\t\n\t 基本 支出\t1.00\n\t\n2\t\n\n项目\t3\n正文\n\t缩进的正文\n".as_bytes(),
    );
    assert_eq!(
        outline(&document),
        [
            "1 |科目|合计||",
            "2 || 基本 支出|1.00|",
            "3 |||",
            "4 |2||",
            "6 |项目|3|",
            "7 正文",
            "8 缩进的正文"
        ]
    );
    let tables: Vec<usize> = document
        .blocks
        .iter()
        .filter_map(|block| {
            if let Content::Table(table) = &block.content {
                Some(table.n_columns)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(tables, [3, 2]);
}

#[test]
fn pipe_tables_lose_only_their_notation() {
    let document = text(
        "# 一、收支总表\n| 项目 | 预算数 |\n|:---|---:|\n| 本年\\|收入 |  |\n| --- | 1 |\n甲|乙\n#无空格\n".as_bytes(),
    );
    assert_eq!(
        outline(&document),
        [
            "1 # 一、收支总表",
            "2 |项目|预算数|",
            "4 |本年|收入||",
            "5 |---|1|",
            "6 甲|乙",
            "7 #无空格"
        ]
    );
    // The same dashes in a tab-separated table are a row: its reader must see that it is none.
    assert_eq!(
        outline(&text("甲\t乙\n---\t---\n".as_bytes())),
        ["1 |甲|乙|", "2 |---|---|"]
    );
    assert_eq!(
        outline(&text("|甲|乙|\n丙\t丁\n".as_bytes())),
        ["1 |甲|乙|", "2 |丙|丁|"]
    );
}

#[test]
fn files_that_hold_no_text_say_so() {
    for empty in [
        b"".as_slice(),
        b" \n\t\r\n",
        b"\xef\xbb\xbf",
        "\u{3000}\u{feff}".as_bytes(),
        b"\xff\xfe",
    ] {
        assert_eq!(refused(empty).kind, ReadErrorKind::Empty);
    }
    let mut state = 7_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(100_000)
    .collect();
    assert_eq!(refused(&noise).kind, ReadErrorKind::Binary);
    assert_eq!(refused(&[0; 4096]).kind, ReadErrorKind::Binary);
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\nrest").kind,
        ReadErrorKind::Unsupported
    );
}

#[test]
fn oversized_files_are_refused_at_once() {
    let error = refused(&vec![b'x'; 70 << 20]);
    assert_eq!(error.kind, ReadErrorKind::TooLarge);
    assert!(
        error.message_zh.contains("70 MB") && error.message_zh.contains("64 MB"),
        "{error}"
    );
    assert!(error.message_en.contains("70 MB"), "{}", error.message_en);
}

#[test]
fn long_lines_and_many_pieces_are_cut_with_a_word() {
    let long = format!("甲\n{}\n乙\n", "长".repeat(500_000));
    let document = text(long.as_bytes());
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(document.problems[0].name, "line-too-long");
    assert_eq!(document.problems[0].place.line, Some(2));
    let many = text("一\t\n".repeat(400_000).as_bytes());
    assert_eq!(many.problems[0].name, "too-many-pieces");
    let Content::Table(table) = &many.blocks[0].content else {
        panic!("a table")
    };
    assert!(table.rows.len() > 300_000 && table.rows.len() < 400_000);
}
