use mz_budget::{finding::Severity, normalise};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static NUMBERING_BROKEN = {
        code: "MZ9036",
        name: "numbering-broken",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-11"],
        page: "numbering_broken.md",
        check: check,
    };
}

/// The number of a heading, when its numbering is Chinese numerals.
fn number(heading: &str) -> Option<u32> {
    let (numbering, _) = normalise::split_numbering(heading);
    let numerals: String = numbering
        .chars()
        .filter(|c| "一二三四五六七八九十".contains(*c))
        .collect();
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .and_then(|i| u32::try_from(i + 1).ok())
    };
    let (tens, ones) = match numerals.split_once('十') {
        None => (0, numerals.chars().next().and_then(digit)?),
        Some((tens, ones)) => (
            tens.chars().next().map_or(Some(1), digit)?,
            ones.chars().next().map_or(Some(0), digit)?,
        ),
    };
    Some(tens * 10 + ones)
}

/// Headings of one level under one parent count on by one.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut last: [Option<u32>; 8] = [None; 8];
    for section in audit
        .disclosure
        .sections
        .iter()
        .filter(|section| !section.in_contents)
    {
        let level = usize::from(section.level).min(last.len() - 1);
        for deeper in last.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let Some(n) = number(&section.heading) else {
            continue;
        };
        sink.checked(1);
        let before = last.get_mut(level).and_then(|slot| slot.replace(n));
        if let Some(before) = before
            && n != before + 1
            && n != 1
        {
            sink.broken(
                &wording::quoting(&section.place, &section.heading),
                format!(
                    "标题“{}”的序号不接上一个（{before} 之后是 {n}）",
                    section.heading
                ),
                format!(
                    "the heading “{}” is numbered {n} after {before}",
                    section.heading
                ),
            );
        }
    }
}
