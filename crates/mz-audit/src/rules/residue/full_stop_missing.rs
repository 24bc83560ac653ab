use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
    normalise,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static FULL_STOP_MISSING = {
        code: "MZ9102",
        name: "full-stop-missing",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["punctuation-15834"],
        checks: &["FM-10"],
        page: "full_stop_missing.md",
        check: check,
    };
}

/// Fewer finished sentences than this say nothing of a document's style.
const LEAST_FINISHED: usize = 5;
/// Characters of the end that are quoted.
const N_QUOTED: usize = 14;

/// A paragraph that gives a figure or a reason and stops without a mark, right before a heading or a numbered item, in a
/// document whose paragraphs end in full stops.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let texts = &audit.disclosure.texts;
    let (mut n_finished, mut open) = (0, Vec::new());
    for (i, text) in texts.iter().enumerate().filter(|(_, t)| states(t)) {
        let end = text.text.trim_end().chars().next_back();
        if end == Some('。') {
            n_finished += 1;
        } else if end.is_some_and(wording::is_han) && ends_here(texts.get(i + 1)) {
            open.push(text);
        }
    }
    sink.checked(n_finished + open.len());
    if n_finished < LEAST_FINISHED || n_finished < 4 * open.len() {
        return;
    }
    for text in open {
        let body = text.text.trim_end();
        let n = body.chars().count();
        let range = wording::byte_range(body, (n.saturating_sub(N_QUOTED), n));
        let place = wording::part(text, range);
        sink.broken(
            &place,
            format!("“{}”之后缺句号", place.quote),
            format!("no full stop follows “{}”", place.quote),
        );
    }
}

/// A paragraph that gives a figure or a reason.
fn states(text: &Text) -> bool {
    text.kind == TextKind::Body
        && text.section.is_some()
        && text.text.chars().count() >= N_QUOTED
        && (text.text.contains("原因是")
            || text.text.trim_end().ends_with("万元")
            || text.text.contains("万元，"))
}

/// What follows shows that the paragraph is over: a heading, or the next numbered item.
fn ends_here(next: Option<&Text>) -> bool {
    next.is_some_and(|next| match next.kind {
        TextKind::Heading => true,
        TextKind::Body => {
            normalise::strip_numbering(&next.text).len() < next.text.trim_start().len()
        }
        _ => false,
    })
}
