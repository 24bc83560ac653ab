//! Which cells of a table are sums of which, from what they mean: children add up to their parent.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Dimension, Dimensions, Slice},
    disclosure::{Disclosure, Reading, Stage},
};
use mz_document::{Content, Document, Sum, Term};

use super::cells::{Meaning, MeantCell, by_meaning, cells};

/// Axes in the order in which a total is looked for: down the rows first, as people add.
const AXES: [Dimension; 8] = [
    Dimension::Function,
    Dimension::Economic,
    Dimension::Governmental,
    Dimension::Project,
    Dimension::Body,
    Dimension::Nature,
    Dimension::Fund,
    Dimension::Vintage,
];

/// Most cells one total adds up; a table has fewer rows.
const MOST_TERMS: usize = 4_000;

/// Marks the totals of every statutory table that stands in one piece.
pub fn mark(document: &mut Document, disclosure: &Disclosure) {
    let mut of_table: BTreeMap<usize, Vec<MeantCell<'_>>> = BTreeMap::new();
    for cell in cells(disclosure) {
        of_table.entry(cell.table).or_default().push(cell);
    }
    for (index, cells) in of_table {
        let Some([block]) = disclosure
            .tables
            .get(index)
            .map(|table| table.blocks.as_slice())
        else {
            continue;
        };
        let Some(block) = document.blocks.get_mut(*block) else {
            continue;
        };
        if let Content::Table(table) = &mut block.content {
            table.sums = sums(&cells, &disclosure.dimensions);
        }
    }
}

fn sums(cells: &[MeantCell<'_>], dimensions: &Dimensions) -> Vec<Sum> {
    let table = Parts {
        known: by_meaning(cells.iter().copied()),
        dimensions,
    };
    cells.iter().filter_map(|cell| table.sum(cell)).collect()
}

struct Parts<'d> {
    known: BTreeMap<Meaning, MeantCell<'d>>,
    dimensions: &'d Dimensions,
}

impl<'d> Parts<'d> {
    /// The sum a cell is, when the table holds parts that really add up to it.
    fn sum(&self, cell: &MeantCell<'d>) -> Option<Sum> {
        let Reading::Value(money) = &cell.observation.reading else {
            return None;
        };
        let total = money.fen()?.0;
        let (stage, slice) = (cell.observation.stage, cell.observation.slice);
        AXES.iter().find_map(|axis| {
            let mut parts = Vec::new();
            self.below(stage, slice, *axis, &mut parts);
            let mut added = 0_i64;
            for part in &parts {
                added = added.checked_add(part.fen()?)?;
            }
            let terms = parts.iter().map(|part| Term {
                row: part.row,
                column: part.column,
                is_negative: false,
            });
            (!parts.is_empty() && added == total).then(|| Sum {
                row: cell.row,
                column: cell.column,
                terms: terms.collect(),
            })
        })
    }

    /// The cells of a slice's parts along an axis, the nearest that the table has; parts may be told by project only.
    fn below(&self, stage: Stage, slice: Slice, axis: Dimension, out: &mut Vec<MeantCell<'d>>) {
        for child in self.children(slice, axis) {
            if out.len() >= MOST_TERMS {
                return;
            }
            if let Some(cell) = self.known.get(&(stage, child)) {
                out.push(*cell);
                continue;
            }
            let before = out.len();
            self.below(stage, child, axis, out);
            if out.len() == before && axis != Dimension::Project {
                self.below(stage, child, Dimension::Project, out);
            }
        }
    }

    fn children(&self, slice: Slice, axis: Dimension) -> impl Iterator<Item = Slice> {
        let node = self.dimensions.tree(axis).node(slice.node(axis));
        let parts = node.children.iter().chain(&node.overlay);
        parts.map(move |child| self.dimensions.canonical(slice.with(axis, *child)))
    }
}
