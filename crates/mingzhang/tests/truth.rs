//! The real document with hand-made labels, when it is there: every certain defect is found, no trap is sprung.
//! The document is published elsewhere and stays outside the project, so without it these tests say so and pass.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Report, Severity},
    library::Library,
    place::Place,
};

/// Defects that must be found: all that are not plain typing slips.
const REQUIRED: [&str; 15] = [
    "SD-01", "SD-02", "SD-03", "SD-04", "SD-07", "SD-08", "SD-09", "SD-10", "SD-11", "SD-12",
    "SD-13", "SD-14", "SD-15", "SD-16", "SD-24",
];

struct Label {
    id: String,
    severity: String,
    lines: BTreeSet<u32>,
    /// The line named first, which holds the words quoted first.
    first_line: Option<u32>,
    quotes: String,
    expected: String,
}

struct Trap {
    id: String,
    looks_wrong: String,
}

struct Case {
    disclosure: Disclosure,
    report: Report,
    labels: Vec<Label>,
    traps: Vec<Trap>,
}

fn shared() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("MINGZHANG_SHARED").map_or(beside, PathBuf::from)
}

/// The first labelled text document there is.
fn case() -> Option<Case> {
    let folder = shared().join("samples/xinjiang");
    let truth = fs::read_dir(&folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().ends_with(".truth.csv"))
        })?;
    let stem = truth
        .file_name()?
        .to_string_lossy()
        .trim_end_matches(".truth.csv")
        .to_owned();
    let text = folder.join(format!("{stem}.txt"));
    let document =
        mz_document::read(&fs::read(&text).ok()?, "document.txt").expect("the document reads");
    let disclosure =
        mz_recognise::recognise(&document, Library::embedded(), None).expect("a profile fits");
    let report = mz_audit::audit(&disclosure, Library::embedded());
    let labels = records(&truth)
        .into_iter()
        .map(|fields| {
            let lines: Vec<u32> = field(&fields, 2)
                .split(';')
                .filter_map(|line| line.trim().parse().ok())
                .collect();
            Label {
                id: field(&fields, 0),
                severity: field(&fields, 1),
                first_line: lines.first().copied(),
                lines: lines.into_iter().collect(),
                quotes: field(&fields, 3),
                expected: field(&fields, 4),
            }
        })
        .collect();
    let traps = records(&folder.join(format!("{stem}.traps.csv")))
        .into_iter()
        .map(|fields| Trap {
            id: field(&fields, 0),
            looks_wrong: field(&fields, 1),
        })
        .collect();
    Some(Case {
        disclosure,
        report,
        labels,
        traps,
    })
}

fn absent() {
    println!(
        "{} is not here: the labelled document was not audited",
        shared().display()
    );
}

/// Rows of a CSV file without its heading; quoted fields may hold commas and doubled quotes.
fn records(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .skip(1)
        .map(|line| {
            let mut fields = vec![String::new()];
            let mut quoted = false;
            let mut characters = line.chars().peekable();
            while let Some(c) = characters.next() {
                match c {
                    '"' if quoted && characters.peek() == Some(&'"') => {
                        characters.next();
                        push(&mut fields, '"');
                    }
                    '"' => quoted = !quoted,
                    ',' if !quoted => fields.push(String::new()),
                    _ => push(&mut fields, c),
                }
            }
            fields
        })
        .collect()
}

fn push(fields: &mut [String], c: char) {
    if let Some(last) = fields.last_mut() {
        last.push(c);
    }
}

fn field(fields: &[String], i: usize) -> String {
    fields.get(i).cloned().unwrap_or_default()
}

fn above_info(report: &Report) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
}

/// All places of a finding: its own, its suspects', its consequences'.
fn places(finding: &Finding) -> Vec<&Place> {
    let mut out: Vec<&Place> = finding.places.iter().collect();
    out.extend(finding.suspects.iter().map(|suspect| &suspect.place));
    for consequence in &finding.consequences {
        out.extend(places(consequence));
    }
    out
}

/// Numbers of three or more digits, without commas.
fn numbers(text: &str) -> BTreeSet<String> {
    text.replace(',', "")
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| number.chars().filter(char::is_ascii_digit).count() >= 3)
        .collect()
}

/// Runs of four Chinese characters (two for short labels), for overlap of words.
fn runs(text: &str, n: usize) -> BTreeSet<Vec<char>> {
    let letters: Vec<char> = text
        .chars()
        .filter(|c| c.is_alphanumeric() || "<>/".contains(*c))
        .collect();
    letters.windows(n).map(<[char]>::to_vec).collect()
}

fn overlaps(quote: &str, label: &Label) -> bool {
    let n = if label.quotes.chars().count() < 6 {
        2
    } else {
        3
    };
    !numbers(quote).is_disjoint(&numbers(&label.quotes))
        || !runs(quote, n).is_disjoint(&runs(&label.quotes, n))
}

/// On two lines of the label with its words, on its only line with its words, or on its first line with its first figure.
fn finds(finding: &Finding, label: &Label) -> bool {
    let all = places(finding);
    let on: BTreeSet<u32> = all
        .iter()
        .filter(|place| place.line.is_some_and(|line| label.lines.contains(&line)))
        .filter(|place| {
            overlaps(&place.quote, label)
                || place
                    .context
                    .as_deref()
                    .is_some_and(|text| overlaps(text, label))
        })
        .filter_map(|place| place.line)
        .collect();
    let figure = numbers(label.quotes.split('|').next().unwrap_or_default());
    let on_figure = all
        .iter()
        .any(|place| place.line == label.first_line && !numbers(&place.quote).is_disjoint(&figure));
    on.len() >= label.lines.len().min(2) || on_figure
}

#[test]
fn certain_defects_are_found() {
    let Some(case) = case() else { return absent() };
    let mut missed = Vec::new();
    println!("\n缺陷      级别      结果  行            由");
    for label in &case.labels {
        let by: Vec<&str> = above_info(&case.report)
            .filter(|f| finds(f, label))
            .map(|f| f.code)
            .collect();
        let info: Vec<&str> = case
            .report
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Info && finds(f, label))
            .map(|f| f.code)
            .collect();
        let found = !by.is_empty() || (label.severity == "info" && !info.is_empty());
        let lines: Vec<String> = label.lines.iter().map(u32::to_string).collect();
        println!(
            "{:<8}  {:<8}  {}  {:<12}  {} {}",
            label.id,
            label.severity,
            if found { "找到" } else { "漏" },
            lines.join(";"),
            by.join(" "),
            if found { "" } else { &label.expected }
        );
        if !found && REQUIRED.contains(&label.id.as_str()) {
            missed.push(label.id.clone());
        }
    }
    assert!(
        missed.is_empty(),
        "required and not found: {}",
        missed.join(" ")
    );
}

#[test]
fn one_cause_is_one_finding() {
    let Some(case) = case() else { return absent() };
    let pair: Vec<&Label> = case
        .labels
        .iter()
        .filter(|label| ["SD-01", "SD-02"].contains(&label.id.as_str()))
        .collect();
    let together =
        above_info(&case.report).any(|finding| pair.iter().all(|label| finds(finding, label)));
    assert!(
        together,
        "SD-01 and SD-02 have one cause and stand in two findings"
    );
}

#[test]
fn traps_stay_silent() {
    let Some(case) = case() else { return absent() };
    let mut sprung = Vec::new();
    println!("\n提示级以上、没有对上标注缺陷的问题（请人判断真假）：");
    for finding in
        above_info(&case.report).filter(|f| !case.labels.iter().any(|label| finds(f, label)))
    {
        let lines: BTreeSet<u32> = places(finding)
            .iter()
            .filter_map(|place| place.line)
            .collect();
        println!(
            "{} {:?} 行 {lines:?} {}",
            finding.code, finding.severity, finding.message
        );
        // A sprung trap holds two of its figures against each other: they are sides of the finding.
        let sides: BTreeSet<String> = finding
            .sides
            .iter()
            .flat_map(|side| numbers(&side.printed))
            .collect();
        for trap in &case.traps {
            if numbers(&trap.looks_wrong).intersection(&sides).count() >= 2 {
                sprung.push(format!(
                    "{} by {}: {}",
                    trap.id, finding.code, finding.message
                ));
            }
        }
    }
    assert!(sprung.is_empty(), "\n{}", sprung.join("\n"));
}

#[test]
fn numbers_of_the_narrative_are_bound() {
    let Some(case) = case() else { return absent() };
    let (bound, unbound) = (case.disclosure.n_bound, case.disclosure.unproved.len());
    println!("\n文字中的数字：绑定 {bound}，未绑定 {unbound}");
    for number in &case.disclosure.unproved {
        println!(
            "  行 {:?} {} {}",
            number.place.line, number.number, number.why
        );
    }
    assert!(
        bound * 100 >= (bound + unbound) * 97,
        "{bound} bound, {unbound} not: below 97 %"
    );
}
