//! A table of a Word file: merged cells, header rows that repeat, rows that stay whole.

use super::body::run_content;
use crate::{
    ColumnKind, Page, Table,
    measure::{INSET, Measures, measure},
    slots::{Fitted, Slot, Slots},
    write::escaped,
};

/// Rows of more lines than this may be broken by the end of a page.
const TALLEST_WHOLE_ROW: f64 = 18.0;

pub(super) fn write(out: &mut String, table: &Table, page: Page, title: &str) {
    let slots = Slots::new(table);
    let measures = measure(table, page);
    let widths: Vec<u32> = measures
        .columns
        .iter()
        .map(|column| (column.width * 20.0).round() as u32)
        .collect();
    let (side, end) = (twips(INSET), twips(measures.row_inset));
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>",
        widths.iter().sum::<u32>()
    ));
    for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!(
            "<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
        ));
    }
    out.push_str(&format!(
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"{end}\" w:type=\"dxa\"/>\
         <w:left w:w=\"{side}\" w:type=\"dxa\"/><w:bottom w:w=\"{end}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
    ));
    if !title.is_empty() {
        out.push_str(&format!("<w:tblCaption w:val=\"{}\"/>", escaped(title)));
    }
    out.push_str("</w:tblPr><w:tblGrid>");
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    let writer = Writer {
        heights: measures.row_heights(&slots),
        table,
        slots: &slots,
        measures: &measures,
        widths: &widths,
    };
    for row in 0..table.rows.len() {
        writer.row(out, row);
    }
    out.push_str("</w:tbl>");
}

fn twips(points: f64) -> u32 {
    (points * 20.0).round() as u32
}

struct Writer<'w> {
    /// Points. Word processors make rows high enough for their own cells, but not all of them for merged ones.
    heights: Vec<f64>,
    table: &'w Table,
    slots: &'w Slots<'w>,
    measures: &'w Measures,
    widths: &'w [u32],
}

impl Writer<'_> {
    fn row(&self, out: &mut String, row: usize) {
        let is_header = row < self.table.n_header_rows;
        out.push_str("<w:tr><w:trPr>");
        if self.heights[row] <= TALLEST_WHOLE_ROW * self.measures.line() {
            out.push_str("<w:cantSplit/>");
        }
        out.push_str(&format!(
            "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>",
            twips(self.heights[row])
        ));
        if is_header {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        let mut column = 0;
        while column < self.slots.n_columns() {
            column += match self.slots.at(row, column) {
                Slot::Hole => {
                    self.cell(out, column, 1, "", None);
                    1
                }
                Slot::Start(_) => match self.slots.cell(row, column) {
                    Some(one) => self.start(out, &one, is_header),
                    None => 1,
                },
                Slot::Covered(above, left) => {
                    let span = self.slots.cell(above, left).map_or(1, |c| c.column_span);
                    self.cell(out, column, span, "<w:vMerge/>", None);
                    span
                }
            };
        }
        out.push_str("</w:tr>");
    }

    fn start(&self, out: &mut String, one: &Fitted<'_>, is_header: bool) -> usize {
        let merge = if one.row_span > 1 {
            "<w:vMerge w:val=\"restart\"/>"
        } else {
            ""
        };
        let kind = self.measures.columns.get(one.column).map(|c| c.kind);
        let align = match kind {
            _ if is_header => "center",
            Some(ColumnKind::Number) if one.column_span == 1 => "right",
            Some(ColumnKind::Code) => "center",
            _ => "left",
        };
        self.cell(
            out,
            one.column,
            one.column_span,
            merge,
            Some((&one.cell.text, align, is_header)),
        );
        one.column_span
    }

    fn cell(
        &self,
        out: &mut String,
        column: usize,
        span: usize,
        merge: &str,
        content: Option<(&str, &str, bool)>,
    ) {
        let width: u32 = self.widths.iter().skip(column).take(span).sum();
        out.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
        ));
        if span > 1 {
            out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        }
        out.push_str(merge);
        out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        let (text, align, is_header) = content.unwrap_or(("", "left", false));
        let size = (self.measures.size * 2.0).round() as u32;
        let line = twips(self.measures.line());
        // A line of its own for every line of the text, so that alignment holds for each.
        for part in text.split('\n') {
            let keep = if is_header { "<w:keepNext/>" } else { "" };
            out.push_str(&format!(
                "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{keep}<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>\
                 <w:jc w:val=\"{align}\"/></w:pPr>"
            ));
            if !part.is_empty() {
                out.push_str(&format!(
                    "<w:r><w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
                ));
                run_content(out, part);
                out.push_str("</w:r>");
            }
            out.push_str("</w:p>");
        }
        out.push_str("</w:tc>");
    }
}
