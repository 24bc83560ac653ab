//! Files made of a document and of what was read from it: JSON, open data, totals, charts.

mod support;

use std::{fs, process::Command};

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_compose::publish::Publication;
use mz_document::{Content, Document, read, workbook::read_workbook};
use support::{folder::root, schema};

const EXAMPLE: &str = "examples/tianshan-coordination-office-2024/disclosure-clean.txt";

fn example() -> (Document, Disclosure) {
    let bytes = fs::read(root().join(EXAMPLE)).expect("the example");
    let document = read(&bytes, EXAMPLE).expect("readable");
    let disclosure = mz_recognise::recognise(&document, Library::embedded(), None).expect("known");
    (document, disclosure)
}

#[test]
fn totals_follow_from_what_cells_mean() {
    let (document, disclosure) = example();
    let publication = Publication::new(document, &disclosure);
    let mut n_sums = 0;
    for table in &disclosure.tables {
        let Content::Table(grid) = &publication.document.blocks[table.blocks[0]].content else {
            panic!("a table")
        };
        let has_itself = |sum: &mz_document::Sum| {
            let is_own =
                |term: &mz_document::Term| (term.row, term.column) == (sum.row, sum.column);
            sum.terms.iter().any(is_own)
        };
        assert!(!grid.sums.iter().any(has_itself), "{}", table.id);
        assert_eq!(grid.sums.is_empty(), table.is_nil, "{}", table.id);
        n_sums += grid.sums.len();
        if table.id == "expenditure" {
            let total = &grid.sums[0];
            let names: Vec<&str> = total
                .terms
                .iter()
                .map(|term| grid.rows[term.row].text(3))
                .collect();
            assert_eq!(
                names,
                [
                    "一般公共服务支出",
                    "社会保障和就业支出",
                    "卫生健康支出",
                    "住房保障支出"
                ]
            );
        }
    }
    let bytes = publication.write("xlsx").expect("known").expect("written");
    let workbook = read_workbook(&bytes).expect("readable");
    let cells = workbook
        .sheets
        .iter()
        .flat_map(|sheet| sheet.cells.values());
    // Every total of the example holds as printed, so every one is a formula.
    assert_eq!(cells.filter(|cell| cell.is_formula).count(), n_sums);
}

#[test]
fn json_reads_back_as_the_document() {
    let (document, disclosure) = example();
    let publication = Publication::new(document, &disclosure);
    let bytes = publication.write("json").expect("known").expect("written");
    let path = root().join("docs/schema/mingzhang.disclosure-1.schema.json");
    let wanted = serde_json::from_slice(&fs::read(path).expect("the schema")).expect("JSON");
    let faults = schema::faults(&wanted, &serde_json::from_slice(&bytes).expect("JSON"));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let back = read(&bytes, "x.json").expect("readable");
    let texts = |document: &Document| -> Vec<Content> {
        document
            .blocks
            .iter()
            .map(|block| block.content.clone())
            .collect()
    };
    assert_eq!(back.blocks.len(), publication.document.blocks.len());
    for (i, (a, b)) in texts(&back)
        .iter()
        .zip(texts(&publication.document))
        .enumerate()
    {
        match (a, &b) {
            (Content::Table(a), Content::Table(b)) => assert_eq!(a.sums, b.sums, "{i}"),
            _ => assert_eq!(a, &b, "{i}"),
        }
    }
    let again = mz_recognise::recognise(&back, Library::embedded(), None).expect("known");
    assert_eq!(again.claims.len(), disclosure.claims.len());
    assert_eq!(again.observations.len(), disclosure.observations.len());
}

/// Needs the validator (`pip install frictionless`); says so where it is missing.
#[test]
fn the_data_package_is_valid() {
    let (document, disclosure) = example();
    let publication = Publication::new(document, &disclosure);
    let files = publication.data_package().expect("written");
    let folder = std::env::temp_dir().join(format!("mingzhang-data-{}", std::process::id()));
    for file in &files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, &file.bytes).expect("written");
    }
    let result = Command::new("frictionless")
        .args(["validate", "datapackage.json", "--json"])
        .current_dir(&folder)
        .output();
    fs::remove_dir_all(&folder).expect("removed");
    match result {
        Ok(output) => assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(_) => println!("frictionless is not here: the data package was not validated"),
    }
}
