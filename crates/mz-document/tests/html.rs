//! Web pages as budget units publish them: data tables with spans, layout tables, legacy encodings, careless tags.

use encoding_rs::GB18030;
use mz_document::{Content, Document, Format, ReadErrorKind, read};

fn page(html: &str) -> Document {
    let document = read(html.as_bytes(), "page.html").expect("readable");
    assert_eq!(document.format, Format::Html);
    document
}

/// One line a block or table row; spans other than 1×1 in brackets.
fn outline(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match &block.content {
            Content::Heading { level, text } => lines.push(format!("h{level} {text}")),
            Content::Paragraph(text) => lines.push(text.clone()),
            Content::Table(table) => lines.extend(table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| {
                    let span = match (cell.column_span, cell.row_span) {
                        (1, 1) => String::new(),
                        (columns, rows) => format!("[{columns}x{rows}]"),
                    };
                    format!("{}{span}:{}", cell.column, cell.text.replace('\n', "/"))
                });
                cells.collect::<Vec<_>>().join(" ")
            })),
        }
    }
    lines
}

fn problems(document: &Document) -> Vec<&str> {
    document
        .problems
        .iter()
        .map(|problem| problem.name)
        .collect()
}

#[test]
fn headings_paragraphs_and_tables_come_in_order() {
    let document = page(
        "<!DOCTYPE html><html><head><title>不是正文</title><style>p{}</style></head><body>\
         <h1>2025年<br>单位预算</h1><p>　　一、收支&nbsp;说明</p><p>收入\n  总计 1.00 万元。<br>支出总计 1.00 万元。\
         <div>编制单位：某中心<table><caption>收支总表</caption><tr><th rowspan=2>项目<th colspan=2>预算数</tr>\
         <tr><td>合计<td><p>基本</p><p>支出</p></tr><tr><td>收入<td>1.00<td></table>注：无",
    );
    assert_eq!(
        outline(&document),
        [
            "h1 2025年 单位预算",
            "　　一、收支\u{a0}说明",
            "收入 总计 1.00 万元。",
            "支出总计 1.00 万元。",
            "编制单位：某中心",
            "收支总表",
            "0[1x2]:项目 1[2x1]:预算数",
            "1:合计 2:基本/支出",
            "0:收入 1:1.00 2:",
            "注：无",
        ]
    );
    assert_eq!(problems(&document), [""; 0]);
}

#[test]
fn tables_that_lay_out_the_page_are_seen_through() {
    let document = page(
        "<table><tr><td>首页<td><table><tr><td><h2>正文</h2><p>文字</p>\
         <table><tr><td>项目<td>金额<tr><td>水费<td>2.00</table></table></table>",
    );
    assert_eq!(
        outline(&document),
        ["首页", "h2 正文", "文字", "0:项目 1:金额", "0:水费 1:2.00"]
    );
}

#[test]
fn careless_tags_lose_nothing() {
    for (html, expected) in [
        ("<html><table><td>甲<td>乙</table>", vec!["0:甲 1:乙"]),
        (
            "<html><table>漏<tr><td>甲<td>乙</table>后",
            vec!["0:漏", "0:甲 1:乙", "后"],
        ),
        ("<html></td></tr></table><p>甲</td>乙", vec!["甲乙"]),
        ("<html><table><tr><td>甲<td>乙", vec!["0:甲 1:乙"]),
        ("<html><tr><td>甲<td>乙", vec!["甲", "乙"]),
        (
            "<html><table><tr><td colspan=x>甲<td rowspan=99>乙<tr><td>丙</table>",
            vec!["0:甲 1[1x2]:乙", "0:丙"],
        ),
        (
            "<html>1 &lt; 2 &amp; 3 &#8212; &yen;",
            vec!["1 < 2 & 3 — ¥"],
        ),
    ] {
        assert_eq!(outline(&page(html)), expected, "{html}");
    }
}

#[test]
fn what_is_not_shown_is_counted() {
    let document = page(
        "<html><p>甲<script>if (a < b) '</p>'</script>乙<span style='display: none'>秘<span>密</span></span>丙",
    );
    assert_eq!(outline(&document), ["甲乙丙"]);
    assert_eq!(problems(&document), ["hidden-text"]);
    assert!(
        document.problems[0].message.contains(" 2 "),
        "{:?}",
        document.problems
    );
    let swallowed = page("<html><p>甲<select><option>乙<p>丙");
    assert_eq!(problems(&swallowed), ["unclosed-tag"]);
    let pictures = page("<html><p>见图<img src=1.png>");
    assert_eq!(problems(&pictures), ["picture-not-read"]);
    let positioned =
        page("<html><div style='position:absolute;top:1pt;left:2pt'>甲</div><div>乙</div>");
    assert_eq!(
        (outline(&positioned), problems(&positioned)),
        (vec!["甲".into(), "乙".into()], vec!["positioned-layout"])
    );
}

#[test]
fn encodings_are_proven_before_they_are_believed() {
    let html = "<html><head><meta charset=gb2312></head><body><p>单位预算公开说明，由财政局组织。</p></body></html>";
    let gb = read(&GB18030.encode(html).0, "a").expect("readable");
    assert_eq!(
        (outline(&gb).join(""), gb.encoding),
        ("单位预算公开说明，由财政局组织。".into(), Some("gb18030"))
    );
    // The page lies about itself: the bytes are UTF-8.
    assert_eq!(outline(&page(html)), ["单位预算公开说明，由财政局组织。"]);
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(html.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&utf16, "a").expect("readable").blocks, gb.blocks);
    assert_eq!(
        read(b"<html><body><script>1</script></body></html>", "a")
            .expect_err("empty")
            .kind,
        ReadErrorKind::Empty
    );
}

#[test]
fn deep_and_wide_tables_are_bounded() {
    let deep = page(&format!("<html>{}底", "<table><tr><td>".repeat(20_000)));
    assert!(
        outline(&deep)
            .last()
            .is_some_and(|line| line.ends_with("底"))
    );
    let wide = page(&format!(
        "<html><table>{}</table>",
        "<tr><td colspan=1000>甲<td colspan=1000>乙".repeat(2_000)
    ));
    let Content::Table(table) = &wide.blocks[0].content else {
        panic!("a table")
    };
    assert!(table.n_columns <= 512 && table.rows.len() == 2_000);
}

/// Pages drawn by positions, of lines of text and where their tops stand.
fn drawn(pages: &[&[(f32, &str)]]) -> Document {
    let pages = pages.iter().map(|lines| {
        let lines = lines.iter().map(|(top, text)| {
            format!(
                "<span style='position:absolute;left:80pt;top:{top}pt;font-size:12pt'>{text}</span>"
            )
        });
        let lines: String = lines.collect();
        format!("<div style='position:relative;width:595pt;height:842pt'>{lines}</div>")
    });
    page(&format!("<html>{}", pages.collect::<String>()))
}

#[test]
fn white_space_parts_paragraphs_that_are_not_indented() {
    let full = "一".repeat(36);
    let heading = format!("七、{}", "题".repeat(34));
    let last = format!("八、{}", "题".repeat(26));
    let first: &[(f32, &str)] = &[
        (100.0, &full),
        (117.0, "说完。"),
        (149.0, &heading),
        (181.0, &full),
        (198.0, &full),
        (215.0, "说完。"),
        (700.0, &last),
    ];
    let second: &[(f32, &str)] = &[(100.0, &full), (117.0, &full), (134.0, "说完。")];
    let expected = vec![
        format!("{full}说完。"),
        heading.clone(),
        format!("{full}{full}说完。"),
        last.clone(),
        format!("{full}{full}说完。"),
    ];
    // Fewer pieces would be a page with a few words placed.
    let document = drawn(&[first, second].repeat(5));
    assert_eq!(outline(&document), vec![expected; 5].concat());
}

#[test]
fn titles_of_a_page_without_long_lines_stay_apart() {
    let page: &[(f32, &str)] = &[
        (100.0, "预算１表收支总表"),
        (118.0, "金额单位：万元"),
        (300.0, "预算２表收入总表"),
        (318.0, "金额单位：万元"),
    ];
    let expected: Vec<String> = page.iter().map(|(_, text)| (*text).to_owned()).collect();
    assert_eq!(outline(&drawn(&[page; 10])), vec![expected; 10].concat());
}
