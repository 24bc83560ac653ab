//! Reading tables whose columns and rows no profile declares: a declaration is proposed from the document's own header
//! words, codes and names, and settled by what the document's tables say of one another.
//!
//! The proposal is a profile like any other, so that everything behind it works as with a profile written by hand.

mod lanes;
mod rows;
mod settle;
mod subtotals;
mod words;

use std::collections::BTreeSet;

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Coordinates, Dimension, Dimensions},
    profile::{ColumnSpec, PanelSpec, Profile, RowsSpec, TableSpec, WordRole},
};

use super::{
    columns::{Layout, PanelLayout},
    find::FoundTable,
};
use lanes::{Lane, ValueColumn};
use words::Words;

pub(super) use settle::{close_small, settle};

/// What is proposed for the tables found, in the same order.
pub(super) struct Proposal {
    pub(super) profile: Profile,
    pub(super) layouts: Vec<Layout>,
    /// Figures no words explain, by the table they stand in.
    pub(super) n_strangers: Vec<usize>,
}

/// Proposes a declaration for every table found that has none.
pub(super) fn propose(
    found: &[FoundTable],
    profile: &Profile,
    catalogue: &Catalogue,
    dimensions: &Dimensions,
    year: Option<u16>,
) -> Proposal {
    let words = Words::new(&profile.words, dimensions, year);
    let all_lanes: Vec<Vec<Lane>> = found
        .iter()
        .map(|found| match found.spec.panels.is_empty() {
            true => lanes::lanes(found, &words),
            false => Vec::new(),
        })
        .collect();
    let units = units(found, &all_lanes, &words);
    let mut tables: Vec<TableSpec> = Vec::new();
    let (mut layouts, mut strangers) = (Vec::new(), Vec::new());
    for (found, lanes) in found.iter().zip(&all_lanes) {
        let mut spec = found.spec.clone();
        let (mut layout, mut n_strangers) = (found.layout.clone(), 0);
        if spec.panels.is_empty() {
            layout = Layout::default();
            for lane in lanes {
                let context = rows::Context {
                    found,
                    spec: found.spec,
                    words: &words,
                    catalogue,
                    units: &units,
                };
                let Some((panel, place, n)) = panel(lane, &context) else {
                    continue;
                };
                n_strangers += n;
                spec.panels.push(panel);
                layout.panels.push(place);
            }
            if found.blocks.is_empty() {
                spec.panels.push(nil_panel());
            }
        }
        name_once(&mut spec, &tables);
        tables.push(spec);
        layouts.push(layout);
        strangers.push(n_strangers);
    }
    // Tables that were not found stay, so that what is required and missing is still known.
    let rest = profile
        .tables
        .iter()
        .filter(|table| !tables.iter().any(|t| t.id == table.id));
    let tables = tables.iter().chain(rest).cloned().collect();
    Proposal {
        profile: Profile {
            is_proposed: profile.tables.iter().all(|table| table.panels.is_empty()),
            tables,
            ..profile.clone()
        },
        layouts,
        n_strangers: strangers,
    }
}

/// A second table of one kind gets an id of its own.
fn name_once(spec: &mut TableSpec, before: &[TableSpec]) {
    let id = spec.id.clone();
    let mut n = 1;
    while before.iter().any(|table| table.id == spec.id) {
        n += 1;
        spec.id = format!("{id}-{n}");
    }
}

/// A table of which only the title and a nil statement are there.
fn nil_panel() -> PanelSpec {
    PanelSpec {
        at: Coordinates::new(),
        header: None,
        labels: Vec::new(),
        aside: Vec::new(),
        beside: Vec::new(),
        rows: RowsSpec {
            closed: true,
            ..RowsSpec::default()
        },
        columns: vec![ColumnSpec {
            label: "合计".into(),
            aliases: Vec::new(),
            at: Coordinates::new(),
            or_at: Vec::new(),
            stage: None,
            skip: false,
            optional: false,
        }],
    }
}

/// Names of units in columns of units, folded, without what is said of them in brackets.
fn units(found: &[FoundTable], all_lanes: &[Vec<Lane>], words: &Words) -> BTreeSet<String> {
    let mut units = BTreeSet::new();
    for (found, lanes) in found.iter().zip(all_lanes) {
        let columns = lanes
            .iter()
            .flat_map(|lane| &lane.labels)
            .filter(|label| label.role == Some(WordRole::Unit));
        for column in columns {
            for row in found.first_data..found.grid.n_rows() {
                let text = found.grid.label(row, column.column);
                let is_name = text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
                if is_name && words.read(text, None).is_none() {
                    units.insert(super::rows::unit_name(text));
                }
            }
        }
    }
    units
}

/// One lane as a panel, where its columns lie, and how many of its figures are not understood.
fn panel(lane: &Lane, context: &rows::Context) -> Option<(PanelSpec, PanelLayout, usize)> {
    if context.spec.outside {
        return None;
    }
    let proposed = rows::read(lane, context)?;
    let columns: Vec<ColumnSpec> = lane
        .values
        .iter()
        .map(|value| column(value, lane, context))
        .collect();
    let n_strange_columns = lane
        .values
        .iter()
        .zip(&columns)
        .filter(|(value, column)| column.skip && value.has_money && !is_part(&value.header))
        .count();
    let layout = PanelLayout {
        labels: lane.labels.iter().map(|label| label.column).collect(),
        values: lane
            .values
            .iter()
            .enumerate()
            .map(|(i, value)| (value.column, i))
            .collect(),
    };
    let spec = PanelSpec {
        at: Coordinates::new(),
        header: None,
        labels: lane
            .labels
            .iter()
            .map(|label| label.header.clone())
            .collect(),
        aside: proposed.aside,
        beside: proposed.beside,
        rows: proposed.rows,
        columns,
    };
    Some((spec, layout, proposed.n_strangers + n_strange_columns))
}

/// Money that is said to lie inside other columns.
fn is_part(header: &str) -> bool {
    let last = header.rsplit('/').next().unwrap_or("");
    ["其中", "扣除"].iter().any(|word| last.contains(word)) || last.contains(['%', '％'])
}

/// Whether what was carried over has a column of its own, not inside another: the funds beside it are this year's.
fn stands_beside_carried(lane: &Lane) -> bool {
    let carried = Coordinates::from([(Dimension::Vintage, "carried".to_owned())]);
    lane.values.iter().any(|value| {
        let is_carried = value.meaning.as_ref().is_some_and(|m| m.at == carried);
        is_carried && !is_part(&value.header)
    })
}

fn column(value: &ValueColumn, lane: &Lane, context: &rows::Context) -> ColumnSpec {
    let n_known = |at: &Coordinates| {
        lane.values
            .iter()
            .filter_map(|v| v.meaning.as_ref())
            .any(|m| m.at == *at)
    };
    let mut skip = value.meaning.is_none();
    let mut at = Coordinates::new();
    if let Some(meaning) = &value.meaning {
        at.clone_from(&meaning.at);
        if meaning.at.contains_key(&Dimension::Fund) && stands_beside_carried(lane) {
            at.entry(Dimension::Vintage)
                .or_insert_with(|| "current".to_owned());
        }
        let is_economic = |at: &Coordinates| at.contains_key(&Dimension::Economic);
        let over_columns = lane
            .values
            .iter()
            .filter_map(|v| v.meaning.as_ref())
            .any(|m| is_economic(&m.at));
        if over_columns && !is_economic(&meaning.at) && !context.spec.total.is_empty() {
            // Where the columns name the total themselves, 合计 is more than that, and what it is more is not said.
            skip |= n_known(&context.spec.total);
            at.extend(context.spec.total.clone());
        }
    }
    ColumnSpec {
        label: value.header.clone(),
        aliases: Vec::new(),
        at,
        or_at: Vec::new(),
        stage: value.meaning.as_ref().and_then(|m| m.stage),
        skip,
        optional: false,
    }
}
