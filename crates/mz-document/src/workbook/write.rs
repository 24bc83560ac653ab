//! Documents to workbooks: one sheet a table with its title and remarks, the text between on sheets of its own, in the
//! order of the document.
//!
//! Numbers are numbers with the digits they are printed with, totals are formulas over the cells they add up, and text
//! never is a formula. Each table is also a defined name, so that reading finds exactly its rows again.

mod cells;
mod sheet;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Workbook, XlsxError};

use self::{cells::Formats, sheet::Pen};
use super::TABLE_NAME;
use crate::{Block, Content, Document, Role, WriteError, WriteOptions, Writer};

/// The writer of this format.
pub(crate) const WRITER: Writer = Writer {
    extension: "xlsx",
    write,
};

/// The year that files without one are dated with: the clock would make every build differ.
const NO_YEAR: u16 = 2000;
/// Text before a table of at most so many blocks of so many characters stands on the sheet of the table.
const FEW_BLOCKS: usize = 3;
/// See [`FEW_BLOCKS`].
const SHORT_TEXT: usize = 40;

fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    workbook(document).map_err(|error| WriteError {
        message_zh: format!("电子表格无法写出（{error}）"),
        message_en: format!("the workbook could not be written: {error}"),
    })
}

/// What stands on one sheet.
#[derive(Debug)]
struct Plan<'d> {
    name: String,
    blocks: &'d [Block],
}

fn workbook(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let plans = plan(&document.blocks);
    let sheets: BTreeMap<&str, &str> = plans
        .iter()
        .flat_map(|plan| {
            let anchors = plan
                .blocks
                .iter()
                .filter_map(|b| b.layout.anchor.as_deref());
            anchors.map(|anchor| (anchor, plan.name.as_str()))
        })
        .collect();
    let mut workbook = Workbook::new();
    let metadata = &document.metadata;
    let date = ExcelDateTime::from_ymd(metadata.year.unwrap_or(NO_YEAR).clamp(1900, 9999), 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&metadata.title)
            .set_author(&metadata.unit)
            .set_creation_datetime(&date),
    );
    let formats = Formats::new();
    let mut n_tables = 0;
    let mut names: Vec<(String, String)> = Vec::new();
    for plan in &plans {
        let sheet = workbook.add_worksheet().set_name(&plan.name)?;
        let mut pen = Pen::new(sheet, &formats, plan.blocks)?;
        for block in plan.blocks {
            if let Content::Table(table) = &block.content {
                n_tables += 1;
                let range = pen.table(table)?;
                names.push((
                    format!("{TABLE_NAME}{n_tables}"),
                    format!("='{}'!{range}", plan.name),
                ));
                continue;
            }
            let link = match &block.layout.role {
                Role::ContentsEntry { target, .. } => sheets
                    .get(target.as_str())
                    .map(|name| Url::new(format!("internal:'{name}'!A1"))),
                _ => None,
            };
            pen.text(block, link)?;
        }
        pen.finish()?;
    }
    if plans.is_empty() {
        workbook.add_worksheet();
    }
    for (name, range) in names {
        workbook.define_name(name, &range)?;
    }
    workbook.save_to_buffer()
}

/// Sheets in the order of the document.
fn plan<'d>(blocks: &'d [Block]) -> Vec<Plan<'d>> {
    let mut plans = Vec::new();
    let (mut n_tables, mut n_texts, mut start) = (0, 0, 0);
    let mut push_text = |plans: &mut Vec<Plan<'d>>, blocks: &'d [Block]| {
        n_texts += 1;
        let name = match n_texts {
            1 => "正文".to_owned(),
            n => format!("正文{n}"),
        };
        plans.push(Plan { name, blocks });
    };
    let is_table = |block: &Block| matches!(block.content, Content::Table(_));
    let mut i = 0;
    while i < blocks.len() {
        if !is_table(&blocks[i]) {
            i += 1;
            continue;
        }
        let first = first_of_table(blocks, start, i);
        if first > start {
            push_text(&mut plans, &blocks[start..first]);
        }
        let n_notes = blocks[i + 1..]
            .iter()
            .take_while(|block| block.layout.role == Role::TableNote)
            .count();
        n_tables += 1;
        plans.push(Plan {
            name: format!("表{n_tables}"),
            blocks: &blocks[first..=i + n_notes],
        });
        i += n_notes + 1;
        start = i;
    }
    if start < blocks.len() {
        push_text(&mut plans, &blocks[start..]);
    }
    plans
}

/// The first block that goes on the sheet of the table: its title and caption, and what little text is before them.
fn first_of_table(blocks: &[Block], start: usize, table: usize) -> usize {
    let between = &blocks[start..table];
    let n_own = between
        .iter()
        .rev()
        .take_while(|b| matches!(b.layout.role, Role::TableTitle | Role::TableCaption))
        .count();
    let text = &between[..between.len() - n_own];
    let is_short = |block: &Block| {
        block.layout.role == Role::Body
            && block
                .text()
                .is_none_or(|text| text.chars().count() <= SHORT_TEXT)
    };
    if text.len() <= FEW_BLOCKS && text.iter().all(is_short) {
        start
    } else {
        table - n_own
    }
}
