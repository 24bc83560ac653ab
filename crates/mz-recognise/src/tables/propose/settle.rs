//! Settling what the words leave open, by the document's own figures: whether a table includes what was carried over, and
//! which kinds of money the document does not have at all.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Dimension, Dimensions, NodeId, Slice},
    disclosure::{Disclosure, Observation, Origin, Reading, Stage},
    money::PrintedMoney,
    profile::TableSpec,
};

use crate::tables::{close::Open, emit, find::FoundTable};

/// Dimensions of which the profile lists every node, so that a kind of money no table names is not there.
const SMALL: [Dimension; 3] = [Dimension::Fund, Dimension::Vintage, Dimension::Nature];

/// A table's scope is wrong when more than one in so many of its figures disagree with what is known.
const N_AGREEING: i64 = 16;

/// With fewer figures than these, any that disagree make the scope wrong.
const N_TELLING: i64 = 40;

/// A figure of a slice, with half its last digit.
type Figures = BTreeMap<Slice, (i64, i64)>;

/// The tables' declarations with their scopes chosen. Tables of which no scope agrees with the others lose their panels:
/// they are known and read, but say nothing.
pub(in crate::tables) fn settle(
    found: &[FoundTable],
    specs: &mut [TableSpec],
    catalogue: &Catalogue,
    disclosure: &Disclosure,
) {
    let mut scratch = disclosure.clone();
    let mut open = Open::default();
    let mut known = Figures::new();
    // What a profile declares in full is not for the document to settle.
    let has_choice =
        |found: &FoundTable| found.spec.panels.is_empty() && !found.spec.or_at.is_empty();
    for (found, spec) in found
        .iter()
        .zip(specs.iter())
        .filter(|(f, _)| !has_choice(f))
    {
        for (slice, figure) in trial(found, spec, catalogue, &mut scratch, &mut open) {
            known.entry(slice).or_insert(figure);
        }
    }
    for (found, spec) in found.iter().zip(specs.iter_mut()) {
        if !has_choice(found) {
            continue;
        }
        let mut best: Option<((i64, i64), TableSpec, Figures)> = None;
        let mut has_rival = false;
        for at in std::iter::once(spec.at.clone()).chain(spec.or_at.clone()) {
            let option = TableSpec {
                at,
                or_at: Vec::new(),
                ..spec.clone()
            };
            let figures = trial(found, &option, catalogue, &mut scratch, &mut open);
            let score = score(&figures, &known, &scratch.dimensions);
            has_rival |= best.is_some();
            if best.as_ref().is_none_or(|(top, ..)| top.0 < score.0) {
                best = Some((score, option, figures));
            }
        }
        let Some((score, option, figures)) = best else {
            continue;
        };
        *spec = option;
        // A document's own errors make a few figures disagree; the wrong scope makes many.
        let n_figures = i64::try_from(figures.len()).unwrap_or(i64::MAX);
        let is_wrong = n_figures < N_TELLING || score.1 * N_AGREEING > n_figures;
        if score.0 < 0 && is_wrong && has_rival {
            spec.outside = true;
            for panel in &mut spec.panels {
                for column in &mut panel.columns {
                    column.skip = true;
                }
                panel.rows.closed = false;
            }
            continue;
        }
        for (slice, figure) in figures {
            known.entry(slice).or_insert(figure);
        }
    }
}

/// The figures a table has under one declaration.
fn trial(
    found: &FoundTable,
    spec: &TableSpec,
    catalogue: &Catalogue,
    scratch: &mut Disclosure,
    open: &mut Open,
) -> Figures {
    scratch.observations.clear();
    let found = found.declared(spec);
    emit::table(&found, catalogue, scratch, open);
    let mut figures = Figures::new();
    for observation in &scratch.observations {
        if let (Reading::Value(money), Stage::Budget) = (&observation.reading, observation.stage)
            && let Some(figure) = figure(money)
        {
            figures.insert(observation.slice, figure);
        }
    }
    for axis in [Dimension::Function, Dimension::Economic] {
        // A table of some headings only, such as the three public expenses, does not add up to the whole.
        if spec
            .panels
            .iter()
            .any(|panel| panel.rows.axis == Some(axis))
        {
            add_sums(axis, &mut figures, &scratch.dimensions);
        }
    }
    figures
}

/// Sums of the rows of a table that prints no total: rows that stand under no other row, column by column.
fn add_sums(axis: Dimension, figures: &mut Figures, dimensions: &Dimensions) {
    let mut sums = Figures::new();
    for (slice, (value, slack)) in figures.iter() {
        let node = slice.node(axis);
        let tree = dimensions.tree(axis);
        let mut above = node;
        let is_under = std::iter::from_fn(|| {
            above = tree.node(above).parent;
            (above != 0).then_some(above)
        })
        .any(|parent| figures.contains_key(&slice.with(axis, parent)));
        if node == 0 || is_under || !tree.node(node).overlay.is_empty() {
            continue;
        }
        let sum = sums.entry(slice.with(axis, 0)).or_insert((0, 0));
        *sum = (sum.0 + value, sum.1 + slack);
    }
    for (slice, sum) in sums {
        figures.entry(slice).or_insert(sum);
    }
}

fn figure(money: &PrintedMoney) -> Option<(i64, i64)> {
    let unit = money.unit.fen();
    let scale = 10_i64.checked_pow(u32::from(money.number.decimals))?;
    let value = money.number.digits.checked_mul(unit)? / scale;
    Some((value, (unit / scale / 2).max(1)))
}

/// Agreements less twice the disagreements with what is known, and the number of figures that disagree.
fn score(figures: &Figures, known: &Figures, dimensions: &Dimensions) -> (i64, i64) {
    let inside = |outer: Slice, inner: Slice| {
        Dimension::ALL.iter().all(|d| {
            let tree = dimensions.tree(*d);
            let (outer, inner) = (outer.node(*d), inner.node(*d));
            let is_within =
                || tree.contains(outer, inner) || tree.node(outer).overlay.contains(&inner);
            outer == 0 || outer == inner || is_within()
        })
    };
    let only = OnlyChildren::of(known, dimensions);
    // Every figure is held against all that is known: what is the same for all pairs is done before.
    let known: Vec<(Slice, Slice, i64, i64)> = known
        .iter()
        .map(|(slice, (fact, slack))| (*slice, only.widest(*slice, dimensions), *fact, *slack))
        .collect();
    let (mut score, mut n_disagreeing) = (0, 0);
    for (slice, (value, slack)) in figures {
        let before = score;
        let widest = only.widest(*slice, dimensions);
        for (other, other_widest, fact, other_slack) in &known {
            let slack = slack + other_slack;
            if widest == *other_widest {
                score += if (value - fact).abs() <= slack { 1 } else { -2 };
            } else if (*value > fact + slack && inside(*other, *slice))
                || (*fact > value + slack && inside(*slice, *other))
            {
                score -= 2;
            }
        }
        n_disagreeing += i64::from(score < before);
    }
    (score, n_disagreeing)
}

/// Kinds of money that are all there is of the kind above them: where no other fund has money, the general budget is the
/// appropriation.
struct OnlyChildren(Vec<(Dimension, BTreeSet<NodeId>)>);

impl OnlyChildren {
    fn of(known: &Figures, dimensions: &Dimensions) -> Self {
        let only = SMALL.map(|dimension| {
            let tree = dimensions.tree(dimension);
            let mut alive: BTreeSet<NodeId> = BTreeSet::new();
            for (slice, _) in known.iter().filter(|(_, (value, _))| *value != 0) {
                let mut node = slice.node(dimension);
                while node != 0 && alive.insert(node) {
                    node = tree.node(node).parent;
                }
            }
            let is_only = |node: &NodeId| {
                let parent = tree.node(tree.node(*node).parent);
                let siblings = parent.children.iter().filter(|child| alive.contains(child));
                siblings.count() == 1
            };
            (dimension, alive.iter().copied().filter(is_only).collect())
        });
        Self(only.into())
    }

    /// The slice with every kind of money that is all of the kind above it put for that kind.
    fn widest(&self, mut slice: Slice, dimensions: &Dimensions) -> Slice {
        for (dimension, only) in &self.0 {
            let mut node = slice.node(*dimension);
            while node != 0 && only.contains(&node) {
                node = dimensions.tree(*dimension).node(node).parent;
            }
            slice = slice.with(*dimension, node);
        }
        slice
    }
}

/// Says zero of every kind of money no table of the document has: kinds next to one that has money, where all the
/// document's figures were understood.
pub(in crate::tables) fn close_small(disclosure: &mut Disclosure) {
    let Some(table) = disclosure.tables.first() else {
        return;
    };
    let place = table.place.clone();
    let mut zeros = Vec::new();
    for dimension in SMALL {
        let alive = alive(disclosure, dimension);
        let tree = disclosure.dimensions.tree(dimension);
        for node in &tree.nodes {
            let is_alive = |child: &NodeId| alive.contains(child);
            if !node.children.iter().any(is_alive) {
                continue;
            }
            for child in node.children.iter().filter(|child| !is_alive(child)) {
                zeros.push(Slice::WHOLE.with(dimension, *child));
            }
        }
    }
    disclosure
        .observations
        .extend(zeros.into_iter().map(|slice| Observation {
            stage: Stage::Budget,
            slice,
            reading: Reading::Absent,
            place: place.clone(),
            origin: Origin::AbsentRow { table: 0 },
        }));
}

/// Nodes of a dimension with money in this year's tables, and those above them.
fn alive(disclosure: &Disclosure, dimension: Dimension) -> BTreeSet<NodeId> {
    let tree = disclosure.dimensions.tree(dimension);
    let mut alive = BTreeSet::new();
    for observation in &disclosure.observations {
        let has_money =
            matches!(&observation.reading, Reading::Value(money) if money.number.digits != 0);
        if observation.stage != Stage::Budget || !has_money {
            continue;
        }
        let mut node = observation.slice.node(dimension);
        while node != 0 && alive.insert(node) {
            node = tree.node(node).parent;
        }
    }
    alive
}
