//! Header rows of a table from the paths of its columns: equal neighbours merge, short paths reach down.

use mz_document::FlowCell;

/// Header rows of columns with these paths, outermost level first.
pub fn rows(paths: &[Vec<String>]) -> Vec<Vec<FlowCell>> {
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = vec![Vec::new(); depth];
    level(paths, 0, depth, &mut rows);
    rows
}

/// Writes the cells of a level for a run of columns that share everything above it.
fn level(paths: &[Vec<String>], at: usize, depth: usize, rows: &mut [Vec<FlowCell>]) {
    let mut rest = paths;
    while let Some((first, _)) = rest.split_first() {
        let Some(word) = first.get(at) else {
            // A path that ended above: its cell reaches down already.
            rest = rest.get(1..).unwrap_or(&[]);
            continue;
        };
        let is_leaf = first.len() == at + 1;
        let run = if is_leaf {
            1
        } else {
            let same = |path: &&Vec<String>| path.get(at) == Some(word) && path.len() > at + 1;
            rest.iter().take_while(same).count()
        };
        let (columns, tail) = rest.split_at(run);
        if let Some(row) = rows.get_mut(at) {
            let down = if is_leaf { depth - at } else { 1 };
            row.push(FlowCell::spanning(word.clone(), run, down));
        }
        if !is_leaf {
            level(columns, at + 1, depth, rows);
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_merge_and_short_paths_reach_down() {
        let path = |text: &str| text.split('/').map(str::to_owned).collect();
        let rows = rows(&[
            path("科目"),
            path("支出/基本/人员"),
            path("支出/基本/公用"),
            path("支出/项目"),
        ]);
        let cells: Vec<String> = rows
            .iter()
            .map(|row| {
                let cells = row
                    .iter()
                    .map(|c| format!("{}{}x{}", c.text, c.column_span, c.row_span));
                cells.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(
            cells,
            ["科目1x3 支出3x1", "基本2x1 项目1x2", "人员1x1 公用1x1"]
        );
    }
}
