//! What an office program makes of written files: it computes the totals that are stored, and prints the page numbers that
//! the contents promise.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
    process::Command,
};

use mz_document::{
    Block, Builder, Column, ColumnKind, Content, Document, FlowCell, Format, Metadata, Place, Role,
    Sum, Table, TablePart, Term, WRITERS, WriteOptions, read,
    workbook::{Address, SheetCell, read_workbook},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn term(row: usize, column: usize) -> Term {
    Term {
        row,
        column,
        is_negative: false,
    }
}

/// Two parts and a total in each direction, a difference, a total that only holds before rounding, a formula in disguise.
fn workbook() -> Vec<u8> {
    let rows = [
        ["项目", "合计", "基本支出", "项目支出", "增减"],
        ["总计", "1,234.60", "1,200.10", "34.50", "1,165.60"],
        ["教育支出", "1,000.35", "1,000.10", "0.25", "999.85"],
        ["卫生支出", "234.25", "200.00", "34.25", ""],
        ["舍入之差", "100.01", "50.00", "50.00", "0.00"],
        ["=1+1", "+cmd", "-5.00", "@x", "-"],
    ];
    let rows = rows.map(|row| row.map(FlowCell::new).to_vec()).to_vec();
    let mut table = Table::flow(rows);
    table.n_header_rows = 1;
    table.columns = [ColumnKind::Label]
        .into_iter()
        .chain([ColumnKind::Number; 4])
        .map(Column::from)
        .collect();
    let sum = |row, column, terms| Sum { row, column, terms };
    let minus = |row, column| Term {
        is_negative: true,
        ..term(row, column)
    };
    table.sums = vec![
        sum(1, 1, vec![term(2, 1), term(3, 1)]),
        sum(1, 2, vec![term(2, 2), term(3, 2)]),
        sum(1, 3, vec![term(2, 3), term(3, 3)]),
        sum(1, 4, vec![term(1, 2), minus(1, 3)]),
        sum(2, 1, vec![term(2, 2), term(2, 3)]),
        sum(2, 4, vec![term(2, 2), minus(2, 3)]),
        sum(3, 1, vec![term(3, 2), term(3, 3)]),
        sum(4, 1, vec![term(4, 2), term(4, 3)]),
        sum(4, 4, vec![term(4, 4)]),
        sum(5, 1, vec![term(9, 9)]),
    ];
    let block = Block::new(Content::Table(table), Place::default());
    let document = Document::new(Format::Composed, vec![block]);
    let writer = WRITERS
        .iter()
        .find(|writer| writer.extension == "xlsx")
        .expect("a writer");
    (writer.write)(&document, &WriteOptions::default()).expect("writable")
}

fn cells(bytes: &[u8]) -> BTreeMap<Address, SheetCell> {
    read_workbook(bytes)
        .expect("readable")
        .sheets
        .remove(0)
        .cells
}

#[test]
fn totals_are_formulas_where_they_hold_and_text_never_is() {
    let cells = cells(&workbook());
    let formulas: Vec<String> = cells
        .iter()
        .filter(|(_, cell)| cell.is_formula)
        .map(|(at, cell)| format!("{at} {}", cell.text))
        .collect();
    assert_eq!(
        formulas,
        [
            "B2 1,234.60",
            "C2 1,200.10",
            "D2 34.50",
            "E2 1,165.60",
            "B3 1,000.35",
            "E3 999.85",
            "B4 234.25"
        ]
    );
    let last: Vec<&str> = cells
        .iter()
        .filter(|(at, _)| at.row == 5)
        .map(|(_, cell)| cell.text.as_str())
        .collect();
    assert_eq!(last, ["'=1+1", "'+cmd", "-5.00", "'@x", "-"]);
    let number = |row, column| cells[&Address { row, column }].number.clone();
    assert_eq!(number(5, 2).as_deref(), Some("-5"));
    assert_eq!(number(4, 1).as_deref(), Some("100.01"));
}

/// The workbook with the stored results of its formulas taken out.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        if name.starts_with("xl/worksheets/") {
            while let Some(at) = text.find("</f><v>") {
                let end = at + text[at..].find("</v>").expect("the end of a value") + "</v>".len();
                text.replace_range(at..end, "</f>");
            }
        }
        out.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a zip").into_inner()
}

/// Needs LibreOffice; says so where it is missing.
#[test]
fn stored_results_are_what_libreoffice_computes() {
    let bytes = workbook();
    let Some(computed) = converted("formulas", "xlsx", "xlsx", &without_results(&bytes)) else {
        return;
    };
    let (stored, computed) = (cells(&bytes), cells(&computed));
    let n_formulas = stored.values().filter(|cell| cell.is_formula).count();
    assert_eq!(n_formulas, 7);
    for (at, cell) in stored.iter().filter(|(_, cell)| cell.is_formula) {
        assert!(computed[at].is_formula, "{at}");
        assert_eq!(computed[at].number, cell.number, "{at}");
    }
}

/// A file as LibreOffice converts it; `None`, and a word about it, where there is none.
fn converted(name: &str, from: &str, to: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("mingzhang-{name}-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("out")).expect("a folder");
    let file = folder.join(format!("a.{from}"));
    std::fs::write(&file, bytes).expect("written");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"))
        .arg(file)
        .output();
    let result = std::fs::read(folder.join(format!("out/a.{to}")));
    std::fs::remove_dir_all(&folder).expect("removed");
    if output.is_err() {
        println!("LibreOffice is not here: {name} were not checked with it");
        return None;
    }
    Some(result.expect("converted"))
}

/// A cover, contents, text of several pages, tables in both orientations.
fn long_document() -> Document {
    let mut builder = Builder::new(Metadata::default());
    builder.cover("预算公开", "某单位", "");
    builder.contents("目录", 2);
    for part in ["第一部分 概况", "第二部分 报表", "第三部分 说明"] {
        builder.page_break();
        builder.heading(1, part);
        for n in 1..=3 {
            builder.heading(2, format!("{part}之{n}"));
            for _ in 0..12 {
                builder.paragraph("收入和支出都按全口径预算的要求纳入单位预算管理。".repeat(3));
            }
            let row = vec![FlowCell::new("一般公共服务支出"), FlowCell::new("1.00")];
            builder.table(TablePart {
                title: format!("{part}表{n}"),
                level: 2,
                table: Table {
                    n_header_rows: 1,
                    ..Table::flow(vec![row; 60 * (n - 1) + 5])
                },
                is_landscape: Some(n == 2),
                starts_page: true,
                ..TablePart::default()
            });
        }
    }
    builder.finish()
}

/// Needs LibreOffice; says so where it is missing. The contents are written without numbers: the fields must find them.
#[test]
fn contents_name_the_pages_that_are_printed() {
    let document = long_document();
    let writer = WRITERS
        .iter()
        .find(|writer| writer.extension == "docx")
        .expect("a writer");
    let bytes = (writer.write)(&document, &WriteOptions::default()).expect("writable");
    let Some(pdf) = converted("contents", "docx", "pdf", &bytes) else {
        return;
    };
    let pdf = read(&pdf, "a.pdf").expect("readable");
    let is_entry = |block: &&Block| matches!(block.layout.role, Role::ContentsEntry { .. });
    let entries: Vec<&str> = document
        .blocks
        .iter()
        .filter(is_entry)
        .filter_map(Block::text)
        .collect();
    assert_eq!(entries.len(), 3 + 9 + 9);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let texts: Vec<(u32, String)> = pdf
        .blocks
        .iter()
        .filter_map(|block| Some((block.place.page?, squeezed(block.text()?))))
        .collect();
    // Pages of the body are counted from 1; cover and contents come before.
    let first = squeezed("第一部分 概况");
    let before = texts
        .iter()
        .rfind(|(_, text)| *text == first)
        .expect("the first part")
        .0
        - 1;
    for entry in entries {
        let name = squeezed(entry);
        let printed = texts
            .iter()
            .rfind(|(_, text)| *text == name)
            .expect("a heading")
            .0
            - before;
        // Lines of the contents may have been joined in reading.
        let promised = texts.iter().find_map(|(_, text)| {
            let (_, rest) = text.split_once(&format!("{name}."))?;
            let number = rest.trim_start_matches('.');
            let end = number
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(number.len());
            number[..end].parse::<u32>().ok()
        });
        assert_eq!(promised, Some(printed), "{entry}: {texts:?}");
    }
}
