//! Tables whose last rows stand in a table of their own: a page break, or a program that saved the file, cut it in two.
//!
//! Such a rest keeps only the borders that its own cells use: under a merged "合计" it has fewer columns than the table, and
//! its figures would stand under other headings. Without coordinates its columns are told by the rows above and by what
//! they hold; where those do not tell, the rest stays as it is.

use crate::{Block, Content, Table, pdf::is_figure};

/// A rest with fewer columns than this says too little of where they belong.
const FEWEST: usize = 3;

/// Gives a table that follows another directly, and is narrower, the columns of that one, where rows and figures tell them.
pub(crate) fn align(blocks: &mut [Block]) {
    for i in 1..blocks.len() {
        let Ok([above, rest]) = blocks.get_disjoint_mut([i - 1, i]) else {
            continue;
        };
        let (Content::Table(above), Content::Table(rest)) = (&above.content, &mut rest.content)
        else {
            continue;
        };
        let is_narrower = rest.n_columns >= FEWEST && rest.n_columns < above.n_columns;
        if let Some(at) = is_narrower.then(|| positions(above, rest)).flatten() {
            renumber(rest, &at, above.n_columns);
        }
    }
}

/// Moves cells to other columns: `at` says for each border which one it becomes.
pub(crate) fn renumber(table: &mut Table, at: &[usize], n_columns: usize) {
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let (Some(from), Some(to)) = (at.get(cell.column), at.get(cell.column + cell.column_span))
        else {
            continue;
        };
        (cell.column, cell.column_span) = (*from, to - from);
    }
    table.n_columns = n_columns;
}

/// Which border of the table each border of its rest is: as in the nearest row with as many cells, or else all labels
/// merged to one before the figures.
fn positions(above: &Table, rest: &Table) -> Option<Vec<usize>> {
    let is_figure_row = |row: &crate::Row| row.cells.iter().any(|cell| is_figure(&cell.text));
    let first = above.rows.iter().position(is_figure_row)?;
    let kinds = Kinds::of(above, first);
    let as_above = borders(above, first)
        .into_iter()
        .rev()
        .filter(|at| at.len() == rest.n_columns + 1)
        .find(|at| kinds.allow(rest, at, 0));
    as_above.or_else(|| {
        let n_merged = above.n_columns - rest.n_columns + 1;
        let at: Vec<usize> = std::iter::once(0)
            .chain(n_merged..=above.n_columns)
            .collect();
        (has_one_label(rest) && kinds.allow(rest, &at, 1)).then_some(at)
    })
}

/// Where the cells of each row from a first one begin and end, those that reach down from rows above among them.
fn borders(table: &Table, first: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); table.rows.len()];
    for (i, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            for borders in rows.iter_mut().skip(i).take(cell.row_span.max(1)) {
                borders.push(cell.column);
            }
        }
    }
    rows.drain(..first);
    for borders in &mut rows {
        borders.push(table.n_columns);
        borders.sort_unstable();
        borders.dedup();
    }
    rows
}

/// Whether words stand in the first column only, and figures in the others.
fn has_one_label(rest: &Table) -> bool {
    let mut cells = rest.rows.iter().flat_map(|row| &row.cells);
    let n_figures = cells
        .clone()
        .filter(|cell| cell.column > 0 && is_figure(&cell.text))
        .count();
    n_figures > 1
        && cells
            .all(|cell| cell.text.trim().is_empty() || is_figure(&cell.text) == (cell.column > 0))
}

/// Which columns of a table hold figures and which hold words, below its header.
struct Kinds {
    figures: Vec<bool>,
    words: Vec<bool>,
}

impl Kinds {
    fn of(table: &Table, first: usize) -> Self {
        let mut kinds = Self {
            figures: vec![false; table.n_columns],
            words: vec![false; table.n_columns],
        };
        for cell in table.rows.iter().skip(first).flat_map(|row| &row.cells) {
            let of_kind = if is_figure(&cell.text) {
                &mut kinds.figures
            } else {
                &mut kinds.words
            };
            if let Some(seen) = of_kind.get_mut(cell.column) {
                *seen |= !cell.text.trim().is_empty();
            }
        }
        kinds
    }

    /// Whether every cell of the rest from a column on, moved, stands where the table has its like.
    fn allow(&self, rest: &Table, at: &[usize], first: usize) -> bool {
        let cells = rest.rows.iter().flat_map(|row| &row.cells);
        let mut cells = cells.filter(|cell| cell.column >= first);
        cells.all(|cell| {
            let seen = if is_figure(&cell.text) {
                &self.figures
            } else {
                &self.words
            };
            let to = at.get(cell.column).and_then(|column| seen.get(*column));
            cell.text.trim().is_empty() || to == Some(&true)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Place, Row};

    /// A table of rows written `words/span`; "^" leaves a place to the cell above.
    fn block(rows: &[&[&str]]) -> Block {
        let mut table = Table::default();
        for texts in rows {
            let mut row = Row::default();
            let mut column = 0;
            for text in *texts {
                let (text, span) = text.split_once('/').unwrap_or((text, "1"));
                let span = span.parse().expect("a span");
                if text == "^" {
                    let above = table.rows.last_mut().expect("a row above");
                    let cell: &mut Cell = above
                        .cells
                        .iter_mut()
                        .find(|cell| cell.column == column)
                        .expect("a cell above");
                    cell.row_span += 1;
                } else {
                    row.cells.push(Cell {
                        text: text.into(),
                        column,
                        column_span: span,
                        row_span: 1,
                        place: Place::default(),
                    });
                }
                column += span;
            }
            table.n_columns = table.n_columns.max(column);
            table.rows.push(row);
        }
        Block::new(Content::Table(table), Place::default())
    }

    /// The columns of the last table's rows, after aligning.
    fn aligned(above: Block, rest: Block) -> Vec<Vec<(usize, usize)>> {
        let mut blocks = [above, rest];
        align(&mut blocks);
        let Content::Table(table) = &blocks[1].content else {
            panic!("a table");
        };
        let columns = |row: &Row| {
            let cells = row.cells.iter();
            cells.map(|cell| (cell.column, cell.column_span)).collect()
        };
        table.rows.iter().map(columns).collect()
    }

    fn table() -> Block {
        block(&[
            &["类", "款", "项", "科目名称", "合计", "基本支出", "项目支出"],
            &["208", "", "", "社会保障", "30.00", "30.00", ""],
            &["208", "05", "", "养老", "30.00", "20.00", "10.00"],
        ])
    }

    #[test]
    fn a_total_cut_off_has_its_labels_merged() {
        let rest = block(&[&["合计", "30.00", "20.00", "10.00"]]);
        assert_eq!(aligned(table(), rest), [[(0, 4), (4, 1), (5, 1), (6, 1)]]);
    }

    #[test]
    fn another_table_keeps_its_columns() {
        let own = [[(0, 1), (1, 1), (2, 1), (3, 1)]];
        let header = block(&[&["项目", "金额", "备注", "说明"]]);
        assert_eq!(aligned(table(), header), own);
        let words = block(&[&["合计", "30.00", "见附件", "10.00"]]);
        assert_eq!(aligned(table(), words), own);
        let wide = block(&[&["1", "2", "3", "4", "5", "6", "7"]]);
        assert_eq!(aligned(table(), wide)[0].len(), 7);
    }

    #[test]
    fn a_rest_has_the_borders_of_the_rows_above() {
        let above = block(&[
            &["绩效指标", "一级指标", "指标/2", "年度值", "分值/2"],
            &["产出", "数量", "培训人数/2", "100人", "10/2"],
            &["^", "质量", "合格率/2", "≥95%", "20/2"],
        ]);
        let rest = block(&[
            &["", "满意度", "学员满意率", "≥95%", "10"],
            &["总分/4", "100"],
        ]);
        assert_eq!(
            aligned(above, rest),
            [
                vec![(0, 1), (1, 1), (2, 2), (4, 1), (5, 2)],
                vec![(0, 5), (5, 2)]
            ]
        );
    }
}
