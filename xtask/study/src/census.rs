//! The census: every document of a folder is read and audited, and what came of it is one line of a table, so that what a
//! change of the program does to real documents can be seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use mz_budget::{
    disclosure::Disclosure,
    finding::{Report, Severity},
    library::Library,
};

use crate::memory;

/// Columns of the census, in order.
const COLUMNS: [&str; 19] = [
    "file",
    "outcome",
    "profile",
    "unit",
    "year",
    "kind",
    "pages",
    "tables",
    "expected",
    "missing",
    "cells",
    "unread",
    "identities",
    "broken",
    "claims",
    "unproved",
    "targets",
    "findings",
    "milliseconds/MiB",
];
/// Columns that differ from run to run and are no change.
const MEASURED: [&str; 1] = ["milliseconds/MiB"];

/// A line of the census: the fields by the names of [`COLUMNS`].
type Line = BTreeMap<&'static str, String>;

/// The tables a document holds, as a person counted them: page and title, by file.
type Expected = BTreeMap<String, Vec<(u32, String)>>;

/// Takes the census of a folder. `expected` names the tables that are there.
pub fn take(folder: &Path, expected: Option<&Path>) -> Result<String, String> {
    let expected = match expected {
        Some(path) => read_expected(path)?,
        None => Expected::new(),
    };
    let files = files(folder)?;
    let mut out = COLUMNS.join(",");
    out.push('\n');
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        let line = document(&file, &name, expected.get(&name));
        let fields: Vec<String> = COLUMNS
            .iter()
            .map(|column| quoted(line.get(column).map_or("", String::as_str)))
            .collect();
        out.push_str(&fields.join(","));
        out.push('\n');
    }
    Ok(out)
}

/// The files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let error = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn document(path: &Path, name: &str, expected: Option<&Vec<(u32, String)>>) -> Line {
    let mut line = Line::from([("file", name.to_owned())]);
    let n_expected = expected.map(Vec::len);
    if let Some(n) = n_expected {
        line.insert("expected", n.to_string());
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            line.insert("outcome", error.to_string());
            return line;
        }
    };
    memory::reset_peak();
    let start = Instant::now();
    let read = mz_document::read(&bytes, name)
        .map_err(|error| error.message_zh)
        .and_then(|document| {
            mz_recognise::recognise(&document, Library::embedded(), None)
                .map_err(|error| error.to_string())
        });
    let disclosure = match read {
        Ok(disclosure) => disclosure,
        Err(message) => {
            line.insert("outcome", message);
            return line;
        }
    };
    let report = mz_audit::audit(&disclosure, Library::embedded());
    let spent = start.elapsed().as_millis();
    line.insert("outcome", "read".into());
    line.insert(
        "milliseconds/MiB",
        format!("{spent}/{}", memory::peak_mib()),
    );
    describe(&mut line, &disclosure, &report, expected);
    line
}

fn describe(
    line: &mut Line,
    disclosure: &Disclosure,
    report: &Report,
    expected: Option<&Vec<(u32, String)>>,
) {
    let pages: BTreeSet<Option<u32>> = disclosure.tables.iter().map(|t| t.place.page).collect();
    if let Some(expected) = expected {
        let missing: Vec<String> = expected
            .iter()
            .filter(|(page, title)| {
                let by_title = disclosure.tables.iter().any(|t| t.title.contains(title));
                !pages.contains(&Some(*page)) && !by_title
            })
            .map(|(page, title)| format!("{page} {title}"))
            .collect();
        line.insert("missing", missing.join("; "));
    }
    let sum = |count: fn(&mz_budget::disclosure::TableReading) -> usize| -> String {
        disclosure
            .tables
            .iter()
            .map(count)
            .sum::<usize>()
            .to_string()
    };
    line.insert("cells", sum(|table| table.n_values));
    line.insert("unread", sum(|table| table.n_unread));
    line.insert("profile", disclosure.profile.id.clone());
    line.insert("unit", disclosure.unit.clone().unwrap_or_default());
    let year = disclosure.year.map(|year| year.to_string());
    line.insert("year", year.unwrap_or_default());
    line.insert("kind", format!("{:?}", disclosure.kind));
    let n_pages = disclosure.pages.map(|pages| pages.to_string());
    line.insert("pages", n_pages.unwrap_or_default());
    line.insert("tables", disclosure.tables.len().to_string());
    line.insert("identities", report.counts.identities.to_string());
    let broken = report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info && finding.code.starts_with("MZ1"))
        .count();
    line.insert("broken", broken.to_string());
    line.insert("claims", disclosure.claims.len().to_string());
    line.insert("unproved", disclosure.unproved.len().to_string());
    line.insert("targets", disclosure.targets.len().to_string());
    line.insert("findings", findings(report));
}

/// Findings by severity and code: `error MZ1001×2 MZ4005; info MZ2010`.
fn findings(report: &Report) -> String {
    let mut by_severity: BTreeMap<Severity, BTreeMap<&str, usize>> = BTreeMap::new();
    for finding in &report.findings {
        let codes = by_severity.entry(finding.severity).or_default();
        *codes.entry(finding.code).or_default() += 1;
    }
    let groups: Vec<String> = by_severity
        .iter()
        .rev()
        .map(|(severity, codes)| {
            let codes: Vec<String> = codes
                .iter()
                .map(|(code, n)| match n {
                    1 => (*code).to_owned(),
                    n => format!("{code}×{n}"),
                })
                .collect();
            let severity = format!("{severity:?}").to_lowercase();
            format!("{severity} {}", codes.join(" "))
        })
        .collect();
    groups.join("; ")
}

/// A field as CSV writes it.
pub(crate) fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\"").replace('\n', " "))
    } else {
        field.to_owned()
    }
}

/// Fields of one line of CSV.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let field = fields.last_mut();
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.into_iter().for_each(|f| f.push('"'));
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            c => field.into_iter().for_each(|f| f.push(c)),
        }
    }
    fields
}

fn read_expected(path: &Path) -> Result<Expected, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut expected = Expected::new();
    for line in text.lines().skip(1) {
        let fields = fields(line);
        let (Some(file), Some(page), Some(title)) = (fields.first(), fields.get(1), fields.get(2))
        else {
            continue;
        };
        let page = page.parse().unwrap_or(0);
        expected
            .entry(file.clone())
            .or_default()
            .push((page, title.clone()));
    }
    Ok(expected)
}

/// What changed from one census to another, one line a document and column; measured figures are left out.
pub fn diff(before: &str, after: &str) -> String {
    let table = |text: &str| -> BTreeMap<String, BTreeMap<String, String>> {
        let mut lines = text.lines();
        let header = fields(lines.next().unwrap_or(""));
        lines
            .map(|line| {
                let fields = fields(line);
                let file = fields.first().cloned().unwrap_or_default();
                (file, header.iter().cloned().zip(fields).collect())
            })
            .collect()
    };
    let (before, after) = (table(before), table(after));
    let files: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut out = String::new();
    for file in files {
        let (Some(old), Some(new)) = (before.get(file), after.get(file)) else {
            let what = if after.contains_key(file) {
                "new"
            } else {
                "gone"
            };
            out.push_str(&format!("{file}: {what}\n"));
            continue;
        };
        for column in COLUMNS.iter().filter(|column| !MEASURED.contains(column)) {
            let field =
                |line: &BTreeMap<String, String>| line.get(*column).cloned().unwrap_or_default();
            let (old, new) = (field(old), field(new));
            if old != new {
                out.push_str(&format!("{file}: {column}: {old} → {new}\n"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_census_is_compared_without_what_is_measured() {
        let before = "file,tables,findings,milliseconds/MiB\na.pdf,9,\"error MZ1001, 2\",10/20\n";
        let after =
            "file,tables,findings,milliseconds/MiB\na.pdf,9,error MZ1002,99/99\nb.pdf,1,,\n";
        assert_eq!(
            diff(before, after),
            "a.pdf: findings: error MZ1001, 2 → error MZ1002\nb.pdf: new\n"
        );
    }
}
