//! SARIF 2.1.0, for editors and code-review tools. Only the part of the format that findings need.

mod model;
mod uri;

use mz_budget::{
    finding::{Finding, Severity, Verdict},
    place::Place,
};

use self::model::{
    Artifact, ArtifactContent, ArtifactLocation, Configuration, Driver, Hashes, Invocation,
    Location, Log, LogicalLocation, Message, Notification, PhysicalLocation, Properties, Region,
    ReportingDescriptor, Run, Tool,
};
use super::{AuditedDocument, Failure, Settings, message, shown, trail};
use crate::lang::{Lang, severity_key, verdict_key};

pub use self::model::Result as SarifResult;

/// One document: its artifact and results. Positions of the artifact are filled in when the log is joined.
#[derive(Debug)]
pub struct Piece {
    artifact: Artifact,
    results: Vec<SarifResult>,
}

/// Renders one document.
pub fn piece(audited: &AuditedDocument<'_>, settings: &Settings<'_>) -> Piece {
    let uri = uri::of(audited.file);
    let artifact = Artifact {
        location: ArtifactLocation {
            uri: uri.clone(),
            index: None,
        },
        hashes: Some(Hashes {
            sha256: audited.sha256.to_owned(),
        }),
    };
    let results = shown(audited.report, settings)
        .map(|finding| result(finding, &uri, settings))
        .collect();
    Piece { artifact, results }
}

fn result(finding: &Finding, uri: &str, settings: &Settings<'_>) -> SarifResult {
    let lang = settings.lang;
    let (kind, level) = match finding.verdict {
        Verdict::Undecided => ("open", "none"),
        Verdict::Broken => ("fail", level(finding.severity)),
    };
    let mut text = message(finding, lang).to_owned();
    if let Some(advice) = &finding.advice {
        text.push_str(lang.pick("\n建议：", "\nAdvice: "));
        text.push_str(advice);
    }
    let mut related: Vec<Location> = finding
        .places
        .iter()
        .skip(1)
        .map(|place| location(place, uri, None, lang))
        .collect();
    related.extend(finding.suspects.iter().map(|suspect| {
        let note = match (&suspect.implied, lang) {
            (Some(implied), Lang::Zh) => {
                format!("疑点：印为 {}，其余内容推得 {implied}", suspect.printed)
            }
            (Some(implied), Lang::En) => format!(
                "suspect: printed {}, the rest implies {implied}",
                suspect.printed
            ),
            (None, _) => format!(
                "{}{}",
                lang.pick("疑点：印为 ", "suspect: printed "),
                suspect.printed
            ),
        };
        location(&suspect.place, uri, Some(note), lang)
    }));
    related.extend(finding.consequences.iter().filter_map(|consequence| {
        let note = format!(
            "{} {}: {}",
            consequence.code,
            consequence.name,
            message(consequence, lang)
        );
        Some(location(consequence.places.first()?, uri, Some(note), lang))
    }));
    let related = unique(related);
    SarifResult {
        rule_id: finding.code.to_owned(),
        rule_index: settings
            .rules
            .iter()
            .position(|rule| rule.code == finding.code),
        kind,
        level,
        message: Message {
            text,
            markdown: None,
        },
        locations: finding
            .places
            .iter()
            .take(1)
            .map(|place| location(place, uri, None, lang))
            .collect(),
        related_locations: related,
        partial_fingerprints: model::Fingerprints {
            cause: fingerprint(finding),
        },
        properties: Properties {
            severity: severity_key(finding.severity),
            verdict: verdict_key(finding.verdict),
            group: finding.group.clone(),
            difference_fen: finding.difference.map(|fen| fen.0),
            law: finding.law.to_vec(),
        },
    }
}

/// The standard wants every location once; a suspect is often a consequence's place too.
fn unique(locations: Vec<Location>) -> Vec<Location> {
    let mut kept: Vec<Location> = Vec::new();
    for location in locations {
        if !kept.contains(&location) {
            kept.push(location);
        }
    }
    kept
}

/// What stays the same when lines move: code, where by name, and the words.
fn fingerprint(finding: &Finding) -> String {
    let words = finding.places.first().map(|place| {
        let mut parts = trail::steps(place);
        parts.push(place.quote.split_whitespace().collect());
        parts.join("/")
    });
    format!("{}/{}", finding.code, words.unwrap_or_default())
}

fn location(place: &Place, uri: &str, note: Option<String>, lang: Lang) -> Location {
    let region = place.line.map(|line| Region {
        start_line: line.max(1),
        snippet: Some(ArtifactContent {
            text: place.quote.clone(),
        }),
    });
    let inside = trail::inside(place, lang);
    let mut words = vec![inside.clone()];
    words.extend(note);
    // A region of SARIF has lines, not pages: for paged formats page and quote stand in the message.
    if region.is_none() && !place.quote.is_empty() {
        words.push(format!("“{}”", place.quote));
    }
    words.retain(|part| !part.is_empty());
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: place
                    .file
                    .as_deref()
                    .map_or_else(|| uri.to_owned(), uri::of),
                index: None,
            },
            region,
        },
        logical_locations: (!inside.is_empty())
            .then_some(LogicalLocation {
                fully_qualified_name: inside,
            })
            .into_iter()
            .collect(),
        message: (!words.is_empty()).then(|| Message {
            text: words.join("："),
            markdown: None,
        }),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Query => "warning",
        Severity::Info => "note",
    }
}

/// Joins the documents into one run.
pub fn whole(pieces: Vec<Piece>, failures: &[Failure], settings: &Settings<'_>) -> String {
    let mut artifacts = Vec::new();
    let mut results = Vec::new();
    for piece in pieces {
        let index = artifacts.len();
        artifacts.push(piece.artifact);
        for mut result in piece.results {
            for location in result
                .locations
                .iter_mut()
                .chain(&mut result.related_locations)
            {
                location.physical_location.artifact_location.index = Some(index);
            }
            results.push(result);
        }
    }
    let notifications = failures
        .iter()
        .map(|failure| Notification {
            level: "error",
            message: Message {
                text: format!("{}: {}", failure.file, failure.reason),
                markdown: None,
            },
        })
        .collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "mingzhang",
                    full_name: "Mingzhang 明账",
                    version: settings.version.to_owned(),
                    language: settings.lang.tag(),
                    rules: rules(settings),
                },
            },
            invocations: [Invocation {
                execution_successful: failures.is_empty(),
                tool_execution_notifications: notifications,
            }],
            artifacts,
            results,
            column_kind: "unicodeCodePoints",
        }],
    };
    // Plain structures always serialise.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rules(settings: &Settings<'_>) -> Vec<ReportingDescriptor> {
    settings
        .rules
        .iter()
        .map(|rule| ReportingDescriptor {
            id: rule.code.to_owned(),
            name: rule.name.to_owned(),
            short_description: Message {
                text: settings.lang.pick(rule.title, rule.title_en).to_owned(),
                markdown: None,
            },
            help: Message {
                text: rule.title.to_owned(),
                markdown: Some(rule.page.to_owned()),
            },
            default_configuration: Configuration {
                level: level(rule.severity),
            },
        })
        .collect()
}
