//! Telling a blank form from a document: placeholders everywhere, and no figure in any table.

use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Disclosure, TextKind},
    place::Place,
};

use crate::{Line, lexicon::RESIDUE, pattern::Pattern, wording};

/// Fewer texts with placeholders are residues in a document.
const LEAST: usize = 12;

static PATTERN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&RESIDUE.placeholder.patterns));

/// A blank form.
#[derive(Clone, Debug)]
pub struct Template {
    /// Number of texts with placeholders.
    pub n_placeholders: usize,
    /// The first of them.
    pub place: Place,
}

/// The blank form a document is, when it is one.
pub(crate) fn of(disclosure: &Disclosure, lines: &[Line<'_>]) -> Option<Template> {
    if disclosure.tables.iter().any(|table| table.n_values > 0) {
        return None;
    }
    let hits = wording::hits(lines, &PATTERN, |kind| kind != TextKind::Contents);
    let (text, ranges) = hits.first()?;
    let place = wording::part(text, ranges.first()?.clone());
    (hits.len() >= LEAST).then_some(Template {
        n_placeholders: hits.len(),
        place,
    })
}
