//! Consistent documents that nobody fitted anything to: the audit reports nothing above info, whatever the seed.
//!
//! `MINGZHANG_SEEDS=n` tries n seeds instead of the default.

use mz_budget::{finding::Severity, library::Library};

const DEFAULT_SEEDS: u64 = 12;

#[test]
fn sound_documents_have_no_finding_above_info() {
    let n_seeds = std::env::var("MINGZHANG_SEEDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(DEFAULT_SEEDS);
    let library = Library::embedded();
    for seed in 1..=n_seeds {
        let text = mz_simulate::xinjiang_unit_2024(seed);
        let document = mz_document::read(text.as_bytes(), "simulated.txt").expect("text is read");
        let disclosure =
            mz_recognise::recognise(&document, library, None).expect("the profile is chosen");
        assert_eq!(
            disclosure.tables.len(),
            11,
            "seed {seed}: all tables are recognised"
        );
        let report = mz_audit::audit(&disclosure, library);
        let reported: Vec<&str> = report
            .findings
            .iter()
            .filter(|finding| finding.severity > Severity::Info)
            .map(|finding| finding.message.as_str())
            .collect();
        assert!(reported.is_empty(), "seed {seed}: {reported:#?}");
    }
}
