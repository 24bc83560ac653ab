//! The figures hardly anything checks: changed, and for at least half of the ways tried no finding came of it.

use std::{collections::BTreeMap, fmt::Write as _};

use mz_document::{Content, Document, Table};

use crate::{
    judge::Outcome,
    run::Study,
    spot::{Address, block_of},
};

/// How much of a sentence is shown on either side of a figure.
const SHOWN: usize = 40;

/// One line a figure, as CSV: the page or line, its area and kind, the figure, how often it was changed, the changes nobody noticed, and what stands around it.
pub fn csv(study: &Study, document: &Document) -> String {
    let mut tries: BTreeMap<usize, (usize, Vec<&str>)> = BTreeMap::new();
    for trial in &study.trials {
        let (tried, missed) = tries.entry(trial.mutation.spot).or_default();
        *tried += 1;
        if trial.outcome == Outcome::Missed {
            missed.push(&trial.mutation.text);
        }
    }
    let mut out = "page,area,kind,figure,tried,missed,around\n".to_owned();
    for (index, (tried, missed)) in tries {
        let Some(spot) = study
            .spots
            .get(index)
            .filter(|_| !missed.is_empty() && missed.len() * 2 >= tried)
        else {
            continue;
        };
        let page = spot
            .page
            .or(spot.line)
            .map_or_else(String::new, |n| n.to_string());
        let _ = writeln!(
            out,
            "{page},{},{}{},{},{tried},{},{}",
            quoted(&spot.area),
            spot.sort.name(),
            if spot.determined {
                ""
            } else {
                "（别处不能确定）"
            },
            quoted(&spot.printed),
            quoted(&missed.join(" · ")),
            quoted(&around(document, spot.address)),
        );
    }
    out
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace(['\n', '\r'], " ").replace('"', "\"\"")
    )
}

/// The title, row and column of a cell; the words on both sides of a figure in a sentence, which is put in brackets.
fn around(document: &Document, address: Address) -> String {
    let block = block_of(address);
    match (address, document.blocks.get(block).map(|b| &b.content)) {
        (Address::Cell { row, column, .. }, Some(Content::Table(table))) => {
            let title = document.blocks.get(..block).unwrap_or_default().iter();
            let title = title
                .rev()
                .find_map(|block| block.text())
                .unwrap_or_default();
            let shown: String = title.chars().take(SHOWN).collect();
            format!(
                "{shown} › {} › {}",
                row_label(table, row),
                column_label(table, row, column)
            )
        }
        (
            Address::Text { start, end, .. },
            Some(Content::Paragraph(text) | Content::Heading { text, .. }),
        ) => {
            let characters: Vec<char> = text.chars().collect();
            let part = |from: usize, to: usize| -> String {
                characters
                    .get(from..to.min(characters.len()))
                    .unwrap_or_default()
                    .iter()
                    .collect()
            };
            format!(
                "{}⟦{}⟧{}",
                part(start.saturating_sub(SHOWN), start),
                part(start, end),
                part(end, end + SHOWN)
            )
        }
        _ => String::new(),
    }
}

fn is_words(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_ascii() && !"，．—－".contains(c))
}

fn row_label(table: &Table, row: usize) -> String {
    let cells = table
        .rows
        .get(row)
        .map(|row| row.cells.as_slice())
        .unwrap_or_default();
    let words = cells
        .iter()
        .map(|cell| cell.text.trim())
        .filter(|text| is_words(text));
    words.take(2).collect::<Vec<_>>().join(" ")
}

/// The words above a cell, from its column and the rows before its own.
fn column_label(table: &Table, row: usize, column: usize) -> String {
    const HEADER_ROWS: usize = 6;
    let rows = table
        .rows
        .get(..row)
        .unwrap_or_default()
        .iter()
        .take(HEADER_ROWS);
    let words = rows
        .map(|row| row.text(column))
        .filter(|text| is_words(text));
    words.collect::<Vec<_>>().join(" ")
}
