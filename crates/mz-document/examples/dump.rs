//! Prints a document as the readers see it: one line a block or row, with places. For looking at real files.

use mz_document::{Content, Place};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        match mz_document::read(&bytes, &path) {
            Ok(document) => print(&document),
            Err(error) => println!("{path}: {error}"),
        }
    }
}

fn print(document: &mz_document::Document) {
    println!(
        "{:?} {:?} {:?} pages",
        document.format, document.encoding, document.pages
    );
    for (i, block) in document.blocks.iter().enumerate() {
        match &block.content {
            Content::Heading { level, text } => println!(
                "{i:5} {} {} {text}",
                at(&block.place),
                "#".repeat((*level).into())
            ),
            Content::Paragraph(text) => println!("{i:5} {} {text}", at(&block.place)),
            Content::Table(table) => {
                println!(
                    "{i:5} {} table of {} rows, {} columns",
                    at(&block.place),
                    table.rows.len(),
                    table.n_columns
                );
                for row in &table.rows {
                    println!("      {} {}", at(&row.place), cells(row));
                }
            }
        }
    }
    for problem in &document.problems {
        println!(
            "! {} {} {}",
            problem.name,
            at(&problem.place),
            problem.message
        );
    }
}

fn at(place: &Place) -> String {
    match (place.page, &place.sheet, place.line) {
        (Some(page), ..) => format!("p{page}"),
        (_, Some(sheet), _) => match place.cell {
            Some(cell) => format!("{sheet}!{cell}"),
            None => sheet.to_string(),
        },
        (_, _, Some(line)) => format!("L{line}"),
        _ => String::new(),
    }
}

fn cells(row: &mz_document::Row) -> String {
    let cells = row.cells.iter().map(|cell| {
        let span = if (cell.column_span, cell.row_span) == (1, 1) {
            String::new()
        } else {
            format!("[{}x{}]", cell.column_span, cell.row_span)
        };
        format!("{}{span}:{}", cell.column, cell.text.replace('\n', "⏎"))
    });
    cells.collect::<Vec<_>>().join(" | ")
}
