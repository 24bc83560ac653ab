use std::collections::BTreeMap;

use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
    normalise::Folded,
};

use crate::{Audit, Sink, declare_rule, lexicon::WORDING, wording};

declare_rule! {
    pub static PHRASE_SLIPPED = {
        code: "MZ9013",
        name: "phrase-slipped",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-06"],
        page: "phrase_slipped.md",
        check: check,
    };
}

/// Characters that must agree before the one that differs; with fewer, templates differ where they are meant to.
const CONTEXT: usize = 10;

/// A text prepared for comparing.
struct Line<'d> {
    text: &'d Text,
    folded: Folded,
    chars: Vec<char>,
}

/// One occurrence: line and position of the character after the context.
type At = (usize, usize);

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let lines: Vec<Line<'_>> = audit
        .disclosure
        .texts
        .iter()
        .filter(|text| matches!(text.kind, TextKind::Body | TextKind::Cell))
        .map(|text| {
            let folded = Folded::new(&text.text);
            let chars = folded.text.chars().collect();
            Line {
                text,
                folded,
                chars,
            }
        })
        .filter(|line: &Line<'_>| line.chars.len() > CONTEXT)
        .collect();
    let mut contexts: BTreeMap<&[char], BTreeMap<char, Vec<At>>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        for (start, context) in line.chars.windows(CONTEXT).enumerate() {
            let at = start + CONTEXT;
            let Some(next) = line.chars.get(at).filter(|c| wording::is_han(**c)) else {
                continue;
            };
            if context
                .iter()
                .all(|c| wording::is_han(*c) || matches!(c, ',' | '、' | '"'))
            {
                contexts
                    .entry(context)
                    .or_default()
                    .entry(*next)
                    .or_default()
                    .push((i, at));
            }
        }
    }
    sink.checked(contexts.len());
    let mut reported = Vec::new();
    for continuations in contexts.values() {
        if let Some((odd, usual)) = slip(&lines, continuations)
            && !reported.contains(&odd)
        {
            reported.push(odd);
            report(sink, &lines, odd, usual);
        }
    }
}

/// Exactly two continuations, one of them once, that differ in one character and then agree again (or both end).
fn slip(lines: &[Line<'_>], continuations: &BTreeMap<char, Vec<At>>) -> Option<(At, At)> {
    let mut sides: Vec<(&char, &Vec<At>)> = continuations.iter().collect();
    sides.sort_by_key(|(_, places)| places.len());
    let [(a, odd), (b, usual)] = sides.as_slice() else {
        return None;
    };
    let &[odd_at] = odd.as_slice() else {
        return None;
    };
    if WORDING.contrast.is_meant(**a, **b) {
        return None;
    }
    let usual_at = usual.iter().find(|at| agree_after(lines, odd_at, **at))?;
    // Of two single occurrences neither is the odd one; the earlier is named first.
    Some(if usual.len() == 1 && *usual_at < odd_at {
        (*usual_at, odd_at)
    } else {
        (odd_at, *usual_at)
    })
}

fn agree_after(lines: &[Line<'_>], a: At, b: At) -> bool {
    let rest = |(line, at): At| {
        lines
            .get(line)
            .and_then(|line| line.chars.get(at + 1..))
            .unwrap_or_default()
    };
    let (a, b) = (rest(a), rest(b));
    let ends = |rest: &[char]| {
        rest.first()
            .is_none_or(|c| wording::ends_clause(*c) && *c != '、')
    };
    (ends(a) && ends(b)) || a.iter().zip(b).take(3).filter(|(x, y)| x == y).count() == 3
}

fn report(sink: &mut Sink, lines: &[Line<'_>], odd: At, usual: At) {
    let place = |(line, at): At| {
        let line = lines.get(line)?;
        let source = line.folded.source_range(at.saturating_sub(5), at + 1);
        Some(wording::part(
            line.text,
            wording::byte_range(&line.text.text, source),
        ))
    };
    let (Some(first), Some(second)) = (place(odd), place(usual)) else {
        return;
    };
    // A listed slip is reported as such, once.
    if WORDING
        .confusions
        .iter()
        .any(|c| first.quote.contains(&c.wrong) || second.quote.contains(&c.wrong))
    {
        return;
    }
    let message = format!(
        "同一说法两处只差一字：“{}”与“{}”",
        first.quote, second.quote
    );
    let message_en = format!(
        "one phrase differs by a single character in two places: “{}” and “{}”",
        first.quote, second.quote
    );
    sink.broken(&first, message, message_en)
        .also(&second)
        .advice("核对哪一处是误写");
}
