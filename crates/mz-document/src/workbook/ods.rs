//! OpenDocument spreadsheets: cells store the text they show.

use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::{
    Address, CellKind, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, Reason, Sheet, SheetCell, Workbook,
    number,
};
use crate::{Place, Problem, package::Package};

/// Elements of the content part.
const MAX_NODES: u32 = 8_000_000;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Reason> {
    let mut package = Package::open(bytes)?;
    let content = package
        .text("content.xml")?
        .ok_or("缺少 content.xml，不是 OpenDocument 表格")?;
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let xml = Xml::parse_with_options(&content, options)
        .map_err(|error| format!("的部件 content.xml 损坏（{error}）"))?;
    let mut workbook = Workbook::default();
    // Sheets are hidden by their style, not by themselves.
    let hidden_styles: Vec<&str> = xml
        .descendants()
        .filter(|n| is(*n, "table-properties") && attribute(*n, "display") == Some("false"))
        .filter_map(|n| attribute(n.parent()?, "name"))
        .collect();
    let mut n_cells = 0;
    for table in xml.descendants().filter(|n| is(*n, "table")) {
        let mut sheet = Sheet::new(attribute(table, "name").unwrap_or_default());
        sheet.is_hidden =
            attribute(table, "style-name").is_some_and(|s| hidden_styles.contains(&s));
        rows(table, &mut sheet, &mut n_cells)?;
        hidden_columns(table, &mut sheet);
        workbook.sheets.push(sheet);
    }
    if package.any(|name| name.starts_with("Basic/") && !name.ends_with('/')) {
        workbook.problems.push(Problem {
            name: "macros",
            message: "文件带有宏；没有运行，宏能改写的内容以文件中保存的值为准".to_owned(),
            place: Place::default(),
        });
    }
    Ok(workbook)
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|a| a.name() == name)
        .map(|a| a.value())
}

fn count(node: Node<'_, '_>, name: &str) -> u32 {
    attribute(node, name)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1)
        .max(1)
}

fn is_collapsed(node: Node<'_, '_>) -> bool {
    attribute(node, "visibility").is_some_and(|v| v != "visible")
}

fn rows(table: Node<'_, '_>, sheet: &mut Sheet, n_cells: &mut usize) -> Result<(), Reason> {
    let mut row_idx = 0_u32;
    for row in table.descendants().filter(|n| is(*n, "table-row")) {
        let n_repeated = count(row, "number-rows-repeated");
        let mut column = 0_u32;
        let mut filled: Vec<(u32, SheetCell)> = Vec::new();
        for cell in row
            .children()
            .filter(|n| is(*n, "table-cell") || is(*n, "covered-table-cell"))
        {
            let n_times = count(cell, "number-columns-repeated");
            let (width, height) = (
                count(cell, "number-columns-spanned"),
                count(cell, "number-rows-spanned"),
            );
            if (width, height) != (1, 1) && row_idx < MAX_ROWS && column < MAX_COLUMNS {
                let first = Address {
                    row: row_idx,
                    column,
                };
                let last = Address {
                    row: (row_idx.saturating_add(height - 1)).min(MAX_ROWS),
                    column: (column.saturating_add(width - 1)).min(MAX_COLUMNS),
                };
                sheet.merges.push(Merge { first, last });
            }
            if let Some(read) = read_cell(cell) {
                let end = column.saturating_add(n_times).min(MAX_COLUMNS);
                filled.extend((column..end).map(|c| (c, read.clone())));
            }
            column = column.saturating_add(n_times);
        }
        if !filled.is_empty() {
            let end = row_idx.saturating_add(n_repeated).min(MAX_ROWS);
            for r in row_idx..end {
                *n_cells += filled.len();
                if *n_cells > MAX_CELLS {
                    return Err(format!("的单元格超过上限 {MAX_CELLS} 个"));
                }
                if is_collapsed(row) {
                    sheet.hidden_rows.push(r);
                }
                let cells = filled.iter().cloned();
                sheet
                    .cells
                    .extend(cells.map(|(column, cell)| (Address { row: r, column }, cell)));
            }
        }
        row_idx = row_idx.saturating_add(n_repeated);
    }
    Ok(())
}

fn hidden_columns(table: Node<'_, '_>, sheet: &mut Sheet) {
    let mut column = 0_u32;
    let mut hidden = Vec::new();
    for node in table.descendants().filter(|n| is(*n, "table-column")) {
        let end = column
            .saturating_add(count(node, "number-columns-repeated"))
            .min(MAX_COLUMNS);
        if is_collapsed(node) {
            hidden.extend(column..end);
        }
        column = end;
    }
    hidden.retain(|c| sheet.cells.keys().any(|at| at.column == *c));
    sheet.hidden_columns = hidden;
}

fn read_cell(cell: Node<'_, '_>) -> Option<SheetCell> {
    let paragraphs = cell.children().filter(|n| is(*n, "p"));
    let text = paragraphs.map(paragraph).collect::<Vec<_>>().join("\n");
    let kind = attribute(cell, "value-type").unwrap_or("string");
    let is_formula = attribute(cell, "formula").is_some();
    let number = matches!(kind, "float" | "currency" | "percentage")
        .then(|| attribute(cell, "value")?.parse::<f64>().ok())
        .flatten()
        .map(number::plain);
    let is_error = is_formula && (text.starts_with('#') || text.starts_with("Err:"));
    let kind = match kind {
        _ if is_error => CellKind::Error,
        "boolean" => CellKind::Truth,
        _ if number.is_some() => CellKind::Number,
        _ => CellKind::Text,
    };
    (!text.trim().is_empty() || number.is_some()).then_some(SheetCell {
        text,
        kind,
        number,
        is_formula,
    })
}

/// Text of a paragraph with its blanks and line breaks; annotations are left out.
fn paragraph(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        if inner.is_text() {
            out.push_str(inner.text().unwrap_or_default());
        } else if is(inner, "s") {
            let n = attribute(inner, "c")
                .and_then(|n| n.parse().ok())
                .unwrap_or(1_usize);
            out.extend(std::iter::repeat_n(' ', n.min(1_000)));
        } else if is(inner, "line-break") {
            out.push('\n');
        } else if is(inner, "tab") {
            out.push('\t');
        }
    }
    out
}
