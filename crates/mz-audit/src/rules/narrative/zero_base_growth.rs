use mz_budget::finding::Severity;

use crate::{Audit, Sink, claim_groups, declare_rule};

declare_rule! {
    pub static ZERO_BASE_GROWTH = {
        code: "MZ4008",
        name: "zero-base-growth",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-06"],
        page: "zero_base_growth.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let (Some(growth), Some(change)) = (group.growth, group.change) else {
            continue;
        };
        let Some(percent) = claim_groups::percent(growth) else {
            continue;
        };
        let Some(moved) = claim_groups::signed_change(change, audit.unit_slack()) else {
            continue;
        };
        let amounts = audit.amounts(group.subject, group.stage, group.amount);
        let Some(amount) = amounts.first() else {
            continue;
        };
        // All of this year's money is new, to the last printed digit.
        let from_nothing = moved.is_positive() && amount.interval.middle() == moved.middle();
        if !from_nothing {
            sink.held([&growth.place]);
            continue;
        }
        sink.checked(1);
        let words = group.words();
        sink.broken(
            &growth.place,
            format!(
                "{words}上年为 0（本年 {}，增加 {}），增减幅度 {percent}% 无从计算",
                amount.printed,
                crate::candidates::printed(change)
            ),
            format!("{words} was zero last year; a growth rate of {percent}% cannot be computed"),
        )
        .also(&change.place)
        .advice("上年为 0 时只写增加额，并注明上年未安排、不可比。");
    }
}
