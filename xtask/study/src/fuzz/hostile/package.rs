//! Hostile Word files and workbooks.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::Hostile;

/// All of them.
pub const ALL: &[Hostile] = &[
    Hostile {
        name: "grid-span.docx",
        make: |_| {
            docx(&table(
                "<w:tcPr><w:gridSpan w:val=\"1000000000\"/><w:vMerge/></w:tcPr>",
                1,
                3,
            ))
        },
    },
    Hostile {
        name: "many-grid-spans.docx",
        make: |scale| {
            docx(&table(
                "<w:tcPr><w:gridSpan w:val=\"500\"/></w:tcPr>",
                20_000 / scale,
                3,
            ))
        },
    },
    Hostile {
        name: "grid-columns.docx",
        make: |scale| {
            docx(&format!(
                "<w:tbl><w:tblGrid>{}</w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "<w:gridCol w:w=\"1\"/>".repeat(1_000_000 / scale)
            ))
        },
    },
    Hostile {
        name: "wide-rows.docx",
        make: |scale| docx(&table("", 100, 20_000 / scale)),
    },
    Hostile {
        name: "tables-in-tables.docx",
        make: |scale| nested_tables(50_000 / scale),
    },
    Hostile {
        name: "deep-elements.docx",
        make: |scale| {
            docx(&deep(
                "w:smartTag",
                400_000 / scale,
                "<w:p><w:r><w:t>1</w:t></w:r></w:p>",
            ))
        },
    },
    Hostile {
        name: "million-paragraphs.docx",
        make: |scale| {
            docx(&"<w:p><w:r><w:t>预算 12.50 万元</w:t></w:r></w:p>".repeat(900_000 / scale))
        },
    },
    Hostile {
        name: "long-paragraph.docx",
        make: |scale| {
            docx(&format!(
                "<w:p>{}</w:p>",
                "<w:r><w:t>预算12.50万元，</w:t></w:r>".repeat(900_000 / scale)
            ))
        },
    },
    Hostile {
        name: "laughs.docx",
        make: |_| zipped(&[("word/document.xml", laughs().into_bytes())]),
    },
    Hostile {
        name: "bomb.docx",
        make: |scale| docx(&" ".repeat((300 << 20) / scale)),
    },
    Hostile {
        name: "bomb-within-limits.docx",
        make: |scale| docx(&"<w:p/>".repeat((60 << 20) / 6 / scale)),
    },
    Hostile {
        name: "package-in-package.docx",
        make: |scale| nested_zip(40 / scale.min(20)),
    },
    Hostile {
        name: "many-parts.docx",
        make: |scale| many_parts(60_000 / scale),
    },
    Hostile {
        name: "numbering.docx",
        make: |_| numbering(),
    },
    Hostile {
        name: "styles-of-each-other.docx",
        make: |_| {
            zipped(&[("word/document.xml", document("<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>预算</w:t></w:r></w:p>").into_bytes()), ("word/styles.xml", format!("<w:styles {W}><w:style w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style><w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style></w:styles>").into_bytes())])
        },
    },
    Hostile {
        name: "last-cell.xlsx",
        make: |_| {
            xlsx(
                "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
                "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
            )
        },
    },
    Hostile {
        name: "cells-beyond.xlsx",
        make: |_| {
            xlsx(
                "<row r=\"4294967295\"><c r=\"ZZZZZZZZ99999999999999\"><v>1e308</v></c></row><row r=\"0\"><c r=\"\"/></row><row r=\"-1\"><c r=\"A0\"><v>9</v></c></row>",
                "",
            )
        },
    },
    Hostile {
        name: "wide-row.xlsx",
        make: |scale| {
            xlsx(
                &format!(
                    "<row r=\"1\">{}</row>",
                    "<c><v>1</v></c>".repeat(1_000_000 / scale)
                ),
                "",
            )
        },
    },
    Hostile {
        name: "full-sheet.xlsx",
        make: |scale| {
            xlsx(
                &format!("<row>{}</row>", "<c><v>1</v></c>".repeat(500)).repeat(5_000 / scale),
                "",
            )
        },
    },
    Hostile {
        name: "far-apart.xlsx",
        make: |scale| xlsx(&far_apart(2_000 / scale), ""),
    },
    Hostile {
        name: "many-merges.xlsx",
        make: |scale| {
            xlsx(
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
                &format!(
                    "<mergeCells>{}</mergeCells>",
                    "<mergeCell ref=\"A1:SR90000\"/>".repeat(300_000 / scale)
                ),
            )
        },
    },
    Hostile {
        name: "many-columns-hidden.xlsx",
        make: |scale| {
            xlsx(
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
                &"<cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols>"
                    .repeat(1_000 / scale.min(100)),
            )
        },
    },
    Hostile {
        name: "strings-beyond.xlsx",
        make: |_| {
            xlsx(
                "<row><c t=\"s\" s=\"99999999\"><v>4294967295</v></c><c t=\"s\"><v>-5</v></c><c s=\"-1\"><v>NaN</v></c><c><v>1e999999</v></c></row>",
                "",
            )
        },
    },
    Hostile {
        name: "number-formats.xlsx",
        make: |scale| formats(scale),
    },
    Hostile {
        name: "many-sheets.xlsx",
        make: |scale| sheets(20_000 / scale),
    },
    Hostile {
        name: "repeated.ods",
        make: |_| {
            ods(
                "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\" table:number-columns-spanned=\"4294967295\" table:number-rows-spanned=\"4294967295\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>",
            )
        },
    },
    Hostile {
        name: "repeated-often.ods",
        make: |scale| {
            ods(&format!("<table:table table:name=\"a\">{}</table:table>", "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell table:number-columns-repeated=\"500\"><text:p>1</text:p></table:table-cell></table:table-row>".repeat(2_000 / scale)))
        },
    },
];

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        if out.start_file(*name, SimpleFileOptions::default()).is_ok() {
            let _ = out.write_all(content);
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn document(body: &str) -> String {
    format!("<w:document {W}><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", document(body).into_bytes())])
}

fn table(properties: &str, n_rows: usize, n_cells: usize) -> String {
    let cell = format!("<w:tc>{properties}<w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>");
    let row = format!("<w:tr>{}</w:tr>", cell.repeat(n_cells));
    format!("<w:tbl>{}</w:tbl>", row.repeat(n_rows))
}

fn deep(name: &str, n: usize, middle: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    format!("{}{middle}{}", open.repeat(n), close.repeat(n))
}

fn nested_tables(n: usize) -> Vec<u8> {
    let body = format!(
        "{}<w:p/>{}",
        "<w:tbl><w:tr><w:tc>".repeat(n),
        "</w:tc></w:tr></w:tbl>".repeat(n)
    );
    docx(&body)
}

/// Entities of entities.
fn laughs() -> String {
    let mut out = String::from("<!DOCTYPE d [<!ENTITY a0 \"预算\">");
    for i in 1..30 {
        let before = format!("&a{};", i - 1).repeat(10);
        out.push_str(&format!("<!ENTITY a{i} \"{before}\">"));
    }
    out.push_str(&format!(
        "]>{}",
        document("<w:p><w:r><w:t>&a29;</w:t></w:r></w:p>")
    ));
    out
}

fn nested_zip(depth: usize) -> Vec<u8> {
    let mut inner = docx("<w:p><w:r><w:t>预算</w:t></w:r></w:p>");
    for _ in 0..depth {
        inner = zipped(&[("word/document.xml", inner.clone()), ("again.docx", inner)]);
        inner.truncate(4 << 20);
    }
    inner
}

fn many_parts(n: usize) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..n {
        let _ = out.start_file(format!("word/part{i}.xml"), SimpleFileOptions::default());
    }
    let _ = out.start_file("word/document.xml", SimpleFileOptions::default());
    let _ = out.write_all(document("<w:p/>").as_bytes());
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn numbering() -> Vec<u8> {
    let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"999999999\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>预算</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>预算</w:t></w:r></w:p>";
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1%2%9%1%1%1\"/></w:lvl>";
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    zipped(&[
        ("word/document.xml", document(&item.repeat(3)).into_bytes()),
        ("word/numbering.xml", numbering.into_bytes()),
    ])
}

const S: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn sheet(rows: &str, rest: &str) -> String {
    format!("<worksheet {S}><sheetData>{rows}</sheetData>{rest}</worksheet>")
}

/// A workbook of sheets of this content, all the same part.
fn workbook(n: usize, sheet: String, styles: &str) -> Vec<u8> {
    let list: String = (0..n)
        .map(|i| format!("<sheet name=\"表{i}\" sheetId=\"{}\" r:id=\"r1\"/>", i + 1))
        .collect();
    zipped(&[
        ("xl/workbook.xml", format!("<workbook {S}><sheets>{list}</sheets></workbook>").into_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_vec()),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
        ("xl/styles.xml", styles.as_bytes().to_vec()),
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_vec()),
    ])
}

fn xlsx(rows: &str, rest: &str) -> Vec<u8> {
    workbook(1, sheet(rows, rest), "<styleSheet/>")
}

fn far_apart(n: usize) -> String {
    let row = |i: usize| {
        let at = (i + 1) * 45;
        format!("<row r=\"{at}\"><c r=\"A{at}\"><v>1</v></c><c r=\"SQ{at}\"><v>1</v></c></row>")
    };
    (0..n).map(row).collect()
}

fn formats(scale: usize) -> Vec<u8> {
    let code = format!(
        "{}0.{}",
        "#,".repeat(100_000 / scale),
        "0".repeat(100_000 / scale)
    );
    let styles = format!(
        "<styleSheet {S}><numFmts><numFmt numFmtId=\"200\" formatCode=\"{code}\"/></numFmts><cellXfs><xf/><xf numFmtId=\"200\"/></cellXfs></styleSheet>"
    );
    let cells = "<c s=\"1\"><v>1.7976931348623157E308</v></c>".repeat(400);
    workbook(1, sheet(&format!("<row>{cells}</row>"), ""), &styles)
}

fn sheets(n: usize) -> Vec<u8> {
    let rows = "<row><c t=\"inlineStr\"><is><t>预算</t></is></c><c><v>1</v></c></row>".repeat(50);
    workbook(n, sheet(&rows, ""), "<styleSheet/>")
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet".to_vec(),
        ),
        ("content.xml", content.into_bytes()),
    ])
}
