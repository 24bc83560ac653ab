use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Direction, Measure, TextKind},
    finding::Severity,
    profile::narrative::national,
};

use crate::{Audit, Sink, claim_groups, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static LEVEL_AND_DIRECTION_MIXED = {
        code: "MZ4018",
        name: "level-and-direction-mixed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-18"],
        page: "level_and_direction_mixed.md",
        check: check,
    };
}

/// A direction word and a level word side by side.
static MIXED: LazyLock<Pattern> = LazyLock::new(|| {
    let grammar = &national().grammar;
    let any = |words: &[&Vec<String>]| {
        let words: Vec<String> = words
            .iter()
            .copied()
            .flatten()
            .map(|word| crate::pattern::escape(word))
            .collect();
        format!("(?:{})", words.join("|"))
    };
    let (moving, level) = (any(&[&grammar.up, &grammar.down]), any(&[&grammar.level]));
    Pattern::known(&format!("{moving}{level}|{level}{moving}"))
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    figures(audit, sink);
    sink.checked(wording::texts(audit.disclosure, &[TextKind::Body]).count());
    for text in audit
        .texts_with(&MIXED)
        .filter(|text| text.kind == TextKind::Body)
    {
        for hit in MIXED.find_iter(&text.text) {
            let word = hit.as_str();
            sink.broken(
                &wording::part(text, hit.range()),
                format!("“{word}”把增减与持平写在一处，两者只能取一"),
                format!("“{word}” says both that a figure moved and that it did not"),
            );
        }
    }
}

/// 持平 with a change that is not zero.
fn figures(audit: &Audit<'_>, sink: &mut Sink) {
    for claim in &audit.disclosure.claims {
        let change = matches!(claim.measure, Measure::Change | Measure::Growth);
        if !change || claim.direction != Some(Direction::Level) {
            continue;
        }
        let moved = claim_groups::interval(claim).is_some_and(|i| i.middle() != 0)
            || claim_groups::percent(claim).is_some_and(|p| p.digits != 0);
        if !moved {
            sink.held([&claim.place]);
            continue;
        }
        sink.checked(1);
        sink.broken(
            &claim.place,
            format!(
                "{}写“持平”，又写变动 {}",
                claim.words,
                crate::candidates::printed(claim)
            ),
            format!("{} is said to be unchanged and to change", claim.words),
        );
    }
}
