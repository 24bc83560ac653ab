use mz_budget::{
    dimension::Dimension,
    disclosure::{RowKind, TableReading},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static CLASSES_NOT_DETAILED = {
        code: "MZ5005",
        name: "classes-not-detailed",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["implementation-6"],
        checks: &["CP-04", "CP-05"],
        page: "classes_not_detailed.md",
        check: check,
    };
}

/// Digits the law asks for: functions to 项 (7), basic expenditure by economic nature to 款 (5).
fn needed(axis: Option<Dimension>, to: Option<&str>) -> Option<(usize, &'static str)> {
    match (axis, to) {
        (Some(Dimension::Function), Some("item")) => Some((7, "项")),
        (Some(Dimension::Economic), Some("section")) => Some((5, "款")),
        _ => None,
    }
}

fn codes(table: &TableReading, panel: usize) -> Vec<(&str, &str, &mz_budget::place::Place)> {
    table
        .rows
        .iter()
        .filter(|row| row.panel == panel)
        .filter_map(|row| match &row.kind {
            RowKind::Item {
                code: Some(code),
                name,
            } => Some((code.as_str(), name.as_str(), &row.place)),
            _ => None,
        })
        .collect()
}

/// A row above the level the law asks for, without any row below it.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for table in audit.disclosure.tables.iter().filter(|table| !table.is_nil) {
        let Some(spec) = audit
            .disclosure
            .profile
            .tables
            .iter()
            .find(|spec| spec.id == table.id)
        else {
            continue;
        };
        for (index, panel) in spec.panels.iter().enumerate() {
            let Some((digits, level)) = needed(panel.rows.axis, panel.rows.to.as_deref()) else {
                continue;
            };
            let codes = codes(table, index);
            for (code, name, place) in &codes {
                sink.checked(1);
                let detailed = codes
                    .iter()
                    .any(|(other, _, _)| other.len() > code.len() && other.starts_with(code));
                if code.len() >= digits || detailed {
                    continue;
                }
                sink.broken(
                    &wording::quoting(place, name),
                    format!("“{}”的 {code} {name}没有细化到{level}", table.title),
                    format!(
                        "{code} in “{}” is not broken down to the level required",
                        table.title
                    ),
                );
            }
        }
    }
}
