//! The shape of the JSON: the model less what only readers know (places, problems, encodings).

use serde::{Deserialize, Serialize};

use super::SCHEMA;
use crate::{
    Block, Column, Content, Document, FlowCell, Format, Layout, Metadata, Place, Sum, Table,
    slots::{Slot, Slots},
};

#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    schema: String,
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(default)]
    blocks: Vec<StoredBlock>,
}

#[derive(Serialize, Deserialize)]
struct StoredBlock {
    #[serde(flatten)]
    content: StoredContent,
    #[serde(flatten)]
    layout: Layout,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum StoredContent {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    Table(StoredTable),
}

#[derive(Serialize, Deserialize)]
struct StoredTable {
    #[serde(default)]
    n_header_rows: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    columns: Vec<Column>,
    /// Cells of each row from the left; a cell takes the first column that no cell from above covers.
    rows: Vec<Vec<FlowCell>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sums: Vec<Sum>,
}

impl From<&Document> for Stored {
    fn from(document: &Document) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            metadata: document.metadata.clone(),
            blocks: document.blocks.iter().map(StoredBlock::from).collect(),
        }
    }
}

impl From<&Block> for StoredBlock {
    fn from(block: &Block) -> Self {
        let content = match &block.content {
            Content::Heading { level, text } => StoredContent::Heading {
                level: *level,
                text: text.clone(),
            },
            Content::Paragraph(text) => StoredContent::Paragraph { text: text.clone() },
            Content::Table(table) => StoredContent::Table(StoredTable::from(table)),
        };
        Self {
            content,
            layout: block.layout.clone(),
        }
    }
}

impl From<&Table> for StoredTable {
    fn from(table: &Table) -> Self {
        let slots = Slots::new(table);
        // Every position is written, so that each cell finds its column again.
        let cells = |row: usize| -> Vec<FlowCell> {
            let at = |column| match slots.at(row, column) {
                Slot::Covered(..) => None,
                Slot::Hole => Some(FlowCell::new("")),
                Slot::Start(_) => slots.cell(row, column).map(|one| {
                    FlowCell::spanning(one.cell.text.as_str(), one.column_span, one.row_span)
                }),
            };
            (0..slots.n_columns()).filter_map(at).collect()
        };
        Self {
            n_header_rows: table.n_header_rows,
            columns: table.columns.clone(),
            rows: (0..table.rows.len()).map(cells).collect(),
            sums: table.sums.clone(),
        }
    }
}

impl Stored {
    pub(super) fn into_document(self) -> Document {
        let blocks = self.blocks.into_iter().map(StoredBlock::into_block);
        Document {
            metadata: self.metadata,
            ..Document::new(Format::Json, blocks.collect())
        }
    }
}

impl StoredBlock {
    fn into_block(self) -> Block {
        let content = match self.content {
            StoredContent::Heading { level, text } => Content::Heading { level, text },
            StoredContent::Paragraph { text } => Content::Paragraph(text),
            StoredContent::Table(table) => Content::Table(Table {
                n_header_rows: table.n_header_rows,
                columns: table.columns,
                sums: table.sums,
                ..Table::flow(table.rows)
            }),
        };
        Block {
            layout: self.layout,
            ..Block::new(content, Place::default())
        }
    }
}
