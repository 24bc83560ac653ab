//! Rules that look for a written pattern: one finding a text, with every hit as a place.

use std::ops::Range;

use mz_budget::disclosure::{Text, TextKind};

use crate::{
    Audit, Sink,
    pattern::Pattern,
    wording::{self, is_han},
};

/// What a pattern rule says of its hits.
pub(super) struct Wording {
    /// Chinese, before the quotes.
    pub(super) zh: &'static str,
    /// English, before the quotes.
    pub(super) en: &'static str,
    /// What to do.
    pub(super) advice: &'static str,
}

/// Characters of the neighborhood that are quoted with a hit, so that a reader knows it again.
const N_AROUND: usize = 8;

/// The hit with the characters next to it that are of its clause.
fn around<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let (head, tail) = (
        text.get(..range.start).unwrap_or(""),
        text.get(range.end..).unwrap_or(""),
    );
    let before = head.chars().rev().take(N_AROUND);
    let before: usize = before.take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let behind = tail.chars().take(N_AROUND);
    let behind: usize = behind.take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let wide = text.get(range.start - before..range.end + behind);
    wide.unwrap_or("").trim()
}

/// Reports every text of the wanted kinds in which the pattern occurs.
pub(super) fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    pattern: &Pattern,
    wanted: impl Fn(TextKind) -> bool,
    wording: &Wording,
) {
    for line in audit.lines.iter().filter(|line| wanted(line.text.kind)) {
        sink.checked(1);
        if line.may_hold(pattern) {
            let ranges = wording::hits_in(pattern, &line.text.text);
            report_ranges(sink, line.text, &ranges, wording);
        }
    }
}

/// Reports every text of the wanted kinds in which there are hits.
pub(super) fn report_hits(
    audit: &Audit<'_>,
    sink: &mut Sink,
    hits: impl Fn(&str) -> Vec<Range<usize>>,
    wanted: impl Fn(TextKind) -> bool,
    wording: &Wording,
) {
    for text in audit
        .disclosure
        .texts
        .iter()
        .filter(|text| wanted(text.kind))
    {
        sink.checked(1);
        report_ranges(sink, text, &hits(&text.text), wording);
    }
}

/// Reports the hits of one text, when there are any.
pub(super) fn report_ranges(
    sink: &mut Sink,
    text: &Text,
    ranges: &[Range<usize>],
    wording: &Wording,
) {
    if ranges.is_empty() {
        return;
    }
    let quotes: Vec<&str> = ranges
        .iter()
        .map(|range| around(&text.text, range))
        .collect();
    let places: Vec<_> = ranges
        .iter()
        .map(|range| wording::part(text, range.clone()))
        .collect();
    let list = wording::quoted_list(&quotes, 4);
    let Some((first, others)) = places.split_first() else {
        return;
    };
    sink.broken(
        first,
        format!("{}{list}", wording.zh),
        format!("{}: {list}", wording.en),
    )
    .also_all(others)
    .advice(wording.advice);
}
