//! Packages are built, read back and audited: what was written is what is read, and nothing in it is wrong.

use mz_budget::{finding::Severity, library::Library, package::PublicPackage};
use mz_compose::disclosure::{Rounding, compose};

#[test]
fn try_one() {
    let seeds: u64 = std::env::var("MINGZHANG_SEEDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(5);
    for seed in 0..seeds {
        let package = mz_simulate::package(seed);
        let public = PublicPackage::of(&package).expect("no leaks");
        let composed = compose(&public, Library::embedded(), Rounding::Plain).expect("composes");
        for missing in &composed.missing {
            println!("{seed} {} <- {}", missing.what, missing.needed_by);
        }
        for c in &composed.contradictions {
            println!("{seed} {c:?}");
        }
        let Some(document) = composed.document else {
            continue;
        };
        let txt = mz_document::WRITERS
            .iter()
            .find(|w| w.extension == "txt")
            .expect("text");
        let bytes = (txt.write)(&document, &Default::default()).expect("writes");
        std::fs::write(format!("/tmp/built-{seed}.txt"), &bytes).unwrap();
        let read = mz_document::read(&bytes, "x.txt").expect("reads");
        let disclosure =
            mz_recognise::recognise(&read, Library::embedded(), None).expect("recognises");
        let report = mz_audit::audit(&disclosure, Library::embedded());
        for f in report
            .findings
            .iter()
            .filter(|f| f.severity > Severity::Info)
        {
            println!("{seed} {} {:?} {}", f.code, f.severity, f.message);
        }
        for u in &disclosure.unproved {
            println!("{seed} unproved {} {}", u.number, u.why);
        }
    }
}
