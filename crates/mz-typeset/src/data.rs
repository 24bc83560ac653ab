//! The document as the dictionary the template reads. Text goes in as strings, never as markup.

use std::collections::BTreeSet;

use mz_document::{
    Block, ColumnKind, Content, Document, INSET, Measures, Page, Part, Role, Row, Section, Table,
    measure, number, sections,
};
use mz_fonts::USES;
use typst::foundations::{Array, Dict, IntoValue as _, Str, Value};

use crate::fonts::Chosen;

/// The year that files without one are dated with: an archive format demands a date, and the clock would make every
/// build differ.
const NO_YEAR: u16 = 2000;
/// Height of the titles and the caption above a table, points.
const HEADS: f64 = 130.0;
/// Height of a line of a cell, in sizes of its text.
const LINE: f64 = 1.32;
/// Comfortable space above and below the text of a cell, in sizes of it.
const COMFORTABLE: f64 = 0.32;
/// Rows of more lines than this may be broken by the end of a page.
const TALLEST_WHOLE_ROW: f64 = 18.0;

/// The data of a document.
pub fn data(document: &Document, fonts: &Chosen) -> Dict {
    let mut families = Dict::new();
    for one in USES {
        let names: Array = fonts
            .names(one)
            .into_iter()
            .map(|name| name.into_value())
            .collect();
        insert(&mut families, one.key(), names);
    }
    let metadata = &document.metadata;
    let mut data = Dict::new();
    insert(&mut data, "fonts", families);
    insert(&mut data, "title", clean(&title(document)));
    insert(&mut data, "author", clean(&metadata.unit));
    insert(
        &mut data,
        "year",
        i64::from(metadata.year.unwrap_or(NO_YEAR)),
    );
    insert(&mut data, "inset", INSET);
    insert(&mut data, "groups", groups(document));
    data
}

/// The characters of a document, and those the template may add: page numbers, leaders, dashes.
pub fn characters(document: &Document) -> BTreeSet<char> {
    let cells = |table: &Table| -> Vec<char> {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.flat_map(|cell| cell.text.chars()).collect()
    };
    let mut characters: BTreeSet<char> = (' '..='~').chain(['—']).collect();
    for block in &document.blocks {
        match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => {
                characters.extend(text.chars());
            }
            Content::Table(table) => characters.extend(cells(table)),
        }
    }
    characters
}

/// PDF/UA asks for a title.
fn title(document: &Document) -> String {
    let first = || document.blocks.iter().find_map(Block::text);
    let own = document.metadata.title.as_str();
    if own.is_empty() {
        first().unwrap_or("预算公开")
    } else {
        own
    }
    .to_owned()
}

fn insert(dict: &mut Dict, key: &str, value: impl typst::foundations::IntoValue) {
    dict.insert(Str::from(key), value.into_value());
}

/// Text without characters that print nothing and that a PDF cannot say.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .filter(|c| !matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

/// Runs of pages of one kind and orientation.
fn groups(document: &Document) -> Array {
    let group = |section: Section<'_>| {
        let mut group = Dict::new();
        let name = match section.part {
            Part::Cover => "cover",
            Part::Contents => "contents",
            Part::Body => "body",
        };
        let page = Page::of(section.is_landscape);
        let blocks: Array = section
            .blocks
            .iter()
            .map(|block| block_data(block, &page).into_value())
            .collect();
        insert(&mut group, "part", name);
        insert(&mut group, "page", page_data(&page));
        insert(&mut group, "first", section.starts_numbers);
        insert(&mut group, "blocks", blocks);
        group.into_value()
    };
    sections(document).into_iter().map(group).collect()
}

/// Paper and margins in millimetres.
fn page_data(page: &Page) -> Dict {
    let mut data = Dict::new();
    for (key, length) in [
        ("width", page.width),
        ("height", page.height),
        ("top", page.top),
        ("bottom", page.bottom),
        ("left", page.left),
        ("right", page.right),
    ] {
        insert(&mut data, key, i64::from(length));
    }
    data
}

fn block_data(block: &Block, page: &Page) -> Dict {
    let mut data = Dict::new();
    let role = match &block.layout.role {
        Role::Body => "body",
        Role::CoverTitle => "cover-title",
        Role::CoverUnit => "cover-unit",
        Role::CoverDate => "cover-date",
        Role::ContentsTitle => "contents-title",
        Role::ContentsEntry { level, target } => {
            insert(&mut data, "level", i64::from(*level));
            insert(&mut data, "target", target.as_str());
            "contents-entry"
        }
        Role::TableTitle => "table-title",
        Role::TableCaption => "table-caption",
        Role::TableNote => "table-note",
    };
    insert(&mut data, "role", role);
    insert(&mut data, "starts_page", block.layout.starts_page);
    insert(
        &mut data,
        "anchor",
        block
            .layout
            .anchor
            .clone()
            .map_or(Value::None, |a| a.into_value()),
    );
    match &block.content {
        Content::Heading { level, text } => {
            insert(&mut data, "kind", "heading");
            insert(&mut data, "level", i64::from((*level).max(1)));
            insert(&mut data, "text", clean(text));
        }
        Content::Paragraph(text) => {
            insert(&mut data, "kind", "paragraph");
            insert(&mut data, "text", clean(text));
        }
        Content::Table(table) => {
            insert(&mut data, "kind", "table");
            table_data(&mut data, table, *page);
        }
    }
    data
}

fn table_data(data: &mut Dict, table: &Table, page: Page) {
    let measures = measure(table, page);
    let n_header = table.n_header_rows.min(table.rows.len());
    let (header, body) = table.rows.split_at(n_header);
    insert(data, "size", measures.size);
    insert(data, "row_inset", row_inset(table, page, &measures));
    let widths: Array = measures
        .columns
        .iter()
        .map(|column| column.width.into_value())
        .collect();
    insert(data, "columns", widths);
    insert(data, "n_header", n_header as i64);
    insert(data, "header", rows(header, 0, n_header, &measures));
    insert(data, "rows", rows(body, n_header, n_header, &measures));
}

/// Space above and below the text of cells: as much as keeps the table on its page, between what was measured for all
/// formats and what is comfortable.
fn row_inset(table: &Table, page: Page, measures: &Measures) -> f64 {
    let height = f64::from(page.height - page.top - page.bottom) * 72.0 / 25.4;
    let comfortable = measures.size * COMFORTABLE;
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().filter(|cell| cell.row_span <= 1);
        cells
            .map(|cell| lines(&cell.text, cell.column, cell.column_span, measures))
            .fold(1.0, f64::max)
    });
    let text: f64 = rows.sum::<f64>() * measures.size * LINE;
    let room = (height - HEADS - text) / (2.0 * table.rows.len().max(1) as f64);
    if room < measures.row_inset {
        // It takes several pages anyway.
        return comfortable.max(measures.row_inset);
    }
    room.min(comfortable).max(measures.row_inset)
}

/// The cells of some rows, of which the first is the given one of the table; the rows of the header come first.
fn rows(rows: &[Row], first: usize, n_header: usize, measures: &Measures) -> Array {
    let mut out = Array::new();
    let is_header = first < n_header;
    for (row_idx, row) in rows.iter().enumerate() {
        for cell in &row.cells {
            let kind = measures
                .columns
                .get(cell.column)
                .map_or(ColumnKind::Label, |column| column.kind);
            let text = clean(&cell.text);
            let align = match kind {
                _ if is_header => "center",
                _ if number(&text).is_some() && cell.column_span > 1 => "center",
                ColumnKind::Number => "right",
                ColumnKind::Code => "center",
                _ => "left",
            };
            let mut data = Dict::new();
            insert(&mut data, "x", cell.column as i64);
            insert(&mut data, "y", (first + row_idx) as i64);
            insert(&mut data, "colspan", cell.column_span.max(1) as i64);
            insert(
                &mut data,
                "rowspan",
                cell.row_span.clamp(1, rows.len() - row_idx) as i64,
            );
            insert(&mut data, "align", align);
            insert(&mut data, "pad", pad(&text, cell.column, kind, measures));
            insert(
                &mut data,
                "whole",
                lines(&text, cell.column, cell.column_span, measures) <= TALLEST_WHOLE_ROW,
            );
            insert(&mut data, "text", text);
            out.push(data.into_value());
        }
    }
    out
}

/// How many lines a text takes in its columns, roughly.
fn lines(text: &str, column: usize, span: usize, measures: &Measures) -> f64 {
    let width: f64 = measures
        .columns
        .iter()
        .skip(column)
        .take(span)
        .map(|column| column.width)
        .sum();
    text.lines()
        .map(|line| (line.chars().count() as f64 * measures.size / width.max(1.0)).ceil())
        .sum()
}

/// What a number lacks to the decimals of its column: set, but not shown, so that the points stand under one another.
fn pad(text: &str, column: usize, kind: ColumnKind, measures: &Measures) -> String {
    let (Some(number), ColumnKind::Number) = (number(text), kind) else {
        return String::new();
    };
    let decimals = measures.columns.get(column).map_or(0, |c| c.decimals);
    match decimals.checked_sub(number.n_decimals) {
        None | Some(0) => String::new(),
        Some(lack) if number.n_decimals == 0 => format!(".{}", "0".repeat(lack)),
        Some(lack) => "0".repeat(lack),
    }
}
