use mz_budget::{disclosure::TextKind, finding::Severity};

use crate::{Audit, Line, Sink, declare_rule, lexicon::WORDING, wording};

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

/// One occurrence: line and position of the character after the context.
type At = (usize, usize);

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let running = |line: &&Line<'_>| {
        line.is_one_of(&[TextKind::Body, TextKind::Cell]) && line.chars.len() > CONTEXT
    };
    let lines: Vec<&Line<'_>> = audit.lines.iter().filter(running).collect();
    // Occurrences of one context lie together once they are sorted by its hash.
    let mut occurrences: Vec<(u64, char, At)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let mut since_other = 0;
        let mut hash = 0_u64;
        for (at, c) in line.chars.iter().enumerate() {
            if since_other >= CONTEXT && wording::is_han(*c) {
                occurrences.push((hash, *c, (i, at)));
            }
            let belongs = wording::is_han(*c) || matches!(c, ',' | '、' | '"');
            since_other = if belongs { since_other + 1 } else { 0 };
            let before = at.checked_sub(CONTEXT).and_then(|i| line.chars.get(i));
            hash = roll(hash, before.copied(), *c);
        }
    }
    occurrences.sort_unstable();
    let (mut n_contexts, mut reported) = (0, Vec::new());
    for same in occurrences.chunk_by(|a, b| a.0 == b.0) {
        n_contexts += 1;
        if let Some((odd, usual)) = slip(&lines, same)
            && !reported.contains(&odd)
        {
            reported.push(odd);
            report(sink, &lines, odd, usual);
        }
    }
    sink.checked(n_contexts);
}

/// The hash of the last characters, moved on by one.
fn roll(hash: u64, gone: Option<char>, next: char) -> u64 {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let gone = u64::from(gone.map_or(0, u32::from));
    let weight = BASE.wrapping_pow(CONTEXT as u32);
    hash.wrapping_mul(BASE)
        .wrapping_add(u64::from(u32::from(next)))
        .wrapping_sub(gone.wrapping_mul(weight))
}

/// The characters before a position.
fn context<'l>(lines: &[&'l Line<'_>], (line, at): At) -> Option<&'l [char]> {
    lines.get(line)?.chars.get(at.checked_sub(CONTEXT)?..at)
}

/// Exactly two continuations, one of them once, that differ in one character and then agree again (or both end).
fn slip(lines: &[&Line<'_>], same: &[(u64, char, At)]) -> Option<(At, At)> {
    let mut sides: Vec<(char, Vec<At>)> = Vec::new();
    for continuation in same.chunk_by(|a, b| a.1 == b.1) {
        let at = continuation.iter().map(|(_, _, at)| *at).collect();
        sides.push((continuation.first()?.1, at));
    }
    sides.sort_by_key(|(_, places)| places.len());
    let [(a, odd), (b, usual)] = sides.as_slice() else {
        return None;
    };
    let &[odd_at] = odd.as_slice() else {
        return None;
    };
    // Equal hashes of unlike contexts are no slip.
    let is_same = |at: &At| context(lines, *at) == context(lines, odd_at);
    if !usual.iter().all(is_same) {
        return None;
    }
    if WORDING.contrast.is_meant(*a, *b) {
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

fn agree_after(lines: &[&Line<'_>], a: At, b: At) -> bool {
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

fn report(sink: &mut Sink, lines: &[&Line<'_>], odd: At, usual: At) {
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
