use mz_budget::finding::{Severity, Suspect};

use crate::{
    Audit, Sink,
    candidates::printed,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

declare_rule! {
    pub static CHANGE_WRONG = {
        code: "MZ4022",
        name: "change-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["NA-03"],
        page: "change_wrong.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let Some(change) = group.change else { continue };
        // The statement that gives last year's amount beside this year's: same words, same sentence, another stage.
        let prior = audit.groups.iter().find(|other| {
            other.group == group.group
                && other.subject == group.subject
                && change.base.is_some_and(|base| base.stage() == other.stage)
        });
        if let Some(prior) = prior {
            one(audit, sink, group, prior);
        }
    }
}

fn one(audit: &Audit<'_>, sink: &mut Sink, group: &ClaimGroup<'_>, prior: &ClaimGroup<'_>) {
    let (Some(change), Some(now), Some(before)) = (group.change, group.amount, prior.amount) else {
        return;
    };
    let signed = claim_groups::signed_change(change, audit.unit_slack());
    let (Some(signed), Some(a), Some(b)) = (
        signed,
        claim_groups::interval(now),
        claim_groups::interval(before),
    ) else {
        return;
    };
    // One figure is not both years'; which year it is of, other rules ask.
    if now.place == before.place {
        return;
    }
    let difference = a.minus(b);
    if difference.meets(signed) {
        sink.held([&change.place, &now.place, &before.place]);
        return;
    }
    sink.checked(1);
    let words = group.words();
    let implied = audit.money(difference.middle());
    sink.broken(
        &change.place,
        format!(
            "{words}的增减额写为 {}，按 {} − {} 计算为 {implied}",
            printed(change),
            printed(now),
            printed(before)
        ),
        format!(
            "the change of {words} is printed as {}, but {} − {} gives {implied}",
            printed(change),
            printed(now),
            printed(before)
        ),
    )
    .side("文字", printed(change), None)
    .side("按两年金额计算", implied.clone(), None)
    .also(&now.place)
    .also(&before.place)
    .difference(signed.difference(difference))
    .suspect(Suspect {
        place: change.place.clone(),
        printed: printed(change),
        implied: Some(implied),
    });
}
