//! Charts of a disclosure: what the money is spent on, and where it comes from and goes. A chart is drawn only where its
//! parts add up to its whole.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Dimension, Dimensions, NodeId, Slice},
    disclosure::{Disclosure, Reading, Stage},
    money::PrintedMoney,
};
use mz_document::{Chart, Document, Figure, Link, Node, Role, Tile};

use super::cells::{Meaning, MeantCell, by_meaning, cells};

/// How deep sources are told apart: fiscal appropriation by its budgets, and no further.
const SOURCE_DEPTH: usize = 2;
/// How deep uses are told apart: basic expenditure by personnel and operating cost.
const USE_DEPTH: usize = 2;

/// The charts, each before the first table.
pub fn charts(document: &Document, disclosure: &Disclosure) -> Vec<Figure> {
    // A budget is drawn as budgeted, final accounts as spent.
    let figures = [Stage::Final, Stage::Budget].into_iter().map(|stage| {
        let book = Book {
            stage,
            known: by_meaning(cells(disclosure)),
            dimensions: &disclosure.dimensions,
        };
        let Some(place) = Place::of(document, disclosure) else {
            return Vec::new();
        };
        let charts = [
            treemap(&book, disclosure, document, &place),
            flows(&book, &place),
        ];
        charts.into_iter().flatten().collect::<Vec<_>>()
    });
    figures
        .into_iter()
        .find(|figures| !figures.is_empty())
        .unwrap_or_default()
}

/// Where the charts stand, and the unit of the tables.
struct Place {
    before: String,
    unit: String,
}

impl Place {
    fn of(document: &Document, disclosure: &Disclosure) -> Option<Self> {
        let table = disclosure.tables.first()?;
        Some(Self {
            before: title_of(document, *table.blocks.first()?)?.0,
            unit: table.money_unit.clone()?,
        })
    }
}

/// Anchor and text of the title before a table.
fn title_of(document: &Document, block: usize) -> Option<(String, String)> {
    let before = document.blocks.get(..block)?.iter().rev().take(3);
    let title = before
        .into_iter()
        .find(|block| block.layout.role == Role::TableTitle)?;
    Some((title.layout.anchor.clone()?, title.text()?.to_owned()))
}

struct Book<'d> {
    stage: Stage,
    known: BTreeMap<Meaning, MeantCell<'d>>,
    dimensions: &'d Dimensions,
}

/// A slice with the amount printed for it.
#[derive(Clone, Debug)]
struct Part {
    name: String,
    money: PrintedMoney,
    fen: i64,
}

impl<'d> Book<'d> {
    fn amount(&self, slice: Slice) -> Option<(PrintedMoney, i64)> {
        let cell = self.known.get(&(self.stage, slice))?;
        match &cell.observation.reading {
            Reading::Value(money) => Some((*money, money.fen()?.0)),
            _ => None,
        }
    }

    fn part(&self, slice: Slice, name: &str) -> Option<Part> {
        let (money, fen) = self.amount(slice)?;
        Some(Part {
            name: name.to_owned(),
            money,
            fen,
        })
    }

    /// The children of a slice along an axis that have an amount, when they add up to the slice.
    fn split(&self, slice: Slice, axis: Dimension) -> Option<Vec<(NodeId, Slice)>> {
        let (_, whole) = self.amount(slice)?;
        let tree = self.dimensions.tree(axis);
        let children = &tree.node(slice.node(axis)).children;
        let parts: Vec<(NodeId, Slice)> = children
            .iter()
            .map(|child| (*child, self.dimensions.canonical(slice.with(axis, *child))))
            .filter(|(_, part)| self.amount(*part).is_some())
            .collect();
        let sum: i64 = parts
            .iter()
            .filter_map(|(_, part)| self.amount(*part))
            .map(|(_, fen)| fen)
            .sum();
        (!parts.is_empty() && sum == whole).then_some(parts)
    }

    /// Parts of a slice along an axis, each split as deep as its own parts add up.
    fn parts(&self, slice: Slice, name: &str, axis: Dimension, depth: usize) -> Vec<Part> {
        let split = if depth == 0 {
            None
        } else {
            self.split(slice, axis)
        };
        match split {
            None => self.part(slice, name).into_iter().collect(),
            Some(parts) => parts
                .into_iter()
                .flat_map(|(node, part)| {
                    let name = self.dimensions.tree(axis).node(node).name.clone();
                    self.parts(part, &name, axis, depth - 1)
                })
                .collect(),
        }
    }
}

/// A share in percent with two decimals, rounded half up.
fn share(part: i64, whole: i64) -> String {
    let (part, whole) = (i128::from(part), i128::from(whole.max(1)));
    let hundredths = (part * 20_000 + whole) / (whole * 2);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn treemap(
    book: &Book<'_>,
    disclosure: &Disclosure,
    document: &Document,
    place: &Place,
) -> Option<Figure> {
    let (_, whole) = book.amount(Slice::WHOLE)?;
    let parts = book.split(Slice::WHOLE, Dimension::Function)?;
    let tree = book.dimensions.tree(Dimension::Function);
    let tiles = parts.iter().filter_map(|(node, slice)| {
        let part = book.part(*slice, &tree.node(*node).name)?;
        Some(Tile {
            value: part.fen,
            printed: part.money.number.to_string(),
            note: share(part.fen, whole),
            name: part.name,
        })
    });
    let source = parts.first().and_then(|(_, slice)| {
        let table = book.known.get(&(book.stage, *slice))?.table;
        title_of(document, *disclosure.tables.get(table)?.blocks.first()?)
    });
    Some(Figure {
        before: place.before.clone(),
        title: "支出按功能分类".to_owned(),
        unit: place.unit.clone(),
        source,
        chart: Chart::Treemap(tiles.filter(|tile| tile.value > 0).collect()),
    })
}

fn flows(book: &Book<'_>, place: &Place) -> Option<Figure> {
    let whole = book.part(Slice::WHOLE, "总计")?;
    let sources: Vec<Part> = match book.split(Slice::WHOLE, Dimension::Vintage) {
        Some(vintages) => vintages
            .into_iter()
            .flat_map(|(node, slice)| sources(book, node, slice))
            .collect(),
        None => book.parts(Slice::WHOLE, &whole.name, Dimension::Fund, SOURCE_DEPTH),
    };
    let uses = book.parts(Slice::WHOLE, &whole.name, Dimension::Nature, USE_DEPTH);
    let adds_up = |parts: &[Part]| parts.iter().map(|part| part.fen).sum::<i64>() == whole.fen;
    if sources.len() < 2 && uses.len() < 2 || !adds_up(&sources) || !adds_up(&uses) {
        return None;
    }
    let node = |part: &Part| Node {
        name: part.name.clone(),
        value: part.fen,
        printed: part.money.number.to_string(),
    };
    let into = sources.iter().enumerate().map(|(i, part)| Link {
        from: (0, i),
        to: (1, 0),
        value: part.fen,
    });
    let out_of = uses.iter().enumerate().map(|(i, part)| Link {
        from: (1, 0),
        to: (2, i),
        value: part.fen,
    });
    Some(Figure {
        before: place.before.clone(),
        title: "收入从哪里来，用到哪里去".to_owned(),
        unit: place.unit.clone(),
        source: None,
        chart: Chart::Flows {
            links: into.chain(out_of).collect(),
            columns: vec![
                sources.iter().map(node).collect(),
                vec![node(&whole)],
                uses.iter().map(node).collect(),
            ],
        },
    })
}

/// The money of one vintage by fund. What was carried over is one source, by its own name.
fn sources(book: &Book<'_>, vintage: NodeId, slice: Slice) -> Vec<Part> {
    let tree = book.dimensions.tree(Dimension::Vintage);
    let is_current = tree.node(vintage).key == "current";
    let depth = if is_current { SOURCE_DEPTH } else { 0 };
    let name = tree.node(vintage).name.clone();
    book.parts(slice, &name, Dimension::Fund, depth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_half_up() {
        assert_eq!(share(1, 3), "33.33%");
        assert_eq!(share(2, 3), "66.67%");
        assert_eq!(share(1, 20_000), "0.01%");
        assert_eq!(share(5, 5), "100.00%");
        assert_eq!(share(5, 0), "500.00%");
    }
}
