//! The robustness study, reduced: hostile files made small, and the shipped example damaged, in this process.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::Duration,
};

use xtask_study::fuzz::{self, Plan, hostile, worker};

fn plan() -> Plan {
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/tianshan-coordination-office-2024/disclosure-clean.txt");
    Plan {
        files: fuzz::files(&[example]).expect("the example is there"),
        rounds: 16,
        seed: 7,
        scale: 4_000,
        limit: Duration::from_secs(60),
        mib: 1_024,
        program: None,
    }
}

#[test]
fn damaged_and_hostile_files_are_read_or_refused_with_words() {
    let plan = plan();
    let mut cases = worker::Cases::default();
    for i in 0..plan.n_cases() {
        let (name, bytes) = cases.case(&plan, i).expect("a case");
        let ended = catch_unwind(AssertUnwindSafe(|| worker::audit(&bytes, &name)));
        let ended = ended.unwrap_or_else(|_| "panic".to_owned());
        assert!(!ended.starts_with("panic"), "case {i}, {name}: {ended}");
    }
    assert!(hostile::all().count() > 80);
}
