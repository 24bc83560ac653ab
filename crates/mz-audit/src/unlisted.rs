//! Parts a document leaves out: a heading whose listed items fall short of it in every table that lists them.
//!
//! One wrong figure breaks one sum. Where the items fall short of their heading in every table, column by column and never
//! beyond, no figure is wrong: an item is not listed, because it is withheld or because its row was lost. The sum then
//! bounds its heading and proves nothing, and one remark takes the place of a contradiction for every column.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mz_budget::{
    cube::Open,
    dimension::{Dimension, NodeId, Slice},
    disclosure::{Disclosure, Origin},
};

use crate::{cubes::observed, interval::Interval};

/// Classifications whose headings are listed in tables.
const LISTED: [Dimension; 2] = [Dimension::Function, Dimension::Economic];

/// A heading whose listed items fall short of it everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlisted {
    /// The classification.
    pub dimension: Dimension,
    /// The heading.
    pub node: NodeId,
    /// Where the items fall short, in the order of the document.
    pub shortfalls: Vec<Shortfall>,
    /// Number of tables they fall short in.
    pub n_tables: usize,
}

/// The items of one heading in one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortfall {
    /// The heading's figure: index into [`Disclosure::observations`].
    pub whole: usize,
    /// The figures of the items listed.
    pub parts: Vec<usize>,
    /// What the items add up to.
    pub sum: Interval,
    /// The heading's amount less the items', in fen.
    pub gap: i64,
}

impl Unlisted {
    /// The scope whose child lists are not complete.
    pub fn open(&self) -> Open {
        Open {
            dimension: self.dimension as usize,
            scope: Slice::WHOLE.with(self.dimension, self.node),
        }
    }
}

/// The headings of a disclosure that leave items out.
pub fn unlisted(disclosure: &Disclosure) -> Vec<Unlisted> {
    let mut cells: HashMap<(usize, usize, Slice), usize> = HashMap::new();
    let mut seen_twice = BTreeSet::new();
    for (i, observation) in disclosure.observations.iter().enumerate() {
        if let Origin::Cell { table, column, .. } = observation.origin
            && cells
                .insert((table, column, observation.slice), i)
                .is_some()
        {
            seen_twice.insert((table, column, observation.slice));
        }
    }
    let mut of_heading: BTreeMap<(Dimension, NodeId), Listing> = BTreeMap::new();
    for (i, observation) in disclosure.observations.iter().enumerate() {
        let Origin::Cell { table, column, .. } = observation.origin else {
            continue;
        };
        for dimension in LISTED {
            let node = observation.slice.node(dimension);
            let children = &disclosure.dimensions.tree(dimension).node(node).children;
            if node == 0 || children.is_empty() {
                continue;
            }
            let at = |child: &NodeId| (table, column, observation.slice.with(dimension, *child));
            let parts: Vec<usize> = children
                .iter()
                .filter_map(|child| cells.get(&at(child)).copied())
                .collect();
            let listing = of_heading.entry((dimension, node)).or_default();
            let twice = std::iter::once(&(table, column, observation.slice))
                .copied()
                .chain(children.iter().map(at))
                .any(|cell| seen_twice.contains(&cell));
            listing.is_doubtful |= twice;
            if !parts.is_empty() {
                listing.column(disclosure, table, i, parts);
            }
        }
    }
    of_heading
        .into_iter()
        .filter(|(_, listing)| listing.leaves_out())
        .map(|((dimension, node), listing)| Unlisted {
            dimension,
            node,
            n_tables: listing.short.len(),
            shortfalls: listing.shortfalls,
        })
        .collect()
}

/// What the tables say of one heading and its items.
#[derive(Default)]
struct Listing {
    /// Tables that list items and fall short in some column.
    short: BTreeSet<usize>,
    /// Tables that list items.
    all: BTreeSet<usize>,
    shortfalls: Vec<Shortfall>,
    /// Items exceed the heading somewhere, or a row stands twice: no hypothesis is safe.
    is_doubtful: bool,
}

impl Listing {
    fn column(&mut self, disclosure: &Disclosure, table: usize, whole: usize, parts: Vec<usize>) {
        let Some(amount) = observed(disclosure, whole).and_then(Interval::of) else {
            return;
        };
        self.all.insert(table);
        let sum = parts
            .iter()
            .filter_map(|part| observed(disclosure, *part).and_then(Interval::of))
            .fold(Interval::ZERO, Interval::plus);
        if amount.meets(sum) {
            return;
        }
        let gap = amount.middle().saturating_sub(sum.middle());
        if gap < 0 {
            self.is_doubtful = true;
            return;
        }
        self.short.insert(table);
        self.shortfalls.push(Shortfall {
            whole,
            parts,
            sum,
            gap,
        });
    }

    /// One table alone may have a wrong figure; all of several tables fall short only when an item is not listed.
    fn leaves_out(&self) -> bool {
        !self.is_doubtful && self.short.len() > 1 && self.short == self.all
    }
}
