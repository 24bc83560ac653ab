use std::ops::Range;

use mz_budget::{disclosure::TextKind, finding::Severity, normalise};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static MARKS_UNBALANCED = {
        code: "MZ9020",
        name: "marks-unbalanced",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["punctuation-15834"],
        checks: &["FM-10"],
        page: "marks_unbalanced.md",
        check: check,
    };
}

/// Opening and closing forms; brackets of either width go together.
const PAIRS: [(&[char], &[char]); 4] = [
    (&['“'], &['”']),
    (&['《'], &['》']),
    (&['（', '('], &['）', ')']),
    (&['【'], &['】']),
];

/// The first mark without its partner. Numbering such as 1） has none by design.
fn lone(text: &str) -> Option<Range<usize>> {
    PAIRS.iter().find_map(|(opening, closing)| {
        let mut open: Option<Range<usize>> = None;
        let mut depth = 0_usize;
        for (at, c) in text.char_indices() {
            let range = at..at + c.len_utf8();
            if opening.contains(&c) {
                depth += 1;
                open = Some(range);
            } else if closing.contains(&c) {
                let numbers = text.get(..at).and_then(|head| head.chars().next_back());
                if depth == 0
                    && !numbers.is_some_and(|c| {
                        c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
                    })
                {
                    return Some(range);
                }
                depth = depth.saturating_sub(1);
            }
        }
        open.filter(|_| depth > 0)
    })
}

/// Whole sentences only: a line that was cut by a page is no evidence.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        if !text.text.trim_end().ends_with(['。', '；']) {
            continue;
        }
        sink.checked(1);
        let Some(range) = lone(&text.text) else {
            continue;
        };
        // The partner of a closing mark near the front may stand in the line a page or a frame cut off.
        let head = text.text.get(..range.start).unwrap_or_default();
        let closes = PAIRS.iter().any(|(_, closing)| {
            text.text
                .get(range.clone())
                .is_some_and(|m| m.starts_with(*closing))
        });
        let is_whole = head.contains(['。', '；', '“'])
            || normalise::strip_numbering(&text.text).len() < text.text.trim_start().len();
        if closes && !is_whole {
            continue;
        }
        let at = wording::chars_before(&text.text, range.start);
        let around = wording::byte_range(&text.text, (at.saturating_sub(6), at + 7));
        let mark = text.text.get(range).unwrap_or_default().to_owned();
        let place = wording::part(text, around);
        // A bracket may belong to numbering or a cut name; quotation marks only ever come in pairs.
        let severity = if matches!(mark.as_str(), "“" | "”") {
            Severity::Query
        } else {
            Severity::Info
        };
        sink.broken(
            &place,
            format!("“{}”中的“{mark}”不成对", place.quote),
            format!("the mark “{mark}” has no partner in “{}”", place.quote),
        )
        .severity(severity);
    }
}

#[cfg(test)]
mod tests {
    use super::lone;

    #[test]
    fn numbering_and_nested_marks_are_balanced() {
        assert_eq!(lone("1）开展“优秀《案例》”评选（含“十佳”(3 个)）。"), None);
        assert!(lone("开展优秀案例”活动。").is_some());
        assert!(lone("开展（含培训。").is_some());
    }
}
