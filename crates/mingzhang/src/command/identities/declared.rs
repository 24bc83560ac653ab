//! Identities between the tables of a profile, whatever their figures. Headings and projects a document may use are
//! stood for by one node a level: what holds for one category holds for all.

use std::{collections::BTreeMap, fmt::Write as _};

use mz_budget::{
    cube::{Constraints, IdentityReason, identities},
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice, Tree},
    library::Library,
    profile::{PanelSpec, Profile, RowsSpec, TableSpec},
};
use mz_compose::lang::Lang;

use super::{equation, reason, sums};

/// Where a slice stands in the tables.
type Cells = BTreeMap<Slice, Vec<String>>;

/// Lists the identities of a profile.
pub fn of_profile(id: &str, lang: Lang) -> Option<String> {
    let library = Library::embedded();
    let profile = library.profile(id)?;
    let year = profile.years.last().copied().unwrap_or_default();
    let mut dimensions = mz_recognise::tables::dimensions::start(&profile, library.catalogue(year));
    stand_ins(&mut dimensions);
    let cells = cells(&profile, &dimensions);
    let slices: Vec<Slice> = cells
        .iter()
        .flat_map(|(slice, labels)| std::iter::repeat_n(*slice, labels.len()))
        .collect();
    let found = identities(
        &dimensions.trees,
        &slices,
        &Constraints::of_budget(&dimensions),
    );
    let mut out = format!("{}  {}\n", profile.id, profile.title);
    for identity in &found {
        if identity.reason == IdentityReason::SameSlice {
            let _ = writeln!(out, "  {}", dimensions.name(identity.whole));
            for label in cells.get(&identity.whole).into_iter().flatten() {
                let _ = writeln!(out, "    = {label}");
            }
        } else {
            let _ = writeln!(
                out,
                "  {}",
                equation(identity, |slice| dimensions.name(slice))
            );
        }
        let _ = writeln!(
            out,
            "    {}{}",
            lang.pick("理由：", "because "),
            reason(&dimensions, identity, lang)
        );
    }
    let _ = writeln!(out, "{}", sums(&found, lang));
    Some(out)
}

/// Adds “各类”, “各款”, “各项” and “各项目”, standing for all headings and projects. Functions named by the profile are only
/// printed lines of the catalogue, so the stand-ins take their place; economic classes stay, because groups are made of them.
fn stand_ins(dimensions: &mut Dimensions) {
    let functions = dimensions.tree_mut(Dimension::Function);
    *functions = Tree::new(&functions.node(0).name.clone());
    let levels: [(Dimension, &[(&str, &str)]); 3] = [
        (
            Dimension::Function,
            &[("*1", "各功能类"), ("*2", "各功能款"), ("*3", "各功能项")],
        ),
        (
            Dimension::Economic,
            &[("*1", "各经济类"), ("*2", "各经济款")],
        ),
        (Dimension::Project, &[("*1", "各项目")]),
    ];
    for (dimension, names) in levels {
        let tree = dimensions.tree_mut(dimension);
        let mut parent = 0;
        for (key, name) in names {
            parent = tree.add(parent, key, name);
        }
    }
}

/// Every cell the tables of this year's budget have, by what it means.
fn cells(profile: &Profile, dimensions: &Dimensions) -> Cells {
    let mut cells = Cells::new();
    for table in &profile.tables {
        for panel in &table.panels {
            for (row, at) in rows(&panel.rows, dimensions) {
                for column in panel.columns.iter().filter(|column| column.stage.is_none()) {
                    if let Some(slice) = place(dimensions, table, panel, &at, &column.at) {
                        let label = format!("{} › {row} › {}", table.title, column.label);
                        let labels: &mut Vec<String> = cells.entry(slice).or_default();
                        if !labels.contains(&label) {
                            labels.push(label);
                        }
                    }
                }
            }
        }
    }
    cells
}

/// The node of a key; of a function code, the stand-in of its level.
fn node(dimensions: &Dimensions, dimension: Dimension, key: &str) -> Option<NodeId> {
    let key = match (dimension, key.len()) {
        (Dimension::Function, 3) => "*1",
        (Dimension::Function, 5) => "*2",
        (Dimension::Function, 7) => "*3",
        _ => key,
    };
    dimensions.tree(dimension).find(key)
}

fn place(
    dimensions: &Dimensions,
    table: &TableSpec,
    panel: &PanelSpec,
    row: &[(Dimension, NodeId)],
    column: &Coordinates,
) -> Option<Slice> {
    let mut slice = Slice::WHOLE;
    for (dimension, key) in [&table.at, &panel.at, column].into_iter().flatten() {
        slice = slice.with(*dimension, node(dimensions, *dimension, key)?);
    }
    for (dimension, node) in row {
        slice = slice.with(*dimension, *node);
    }
    Some(slice)
}

/// Labels and coordinates of the rows: the total, the fixed lines, the nodes of the axis.
fn rows(rows: &RowsSpec, dimensions: &Dimensions) -> Vec<(String, Vec<(Dimension, NodeId)>)> {
    let mut all = Vec::new();
    if let Some(total) = rows.total.first() {
        all.push((total.clone(), Vec::new()));
    }
    for line in &rows.lines {
        let at: Option<Vec<_>> = line
            .at
            .iter()
            .map(|(dimension, key)| Some((*dimension, node(dimensions, *dimension, key)?)))
            .collect();
        let function = at
            .iter()
            .flatten()
            .find(|(dimension, _)| *dimension == Dimension::Function);
        let label = function
            .map_or(&line.label, |(dimension, id)| {
                &dimensions.tree(*dimension).node(*id).name
            })
            .clone();
        all.extend(at.map(|at| (label, at)));
    }
    let Some(axis) = rows.axis else { return all };
    let deepest = match rows.to.as_deref() {
        Some("category") => 1,
        Some("section") => 2,
        _ => 3,
    };
    let tree = dimensions.tree(axis);
    let nodes = (1_u16..)
        .zip(tree.nodes.iter().skip(1))
        .filter(|(_, node)| node.overlay.is_empty());
    for (id, node) in nodes.filter(|(id, _)| depth(tree, *id) <= deepest) {
        all.push((node.name.clone(), vec![(axis, id)]));
        if let Some(inner) = rows.inner {
            let inner_nodes = (1_u16..).zip(dimensions.tree(inner).nodes.iter().skip(1));
            all.extend(inner_nodes.map(|(j, inner_node)| {
                (
                    format!("{} › {}", node.name, inner_node.name),
                    vec![(axis, id), (inner, j)],
                )
            }));
        }
    }
    all
}

fn depth(tree: &Tree, mut id: NodeId) -> usize {
    let mut depth = 0;
    while id != 0 {
        id = tree.node(id).parent;
        depth += 1;
    }
    depth
}
