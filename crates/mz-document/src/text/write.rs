//! Documents to text in the form the text reader reads: one block a line with a blank line between, tables as
//! tab-separated lines.

use crate::{Content, Document, Table, WriteError, WriteOptions, Writer, slots::Slots};

/// The writer of this format.
pub const WRITER: Writer = Writer {
    extension: "txt",
    write,
};

fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match &block.content {
            Content::Heading { level, text } => {
                let marks = "#".repeat(usize::from((*level).clamp(1, 6)));
                line(&mut out, &format!("{marks} {}", one_line(text)));
            }
            Content::Paragraph(text) => {
                for part in text.lines() {
                    line(&mut out, &one_line(part));
                }
            }
            Content::Table(table) => write_table(&mut out, table),
        }
    }
    Ok(out.into_bytes())
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Tabs would make a table of a line: the ends of a caption line are set apart by wide spaces.
fn one_line(text: &str) -> String {
    text.replace('\t', "\u{3000}\u{3000}")
        .replace(['\n', '\r', '\u{c}'], " ")
}

/// Merged cells stand in their first position; line breaks inside a cell are closed up between Chinese characters.
fn write_table(out: &mut String, table: &Table) {
    let slots = Slots::new(table);
    let rows: Vec<Vec<String>> = (0..table.rows.len())
        .map(|row| {
            (0..slots.n_columns())
                .map(|column| {
                    slots
                        .cell(row, column)
                        .map_or(String::new(), |c| joined(&c.cell.text))
                })
                .collect()
        })
        .collect();
    // Where tabs would be read as something else, the table is set with pipes, as in Markdown.
    let needs_pipes = slots.n_columns() < 2
        || rows.iter().any(|row| row[0].starts_with('|'))
        || rows.iter().all(|row| {
            row[..row.len() - 1]
                .iter()
                .all(|text| text.trim().is_empty())
        });
    for row in &rows {
        if needs_pipes {
            let cells: Vec<String> = row.iter().map(|text| text.replace('|', "\\|")).collect();
            line(out, &format!("| {} |", cells.join(" | ")));
        } else {
            line(out, &row.join("\t"));
        }
    }
}

fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.lines() {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_word(out.chars().next_back()) && is_word(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out.replace(['\t', '\r', '\u{c}'], " ")
}
