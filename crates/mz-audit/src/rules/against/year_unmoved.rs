use std::collections::BTreeMap;

use mz_budget::{disclosure::TextKind, finding::Severity, place::Place};

use super::between::last_year;
use crate::{Audit, Line, Sink, declare_rule, wording, words};

declare_rule! {
    pub static YEAR_UNMOVED = {
        code: "MZ9400",
        name: "year-unmoved",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "year_unmoved.md",
        check: check,
    };
}

/// Shorter texts are labels.
const SHORTEST: usize = 10;

/// A sentence that spoke of its own year, and stands unchanged in the next year's document.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let body = |line: &&Line<'_>| line.is_one_of(&[TextKind::Body]) && line.chars.len() >= SHORTEST;
    for other in last_year(audit, sink) {
        let Some(year) = other.disclosure.year else {
            continue;
        };
        let own_year = format!("{year}年");
        let lines = words::lines(other.disclosure);
        let mut then: BTreeMap<&str, &Place> = BTreeMap::new();
        for line in lines.iter().filter(body) {
            for sentence in sentences(&line.folded.text) {
                then.entry(sentence).or_insert(&line.text.place);
            }
        }
        for line in audit.lines.iter().filter(body) {
            for sentence in sentences(&line.folded.text) {
                if !sentence.contains(&own_year) || is_dated(sentence) {
                    continue;
                }
                sink.checked(1);
                let Some(place) = then.get(sentence) else {
                    continue;
                };
                let Some(at) = line.text.text.find(&year.to_string()) else {
                    continue;
                };
                sink.broken(
                    &wording::part(line.text, at..at + 4),
                    format!(
                        "“{}”与上年文件一字不差，年份仍是 {year} 年",
                        shown(sentence)
                    ),
                    format!(
                        "a sentence of last year's document stands unchanged, still saying {year}"
                    ),
                )
                .also(&other.at(place))
                .advice("核对年份和内容是否应更新");
            }
        }
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', ';'])
        .filter(|s| s.chars().count() >= SHORTEST)
}

/// Documents with numbers, history and comparisons keep their years.
fn is_dated(sentence: &str) -> bool {
    const WORDS: [&str; 9] = [
        "》", "号", "自20", "从20", "比20", "较20", "上年", "以来", "成立",
    ];
    WORDS.iter().any(|word| sentence.contains(word))
}

fn shown(sentence: &str) -> String {
    sentence.chars().take(30).collect()
}
