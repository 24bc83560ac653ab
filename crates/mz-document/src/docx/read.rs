//! Word documents to blocks.

use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::{
    numbering::Numbering,
    styles::{Styles, W, child, is, list_ref, val},
};
use crate::{
    Block, Cell, Content, Document, Format, Place, Problem, ReadError, ReadErrorKind, Row, Table,
    package::Package,
};

/// Tables inside tables deeper than this are read as text only.
const MAX_DEPTH: usize = 8;
/// Elements of one part; the largest real document seen has about 400,000.
const MAX_NODES: u32 = 8_000_000;

/// Reads a Word document.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let document = parts(bytes).map_err(|reason| {
        ReadError::new(
            ReadErrorKind::Damaged,
            format!("Word 文件{reason}"),
            format!("the Word file cannot be read: {reason}"),
        )
    })?;
    if document.blocks.is_empty() {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            "Word 文件里没有文字和表格",
            "the Word file holds no text and no table",
        ));
    }
    Ok(document)
}

fn parts(bytes: &[u8]) -> Result<Document, String> {
    let mut package = Package::open(bytes)?;
    let body = package
        .text("word/document.xml")?
        .ok_or("压缩包里没有 word/document.xml，不是 Word 文档")?;
    let styles = package
        .text("word/styles.xml")?
        .map(|xml| Styles::read(&xml))
        .unwrap_or_default();
    let numbering = package
        .text("word/numbering.xml")?
        .map(|xml| Numbering::read(&xml))
        .unwrap_or_default();
    let comments = package.text("word/comments.xml")?;
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let xml = Xml::parse_with_options(&body, options)
        .map_err(|error| format!("word/document.xml 损坏（{error}）"))?;
    let mut reader = Reader {
        styles,
        numbering,
        blocks: Vec::new(),
        inserted: 0,
        deleted: String::new(),
        hidden: String::new(),
    };
    if let Some(body) = child(xml.root_element(), "body") {
        reader.story(body, 0);
    }
    let problems = reader.problems(comments.as_deref());
    Ok(Document {
        problems,
        ..Document::new(Format::Docx, reader.blocks)
    })
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    blocks: Vec<Block>,
    inserted: usize,
    deleted: String,
    hidden: String,
}

impl Reader {
    /// The blocks of a body, a text box or a content control.
    fn story(&mut self, parent: Node<'_, '_>, depth: usize) {
        for node in parent.children() {
            if is(node, "p") {
                self.paragraph(node, depth);
            } else if is(node, "tbl") {
                let table = self.table(node, depth);
                self.push(Content::Table(table));
            } else if is(node, "sdt") {
                if let Some(content) = child(node, "sdtContent") {
                    self.story(content, depth);
                }
            } else if is(node, "ins") || is(node, "moveTo") || is(node, "customXml") {
                self.story(node, depth);
            }
        }
    }

    fn push(&mut self, content: Content) {
        self.blocks.push(Block::new(content, Place::default()));
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) {
        let properties = child(node, "pPr");
        let style = properties
            .and_then(|p| val(p, "pStyle"))
            .unwrap_or_default();
        let mut text = String::new();
        self.text(node, &mut text);
        let list = properties
            .and_then(list_ref)
            .or_else(|| self.styles.list(style));
        if let Some((id, level)) = list.filter(|_| !text.trim().is_empty()) {
            text.insert_str(0, &self.numbering.next(&id, level));
        }
        let own_level = properties
            .and_then(|p| val(p, "outlineLvl"))
            .and_then(|v| v.parse::<u8>().ok());
        let level = own_level
            .filter(|l| *l < 9)
            .map(|l| l + 1)
            .or_else(|| self.styles.heading(style));
        // A line break (Shift+Enter) ends a line of text as a paragraph does.
        for line in text
            .split('\n')
            .map(str::trim_end)
            .filter(|line| !line.trim().is_empty())
        {
            self.push(match level {
                Some(level) => Content::Heading {
                    level,
                    text: line.to_owned(),
                },
                None => Content::Paragraph(line.to_owned()),
            });
        }
        if depth < MAX_DEPTH {
            self.text_boxes(node, depth);
        }
    }

    /// Text boxes anchored in a paragraph follow it. Word stores each twice; the fallback copy is passed over.
    fn text_boxes(&mut self, node: Node<'_, '_>, depth: usize) {
        for inner in node.descendants().filter(|n| is(*n, "txbxContent")) {
            let copy = inner.ancestors().any(|n| n.tag_name().name() == "Fallback");
            let nested = inner
                .ancestors()
                .skip(1)
                .take_while(|n| *n != node)
                .any(|n| is(n, "txbxContent"));
            if !copy && !nested {
                self.story(inner, depth + 1);
            }
        }
    }

    /// The text of a paragraph's runs, text boxes left out.
    fn text(&mut self, node: Node<'_, '_>, out: &mut String) {
        for inner in node.children().filter(Node::is_element) {
            let name = inner.tag_name().name();
            match name {
                "del" | "moveFrom" => {
                    let words = inner
                        .descendants()
                        .filter(|n| is(*n, "delText") || is(*n, "t"))
                        .filter_map(|n| n.text());
                    self.deleted.extend(words);
                }
                "r" if is_hidden(inner) => {
                    self.hidden.extend(
                        inner
                            .descendants()
                            .filter(|n| is(*n, "t"))
                            .filter_map(|n| n.text()),
                    );
                }
                "t" => out.push_str(inner.text().unwrap_or_default()),
                "tab" | "ptab" => out.push('\t'),
                "br" if inner
                    .attribute((W, "type"))
                    .is_none_or(|kind| kind == "textWrapping") =>
                {
                    out.push('\n')
                }
                "cr" => out.push('\n'),
                "noBreakHyphen" => out.push('-'),
                "sym" => out.push('□'),
                "ins" | "moveTo" => {
                    self.inserted += 1;
                    self.text(inner, out);
                }
                "r" | "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple"
                | "customXml" | "ruby" | "rubyBase" | "dir" | "bdo" => {
                    self.text(inner, out);
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Table {
        let mut rows: Vec<Row> = Vec::new();
        // For each grid column: row and index of the cell a vertical merge started in.
        let mut merges: Vec<Option<(usize, usize)>> = Vec::new();
        for tr in elements(node, "tr") {
            let mut row = Row::default();
            let mut column = child(tr, "trPr")
                .and_then(|p| val(p, "gridBefore"))
                .and_then(|v| v.parse().ok())
                .unwrap_or(0_usize)
                .min(1_000);
            for tc in elements(tr, "tc") {
                let properties = child(tc, "tcPr");
                let span = properties
                    .and_then(|p| val(p, "gridSpan"))
                    .and_then(|v| v.parse().ok())
                    .unwrap_or(1_usize)
                    .clamp(1, 1_000);
                let merge = properties.and_then(|p| child(p, "vMerge"));
                let continues = merge
                    .is_some_and(|m| m.attribute((W, "val")).unwrap_or("continue") == "continue");
                if merges.len() < column + span {
                    merges.resize(column + span, None);
                }
                match merges[column].filter(|_| continues) {
                    Some((start, index)) => {
                        let row_span = rows.len() + 1 - start;
                        if let Some(cell) = rows
                            .get_mut(start)
                            .and_then(|r: &mut Row| r.cells.get_mut(index))
                        {
                            cell.row_span = row_span;
                        }
                    }
                    None => {
                        let here = merge.map(|_| (rows.len(), row.cells.len()));
                        merges[column..column + span].fill(here);
                        let text = self.cell_text(tc, depth);
                        row.cells.push(Cell {
                            text,
                            column,
                            column_span: span,
                            row_span: 1,
                            place: Place::default(),
                        });
                    }
                }
                column += span;
            }
            rows.push(row);
        }
        let n_columns = rows
            .iter()
            .flat_map(|r| r.cells.iter().map(|c| c.column + c.column_span))
            .max()
            .unwrap_or(0);
        Table {
            rows,
            n_columns,
            ..Table::default()
        }
    }

    fn cell_text(&mut self, tc: Node<'_, '_>, depth: usize) -> String {
        let mut lines = Vec::new();
        if depth < MAX_DEPTH {
            let outer = std::mem::take(&mut self.blocks);
            self.story(tc, depth + 1);
            for block in std::mem::replace(&mut self.blocks, outer) {
                match block.content {
                    Content::Paragraph(text) | Content::Heading { text, .. } => lines.push(text),
                    Content::Table(table) => {
                        let inner = table.rows.into_iter().map(|r| {
                            r.cells
                                .into_iter()
                                .map(|c| c.text)
                                .collect::<Vec<_>>()
                                .join(" ")
                        });
                        lines.extend(inner);
                    }
                }
            }
        }
        lines.join("\n")
    }

    fn problems(&self, comments: Option<&str>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |name, message| {
            problems.push(Problem {
                name,
                message,
                place: Place::default(),
            })
        };
        if self.inserted > 0 || !self.deleted.is_empty() {
            let shown: String = self.deleted.chars().take(40).collect();
            add(
                "tracked-changes",
                format!(
                    "有未接受的修订（插入 {} 处，删除“{shown}”），按接受后的文字读",
                    self.inserted
                ),
            );
        }
        if !self.hidden.trim().is_empty() {
            let shown: String = self.hidden.chars().take(40).collect();
            add("hidden-text", format!("有隐藏文字，未计入正文：{shown}"));
        }
        if let Some(document) = comments.and_then(|xml| Xml::parse(xml).ok()) {
            for comment in document
                .root_element()
                .children()
                .filter(|n| is(*n, "comment"))
            {
                let text: String = comment
                    .descendants()
                    .filter(|n| is(*n, "t"))
                    .filter_map(|n| n.text())
                    .collect();
                let shown: String = text.chars().take(60).collect();
                add("comment", format!("文件带有批注：{shown}"));
            }
        }
        problems
    }
}

/// Child elements of a name, also those inside content controls.
fn elements<'a, 'input: 'a>(node: Node<'a, 'input>, name: &'static str) -> Vec<Node<'a, 'input>> {
    let mut out = Vec::new();
    for inner in node.children() {
        if is(inner, name) {
            out.push(inner);
        } else if is(inner, "sdt") {
            out.extend(
                child(inner, "sdtContent")
                    .into_iter()
                    .flat_map(|c| c.children().filter(move |n| is(*n, name))),
            );
        }
    }
    out
}

fn is_hidden(run: Node<'_, '_>) -> bool {
    child(run, "rPr")
        .and_then(|p| child(p, "vanish"))
        .is_some_and(|v| !matches!(v.attribute((W, "val")), Some("0" | "false" | "off")))
}
