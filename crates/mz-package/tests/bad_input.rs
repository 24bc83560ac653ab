//! A workbook filled in wrongly: every mistake is named with sheet and cell, and nothing disappears without a word.

use mz_budget::{
    dimension::Dimension,
    library::Library,
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{Line, Package, Project},
};
use mz_document::workbook::{Address, CellKind, Merge, Sheet, SheetCell, Workbook, read_workbook};
use mz_package::{FormProblem, Opened, check, roll, workbook};

fn package() -> Package {
    let mut package = roll::empty("xinjiang-unit-2024", Library::embedded()).expect("the profile");
    package.unit = "某市某办公室".to_owned().into();
    package.projects.push(Project::new("p1", "会议保障经费"));
    let at = [
        (Dimension::Fund, "general-public"),
        (Dimension::Function, "2010301"),
        (Dimension::Project, "p1"),
    ];
    let at = at.map(|(dimension, key)| (dimension, key.to_owned()));
    let amount = PrintedMoney {
        number: Decimal {
            digits: 1_250,
            decimals: 2,
        },
        unit: MoneyUnit::WanYuan,
    };
    package.listings[0].lines.push(Line::new(at.into(), amount));
    package
}

fn filled() -> Workbook {
    let bytes = workbook::write(&package(), Library::embedded()).expect("written");
    read_workbook(&bytes).expect("a workbook")
}

fn opened(book: &Workbook) -> Opened {
    workbook::read(book, Library::embedded()).expect("a package")
}

fn sheet<'b>(book: &'b mut Workbook, name: &str) -> &'b mut Sheet {
    book.sheets
        .iter_mut()
        .find(|sheet| &*sheet.name == name)
        .expect("the sheet")
}

fn put(book: &mut Workbook, name: &str, (row, column): (u32, u32), text: &str, kind: CellKind) {
    let cell = SheetCell {
        text: text.to_owned(),
        kind,
        number: None,
        is_formula: kind != CellKind::Text,
    };
    sheet(book, name)
        .cells
        .insert(Address { row, column }, cell);
}

/// The problem of a name, with its place.
fn named<'p>(problems: &'p [FormProblem], name: &str) -> (&'p str, String) {
    let found = problems.iter().find(|problem| problem.name == name);
    let found = found.unwrap_or_else(|| panic!("{name} not among {problems:#?}"));
    (found.message.as_str(), found.place.to_string())
}

/// Columns of the data sheets: the function is C, the amount H.
const FUNCTION: (u32, u32) = (2, 2);
const AMOUNT: (u32, u32) = (2, 7);

#[test]
fn a_filled_workbook_has_no_problem() {
    let opened = opened(&filled());
    assert_eq!(opened.problems, []);
    assert_eq!(opened.package, package());
    assert_eq!(check::check(&opened.package, Library::embedded()), []);
}

#[test]
fn wrong_codes_are_named_with_the_nearest() {
    let mut book = filled();
    put(&mut book, "本年预算", FUNCTION, "2010377", CellKind::Text);
    let opened = opened(&book);
    let problems = check::check(&opened.package, Library::embedded());
    let (message, place) = named(&problems, "code-unknown");
    assert!(
        message.contains("2010377") && message.contains("2010301 行政运行"),
        "{message}"
    );
    assert_eq!(place, "本年预算 › H3");
    put(
        &mut book,
        "本年预算",
        FUNCTION,
        "2010301 住房公积金",
        CellKind::Text,
    );
    let (message, place) = {
        let opened = self::opened(&book);
        let (message, place) = named(&opened.problems, "code-and-name-differ");
        (message.to_owned(), place)
    };
    assert!(
        message.contains("行政运行") && message.contains("住房公积金"),
        "{message}"
    );
    assert_eq!(place, "本年预算 › C3");
}

#[test]
fn text_in_a_number_cell_is_quoted() {
    let mut book = filled();
    put(&mut book, "本年预算", AMOUNT, "约12万", CellKind::Text);
    let (message, place) = {
        let opened = opened(&book);
        assert!(opened.package.listings[0].lines.is_empty());
        let (message, place) = named(&opened.problems, "text-in-number-cell");
        (message.to_owned(), place)
    };
    assert!(message.contains("约12万"), "{message}");
    assert_eq!(place, "本年预算 › H3");
}

#[test]
fn failed_formulas_negative_amounts_and_duplicates_are_named() {
    let mut book = filled();
    put(&mut book, "本年预算", AMOUNT, "#REF!", CellKind::Error);
    assert_eq!(
        named(&opened(&book).problems, "formula-error").1,
        "本年预算 › H3"
    );
    put(&mut book, "本年预算", AMOUNT, "-3.00", CellKind::Text);
    let negative = check::check(&opened(&book).package, Library::embedded());
    assert_eq!(named(&negative, "negative").1, "本年预算 › H3");
    put(&mut book, "项目", (3, 0), "p2", CellKind::Text);
    put(&mut book, "项目", (3, 1), "会议保障经费", CellKind::Text);
    let twice = check::check(&opened(&book).package, Library::embedded());
    let (message, place) = named(&twice, "duplicate");
    assert!(
        message.contains("会议保障经费") && message.contains("项目 › B3"),
        "{message}"
    );
    assert_eq!(place, "项目 › B4");
}

#[test]
fn merged_cells_hidden_sheets_and_strange_columns_and_sheets_are_named() {
    let mut book = filled();
    let at = |row, column| Address { row, column };
    sheet(&mut book, "本年预算").merges.push(Merge {
        first: at(2, 7),
        last: at(3, 7),
    });
    put(&mut book, "本年预算", (2, 20), "旁注", CellKind::Text);
    sheet(&mut book, "项目").is_hidden = true;
    let mut stranger = book.sheets[1].clone();
    stranger.name = "另外的表".into();
    book.sheets.push(stranger);
    let opened = opened(&book);
    assert_eq!(named(&opened.problems, "merged-cells").1, "本年预算 › H3");
    let (message, place) = named(&opened.problems, "extra-column");
    assert!(message.contains("旁注"), "{message}");
    assert_eq!(place, "本年预算 › U3");
    assert_eq!(named(&opened.problems, "hidden-sheet").1, "项目");
    assert!(
        named(&opened.problems, "sheet-unknown")
            .0
            .contains("另外的表")
    );
}

#[test]
fn a_header_moved_elsewhere_is_still_found_and_a_lost_one_is_said() {
    let mut book = filled();
    // Somebody inserts two lines and a column before the table.
    let data = sheet(&mut book, "本年预算");
    let moved = data.cells.iter().map(|(at, cell)| {
        (
            Address {
                row: at.row + 2,
                column: at.column + 1,
            },
            cell.clone(),
        )
    });
    data.cells = moved.collect();
    assert_eq!(opened(&book).package.listings, package().listings);
    sheet(&mut book, "本年预算")
        .cells
        .retain(|at, _| at.row != 3);
    let (message, _) = {
        let opened = opened(&book);
        let (message, place) = named(&opened.problems, "header-not-found");
        (message.to_owned(), place)
    };
    assert!(message.contains("整张表未读"), "{message}");
}

#[test]
fn a_workbook_that_is_no_package_names_every_sheet() {
    let mut book = filled();
    book.sheets.retain(|sheet| &*sheet.name != "基本信息");
    let problems = workbook::read(&book, Library::embedded()).expect_err("no package");
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("本年预算")),
        "{problems:#?}"
    );
}

#[test]
fn what_a_spreadsheet_would_run_is_text_in_every_form() {
    let mut package = package();
    for text in [
        "=HYPERLINK(\"http://x\")",
        "+1+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
    ] {
        package.duties.push(text.to_owned().into());
        package.projects[0]
            .fields
            .insert(format!("k{}", package.duties.len()), text.to_owned().into());
        package.listings[0].lines[0].note.push_str(text);
    }
    package.listings[0].lines[0].note.insert(0, '=');
    let library = Library::embedded();
    for (name, bytes) in mz_package::folder::write(&package, library).expect("written") {
        if !name.ends_with(".csv") {
            continue;
        }
        let bytes = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .expect("the mark of UTF-8");
        for record in csv::Reader::from_reader(bytes).records() {
            for cell in &record.expect("a record") {
                let is_run = cell.starts_with(['=', '+', '@', '\t', '\r']);
                assert!(!is_run, "{name}: {cell}");
            }
        }
    }
    let book =
        read_workbook(&workbook::write(&package, library).expect("written")).expect("a workbook");
    for (at, cell) in book.sheets.iter().flat_map(|sheet| &sheet.cells) {
        assert!(
            !cell.is_formula && (cell.text == "=" || !cell.text.starts_with(['=', '+', '@', '\t'])),
            "{at} {}",
            cell.text
        );
    }
    assert_eq!(opened(&book).package, package);
}
