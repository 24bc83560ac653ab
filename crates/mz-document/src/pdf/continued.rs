//! Tables that go on over a page break: the columns of the next page are those of the page before.
//!
//! A page that holds only the last rows of a table has fewer ruling lines, because cells are merged there. Its columns are
//! told by where they stand.

use crate::{Block, Content, Table};

/// Two borders this close (points) are one.
const SAME: f32 = 3.0;

/// Gives a table that follows another on the next page the columns of that one, when its borders are among them.
pub(super) fn align(blocks: &mut [Block]) {
    let mut last: Option<(u32, Vec<f32>)> = None;
    for block in blocks {
        let page = block.place.page.unwrap_or(0);
        let Content::Table(table) = &mut block.content else {
            last = None;
            continue;
        };
        let own = borders(table);
        if let Some((before, wanted)) = &last
            && page == before + 1
            && own.len() < wanted.len()
            && let Some(at) = positions(&own, wanted)
        {
            renumber(table, &at, wanted.len() - 1);
            last = Some((page, wanted.clone()));
            continue;
        }
        last = (own.len() == table.n_columns + 1).then_some((page, own));
    }
}

/// Left and right edges of the cells, each once, from left to right.
fn borders(table: &Table) -> Vec<f32> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let mut edges: Vec<f32> = cells
        .filter_map(|cell| cell.place.rect)
        .flat_map(|rect| [rect.left, rect.right])
        .collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < SAME);
    edges
}

/// Where each border stands among the wanted ones; `None` when one of them does not, or the ends differ.
fn positions(own: &[f32], wanted: &[f32]) -> Option<Vec<usize>> {
    let find = |edge: &f32| wanted.iter().position(|w| (w - edge).abs() < SAME);
    let at: Vec<usize> = own.iter().map(find).collect::<Option<_>>()?;
    let whole = at.first() == Some(&0) && at.last() == Some(&(wanted.len() - 1));
    (whole && at.windows(2).all(|pair| pair[0] < pair[1])).then_some(at)
}

fn renumber(table: &mut Table, at: &[usize], n_columns: usize) {
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let (Some(from), Some(to)) = (at.get(cell.column), at.get(cell.column + cell.column_span))
        else {
            continue;
        };
        (cell.column, cell.column_span) = (*from, to - from);
    }
    table.n_columns = n_columns;
}
