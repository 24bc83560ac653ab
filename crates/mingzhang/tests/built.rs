//! Packages are built, read back and audited: what was written is what is read, and nothing in it is wrong.

mod support;

use mz_budget::{library::Library, package::PublicPackage};
use mz_compose::disclosure::{Rounding, compose};

#[test]
fn try_one() {
    for seed in 0..5 {
        let package = mz_simulate::package(seed);
        let public = PublicPackage::of(&package).expect("no leaks");
        let composed = compose(&public, Library::embedded(), Rounding::Plain).expect("composes");
        for missing in &composed.missing {
            println!("{} <- {}", missing.what, missing.needed_by);
        }
        for c in &composed.contradictions {
            println!("{c:?}");
        }
    }
}
