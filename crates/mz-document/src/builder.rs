//! Builds a document from its parts, so that whoever composes one does not fill in layout by hand.

use crate::{
    Block, Content, Document, Format, Place, Table,
    layout::{Layout, Metadata, Role},
};

impl Table {
    /// Whether the table is too wide for a page in portrait.
    pub fn is_wide(&self) -> bool {
        self.n_columns > 8
    }
}

/// A table with what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct TablePart {
    /// Title above the table.
    pub title: String,
    /// Heading level of the title; 0 makes it a paragraph that the contents do not list.
    pub level: u8,
    /// Left end of the line between title and table; may be empty.
    pub caption_left: String,
    /// Right end of that line; may be empty.
    pub caption_right: String,
    /// The table.
    pub table: Table,
    /// Remarks under the table.
    pub notes: Vec<String>,
    /// On a page of its own kind; `None` lets the width decide.
    pub is_landscape: Option<bool>,
    /// The title begins a page.
    pub starts_page: bool,
}

/// Puts a document together from top to bottom.
///
/// ```
/// use mz_document::{Builder, FlowCell, Metadata, Table, TablePart};
///
/// let mut builder = Builder::new(Metadata::default());
/// builder.contents("目录", 2);
/// builder.heading(1, "第一部分 收支");
/// builder.paragraph("收支平衡。");
/// let row = |text: &str| vec![FlowCell::new(text), FlowCell::new("1.00")];
/// builder.table(TablePart {
///     title: "一、收支总表".to_owned(),
///     level: 2,
///     table: Table::flow(vec![row("收入"), row("支出")]),
///     ..TablePart::default()
/// });
/// assert_eq!(builder.finish().blocks.len(), 1 + 2 + 2 + 2);
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    metadata: Metadata,
    blocks: Vec<Block>,
    starts_page: bool,
    n_anchors: usize,
    /// Where the contents go: block index of their title, and the deepest level they list.
    contents: Option<(usize, u8)>,
}

impl Builder {
    /// An empty document.
    pub fn new(metadata: Metadata) -> Self {
        Self {
            metadata,
            blocks: Vec::new(),
            starts_page: false,
            n_anchors: 0,
            contents: None,
        }
    }

    /// The cover; empty parts are left out. What follows begins a page.
    pub fn cover(&mut self, title: &str, unit: &str, date: &str) {
        for (role, text) in [
            (Role::CoverTitle, title),
            (Role::CoverUnit, unit),
            (Role::CoverDate, date),
        ] {
            if !text.is_empty() {
                self.block(Content::Paragraph(text.to_owned()), role, false);
            }
        }
        self.page_break();
    }

    /// The list of contents with its title: every heading down to a level, added when the document is finished.
    pub fn contents(&mut self, title: &str, deepest: u8) {
        self.contents = Some((self.blocks.len(), deepest));
        let title = Content::Paragraph(title.to_owned());
        self.block(title, Role::ContentsTitle, false);
        self.page_break();
    }

    /// A heading, 1 being the highest; it can be linked to.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        let text = text.into();
        self.block(Content::Heading { level, text }, Role::Body, true);
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.block(Content::Paragraph(text.into()), Role::Body, false);
    }

    /// What comes next begins a page.
    pub fn page_break(&mut self) {
        self.starts_page = true;
    }

    /// A table with its title, caption line and remarks.
    pub fn table(&mut self, part: TablePart) {
        let first = self.blocks.len();
        let is_landscape = part.is_landscape.unwrap_or_else(|| part.table.is_wide());
        let stays = self.heading_joins(is_landscape);
        self.starts_page |= part.starts_page && !stays;
        if !part.title.is_empty() {
            let content = match part.level {
                0 => Content::Paragraph(part.title),
                level => Content::Heading {
                    level,
                    text: part.title,
                },
            };
            self.block(content, Role::TableTitle, true);
        }
        if !part.caption_left.is_empty() || !part.caption_right.is_empty() {
            let text = format!("{}\t{}", part.caption_left, part.caption_right);
            let text = text.trim_end().to_owned();
            self.block(Content::Paragraph(text), Role::TableCaption, false);
        }
        self.block(Content::Table(part.table), Role::Body, false);
        for note in part.notes {
            self.block(Content::Paragraph(note), Role::TableNote, false);
        }
        for block in self.blocks.iter_mut().skip(first) {
            block.layout.is_landscape = is_landscape;
        }
    }

    /// A heading alone on its page helps nobody: it stands above its first table, and where it begins a page it takes the
    /// orientation of the table. Whether there is one that does.
    fn heading_joins(&mut self, is_landscape: bool) -> bool {
        let is_heading = |block: &&mut Block| {
            matches!(block.content, Content::Heading { .. }) && block.layout.role == Role::Body
        };
        let headings: Vec<&mut Block> = self
            .blocks
            .iter_mut()
            .rev()
            .take_while(is_heading)
            .collect();
        let begins_page = headings
            .last()
            .is_some_and(|block| block.layout.starts_page);
        if is_landscape && begins_page {
            for heading in headings {
                heading.layout.is_landscape = true;
            }
            return true;
        }
        !headings.is_empty() && !is_landscape
    }

    fn block(&mut self, content: Content, role: Role, is_anchored: bool) {
        self.n_anchors += usize::from(is_anchored);
        let layout = Layout {
            role,
            anchor: is_anchored.then(|| format!("s{}", self.n_anchors)),
            starts_page: std::mem::take(&mut self.starts_page) && !self.blocks.is_empty(),
            is_landscape: false,
        };
        self.blocks.push(Block {
            content,
            layout,
            place: Place::default(),
            lines: Vec::new(),
        });
    }

    /// The document, with its contents filled in.
    pub fn finish(self) -> Document {
        let mut blocks = self.blocks;
        if let Some((title, deepest)) = self.contents {
            let entries: Vec<Block> = blocks
                .iter()
                .filter_map(|block| contents_entry(block, deepest))
                .collect();
            blocks.splice(title + 1..title + 1, entries);
        }
        Document {
            metadata: self.metadata,
            ..Document::new(Format::Composed, blocks)
        }
    }
}

fn contents_entry(block: &Block, deepest: u8) -> Option<Block> {
    let Content::Heading { level, text } = &block.content else {
        return None;
    };
    if *level > deepest {
        return None;
    }
    let role = Role::ContentsEntry {
        level: *level,
        target: block.layout.anchor.clone()?,
    };
    Some(Block {
        content: Content::Paragraph(text.clone()),
        layout: Layout {
            role,
            ..Layout::default()
        },
        place: Place::default(),
        lines: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_list_headings_and_lead_to_them() {
        let mut builder = Builder::new(Metadata::default());
        builder.cover("预算公开", "某单位", "");
        builder.contents("目录", 1);
        builder.heading(1, "第一部分");
        builder.heading(2, "一、职责");
        builder.heading(1, "第二部分");
        let document = builder.finish();
        let texts: Vec<&str> = document.blocks.iter().filter_map(Block::text).collect();
        assert_eq!(
            texts.join("|"),
            "预算公开|某单位|目录|第一部分|第二部分|第一部分|一、职责|第二部分"
        );
        let Role::ContentsEntry { target, .. } = &document.blocks[4].layout.role else {
            panic!("an entry")
        };
        assert_eq!(
            document.blocks[7].layout.anchor.as_deref(),
            Some(target.as_str())
        );
        let starts: Vec<bool> = document
            .blocks
            .iter()
            .map(|b| b.layout.starts_page)
            .collect();
        assert_eq!(
            starts,
            [false, false, true, false, false, true, false, false]
        );
    }

    #[test]
    fn a_heading_stands_above_its_table_whatever_its_orientation() {
        let table = |is_landscape: bool| TablePart {
            title: "表".to_owned(),
            level: 2,
            is_landscape: Some(is_landscape),
            starts_page: true,
            ..TablePart::default()
        };
        for is_landscape in [false, true] {
            let mut builder = Builder::new(Metadata::default());
            builder.paragraph("前言");
            builder.page_break();
            builder.heading(1, "第二部分");
            builder.table(table(is_landscape));
            let blocks = builder.finish().blocks;
            let layouts = blocks[1..].iter().map(|block| &block.layout);
            let pages: Vec<(bool, bool)> = layouts
                .map(|layout| (layout.starts_page, layout.is_landscape))
                .collect();
            let rest = (false, is_landscape);
            assert_eq!(pages, [(true, is_landscape), rest, rest]);
        }
    }
}
