//! Workbooks as budget units save them: merged headers, formats, formulas, hidden parts; and files that mean harm.

use std::io::Write as _;

use mz_document::{Content, Document, Format, ReadErrorKind, read, workbook::read_workbook};
use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

fn outline(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        let at = |place: &mz_document::Place| match (&place.sheet, place.cell) {
            (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
            (Some(sheet), None) => sheet.to_string(),
            _ => String::new(),
        };
        match &block.content {
            Content::Heading { text, .. } => lines.push(format!("# {text}")),
            Content::Paragraph(text) => lines.push(format!("{} {text}", at(&block.place))),
            Content::Table(table) => lines.extend(table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| {
                    let span = match (cell.column_span, cell.row_span) {
                        (1, 1) => String::new(),
                        (columns, rows) => format!("[{columns}x{rows}]"),
                    };
                    format!("{}{span}:{}", cell.column, cell.text)
                });
                format!(
                    "{} {}",
                    at(&row.place),
                    cells.collect::<Vec<_>>().join(" | ")
                )
            })),
        }
    }
    lines
}

fn sample() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let money = CellFormat::new().set_num_format("#,##0.00");
    let plain = CellFormat::new();
    let sheet = workbook.add_worksheet().set_name("支出表").unwrap();
    sheet
        .merge_range(0, 1, 0, 4, "单位支出情况表", &plain)
        .unwrap();
    sheet.write(1, 1, "编制单位：某中心").unwrap();
    sheet.write(1, 4, "单位：万元").unwrap();
    sheet.merge_range(2, 1, 3, 1, "项目", &plain).unwrap();
    sheet.merge_range(2, 2, 2, 4, "预算数", &plain).unwrap();
    for (column, label) in (2..).zip(["合计", "基本支出", "项目支出"]) {
        sheet.write(3, column, label).unwrap();
    }
    sheet.write(4, 1, "教育支出").unwrap();
    sheet
        .write_formula_with_format(4, 2, Formula::new("D5+E5").set_result("1234.5"), &money)
        .unwrap();
    sheet.write_with_format(4, 3, 1_200.0, &money).unwrap();
    sheet.write_with_format(4, 4, 34.5, &money).unwrap();
    sheet.write(5, 1, "卫生健康支出").unwrap();
    sheet
        .write_formula(5, 2, Formula::new("C5/0").set_result("#DIV/0!"))
        .unwrap();
    sheet.write(5, 3, "无").unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_column_hidden(4).unwrap();
    sheet.write(7, 1, "注：本表数字由系统生成。").unwrap();
    let hidden = workbook.add_worksheet().set_name("草稿").unwrap();
    hidden.write(0, 0, "秘密").unwrap();
    hidden.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn sheets_become_lines_and_tables_with_addresses() {
    let document = read(&sample(), "a.xlsx").expect("readable");
    assert_eq!(document.format, Format::Workbook);
    assert_eq!(
        outline(&document),
        [
            "# 支出表",
            "支出表!B1 单位支出情况表",
            "支出表!B2 0:编制单位：某中心 | 1: | 2: | 3:单位：万元",
            "支出表!B3 0[1x2]:项目 | 1[3x1]:预算数",
            "支出表!B4 1:合计 | 2:基本支出 | 3:项目支出",
            "支出表!B5 0:教育支出 | 1:1,234.50 | 2:1,200.00 | 3:34.50",
            "支出表!B6 0:卫生健康支出 | 1:#DIV/0! | 2:无 | 3:",
            "支出表!B8 注：本表数字由系统生成。",
        ]
    );
}

#[test]
fn what_is_hidden_or_failed_is_reported_with_its_cell() {
    let document = read(&sample(), "a.xlsx").expect("readable");
    let problems: Vec<(&str, Option<String>)> = document
        .problems
        .iter()
        .map(|p| (p.name, p.place.cell.map(|cell| cell.to_string())))
        .collect();
    assert_eq!(
        problems,
        [
            ("hidden-rows", Some("A6".to_owned())),
            ("hidden-columns", Some("E1".to_owned())),
            ("formula-error", Some("C6".to_owned())),
            ("hidden-sheet", None),
        ]
    );
    assert!(!outline(&document).join("").contains("秘密"));
}

/// A workbook made of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const MAIN: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="a"/></sheets></workbook>"#;
const RELATIONS: &str =
    r#"<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn one_sheet(sheet: &str) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", MAIN),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/vbaProject.bin", "x"),
    ])
}

#[test]
fn formulas_without_results_and_macros_are_named() {
    let bytes =
        one_sheet("<w><sheetData><row><c><v>1</v></c><c><f>SUM(A1)</f></c></row></sheetData></w>");
    let workbook = read_workbook(&bytes).expect("readable");
    let names: Vec<&str> = workbook.problems.iter().map(|p| p.name).collect();
    assert_eq!(names, ["macros", "formula-without-value"]);
    assert!(
        workbook.problems[1].message.contains("B1 =SUM(A1)"),
        "{:?}",
        workbook.problems
    );
}

#[test]
fn entities_are_refused_and_far_cells_cost_nothing() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w><sheetData>&b;</sheetData></w>"#;
    let workbook = read_workbook(&one_sheet(bomb)).expect("the other sheets are read");
    assert_eq!(workbook.problems[0].name, "sheet-damaged");
    assert!(
        workbook.problems[0].message.contains("实体"),
        "{:?}",
        workbook.problems
    );
    let far = one_sheet(
        r#"<w><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="4294967295"><c><v>1</v></c></row>
        <row r="1"><c r="A1"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></w>"#,
    );
    let document = read(&far, "a").expect("readable");
    assert!(document.problems.iter().any(|p| p.name == "cells-outside"));
    assert_eq!(outline(&document), ["# 甲", "甲!A1 2"]);
}

#[test]
fn a_part_that_swells_beyond_the_limit_is_refused() {
    let swollen = "<w>".to_owned() + &" ".repeat(80 << 20) + "</w>";
    let error = read(&one_sheet(&swollen), "bomb.xlsx").expect_err("too large");
    assert_eq!(error.kind, ReadErrorKind::Damaged);
    assert!(error.message_zh.contains("上限"), "{}", error.message_zh);
}

#[test]
fn damaged_workbooks_are_read_or_refused() {
    let sound = sample();
    for n in (0..sound.len()).step_by(101) {
        let _ = read(&sound[..n], "cut.xlsx");
        for value in [0, 0xff, sound[n] ^ 0x10] {
            let mut bytes = sound.clone();
            bytes[n] = value;
            let _ = read(&bytes, "flipped.xlsx");
        }
    }
    // The sheet itself damaged, inside a sound zip.
    let sheet = r#"<w><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="3" hidden="1"><c r="B3" t="s"><v>9</v></c><c r="C3" s="7"><v>1e308</v></c><c r="D3" t="inlineStr"><is><t>文</t></is></c></row></sheetData><mergeCells><mergeCell ref="B3:C9"/></mergeCells></w>"#;
    for (n, _) in sheet.char_indices() {
        let _ = read(&one_sheet(&sheet[..n]), "cut");
        for piece in ["9", "-", "\"", "<", "&", "\u{0}"] {
            let mut text = sheet.to_owned();
            text.insert_str(n, piece);
            let _ = read(&one_sheet(&text), "odd");
        }
    }
}

#[test]
fn legacy_and_open_formats_read_the_same() {
    if !std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join("soffice").is_file())
    {
        println!("LibreOffice is not installed: conversions not tested");
        return;
    }
    let folder = std::env::temp_dir().join(format!("mingzhang-forms-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let source = folder.join("a.xlsx");
    std::fs::write(&source, sample()).unwrap();
    let expected = outline(&read(&sample(), "a.xlsx").unwrap());
    for to in ["ods", "xls", "xlsb"] {
        let status = std::process::Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}/profile",
                folder.display()
            ))
            .args(["--headless", "--convert-to", to, "--outdir"])
            .arg(&folder)
            .arg(&source)
            .output()
            .unwrap();
        let Ok(bytes) = std::fs::read(folder.join("a").with_extension(to)) else {
            println!("LibreOffice does not write {to} here: {status:?}");
            continue;
        };
        let document = read(&bytes, "a").expect("readable");
        let got = outline(&document);
        assert_eq!(got, expected, "{to}");
        assert!(
            document.problems.iter().any(|p| p.name == "hidden-sheet"),
            "{to}"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_table_that_goes_on_in_the_next_sheet_keeps_its_blank_columns() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表1").unwrap();
    for (column, label) in (0..).zip(["科目编码", "科目名称", "合计", "上级补助", "其他收入"])
    {
        sheet.write(0, column, label).unwrap();
    }
    sheet.write(1, 1, "合计").unwrap();
    sheet.write(1, 2, 5.5).unwrap();
    let sheet = workbook.add_worksheet().set_name("表2").unwrap();
    sheet.write(0, 1, "外交支出").unwrap();
    sheet.write(1, 1, "教育支出").unwrap();
    sheet.write(1, 2, 5.5).unwrap();
    // Another table, with a header of its own, is as wide as it is.
    let sheet = workbook.add_worksheet().set_name("表3").unwrap();
    sheet.write(0, 1, "项目").unwrap();
    sheet.write(0, 2, "金额").unwrap();
    sheet.write(1, 1, "修缮").unwrap();
    sheet.write(1, 2, 1.5).unwrap();
    let document = read(&workbook.save_to_buffer().unwrap(), "表.xlsx").unwrap();
    let tables = document
        .blocks
        .iter()
        .filter_map(|block| match &block.content {
            Content::Table(table) => Some((table.n_columns, table.rows[0].text(1).to_owned())),
            _ => None,
        });
    assert_eq!(
        tables.collect::<Vec<_>>(),
        [
            (5, "科目名称".into()),
            (5, "外交支出".into()),
            (2, "金额".into())
        ]
    );
}
