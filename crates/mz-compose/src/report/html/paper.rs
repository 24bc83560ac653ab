//! The document itself: headings, paragraphs and tables in reading order, with the line or page in the margin.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use mz_document::{Block, Content};

use super::{AuditedDocument, escape::escape, marks::Marks, sheets::Sheets, table};
use crate::lang::Lang;

/// Writes the document.
pub fn write(
    out: &mut String,
    audited: &AuditedDocument<'_>,
    marks: &Marks,
    sheets: &mut Sheets,
    lang: Lang,
) {
    let label = lang.pick("文件内容", "The document");
    let _ = writeln!(
        out,
        "<article class=\"paper\" lang=\"zh-CN\" aria-label=\"{label}\">"
    );
    sheets.note(out, lang);
    let headings: BTreeMap<usize, u8> = audited
        .disclosure
        .sections
        .iter()
        .filter(|section| !section.in_contents)
        .map(|section| (section.place.block, section.level))
        .collect();
    let titles: BTreeSet<usize> = audited
        .disclosure
        .tables
        .iter()
        .map(|table| table.place.block)
        .collect();
    let mut page = None;
    for (i, block) in audited.document.blocks.iter().enumerate() {
        if block.place.page != page {
            page = block.place.page;
            if let Some(page) = page {
                sheets.write(out, Some(page - 1));
                let _ = match lang {
                    Lang::Zh => writeln!(out, "<p class=\"page\">第 {page} 页</p>"),
                    Lang::En => writeln!(out, "<p class=\"page\">page {page}</p>"),
                };
                sheets.write(out, Some(page));
            }
        }
        out.push_str(&marks.block_anchors(i));
        match &block.content {
            Content::Table(table) => table::write(out, audited, i, table, marks),
            Content::Heading { text, level } => {
                text_block(out, marks, i, block, text, Tag::Heading(*level));
            }
            Content::Paragraph(text) => {
                let tag = match headings.get(&i) {
                    _ if titles.contains(&i) => Tag::Title,
                    Some(level) => Tag::Heading(*level),
                    None => Tag::Paragraph,
                };
                text_block(out, marks, i, block, text, tag);
            }
        }
    }
    sheets.write(out, None);
    out.push_str("</article>\n");
}

/// How a text block is shown.
#[derive(Clone, Copy)]
enum Tag {
    Heading(u8),
    /// Title of a statutory table.
    Title,
    Paragraph,
}

fn text_block(out: &mut String, marks: &Marks, i: usize, block: &Block, text: &str, tag: Tag) {
    if text.trim().is_empty() {
        return;
    }
    // The page has h1 and h2 of its own.
    let (tag, class) = match tag {
        Tag::Heading(level) => (format!("h{}", level.clamp(1, 4) + 2), ""),
        Tag::Title => ("p".to_owned(), " class=\"title\""),
        Tag::Paragraph => ("p".to_owned(), ""),
    };
    let line = block
        .place
        .line
        .map_or(String::new(), |line| format!(" data-line=\"{line}\""));
    let _ = writeln!(
        out,
        "<{tag}{class}{line}>{}</{tag}>",
        marks.render(i, None, text)
    );
}

/// Label of a table for those who cannot see it: the title it was recognised by.
pub fn table_label(audited: &AuditedDocument<'_>, block: usize) -> String {
    audited
        .disclosure
        .tables
        .iter()
        .find(|table| table.blocks.contains(&block))
        .map_or(String::new(), |table| {
            format!(" aria-label=\"{}\"", escape(&table.title))
        })
}
