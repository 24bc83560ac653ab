//! Which paragraphs are read, and which of them are one: wrapped lines, items after a semicolon, page numbers between.

use mz_budget::{
    disclosure::{Disclosure, ReadingProblem, TextKind},
    normalise::name,
};
use mz_document::Document;

use super::source::{Passage, text_of};
use crate::outline::shape;

/// Longest passage read, in characters; the work on one passage grows faster than its length. The longest paragraphs of
/// published documents have a few thousand.
const LONGEST: usize = 10_000;

/// The passages of the body, in order; what is too long to be read is reported as a problem.
pub(super) fn passages<'d>(
    document: &'d Document,
    disclosure: &mut Disclosure,
) -> Vec<Passage<'d>> {
    let mut out: Vec<Passage<'d>> = Vec::new();
    let mut cut = Vec::new();
    let mut is_open = false;
    for text in &disclosure.texts {
        let is_note = text.kind == TextKind::Caption && is_note(&text.text);
        if text.kind == TextKind::Contents || (text.kind != TextKind::Body && !is_note) {
            // A heading or a table ends what stands before it.
            is_open = false;
            continue;
        }
        let Some(block) = document.blocks.get(text.place.block) else {
            continue;
        };
        let Some(printed) = text_of(block) else {
            continue;
        };
        if is_page_number(printed) {
            continue;
        }
        let end = printed.char_indices().nth(LONGEST).map(|(end, _)| end);
        let printed = printed
            .get(..end.unwrap_or(printed.len()))
            .unwrap_or(printed);
        if end.is_some() {
            cut.push(ReadingProblem {
                name: "paragraph-too-long".to_owned(),
                message: format!("段落超过 {LONGEST} 字，只读了开头部分"),
                place: text.place.clone(),
            });
        }
        let has_room = out.last().is_none_or(|last| last.chars.len() < LONGEST);
        let joins = is_open && has_room && !begins_anew(printed);
        let index = text.place.block;
        match out
            .last_mut()
            .filter(|last| joins && last.section == text.section)
        {
            Some(last) => last.push(index, block, printed),
            None => {
                let mut passage = Passage::default();
                passage.section = text.section;
                passage.push(index, block, printed);
                out.push(passage);
            }
        }
        is_open = out
            .last()
            .is_some_and(|p| is_unfinished(p.chars.last().copied()));
    }
    disclosure.problems.extend(cut);
    out.retain(|passage| !passage.chars.is_empty());
    out
}

/// A sentence that ends like this goes on in the next line.
fn is_unfinished(last: Option<char>) -> bool {
    match last {
        Some('。' | ':' | '!' | '?') | None => false,
        Some(';' | ',' | '、' | '(' | '"') => true,
        Some(_) => true,
    }
}

/// A line that begins like this is no continuation: numbering, or a label with a colon near its front.
fn begins_anew(text: &str) -> bool {
    if shape::has_numbering(text) {
        return true;
    }
    let front: String = text.trim_start().chars().take(14).collect();
    front.contains(['：', ':'])
}

fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '—' | '–' | '第' | '页' | '共' | '/')
    });
    !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

fn is_note(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '。' | '，'))
        || ["注", "备注", "说明"]
            .iter()
            .any(|w| text.trim_start().starts_with(w))
}

/// The name an item of a list begins with: what stands between its numbering and its amount, in comparison form.
pub(super) fn item_name(passage: &Passage<'_>) -> Option<String> {
    let whole = passage.printed(0, passage.chars.len());
    let rest = mz_budget::normalise::strip_numbering(&whole).to_owned();
    let folded = name(&rest);
    let unit = folded.find("万元").or_else(|| folded.find('元'))?;
    let head = folded.get(..unit)?;
    let bare = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    (!bare.is_empty() && bare.len() < head.len()).then(|| bare.to_owned())
}
