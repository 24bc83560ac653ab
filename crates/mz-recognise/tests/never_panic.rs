//! Sound documents, damaged at random by seed, go through reading and recognition: nothing may panic or hang, and every
//! place given must be one of the document.
//!
//! `MINGZHANG_DAMAGED=5000 cargo test -p mz-recognise --test never_panic` damages more documents than the suite does.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use mz_budget::{disclosure::Disclosure, library::Library, place::Place};
use mz_document::Document;
use mz_simulate::Random;

/// Words that once broke readers of such documents, or could.
const ODD: &[&str] = &[
    "",
    "\t",
    "\t\t\t",
    "|",
    "0",
    "-",
    "—",
    "99999999999999999999",
    "0.0000000000000001",
    "-0.00",
    "（1.00）",
    "1.2.3",
    "，",
    "。",
    "万元",
    "%",
    "100%",
    "2024年",
    "20",
    "201",
    "20103",
    "2010301",
    "99999",
    "301",
    "※",
    "其中：",
    "合计",
    "总计",
    "类",
    "款",
    "项",
    "主要原因是",
    "比上年增加",
    "减少",
    "占",
    "其中",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "\u{0}",
    "𠮷",
    "⼀",
    "①",
    "١٢",
    "e\u{301}",
    "项目支出绩效目标表",
    "≥",
    "< =",
    "一级指标\t三级指标\t指标值",
    "第一部分",
    "一、",
    "（一）",
    "1.",
];

/// Damages a text in a few places.
fn damage(text: &str, random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(12) {
        damage_lines(&mut lines, random);
    }
    let mut bytes = lines.join("\n").into_bytes();
    match random.below(8) {
        0 => bytes.truncate(random.below(bytes.len() + 1)),
        1 => {
            for _ in 0..random.below(40) {
                let at = random.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.bits().to_le_bytes()[0];
                }
            }
        }
        _ => {}
    }
    bytes
}

fn damage_lines(lines: &mut Vec<String>, random: &mut Random) {
    let at = random.below(lines.len());
    let other = random.below(lines.len());
    let odd = *random.one(ODD);
    let Some(line) = lines.get_mut(at) else {
        return;
    };
    let chars: Vec<char> = line.chars().collect();
    let cut = random.below(chars.len() + 1);
    let (front, back): (String, String) = (
        chars.iter().take(cut).collect(),
        chars.iter().skip(cut).collect(),
    );
    match random.below(13) {
        0 => *line = format!("{front}{odd}{back}"),
        1 => *line = front,
        2 => *line = back,
        3 => *line = line.replace('\t', odd),
        4 => *line = line.replacen('\t', "", 1 + random.below(3)),
        5 => *line = line.replace(|c: char| c.is_ascii_digit(), odd),
        6 => *line = line.replace('.', odd),
        7 => *line = line.replace("万元", odd),
        8 => {
            let mut cells: Vec<&str> = line.split('\t').collect();
            let n = cells.len();
            cells.rotate_left(random.below(n));
            *line = cells.join("\t");
        }
        9 => *line = format!("| {} |", line.replace('\t', " | ")),
        10 => lines.swap(at, other),
        11 => {
            let copy = line.clone();
            lines.insert(other, copy);
        }
        _ => {
            lines.remove(at);
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The documents damaged: the examples, and the shared samples where they are.
fn documents() -> Vec<(PathBuf, String)> {
    let shared = std::env::var_os("MINGZHANG_SHARED")
        .map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let mut folders = vec![shared.join("samples/xinjiang")];
    if !folders[0].is_dir() {
        println!("the shared samples are not here; only the examples are damaged");
    }
    folders.extend(
        std::fs::read_dir(workspace().join("examples"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path()),
    );
    let files = folders
        .iter()
        .flat_map(std::fs::read_dir)
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut texts: Vec<(PathBuf, String)> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?)))
        .collect();
    texts.sort();
    texts
}

/// Every place names a block and a line of the document.
fn check_places(document: &Document, disclosure: &Disclosure, what: &str) {
    let last_line = document
        .blocks
        .iter()
        .filter_map(|block| block.place.line)
        .max()
        .unwrap_or(0)
        + 10_000;
    let check = |place: &Place| {
        assert!(
            place.block < document.blocks.len().max(1),
            "{what}: {place:?}"
        );
        assert!(
            place
                .line
                .is_none_or(|line| (1..=last_line).contains(&line)),
            "{what}: {place:?}"
        );
    };
    disclosure
        .sections
        .iter()
        .for_each(|section| check(&section.place));
    disclosure.texts.iter().for_each(|text| check(&text.place));
    disclosure
        .tables
        .iter()
        .for_each(|table| check(&table.place));
    disclosure
        .observations
        .iter()
        .for_each(|observation| check(&observation.place));
    disclosure
        .claims
        .iter()
        .for_each(|claim| check(&claim.place));
    disclosure
        .unproved
        .iter()
        .for_each(|unproved| check(&unproved.place));
    disclosure
        .projects
        .iter()
        .for_each(|project| check(&project.place));
    disclosure.terms.iter().for_each(|term| check(&term.place));
    disclosure
        .problems
        .iter()
        .for_each(|problem| check(&problem.place));
    for target in &disclosure.targets {
        check(&target.place);
        target
            .indicators
            .iter()
            .for_each(|indicator| check(&indicator.place));
    }
}

#[test]
fn damaged_documents_are_read_or_refused() {
    let n_cases = std::env::var("MINGZHANG_DAMAGED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(40_u64);
    let documents = documents();
    assert!(!documents.is_empty(), "there is at least an example");
    let library = Library::embedded();
    let profiles: Vec<String> = library
        .profiles()
        .iter()
        .map(|profile| profile.id.clone())
        .collect();
    let mut slowest = (Duration::ZERO, String::new());
    for seed in 0..n_cases {
        let mut random = Random::new(seed);
        let Some((path, text)) = documents.get(random.below(documents.len())) else {
            continue;
        };
        let what = format!("seed {seed}, {}", path.display());
        let bytes = damage(text, &mut random);
        let start = Instant::now();
        let Ok(document) = mz_document::read(&bytes, "damaged") else {
            continue;
        };
        // Half of the documents are told their profile, so that even those no profile fits are read.
        let profile = profiles
            .get(random.below(2 * profiles.len()))
            .map(String::as_str);
        let outcome =
            std::panic::catch_unwind(|| mz_recognise::recognise(&document, library, profile));
        match outcome {
            Ok(Ok(disclosure)) => check_places(&document, &disclosure, &what),
            Ok(Err(_)) => {}
            Err(_) => panic!(
                "{what}: panicked; the document is {}",
                kept(&bytes, seed).display()
            ),
        }
        if start.elapsed() > slowest.0 {
            slowest = (start.elapsed(), what);
        }
    }
    println!("slowest: {:?}, {}", slowest.0, slowest.1);
    assert!(slowest.0 < Duration::from_secs(20), "{slowest:?}");
}

/// Keeps a document that broke something, to look at.
fn kept(bytes: &[u8], seed: u64) -> PathBuf {
    let path = std::env::temp_dir().join(format!("mingzhang-damaged-{seed}.txt"));
    let _ = std::fs::write(&path, bytes);
    path
}

#[test]
fn a_paragraph_of_thousands_of_clauses_is_read_in_part_and_said_so() {
    let clause = "某项目支出123.45万元，占12.30%，比上年预算增加3.20万元，增长2.66%，";
    let text = format!(
        "三、关于某市档案中心2024年支出预算情况说明\n\n{}\n\n基本支出600.00万元。\n",
        clause.repeat(3000)
    );
    let document = mz_document::read(text.as_bytes(), "long.txt").expect("readable");
    let disclosure =
        mz_recognise::recognise(&document, Library::embedded(), Some("xinjiang-unit-2024"))
            .expect("the profile ships");
    let is_said =
        |problem: &mz_budget::disclosure::ReadingProblem| problem.name == "paragraph-too-long";
    assert_eq!(disclosure.problems.iter().filter(|p| is_said(p)).count(), 1);
    // Every figure of the part that is read is bound or listed.
    let n_seen = disclosure.n_bound + disclosure.unproved.len();
    assert!((100..4_000).contains(&n_seen), "{n_seen}");
}
