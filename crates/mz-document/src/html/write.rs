//! Documents to one self-contained web page: real tables, anchors, a print style with landscape pages, nothing fetched.
//!
//! What only guides the visitor (the link past the contents, charts with their descriptions) is in attributes and in
//! pictures, so that reading the page gives the document and nothing else.

mod figure;
mod flows;
mod table;
mod treemap;

use crate::{
    Block, Content, Document, Figure, Part, Role, WriteError, WriteOptions, Writer, sections,
    write::{escape, escaped},
};

/// The writer of this format.
pub const WRITER: Writer = Writer {
    extension: "html",
    write,
};

const STYLE: &str = include_str!("write/page.css");

fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let metadata = &document.metadata;
    let language = if metadata.language.is_empty() {
        "zh-CN"
    } else {
        &metadata.language
    };
    let mut page = Page {
        out: String::new(),
        figures: options.figures.iter().collect(),
        n_tables: 0,
        n_figures: 0,
    };
    page.out.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <meta name=\"author\" content=\"{}\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\" aria-label=\"跳到正文\"></a>\n",
        escaped(language),
        escaped(&metadata.title),
        escaped(&metadata.unit),
    ));
    let mut is_main_open = false;
    for section in sections(document) {
        let (open, close) = match section.part {
            Part::Cover => ("<header class=\"cover\">\n", "</header>\n"),
            Part::Contents => ("<nav aria-label=\"目录\">\n", "</nav>\n"),
            Part::Body if section.is_landscape => ("<div class=\"wide\">\n", "</div>\n"),
            Part::Body => ("<div>\n", "</div>\n"),
        };
        if section.part == Part::Body && !is_main_open {
            page.out.push_str("<main id=\"main\">\n");
            is_main_open = true;
        }
        page.out.push_str(open);
        page.blocks(section.blocks);
        page.out.push_str(close);
    }
    for figure in std::mem::take(&mut page.figures) {
        page.figure(figure);
    }
    page.out
        .push_str(if is_main_open { "</main>\n" } else { "" });
    page.out.push_str("</body>\n</html>\n");
    Ok(page.out.into_bytes())
}

struct Page<'p> {
    out: String,
    /// Charts not drawn yet.
    figures: Vec<&'p Figure>,
    n_tables: usize,
    n_figures: usize,
}

impl Page<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        let mut i = 0;
        while i < blocks.len() {
            self.figures_before(&blocks[i]);
            if let Some(n) = table_after(&blocks[i..]) {
                self.table(&blocks[i..=i + n]);
                i += n + 1;
                continue;
            }
            if matches!(blocks[i].layout.role, Role::ContentsEntry { .. }) {
                let n = blocks[i..]
                    .iter()
                    .take_while(|b| matches!(b.layout.role, Role::ContentsEntry { .. }))
                    .count();
                self.entries(&blocks[i..i + n]);
                i += n;
                continue;
            }
            self.text(&blocks[i]);
            i += 1;
        }
    }

    fn figures_before(&mut self, block: &Block) {
        let Some(anchor) = &block.layout.anchor else {
            return;
        };
        let (here, later) = std::mem::take(&mut self.figures)
            .into_iter()
            .partition(|figure| figure.before == *anchor);
        self.figures = later;
        let here: Vec<&Figure> = here;
        for figure in here {
            self.figure(figure);
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.n_figures += 1;
        figure::write(&mut self.out, figure, self.n_figures);
    }

    /// A table with the title and caption line that stand before it.
    fn table(&mut self, blocks: &[Block]) {
        let Some((last, before)) = blocks.split_last() else {
            return;
        };
        let Content::Table(one) = &last.content else {
            return;
        };
        self.n_tables += 1;
        let starts_page = blocks.iter().any(|block| block.layout.starts_page);
        let label = before.first().and_then(Block::text).unwrap_or("表");
        self.out.push_str(&format!(
            "<div class=\"scroll{}\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table{}>\n",
            if starts_page { " new" } else { "" },
            escaped(label),
            id(last),
        ));
        if !before.is_empty() {
            self.out.push_str("<caption>\n");
            for block in before {
                self.text(block);
            }
            self.out.push_str("</caption>\n");
        }
        table::write(&mut self.out, one, self.n_tables);
        self.out.push_str("</table>\n</div>\n");
    }

    fn entries(&mut self, blocks: &[Block]) {
        self.out.push_str("<ul>\n");
        for block in blocks {
            if let Role::ContentsEntry { level, target } = &block.layout.role {
                self.out.push_str(&format!(
                    "<li class=\"l{}\"><a href=\"#{}\">{}</a></li>\n",
                    level.clamp(&1, &6),
                    escaped(target),
                    escaped(block.text().unwrap_or_default()),
                ));
            }
        }
        self.out.push_str("</ul>\n");
    }

    fn text(&mut self, block: &Block) {
        let text = block.text().unwrap_or_default();
        let mut classes = match block.layout.role {
            Role::CoverTitle => "title",
            Role::CoverUnit | Role::CoverDate => "unit",
            Role::ContentsTitle => "contents",
            Role::TableTitle => "table-title",
            Role::TableCaption => "table-caption",
            Role::TableNote => "note",
            _ => "",
        }
        .to_owned();
        if block.layout.starts_page && block.layout.role != Role::TableTitle {
            classes.push_str(" new");
        }
        // Paragraphs that serve as headings stay paragraphs for readers of the text.
        let role = match block.layout.role {
            Role::CoverTitle => " role=\"heading\" aria-level=\"1\"",
            Role::ContentsTitle => " role=\"heading\" aria-level=\"2\"",
            Role::TableTitle if !is_heading(block) => " role=\"heading\" aria-level=\"3\"",
            _ => "",
        };
        let class = match classes.trim() {
            "" => String::new(),
            classes => format!(" class=\"{classes}\""),
        };
        let tag = match &block.content {
            Content::Heading { level, .. } => format!("h{}", level.clamp(&1, &6)),
            _ => "p".to_owned(),
        };
        self.out
            .push_str(&format!("<{tag}{class}{role}{}>", id(block)));
        if block.layout.role == Role::TableCaption
            && let Some((left, right)) = text.split_once('\t')
        {
            self.out.push_str(&format!(
                "<span>{}</span> <span>{}</span>",
                escaped(left),
                escaped(right)
            ));
        } else {
            lines(&mut self.out, text);
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.content, Content::Heading { .. })
}

fn id(block: &Block) -> String {
    block
        .layout
        .anchor
        .as_ref()
        .map_or(String::new(), |anchor| {
            format!(" id=\"{}\"", escaped(anchor))
        })
}

/// Text whose line breaks are kept.
fn lines(out: &mut String, text: &str) {
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("<br>");
        }
        escape(out, line);
    }
}

/// How many blocks of title and caption stand here before a table; `None` when there is no such table.
fn table_after(blocks: &[Block]) -> Option<usize> {
    let is_before = |block: &&Block| {
        matches!(block.layout.role, Role::TableTitle | Role::TableCaption)
            && !matches!(block.content, Content::Table(_))
    };
    let n = blocks.iter().take(3).take_while(is_before).count();
    matches!(blocks.get(n)?.content, Content::Table(_)).then_some(n)
}
