use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
};

use crate::{
    Audit, Sink, declare_rule,
    lexicon::{BOUND, BoundCharacter},
    wording,
};

declare_rule! {
    pub static CHARACTER_STRANDED = {
        code: "MZ9012",
        name: "character-stranded",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-06"],
        page: "character_stranded.md",
        check: check,
    };
}

/// Sentences shorter than this are names and labels, which abbreviate freely.
const SENTENCE: usize = 24;

/// Whether the character at this position stands inside one of the words it lives in.
fn is_covered(chars: &[char], at: usize, bound: &BoundCharacter) -> bool {
    bound.words.iter().any(|word| {
        let word: Vec<char> = word.chars().collect();
        word.iter()
            .enumerate()
            .filter(|(_, c)| **c == bound.char)
            .any(|(offset, _)| {
                at.checked_sub(offset)
                    .and_then(|start| chars.get(start..start + word.len()))
                    .is_some_and(|window| window == word)
            })
    })
}

/// Running text: an ordinary paragraph, or a cell that holds sentences.
fn is_running(text: &Text) -> bool {
    match text.kind {
        TextKind::Body => true,
        TextKind::Cell => text.text.contains(['。', '；']) && text.text.contains('，'),
        _ => false,
    }
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for line in audit.lines.iter().filter(|line| is_running(line.text)) {
        let (text, folded, chars) = (line.text, &line.folded, line.chars.as_slice());
        if chars.len() < SENTENCE {
            continue;
        }
        for (at, c) in chars.iter().enumerate() {
            let Some(bound) = BOUND.characters.iter().find(|bound| bound.char == *c) else {
                continue;
            };
            sink.checked(1);
            // A neighbor that is no Chinese character may hide the rest of the word (a page break, a number).
            let han = |i: Option<usize>| {
                i.and_then(|i| chars.get(i))
                    .is_some_and(|c| wording::is_han(*c))
            };
            if is_covered(chars, at, bound) || !han(at.checked_sub(1)) || !han(Some(at + 1)) {
                continue;
            }
            let start = at.saturating_sub(2);
            let end = (at + 3).min(chars.len());
            let range = wording::byte_range(&text.text, folded.source_range(start, end));
            let place = wording::part(text, range);
            let message = format!("“{}”中的“{c}”不成词，疑有漏字或错字", place.quote);
            let message_en = format!(
                "“{c}” in “{}” belongs to no word; a character may be missing",
                place.quote
            );
            sink.broken(&place, message, message_en);
        }
    }
}
