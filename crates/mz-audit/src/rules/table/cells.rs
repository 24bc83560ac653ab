//! Walking the cells and rows of the statutory tables.

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{Observation, Origin, RowKind, TableReading, TableRow},
    profile::PanelSpec,
};

use crate::Audit;

/// Observations that are table cells, with the index of their table.
pub(super) fn cells<'a>(audit: &Audit<'a>) -> impl Iterator<Item = (usize, &'a Observation)> {
    audit
        .disclosure
        .observations
        .iter()
        .filter_map(|observation| match observation.origin {
            Origin::Cell { table, .. } => Some((table, observation)),
            _ => None,
        })
}

/// The profile's declaration of a panel of a table.
pub(super) fn panel<'a>(
    audit: &Audit<'a>,
    table: &TableReading,
    panel: usize,
) -> Option<&'a PanelSpec> {
    let spec = audit
        .disclosure
        .profile
        .tables
        .iter()
        .find(|spec| spec.id == table.id)?;
    spec.panels.get(panel)
}

/// Coded rows of one panel, in order: row, code, name. None where the same heading may stand in several rows, each a part:
/// such rows are no list of headings.
pub(super) fn coded<'t>(
    audit: &Audit<'_>,
    table: &'t TableReading,
    number: usize,
) -> Vec<(&'t TableRow, &'t str, &'t str)> {
    if panel(audit, table, number).is_some_and(|spec| spec.rows.parts) {
        return Vec::new();
    }
    table
        .rows
        .iter()
        .filter(|row| row.panel == number)
        .filter_map(|row| match &row.kind {
            RowKind::Item {
                code: Some(code),
                name,
            } => Some((row, code.as_str(), name.as_str())),
            _ => None,
        })
        .collect()
}

/// Number of panels that have rows.
pub(super) fn n_panels(table: &TableReading) -> usize {
    table
        .rows
        .iter()
        .map(|row| row.panel + 1)
        .max()
        .unwrap_or(0)
}

/// Whether the heading of a row has a figure other than zero in it; another heading may stand beside it in the same row.
pub(super) fn has_money(audit: &Audit<'_>, table_index: usize, row: &TableRow, code: &str) -> bool {
    let dimensions = &audit.disclosure.dimensions;
    let is_of = |slice: Slice| {
        Dimension::ALL
            .into_iter()
            .any(|dimension| dimensions.tree(dimension).node(slice.node(dimension)).key == code)
    };
    audit.disclosure.observations.iter().any(|observation| {
        is_of(observation.slice) && matches!(observation.origin, Origin::Cell { table, row: r, .. } if table == table_index && r == row.grid_row)
            && matches!(&observation.reading, mz_budget::disclosure::Reading::Value(money) if money.number.digits != 0)
    })
}

/// The code of the row above in the tree: 7 → 5 → 3 digits.
pub(super) fn parent_code(code: &str) -> Option<&str> {
    match code.len() {
        7 => code.get(..5),
        5 => code.get(..3),
        _ => None,
    }
}
