//! Tables that go on over a page break: the columns of the next page are those of the page before.
//!
//! A page that holds only the last rows of a table has fewer ruling lines, because cells are merged there. Its columns are
//! told by where they stand. A page that ends within the header of a table has fewer for the same reason.

use super::displaced::is_figure;
use crate::{Block, Cell, Content, Row, Table, continued::renumber};

/// Two borders this close (points) are one.
const SAME: f32 = 3.0;

/// Most rows of a header.
const HEADER: usize = 5;

/// Joins tables that a page break went through the header of, and gives a table that follows another on the next page the
/// columns of that one, when its borders are among them.
pub(super) fn align(blocks: &mut Vec<Block>) {
    join_headers(blocks);
    let mut last: Option<(u32, Vec<f32>)> = None;
    for block in blocks {
        let page = block.place.page.unwrap_or(0);
        let Content::Table(table) = &mut block.content else {
            last = None;
            continue;
        };
        if let Some((before, wanted)) = &last
            && page == before + 1
            && let Some(own) = borders(table, Edge::Top)
            && own.len() < wanted.len()
            && let Some(at) = positions(&own, wanted)
        {
            renumber(table, &at, wanted.len() - 1);
            last = Some((page, wanted.clone()));
            continue;
        }
        last = borders(table, Edge::Bottom).map(|borders| (page, borders));
    }
}

/// A page that ends within the header of a table leaves the header without its rows and the rows without their header.
fn join_headers(blocks: &mut Vec<Block>) {
    let mut i = 0;
    while i + 1 < blocks.len() {
        let joined = blocks
            .get_disjoint_mut([i, i + 1])
            .is_ok_and(|[header, table]| takes_header(table, header));
        if joined {
            blocks.remove(i);
        } else {
            i += 1;
        }
    }
}

/// Puts the rows of a header on top of the table on the next page, when that table has its borders and others between.
fn takes_header(block: &mut Block, before: &mut Block) -> bool {
    let follows = before.place.page.map(|page| page + 1) == block.place.page;
    let (Content::Table(table), Content::Table(header)) = (&mut block.content, &mut before.content)
    else {
        return false;
    };
    let texts = |table: &Table, row: usize| -> Vec<String> {
        let cells = table.rows.get(row).into_iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.text.clone()).collect()
    };
    // A header printed again on every page is whole on the next.
    let is_repeated = texts(header, 0) == texts(table, 0);
    if !follows || is_repeated || !is_header(header) {
        return false;
    }
    let (Some(above), Some(own)) = (borders(header, Edge::Bottom), borders(table, Edge::Top))
    else {
        return false;
    };
    let Some(at) = positions(&above, &own) else {
        return false;
    };
    renumber(header, &at, table.n_columns);
    mend_cut_row(header, table);
    table.rows.splice(..0, std::mem::take(&mut header.rows));
    block.place = before.place.clone();
    true
}

/// A page may end within the last row of a header: what is left of its cells stands at the top of the next page.
fn mend_cut_row(header: &mut Table, table: &mut Table) {
    let (Some(last), Some(first)) = (header.rows.last_mut(), table.rows.first_mut()) else {
        return;
    };
    if first.cells.iter().any(|cell| is_figure(&cell.text)) {
        return;
    }
    for cell in &mut last.cells {
        let is_rest = |rest: &Cell| {
            rest.column == cell.column && rest.column_span == cell.column_span && rest.row_span == 1
        };
        if let Some(at) = first.cells.iter().position(is_rest) {
            let rest = first.cells.remove(at);
            if !rest.text.trim().is_empty() {
                cell.text = format!("{}\n{}", cell.text, rest.text);
            }
            cell.row_span += 1;
        }
    }
}

/// A few rows of words, with no amount among them.
fn is_header(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    table.rows.len() <= HEADER
        && table.n_columns > 1
        && cells.clone().any(|cell| !cell.text.trim().is_empty())
        && cells.all(|cell| !is_figure(&cell.text))
}

/// The end of a table that meets the next page or the one before.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Top,
    Bottom,
}

/// Where the border of each column stands in the row nearest to an edge: further away, rows may be displaced. `None` when
/// that gives no columns from left to right.
fn borders(table: &Table, edge: Edge) -> Option<Vec<f32>> {
    let mut at: Vec<Option<f32>> = vec![None; table.n_columns + 1];
    let mut take = |row: &Row| -> Option<()> {
        for cell in &row.cells {
            let rect = cell.place.rect?;
            let ends = [
                (cell.column, rect.left),
                (cell.column + cell.column_span, rect.right),
            ];
            for (column, x) in ends {
                at.get_mut(column)?.get_or_insert(x);
            }
        }
        Some(())
    };
    match edge {
        Edge::Top => table.rows.iter().try_for_each(&mut take)?,
        Edge::Bottom => table.rows.iter().rev().try_for_each(&mut take)?,
    }
    let at: Vec<f32> = at.into_iter().collect::<Option<_>>()?;
    at.is_sorted_by(|a, b| a + SAME <= *b).then_some(at)
}

/// Where each border stands among the wanted ones; `None` when one of them does not, or the ends differ.
fn positions(own: &[f32], wanted: &[f32]) -> Option<Vec<usize>> {
    let find = |edge: &f32| wanted.iter().position(|w| (w - edge).abs() < SAME);
    let at: Vec<usize> = own.iter().map(find).collect::<Option<_>>()?;
    let whole = at.first() == Some(&0) && at.last() == Some(&(wanted.len() - 1));
    (whole && at.windows(2).all(|pair| pair[0] < pair[1])).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, pdf::displaced::tests::table};

    /// A block on a page with one row for each list of borders, its texts told by the column.
    fn block(page: u32, texts: &str, rows: &[&[f32]]) -> Block {
        let mut table = table(rows);
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.text = format!("{texts}{}", cell.column);
        }
        let place = Place {
            page: Some(page),
            ..Place::default()
        };
        Block::new(Content::Table(table), place)
    }

    fn words(mut block: Block) -> Block {
        if let Content::Table(table) = &mut block.content {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.text = "项目".into();
            }
        }
        block
    }

    #[test]
    fn a_header_cut_within_its_last_row_is_mended() {
        let header = table(&[&[0.0, 50.0, 100.0, 200.0]]);
        let place = Place {
            page: Some(1),
            ..Place::default()
        };
        let mut header = Block::new(Content::Table(header), place);
        let row: &[f32] = &[0.0, 25.0, 50.0, 100.0, 200.0];
        let mut rest = words(block(2, "", &[row; 2]));
        let set = |block: &mut Block, row: usize, texts: &[&str]| {
            let Content::Table(table) = &mut block.content else {
                panic!("a table")
            };
            for (cell, text) in table.rows[row].cells.iter_mut().zip(texts) {
                cell.text = (*text).into();
            }
        };
        set(&mut header, 0, &["科目编码", "科目", "合计"]);
        set(&mut rest, 0, &["类", "款", "名称", ""]);
        set(&mut rest, 1, &["201", "", "支出", "1.00"]);
        let mut blocks = vec![header, rest];
        align(&mut blocks);
        let [
            Block {
                content: Content::Table(table),
                ..
            },
        ] = blocks.as_slice()
        else {
            panic!("one table: {blocks:?}");
        };
        let texts = |row: usize| -> Vec<&str> {
            let cells = table.rows[row].cells.iter();
            cells.map(|cell| cell.text.as_str()).collect()
        };
        assert_eq!(texts(0), ["科目编码", "科目\n名称", "合计"]);
        assert_eq!(texts(1), ["类", "款"]);
        assert_eq!(table.rows[0].cells[1].row_span, 2);
    }

    #[test]
    fn a_header_cut_off_by_the_page_is_joined_to_its_table() {
        let row: &[f32] = &[0.0, 50.0, 100.0, 150.0];
        let data: &[&[f32]] = &[row; 3];
        let header = || words(block(1, "", &[&[0.0, 50.0, 150.0]]));
        let mut blocks = vec![header(), block(2, "", data)];
        align(&mut blocks);
        let [
            Block {
                content: Content::Table(table),
                place,
                ..
            },
        ] = blocks.as_slice()
        else {
            panic!("one table: {blocks:?}");
        };
        assert_eq!(
            (table.rows.len(), table.n_columns, place.page),
            (4, 3, Some(1))
        );
        assert_eq!(table.rows[0].cells[1].column_span, 2);
        // Figures are no header, and a page between is too far.
        for mut blocks in [
            vec![block(1, "1.0", &[&[0.0, 50.0, 150.0]]), block(2, "", data)],
            vec![header(), block(3, "", data)],
        ] {
            align(&mut blocks);
            assert_eq!(blocks.len(), 2);
        }
    }
}
