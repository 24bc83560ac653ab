//! A small study of the shipped example: the audit notices changed figures, and the study itself holds together.

use std::{fs, path::PathBuf};

use xtask_study::{report, run};

#[test]
fn changed_figures_of_the_example_are_noticed() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/tianshan-coordination-office-2024/disclosure-clean.txt");
    let document = mz_document::read(
        &fs::read(path).expect("the example is there"),
        "example.txt",
    )
    .expect("it reads");
    let plan = run::Plan {
        sample: Some(150),
        once: false,
        narrative: false,
    };
    let study = run::study(&document, None, plan).expect("it is recognised");
    let totals = report::totals(&study);
    assert_eq!(totals.failed, 0, "a changed document could not be audited");
    assert!(totals.cells.n >= 60, "tables: {totals:?}");
    assert!(totals.determined.n >= 20, "narrative: {totals:?}");
    assert!(totals.cells.noticed_bp() >= 9_700, "tables: {totals:?}");
    assert!(totals.cells.first_bp() >= 9_000, "tables: {totals:?}");
    assert!(
        totals.determined.noticed_bp() >= 9_500,
        "narrative: {totals:?}"
    );
    let text = report::markdown(&study, "example", None);
    assert!(text.contains("## 未发现的"));
}
