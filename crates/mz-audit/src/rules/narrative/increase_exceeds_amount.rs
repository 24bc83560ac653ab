use mz_budget::{
    disclosure::{Direction, Measure},
    finding::Severity,
};

use crate::{Audit, Sink, candidates::printed, claim_groups, declare_rule};

declare_rule! {
    pub static INCREASE_EXCEEDS_AMOUNT = {
        code: "MZ4021",
        name: "increase-exceeds-amount",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["NA-03"],
        page: "increase_exceeds_amount.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let Some(claim) = group
            .change
            .filter(|claim| claim.measure == Measure::Change)
        else {
            continue;
        };
        if claim.direction != Some(Direction::Up) {
            continue;
        }
        let Some(change) = claim_groups::interval(claim) else {
            continue;
        };
        let amounts = audit.amounts(group.subject, group.stage, group.amount);
        let Some(first) = amounts.first() else {
            continue;
        };
        if amounts
            .iter()
            .any(|amount| change.low <= amount.interval.high)
        {
            sink.held([&claim.place]);
            continue;
        }
        sink.checked(1);
        let words = group.words();
        let more = printed(claim);
        sink.broken(
            &claim.place,
            format!(
                "{words}比上年增加 {more}，大于本年的 {}，上年数成了负数",
                first.printed
            ),
            format!(
                "{words} is said to grow by {more}, which is more than its whole amount of {}",
                first.printed
            ),
        )
        .also_all(first.place)
        .difference(change.difference(first.interval));
    }
}
