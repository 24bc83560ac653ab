//! Ruling lines to grids: the tables of a page.

use super::content::{Content, Rule};

/// Lines closer than this (points) are one line.
const SNAP: f32 = 1.5;
/// Collinear pieces closer than this are one line.
const GAP: f32 = 3.0;
/// A horizontal and a vertical line touch when they come this close.
const TOUCH: f32 = 2.5;
/// Limits a page's grid so that a drawing of thousands of lines cannot take the time of a book.
const MAX_LINES: usize = 1_500;

/// A cell of a grid: covered rows and columns, both half open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridCell {
    /// First grid row.
    pub row: usize,
    /// Row after the last.
    pub row_end: usize,
    /// First grid column.
    pub column: usize,
    /// Column after the last.
    pub column_end: usize,
}

/// A table's skeleton.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Column borders from left to right, points.
    pub xs: Vec<f32>,
    /// Row borders from top to bottom, points.
    pub ys: Vec<f32>,
    /// Cells in row-major order.
    pub cells: Vec<GridCell>,
    /// Index into `cells` of each elementary position, row-major.
    pub owner: Vec<usize>,
}

impl Grid {
    /// Number of elementary columns.
    pub fn n_columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// Number of elementary rows.
    pub fn n_rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// The cell at a point, if the point lies in the grid.
    pub fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = position(&self.xs, x)?;
        let row = position(&self.ys, y)?;
        Some(self.owner[row * self.n_columns() + column])
    }
}

fn position(borders: &[f32], at: f32) -> Option<usize> {
    if at < *borders.first()? || at >= *borders.last()? {
        return None;
    }
    Some(borders.partition_point(|border| *border <= at) - 1)
}

/// Finds the grids of a page, from top to bottom.
pub fn grids(content: &Content) -> Vec<Grid> {
    let horizontal = merged(&content.horizontal);
    let vertical = merged(&content.vertical);
    if horizontal.len() < 2 || vertical.len() < 2 || horizontal.len() + vertical.len() > MAX_LINES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = components(&horizontal, &vertical)
        .into_iter()
        .filter_map(|(h, v)| grid(&h, &v))
        .collect();
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    grids
}

/// Snaps lines to common positions and joins their pieces.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut start = 0;
    let mut snapped: Vec<Rule> = Vec::with_capacity(rules.len());
    for i in 0..rules.len() {
        if rules[i].at - rules[start].at > SNAP {
            start = i;
        }
        snapped.push(Rule {
            at: rules[start].at,
            ..rules[i]
        });
    }
    snapped.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in snapped {
        match out.last_mut() {
            Some(last) if last.at == rule.at && rule.from <= last.to + GAP => {
                last.to = last.to.max(rule.to)
            }
            _ => out.push(rule),
        }
    }
    out
}

/// Groups lines that touch one another.
fn components(horizontal: &[Rule], vertical: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let n = horizontal.len() + vertical.len();
    let mut parent: Vec<usize> = (0..n).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for (i, h) in horizontal.iter().enumerate() {
        for (j, v) in vertical.iter().enumerate() {
            let crosses = v.at >= h.from - TOUCH
                && v.at <= h.to + TOUCH
                && h.at >= v.from - TOUCH
                && h.at <= v.to + TOUCH;
            if crosses {
                let (a, b) = (
                    root(&mut parent, i),
                    root(&mut parent, horizontal.len() + j),
                );
                parent[a] = b;
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for i in 0..n {
        let key = root(&mut parent, i);
        let at = groups.iter().position(|g| g.0 == key).unwrap_or_else(|| {
            groups.push((key, Vec::new(), Vec::new()));
            groups.len() - 1
        });
        if i < horizontal.len() {
            groups[at].1.push(horizontal[i]);
        } else {
            groups[at].2.push(vertical[i - horizontal.len()]);
        }
    }
    groups
        .into_iter()
        .map(|(_, h, v)| (h, v))
        .filter(|(h, v)| h.len() >= 2 && v.len() >= 2)
        .collect()
}

fn borders(rules: &[Rule]) -> Vec<f32> {
    let mut all: Vec<f32> = rules.iter().map(|r| r.at).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|a, b| (*a - *b).abs() < SNAP);
    all
}

/// Whether some line at this border covers most of the stretch.
fn covered(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let length = to - from;
    rules
        .iter()
        .filter(|r| (r.at - at).abs() < SNAP)
        .map(|r| r.to.min(to) - r.from.max(from))
        .fold(0.0, f32::max)
        > length * 0.6
}

fn grid(horizontal: &[Rule], vertical: &[Rule]) -> Option<Grid> {
    let (xs, ys) = (borders(vertical), borders(horizontal));
    if xs.len() < 2 || ys.len() < 2 || (xs.len() - 1) * (ys.len() - 1) < 2 {
        return None;
    }
    let (n_columns, n_rows) = (xs.len() - 1, ys.len() - 1);
    let mut parent: Vec<usize> = (0..n_columns * n_rows).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for row in 0..n_rows {
        for column in 0..n_columns {
            let here = row * n_columns + column;
            if column + 1 < n_columns && !covered(vertical, xs[column + 1], ys[row], ys[row + 1]) {
                let (a, b) = (root(&mut parent, here), root(&mut parent, here + 1));
                parent[a.max(b)] = a.min(b);
            }
            if row + 1 < n_rows && !covered(horizontal, ys[row + 1], xs[column], xs[column + 1]) {
                let (a, b) = (root(&mut parent, here), root(&mut parent, here + n_columns));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut cells: Vec<GridCell> = Vec::new();
    let mut of_root = vec![usize::MAX; n_columns * n_rows];
    let mut owner = vec![0; n_columns * n_rows];
    for (here, owned) in owner.iter_mut().enumerate() {
        let (row, column) = (here / n_columns, here % n_columns);
        let key = root(&mut parent, here);
        if of_root[key] == usize::MAX {
            of_root[key] = cells.len();
            cells.push(GridCell {
                row,
                row_end: row + 1,
                column,
                column_end: column + 1,
            });
        }
        let cell = &mut cells[of_root[key]];
        cell.row_end = cell.row_end.max(row + 1);
        cell.column = cell.column.min(column);
        cell.column_end = cell.column_end.max(column + 1);
        *owned = of_root[key];
    }
    Some(Grid {
        xs,
        ys,
        cells,
        owner,
    })
}
