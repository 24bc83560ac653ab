//! Every rule page is a test: its examples go through the real reader, recogniser and the page's own rule, and must yield
//! exactly the findings they mark. `PAGE=change-contradicted cargo test -p mingzhang --test rule_pages` runs one page.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::PathBuf};

use mz_audit::{Audit, Rule, against::Companion, rules::RULES};
use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Verdict},
    library::Library,
    place::Place,
};

/// Profile of examples that name none.
const DEFAULT_PROFILE: &str = "xinjiang-unit-2024";

/// Headings a page may have, in this order; the ones with `true` it must have.
const HEADINGS: [(&str, bool); 5] = [
    ("为什么", true),
    ("有错", true),
    ("无误", true),
    ("无法判断", false),
    ("怎么改", true),
];

/// A piece of a document in the text format, with the findings it must yield.
#[derive(Default)]
struct Example {
    heading: String,
    /// 1-based line of the page where the block opens.
    page_line: usize,
    profile: Option<String>,
    all_rules: bool,
    text: String,
    marks: Vec<Mark>,
    /// The block is the other document of the block that follows (`disclosure against`).
    is_other: bool,
    /// The document it is compared with.
    other: Option<Box<Example>>,
}

/// `⟦marked⟧{CODE}` or `{CODE?}`.
#[derive(Debug)]
struct Mark {
    line: u32,
    /// Characters of the line the mark covers.
    range: (usize, usize),
    marked: String,
    code: String,
    undecided: bool,
    /// The mark stands in the other document.
    elsewhere: bool,
}

#[test]
fn rule_pages_hold() {
    let only = std::env::var("PAGE").ok();
    let mut failures = String::new();
    let mut n_examples = 0;
    for rule in RULES
        .iter()
        .filter(|rule| only.as_deref().is_none_or(|name| rule.name == name))
    {
        let (examples, faults) = parse(rule);
        for fault in faults {
            let _ = writeln!(failures, "{} {}: {fault}", rule.code, rule.name);
        }
        for example in &examples {
            n_examples += 1;
            if let Err(difference) = run(rule, example) {
                let _ = writeln!(
                    failures,
                    "{} {} · {} · block at line {} of the page\n{difference}",
                    rule.code, rule.name, example.heading, example.page_line
                );
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    println!("{n_examples} examples of {} pages hold", RULES.len());
}

#[test]
fn codes_names_and_files_agree() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../mz-audit/src/rules");
    let mut stems = BTreeSet::new();
    for group in fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|e| e.path().is_dir())
    {
        for file in fs::read_dir(group.path()).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_some_and(|e| e == "md") {
                stems.insert(
                    path.file_stem()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned(),
                );
            }
        }
    }
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut faults = Vec::new();
    for rule in RULES {
        if !codes.insert(rule.code) {
            faults.push(format!("{} is used twice", rule.code));
        }
        if !names.insert(rule.name.replace('-', "_")) {
            faults.push(format!("the name {} is used twice", rule.name));
        }
        let digits = rule.code.strip_prefix("MZ").unwrap_or_default();
        if digits.len() != 4 || !digits.chars().all(|c| c.is_ascii_digit()) {
            faults.push(format!("{} is not MZ and four digits", rule.code));
        }
        let head = rule.page.lines().next().unwrap_or_default();
        if head != format!("# {} {}", rule.code, rule.name) {
            faults.push(format!(
                "{} {}: the page begins with “{head}”",
                rule.code, rule.name
            ));
        }
    }
    for stem in stems.symmetric_difference(&names) {
        faults.push(format!("{stem}: page and rule do not go together"));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The examples of a page, and what is wrong with its shape.
fn parse(rule: &Rule) -> (Vec<Example>, Vec<String>) {
    let mut examples: Vec<Example> = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    let mut open: Option<Example> = None;
    let mut other: Option<Box<Example>> = None;
    let mut other_fence = false;
    for (i, line) in rule.page.lines().enumerate() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            if let Some(mut example) = open.take() {
                if example.is_other {
                    other = Some(Box::new(example));
                } else {
                    example.other = other.take();
                    examples.push(example);
                }
            } else if other_fence {
                other_fence = false;
            } else if info.split_whitespace().next() == Some("disclosure") {
                open = Some(opened(info, headings.last(), i + 1));
            } else {
                other_fence = true;
            }
        } else if let Some(example) = &mut open {
            example.add(line);
        } else if let Some(heading) = line.strip_prefix("## ") {
            headings.push(heading.trim().to_owned());
        }
    }
    let faults = shape_faults(rule, &headings, &examples, open.is_some());
    (examples, faults)
}

fn opened(info: &str, heading: Option<&String>, page_line: usize) -> Example {
    let mut example = Example {
        heading: heading.cloned().unwrap_or_default(),
        page_line,
        ..Example::default()
    };
    for word in info.split_whitespace().skip(1) {
        match word.strip_prefix("profile=") {
            Some(id) => example.profile = Some(id.to_owned()),
            None => {
                example.all_rules |= word == "all";
                example.is_other |= word == "against";
            }
        }
    }
    example
}

fn shape_faults(
    rule: &Rule,
    headings: &[String],
    examples: &[Example],
    unclosed: bool,
) -> Vec<String> {
    let mut faults = Vec::new();
    let expected: Vec<&str> = HEADINGS
        .iter()
        .filter(|(heading, required)| *required || headings.iter().any(|h| h == heading))
        .map(|(heading, _)| *heading)
        .collect();
    if headings != expected {
        faults.push(format!("headings are {headings:?}, expected {expected:?}"));
    }
    let paragraphs: Vec<&str> = rule
        .page
        .lines()
        .filter(|line| !line.is_empty())
        .skip(1)
        .take(2)
        .collect();
    match paragraphs.as_slice() {
        [zh, en]
            if !zh.starts_with(['#', '*', '`']) && en.starts_with('*') && en.ends_with('*') => {}
        _ => faults.push(
            "after the title come one Chinese sentence and one English sentence in *italics*"
                .to_owned(),
        ),
    }
    if unclosed {
        faults.push("a fenced block is not closed".to_owned());
    }
    for heading in ["有错", "无误"] {
        if !examples.iter().any(|example| example.heading == heading) {
            faults.push(format!("no example under {heading}"));
        }
    }
    for example in examples {
        let wants_marks = matches!(example.heading.as_str(), "有错" | "无法判断");
        if wants_marks == (example.all_marks().count() == 0) {
            let what = if wants_marks {
                "marks nothing"
            } else {
                "marks a finding"
            };
            faults.push(format!(
                "the {} example at line {} {what}",
                example.heading, example.page_line
            ));
        }
    }
    faults
}

impl Example {
    /// Marks of the block and of the document it is compared with.
    fn all_marks(&self) -> impl Iterator<Item = &Mark> {
        let other = self.other.iter().flat_map(|other| &other.marks);
        self.marks.iter().chain(other)
    }

    /// Adds a line, taking its marks out. Marks may nest.
    fn add(&mut self, line: &str) {
        let line_number = u32::try_from(self.text.lines().count() + 1).unwrap_or(u32::MAX);
        let mut plain: Vec<char> = Vec::new();
        let mut starts: Vec<usize> = Vec::new();
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            rest = rest.strip_prefix(c).unwrap_or_default();
            match c {
                '⟦' => starts.push(plain.len()),
                '⟧' => {
                    let (code, after) = rest
                        .strip_prefix('{')
                        .and_then(|r| r.split_once('}'))
                        .unwrap_or_else(|| panic!("⟧ without {{CODE}} in “{line}”"));
                    rest = after;
                    let start = starts
                        .pop()
                        .unwrap_or_else(|| panic!("⟧ without ⟦ in “{line}”"));
                    self.marks.push(Mark {
                        line: line_number,
                        range: (start, plain.len()),
                        marked: plain.iter().skip(start).collect(),
                        code: code.trim_end_matches('?').to_owned(),
                        undecided: code.ends_with('?'),
                        elsewhere: self.is_other,
                    });
                }
                _ => plain.push(c),
            }
        }
        self.text.extend(plain);
        self.text.push('\n');
    }
}

/// Reads a block through its profile.
fn read(example: &Example) -> Result<Disclosure, String> {
    let document = mz_document::read(example.text.as_bytes(), "example.txt")
        .map_err(|e| format!("  unreadable: {e:?}"))?;
    let profile = example.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
    mz_recognise::recognise(&document, Library::embedded(), Some(profile))
        .map_err(|e| format!("  not recognised: {e:?}"))
}

/// Runs an example; the error shows what was expected and not found, and what was found and not expected.
fn run(rule: &'static Rule, example: &Example) -> Result<(), String> {
    let disclosure = read(example)?;
    let rules: Vec<&'static Rule> = if example.all_rules {
        RULES.to_vec()
    } else {
        vec![rule]
    };
    let other = match &example.other {
        Some(other) => Some(read(other)?),
        None => None,
    };
    let mut audit = Audit::new(&disclosure, Library::embedded());
    audit.companions = other
        .iter()
        .map(|other| Companion::new(&disclosure, "other.txt", other))
        .collect();
    let report = audit.run(&rules);
    let findings: Vec<&Finding> = report.findings.iter().collect();
    let mut difference = String::new();
    for mark in example.all_marks() {
        if !findings
            .iter()
            .any(|finding| finding_matches(finding, mark, example))
        {
            let sign = if mark.undecided { "?" } else { "" };
            let _ = writeln!(
                difference,
                "  expected, not found: line {} ⟦{}⟧{{{}{sign}}}",
                mark.line, mark.marked, mark.code
            );
        }
    }
    for finding in &findings {
        if !example
            .all_marks()
            .any(|mark| finding_matches(finding, mark, example))
        {
            let _ = writeln!(difference, "  found, not expected: {}", shown(finding));
        }
    }
    if difference.is_empty() {
        return Ok(());
    }
    for obligation in report.obligations.iter().filter(|o| o.id == rule.code) {
        let _ = writeln!(
            difference,
            "  ledger: {:?}, {} checked {}",
            obligation.status, obligation.n_checked, obligation.reason
        );
    }
    for (i, line) in example.text.lines().enumerate() {
        let _ = writeln!(difference, "  {:>3} │ {line}", i + 1);
    }
    Err(difference)
}

fn shown(finding: &Finding) -> String {
    let places: Vec<String> = finding
        .places
        .iter()
        .map(|place| {
            format!(
                "line {} “{}”",
                place.line.map_or("?".to_owned(), |n| n.to_string()),
                place.quote
            )
        })
        .collect();
    let undecided = if finding.verdict == Verdict::Undecided {
        "?"
    } else {
        ""
    };
    format!(
        "{}{undecided} {:?} at {} — {}",
        finding.code,
        finding.severity,
        places.join(", "),
        finding.message
    )
}

/// A finding with its consequences counts as one: any of its places may carry the mark.
fn finding_matches(finding: &Finding, mark: &Mark, example: &Example) -> bool {
    let itself = finding.code == mark.code
        && (finding.verdict == Verdict::Undecided) == mark.undecided
        && finding
            .places
            .iter()
            .any(|place| place_matches(place, mark, example));
    itself
        || finding
            .consequences
            .iter()
            .any(|consequence| finding_matches(consequence, mark, example))
}

/// On the mark's line, and the quote overlaps the marked words wherever in the line it may stand.
fn place_matches(place: &Place, mark: &Mark, example: &Example) -> bool {
    if place.line != Some(mark.line) || place.file.is_some() != mark.elsewhere {
        return false;
    }
    let text = match &example.other {
        Some(other) if mark.elsewhere => &other.text,
        _ => &example.text,
    };
    let line = text
        .lines()
        .nth(mark.line.saturating_sub(1) as usize)
        .unwrap_or_default();
    let solid: Vec<(usize, char)> = line
        .chars()
        .enumerate()
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    let quote: Vec<char> = place.quote.chars().filter(|c| !c.is_whitespace()).collect();
    if quote.is_empty() {
        return false;
    }
    let overlaps = solid.windows(quote.len()).any(|window| {
        let same = window.iter().zip(&quote).all(|((_, a), b)| a == b);
        let (first, last) = (
            window.first().map_or(0, |w| w.0),
            window.last().map_or(0, |w| w.0),
        );
        same && first < mark.range.1 && mark.range.0 <= last
    });
    // A quote joined from several lines is longer than the line it begins on.
    overlaps
        || place
            .quote
            .replace(char::is_whitespace, "")
            .contains(&mark.marked.replace(char::is_whitespace, ""))
}
