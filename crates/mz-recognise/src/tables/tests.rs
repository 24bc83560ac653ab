//! Small fictitious tables, and the real document of the shared samples where it is at hand.

use std::{env, fs, path::PathBuf};

use mz_budget::{disclosure::*, library::Library};

use crate::recognise;

fn shared() -> Option<PathBuf> {
    let folder = env::var_os("MINGZHANG_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
fn the_real_document_is_read_whole() {
    let Some(shared) = shared() else {
        println!("shared samples are not here; nothing checked");
        return;
    };
    let path = shared.join("samples/xinjiang/urumqi-gov-office-2024.txt");
    let bytes = fs::read(path).expect("the sample is there");
    let document = mz_document::read(&bytes, "a.txt").expect("the sample is readable");
    let disclosure = recognise(&document, Library::embedded(), None).expect("a profile fits");
    for t in &disclosure.tables {
        println!("{} {:?} {:?} {:?} {:?} rows {} values {} unread {} nil {} ruler {:?}", t.id, t.title, t.number, t.prepared_by, t.money_unit, t.rows.len(), t.n_values, t.n_unread, t.is_nil, t.ruler);
        println!("   {:?}", t.columns);
    }
    println!("{:?} {:?} {:?}", disclosure.unit, disclosure.year, disclosure.kind);
    println!("{:#?}", disclosure.problems);
    let n = |f: fn(&Reading) -> bool| disclosure.observations.iter().filter(|o| f(&o.reading)).count();
    println!("{} observations: {} values, {} blanks, {} absent", disclosure.observations.len(), n(|r| matches!(r, Reading::Value(_))), n(|r| *r == Reading::Blank), n(|r| *r == Reading::Absent));
    for o in disclosure.observations.iter().filter(|o| matches!(o.reading, Reading::Value(_))).take(400) {
        println!("{:?} {} | {} | {:?} {:?}", o.place.line, o.place.quote, disclosure.dimensions.name(o.slice), o.place.row, o.place.column);
    }
}
