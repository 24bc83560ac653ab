//! The reviewers' checklist: which row a problem belongs to, and what each row says. The rows are data.

use std::collections::BTreeSet;

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, ObligationStatus, Severity},
    place::Place,
    profile::outline::OutlineKind,
};
use serde::Deserialize;

use super::{AuditedDocument, Settings, message, trail};
use crate::{
    lang::Lang,
    layout::one_line,
    pictures::{self, Part},
};

#[derive(Debug, Default, Deserialize)]
struct File {
    title: String,
    #[serde(default, rename = "section")]
    sections: Vec<SectionSpec>,
}

#[derive(Debug, Deserialize)]
struct SectionSpec {
    title: String,
    #[serde(default, rename = "row")]
    rows: Vec<RowSpec>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RowSpec {
    label: String,
    manual: Option<String>,
    tables: bool,
    codes: Vec<String>,
    parts: Vec<String>,
    sections: Vec<String>,
    kinds: Vec<OutlineKind>,
    rest: bool,
    /// Id of the table, for the rows that stand for `tables = true`.
    #[serde(skip)]
    table: Option<String>,
}

/// A checklist filled in.
#[derive(Debug)]
pub struct Checklist {
    /// Title with year and kind.
    pub title: String,
    /// Rows, in order.
    pub rows: Vec<CheckRow>,
}

/// One row of it.
#[derive(Debug)]
pub struct CheckRow {
    /// Section the row stands in.
    pub section: String,
    /// What is checked.
    pub label: String,
    /// 是, 否, 待说明, 未查 …
    pub state: &'static str,
    /// Why the row was not checked; empty when it was.
    pub reason: String,
    /// Numbered problems.
    pub problems: Vec<Numbered>,
}

/// A problem of a row.
#[derive(Debug)]
pub struct Numbered {
    /// Its number in the row, severity, page and message.
    pub text: String,
    /// The parts of pages that show it.
    pub parts: Vec<Part>,
}

/// Fills the checklist for a document.
pub fn fill(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> Checklist {
    let file: File = toml::from_str(settings.checklist).unwrap_or_default();
    let disclosure = audited.disclosure;
    let year = disclosure
        .year
        .map_or("〔 〕".to_owned(), |year| year.to_string());
    let title = file
        .title
        .replace("{year}", &year)
        .replace("{kind}", Lang::Zh.kind(disclosure.kind));
    let rows: Vec<(String, RowSpec)> = file
        .sections
        .into_iter()
        .flat_map(|section| {
            section
                .rows
                .into_iter()
                .map(move |row| (section.title.clone(), row))
        })
        .flat_map(|(section, row)| {
            expand(disclosure, row)
                .into_iter()
                .map(move |row| (section.clone(), row))
        })
        .collect();
    let mut problems: Vec<Vec<&Finding>> = vec![Vec::new(); rows.len()];
    for finding in audited
        .report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
    {
        let spot = Spot::of(disclosure, finding);
        if let Some(bin) = row_of(&rows, finding, &spot).and_then(|i| problems.get_mut(i)) {
            bin.push(finding);
        }
    }
    let rows = rows
        .into_iter()
        .zip(problems)
        .map(|((section, spec), findings)| check_row(section, &spec, &findings, audited, settings))
        .collect();
    Checklist { title, rows }
}

/// `tables = true` becomes one row a table of the profile.
fn expand(disclosure: &Disclosure, row: RowSpec) -> Vec<RowSpec> {
    if !row.tables {
        return vec![row];
    }
    let tables = disclosure.profile.tables.iter().map(|table| RowSpec {
        label: format!("《{}》", table.title),
        table: Some(table.id.clone()),
        ..RowSpec::default()
    });
    tables.collect()
}

/// Where a finding stands, in the terms of the checklist.
struct Spot<'d> {
    table: Option<&'d str>,
    part: Option<&'static str>,
    sections: Vec<&'d str>,
    kind: Option<OutlineKind>,
}

impl<'d> Spot<'d> {
    fn of(disclosure: &'d Disclosure, finding: &Finding) -> Self {
        let nowhere = Self {
            table: None,
            part: None,
            sections: Vec::new(),
            kind: None,
        };
        let Some(place) = finding.places.first() else {
            return nowhere;
        };
        if let Some(table) = table_of(disclosure, place) {
            return Self {
                table: Some(table),
                ..nowhere
            };
        }
        if disclosure
            .sections
            .iter()
            .any(|section| section.in_contents && section.place.block == place.block)
        {
            return Self {
                part: Some("contents"),
                ..nowhere
            };
        }
        let before: Vec<_> = disclosure
            .sections
            .iter()
            .filter(|section| !section.in_contents && section.place.block <= place.block)
            .collect();
        let Some(last) = before.last() else {
            return Self {
                part: Some("cover"),
                ..nowhere
            };
        };
        // The heading itself and the ones above it: each the last of its level before the next higher one.
        let mut level = last.level + 1;
        let mut sections = Vec::new();
        for section in before.iter().rev() {
            if section.level < level {
                level = section.level;
                sections.extend(section.id.as_deref());
            }
        }
        let outline = &disclosure.profile.outline;
        let kind = sections
            .iter()
            .find_map(|id| outline.iter().find(|spec| spec.id == *id))
            .map(|spec| spec.kind);
        Self {
            sections,
            kind,
            ..nowhere
        }
    }
}

fn table_of<'d>(disclosure: &'d Disclosure, place: &Place) -> Option<&'d str> {
    let by_block = disclosure
        .tables
        .iter()
        .find(|table| table.blocks.contains(&place.block));
    let by_title = || {
        place
            .table
            .as_ref()
            .and_then(|title| disclosure.tables.iter().find(|table| table.title == *title))
    };
    by_block.or_else(by_title).map(|table| table.id.as_str())
}

/// The first row that fits, in the order the data file explains.
fn row_of(rows: &[(String, RowSpec)], finding: &Finding, spot: &Spot<'_>) -> Option<usize> {
    let position = |fits: &dyn Fn(&RowSpec) -> bool| rows.iter().position(|(_, row)| fits(row));
    spot.table
        .and_then(|id| position(&|row| row.table.as_deref() == Some(id)))
        .or_else(|| {
            position(&|row| {
                row.codes
                    .iter()
                    .any(|prefix| finding.code.starts_with(prefix))
            })
        })
        .or_else(|| {
            position(&|row| {
                spot.part
                    .is_some_and(|part| row.parts.iter().any(|p| p == part))
            })
        })
        .or_else(|| {
            position(&|row| {
                spot.sections
                    .iter()
                    .any(|id| row.sections.iter().any(|s| s == id))
            })
        })
        .or_else(|| position(&|row| spot.kind.is_some_and(|kind| row.kinds.contains(&kind))))
        .or_else(|| position(&|row| row.rest))
}

fn check_row(
    section: String,
    spec: &RowSpec,
    findings: &[&Finding],
    audited: &AuditedDocument<'_>,
    settings: &Settings<'_>,
) -> CheckRow {
    let lang = settings.lang;
    let worst = findings.iter().map(|finding| finding.severity).max();
    let (state, reason) = match (worst, unchecked(spec, audited, lang)) {
        (Some(Severity::Error | Severity::Warning), _) => (lang.pick("否", "no"), String::new()),
        (Some(_), _) => (lang.pick("待说明", "query"), String::new()),
        (None, Some(reason)) => (lang.pick("未查", "not checked"), reason),
        (None, None) => (lang.pick("是", "yes"), String::new()),
    };
    let number = |(i, finding): (usize, &&Finding)| {
        let position = finding
            .places
            .first()
            .map(|place| trail::brief(place, lang))
            .unwrap_or_default();
        let gap = if position.is_empty() {
            ""
        } else {
            lang.pick("：", ": ")
        };
        let text = format!(
            "{}.【{}】{position}{gap}{}",
            i + 1,
            lang.severity(finding.severity),
            one_line(message(finding, lang))
        );
        Numbered {
            text,
            parts: pictures::parts(audited.document, audited.pictures, finding),
        }
    };
    CheckRow {
        section,
        label: spec.label.clone(),
        state,
        reason,
        problems: findings.iter().enumerate().map(number).collect(),
    }
}

/// Why nothing can be said about a row; `None` when it was looked at.
fn unchecked(spec: &RowSpec, audited: &AuditedDocument<'_>, lang: Lang) -> Option<String> {
    let disclosure = audited.disclosure;
    if let Some(reason) = &spec.manual {
        return Some(reason.clone());
    }
    if let Some(id) = &spec.table {
        let is_read = disclosure.tables.iter().any(|table| table.id == *id);
        return (!is_read).then(|| {
            lang.pick("文件中没有认出这张表", "this table was not recognised")
                .to_owned()
        });
    }
    let done = |prefix: &String| {
        let obligations = &audited.report.obligations;
        obligations
            .iter()
            .any(|o| o.status == ObligationStatus::Done && o.id.starts_with(prefix))
    };
    if spec.codes.iter().any(done) || spec.rest {
        return None;
    }
    let outline = &disclosure.profile.outline;
    let wanted: BTreeSet<&str> = outline
        .iter()
        .filter(|heading| spec.kinds.contains(&heading.kind) || spec.sections.contains(&heading.id))
        .map(|heading| heading.id.as_str())
        .collect();
    let has_section = disclosure
        .sections
        .iter()
        .any(|s| !s.in_contents && s.id.as_deref().is_some_and(|id| wanted.contains(id)));
    let has_part = spec.parts.iter().any(|part| match part.as_str() {
        "contents" => disclosure
            .sections
            .iter()
            .any(|section| section.in_contents),
        "cover" => disclosure.unit.is_some() && disclosure.year.is_some(),
        _ => false,
    });
    (!has_section && !has_part).then(|| {
        lang.pick("文件中没有这部分内容", "the document has no such part")
            .to_owned()
    })
}
