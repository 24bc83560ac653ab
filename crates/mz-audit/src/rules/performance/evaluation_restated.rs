use std::sync::LazyLock;

use mz_budget::{
    disclosure::{FormAmount, PerformanceTarget, Text, TextKind},
    finding::Severity,
    money::{Decimal, MoneyUnit, PrintedMoney},
    normalise,
    place::Place,
};
use serde::Deserialize;

use super::forms;
use crate::{
    Audit, Sink, declare_rule,
    interval::{Interval, percent_holds, percent_of, same_amount},
    lexicon,
    pattern::Pattern,
    wording,
};

declare_rule! {
    pub static EVALUATION_RESTATED = {
        code: "MZ6205",
        name: "evaluation-restated",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FA-05"],
        page: "evaluation_restated.md",
        check: check,
    };
}

/// How the narrative words a self-evaluation; the figure is the group `at`.
#[derive(Deserialize)]
struct Words {
    score: Vec<String>,
    budget: Vec<String>,
    spent: Vec<String>,
    rate: Vec<String>,
}

/// The four figures, in the order of [`Said`].
static PATTERNS: LazyLock<[Vec<Pattern>; 4]> = LazyLock::new(|| {
    let words: Words = lexicon::load("rules/evaluation.toml");
    [words.score, words.budget, words.spent, words.rate]
        .map(|all| all.iter().map(|one| Pattern::known(one)).collect())
});

/// A figure of the narrative with its clause.
type Said = Option<(Decimal, Place)>;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        if !text.text.contains("自评") {
            continue;
        }
        let [score, budget, spent, rate] = PATTERNS.each_ref().map(|all| said(text, all));
        completion(sink, [&budget, &spent, &rate]);
        let Some(target) = told_of(audit, text) else {
            continue;
        };
        let evaluation = &target.evaluation;
        let total = evaluation.total.as_ref();
        if let (Some((said, at)), Some((total, place))) = (&score, total) {
            sink.checked(1);
            if forms::compare(*said, *total) != Some(std::cmp::Ordering::Equal) {
                differs(
                    sink,
                    target,
                    "自评得分",
                    (&format!("{said} 分"), at),
                    (&format!("{total} 分"), place),
                );
            }
        }
        let adjusted = evaluation.adjusted.as_ref();
        amount(sink, target, "全年预算数", &budget, adjusted);
        amount(
            sink,
            target,
            "全年执行数",
            &spent,
            evaluation.spent.as_ref(),
        );
    }
}

/// The first figure a pattern names, when the text has only one.
fn said(text: &Text, patterns: &[Pattern]) -> Said {
    let mut found = Vec::new();
    for pattern in patterns {
        for captures in pattern.captures_iter(&text.text) {
            let number = Decimal::parse(captures.name("at")?.as_str())?;
            found.push((number, wording::part(text, captures.whole().range())));
        }
    }
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The project whose evaluation a paragraph tells: its name begins the paragraph.
fn told_of<'a>(audit: &'a Audit<'_>, text: &Text) -> Option<&'a PerformanceTarget> {
    let folded = normalise::name(&text.text);
    let plain = normalise::strip_numbering(&folded).trim_start_matches(['"', '“', '《']);
    let mut told = audit.disclosure.targets.iter().filter(|target| {
        let name = normalise::name(&target.project);
        name.chars().count() > 3 && plain.starts_with(&name)
    });
    let longest = told.next()?;
    let longest = told.fold(longest, |best, other| {
        if other.project.len() > best.project.len() {
            other
        } else {
            best
        }
    });
    Some(longest)
}

fn amount(
    sink: &mut Sink,
    target: &PerformanceTarget,
    what: &str,
    said: &Said,
    table: Option<&FormAmount>,
) {
    let (Some((number, at)), Some(form)) = (said, table) else {
        return;
    };
    let money = wan(*number);
    sink.checked(1);
    if !same_amount(money, form.money) {
        let (a, b) = (money.to_string(), form.money.to_string());
        differs(sink, target, what, (&a, at), (&b, &form.place));
    }
}

fn differs(
    sink: &mut Sink,
    target: &PerformanceTarget,
    what: &str,
    (said, at): (&str, &Place),
    (printed, place): (&str, &Place),
) {
    let name = &target.project;
    sink.broken(
        at,
        format!("“{name}”{what}文字写 {said}，自评表为 {printed}"),
        format!("“{name}”: {said} in the narrative, {printed} in the form"),
    )
    .side("文字", said, None)
    .side("自评表", printed, None)
    .also(place);
}

/// What the paragraph itself says of budget, outturn and rate.
fn completion(sink: &mut Sink, [budget, spent, rate]: [&Said; 3]) {
    let (Some((budget, _)), Some((spent, at)), Some((rate, place))) = (budget, spent, rate) else {
        return;
    };
    let of = |number: Decimal| Interval::of(wan(number));
    let (Some(part), Some(whole)) = (of(*spent), of(*budget)) else {
        return;
    };
    sink.checked(1);
    if percent_holds(*rate, part, whole) == Some(false)
        && let Some(implied) = percent_of(part, whole, rate.decimals)
    {
        sink.broken(
            place,
            format!(
                "完成预算写为 {rate}%，按 {} ÷ {} 计算为 {implied}%",
                wan(*spent),
                wan(*budget)
            ),
            format!("{rate}% is said, the figures give {implied}%"),
        )
        .side("文字", format!("{rate}%"), None)
        .side("按金额计算", format!("{implied}%"), None)
        .also(at);
    }
}

fn wan(number: Decimal) -> PrintedMoney {
    PrintedMoney {
        number,
        unit: MoneyUnit::WanYuan,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_load() {
        assert!(PATTERNS.iter().all(|all| !all.is_empty()));
    }
}
