//! `mingzhang.audit/1`: the contract object, one line of keys that never change meaning. The schema is
//! `docs/schema/mingzhang.audit-1.schema.json`.

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Obligation, Suspect},
    place::Place,
};
use serde::Serialize;

use super::{AuditedDocument, Failure, Settings, shown};
use crate::lang::{kind_key, severity_key, status_key, verdict_key};

/// Name and version of the format.
const SCHEMA: &str = "mingzhang.audit/1";

/// Which of the disclosures of a file.
#[derive(Serialize)]
struct PartJson {
    number: usize,
    of: usize,
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartJson>,
    sha256: &'a str,
    profile: &'a str,
    unit: Option<&'a str>,
    year: Option<u16>,
    kind: &'static str,
    pages: Option<u32>,
    tables: Vec<TableJson<'a>>,
    coverage: Vec<CoverageJson<'a>>,
    counts: CountsJson,
    findings: Vec<FindingJson<'a>>,
    unproved: Vec<UnprovedJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct TableJson<'a> {
    id: &'a str,
    title: &'a str,
    page: Option<u32>,
    line: Option<u32>,
    rows: usize,
    columns: usize,
    unread: usize,
}

#[derive(Serialize)]
struct CoverageJson<'a> {
    obligation: &'a str,
    name: &'a str,
    name_en: &'a str,
    status: &'static str,
    checked: usize,
    reason: &'a str,
}

#[derive(Serialize)]
struct CountsJson {
    cells: usize,
    slices: usize,
    identities_checked: usize,
    claims: usize,
    claims_unproved: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'static str,
    verdict: &'static str,
    message: &'a str,
    message_en: &'a str,
    advice: Option<&'a str>,
    places: Vec<PlaceJson<'a>>,
    values: Vec<ValueJson<'a>>,
    difference_fen: Option<i64>,
    suspects: Vec<SuspectJson<'a>>,
    group: Option<&'a str>,
    law: &'a [&'static str],
    consequences: Vec<FindingJson<'a>>,
}

/// A place, in every format that prints JSON.
#[derive(Serialize)]
pub struct PlaceJson<'a> {
    /// Another file than the one audited.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    page: Option<u32>,
    line: Option<u32>,
    sheet: Option<&'a str>,
    cell: Option<&'a str>,
    section: Option<&'a str>,
    table: Option<&'a str>,
    row: Option<&'a str>,
    column: Option<&'a str>,
    quote: &'a str,
    #[serde(rename = "box")]
    rect: Option<[f64; 4]>,
}

#[derive(Serialize)]
struct ValueJson<'a> {
    label: &'a str,
    printed: &'a str,
    fen: Option<i64>,
}

#[derive(Serialize)]
struct SuspectJson<'a> {
    place: PlaceJson<'a>,
    printed: &'a str,
    implied: Option<&'a str>,
}

#[derive(Serialize)]
struct UnprovedJson<'a> {
    number: &'a str,
    why: &'a str,
    place: PlaceJson<'a>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    name: &'a str,
    message: &'a str,
    place: PlaceJson<'a>,
}

#[derive(Serialize)]
struct FailureJson<'a> {
    file: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct ToolJson<'a> {
    name: &'static str,
    version: &'a str,
}

impl<'a> From<&'a Place> for PlaceJson<'a> {
    fn from(place: &'a Place) -> Self {
        let hundredths = |points: f32| (f64::from(points) * 100.0).round() / 100.0;
        Self {
            file: place.file.as_deref(),
            page: place.page,
            line: place.line,
            sheet: place.sheet.as_deref(),
            cell: place.cell.as_deref(),
            section: place.section.as_deref(),
            table: place.table.as_deref(),
            row: place.row.as_deref(),
            column: place.column.as_deref(),
            quote: &place.quote,
            rect: place
                .rect
                .map(|r| [r.left, r.top, r.right, r.bottom].map(hundredths)),
        }
    }
}

impl<'a> From<&'a Suspect> for SuspectJson<'a> {
    fn from(suspect: &'a Suspect) -> Self {
        Self {
            place: (&suspect.place).into(),
            printed: &suspect.printed,
            implied: suspect.implied.as_deref(),
        }
    }
}

impl<'a> From<&'a Finding> for FindingJson<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: finding.code,
            name: finding.name,
            severity: severity_key(finding.severity),
            verdict: verdict_key(finding.verdict),
            message: &finding.message,
            message_en: &finding.message_en,
            advice: finding.advice.as_deref(),
            places: finding.places.iter().map(Into::into).collect(),
            values: finding
                .sides
                .iter()
                .map(|side| ValueJson {
                    label: &side.label,
                    printed: &side.printed,
                    fen: side.fen.map(|fen| fen.0),
                })
                .collect(),
            difference_fen: finding.difference.map(|fen| fen.0),
            suspects: finding.suspects.iter().map(Into::into).collect(),
            group: finding.group.as_deref(),
            law: finding.law,
            consequences: finding.consequences.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a Obligation> for CoverageJson<'a> {
    fn from(obligation: &'a Obligation) -> Self {
        Self {
            obligation: &obligation.id,
            name: &obligation.name,
            name_en: &obligation.name_en,
            status: status_key(obligation.status),
            checked: obligation.n_checked,
            reason: &obligation.reason,
        }
    }
}

fn tables(disclosure: &Disclosure) -> Vec<TableJson<'_>> {
    disclosure
        .tables
        .iter()
        .map(|table| TableJson {
            id: &table.id,
            title: &table.title,
            page: table.place.page,
            line: table.place.line,
            rows: table.rows.len(),
            columns: table.columns.len(),
            unread: table.n_unread,
        })
        .collect()
}

/// Renders one document.
pub fn piece(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> String {
    let disclosure = audited.disclosure;
    let counts = audited.report.counts;
    let document = DocumentJson {
        file: audited.file,
        part: audited.part.map(|(number, of)| PartJson { number, of }),
        sha256: audited.sha256,
        profile: &disclosure.profile.id,
        unit: disclosure.unit.as_deref(),
        year: disclosure.year,
        kind: kind_key(disclosure.kind),
        pages: disclosure.pages,
        tables: tables(disclosure),
        coverage: audited.report.obligations.iter().map(Into::into).collect(),
        counts: CountsJson {
            cells: counts.cells,
            slices: counts.slices,
            identities_checked: counts.identities,
            claims: counts.claims,
            claims_unproved: counts.claims_unproved,
        },
        findings: shown(audited.report, settings).map(Into::into).collect(),
        unproved: disclosure
            .unproved
            .iter()
            .map(|one| UnprovedJson {
                number: &one.number,
                why: &one.why,
                place: (&one.place).into(),
            })
            .collect(),
        problems: disclosure
            .problems
            .iter()
            .map(|one| ProblemJson {
                name: &one.name,
                message: &one.message,
                place: (&one.place).into(),
            })
            .collect(),
    };
    json(&document)
}

/// Joins the documents.
pub fn whole(
    pieces: impl Iterator<Item = String>,
    failures: &[Failure],
    settings: &Settings<'_>,
) -> String {
    let tool = json(&ToolJson {
        name: "mingzhang",
        version: settings.version,
    });
    let failures: Vec<FailureJson<'_>> = failures
        .iter()
        .map(|failure| FailureJson {
            file: &failure.file,
            reason: &failure.reason,
        })
        .collect();
    let documents = pieces.collect::<Vec<_>>().join(",");
    let failures = json(&failures);
    let compact = format!(
        "{{\"schema\":\"{SCHEMA}\",\"tool\":{tool},\"documents\":[{documents}],\"failures\":{failures}}}"
    );
    compact + "\n"
}

/// Compact JSON of plain data.
fn json(value: &impl Serialize) -> String {
    // Structures of strings, integers and finite numbers always serialise.
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}
