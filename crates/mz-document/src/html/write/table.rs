//! The rows of an HTML table, with every figure tied to its headers.

use super::lines;
use crate::{
    ColumnKind, Table,
    measure::kinds,
    slots::{Fitted, Slot, Slots},
};

pub(super) fn write(out: &mut String, table: &Table, number: usize) {
    let slots = Slots::new(table);
    let n_header = table.n_header_rows.min(table.rows.len());
    let writer = Writer {
        slots: &slots,
        kinds: kinds(table),
        n_header,
        number,
        is_simple: n_header <= 1 && slots.header_cells(n_header).all(|one| one.column_span == 1),
    };
    if n_header > 0 {
        out.push_str("<thead>\n");
    }
    for row in 0..table.rows.len() {
        if row == n_header {
            out.push_str(if n_header > 0 {
                "</thead>\n<tbody>\n"
            } else {
                "<tbody>\n"
            });
        }
        out.push_str("<tr>");
        for column in 0..slots.n_columns() {
            match slots.at(row, column) {
                Slot::Hole => out.push_str("<td></td>"),
                Slot::Covered(..) => {}
                Slot::Start(_) => {
                    if let Some(one) = slots.cell(row, column) {
                        writer.cell(out, &one);
                    }
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str(if table.rows.len() > n_header {
        "</tbody>\n"
    } else {
        "</thead>\n"
    });
}

struct Writer<'w> {
    slots: &'w Slots<'w>,
    kinds: Vec<ColumnKind>,
    n_header: usize,
    number: usize,
    /// One header cell a column: `scope` says all.
    is_simple: bool,
}

impl Writer<'_> {
    fn cell(&self, out: &mut String, one: &Fitted<'_>) {
        let kind = self.kinds.get(one.column).copied().unwrap_or_default();
        let is_column_header = one.row < self.n_header;
        let is_row_header =
            !is_column_header && kind == ColumnKind::Label && !one.cell.text.trim().is_empty();
        let tag = if is_column_header || is_row_header {
            "th"
        } else {
            "td"
        };
        out.push_str(&format!("<{tag}"));
        if one.column_span > 1 {
            out.push_str(&format!(" colspan=\"{}\"", one.column_span));
        }
        if one.row_span > 1 {
            out.push_str(&format!(" rowspan=\"{}\"", one.row_span));
        }
        if is_column_header {
            let scope = if one.column_span > 1 {
                "colgroup"
            } else {
                "col"
            };
            out.push_str(&format!(" scope=\"{scope}\""));
        } else if is_row_header {
            out.push_str(" scope=\"row\"");
        }
        if !self.is_simple {
            if tag == "th" {
                out.push_str(&format!(" id=\"{}\"", self.id(one)));
            } else if !one.cell.text.trim().is_empty() {
                self.headers(out, one);
            }
        }
        if !is_column_header {
            match kind {
                ColumnKind::Number if one.column_span == 1 => out.push_str(" class=\"n\""),
                ColumnKind::Code => out.push_str(" class=\"c\""),
                _ => {}
            }
        }
        out.push('>');
        lines(out, &one.cell.text);
        out.push_str(&format!("</{tag}>"));
    }

    fn id(&self, one: &Fitted<'_>) -> String {
        format!("t{}r{}c{}", self.number, one.row, one.column)
    }

    /// The headers above the cell, and the name of its row: the nearest to the left.
    fn headers(&self, out: &mut String, one: &Fitted<'_>) {
        let above = (0..self.n_header).filter_map(|row| self.owner(row, one.column));
        let mut ids: Vec<String> = above.map(|header| self.id(&header)).collect();
        let name = (0..one.column)
            .rev()
            .filter(|column| self.kinds.get(*column) == Some(&ColumnKind::Label))
            .find_map(|column| self.owner(one.row, column))
            .filter(|name| name.row >= self.n_header && !name.cell.text.trim().is_empty());
        ids.extend(name.map(|name| self.id(&name)));
        ids.dedup();
        if !ids.is_empty() {
            out.push_str(&format!(" headers=\"{}\"", ids.join(" ")));
        }
    }

    /// The cell that covers a position.
    fn owner(&self, row: usize, column: usize) -> Option<Fitted<'_>> {
        match self.slots.at(row, column) {
            Slot::Hole => None,
            Slot::Start(_) => self.slots.cell(row, column),
            Slot::Covered(row, column) => self.slots.cell(row, column),
        }
    }
}
