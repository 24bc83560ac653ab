//! Tables of the document as tables of the page: spans kept, ragged rows filled, header cells scoped.

use std::{collections::BTreeSet, fmt::Write as _};

use mz_budget::{disclosure::RowKind, money::Decimal};
use mz_document::{Cell, Row, Table};

use super::{AuditedDocument, marks::Marks, paper::table_label};

/// Most columns and rows a span is believed to cover.
const LARGEST_SPAN: usize = 1000;

/// What recognition knows of the table.
struct Known {
    header_rows: BTreeSet<usize>,
    total_rows: BTreeSet<usize>,
    first_value_column: Option<usize>,
}

/// Writes the table of a block.
pub fn write(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    block: usize,
    table: &Table,
    marks: &Marks,
) {
    let known = known(audited, block);
    let label = table_label(audited, block);
    let _ = writeln!(
        out,
        "<div class=\"grid\" role=\"region\" tabindex=\"0\"{label}><table>"
    );
    // Rows still covered from above, by grid column.
    let mut covered = vec![0_usize; table.n_columns.min(LARGEST_SPAN)];
    for (i, row) in table.rows.iter().enumerate() {
        let class = if known.total_rows.contains(&i) {
            " class=\"total\""
        } else {
            ""
        };
        let line = row
            .place
            .line
            .map_or(String::new(), |line| format!(" data-line=\"{line}\""));
        let _ = write!(out, "<tr{class}{line}>");
        write_row(out, (block, i), row, &known, &mut covered, marks);
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

fn known(audited: &AuditedDocument<'_>, block: usize) -> Known {
    let reading = audited
        .disclosure
        .tables
        .iter()
        .find(|table| table.blocks.contains(&block));
    let mut known = Known {
        header_rows: BTreeSet::new(),
        total_rows: BTreeSet::new(),
        first_value_column: reading
            .and_then(|table| table.columns.iter().map(|(column, _)| *column).min()),
    };
    // Grid rows of a continued table restart in each block; only the first block's are told apart.
    let Some(reading) = reading.filter(|table| table.blocks.first() == Some(&block)) else {
        return known;
    };
    for row in &reading.rows {
        match row.kind {
            RowKind::Header => known.header_rows.insert(row.grid_row),
            RowKind::Total => known.total_rows.insert(row.grid_row),
            _ => false,
        };
    }
    known
}

fn write_row(
    out: &mut String,
    (block, i): (usize, usize),
    row: &Row,
    known: &Known,
    covered: &mut [usize],
    marks: &Marks,
) {
    let mut column = 0;
    let mut cells = row.cells.iter().peekable();
    while column < covered.len() || cells.peek().is_some() {
        match cells.peek() {
            Some(cell) if cell.column <= column || column >= covered.len() => {
                write_cell(out, (block, i), cell, known, marks);
                let width = cell.column_span.clamp(1, LARGEST_SPAN);
                for rows in covered.iter_mut().skip(column).take(width) {
                    *rows = cell.row_span.clamp(1, LARGEST_SPAN);
                }
                column = column.max(cell.column) + width;
                cells.next();
            }
            _ => {
                if covered.get(column).is_none_or(|rows| *rows == 0) {
                    out.push_str("<td></td>");
                }
                column += 1;
            }
        }
    }
    for rows in covered {
        *rows = rows.saturating_sub(1);
    }
}

fn write_cell(
    out: &mut String,
    (block, i): (usize, usize),
    cell: &Cell,
    known: &Known,
    marks: &Marks,
) {
    let spot = Some((i, cell.column));
    let text = cell.text.trim();
    let is_number = Decimal::parse(text).is_some();
    let is_label = known
        .first_value_column
        .is_some_and(|first| cell.column < first)
        && !text.is_empty()
        && !is_number;
    let tag = match (known.header_rows.contains(&i), is_label) {
        (true, _) => "th scope=\"col\"",
        (false, true) => "th scope=\"row\"",
        (false, false) => "td",
    };
    let mut classes = Vec::new();
    if is_number
        && known
            .first_value_column
            .is_none_or(|first| cell.column >= first)
    {
        classes.push("num");
    }
    classes.extend(
        marks
            .class(block, spot)
            .map(|severity| ["hit", severity])
            .into_iter()
            .flatten(),
    );
    let class = if classes.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", classes.join(" "))
    };
    let span = |name: &str, n: usize| {
        if n > 1 {
            format!(" {name}=\"{}\"", n.min(LARGEST_SPAN))
        } else {
            String::new()
        }
    };
    let _ = write!(
        out,
        "<{tag}{class}{}{}>{}</{}>",
        span("colspan", cell.column_span),
        span("rowspan", cell.row_span),
        marks.render(block, spot, &cell.text),
        tag.get(..2).unwrap_or("td")
    );
}
