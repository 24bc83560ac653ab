//! Font size, column widths and alignment of a table, from what its cells hold.

use crate::{Cell, ColumnKind, Page, Table, slots::Slots};

/// Sizes of table text that are tried, points; the largest at which nothing has to be squeezed is taken.
const SIZES: [f64; 9] = [12.0, 10.5, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.0];
/// Space left and right of the text of a cell, points.
pub const INSET: f64 = 2.6;
/// Distance of lines in a cell, in sizes of letters.
const LEADING: f64 = 1.3;
/// Space above and below the text of a cell, in sizes of letters, but not less than the points.
const ROW_INSET: (f64, f64) = (0.32, 2.2);
/// The same where a whole table comes onto one page by it.
const TIGHT_ROW_INSET: f64 = 1.2;
/// The smallest letters a table is set in only to come onto one page.
const SMALLEST_FOR_ONE_PAGE: f64 = 8.5;
/// What a heading, title and caption line take of the page, points.
const ABOVE_TABLE: f64 = 120.0;
/// A line between rows, points.
const RULE: f64 = 0.5;
/// Widest line of words before they are wrapped, em.
const LONGEST_LABEL: f64 = 14.0;
/// The same for sentences.
const LONGEST_TEXT: f64 = 40.0;
/// Narrowest line of words that is still readable, em.
const SHORTEST_LABEL: f64 = 5.0;
/// The same for captions of columns of numbers.
const SHORTEST_CAPTION: f64 = 2.0;

/// How one column is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it holds, never [`ColumnKind::Auto`].
    pub kind: ColumnKind,
    /// Width in points, with its insets.
    pub width: f64,
    /// Most digits after the decimal point of its numbers.
    pub decimals: usize,
}

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Size of its text, points.
    pub size: f64,
    /// Space above and below the text of a cell, points.
    pub row_inset: f64,
    /// Its columns from the left.
    pub columns: Vec<Measure>,
}

impl Measures {
    /// How many lines a text takes in its columns, roughly.
    pub fn n_lines(&self, text: &str, column: usize, span: usize) -> f64 {
        let columns = self.columns.iter().skip(column).take(span.max(1));
        let points: f64 = columns.map(|column| column.width).sum::<f64>() - 2.0 * INSET;
        n_lines(text, points, self.size)
    }

    /// Distance of lines in a cell, points.
    pub fn line(&self) -> f64 {
        self.size * LEADING
    }

    /// Heights of the rows in points, merged cells shown whole; roughly.
    pub(crate) fn row_heights(&self, slots: &Slots<'_>) -> Vec<f64> {
        let height = |n_lines: f64| n_lines * self.line() + 2.0 * self.row_inset;
        let mut heights: Vec<f64> = Vec::new();
        let mut merged = Vec::new();
        for row in 0..slots.n_rows() {
            let mut own = height(1.0);
            for one in slots.row(row) {
                let needed = height(self.n_lines(&one.cell.text, one.column, one.column_span));
                if one.row_span == 1 {
                    own = own.max(needed);
                } else {
                    merged.push((row, row + one.row_span, needed));
                }
            }
            heights.push(own);
        }
        // What a merged cell lacks goes to its last row, as word processors do it.
        for (from, to, needed) in merged {
            let have: f64 = heights[from..to].iter().sum();
            heights[to - 1] += (needed - have).max(0.0);
        }
        heights
    }
}

/// How many lines a text takes in a width and size of letters, both in points; roughly.
pub(crate) fn n_lines(text: &str, points: f64, size: f64) -> f64 {
    let room = (points / size).max(1.0);
    text.lines()
        .map(|line| (width(line) / room).ceil().max(1.0))
        .sum()
}

/// What a column asks for, em.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    /// The longest word that cannot be broken.
    least: f64,
    /// Enough to be read with ease.
    easy: f64,
    /// Nothing wrapped.
    whole: f64,
}

/// What each column holds, never [`ColumnKind::Auto`]: as the composer said, or as its cells tell.
pub fn kinds(table: &Table) -> Vec<ColumnKind> {
    (0..table.n_columns.max(1))
        .map(|column| kind(table, column))
        .collect()
}

/// Measures a table for a page: as large as its columns allow, or smaller where that brings all of it onto one page.
pub fn measure(table: &Table, page: Page) -> Measures {
    let available = page.text_width();
    let n = table.n_columns.max(1);
    let kinds = kinds(table);
    let needs = needs(table, &kinds);
    let room = available - 2.0 * INSET * n as f64;
    let sum = |pick: fn(&Need) -> f64| needs.iter().map(pick).sum::<f64>();
    let fits = |size: f64| sum(|need| need.easy) * size <= room;
    let least_fits = |size: f64| sum(|need| need.least) * size <= room;
    let smallest = SIZES[SIZES.len() - 1];
    let easy = SIZES
        .into_iter()
        .skip(1)
        .find(|size| fits(*size))
        .or_else(|| SIZES.into_iter().find(|size| least_fits(*size)))
        .unwrap_or(smallest);
    let decimals: Vec<usize> = (0..n).map(|column| decimals(table, column)).collect();
    let set = |size: f64, row_inset: f64| {
        let widths = asked_widths(table, n, available)
            .unwrap_or_else(|| shares(&needs, &kinds, room / size, size));
        let column = |column: usize| Measure {
            kind: kinds[column],
            width: widths[column],
            decimals: decimals[column],
        };
        Measures {
            size,
            row_inset,
            columns: (0..n).map(column).collect(),
        }
    };
    let slots = Slots::new(table);
    let is_on_one_page = |measures: &Measures| {
        let heights = measures.row_heights(&slots);
        let rules = RULE * (heights.len() + 1) as f64;
        heights.iter().sum::<f64>() + rules <= page.text_height() - ABOVE_TABLE
    };
    let (share, least) = ROW_INSET;
    let roomy = set(easy, (easy * share).max(least));
    if is_on_one_page(&roomy) {
        return roomy;
    }
    SIZES
        .into_iter()
        .filter(|size| (SMALLEST_FOR_ONE_PAGE..=easy).contains(size))
        .map(|size| set(size, TIGHT_ROW_INSET))
        .find(is_on_one_page)
        .unwrap_or(roomy)
}

/// Widths the composer asked for, when it asked for all.
fn asked_widths(table: &Table, n: usize, available: f64) -> Option<Vec<f64>> {
    let asked: Vec<f64> = table
        .columns
        .iter()
        .take(n)
        .map(|column| f64::from(column.width))
        .collect();
    let total: f64 = asked.iter().sum();
    (asked.len() == n && asked.iter().all(|width| *width > 0.0)).then(|| {
        asked
            .iter()
            .map(|width| width / total * available)
            .collect()
    })
}

/// Gives every column its least, then what is left by what the columns lack, then by their size. All in em but the result.
fn shares(needs: &[Need], kinds: &[ColumnKind], room: f64, size: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = needs.iter().map(|need| need.least).collect();
    for pick in [(|need: &Need| need.easy) as fn(&Need) -> f64, |need| {
        need.whole
    }] {
        let left = room - widths.iter().sum::<f64>();
        let lack: f64 = needs
            .iter()
            .zip(&widths)
            .map(|(need, width)| (pick(need) - width).max(0.0))
            .sum();
        if left <= 0.0 || lack <= 0.0 {
            continue;
        }
        let part = (left / lack).min(1.0);
        for (width, need) in widths.iter_mut().zip(needs) {
            *width += (pick(need) - *width).max(0.0) * part;
        }
    }
    let total: f64 = widths.iter().sum();
    let left = room - total;
    if left > 0.0 {
        // Marks and codes gain nothing from more room.
        let weight = |i: usize| match kinds[i] {
            ColumnKind::Code => 0.2 * widths[i],
            _ => widths[i],
        };
        let all: f64 = (0..widths.len()).map(weight).sum();
        let gains: Vec<f64> = (0..widths.len())
            .map(|i| left * weight(i) / all.max(0.1))
            .collect();
        widths
            .iter_mut()
            .zip(gains)
            .for_each(|(w, gain)| *w += gain);
    } else {
        widths.iter_mut().for_each(|width| *width *= room / total);
    }
    widths
        .into_iter()
        .map(|width| width * size + 2.0 * INSET)
        .collect()
}

fn needs(table: &Table, kinds: &[ColumnKind]) -> Vec<Need> {
    let mut needs = vec![Need::default(); kinds.len()];
    let mut spanning: Vec<&Cell> = Vec::new();
    for (row_idx, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            if cell.column_span > 1 {
                spanning.push(cell);
                continue;
            }
            let Some(kind) = kinds.get(cell.column) else {
                continue;
            };
            let own = need(&cell.text, *kind, row_idx < table.n_header_rows);
            let need = &mut needs[cell.column];
            need.least = need.least.max(own.least);
            need.easy = need.easy.max(own.easy);
            need.whole = need.whole.max(own.whole);
        }
    }
    for cell in spanning {
        let end = (cell.column + cell.column_span).min(needs.len());
        let own = least(&cell.text);
        let columns = &mut needs[cell.column.min(end)..end];
        let sum: f64 = columns.iter().map(|need| need.least).sum();
        let n = columns.len().max(1) as f64;
        for need in columns.iter_mut() {
            need.least = need.least.max(1.0) + ((own - sum) / n).max(0.0);
        }
    }
    for need in &mut needs {
        need.least = need.least.max(1.2);
        need.easy = need.easy.max(need.least);
        need.whole = need.whole.max(need.easy);
    }
    needs
}

fn need(text: &str, kind: ColumnKind, is_header: bool) -> Need {
    let least = least(text);
    let whole = text.lines().map(width).fold(0.0, f64::max);
    let (shortest, longest) = match (kind, is_header) {
        (ColumnKind::Number | ColumnKind::Code, true) => (SHORTEST_CAPTION, 4.0),
        (_, true) => (SHORTEST_CAPTION, 6.0),
        (ColumnKind::Text, false) => (2.0 * SHORTEST_LABEL, LONGEST_TEXT),
        (_, false) => (SHORTEST_LABEL, LONGEST_LABEL),
    };
    Need {
        least: least.max(whole.min(1.0)),
        easy: least.max(whole.min(shortest)),
        whole: least.max(whole.min(longest)),
    }
}

/// Width of the longest word that cannot be broken, em: Latin letters and digits stay together, Chinese may be broken
/// anywhere.
fn least(text: &str) -> f64 {
    text.split(|c: char| c.is_whitespace() || !is_narrow(c))
        .map(width)
        .fold(0.0, f64::max)
}

fn is_narrow(c: char) -> bool {
    c < '\u{2000}'
}

/// Width of a text, em. Digits of Chinese typefaces have half an em or a little more.
fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            '.' | ',' | '\'' | 'i' | 'l' | '|' | ' ' => 0.32,
            'm' | 'w' | 'M' | 'W' | '%' => 0.95,
            c if is_narrow(c) => 0.57,
            _ => 1.0,
        })
        .sum()
}

/// Body cells that start in a column and span nothing else.
fn cells(table: &Table, column: usize) -> impl Iterator<Item = &str> {
    table
        .rows
        .iter()
        .skip(table.n_header_rows)
        .flat_map(|row| &row.cells)
        .filter(move |cell| cell.column == column && cell.column_span == 1)
        .map(|cell| cell.text.trim())
        .filter(|text| !text.is_empty())
}

fn kind(table: &Table, column: usize) -> ColumnKind {
    let asked = table
        .columns
        .get(column)
        .map_or(ColumnKind::Auto, |c| c.kind);
    if asked != ColumnKind::Auto {
        return asked;
    }
    let (mut n, mut n_numbers, mut n_short, mut longest) = (0, 0, 0, 0.0_f64);
    for text in cells(table, column) {
        n += 1;
        n_numbers += usize::from(number(text).is_some_and(|number| number.has_point));
        n_short += usize::from(width(text) <= 4.0);
        longest = longest.max(width(text));
    }
    if n_numbers > 0 && n_numbers * 2 >= n {
        ColumnKind::Number
    } else if n > 0 && n_short == n {
        ColumnKind::Code
    } else if longest > 24.0 {
        ColumnKind::Text
    } else {
        ColumnKind::Label
    }
}

/// A number as printed in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Whether it has a decimal point or separators of thousands, as amounts have.
    pub has_point: bool,
    /// Digits after the point.
    pub n_decimals: usize,
}

/// Reads a printed number: digits, separators, one point, a sign, a percent sign.
pub fn number(text: &str) -> Option<Number> {
    let core = text
        .trim()
        .trim_start_matches(['-', '−', '－', '+'])
        .trim_end_matches(['%', '％']);
    let starts_with_digit = core.starts_with(|c: char| c.is_ascii_digit());
    let is_number = core
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    if !starts_with_digit || !is_number || core.matches('.').count() > 1 {
        return None;
    }
    let n_decimals = core.split_once('.').map_or(0, |(_, digits)| digits.len());
    Some(Number {
        has_point: n_decimals > 0 || core.contains(','),
        n_decimals,
    })
}

fn decimals(table: &Table, column: usize) -> usize {
    cells(table, column)
        .filter_map(number)
        .map(|number| number.n_decimals)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::FlowCell;

    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|text| FlowCell::new(*text)).collect())
            .collect();
        Table {
            n_header_rows: 1,
            ..Table::flow(rows)
        }
    }

    #[test]
    fn numbers_are_told_from_codes() {
        assert_eq!(number("1,234.50").map(|n| n.n_decimals), Some(2));
        assert_eq!(number("-0.5%").map(|n| n.n_decimals), Some(1));
        assert!(number("201").is_some_and(|n| !n.has_point));
        assert!(number("1.2.3").is_none() && number("（一）").is_none() && number("").is_none());
    }

    #[test]
    fn columns_fill_the_width_and_hold_their_numbers() {
        let table = table(&[
            &["科目", "名称", "金额"],
            &["201", "一般公共服务支出", "1234567.89"],
            &["20103", "政府办公厅（室）及相关机构事务", "0.5"],
        ]);
        let measures = measure(&table, Page::PORTRAIT);
        let kinds: Vec<ColumnKind> = measures.columns.iter().map(|c| c.kind).collect();
        assert_eq!(
            kinds,
            [ColumnKind::Code, ColumnKind::Label, ColumnKind::Number]
        );
        assert_eq!(measures.columns[2].decimals, 2);
        let total: f64 = measures.columns.iter().map(|c| c.width).sum();
        assert!(
            (total - Page::PORTRAIT.text_width()).abs() < 0.01,
            "{total}"
        );
        assert!(measures.columns[2].width > width("1234567.89") * measures.size);
    }

    #[test]
    fn many_columns_take_smaller_type_before_numbers_break() {
        let header: Vec<&str> = vec!["政府性基金预算财政拨款"; 16];
        let row: Vec<&str> = vec!["123456.78"; 16];
        let measures = measure(&table(&[&header, &row]), Page::LANDSCAPE);
        assert!(measures.size < 10.5);
        let narrowest = measures
            .columns
            .iter()
            .map(|c| c.width)
            .fold(f64::MAX, f64::min);
        assert!(narrowest - 2.0 * INSET >= width("123456.78") * measures.size - 0.01);
    }

    #[test]
    fn a_table_a_little_too_long_comes_onto_one_page() {
        let rows = |n: usize| -> Table {
            let row = vec![
                crate::FlowCell::new("一般公共服务支出"),
                crate::FlowCell::new("1.00"),
            ];
            Table::flow(vec![row; n])
        };
        let sizes: Vec<f64> = [20, 37, 200]
            .into_iter()
            .map(|n| measure(&rows(n), Page::PORTRAIT).size)
            .collect();
        assert_eq!(sizes[0], sizes[2]);
        assert!(sizes[1] < sizes[0], "{sizes:?}");
    }

    #[test]
    fn merged_cells_are_shown_whole() {
        let tall = crate::FlowCell::spanning("对个人和家庭的补助".repeat(20), 1, 2);
        let table = Table::flow(vec![
            vec![tall, crate::FlowCell::new("甲")],
            vec![crate::FlowCell::new("乙")],
        ]);
        let measures = measure(&table, Page::PORTRAIT);
        let heights = measures.row_heights(&Slots::new(&table));
        let n_lines = measures.n_lines(&table.rows[0].cells[0].text, 0, 1);
        assert!(n_lines > 2.0 && heights.iter().sum::<f64>() >= n_lines * measures.line());
        assert!(heights[1] > heights[0]);
    }
}
