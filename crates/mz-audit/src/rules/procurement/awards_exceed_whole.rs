use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Text, TextKind},
    finding::Severity,
    money::{Decimal, Fen, MoneyUnit, PrintedMoney},
    place::Place,
};
use serde::Deserialize;

use super::facts;
use crate::{Audit, Sink, declare_rule, lexicon, pattern::Pattern, wording};

declare_rule! {
    pub static AWARDS_EXCEED_WHOLE = {
        code: "MZ7200",
        name: "awards-exceed-whole",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["sme-procurement-2020-46"],
        checks: &["GP-02"],
        page: "awards_exceed_whole.md",
        check: check,
    };
}

/// How awards to small enterprises are worded; the amount is the group `at`.
#[derive(Deserialize)]
struct Awards {
    reserved: Vec<String>,
    other: Vec<String>,
}

static WORDS: LazyLock<Awards> = LazyLock::new(|| lexicon::load("rules/awards.toml"));

static RESERVED: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| WORDS.reserved.iter().map(|p| Pattern::known(p)).collect());
static OTHER: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| WORDS.other.iter().map(|p| Pattern::known(p)).collect());

/// What was awarded from reserved purchases and what from others are parts of all purchases.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some((whole, whole_fen)) = facts::money(audit.disclosure, "procurement") else {
        return;
    };
    for text in wording::texts(audit.disclosure, &[TextKind::Body]) {
        let (Some((reserved_at, reserved)), Some((other_at, other))) =
            (award(text, &RESERVED), award(text, &OTHER))
        else {
            continue;
        };
        let sum = reserved + other;
        // Each figure is rounded by itself.
        let slack = audit.unit_slack() * 3;
        if sum <= whole_fen.0 + slack {
            sink.held([&whole.place, &reserved_at, &other_at]);
            continue;
        }
        sink.checked(1);
        sink.broken(
            &other_at,
            format!(
                "授予中小企业的采购金额合计 {}（预留项目 {} 与其他项目 {}），超过政府采购总额 {}",
                audit.money(sum),
                audit.money(reserved),
                audit.money(other),
                facts::printed(whole)
            ),
            format!(
                "awards to small enterprises add up to {}, more than all purchases, {}",
                audit.money(sum),
                facts::printed(whole)
            ),
        )
        .also(&reserved_at)
        .also(&whole.place)
        .side("授予中小企业", audit.money(sum), Some(Fen(sum)))
        .side("政府采购总额", facts::printed(whole), Some(whole_fen))
        .difference(Fen(sum - whole_fen.0));
    }
}

/// The amount a pattern names, in fen, and the clause it stands in.
fn award(text: &Text, patterns: &[Pattern]) -> Option<(Place, i64)> {
    patterns.iter().find_map(|pattern| {
        let found = pattern.captures(&text.text)?;
        let number = Decimal::parse(found.name("at")?.as_str())?;
        let money = PrintedMoney {
            number,
            unit: MoneyUnit::WanYuan,
        };
        let whole = found.get(0)?;
        let Fen(fen) = money.fen()?;
        Some((wording::part(text, whole.range()), fen))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_load() {
        assert!(!RESERVED.is_empty() && !OTHER.is_empty());
    }
}
