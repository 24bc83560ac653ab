//! The real document beside the checkout, when it is there: how much of its narrative is bound.

use std::path::PathBuf;

use mz_budget::library::Library;

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("MINGZHANG_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("{} is not there: skipped", path.display());
    None
}

#[test]
fn nearly_every_figure_of_a_real_narrative_is_bound() {
    let Some(path) = shared("samples/xinjiang/urumqi-gov-office-2024.txt") else {
        return;
    };
    let bytes = std::fs::read(&path).expect("readable");
    let document = mz_document::read(&bytes, "urumqi.txt").expect("text");
    let disclosure = crate::recognise(&document, Library::embedded(), None).expect("recognised");
    for line in super::dump(&disclosure) {
        println!("{line}");
    }
    let n_stated = disclosure
        .claims
        .iter()
        .filter(|c| c.value != mz_budget::disclosure::ClaimValue::None)
        .count();
    let n_unproved = disclosure.unproved.len();
    println!(
        "claims {n_stated}, unproved {n_unproved}, numbers bound {}",
        disclosure.n_bound
    );
    assert!(n_stated > 130, "{n_stated} figures");
    assert!(
        n_stated * 100 >= (n_stated + n_unproved) * 97,
        "{n_unproved} of {n_stated} unproved"
    );
    assert!(disclosure.n_bound * 100 >= (disclosure.n_bound + n_unproved) * 97);
}
