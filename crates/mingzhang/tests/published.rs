//! The example of a published budget: its facts contradict each other where the published document does, its tables are
//! the published ones cell by cell, and once the choices are made it builds clean.

use std::{collections::BTreeMap, fs, path::Path};

use mz_budget::{
    dimension::Dimension,
    disclosure::{Disclosure, Reading},
    library::Library,
    money::PrintedMoney,
    package::{Package, PublicPackage, Withheld},
};
use mz_compose::disclosure::{Composed, Rounding, compose};
use mz_document::Content;
use mz_package::folder;

const EXAMPLE: &str = "../../examples/urumqi-gov-office-2024";
const PUBLISHED: &str = "../../../shared/samples/xinjiang/urumqi-gov-office-2024.txt";

fn package(variant: &str) -> Package {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(EXAMPLE)
        .join(variant);
    let mut files = folder::Files::new();
    for (inside, folder) in [("", root.clone()), ("listings/", root.join("listings"))] {
        for entry in fs::read_dir(folder)
            .expect("the example is there")
            .flatten()
        {
            if entry.path().is_file() {
                let name = format!("{inside}{}", entry.file_name().to_string_lossy());
                files.insert(name, fs::read(entry.path()).expect("it is readable"));
            }
        }
    }
    let opened = folder::read(&files, Library::embedded()).expect("it is a package");
    assert_eq!(opened.problems, []);
    opened.package
}

fn composed(package: &Package) -> Composed {
    let public = PublicPackage::of(package).expect("nothing leaks");
    compose(&public, Library::embedded(), Rounding::Plain).expect("the profile can be written")
}

fn amounts(composed: &Composed) -> Vec<(i64, i64)> {
    let pair = |a: i64, b: i64| (a.min(b) / 10_000, a.max(b) / 10_000);
    let mut pairs: Vec<(i64, i64)> = composed
        .contradictions
        .iter()
        .map(|c| pair(c.one.amount.0, c.other.amount.0))
        .collect();
    pairs.sort_unstable();
    pairs
}

#[test]
fn facts_as_published_contradict_each_other_where_the_document_does() {
    let composed = composed(&package("published"));
    assert_eq!(composed.missing, []);
    assert_eq!(amounts(&composed), [(1_300, 1_320), (17_490, 19_009)]);
}

#[test]
fn once_chosen_the_facts_build_clean() {
    let composed = composed(&package("resolved"));
    assert_eq!(
        (composed.missing, composed.contradictions),
        (vec![], vec![])
    );
    assert!(composed.document.is_some());
}

#[test]
fn what_a_project_is_spent_on_can_be_kept_from_every_table() {
    let mut package = package("resolved");
    let secret = package.projects.iter_mut().find(|p| p.key == "secret-1");
    let secrecy = secret
        .and_then(|p| p.secrecy.as_mut())
        .expect("it is secret");
    secrecy.withheld.insert(Withheld::Allocation);
    let composed = composed(&package);
    assert_eq!(
        (composed.missing, composed.contradictions),
        (vec![], vec![])
    );
    let document = composed.document.expect("a document");
    let written: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.content {
            Content::Table(table) => Some(table),
            _ => None,
        })
        .flat_map(|table| &table.rows)
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| cell.text.as_str())
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    let row = written.iter().find(|row| row.contains("特定目标 0310034F"));
    assert!(
        row.is_some_and(|row| row.contains("|17.00|不予公开|不予公开|")),
        "{row:?}"
    );
    // The totals by class stay: what follows from them is for the proof of withholding to say.
    assert!(
        written
            .iter()
            .any(|row| row.contains("总计||915.39|50.85|864.54|"))
    );
}

/// Cells of the statutory tables: table, what the figure is about, figure or blank; how often each occurs. Projects are
/// left out of what it is about, because the published document names one project in several ways.
fn cells(disclosure: &Disclosure) -> BTreeMap<String, usize> {
    let mut cells = BTreeMap::new();
    for cell in &disclosure.observations {
        let mz_budget::disclosure::Origin::Cell { table, .. } = cell.origin else {
            continue;
        };
        let at = Dimension::ALL
            .iter()
            .filter(|d| **d != Dimension::Project)
            .map(|d| {
                disclosure
                    .dimensions
                    .tree(*d)
                    .node(cell.slice.node(*d))
                    .key
                    .as_str()
            });
        let at = at.collect::<Vec<_>>().join("/");
        let figure = match &cell.reading {
            Reading::Value(PrintedMoney { number, .. }) => number.to_string(),
            Reading::Blank => "blank".to_owned(),
            Reading::Absent => continue,
            Reading::Unread(text) => format!("unread {text}"),
        };
        let id = disclosure.tables.get(table).map_or("", |table| &table.id);
        *cells.entry(format!("{id} {at} {figure}")).or_insert(0) += 1;
    }
    cells
}

#[test]
fn its_tables_are_the_published_ones_cell_by_cell() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PUBLISHED);
    let Ok(bytes) = fs::read(&path) else {
        println!("the published document is not at hand: not compared");
        return;
    };
    let library = Library::embedded();
    let document = mz_document::read(&bytes, "published.txt").expect("it is read");
    let published =
        mz_recognise::recognise(&document, library, None).expect("the profile is chosen");
    let built = composed(&package("resolved")).document.expect("a document");
    let built = mz_recognise::recognise(&built, library, None).expect("the profile is chosen");
    let (published, built) = (cells(&published), cells(&built));
    let only = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| -> Vec<String> {
        let missing = a.iter().filter(|(cell, n)| b.get(*cell) != Some(n));
        missing.map(|(cell, n)| format!("{cell} ×{n}")).collect()
    };
    assert_eq!(only(&published, &built), [""; 0], "published, not built");
    assert_eq!(only(&built, &published), [""; 0], "built, not published");
    let n: usize = published.values().sum();
    println!("{n} cells of 11 tables equal");
    assert!(n > 600, "{n} cells");
}
