use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
    place::Place,
};

use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE, pattern::Pattern, wording};

declare_rule! {
    pub static GRADES_MISS_COUNT = {
        code: "MZ6203",
        name: "grades-miss-count",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "grades_miss_count.md",
        check: check,
    };
}

static EVALUATED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&PERFORMANCE.evaluation.evaluated));
static GRADED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&PERFORMANCE.evaluation.graded));

/// Every project that evaluated itself has one grade.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        let evaluated = counts(text, &EVALUATED);
        let graded = counts(text, &GRADED);
        // Fewer than three grades are not the whole list.
        let ([(n, place)], true) = (evaluated.as_slice(), graded.len() >= 3) else {
            continue;
        };
        let sum: u32 = graded.iter().map(|(n, _)| *n).sum();
        if sum == *n {
            sink.held([place]);
            continue;
        }
        sink.checked(1);
        sink.broken(
            place,
            format!("绩效自评的项目 {n} 个，各评级的项目合计 {sum} 个"),
            format!("{n} projects evaluated themselves, {sum} have a grade"),
        )
        .side("自评项目", n.to_string(), None)
        .side("各评级合计", sum.to_string(), None)
        .also_all(graded.iter().map(|(_, place)| place));
    }
}

/// The counts a pattern names, each with its clause.
fn counts(text: &Text, pattern: &Pattern) -> Vec<(u32, Place)> {
    let found = pattern.captures_iter(&text.text);
    found
        .into_iter()
        .filter_map(|found| {
            let n = found.name("at")?.as_str().parse().ok()?;
            Some((n, wording::part(text, found.get(0)?.range())))
        })
        .collect()
}
