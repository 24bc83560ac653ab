//! What was understood, as one JSON object (`mingzhang.read/1`).

use mz_budget::{
    dimension::{Dimensions, Slice},
    disclosure::{
        Claim, ClaimValue, Disclosure, Measure, Observation, Origin, Reading, RowKind, Subject,
    },
};
use serde_json::{Map, Value, json};

use super::{
    Understood,
    record::{base_key, coordinates, direction_key, stage_key, statement_name, value},
};
use crate::{
    lang::{Lang, kind_key},
    report::PlaceJson,
};

/// Renders it.
pub fn render(understood: &Understood<'_>) -> String {
    let disclosure = understood.disclosure;
    let mut object = json!({
        "schema": "mingzhang.read/1",
        "file": understood.file,
        "sha256": understood.sha256,
        "profile": disclosure.profile.id,
        "unit": disclosure.unit,
        "year": disclosure.year,
        "kind": kind_key(disclosure.kind),
        "pages": disclosure.pages,
    });
    if let Value::Object(object) = &mut object {
        object.extend(facts(disclosure));
        object.insert("numbers_bound".to_owned(), disclosure.n_bound.into());
        object.insert("unproved".to_owned(), unproved(disclosure));
        object.insert("problems".to_owned(), problems(disclosure));
    }
    format!("{object}\n")
}

/// What the document states: tables with the meaning of their cells, claims, statements, reasons, projects, targets.
pub fn facts(disclosure: &Disclosure) -> Map<String, Value> {
    let dimensions = &disclosure.dimensions;
    let tables: Vec<Value> = (0..disclosure.tables.len())
        .map(|i| table(disclosure, i))
        .collect();
    let facts = json!({
        "tables": tables,
        "sections": disclosure.sections.iter().map(|section| json!({
            "id": section.id, "heading": section.heading, "level": section.level,
            "in_contents": section.in_contents, "place": PlaceJson::from(&section.place),
        })).collect::<Vec<_>>(),
        "claims": disclosure.claims.iter().map(|one| claim(dimensions, one)).collect::<Vec<_>>(),
        "statements": disclosure.statements.iter().map(|statement| json!({
            "states": statement_name(&statement.kind, Lang::En),
            "subject": statement.subject.as_ref().map(|one| subject(dimensions, one)),
            "place": PlaceJson::from(&statement.place),
        })).collect::<Vec<_>>(),
        "reasons": disclosure.reasons.iter().map(|reason| json!({
            "group": reason.group, "text": reason.text, "place": PlaceJson::from(&reason.place),
        })).collect::<Vec<_>>(),
        "projects": disclosure.projects.iter().map(|project| json!({
            "name": project.name,
            "printed": project.money.map(|money| money.to_string()),
            "fen": project.money.and_then(|money| money.fen()).map(|fen| fen.0),
            "fields": project.fields.iter().map(|field| (field.key.clone(), Value::from(field.text.as_str()))).collect::<Map<_, _>>(),
            "place": PlaceJson::from(&project.place),
        })).collect::<Vec<_>>(),
        "targets": disclosure.targets.iter().map(|target| json!({
            "project": target.project, "goal": target.goal, "indicators": target.indicators.len(),
            "indicator_list": target.indicators.iter().map(|one| json!({
                "level1": one.level1, "level2": one.level2, "name": one.name, "value": one.value.text,
                "operator": one.value.operator, "number": one.value.number.map(|n| n.to_string()), "unit": one.value.unit,
                "weight": one.weight.map(|n| n.to_string()),
            })).collect::<Vec<_>>(),
            "place": PlaceJson::from(&target.place),
        })).collect::<Vec<_>>(),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}

fn unproved(disclosure: &Disclosure) -> Value {
    let unproved = disclosure.unproved.iter().map(|unproved| {
        json!({
            "number": unproved.number, "why": unproved.why, "place": PlaceJson::from(&unproved.place),
        })
    });
    unproved.collect()
}

fn problems(disclosure: &Disclosure) -> Value {
    let problems = disclosure.problems.iter().map(|problem| {
        json!({
            "name": problem.name, "message": problem.message, "place": PlaceJson::from(&problem.place),
        })
    });
    problems.collect()
}

fn table(disclosure: &Disclosure, index: usize) -> Value {
    let Some(table) = disclosure.tables.get(index) else {
        return Value::Null;
    };
    let mut cells: Vec<((usize, usize), &Observation)> = disclosure
        .observations
        .iter()
        .filter_map(|observation| match observation.origin {
            Origin::Cell { table, row, column } if table == index => {
                Some(((row, column), observation))
            }
            _ => None,
        })
        .collect();
    cells.sort_by_key(|(at, _)| *at);
    json!({
        "id": table.id,
        "title": table.title,
        "number": table.number,
        "prepared_by": table.prepared_by,
        "money_unit": table.money_unit,
        "nil": table.is_nil,
        "unread": table.n_unread,
        "place": PlaceJson::from(&table.place),
        "columns": table.columns.iter().map(|(column, label)| json!({"column": column, "label": label})).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|row| {
            let (kind, code, name) = match &row.kind {
                RowKind::Header => ("header", None, None),
                RowKind::Total => ("total", None, None),
                RowKind::Item { code, name } => ("item", code.as_deref(), Some(name.as_str())),
                RowKind::Note => ("note", None, None),
                RowKind::Unknown => ("unknown", None, None),
            };
            json!({"row": row.grid_row, "panel": row.panel, "kind": kind, "code": code, "name": name, "line": row.place.line})
        }).collect::<Vec<_>>(),
        "cells": cells.into_iter().map(|(at, observation)| cell(&disclosure.dimensions, at, observation)).collect::<Vec<_>>(),
    })
}

fn cell(
    dimensions: &Dimensions,
    (row, column): (usize, usize),
    observation: &Observation,
) -> Value {
    let (reading, printed, fen) = match &observation.reading {
        Reading::Value(money) => (
            "value",
            Some(money.to_string()),
            money.fen().map(|fen| fen.0),
        ),
        Reading::Blank => ("blank", None, None),
        Reading::Absent => ("absent", None, None),
        Reading::Unread(text) => ("unread", Some(text.clone()), None),
    };
    json!({
        "row": row, "column": column, "stage": stage_key(observation.stage),
        "slice": slice(dimensions, observation.slice), "name": dimensions.name(observation.slice),
        "reading": reading, "printed": printed, "fen": fen,
        "page": observation.place.page, "line": observation.place.line,
    })
}

fn slice(dimensions: &Dimensions, slice: Slice) -> Map<String, Value> {
    coordinates(dimensions, slice)
        .into_iter()
        .map(|(dimension, key)| (dimension.to_owned(), key.into()))
        .collect()
}

fn subject(dimensions: &Dimensions, subject: &Subject) -> Value {
    match subject {
        Subject::Slice(one) => {
            json!({"slice": slice(dimensions, *one), "name": dimensions.name(*one)})
        }
        Subject::Fact(key) => json!({"fact": key}),
    }
}

fn claim(dimensions: &Dimensions, claim: &Claim) -> Value {
    let (measure, of) = match &claim.measure {
        Measure::Amount => ("amount", None),
        Measure::Share { of } => ("share", Some(subject(dimensions, of))),
        Measure::Change => ("change", None),
        Measure::Growth => ("growth", None),
        Measure::Completion => ("completion", None),
    };
    let (printed, fen) = value(&claim.value);
    let kind = match claim.value {
        ClaimValue::Money(_) => "money",
        ClaimValue::Percent(_) => "percent",
        ClaimValue::Quantity { .. } => "quantity",
        ClaimValue::None => "none",
    };
    json!({
        "words": claim.words, "subject": subject(dimensions, &claim.subject), "measure": measure, "of": of,
        "stage": stage_key(claim.stage), "base": claim.base.map(base_key), "direction": claim.direction.map(direction_key),
        "value": kind, "printed": printed, "fen": fen, "group": claim.group, "part_of": claim.part_of,
        "year": claim.year, "base_year": claim.base_year, "place": PlaceJson::from(&claim.place),
    })
}
