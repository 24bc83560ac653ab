//! What was understood, one line a figure. UTF-8 with a byte-order mark, because spreadsheets on Chinese systems take
//! anything else for GBK; text that a spreadsheet would run as a formula gets an apostrophe.

use mz_document::is_formula_like;

use super::{
    Understood,
    record::{self, Record},
};
use crate::lang::Lang;

/// Renders it.
pub fn render(understood: &Understood<'_>, lang: Lang) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let failed = |error: csv::Error| error.to_string();
    let header = [
        "kind", "page", "line", "label", "stage", "subject", "measure", "printed", "fen", "quote",
        "note",
    ];
    writer.write_record(header).map_err(failed)?;
    for record in record::all(understood.disclosure, lang) {
        writer
            .write_record(fields(&record).map(harmless))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

fn fields(record: &Record<'_>) -> [String; 11] {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    [
        record.kind.to_owned(),
        number(record.place.page),
        number(record.place.line),
        record.label.clone(),
        record.stage.to_owned(),
        record.subject.clone(),
        record.measure.clone(),
        record.printed.clone(),
        record.fen.map(|fen| fen.to_string()).unwrap_or_default(),
        record.place.quote.clone(),
        record.note.clone(),
    ]
}

fn harmless(field: String) -> String {
    if is_formula_like(&field) {
        format!("'{field}")
    } else {
        field
    }
}
