use mz_budget::{
    disclosure::{Base, Claim, Direction},
    finding::Severity,
    profile::narrative::direction_name,
};

use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

declare_rule! {
    pub static DIRECTION_CONTRADICTED = {
        code: "MZ4003",
        name: "direction-contradicted",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-04"],
        page: "direction_contradicted.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        if let (Some(change), Some(growth)) = (group.change, group.growth) {
            words_agree(sink, group, change, growth);
        }
        for claim in [group.change, group.growth].into_iter().flatten() {
            tables_agree(audit, sink, group, claim);
        }
    }
}

/// 增加 X 万元，下降 Y%.
fn words_agree(sink: &mut Sink, group: &ClaimGroup<'_>, change: &Claim, growth: &Claim) {
    let (Some(a), Some(b)) = (change.direction, growth.direction) else {
        return;
    };
    let nothing = claim_groups::interval(change).is_some_and(|i| i.may_be_zero());
    if a == b || nothing {
        sink.held([&change.place]);
        return;
    }
    sink.checked(1);
    let words = group.words();
    sink.broken(
        &growth.place,
        format!(
            "{words}的金额写“{}”，幅度却写“{}”：{} 与 {}",
            direction_name(a),
            direction_name(b),
            crate::candidates::printed(change),
            crate::candidates::printed(growth)
        ),
        format!("the amount and the rate of {words} change in opposite directions"),
    )
    .also(&change.place);
}

/// The word against both years' figures in the tables.
fn tables_agree(audit: &Audit<'_>, sink: &mut Sink, group: &ClaimGroup<'_>, claim: &Claim) {
    let Some(direction) = claim.direction else {
        return;
    };
    // 与预算持平 can be told from the two figures of the sentence; 与上年持平 is a matter of other rules.
    let is_budget = matches!(claim.base, Some(Base::InitialBudget | Base::AdjustedBudget));
    let roughly = claim.place.quote.contains("基本");
    if direction == Direction::Level && (!is_budget || roughly) {
        return;
    }
    let Some(base) = claim.base.map(Base::stage) else {
        return;
    };
    let mut prior = audit.amounts(group.subject, base, None).into_iter();
    let mut current = audit.amounts(group.subject, group.stage, None).into_iter();
    let (Some(prior), Some(current)) = (prior.next(), current.next()) else {
        return;
    };
    let moved = current.interval.minus(prior.interval);
    let right = match direction {
        Direction::Up => !moved.is_negative(),
        Direction::Down => !moved.is_positive(),
        Direction::Level => moved.may_be_zero(),
    };
    if right {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    let words = group.words();
    let apart = match prior.money.or(current.money) {
        Some(money) => audit.money_beside(moved.middle(), money),
        None => audit.money(moved.middle()),
    };
    sink.broken(
        &claim.place,
        format!(
            "{words}文字写“{}”，数据由 {} 变为 {}，相差 {}",
            direction_name(direction),
            prior.printed,
            current.printed,
            apart
        ),
        format!(
            "{words} is said to move the other way than from {} to {}",
            prior.printed, current.printed
        ),
    )
    .also_all([prior.place, current.place].into_iter().flatten())
    .difference(current.interval.difference(prior.interval));
}
