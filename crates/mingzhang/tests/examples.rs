//! The shipped example: the sound twin audits clean, the planted one yields exactly what its README lists.

use std::{collections::BTreeSet, fs, path::PathBuf};

use mz_budget::{
    finding::{Finding, Report, Severity},
    library::Library,
    place::Place,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/tianshan-coordination-office-2024")
}

fn audit(name: &str) -> Report {
    let bytes = fs::read(folder().join(name)).expect("the example is there");
    let document = mz_document::read(&bytes, name).expect("the example reads");
    let disclosure =
        mz_recognise::recognise(&document, Library::embedded(), None).expect("a profile fits");
    mz_audit::audit(&disclosure, Library::embedded())
}

fn above_info(report: &Report) -> Vec<&Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .collect()
}

fn places(finding: &Finding) -> Vec<&Place> {
    let mut out: Vec<&Place> = finding.places.iter().collect();
    for consequence in &finding.consequences {
        out.extend(places(consequence));
    }
    out
}

fn shown(finding: &Finding) -> String {
    let lines: Vec<u32> = places(finding)
        .iter()
        .filter_map(|place| place.line)
        .collect();
    format!(
        "{} {:?} lines {lines:?}: {}",
        finding.code, finding.severity, finding.message
    )
}

/// A row of the README's table: the lines a finding may stand on, and the codes it may have.
#[derive(Debug)]
struct Planted {
    lines: BTreeSet<u32>,
    codes: BTreeSet<String>,
    what: String,
}

fn planted() -> Vec<Planted> {
    let readme =
        fs::read_to_string(folder().join("README.md")).expect("the example has its README");
    readme
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| ")?.split('|').map(str::trim).collect();
            let lines: BTreeSet<u32> = cells
                .first()?
                .split('、')
                .filter_map(|n| n.parse().ok())
                .collect();
            (!lines.is_empty()).then(|| Planted {
                lines,
                codes: cells.get(3).map_or_else(BTreeSet::new, |codes| {
                    codes.split('、').map(str::to_owned).collect()
                }),
                what: cells.get(1).copied().unwrap_or_default().to_owned(),
            })
        })
        .collect()
}

#[test]
fn the_sound_example_is_clean() {
    let report = audit("disclosure-clean.txt");
    let reported: Vec<String> = above_info(&report)
        .iter()
        .map(|finding| shown(finding))
        .collect();
    assert!(reported.is_empty(), "\n{}", reported.join("\n"));
}

#[test]
fn planted_defects_are_found_and_nothing_else() {
    let report = audit("disclosure.txt");
    let planted = planted();
    assert!(
        (8..=12).contains(&planted.len()),
        "{} planted defects listed",
        planted.len()
    );
    let matches = |finding: &Finding, defect: &Planted| {
        defect.codes.contains(finding.code)
            && places(finding)
                .iter()
                .any(|place| place.line.is_some_and(|line| defect.lines.contains(&line)))
    };
    let findings = above_info(&report);
    let mut faults = Vec::new();
    for defect in &planted {
        if !findings.iter().any(|finding| matches(finding, defect)) {
            faults.push(format!(
                "not found: lines {:?} {:?} {}",
                defect.lines, defect.codes, defect.what
            ));
        }
    }
    for finding in findings {
        if !planted.iter().any(|defect| matches(finding, defect)) {
            faults.push(format!("not planted: {}", shown(finding)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_twins_differ_only_where_the_readme_says() {
    let read = |name: &str| fs::read_to_string(folder().join(name)).expect("the example is there");
    let (sound, broken) = (read("disclosure-clean.txt"), read("disclosure.txt"));
    assert_eq!(sound.lines().count(), broken.lines().count());
    let listed: BTreeSet<u32> = planted()
        .into_iter()
        .flat_map(|defect| defect.lines)
        .collect();
    for (i, (a, b)) in (1_u32..).zip(sound.lines().zip(broken.lines())) {
        assert!(
            a == b || listed.contains(&i),
            "line {i} differs and is not listed"
        );
    }
}
