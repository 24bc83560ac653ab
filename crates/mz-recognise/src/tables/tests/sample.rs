//! The real document of the shared samples.

use std::{env, fs, path::PathBuf};

use mz_budget::{disclosure::Kind, library::Library, money::Decimal};
use mz_document::{Content, Document};

use super::*;
use crate::recognise;

fn shared() -> Option<PathBuf> {
    let folder = env::var_os("MINGZHANG_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// Cells of the grids of the recognised tables that hold a figure with two decimals.
fn n_numeric_cells(document: &Document, disclosure: &Disclosure) -> usize {
    let blocks = disclosure.tables.iter().flat_map(|table| &table.blocks);
    let tables = blocks.filter_map(|block| match &document.blocks.get(*block)?.content {
        Content::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.cells);
    cells
        .filter(|cell| Decimal::parse(&cell.text).is_some_and(|number| number.decimals == 2))
        .count()
}

#[test]
fn a_real_document_is_read_whole() {
    let Some(shared) = shared() else {
        println!("shared samples are not here; nothing checked");
        return;
    };
    let bytes = fs::read(shared.join("samples/xinjiang/urumqi-gov-office-2024.txt"))
        .expect("the sample is there");
    let document = mz_document::read(&bytes, "sample.txt").expect("the sample is readable");
    let disclosure = recognise(&document, Library::embedded(), None).expect("a profile fits");
    assert_eq!(
        (
            disclosure.profile.id.as_str(),
            disclosure.year,
            disclosure.kind
        ),
        (PROFILE, Some(2024), Kind::UnitBudget)
    );
    assert_eq!(disclosure.tables.len(), 11);
    let numbers: Vec<Option<u32>> = disclosure.tables.iter().map(|table| table.number).collect();
    assert_eq!(numbers, (1..=11).map(Some).collect::<Vec<_>>());
    for table in &disclosure.tables {
        assert!(
            table.rows.iter().all(|row| row.kind != RowKind::Unknown),
            "{}",
            table.id
        );
        assert_eq!(
            (table.n_unread, table.prepared_by.as_deref()),
            (0, disclosure.unit.as_deref()),
            "{}",
            table.id
        );
        assert_eq!(
            table.is_nil,
            ["政府性基金", "国有资本"]
                .iter()
                .any(|words| table.title.starts_with(words)),
            "{}",
            table.id
        );
    }
    let n_values: usize = disclosure.tables.iter().map(|table| table.n_values).sum();
    assert_eq!(n_values, n_numeric_cells(&document, &disclosure));
    assert_eq!(problems(&disclosure), [""; 0]);
    // Which slices the figures stand for is proved by the identities between them.
    assert_eq!(n_conflicts(&disclosure), 0);
    let n_observations = disclosure
        .observations
        .iter()
        .filter(|o| !matches!(o.origin, Origin::Claim(_)))
        .count();
    println!(
        "{n_observations} observations of the tables, {n_values} figures, {} absent",
        absent(&disclosure).len()
    );
}
