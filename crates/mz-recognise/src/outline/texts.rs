//! Captions and cells: the texts that belong to tables.

use mz_budget::{
    disclosure::{Text, TextKind},
    place::Place,
};
use mz_document::{Content, Document, Table};

use super::{
    contents::Contents,
    heading::{heading, shape},
};

/// Longest caption line in characters.
const N_LONGEST: usize = 50;

/// Which blocks are captions, unit lines or notes of tables.
#[derive(Debug)]
pub(super) struct Captions {
    is_caption: Vec<bool>,
}

/// Finds the captions: the short lines just above every table, and notes just below.
pub(super) fn captions(document: &Document, contents: &Contents) -> Captions {
    let mut is_caption = vec![false; document.blocks.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        if !matches!(block.content, Content::Table(_)) {
            continue;
        }
        for above in (0..index).rev() {
            let Some(text) = paragraph(document, above) else {
                break;
            };
            let numbered = document
                .blocks
                .get(above)
                .and_then(heading)
                .is_some_and(|h| h.level <= 3);
            if contents.contains(above) || numbered || !is_caption_line(text) {
                break;
            }
            if let Some(flag) = is_caption.get_mut(above) {
                *flag = true;
            }
        }
        let below = index + 1;
        if paragraph(document, below).is_some_and(is_note)
            && let Some(flag) = is_caption.get_mut(below)
        {
            *flag = true;
        }
    }
    Captions { is_caption }
}

impl Captions {
    /// Whether the block is one.
    pub(super) fn is_caption(&self, block: usize) -> bool {
        self.is_caption.get(block).copied().unwrap_or(false)
    }

    /// The line above a table that is most likely its title: the longest that ends in 表.
    pub(super) fn title_before(&self, document: &Document, table: usize) -> Option<String> {
        (0..table)
            .rev()
            .take_while(|i| self.is_caption(*i))
            .filter_map(|i| paragraph(document, i))
            .map(|text| shape::plain(text).to_owned())
            .find(|text| text.ends_with('表') && text.chars().count() > 2)
    }
}

fn paragraph(document: &Document, index: usize) -> Option<&str> {
    match &document.blocks.get(index)?.content {
        Content::Heading { text, .. } | Content::Paragraph(text) => Some(text),
        Content::Table(_) => None,
    }
}

fn is_caption_line(text: &str) -> bool {
    let text = text.trim();
    let is_label = ["编制", "单位", "部门", "公开", "预算"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.chars().take(6).any(|c| matches!(c, '：' | ':')))
    });
    text.chars().count() <= N_LONGEST
        && !text.contains(['。', '；'])
        && (is_label || !text.ends_with(['：', ':', '，', '、']))
}

fn is_note(text: &str) -> bool {
    let text = text.trim_start();
    ["注", "备注", "说明", "附注"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(['：', ':', '1']))
    })
}

/// Lists the text cells of a table: those that hold words, not figures, codes or rulers.
pub(super) fn cells(
    texts: &mut Vec<Text>,
    index: usize,
    block: &mz_document::Block,
    table: &Table,
    title: Option<String>,
    section: Option<usize>,
) {
    for (row_idx, row) in table.rows.iter().enumerate() {
        let label = row
            .cells
            .iter()
            .map(|cell| cell.text.trim())
            .find(|text| !text.is_empty());
        for cell in &row.cells {
            let text = cell.text.trim();
            let has_words = text
                .chars()
                .any(|c| c.is_alphabetic() || matches!(c, '<' | '>'));
            if !has_words {
                continue;
            }
            let place = Place {
                page: cell.place.page.or(block.place.page),
                line: cell.place.line.or(row.place.line).or(block.place.line),
                table: title.clone(),
                row: label.map(str::to_owned),
                span: Some((row_idx, cell.column)),
                ..crate::place::place(&cell.place, index, text)
            };
            texts.push(Text {
                kind: TextKind::Cell,
                text: cell.text.clone(),
                section,
                place,
            });
        }
    }
}
