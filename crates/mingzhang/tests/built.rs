//! Packages are built, read back and audited: what was written is what is read, and nothing in it is wrong.
//!
//! `MINGZHANG_SEEDS=n` tries n seeds instead of the default; the figure over 200 is in `docs/evidence/build.md`.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::{ClaimValue, Disclosure, Measure, Reading, Subject},
    finding::Severity,
    library::Library,
    package::{Explained, Explanation, Fact, Package, PublicPackage, Quantity},
};
use mz_compose::disclosure::{Rounding, compose};
use mz_document::{Document, WRITERS};

const DEFAULT_SEEDS: u64 = 6;

/// The document of a seed's package.
fn built(seed: u64) -> Document {
    let package = mz_simulate::package(seed);
    let public = PublicPackage::of(&package).expect("no text names a secret project");
    let composed =
        compose(&public, Library::embedded(), Rounding::Plain).expect("the profile can be written");
    assert_eq!(composed.missing, [], "seed {seed}: nothing is missing");
    assert_eq!(
        composed.contradictions,
        [],
        "seed {seed}: nothing contradicts"
    );
    composed.document.expect("a document")
}

fn understood(document: &Document) -> Disclosure {
    mz_recognise::recognise(document, Library::embedded(), None).expect("the profile is chosen")
}

/// What a disclosure says, without where: cells, claims, statements, reasons, names, targets; each with its number.
fn said(disclosure: &Disclosure) -> BTreeMap<String, usize> {
    let mut said = BTreeMap::new();
    let mut say = |what: String| *said.entry(what).or_insert(0) += 1;
    let name = |subject: &Subject| match subject {
        Subject::Slice(slice) => {
            let keys = Dimension::ALL.map(|d| {
                disclosure
                    .dimensions
                    .tree(d)
                    .node(slice.node(d))
                    .key
                    .as_str()
            });
            keys.join("/")
        }
        Subject::Fact(key) => key.clone(),
    };
    for cell in &disclosure.observations {
        if let Reading::Value(money) = cell.reading {
            let at = name(&Subject::Slice(cell.slice));
            say(format!(
                "cell {:?} {at} {money} {:?}",
                cell.stage, cell.place.table
            ));
        }
    }
    for claim in &disclosure.claims {
        let measure = match &claim.measure {
            Measure::Share { of } => format!("share of {}", name(of)),
            other => format!("{other:?}"),
        };
        let value = match &claim.value {
            ClaimValue::Money(money) => money.to_string(),
            ClaimValue::Percent(number) => format!("{number}%"),
            ClaimValue::Quantity { number, unit } => format!("{number}{unit}"),
            ClaimValue::None => "none".to_owned(),
        };
        let subject = name(&claim.subject);
        say(format!(
            "claim {subject} {measure} {:?} {:?} {:?} {value}",
            claim.stage, claim.base, claim.direction
        ));
    }
    for statement in &disclosure.statements {
        let subject = statement.subject.as_ref().map(name);
        say(format!("statement {:?} {subject:?}", statement.kind));
    }
    for reason in &disclosure.reasons {
        say(format!("reason {}", reason.text));
    }
    for project in &disclosure.projects {
        for field in &project.fields {
            say(format!(
                "project {} {} {}",
                project.name, field.key, field.text
            ));
        }
    }
    for target in &disclosure.targets {
        let total = target.total.as_ref().map(|t| t.money.to_string());
        say(format!(
            "target {} {} {total:?} {}",
            target.project, target.leader, target.goal
        ));
        for i in &target.indicators {
            say(format!(
                "indicator {} {} {} {} {} {:?} {} {}",
                i.level1, i.level2, i.name, i.value.text, i.basis, i.weight, i.scoring, i.evidence
            ));
        }
    }
    for term in &disclosure.terms {
        say(format!("term {} {}", term.name, term.text));
    }
    said
}

/// Says what only one of two disclosures says.
fn difference(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> Vec<String> {
    let only = |sign: char, here: &BTreeMap<String, usize>, there: &BTreeMap<String, usize>| {
        here.iter()
            .filter(|(what, n)| there.get(*what).is_none_or(|m| m < n))
            .map(|(what, _)| format!("{sign} {what}"))
            .collect::<Vec<_>>()
    };
    [only('-', a, b), only('+', b, a)].concat()
}

/// Writes a document in every format, reads it back, and holds what it says then to what it said; says how much it says.
fn read_back(name: &str, document: &Document, n_tables: usize) -> usize {
    let original = understood(document);
    assert_eq!(
        original.tables.len(),
        n_tables,
        "{name}: all tables are recognised"
    );
    assert_eq!(original.unproved, [], "{name}: every figure is bound");
    let said_by_original = said(&original);
    for writer in WRITERS {
        let bytes = (writer.write)(document, &Default::default()).expect("it is written");
        says_the_same(
            &bytes,
            &format!("{name}.{}", writer.extension),
            &said_by_original,
        );
    }
    if let Some(bytes) = pdf(document) {
        says_the_same(&bytes, &format!("{name}.pdf"), &said_by_original);
    }
    said_by_original.values().sum()
}

/// Reads a file back: it says what was said, and the audit has nothing to say.
fn says_the_same(bytes: &[u8], file: &str, said_by_original: &BTreeMap<String, usize>) {
    let read = mz_document::read(bytes, file).expect("it is read");
    let disclosure = understood(&read);
    let difference = difference(said_by_original, &said(&disclosure));
    assert!(difference.is_empty(), "{file}: {difference:#?}");
    let report = mz_audit::audit(&disclosure, Library::embedded());
    let reported: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect();
    assert!(reported.is_empty(), "{file}: {reported:#?}");
}

/// The pages; `None` without the typesetter, or without Chinese fonts on the machine.
fn pdf(document: &Document) -> Option<Vec<u8>> {
    #[cfg(feature = "pdf")]
    match mz_typeset::typeset(document, &mz_typeset::Settings::default()) {
        Ok(typeset) => return Some(typeset.bytes),
        Err(error) if error.message_zh.contains("没有找到中文字体") => {
            eprintln!("no Chinese font on this machine; PDF is not tested");
        }
        Err(error) => panic!("{error}"),
    }
    let _ = document;
    None
}

#[test]
fn built_packages_are_read_back_and_have_no_finding_above_info() {
    let n_seeds = std::env::var("MINGZHANG_SEEDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(DEFAULT_SEEDS);
    let n_said: usize = (1..=n_seeds)
        .map(|seed| read_back(&seed.to_string(), &built(seed), 11))
        .sum();
    println!(
        "{n_seeds} packages, {} formats: {n_said} cells, claims, statements and texts read back alike, 0 findings above info",
        WRITERS.len() + usize::from(pdf(&built(1)).is_some())
    );
}

/// The same facts for another province, whose units print other tables in yuan and say other things.
fn for_another_province(seed: u64) -> Package {
    let mut package = mz_simulate::package(seed);
    package.profile = "shanghai-unit-budget".to_owned();
    package.unit = Fact::from("上海市青泉区教育局".to_owned());
    for project in &mut package.projects {
        project.secrecy = None;
    }
    // Its table of the three public expenses does not leave carried-over money out.
    for listing in &mut package.listings {
        listing.at.remove(&Dimension::Vintage);
    }
    for line in package.listings.iter_mut().flat_map(|l| &mut l.lines) {
        if let Some(nature) = line.at.get_mut(&Dimension::Nature)
            && nature == "operating"
        {
            *nature = "agency-operating".to_owned();
        }
    }
    for (key, text) in [
        ("plan.vehicles.count", "0 辆"),
        ("vehicles.leaders.count", "0 辆"),
        ("vehicles.confidential.count", "0 辆"),
        ("vehicles.emergency.count", "0 辆"),
        ("vehicles.special.count", "0 辆"),
        ("vehicles.retired.count", "0 辆"),
        ("performance.projects.count", "3 个"),
        ("performance.projects.amount", "120.00 万元"),
    ] {
        let quantity = Quantity::parse(text).expect("a quantity");
        package.facts.insert(key.to_owned(), Fact::from(quantity));
    }
    let vehicles = package.facts["vehicles.count"].clone();
    package
        .facts
        .insert("vehicles.other.count".to_owned(), vehicles);
    let explain = |at: Coordinates, text: &str| Explanation {
        of: Explained::At(at),
        base: None,
        text: text.to_owned(),
        to_confirm: false,
        place: Default::default(),
    };
    let fund = (Dimension::Fund, "appropriation".to_owned());
    let functions: BTreeSet<String> = package.listings[0]
        .lines
        .iter()
        .filter_map(|line| line.at.get(&Dimension::Function).cloned())
        .collect();
    for function in functions {
        let at = Coordinates::from([fund.clone(), (Dimension::Function, function)]);
        package.purposes.push(explain(at, "本单位履行职能相关支出"));
    }
    for code in ["three-public", "30212", "vehicles", "30217"] {
        let at = Coordinates::from([fund.clone(), (Dimension::Economic, code.to_owned())]);
        let text = "按本年出行和接待任务据实核定，任务量有变化";
        package.reasons.push(explain(at, text));
    }
    for key in ["appropriation", "general-public", "government-managed"] {
        let at = Coordinates::from([(Dimension::Fund, key.to_owned())]);
        let text = "按本年任务据实核定，任务量有变化";
        package.reasons.push(explain(at, text));
    }
    package
}

#[test]
fn a_second_province_is_built_from_data_alone() {
    for seed in 1..=4 {
        let public = PublicPackage::of(&for_another_province(seed)).expect("nothing leaks");
        let composed =
            compose(&public, Library::embedded(), Rounding::Plain).expect("it is composed");
        assert_eq!(
            (composed.missing, composed.contradictions),
            (vec![], vec![])
        );
        let document = composed.document.expect("a document");
        read_back(&format!("second-{seed}"), &document, 9);
    }
}

/// Sums of a document that hold by rounding only.
fn n_rounding(document: &Document) -> usize {
    let disclosure = understood(document);
    let report = mz_audit::audit(&disclosure, Library::embedded());
    let rounding = report.findings.iter().filter(|f| f.name == "rounding-only");
    rounding.map(|finding| finding.places.len()).sum()
}

#[test]
fn additive_rounding_makes_printed_sums_add_up_within_a_last_digit() {
    let (mut n_adjusted, mut n_failed, mut before, mut after) = (0, 0, 0, 0);
    for seed in 1..=DEFAULT_SEEDS {
        let public = PublicPackage::of(&mz_simulate::package(seed)).expect("nothing leaks");
        let library = Library::embedded();
        let composed = compose(&public, library, Rounding::Additive).expect("it is composed");
        for adjustment in &composed.adjusted {
            let moved = adjustment.printed.digits - adjustment.rounded.digits;
            assert_eq!(moved.abs(), 1, "seed {seed}: {}", adjustment.name);
        }
        n_adjusted += composed.adjusted.len();
        n_failed += composed.not_adjusted;
        before += n_rounding(&built(seed));
        after += n_rounding(&composed.document.expect("a document"));
    }
    println!(
        "{n_adjusted} figures adjusted, {n_failed} with a source of their own; {before} sums held by rounding only, {after} still do"
    );
    assert!(n_adjusted > 0 && before > 0 && after * 5 < before);
}
