//! Office Open XML workbooks: parts of a zip, read with limits, numbers through their formats.

use std::collections::BTreeMap;

use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::{
    Address, CellKind, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, Reason, Sheet, SheetCell,
    TABLE_NAME, Workbook, number, styles::Formats,
};
use crate::{Place, Problem, package::Package};

/// Elements of one part.
const MAX_NODES: u32 = 8_000_000;
/// Sheets of one workbook.
const MAX_SHEETS: usize = 256;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Reason> {
    let mut package = Package::open(bytes)?;
    let Some(main) = package.text("xl/workbook.xml")? else {
        return Err("是二进制工作簿或缺少 xl/workbook.xml，请另存为 .xlsx".to_owned());
    };
    let main = parse(&main, "xl/workbook.xml")?;
    let targets = relations(&mut package)?;
    let shared = match package.text("xl/sharedStrings.xml")? {
        Some(xml) => shared_strings(&xml)?,
        None => Vec::new(),
    };
    let formats = package
        .text("xl/styles.xml")?
        .map(|xml| Formats::read(&xml))
        .unwrap_or_default();
    let is_1904 = descendant(main.root_element(), "workbookPr")
        .and_then(|n| n.attribute("date1904"))
        .is_some_and(|v| matches!(v, "1" | "true"));
    let mut reader = SheetReader {
        shared,
        formats,
        is_1904,
        n_cells: 0,
        problems: Vec::new(),
    };
    let mut workbook = Workbook::default();
    let entries: Vec<Node<'_, '_>> = descendant(main.root_element(), "sheets")
        .into_iter()
        .flat_map(|n| n.children().filter(Node::is_element))
        .collect();
    if entries.len() > MAX_SHEETS {
        return Err(format!(
            "有 {} 张工作表，超过上限 {MAX_SHEETS}",
            entries.len()
        ));
    }
    for entry in entries {
        let mut sheet = Sheet::new(entry.attribute("name").unwrap_or_default());
        sheet.is_hidden = entry
            .attribute("state")
            .is_some_and(|state| state != "visible");
        let part = entry
            .attributes()
            .find(|a| a.name() == "id" && a.namespace().is_some())
            .and_then(|a| targets.get(a.value()));
        let xml = match part {
            Some(part) => package.text(part)?,
            None => None,
        };
        match xml {
            Some(xml) => match parse(&xml, &sheet.name) {
                Ok(xml) => reader.sheet(xml.root_element(), &mut sheet)?,
                Err(reason) => reader.problem("sheet-damaged", reason, sheet.whole()),
            },
            None => {
                let message = format!("工作表“{}”的内容不在文件里，未读", sheet.name);
                reader.problem("sheet-missing", message, sheet.whole());
            }
        }
        workbook.sheets.push(sheet);
    }
    named_tables(main.root_element(), &mut workbook);
    reader.program_parts(&package);
    workbook.problems = reader.problems;
    Ok(workbook)
}

fn parse<'x>(xml: &'x str, name: &str) -> Result<Xml<'x>, Reason> {
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Xml::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => {
            format!("的部件 {name} 含有 DTD（实体声明），为防实体膨胀不予读取")
        }
        error => format!("的部件 {name} 损坏（{error}）"),
    })
}

fn descendant<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|n| n.tag_name().name() == name)
}

/// Relation id → part name.
fn relations(package: &mut Package<'_>) -> Result<BTreeMap<String, String>, Reason> {
    let Some(xml) = package.text("xl/_rels/workbook.xml.rels")? else {
        return Ok(BTreeMap::new());
    };
    let xml = parse(&xml, "xl/_rels/workbook.xml.rels")?;
    let pairs = xml.root_element().children().filter_map(|n| {
        let target = n.attribute("Target")?;
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{}", target.trim_start_matches("./")),
        };
        Some((n.attribute("Id")?.to_owned(), part))
    });
    Ok(pairs.collect())
}

/// Texts that cells share; phonetic guides are left out.
fn shared_strings(xml: &str) -> Result<Vec<String>, Reason> {
    let xml = parse(xml, "xl/sharedStrings.xml")?;
    let items = xml
        .root_element()
        .children()
        .filter(|n| n.tag_name().name() == "si");
    Ok(items.map(rich_text).collect())
}

fn rich_text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|n| {
        n.tag_name().name() == "t"
            && n.ancestors()
                .take_while(|a| *a != node)
                .all(|a| a.tag_name().name() != "rPh")
    });
    unescape(&texts.filter_map(|n| n.text()).collect::<String>())
}

/// `_x000D_` stands for a character XML cannot hold; line ends become `\n`.
fn unescape(text: &str) -> String {
    if !text.contains("_x") && !text.contains('\r') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let code = tail
            .get(2..6)
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()) && tail.get(6..7) == Some("_"))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                rest = &tail[7..];
            }
            None => {
                out.push_str("_x");
                rest = &tail[2..];
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// Ranges that our own writer named as tables.
fn named_tables(root: Node<'_, '_>, workbook: &mut Workbook) {
    let names = descendant(root, "definedNames");
    for name in names.into_iter().flat_map(|n| n.children()) {
        let is_ours = name
            .attribute("name")
            .is_some_and(|text| text.starts_with(TABLE_NAME));
        let Some((sheet, range)) = name
            .text()
            .filter(|_| is_ours)
            .and_then(|t| t.rsplit_once('!'))
        else {
            continue;
        };
        let sheet = sheet.trim_matches('\'');
        let found = workbook.sheets.iter_mut().find(|one| &*one.name == sheet);
        if let (Some(found), Some(range)) = (found, merge(&range.replace('$', ""))) {
            found.tables.push(range);
        }
    }
    for sheet in &mut workbook.sheets {
        sheet
            .tables
            .retain(|range| range.last.row < MAX_ROWS && range.last.column < MAX_COLUMNS);
        sheet.tables.sort_by_key(|range| range.first);
    }
}

struct SheetReader {
    shared: Vec<String>,
    formats: Formats,
    is_1904: bool,
    n_cells: usize,
    problems: Vec<Problem>,
}

impl SheetReader {
    fn problem(&mut self, name: &'static str, message: String, place: Place) {
        self.problems.push(Problem {
            name,
            message,
            place,
        });
    }

    /// Parts that could change what the cells say.
    fn program_parts(&mut self, package: &Package<'_>) {
        if package.has("xl/vbaProject.bin") {
            let message = "文件带有宏；没有运行，宏能改写的内容以文件中保存的值为准".to_owned();
            self.problem("macros", message, Place::default());
        }
        if package.any(|name| name.starts_with("xl/externalLinks/")) {
            let message = "有公式引用其他文件；用的是上次保存的值".to_owned();
            self.problem("external-links", message, Place::default());
        }
    }

    fn sheet(&mut self, root: Node<'_, '_>, sheet: &mut Sheet) -> Result<(), Reason> {
        let mut hidden_columns: Vec<(u32, u32)> = Vec::new();
        let mut n_outside = 0;
        for part in root.children().filter(Node::is_element) {
            match part.tag_name().name() {
                "cols" => hidden_columns.extend(
                    part.children()
                        .filter(|n| is_set(*n, "hidden"))
                        .filter_map(|n| {
                            let edge =
                                |name| n.attribute(name)?.parse::<u32>().ok()?.checked_sub(1);
                            Some((edge("min")?, edge("max")?))
                        }),
                ),
                "sheetData" => n_outside += self.rows(part, sheet)?,
                "mergeCells" => {
                    let merges = part.children().filter_map(|n| merge(n.attribute("ref")?));
                    sheet.merges.extend(merges.take(100_000));
                }
                _ => {}
            }
        }
        let mut columns: Vec<u32> = sheet.cells.keys().map(|at| at.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.retain(|c| hidden_columns.iter().any(|(min, max)| min <= c && c <= max));
        sheet.hidden_columns = columns;
        if n_outside > 0 {
            let message = format!(
                "工作表“{}”有 {n_outside} 个单元格在第 {MAX_ROWS} 行或第 {MAX_COLUMNS} 列之外，未读",
                sheet.name
            );
            self.problem("cells-outside", message, sheet.whole());
        }
        Ok(())
    }

    /// Reads the rows; returns how many cells lie outside the limits.
    fn rows(&mut self, data: Node<'_, '_>, sheet: &mut Sheet) -> Result<usize, Reason> {
        let mut n_outside = 0;
        let mut next_row = 0_u32;
        for row in data.children().filter(|n| n.tag_name().name() == "row") {
            let row_idx = row
                .attribute("r")
                .and_then(|r| r.parse::<u32>().ok()?.checked_sub(1))
                .unwrap_or(next_row);
            next_row = row_idx.saturating_add(1);
            let mut next_column = 0_u32;
            let before = sheet.cells.len();
            for c in row.children().filter(|n| n.tag_name().name() == "c") {
                let at = c.attribute("r").and_then(address).unwrap_or(Address {
                    row: row_idx,
                    column: next_column,
                });
                next_column = at.column.saturating_add(1);
                let Some(cell) = self.cell(c) else { continue };
                if at.row >= MAX_ROWS || at.column >= MAX_COLUMNS {
                    n_outside += 1;
                    continue;
                }
                self.n_cells += 1;
                if self.n_cells > MAX_CELLS {
                    return Err(format!("的单元格超过上限 {MAX_CELLS} 个"));
                }
                sheet.cells.insert(at, cell);
            }
            if is_set(row, "hidden") && sheet.cells.len() > before {
                sheet.hidden_rows.push(row_idx);
            }
        }
        Ok(n_outside)
    }

    fn cell(&self, c: Node<'_, '_>) -> Option<SheetCell> {
        let child = |name: &'static str| c.children().find(move |n| n.tag_name().name() == name);
        let formula = child("f");
        let is_formula = formula.is_some();
        let value = child("v").and_then(|n| n.text()).unwrap_or_default();
        let text_cell = |text: String, kind| SheetCell {
            text,
            kind,
            number: None,
            is_formula,
        };
        let cell = match c.attribute("t").unwrap_or("n") {
            "s" => {
                let text = value
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|i: usize| self.shared.get(i));
                text_cell(text.cloned().unwrap_or_default(), CellKind::Text)
            }
            "inlineStr" => text_cell(
                child("is").map(rich_text).unwrap_or_default(),
                CellKind::Text,
            ),
            "str" => text_cell(unescape(value), CellKind::Text),
            "e" => text_cell(value.to_owned(), CellKind::Error),
            "b" => text_cell(
                if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
                CellKind::Truth,
            ),
            "d" => text_cell(value.to_owned(), CellKind::Text),
            _ if value.trim().is_empty() => {
                let text = format!("={}", formula?.text().unwrap_or_default());
                text_cell(text, CellKind::NoValue)
            }
            _ => match value.trim().parse::<f64>() {
                Ok(number) => {
                    let style = c.attribute("s").and_then(|s| s.parse().ok()).unwrap_or(0);
                    SheetCell {
                        text: number::shown(number, self.formats.code(style), self.is_1904),
                        kind: CellKind::Number,
                        number: Some(number::plain(number)),
                        is_formula,
                    }
                }
                Err(_) => text_cell(value.to_owned(), CellKind::Text),
            },
        };
        (!cell.text.trim().is_empty() || cell.number.is_some()).then_some(cell)
    }
}

fn is_set(node: Node<'_, '_>, name: &str) -> bool {
    node.attribute(name)
        .is_some_and(|v| matches!(v, "1" | "true"))
}

/// `B7` → row 6, column 1.
pub(super) fn address(text: &str) -> Option<Address> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 4 {
        return None;
    }
    let column = letters.bytes().fold(0_u32, |n, b| {
        n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    Some(Address {
        row: digits.parse::<u32>().ok()?.checked_sub(1)?,
        column: column.checked_sub(1)?,
    })
}

fn merge(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':')?;
    let (first, last) = (address(first)?, address(last)?);
    (first.row <= last.row && first.column <= last.column).then_some(Merge { first, last })
}
