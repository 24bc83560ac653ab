//! Which grid column is which column of the profile.
//!
//! A ruler row gives the true columns even where a merged header has shifted. Without one, position and header words are
//! both candidates, and the reading under which more row identities hold is taken.

use mz_budget::{
    dimension::{Coordinates, Dimensions, Slice},
    money::Decimal,
    normalise,
    profile::{PanelSpec, TableSpec},
};

use super::{
    grid::Grid,
    header::{Heading, Ruler},
    identities::{self, Tally},
};

/// The columns of one panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PanelLayout {
    /// Grid columns of the labels, left to right.
    pub(crate) labels: Vec<usize>,
    /// Grid column and index of the profile's column.
    pub(crate) values: Vec<(usize, usize)>,
}

/// A way of reading the columns of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    pub(crate) panels: Vec<PanelLayout>,
}

/// One column of the profile as a target of matching.
struct Slot {
    panel: usize,
    /// Index of the value column; `None` for a label column.
    value: Option<usize>,
    /// Leaf and full wording of the label and its aliases, folded.
    wordings: Vec<Wording>,
}

fn slots(spec: &TableSpec) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (panel_idx, panel) in spec.panels.iter().enumerate() {
        for label in &panel.labels {
            slots.push(Slot {
                panel: panel_idx,
                value: None,
                wordings: vec![Wording::new(label)],
            });
        }
        for (value, column) in panel.columns.iter().enumerate() {
            let wordings = std::iter::once(&column.label)
                .chain(&column.aliases)
                .map(|label| Wording::new(label))
                .collect();
            slots.push(Slot {
                panel: panel_idx,
                value: Some(value),
                wordings,
            });
        }
    }
    slots
}

/// One wording of a column, folded.
struct Wording {
    leaf: String,
    leaf_chars: Vec<char>,
    full: String,
}

impl Wording {
    fn new(label: &str) -> Self {
        let leaf = normalise::name(label.rsplit('/').next().unwrap_or(label));
        let leaf_chars = leaf.chars().collect();
        Self {
            leaf,
            leaf_chars,
            full: normalise::name(&label.replace('/', "")),
        }
    }
}

/// Likeness of a heading and a slot in thousandths.
fn similarity(heading: &Heading, slot: &Slot) -> u32 {
    let mut best = 0;
    for wording in &slot.wordings {
        let score = if heading.full == wording.full {
            1000
        } else if heading.leaf == wording.leaf {
            let outer = wording
                .full
                .strip_suffix(wording.leaf.as_str())
                .unwrap_or("");
            if outer.is_empty() || heading.full.contains(outer) {
                SAME_PATH
            } else {
                SAME_LEAF
            }
        } else {
            normalise::likeness_at_least(&heading.leaf_chars, &wording.leaf_chars, ENOUGH * 10 / 7)
                * 7
                / 10
        };
        best = best.max(score);
    }
    best
}

/// Likeness below which a heading says nothing.
const ENOUGH: u32 = 450;
/// Likeness of the same innermost words.
const SAME_LEAF: u32 = 850;
/// Likeness of the same innermost words under the same outer ones.
const SAME_PATH: u32 = 980;

/// Everything the choice of a layout looks at.
pub(crate) struct Evidence<'a, 'g> {
    pub(crate) grid: &'a Grid<'g>,
    pub(crate) spec: &'a TableSpec,
    pub(crate) headings: &'a [Heading],
    pub(crate) ruler: Option<&'a Ruler>,
    pub(crate) first_data: usize,
    pub(crate) dimensions: &'a Dimensions,
}

/// A layout with what speaks for it.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) layout: Layout,
    /// Mean likeness of headings and columns, in thousandths.
    pub(crate) likeness: u32,
    /// Likeness of the worst pair.
    least: u32,
}

/// The best reading of the columns.
pub(crate) fn choose(evidence: &Evidence) -> Choice {
    let slots = slots(evidence.spec);
    let by_place = by_ruler(evidence, &slots).or_else(|| by_position(evidence, &slots));
    let place = by_place.map(|assigned| judged(evidence, &slots, &assigned));
    if let Some((choice, tally)) = &place
        && tally.fails == 0
        && choice.likeness >= SAME_LEAF
    {
        return choice.clone();
    }
    let words = judged(evidence, &slots, &by_words(evidence, &slots));
    match place {
        // Header words win only when they explain the figures better, or as well while position contradicts the header.
        Some((place, place_tally)) => {
            let n_values = |choice: &Choice| {
                choice
                    .layout
                    .panels
                    .iter()
                    .map(|p| p.values.len())
                    .sum::<usize>()
            };
            let (words, words_tally) = words;
            let complete = n_values(&words) >= n_values(&place);
            let explains =
                words_tally.fails < place_tally.fails && words_tally.holds > place_tally.holds;
            let as_good =
                words_tally.fails <= place_tally.fails && words_tally.holds >= place_tally.holds;
            let clear = words.least >= SAME_PATH && place.least < SAME_LEAF;
            if complete && ((explains && words.likeness >= SAME_LEAF) || (as_good && clear)) {
                words
            } else {
                place
            }
        }
        None => words.0,
    }
}

/// One grid column for each slot.
type Assigned = Vec<Option<usize>>;

/// The ruler numbers exactly the value columns; label columns are what is left of them.
fn by_ruler(evidence: &Evidence, slots: &[Slot]) -> Option<Assigned> {
    let ruler = evidence.ruler?;
    let n_values = slots.iter().filter(|slot| slot.value.is_some()).count();
    if ruler.numbers.len() != n_values {
        return None;
    }
    let mut numbers = ruler.numbers.iter().map(|(column, _)| *column);
    Some(
        slots
            .iter()
            .map(|slot| slot.value.and_then(|_| numbers.next()))
            .collect(),
    )
}

/// The grid is as wide as the profile's table, or one panel with fewer label columns.
fn by_position(evidence: &Evidence, slots: &[Slot]) -> Option<Assigned> {
    let width = used_width(evidence.grid);
    let n_values = slots.iter().filter(|slot| slot.value.is_some()).count();
    if width == slots.len() {
        return Some((0..slots.len()).map(Some).collect());
    }
    let one_panel = evidence.spec.panels.len() == 1;
    let n_labels = slots.len() - n_values;
    if one_panel && evidence.ruler.is_none() && width > n_values && width - n_values < n_labels {
        let mut columns = width - n_values..width;
        return Some(
            slots
                .iter()
                .map(|slot| slot.value.and_then(|_| columns.next()))
                .collect(),
        );
    }
    None
}

/// Grid columns up to the last one that holds any text.
fn used_width(grid: &Grid) -> usize {
    (0..grid.n_columns)
        .rev()
        .find(|column| (0..grid.n_rows()).any(|row| !grid.label(row, *column).is_empty()))
        .map_or(0, |column| column + 1)
}

/// Aligns headings and slots in order, then matches what is left by the same words out of order.
fn by_words(evidence: &Evidence, slots: &[Slot]) -> Assigned {
    let columns: Vec<usize> = match evidence.ruler {
        Some(ruler) => {
            let first = ruler.numbers.first().map_or(0, |(column, _)| *column);
            (0..first)
                .chain(ruler.numbers.iter().map(|(column, _)| *column))
                .collect()
        }
        None => (0..evidence.grid.n_columns).collect(),
    };
    let score: Vec<Vec<u32>> = columns
        .iter()
        .map(|column| {
            let heading = evidence.headings.get(*column);
            slots
                .iter()
                .map(|slot| heading.map_or(0, |heading| similarity(heading, slot)))
                .collect()
        })
        .collect();
    let mut assigned = align_at_least(&score, columns.len(), slots.len(), ENOUGH);
    for (slot, at) in assigned.iter_mut().enumerate() {
        *at = at
            .and_then(|i| columns.get(i).copied())
            .filter(|_| slots.get(slot).is_some());
    }
    for slot in 0..slots.len() {
        if assigned.get(slot).is_none_or(Option::is_some) {
            continue;
        }
        let free = columns.iter().enumerate().find(|(i, column)| {
            let same = score
                .get(*i)
                .and_then(|row| row.get(slot))
                .is_some_and(|s| *s >= SAME_LEAF);
            same && !assigned.contains(&Some(**column))
        });
        if let (Some((_, column)), Some(at)) = (free, assigned.get_mut(slot)) {
            *at = Some(*column);
        }
    }
    assigned
}

/// The order-preserving matching of `n` rows and `m` columns of a score with the greatest sum; pairs below `least` do not
/// count. Returns the row of each column.
pub(crate) fn align_at_least(
    score: &[Vec<u32>],
    n: usize,
    m: usize,
    least: u32,
) -> Vec<Option<usize>> {
    let at = |i: usize, j: usize| {
        score
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .filter(|s| *s >= least)
    };
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    let get = |best: &[Vec<u32>], i: usize, j: usize| {
        best.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    for i in 1..=n {
        for j in 1..=m {
            let pair = at(i - 1, j - 1).map_or(0, |s| get(&best, i - 1, j - 1) + s);
            let value = pair.max(get(&best, i - 1, j)).max(get(&best, i, j - 1));
            if let Some(cell) = best.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = value;
            }
        }
    }
    let mut assigned = vec![None; m];
    let (mut i, mut j) = (n, m);
    while i > 0 && j > 0 {
        let here = get(&best, i, j);
        if get(&best, i - 1, j) == here {
            i -= 1;
        } else if get(&best, i, j - 1) == here {
            j -= 1;
        } else {
            if let Some(slot) = assigned.get_mut(j - 1) {
                *slot = Some(i - 1);
            }
            i -= 1;
            j -= 1;
        }
    }
    assigned
}

/// Turns an assignment into a layout and judges it by words and figures.
fn judged(evidence: &Evidence, slots: &[Slot], assigned: &Assigned) -> (Choice, Tally) {
    let mut layout = Layout {
        panels: vec![PanelLayout::default(); evidence.spec.panels.len()],
    };
    let (mut sum, mut n, mut least) = (0, 0, 1000);
    for (slot, column) in slots.iter().zip(assigned) {
        let (Some(value), Some(column)) = (slot.value, *column) else {
            continue;
        };
        if let Some(panel) = layout.panels.get_mut(slot.panel) {
            panel.values.push((column, value));
        }
        let likeness = evidence
            .headings
            .get(column)
            .map_or(0, |heading| similarity(heading, slot));
        sum += likeness;
        least = least.min(likeness);
        n += 1;
    }
    place_labels(&mut layout, evidence.grid.n_columns);
    let mut tally = Tally::default();
    for (panel, spec) in layout.panels.iter().zip(&evidence.spec.panels) {
        let slices = column_slices(evidence.dimensions, panel, spec, 0);
        tally += identities::tally(
            evidence.dimensions,
            &slices,
            &figures(evidence.grid, panel, evidence.first_data),
        );
    }
    (
        Choice {
            layout,
            likeness: sum.checked_div(n).unwrap_or(0),
            least,
        },
        tally,
    )
}

/// The labels of a panel are the columns between the panel before it and its first value column.
fn place_labels(layout: &mut Layout, n_columns: usize) {
    let mut start = 0;
    for panel in &mut layout.panels {
        let first = panel
            .values
            .iter()
            .map(|(column, _)| *column)
            .min()
            .unwrap_or(start);
        panel.labels = (start..first.min(n_columns)).collect();
        start = panel
            .values
            .iter()
            .map(|(column, _)| column + 1)
            .max()
            .unwrap_or(start);
    }
}

/// Figures of a panel in units of the last digit of the most precise one; blank or unreadable as `None`.
pub(crate) fn figures(
    grid: &Grid,
    panel: &PanelLayout,
    first_data: usize,
) -> Vec<Vec<Option<i64>>> {
    let parsed: Vec<Vec<Option<Decimal>>> = (first_data..grid.n_rows())
        .map(|row| {
            let value = |column: usize| Decimal::parse(grid.starting(row, column)?.text.as_str());
            panel
                .values
                .iter()
                .map(|(column, _)| value(*column))
                .collect()
        })
        .collect();
    let decimals = parsed
        .iter()
        .flatten()
        .flatten()
        .map(|d: &Decimal| d.decimals)
        .max()
        .unwrap_or(0);
    let scaled = |d: &Decimal| {
        d.digits
            .checked_mul(10_i64.checked_pow(u32::from(decimals - d.decimals))?)
    };
    parsed
        .iter()
        .map(|row| row.iter().map(|d| d.as_ref().and_then(scaled)).collect())
        .collect()
}

/// Coordinates of a column under one of its readings; 0 is the usual one.
pub(crate) fn coordinates(
    panel: &PanelSpec,
    column: usize,
    reading: usize,
) -> Option<&Coordinates> {
    let column = panel.columns.get(column)?;
    let other = reading.checked_sub(1).and_then(|i| column.or_at.get(i));
    Some(other.unwrap_or(&column.at))
}

/// Slices of the columns alone, in the order of the layout.
fn column_slices(
    dimensions: &Dimensions,
    layout: &PanelLayout,
    panel: &PanelSpec,
    reading: usize,
) -> Vec<Slice> {
    layout
        .values
        .iter()
        .map(|(_, column)| {
            let at = coordinates(panel, *column, reading);
            at.and_then(|at| dimensions.slice(at).ok())
                .unwrap_or(Slice::WHOLE)
        })
        .collect()
}

/// Which reading of a panel's columns the row identities speak for. The usual one stays unless it breaks in several rows
/// where another holds: one wrong figure must not change the reading.
pub(crate) fn reading(
    dimensions: &Dimensions,
    grid: &Grid,
    layout: &PanelLayout,
    panel: &PanelSpec,
    first: usize,
) -> usize {
    let n_readings = panel
        .columns
        .iter()
        .map(|column| column.or_at.len())
        .max()
        .unwrap_or(0);
    if n_readings == 0 {
        return 0;
    }
    let rows = figures(grid, layout, first);
    let tally = |reading| {
        identities::tally(
            dimensions,
            &column_slices(dimensions, layout, panel, reading),
            &rows,
        )
    };
    let usual = tally(0);
    (1..=n_readings)
        .map(|reading| (tally(reading).fails, reading))
        .filter(|(fails, _)| usual.fails >= 2 && fails * 3 <= usual.fails)
        .min()
        .map_or(0, |(_, reading)| reading)
}
