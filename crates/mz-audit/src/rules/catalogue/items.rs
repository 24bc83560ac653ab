//! Rows of statutory tables that carry a classification code.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    catalogue::{Catalogue, Entry},
    dimension::Dimension,
    disclosure::{RowKind, TableReading},
    place::Place,
    profile::{PanelSpec, TableSpec},
};

use crate::{Audit, wording};

/// A row with its code.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    /// Its table.
    pub(super) table: &'a TableReading,
    /// What the profile says of the table.
    pub(super) spec: &'a TableSpec,
    /// Index of the panel.
    pub(super) panel: usize,
    /// Function or economic class.
    pub(super) axis: Dimension,
    /// Digits.
    pub(super) code: &'a str,
    /// Name as printed; may be empty.
    pub(super) name: &'a str,
    row: &'a Place,
}

impl<'a> Item<'a> {
    /// The row, quoting the name (or the code where there is none).
    pub(super) fn place(&self) -> Place {
        let quote = if self.name.is_empty() {
            self.code
        } else {
            self.name
        };
        Place {
            row: Some(format!("{} {}", grouped(self.code), self.name)),
            ..wording::quoting(self.row, quote)
        }
    }

    /// The catalogue entry of the code.
    pub(super) fn entry(&self, catalogue: &'a Catalogue) -> Option<&'a Entry> {
        match self.axis {
            Dimension::Economic => catalogue
                .economic(self.code)
                .or_else(|| catalogue.government_economic(self.code))
                .or_else(|| catalogue.function(self.code)),
            _ => catalogue.function(self.code),
        }
    }

    /// The code at the same level whose name the item bears, when there is just one.
    pub(super) fn code_of_name(&self, catalogue: &'a Catalogue) -> Option<&'a str> {
        let level = |entry: &&Entry| entry.code.len() == self.code.len();
        let codes: BTreeSet<&str> = match self.axis {
            Dimension::Economic => catalogue
                .economic_named(self.name)
                .filter(level)
                .map(|entry| entry.code)
                .collect(),
            _ => catalogue
                .function_named(self.name)
                .filter(level)
                .map(|entry| entry.code)
                .collect(),
        };
        let mut codes = codes.into_iter();
        codes.next().filter(|_| codes.next().is_none())
    }
}

/// The panel specification of an item.
fn axis(panel: &PanelSpec) -> Option<Dimension> {
    panel
        .rows
        .axis
        .filter(|axis| matches!(axis, Dimension::Function | Dimension::Economic))
}

/// All rows with codes, in order.
pub(super) fn items<'a>(audit: &Audit<'a>) -> Vec<Item<'a>> {
    let disclosure = audit.disclosure;
    let mut items = Vec::new();
    for table in &disclosure.tables {
        let Some(spec) = disclosure
            .profile
            .tables
            .iter()
            .find(|spec| spec.id == table.id)
        else {
            continue;
        };
        for row in &table.rows {
            let RowKind::Item {
                code: Some(code),
                name,
            } = &row.kind
            else {
                continue;
            };
            let Some(axis) = spec.panels.get(row.panel).and_then(axis) else {
                continue;
            };
            items.push(Item {
                table,
                spec,
                panel: row.panel,
                axis,
                code,
                name,
                row: &row.place,
            });
        }
    }
    items
}

/// The code in the groups most tables print it in: 201 03 01.
fn grouped(code: &str) -> String {
    let (category, rest) = code.split_at_checked(3).unwrap_or((code, ""));
    let mut out = category.to_owned();
    for pair in rest.as_bytes().chunks(2) {
        out.push(' ');
        out.extend(pair.iter().map(|b| char::from(*b)));
    }
    out
}

/// Items of one code and name together, in order of code: one finding each, however many tables repeat it.
pub(super) fn by_code_and_name<'a>(items: Vec<Item<'a>>) -> Vec<Vec<Item<'a>>> {
    let mut groups: BTreeMap<(&str, String), Vec<Item<'a>>> = BTreeMap::new();
    for item in items {
        groups
            .entry((item.code, mz_budget::normalise::name(item.name)))
            .or_default()
            .push(item);
    }
    groups.into_values().collect()
}
