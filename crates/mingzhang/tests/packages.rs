//! Packages on the way out: the JSON form keeps its schema, nothing withheld gets into any output, and what can be
//! computed of a withheld figure is said.

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::Path,
};

use mz_budget::{
    dimension::Dimension,
    library::Library,
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{
        Explained, Fact, Line, Package, Project, PublicPackage, Secrecy, Target, Withheld,
        WithheldFact,
    },
};
use mz_compose::disclosure::{Rounding, compose};
use mz_document::WRITERS;
use serde_json::Value;
use support::{
    folder::{Folder, root},
    schema,
};

const SEEDS: [u64; 2] = [1, 2];

/// An amount nothing else in a package adds up to.
const SECRET_FEN: i64 = 384_729_157;
const SECRET_NAME: &str = "磐石工程密件库改造";
const SECRET_CODE: &str = "MM20240713X";
const SECRET_GROUND: &str = "依据保密清单第七十三号";
const SECRET_BASIS: &str = "绝密立项批复甲字第九号";
const SECRET_NOTE: &str = "内部备注勿外传";
const SECRET_SOURCE: &str = "密件来源台账";

fn yuan(fen: i64) -> PrintedMoney {
    PrintedMoney {
        number: Decimal {
            digits: fen,
            decimals: 2,
        },
        unit: MoneyUnit::Yuan,
    }
}

/// The package of a seed, with nothing withheld.
fn open_package(seed: u64) -> Package {
    let mut package = mz_simulate::package(seed);
    let target = package.targets.first().cloned();
    for project in &mut package.projects {
        if project.secrecy.take().is_some() {
            project
                .fields
                .entry("allocation".to_owned())
                .or_insert_with(|| Fact::from("按合同支付。".to_owned()));
            package.targets.extend(target.clone().map(|target| Target {
                project: Some(project.key.clone()),
                ..target
            }));
        }
    }
    package
}

/// The package of a seed with one more project, marked in the given way, in the company of a project of the same heading.
fn with_secret(seed: u64, secrecy: Secrecy, money: i64) -> Option<Package> {
    let mut package = open_package(seed);
    let beside = package.listings[0]
        .lines
        .iter()
        .find(|line| {
            line.at.get(&Dimension::Fund).map(String::as_str) == Some("general-public-local")
                && line.at.get(&Dimension::Vintage).map(String::as_str) == Some("current")
                && line.at.contains_key(&Dimension::Project)
        })?
        .at
        .clone();
    let mut at = beside;
    at.insert(Dimension::Project, "secret".to_owned());
    for listing in package
        .listings
        .iter_mut()
        .filter(|l| matches!(l.key.as_str(), "budget" | "prior-budget"))
    {
        let mut line = Line::new(at.clone(), yuan(money));
        line.note = SECRET_NOTE.to_owned();
        line.source = SECRET_SOURCE.to_owned();
        listing.lines.push(line);
    }
    let mut project = Project::new("secret", SECRET_NAME);
    project.code = SECRET_CODE.to_owned();
    project.other_names = vec![format!("{SECRET_NAME}二期")];
    project
        .fields
        .insert("basis".to_owned(), Fact::from(SECRET_BASIS.to_owned()));
    project
        .fields
        .insert("body".to_owned(), Fact::from("本单位".to_owned()));
    project.fields.insert(
        "period".to_owned(),
        Fact::from("2024年1月—2024年12月".to_owned()),
    );
    project.secrecy = Some(Secrecy {
        ground: SECRET_GROUND.to_owned(),
        ..secrecy
    });
    package.projects.push(project);
    Some(package)
}

/// One more withheld project beside the first, so that what is left over is neither's.
fn with_company(mut package: Package) -> Package {
    let secrecy = package
        .project("secret")
        .and_then(|project| project.secrecy.clone());
    let lines = package
        .listings
        .iter_mut()
        .filter(|l| matches!(l.key.as_str(), "budget" | "prior-budget"));
    for listing in lines {
        let secret = listing.lines.last().expect("the secret stands last");
        let mut at = secret.at.clone();
        at.insert(Dimension::Project, "second".to_owned());
        listing
            .lines
            .push(Line::new(at, yuan(SECRET_FEN + 51_234_500)));
    }
    let mut second = Project::new("second", "另一项不公开的事");
    for (key, text) in [
        ("basis", "有关文件"),
        ("body", "本单位"),
        ("period", "2024年1月—2024年12月"),
    ] {
        second
            .fields
            .insert(key.to_owned(), Fact::from(text.to_owned()));
    }
    second.secrecy = secrecy.map(|secrecy| Secrecy {
        alias: secrecy.alias.map(|_| "专项工作经费（二）".to_owned()),
        ..secrecy
    });
    package.projects.push(second);
    package
}

/// Spellings of an amount: fen, yuan and ten thousand yuan, with separators and without.
fn spellings(fen: i64) -> Vec<String> {
    let grouped = |digits, decimals| Decimal { digits, decimals }.to_string();
    let mut out = vec![fen.to_string(), grouped(fen, 0), grouped(fen, 2)];
    let rounded = (fen + 5_000) / 10_000;
    out.push(grouped(rounded, 2));
    let plain: Vec<String> = out.iter().map(|text| text.replace(',', "")).collect();
    out.extend(plain);
    out.sort();
    out.dedup();
    out
}

/// Bytes of a file and of everything packed in it.
fn opened(bytes: &[u8]) -> Vec<Part> {
    let is_drawing = bytes.starts_with(b"%PDF");
    let mut out = vec![Part {
        bytes: bytes.to_vec(),
        is_drawing,
    }];
    let mut add = |bytes: Vec<u8>, is_drawing: bool| out.push(Part { bytes, is_drawing });
    if bytes.starts_with(b"PK")
        && let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes))
    {
        for i in 0..archive.len() {
            let mut part = Vec::new();
            let mut file = archive.by_index(i).expect("a part");
            file.read_to_end(&mut part).expect("decompressed");
            add(part, false);
        }
    }
    if is_drawing {
        for stream in streams(bytes) {
            add(stream, true);
        }
        let read = mz_document::read(bytes, "canary.pdf").expect("our own pages are read");
        let writer = WRITERS.iter().find(|writer| writer.extension == "txt");
        let write = writer.expect("text is written").write;
        let text = write(&read, &Default::default()).expect("it is written");
        assert!(text.len() > 10_000, "the pages were read");
        add(text, false);
    }
    out
}

/// A part of a file.
struct Part {
    bytes: Vec<u8>,
    /// Holds coordinates, which look like amounts.
    is_drawing: bool,
}

/// The decompressed streams of a PDF: pages, metadata, bookmarks, tags.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let find = |from: usize, word: &[u8]| {
        let rest = bytes.get(from..)?;
        let at = rest.windows(word.len()).position(|window| window == word)?;
        Some(from + at)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(begin) = find(at, b"stream").map(|begin| begin + b"stream".len()) {
        let skip = bytes[begin..]
            .iter()
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let end = find(begin, b"endstream").expect("every stream ends");
        let mut stream = Vec::new();
        // What is not compressed stands in the raw bytes.
        let _ = flate2::read::ZlibDecoder::new(&bytes[begin + skip..end]).read_to_end(&mut stream);
        out.push(stream);
        at = end + b"endstream".len();
    }
    assert!(out.iter().filter(|stream| !stream.is_empty()).count() > 10);
    out
}

/// How often any of the words stands in a folder's files, their names, their parts, or what was printed.
fn found(folder: &Path, printed: &[Vec<u8>], words: &[String]) -> Vec<String> {
    let mut hits = Vec::new();
    let mut look = |what: &str, bytes: &[u8], is_drawing: bool| {
        for word in words {
            let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let hex: String = big.iter().map(|byte| format!("{byte:02X}")).collect();
            let lower = hex.to_lowercase();
            let spellings: [&[u8]; 5] = [
                word.as_bytes(),
                &little,
                &big,
                hex.as_bytes(),
                lower.as_bytes(),
            ];
            let is_number = word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
            let n_skipped = usize::from(is_drawing && is_number);
            let has = |needle: &&[u8]| bytes.windows(needle.len()).any(|window| window == *needle);
            if spellings.iter().skip(n_skipped).any(has) {
                hits.push(format!("{what}: {word}"));
            }
        }
    };
    for text in printed {
        look("printed", text, false);
    }
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            look("name", path.to_string_lossy().as_bytes(), false);
            if path.is_dir() {
                waiting.push(path);
            } else {
                for part in opened(&fs::read(&path).expect("a file")) {
                    look(&path.to_string_lossy(), &part.bytes, part.is_drawing);
                }
            }
        }
    }
    hits
}

#[test]
fn no_canary_gets_into_any_output() {
    let alias = || Secrecy {
        alias: Some("专项工作经费（一）".to_owned()),
        ..Secrecy::default()
    };
    let parts = |parts: &[Withheld]| Secrecy {
        withheld: parts.iter().cloned().collect(),
        ..alias()
    };
    let words = [
        SECRET_NAME,
        SECRET_CODE,
        SECRET_GROUND,
        SECRET_NOTE,
        SECRET_SOURCE,
        "withheld:secret",
    ]
    .map(str::to_owned);
    let basis = [SECRET_BASIS.to_owned()];
    let cases: BTreeMap<&str, (Secrecy, Vec<String>)> = BTreeMap::from([
        (
            "whole",
            (
                parts(&[Withheld::Whole]),
                [&words[..], &basis, &spellings(SECRET_FEN)].concat(),
            ),
        ),
        (
            "alone",
            (
                parts(&[Withheld::Whole]),
                [&words[..], &basis, &spellings(SECRET_FEN)].concat(),
            ),
        ),
        (
            "amount",
            (
                parts(&[Withheld::Amount]),
                [&words[..], &spellings(SECRET_FEN)].concat(),
            ),
        ),
        (
            "field",
            (
                parts(&[Withheld::Field("basis".to_owned()), Withheld::Target]),
                [&words[..], &basis].concat(),
            ),
        ),
    ]);
    let mut n_built: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in SEEDS {
        for (name, (secrecy, words)) in &cases {
            let Some(package) = with_secret(seed, secrecy.clone(), SECRET_FEN) else {
                continue;
            };
            // One that stands alone is what the others leave: that is for `withhold` to say, and for nobody else.
            let package = if *name == "alone" {
                package
            } else {
                with_company(package)
            };
            let folder = Folder::new();
            folder.write(
                "p.json",
                &mz_package::json::write(&package).expect("written"),
            );
            let built = folder.run(["build", "p.json", "-o", "out"]);
            let out = folder.path("out");
            if !out.is_dir() {
                // What was said must hold nothing either.
                let hits = found(
                    &folder.path("examples"),
                    &[built.stdout, built.stderr],
                    words,
                );
                assert_eq!(hits, [""; 0], "{name} {seed}");
                continue;
            }
            *n_built.entry(*name).or_insert(0) += 1;
            let said = String::from_utf8_lossy(&built.stdout).into_owned();
            assert_eq!(built.status.code(), Some(0), "{name} {seed}: {said}");
            assert!(!said.contains("MZ"), "{name} {seed}: {said}");
            let hits = found(&out, &[built.stdout, built.stderr], words);
            assert_eq!(hits, [""; 0], "{name} {seed}");
        }
    }
    println!("{n_built:?}");
    assert_eq!(
        n_built.len(),
        cases.len(),
        "every kind was built: {n_built:?}"
    );
}

#[test]
fn a_canary_that_is_not_withheld_is_found() {
    // The search itself must be able to find.
    let package =
        with_secret(SEEDS[0], Secrecy::default(), SECRET_FEN).expect("a project to stand beside");
    let mut package = package;
    if let Some(project) = package.projects.last_mut() {
        project.secrecy = None;
    }
    let folder = Folder::new();
    folder.write(
        "p.json",
        &mz_package::json::write(&package).expect("written"),
    );
    folder.run(["import", "p.json", "-o", "out"]);
    let words = [&[SECRET_NAME.to_owned()][..], &spellings(SECRET_FEN)].concat();
    let hits = found(&folder.path("out"), &[], &words);
    assert!(hits.iter().any(|hit| hit.contains(SECRET_NAME)), "{hits:?}");
    assert!(hits.len() >= 2, "{hits:?}");
}

/// What keeps a package from being composed once what it withholds is taken out.
fn lacking(package: &Package) -> Vec<String> {
    let public = match PublicPackage::of(package) {
        Ok(public) => public,
        Err(leaks) => return leaks.into_iter().map(|leak| leak.message).collect(),
    };
    let composed = compose(&public, Library::embedded(), Rounding::Plain).expect("it is composed");
    let missing = composed.missing.iter().map(|missing| missing.what.clone());
    let choices = composed.contradictions.iter().map(|c| c.about.clone());
    missing.chain(choices).collect()
}

#[test]
fn every_mark_on_a_project_can_be_built() {
    let field = |key: &str| Withheld::Field(key.to_owned());
    let parts = [
        Withheld::Whole,
        Withheld::Amount,
        Withheld::Allocation,
        Withheld::Target,
        field("name"),
        field("amount"),
        field("allocation"),
        field("basis"),
        field("purpose"),
        field("reason"),
    ];
    let package = open_package(SEEDS[0]);
    assert_eq!(lacking(&package), [""; 0], "nothing is withheld");
    let marks = parts
        .into_iter()
        .map(|part| (None, BTreeSet::from([part])))
        .chain([(Some("专项工作经费".to_owned()), BTreeSet::new())]);
    for (alias, withheld) in marks {
        for p in 0..package.projects.len() {
            let mut package = package.clone();
            let what = format!("project {p}: {alias:?} {withheld:?}");
            package.projects[p].secrecy = Some(Secrecy {
                alias: alias.clone(),
                withheld: withheld.clone(),
                ground: String::new(),
            });
            assert_eq!(lacking(&package), [""; 0], "{what}");
        }
    }
}

/// Figures and facts that are marked one by one.
fn single_marks(package: &Package) -> Vec<Explained> {
    let at = |pairs: &[(Dimension, &str)]| {
        let pairs = pairs.iter().map(|(d, key)| (*d, (*key).to_owned()));
        Explained::At(pairs.collect())
    };
    let (fund, vintage) = (Dimension::Fund, Dimension::Vintage);
    let (public, current) = ((fund, "general-public"), (vintage, "current"));
    let mut marks = vec![
        at(&[(Dimension::Nature, "basic")]),
        at(&[public, current, (Dimension::Nature, "operating")]),
        at(&[public]),
        at(&[
            (fund, "appropriation"),
            current,
            (Dimension::Economic, "30217"),
        ]),
    ];
    for line in package.listings[0].lines.iter().take(8) {
        let function = line.at[&Dimension::Function].as_str();
        marks.push(at(&[public, current, (Dimension::Function, function)]));
    }
    for project in &package.projects {
        let project = (Dimension::Project, project.key.as_str());
        marks.push(at(&[project]));
        marks.push(at(&[project, (vintage, "carried")]));
    }
    marks.extend(package.facts.keys().cloned().map(Explained::Fact));
    marks
}

#[test]
fn a_withheld_fact_is_said_to_be_withheld() {
    let mut package = open_package(SEEDS[0]);
    package.withheld = ["headcount.active", "procurement.goods"]
        .map(|key| WithheldFact {
            of: Explained::Fact(key.to_owned()),
            ground: SECRET_GROUND.to_owned(),
            place: Default::default(),
        })
        .to_vec();
    let folder = Folder::new();
    folder.write(
        "p.json",
        &mz_package::json::write(&package).expect("written"),
    );
    folder.run(["build", "p.json", "-o", "out", "--formats", "txt"]);
    let text = fs::read_to_string(folder.path("out/disclosure.txt")).expect("it is built");
    for said in [
        "在职不予公开，增减情况不予公开；退休0人",
        "政府采购货物预算不予公开，",
    ] {
        assert!(text.contains(said), "{said}");
    }
}

#[test]
fn every_mark_on_a_figure_or_a_fact_can_be_built() {
    let package = open_package(SEEDS[0]);
    for of in single_marks(&package) {
        let mut package = package.clone();
        package.withheld.push(WithheldFact {
            of: of.clone(),
            ground: SECRET_GROUND.to_owned(),
            place: Default::default(),
        });
        assert_eq!(lacking(&package), [""; 0], "{of:?}");
    }
}

fn inspected(package: &Package) -> (Option<i32>, Value) {
    let folder = Folder::new();
    folder.write(
        "p.json",
        &mz_package::json::write(package).expect("written"),
    );
    let output = folder.run(["withhold", "p.json", "--format", "json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), value)
}

#[test]
fn one_withheld_project_is_what_the_others_leave() {
    let secrecy = Secrecy {
        withheld: [Withheld::Whole].into(),
        ..Secrecy::default()
    };
    let package = with_secret(SEEDS[0], secrecy, SECRET_FEN).expect("a project to stand beside");
    let (status, result) = inspected(&package);
    assert_eq!(status, Some(1), "{result:#}");
    let figures = result["figures"].as_array().expect("figures");
    let whole = figures
        .iter()
        .find(|figure| {
            figure["about"]
                .as_str()
                .is_some_and(|about| !about.contains('（'))
                && figure["year"] == "本年"
        })
        .unwrap_or_else(|| panic!("{result:#}"));
    assert_eq!(whole["verdict"], "exact", "{whole:#}");
    let (least, most) = (
        whole["least_fen"].as_i64().unwrap(),
        whole["most_fen"].as_i64().unwrap(),
    );
    assert!(least <= SECRET_FEN && SECRET_FEN <= most, "{whole:#}");
    assert!(
        whole["steps"]
            .as_array()
            .is_some_and(|steps| steps.len() > 1),
        "{whole:#}"
    );
}

#[test]
fn two_withheld_projects_hide_each_other() {
    let secrecy = Secrecy {
        withheld: [Withheld::Whole].into(),
        ..Secrecy::default()
    };
    let package = with_company(
        with_secret(SEEDS[0], secrecy, SECRET_FEN).expect("a project to stand beside"),
    );
    let (status, result) = inspected(&package);
    let figures = result["figures"].as_array().expect("figures");
    assert!(!figures.is_empty(), "{result:#}");
    assert!(
        figures.iter().all(|figure| figure["verdict"] == "safe"),
        "{result:#}"
    );
    assert_eq!(status, Some(0), "{result:#}");
}

#[test]
fn a_mark_on_a_fact_that_is_not_there_withholds_nothing() {
    let mut package = open_package(SEEDS[0]);
    package.withheld.push(WithheldFact {
        of: Explained::Fact("no.such.fact".to_owned()),
        ground: String::new(),
        place: Default::default(),
    });
    let (status, result) = inspected(&package);
    assert_eq!(
        (status, &result["safe"]),
        (Some(0), &Value::Bool(true)),
        "{result:#}"
    );
}

#[test]
fn the_json_form_keeps_its_schema() {
    let text = fs::read_to_string(root().join("docs/schema/mingzhang.package-1.schema.json"))
        .expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    for seed in 1..=6 {
        let bytes = mz_package::json::write(&mz_simulate::package(seed)).expect("written");
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(schema::faults(&schema, &value), [""; 0], "seed {seed}");
    }
    let full = with_secret(
        1,
        Secrecy {
            alias: Some("甲".into()),
            withheld: [Withheld::Amount].into(),
            ground: "乙".into(),
        },
        5,
    );
    let bytes = mz_package::json::write(&full.expect("a package")).expect("written");
    let mut value: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(schema::faults(&schema, &value), [""; 0]);
    value["surprise"] = Value::Null;
    assert_ne!(
        schema::faults(&schema, &value),
        [""; 0],
        "what the model has no place for is refused"
    );
}
