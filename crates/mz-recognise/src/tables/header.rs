//! Header rows, the ruler row, and what stands above each grid column.

use mz_budget::{money::Decimal, normalise, profile::TableSpec};

use mz_document::Cell;

use super::grid::Grid;

/// Most rows a header has, captions inside the grid included.
const MAX_HEADER_ROWS: usize = 12;

/// The ruler row: ※ ※ ※ 1 2 3.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ruler {
    pub(crate) row: usize,
    /// Grid column and number of each numbered column.
    pub(crate) numbers: Vec<(usize, u32)>,
}

/// Finds the ruler row.
pub(crate) fn ruler(grid: &Grid) -> Option<Ruler> {
    (0..grid.n_rows().min(MAX_HEADER_ROWS)).find_map(|row| {
        let mut numbers: Vec<(usize, u32)> = Vec::new();
        let mut n_marks = 0;
        let mut pass = 0;
        for cell in &grid.rows.get(row)?.row.cells {
            let text = normalise::name(&cell.text);
            if text.is_empty() {
                continue;
            }
            if is_mark(&text) {
                n_marks += 1;
                continue;
            }
            // "3=4+5" numbers a column and says how it is computed.
            let digits = text.split(['=', '(']).next().unwrap_or("");
            let number: u32 = digits
                .parse()
                .ok()
                .filter(|n| digits.len() <= 2 && *n > 0)?;
            match numbers.last() {
                Some((_, last)) if number == last + 1 => {}
                // Two-sided tables may count each side anew.
                _ if number == 1 && pass < 3 => pass += 1,
                _ => return None,
            }
            numbers.push((cell.column, number));
        }
        (!numbers.is_empty() && (n_marks > 0 || numbers.len() >= 3))
            .then_some(Ruler { row, numbers })
    })
}

fn is_mark(text: &str) -> bool {
    matches!(
        text,
        "※" | "*"
            | "×"
            | "**"
            | "栏次"
            | "行次"
            | "栏目"
            | "甲"
            | "乙"
            | "丙"
            | "丁"
            | "—"
            | "-"
            | "#"
            | "项目"
    )
}

/// The first row of data when there is no ruler: the first with a figure or with a label of the profile in a label column.
pub(crate) fn first_data_row(grid: &Grid, spec: &TableSpec, start: usize) -> usize {
    let n_labels = spec.panels.first().map_or(1, |panel| panel.labels.len());
    let known: Vec<String> = spec
        .panels
        .iter()
        .flat_map(|panel| {
            panel
                .rows
                .total
                .iter()
                .chain(panel.rows.lines.iter().map(|line| &line.label))
        })
        .map(|label| normalise::label(label))
        .collect();
    (start..grid.n_rows())
        .find(|&row| {
            let has_figure = grid.texts(row).any(|text| Decimal::parse(text).is_some());
            let first = grid
                .rows
                .get(row)
                .and_then(|r| r.row.cells.iter().find(|c| !c.text.trim().is_empty()));
            has_figure
                || first.is_some_and(|cell| {
                    let label = normalise::label(&cell.text);
                    // 合计 beside the words of a header is the last row of the header.
                    let in_header = grid.rows.get(row).is_some_and(|r| {
                        let mut behind = r.row.cells.iter().filter(|c| c.column >= n_labels);
                        spec.panels.len() == 1 && behind.any(|c| is_words(&c.text))
                    });
                    cell.column < n_labels
                        && !in_header
                        && (known.contains(&label) || starts_with_code(&label))
                })
        })
        .unwrap_or(grid.n_rows())
}

/// Chinese words, and no figure nor dash.
fn is_words(text: &str) -> bool {
    text.chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .count()
        >= 2
}

/// The first row of data of a table whose columns are to be read from its header: the first with a figure, with a code or
/// numbering in front, or with nothing but a word for the total.
pub(crate) fn first_open_row(grid: &Grid, totals: &[String], start: usize) -> usize {
    (start..grid.n_rows())
        .find(|&row| {
            let mut texts = grid.texts(row);
            let Some(first) = texts.next() else {
                return false;
            };
            let is_only = texts.next().is_none();
            let label = normalise::label(first);
            grid.texts(row).any(|text| Decimal::parse(text).is_some())
                || starts_with_code(&label)
                || !normalise::split_numbering(first).0.is_empty()
                || (is_only && totals.contains(&label))
        })
        .unwrap_or(grid.n_rows())
}

/// 201一般公共服务支出.
fn starts_with_code(label: &str) -> bool {
    let n_digits = label.bytes().take_while(u8::is_ascii_digit).count();
    matches!(n_digits, 3 | 5 | 7)
        && !label
            .get(n_digits..)
            .unwrap_or("")
            .starts_with(['年', '-', '.'])
}

/// What stands above a grid column, folded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heading {
    /// Innermost words.
    pub(crate) leaf: String,
    /// The same as characters, to be compared often.
    pub(crate) leaf_chars: Vec<char>,
    /// All words, outermost first.
    pub(crate) full: String,
    /// All words as printed, joined by `/`.
    pub(crate) printed: String,
}

/// Headings of all grid columns from the header rows `start..end`. In text tables a merged header cell is text followed by
/// blanks, so a blank in an upper row belongs to the text left of it.
pub(crate) fn headings(grid: &Grid, start: usize, end: usize) -> Vec<Heading> {
    let rows: Vec<usize> = (start..end)
        .filter(|row| grid.texts(*row).next().is_some())
        .collect();
    (0..grid.n_columns)
        .map(|column| {
            let mut parts: Vec<String> = Vec::new();
            for (depth, &row) in rows.iter().enumerate() {
                let own = grid.label(row, column);
                let is_last = depth + 1 == rows.len();
                let text = if own.is_empty() && !is_last {
                    left_of(grid, row, column, &rows, depth)
                } else {
                    own
                };
                let text = normalise::squeeze(text);
                if !text.is_empty() && parts.last() != Some(&text) {
                    parts.push(text);
                }
            }
            let leaf = parts
                .last()
                .map(|leaf| normalise::name(leaf))
                .unwrap_or_default();
            Heading {
                leaf_chars: leaf.chars().collect(),
                leaf,
                full: parts.iter().map(|part| normalise::name(part)).collect(),
                printed: parts.join("/"),
            }
        })
        .collect()
}

/// Text of the merged cell a blank belongs to: the nearest text left of it, unless the column has a text of its own further
/// down or up that shows it is a merged cell of its own.
fn left_of<'a>(
    grid: &Grid<'a>,
    row: usize,
    column: usize,
    rows: &[usize],
    depth: usize,
) -> &'a str {
    if grid.starting(row, column).is_none() && grid.covering(row, column).is_some() {
        return "";
    }
    let has_own_above = rows
        .iter()
        .take(depth)
        .any(|above| !grid.label(*above, column).is_empty());
    let has_own_below = rows
        .iter()
        .skip(depth + 1)
        .any(|below| !grid.label(*below, column).is_empty());
    if has_own_above && !has_own_below {
        return "";
    }
    let left = (0..column)
        .rev()
        .filter_map(|left| grid.covering(row, left))
        .find(|cell| !cell.text.trim().is_empty());
    // A cell that reaches down beside the column's own words is not over them.
    let is_beside = |cell: &&Cell| cell.row_span > 1 && has_own_below;
    left.filter(|cell| !is_beside(cell))
        .map_or("", |cell| cell.text.trim())
}
