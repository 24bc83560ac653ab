use mz_budget::{
    disclosure::{Origin, Reading, Statement, StatementKind, TableReading},
    finding::Severity,
    normalise,
};

use crate::{Audit, Sink, declare_rule, nil_tables};

declare_rule! {
    pub static NIL_STATEMENT_CONTRADICTED = {
        code: "MZ5004",
        name: "nil-statement-contradicted",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["TN-16"],
        page: "nil_statement_contradicted.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    for statement in &disclosure.statements {
        let StatementKind::NilTable { table: id } = &statement.kind else {
            continue;
        };
        let Some(index) = disclosure.tables.iter().position(|table| table.id == *id) else {
            continue;
        };
        if !disclosure
            .tables
            .get(index)
            .is_some_and(|table| speaks_of(statement, table))
        {
            continue;
        }
        sink.checked(1);
        let figure = disclosure.observations.iter().find_map(|observation| {
            match (&observation.origin, &observation.reading) {
                (Origin::Cell { table, .. }, Reading::Value(money))
                    if *table == index && money.number.digits != 0 =>
                {
                    Some((&observation.place, money))
                }
                _ => None,
            }
        });
        if let (Some((place, money)), Some(table)) = (figure, disclosure.tables.get(index)) {
            sink.broken(
                &statement.place,
                format!(
                    "“{}”说“{}”是空表，表中却有 {money}",
                    statement.place.quote, table.title
                ),
                format!("“{}” is said to be empty and holds {money}", table.title),
            )
            .side("表中", money.to_string(), money.fen())
            .also(place)
            .group(nil_tables::cause(statement, id));
        }
    }
}

/// The sentence names the table, or stands straight under it.
fn speaks_of(statement: &Statement, table: &TableReading) -> bool {
    let said = statement
        .place
        .context
        .as_deref()
        .unwrap_or(&statement.place.quote);
    let named = normalise::name(said).contains(&normalise::name(table.title.trim()));
    let under = table.blocks.iter().any(|block| {
        (0..=2).contains(&statement.place.block.saturating_sub(*block))
            && statement.place.block >= *block
    });
    named || under
}
