//! Zeros of rows that are not there: a table that lists every non-zero row says zero of the rest.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, Dimensions, NodeId, Slice, Tree},
    disclosure::{Disclosure, Observation, Origin, Reading, Stage, TableReading},
    place::Place,
    profile::{PanelSpec, RowsSpec},
};

use super::{dimensions::add_rest, emit::laid_over, outside::Total};

/// Most zeros added; a long book needs some ten thousand. Fewer zeros prove less and never anything wrong.
const MAX_ZEROS: usize = 200_000;

/// Closed tables waiting for the rest of the document to be read.
#[derive(Debug, Default)]
pub struct Open {
    pub(super) closings: Vec<Closing>,
    /// What tables outside the cube come to.
    pub(super) totals: Vec<Total>,
    /// Projects the tables know. Names met in the narrative only may be misprints of these, and say nothing of the tables.
    n_projects: usize,
}

impl Open {
    /// Nothing closed yet, with what the tables outside the cube come to.
    pub(super) fn of(totals: Vec<Total>) -> Self {
        Self {
            totals,
            ..Self::default()
        }
    }

    pub(super) fn freeze(&mut self, dimensions: &mut Dimensions) {
        if dimensions.tree(Dimension::Project).nodes.len() > 1 {
            add_rest(dimensions, Dimension::Project, 0);
        }
        self.n_projects = dimensions.tree(Dimension::Project).nodes.len();
    }
}

/// One panel of a closed table.
#[derive(Debug)]
pub(super) struct Closing {
    table: usize,
    rows: RowsSpec,
    /// Slice, stage and label of each value column.
    columns: Vec<(Slice, Stage, String)>,
    listed: BTreeMap<Dimension, BTreeSet<NodeId>>,
    /// Inner nodes listed under each axis node.
    pairs: BTreeMap<NodeId, BTreeSet<NodeId>>,
    pub(super) lines: BTreeSet<usize>,
    pub(super) has_total: bool,
    /// Every row was understood; otherwise no row can be said to be absent.
    pub(super) is_whole: bool,
}

/// Panels with the same columns and rows are lanes: one list of rows, printed side by side.
pub(super) fn lanes(panels: Vec<Option<Closing>>) -> Vec<Closing> {
    let mut lists: Vec<Closing> = Vec::new();
    for closing in panels.into_iter().flatten() {
        let slices = |closing: &Closing| -> Vec<(Slice, Stage)> {
            let columns = closing.columns.iter();
            columns.map(|(slice, stage, _)| (*slice, *stage)).collect()
        };
        let same = |list: &&mut Closing| {
            list.rows.axis.is_some()
                && list.rows.axis == closing.rows.axis
                && slices(list) == slices(&closing)
        };
        match lists.iter_mut().find(same) {
            Some(list) => list.join(closing),
            None => lists.push(closing),
        }
    }
    lists.retain(|list| list.is_whole);
    lists
}

impl Closing {
    pub(super) fn new(
        table: usize,
        panel: &PanelSpec,
        columns: impl Iterator<Item = (Slice, Stage, String)>,
    ) -> Self {
        Self {
            table,
            rows: panel.rows.clone(),
            columns: columns.collect(),
            listed: BTreeMap::new(),
            pairs: BTreeMap::new(),
            lines: BTreeSet::new(),
            has_total: false,
            is_whole: true,
        }
    }

    /// Takes in the rows of another lane.
    fn join(&mut self, other: Self) {
        for (dimension, nodes) in other.listed {
            self.listed.entry(dimension).or_default().extend(nodes);
        }
        for (node, inner) in other.pairs {
            self.pairs.entry(node).or_default().extend(inner);
        }
        self.lines.extend(other.lines);
        self.has_total |= other.has_total;
        self.is_whole &= other.is_whole;
    }

    /// A panel of a table of which only the title was published.
    pub(super) fn of_nil(
        table: usize,
        panel: &PanelSpec,
        base: Slice,
        disclosure: &Disclosure,
    ) -> Option<Self> {
        let dimensions = &disclosure.dimensions;
        let columns = panel.columns.iter().filter_map(|column| {
            let mut slice = base;
            for (dimension, key) in &column.at {
                slice = slice.with(*dimension, dimensions.tree(*dimension).find(key)?);
            }
            Some((
                slice,
                column.stage_in(disclosure.own_stage()),
                column.label.clone(),
            ))
        });
        panel.rows.closed.then(|| Self::new(table, panel, columns))
    }

    pub(super) fn list(&mut self, dimension: Dimension, node: NodeId) {
        self.listed.entry(dimension).or_default().insert(node);
    }

    pub(super) fn list_pair(&mut self, axis: Dimension, node: NodeId, inner: NodeId) {
        self.pairs.entry(node).or_default().insert(inner);
        if let Some(inner_axis) = self.rows.inner {
            self.list(inner_axis, inner);
        }
        // The heading has no row of its own, but it is not absent either.
        self.list(axis, node);
    }

    fn is_empty(&self) -> bool {
        !self.has_total && self.listed.is_empty() && self.lines.is_empty()
    }

    /// Columns that lie inside no other column: their zero is the zero of the others.
    fn widest(&self, dimensions: &Dimensions) -> Vec<(Slice, Stage, &str)> {
        let inside = |outer: Slice, inner: Slice| {
            outer != inner
                && Dimension::ALL
                    .iter()
                    .all(|d| dimensions.tree(*d).contains(outer.node(*d), inner.node(*d)))
        };
        let is_widest = |at: Slice, stage: Stage| {
            let mut others = self.columns.iter();
            !others.any(|(other, of, _)| *of == stage && inside(*other, at))
        };
        self.columns
            .iter()
            .filter(|(at, stage, _)| is_widest(*at, *stage))
            .map(|(at, stage, label)| (*at, *stage, label.as_str()))
            .collect()
    }

    /// Nodes of an axis that the table would list if they had money: those no listed node stands for.
    fn absent(&self, dimensions: &Dimensions, axis: Dimension, limit: usize) -> Vec<NodeId> {
        let tree = dimensions.tree(axis);
        let none = BTreeSet::new();
        let listed = self.listed.get(&axis).unwrap_or(&none);
        // Ancestors of listed nodes are listed through them.
        let mut covered = listed.clone();
        for node in listed {
            let mut at = *node;
            while at != 0 {
                at = tree.node(at).parent;
                covered.insert(at);
            }
        }
        let deepest = match self.rows.to.as_deref() {
            Some("category") => 3,
            Some("section") => 5,
            _ => usize::MAX,
        };
        let n_nodes = NodeId::try_from(tree.nodes.len().min(limit)).unwrap_or(NodeId::MAX);
        let mut out = BTreeSet::new();
        for id in 1..n_nodes {
            let node = tree.node(id);
            if covered.contains(&id)
                || !node.overlay.is_empty()
                || (axis != Dimension::Project && node.key.len() > deepest)
            {
                continue;
            }
            // A heading the table does not break down says nothing of its parts.
            let broken_down = tree
                .node(node.parent)
                .children
                .iter()
                .any(|sibling| covered.contains(sibling));
            if out.contains(&node.parent) || broken_down || self.is_empty() {
                out.insert(id);
            }
        }
        out.into_iter().collect()
    }
}

/// Adds the zeros of rows that closed tables do not list.
pub fn close(disclosure: &mut Disclosure, open: &Open) {
    let alive = alive(disclosure);
    let mut zeros = Vec::new();
    for closing in &open.closings {
        let Some(table) = disclosure.tables.get(closing.table) else {
            continue;
        };
        let mut sink = Sink {
            dimensions: &disclosure.dimensions,
            table,
            index: closing.table,
            zeros: &mut zeros,
        };
        close_panel(closing, &mut sink, open.n_projects, &alive);
    }
    disclosure.observations.append(&mut zeros);
}

/// Nodes with a figure other than zero anywhere.
fn alive(disclosure: &Disclosure) -> BTreeSet<(Dimension, NodeId)> {
    let values = disclosure
        .observations
        .iter()
        .filter(|o| matches!(&o.reading, Reading::Value(m) if m.number.digits != 0));
    values
        .flat_map(|o| Dimension::ALL.map(|d| (d, o.slice.node(d))))
        .collect()
}

fn close_panel(
    closing: &Closing,
    sink: &mut Sink,
    n_projects: usize,
    alive: &BTreeSet<(Dimension, NodeId)>,
) {
    let widest = closing.widest(sink.dimensions);
    if closing.is_empty() {
        for (column, stage, label) in &closing.columns {
            sink.zero(*column, *stage, label, "合计");
        }
    }
    for (line, spec) in closing
        .rows
        .lines
        .iter()
        .enumerate()
        .filter(|_| closing.rows.axis.is_none())
    {
        if closing.lines.contains(&line) {
            continue;
        }
        for (column, stage, label) in &closing.columns {
            let mut slice = *column;
            for (dimension, key) in &spec.at {
                if let Some(node) = sink.dimensions.tree(*dimension).find(key) {
                    slice = slice.with(*dimension, node);
                }
            }
            sink.zero(slice, *stage, label, &spec.label);
        }
    }
    let dimensions = sink.dimensions;
    let own = |column: Slice| laid_over(dimensions, column, &closing.rows.at);
    for axis in closing.rows.axis.into_iter().chain(closing.rows.inner) {
        let limit = if axis == Dimension::Project {
            n_projects
        } else {
            usize::MAX
        };
        for node in closing.absent(sink.dimensions, axis, limit) {
            let row = sink.dimensions.tree(axis).node(node).name.clone();
            // A node without money anywhere needs one zero, not one a column.
            if alive.contains(&(axis, node)) {
                for (column, stage, label) in &closing.columns {
                    sink.zero(own(*column).with(axis, node), *stage, label, &row);
                }
            } else {
                for (column, stage, label) in &widest {
                    sink.zero(own(*column).with(axis, node), *stage, label, &row);
                }
            }
        }
    }
    close_pairs(closing, sink, &widest);
}

/// Inner nodes the table lists, but not under this axis node.
fn close_pairs(closing: &Closing, sink: &mut Sink, widest: &[(Slice, Stage, &str)]) {
    let (Some(axis), Some(inner)) = (closing.rows.axis, closing.rows.inner) else {
        return;
    };
    let all: BTreeSet<NodeId> = closing.pairs.values().flatten().copied().collect();
    let (tree, inner_tree) = (sink.dimensions.tree(axis), sink.dimensions.tree(inner));
    let related = |tree: &Tree, a, b| tree.contains(a, b) || tree.contains(b, a);
    for (node, listed) in &closing.pairs {
        // A row of the same money on another level (301 | 501 above 30101 | 50101) lists it.
        let kin: Vec<NodeId> = closing
            .pairs
            .iter()
            .filter(|(other, _)| related(tree, **other, *node))
            .flat_map(|(_, inner)| inner.iter().copied())
            .collect();
        let is_listed = |absent: &NodeId| kin.iter().any(|one| related(inner_tree, *one, *absent));
        for absent in all.difference(listed).filter(|absent| !is_listed(absent)) {
            let row = sink.dimensions.tree(inner).node(*absent).name.clone();
            for (column, stage, label) in widest {
                let column = laid_over(sink.dimensions, *column, &closing.rows.at);
                let slice = column.with(axis, *node).with(inner, *absent);
                sink.zero(slice, *stage, label, &row);
            }
        }
    }
}

struct Sink<'a> {
    dimensions: &'a Dimensions,
    table: &'a TableReading,
    index: usize,
    zeros: &'a mut Vec<Observation>,
}

impl Sink<'_> {
    fn zero(&mut self, slice: Slice, stage: Stage, column: &str, row: &str) {
        if self.zeros.len() >= MAX_ZEROS {
            return;
        }
        let place = Place {
            table: Some(self.table.title.clone()),
            row: Some(row.to_owned()),
            column: Some(column.to_owned()),
            ..self.table.place.clone()
        };
        self.zeros.push(Observation {
            stage,
            slice: self.dimensions.canonical(slice),
            reading: Reading::Absent,
            place,
            origin: Origin::AbsentRow { table: self.index },
        });
    }
}
