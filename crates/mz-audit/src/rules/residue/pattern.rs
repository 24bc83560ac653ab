//! Rules that look for a written pattern: one finding a text, with every hit as a place.

use mz_budget::disclosure::TextKind;

use crate::{Audit, Sink, pattern::Pattern, wording};

/// What a pattern rule says of its hits.
pub(super) struct Wording {
    /// Chinese, before the quotes.
    pub(super) zh: &'static str,
    /// English, before the quotes.
    pub(super) en: &'static str,
    /// What to do.
    pub(super) advice: &'static str,
}

/// Reports every text of the wanted kinds in which the pattern occurs.
pub(super) fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    pattern: &Pattern,
    wanted: impl Fn(TextKind) -> bool,
    wording: &Wording,
) {
    sink.checked(
        audit
            .disclosure
            .texts
            .iter()
            .filter(|text| wanted(text.kind))
            .count(),
    );
    for (text, ranges) in wording::hits(audit.disclosure, pattern, &wanted) {
        let places: Vec<_> = ranges
            .into_iter()
            .map(|range| wording::part(text, range))
            .collect();
        let quotes: Vec<&str> = places.iter().map(|place| place.quote.as_str()).collect();
        let list = wording::quoted_list(&quotes, 4);
        let Some((first, others)) = places.split_first() else {
            continue;
        };
        let mut finding = sink.broken(
            first,
            format!("{}{list}", wording.zh),
            format!("{}: {list}", wording.en),
        );
        for place in others {
            finding = finding.also(place);
        }
        finding.advice(wording.advice);
    }
}
