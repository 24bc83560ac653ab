//! Totals of written workbooks are formulas whose stored results are what a spreadsheet program computes.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
    path::Path,
    process::Command,
};

use mz_document::{
    Block, Column, ColumnKind, Content, Document, Format, Place, Sum, Table, Term, WRITERS,
    WriteOptions,
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
    let rows = rows
        .map(|row| row.map(mz_document::FlowCell::new).to_vec())
        .to_vec();
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
    assert_eq!(last, ["=1+1", "+cmd", "-5.00", "@x", "-"]);
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
    let folder = std::env::temp_dir().join(format!("mingzhang-formulas-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("out")).expect("a folder");
    let bytes = workbook();
    std::fs::write(folder.join("a.xlsx"), without_results(&bytes)).expect("written");
    let converted = convert(&folder);
    let computed = std::fs::read(folder.join("out/a.xlsx"));
    std::fs::remove_dir_all(&folder).expect("removed");
    let Some(true) = converted else {
        println!("LibreOffice is not here: results of formulas were not recomputed");
        return;
    };
    let (stored, computed) = (cells(&bytes), cells(&computed.expect("converted")));
    let n_formulas = stored.values().filter(|cell| cell.is_formula).count();
    assert_eq!(n_formulas, 7);
    for (at, cell) in stored.iter().filter(|(_, cell)| cell.is_formula) {
        assert!(computed[at].is_formula, "{at}");
        assert_eq!(computed[at].number, cell.number, "{at}");
    }
}

fn convert(folder: &Path) -> Option<bool> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join("a.xlsx"))
        .output();
    Some(output.ok()?.status.success())
}
