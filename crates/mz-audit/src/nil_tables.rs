//! Paragraphs that call a table empty. “无‘三公’经费预算，故本表为空表” says twice that there is none: if there is some, it
//! is one mistake, whichever rule comes upon it.

use mz_budget::disclosure::{Origin, Statement, StatementKind};

use crate::Audit;

/// The key of the mistake of calling a table empty in the paragraph of a statement.
pub(crate) fn cause(statement: &Statement, table: &str) -> String {
    format!("nil-table {table}@{}", statement.place.block)
}

/// The same key for a statement in a paragraph that calls the table of a cell empty as well; the cell is an index into
/// the observations.
pub(crate) fn cause_beside(
    audit: &Audit<'_>,
    statement: &Statement,
    cell: usize,
) -> Option<String> {
    let disclosure = audit.disclosure;
    let Origin::Cell { table, .. } = disclosure.observations.get(cell)?.origin else {
        return None;
    };
    let id = &disclosure.tables.get(table)?.id;
    let is_called_empty = disclosure.statements.iter().any(|other| {
        other.place.block == statement.place.block
            && matches!(&other.kind, StatementKind::NilTable { table } if table == id)
    });
    is_called_empty.then(|| cause(statement, id))
}
