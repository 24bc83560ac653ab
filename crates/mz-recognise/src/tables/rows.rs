//! What each row of a panel is: total, axis node, fixed line, project, note — or unknown.

use mz_budget::{
    catalogue::{Catalogue, Entry},
    dimension::Dimension,
    normalise,
    profile::{PanelSpec, RowsSpec},
};

use super::code::{self, Above};

/// What a row is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// The whole panel.
    Total,
    /// A fixed line of the profile.
    Line {
        /// Index of the line.
        line: usize,
        /// It is worded as a total.
        is_total: bool,
    },
    /// A classification code, with the project under it where the table lists projects, or the code of the second
    /// classification beside it.
    Code {
        /// The code.
        code: String,
        /// Name as printed.
        name: String,
        /// Project as printed, or code of the second classification.
        project: Option<String>,
        /// A zero of the code was missing.
        zero_lost: bool,
        /// The printed code is none; the row was known by its name.
        misprinted: bool,
    },
    /// A project without a code.
    Project(String),
    /// A unit with a subtotal of its own.
    Unit(String),
    /// A sentence inside the grid.
    Note(String),
    /// Not known.
    Unknown,
}

/// The name of a unit as it is compared: without what is said of it in brackets.
pub(super) fn unit_name(text: &str) -> String {
    let name = normalise::name(text);
    match name.split_once('(') {
        Some((before, _)) if before.chars().count() >= 3 => before.to_owned(),
        _ => name,
    }
}

/// A row of a panel as read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowReading {
    pub(crate) row: usize,
    /// Label as printed, stray spaces removed.
    pub(crate) label: String,
    pub(crate) meaning: Meaning,
}

/// A row before it is understood.
#[derive(Clone, Debug)]
pub(crate) struct RawRow<'a> {
    pub(crate) row: usize,
    /// Label cells, left to right.
    pub(crate) labels: Vec<&'a str>,
    /// Cells of a second classification, left to right.
    pub(crate) beside: Vec<&'a str>,
    /// Whether any value cell holds text.
    pub(crate) has_values: bool,
}

/// Reads the rows of a panel.
pub(crate) fn read(
    rows: &[RawRow],
    panel: &PanelSpec,
    catalogue: &Catalogue,
    unit: Option<&str>,
) -> Vec<RowReading> {
    let spec = &panel.rows;
    let totals: Vec<String> = spec
        .total
        .iter()
        .map(|label| normalise::label(label))
        .collect();
    let (mut above, mut above_beside) = (Above::default(), Above::default());
    let mut readings: Vec<RowReading> = rows
        .iter()
        .filter(|row| row.has_values || row.labels.iter().any(|label| !label.is_empty()))
        .map(|row| {
            // A panel without label columns has one row of figures, each named by its column alone.
            let mut meaning = if panel.labels.is_empty() {
                Meaning::Total
            } else {
                meaning(row, spec, &totals, catalogue, &mut above)
            };
            if spec.inner == Some(Dimension::Governmental)
                && let Meaning::Code { project, .. } = &mut meaning
            {
                *project = code::governmental(&row.beside, &mut above_beside);
            }
            let label = if panel.labels.is_empty() {
                "预算数".to_owned()
            } else {
                printed_label(row)
            };
            RowReading {
                row: row.row,
                label,
                meaning,
            }
        })
        .collect();
    if !spec.lines.is_empty() {
        match_lines(&mut readings, spec, &totals);
    }
    if spec.unit_rows && spec.axis.is_none() {
        for reading in readings
            .iter_mut()
            .filter(|r| r.meaning == Meaning::Unknown)
        {
            if spec.unit_endings.contains(&unit_name(&reading.label)) {
                reading.meaning = Meaning::Unit(reading.label.clone());
            }
        }
    }
    if let Some(unit) = unit.filter(|_| spec.unit_rows) {
        for reading in &mut readings {
            if matches!(&reading.meaning, Meaning::Project(name) if normalise::same_name(name, unit))
            {
                reading.meaning = Meaning::Unit(reading.label.clone());
            }
        }
    }
    readings
}

/// The label as printed: the texts of the label cells that are not codes, or the code where there is no name.
fn printed_label(row: &RawRow) -> String {
    let texts: Vec<String> = row
        .labels
        .iter()
        .filter(|label| !label.is_empty() && !label.bytes().all(|b| b.is_ascii_digit()))
        .map(|label| normalise::squeeze(label))
        .collect();
    if texts.is_empty() {
        return row
            .labels
            .iter()
            .map(|label| normalise::squeeze(label))
            .collect();
    }
    texts.join(" ")
}

fn meaning(
    row: &RawRow,
    spec: &RowsSpec,
    totals: &[String],
    catalogue: &Catalogue,
    above: &mut Above,
) -> Meaning {
    let has_codes = spec.axis.is_some_and(Dimension::is_classification);
    if has_codes && let Some(found) = code::read(&row.labels, above) {
        above.code.clone_from(&found.code);
        let names = row.labels.get(found.behind..).unwrap_or(&[]);
        return coded(found, names, spec);
    }
    let first = row
        .labels
        .iter()
        .find(|label| !label.is_empty())
        .copied()
        .unwrap_or("");
    if totals.contains(&normalise::label(first)) || is_total_behind_header(&row.labels, totals) {
        return Meaning::Total;
    }
    if is_note(first, row.has_values) {
        return Meaning::Note(normalise::squeeze(first));
    }
    if has_codes
        && !first.is_empty()
        && let Some(entry) = named(first, spec, catalogue, above)
    {
        above.code = entry.code.to_owned();
        let project = inner_name(row.labels.get(1..).unwrap_or(&[]), spec);
        return Meaning::Code {
            code: entry.code.to_owned(),
            name: normalise::squeeze(normalise::strip_numbering(first)),
            project,
            zero_lost: false,
            misprinted: false,
        };
    }
    if has_codes && let Some(meaning) = misprinted(row, spec, catalogue, above) {
        return meaning;
    }
    if spec.axis == Some(Dimension::Project) && !first.is_empty() {
        let name = row
            .labels
            .iter()
            .rev()
            .find(|label| !label.is_empty())
            .copied()
            .unwrap_or(first);
        return Meaning::Project(normalise::squeeze(name));
    }
    Meaning::Unknown
}

/// 类 款 项 合计: the last row of the header and the total printed as one row.
fn is_total_behind_header(labels: &[&str], totals: &[String]) -> bool {
    let mut filled = labels.iter().rev().filter(|label| !label.is_empty());
    let is_total = |label: &&str| totals.contains(&normalise::label(label));
    filled.next().is_some_and(is_total) && filled.all(|label| matches!(*label, "类" | "款" | "项"))
}

fn coded(found: code::Found, names: &[&str], spec: &RowsSpec) -> Meaning {
    let mut names = names.iter().copied();
    let name = if found.rest.is_empty() {
        names.find(|n| !n.is_empty()).unwrap_or("")
    } else {
        found.rest.as_str()
    };
    let project = if found.rest.is_empty() {
        inner_name(&names.collect::<Vec<_>>(), spec)
    } else {
        inner_name(&names.skip(1).collect::<Vec<_>>(), spec)
    };
    Meaning::Code {
        code: found.code,
        name: normalise::squeeze(name),
        project,
        zero_lost: found.zero_lost,
        misprinted: false,
    }
}

/// A row whose code cells hold digits that are no code ("7 | 11 | 02"), known by its name under the code above.
fn misprinted(
    row: &RawRow,
    spec: &RowsSpec,
    catalogue: &Catalogue,
    above: &mut Above,
) -> Option<Meaning> {
    let mut labels = row.labels.iter().filter(|label| !label.is_empty());
    let is_code = |label: &&&str| normalise::name(label).bytes().all(|b| b.is_ascii_digit());
    let n_codes = labels.clone().take_while(is_code).count();
    let name = labels.nth(n_codes).filter(|_| n_codes > 0)?;
    let entry = named(name, spec, catalogue, above)?;
    above.code = entry.code.to_owned();
    Some(Meaning::Code {
        code: entry.code.to_owned(),
        name: normalise::squeeze(name),
        project: None,
        zero_lost: false,
        misprinted: true,
    })
}

/// The name of the inner axis, in the last label column that holds one.
fn inner_name(rest: &[&str], spec: &RowsSpec) -> Option<String> {
    spec.inner?;
    let name = rest.iter().rev().find(|label| !label.is_empty())?;
    Some(normalise::squeeze(name))
}

/// The heading of this name: the only one there is, or the only one under the code above.
pub(super) fn named<'c>(
    text: &str,
    spec: &RowsSpec,
    catalogue: &'c Catalogue,
    above: &Above,
) -> Option<&'c Entry> {
    let name = normalise::label(text);
    let mut found: Vec<&Entry> = match spec.axis? {
        Dimension::Economic => catalogue.economic_named(&name).collect(),
        Dimension::Governmental => catalogue.government_economic_named(&name).collect(),
        _ => catalogue.function_named(&name).collect(),
    };
    let is_economic = matches!(
        spec.axis,
        Some(Dimension::Economic | Dimension::Governmental)
    );
    if found.is_empty() && !is_economic {
        found.extend(catalogue.function_once_named(&name));
    }
    if spec.to.as_deref() == Some("category") {
        found.retain(|entry| entry.parent.is_none());
    }
    // A list of the government's categories goes on with categories.
    if spec.axis == Some(Dimension::Governmental) && found.len() > 1 && above.code.len() <= 3 {
        found.retain(|entry| entry.parent.is_none());
    }
    if found.len() > 1 {
        let head = |n: usize| above.code.get(..n).unwrap_or("?");
        found.retain(|entry| {
            let parent = entry.parent.unwrap_or("");
            parent == above.code || parent == head(5) || parent == head(3)
        });
    }
    match found.as_slice() {
        [entry] => Some(entry),
        _ => None,
    }
}

/// A sentence or a remark inside the grid.
fn is_note(text: &str, has_values: bool) -> bool {
    let head = ["注", "备注", "说明", "注释"].iter().any(|head| {
        text.strip_prefix(head)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '：', '1', '１']))
    });
    head || (!has_values
        && (text.ends_with('。') || (text.chars().count() > 20 && text.contains('。'))))
}

/// Matches fixed lines to rows in order, so that a label that occurs twice (一般公共预算拨款 of this year and of carry-over)
/// finds its place by its neighbours.
fn match_lines(readings: &mut [RowReading], spec: &RowsSpec, totals: &[String]) {
    let lines: Vec<Vec<String>> = spec
        .lines
        .iter()
        .map(|line| {
            std::iter::once(&line.label)
                .chain(&line.aliases)
                .map(|label| normalise::label(label))
                .collect()
        })
        .collect();
    if spec.axis.is_some() {
        // In a list of projects every name is one, unless it is declared to be something else.
        let is_open = |meaning: &Meaning| match meaning {
            Meaning::Project(_) => spec.axis == Some(Dimension::Project),
            meaning => *meaning == Meaning::Unknown,
        };
        for reading in readings.iter_mut().filter(|r| is_open(&r.meaning)) {
            let label = normalise::label(&reading.label);
            if let Some(line) = lines.iter().position(|wordings| wordings.contains(&label)) {
                reading.meaning = Meaning::Line {
                    line,
                    is_total: false,
                };
            }
        }
        return;
    }
    let open: Vec<usize> = (0..readings.len())
        .filter(|i| {
            readings
                .get(*i)
                .is_some_and(|r| r.meaning == Meaning::Unknown)
        })
        .collect();
    let labels: Vec<String> = open
        .iter()
        .map(|i| {
            readings
                .get(*i)
                .map(|r| normalise::label(&r.label))
                .unwrap_or_default()
        })
        .collect();
    for (i, line) in align_lines(&labels, &lines).into_iter().enumerate() {
        let (Some(line), Some(label)) = (line, labels.get(i)) else {
            continue;
        };
        if let Some(reading) = open.get(i).and_then(|at| readings.get_mut(*at)) {
            let is_total = totals.contains(label) || matches!(label.as_str(), "合计" | "总计");
            reading.meaning = Meaning::Line { line, is_total };
        }
    }
}

/// The line of each label: the order-preserving matching with the greatest likeness.
fn align_lines(labels: &[String], lines: &[Vec<String>]) -> Vec<Option<usize>> {
    let chars = |text: &String| text.chars().collect::<Vec<char>>();
    let line_chars: Vec<Vec<Vec<char>>> = lines
        .iter()
        .map(|wordings| wordings.iter().map(chars).collect())
        .collect();
    let score: Vec<Vec<u32>> = labels
        .iter()
        .map(|label| {
            let exact: Vec<u32> = lines
                .iter()
                .map(|wordings| if wordings.contains(label) { 1000 } else { 0 })
                .collect();
            if exact.contains(&1000) {
                return exact;
            }
            let label = chars(label);
            let near = |wording: &Vec<char>| normalise::likeness_at_least(&label, wording, 750);
            line_chars
                .iter()
                .map(|wordings| wordings.iter().map(near).max().unwrap_or(0) * 6 / 10)
                .collect()
        })
        .collect();
    super::columns::align_at_least(&score, labels.len(), lines.len(), 400)
        .into_iter()
        .enumerate()
        .fold(vec![None; labels.len()], |mut of_label, (line, label)| {
            if let Some(slot) = label.and_then(|label| of_label.get_mut(label)) {
                *slot = Some(line);
            }
            of_label
        })
}
