//! Places of a document as places of the budget's vocabulary.

use mz_budget::place::{Place, Rect};

/// A place in block `block`, with the words printed there.
pub(crate) fn place(at: &mz_document::Place, block: usize, quote: &str) -> Place {
    Place {
        file: at.file.clone(),
        page: at.page,
        line: at.line,
        sheet: at.sheet.clone(),
        cell: at.cell.map(|cell| cell.to_string().into()),
        quote: quote.to_owned(),
        block,
        rect: at.rect.map(|r| Rect {
            left: r.left,
            top: r.top,
            right: r.right,
            bottom: r.bottom,
        }),
        ..Place::default()
    }
}
