use mz_budget::{
    disclosure::{Base, Direction},
    finding::{Severity, Suspect},
    money::Decimal,
};

use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
    interval::{Interval, percent_holds, percent_of},
};

declare_rule! {
    pub static GROWTH_WRONG = {
        code: "MZ4002",
        name: "growth-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-03"],
        page: "growth_wrong.md",
        check: check,
    };
}

/// A change and the base it is measured against.
struct Reckoning {
    change: Interval,
    base: Interval,
    shown: String,
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let Some(claim) = group.growth else { continue };
        let Some(percent) = claim_groups::percent(claim) else {
            continue;
        };
        one(audit, sink, group, percent);
    }
}

fn one<'a>(audit: &Audit<'a>, sink: &mut Sink, group: &ClaimGroup<'a>, percent: Decimal) {
    let Some(claim) = group.growth else { return };
    let reckonings = reckonings(audit, group);
    let magnitude = Decimal {
        digits: percent.digits.abs(),
        ..percent
    };
    let verdict = |flip: bool| {
        let verdicts: Vec<bool> = reckonings
            .iter()
            .filter_map(|r| {
                // The sign of the growth word is another rule's business; here only the size is judged.
                let base = if flip {
                    r.base.plus(r.change).plus(r.change)
                } else {
                    r.base
                };
                let size = if r.change.middle() < 0 {
                    r.change.negated()
                } else {
                    r.change
                };
                percent_holds(magnitude, size, base)
            })
            .collect();
        (!verdicts.is_empty()).then(|| verdicts.contains(&true))
    };
    match verdict(false) {
        None => return,
        Some(true) => {
            sink.held(
                [Some(&claim.place), group.change.map(|c| &c.place)]
                    .into_iter()
                    .flatten(),
            );
            return;
        }
        Some(false) => sink.checked(1),
    }
    let Some(first) = reckonings.iter().find(|r| r.base.is_positive()) else {
        return;
    };
    let size = if first.change.middle() < 0 {
        first.change.negated()
    } else {
        first.change
    };
    let Some(implied) = percent_of(size, first.base, percent.decimals) else {
        return;
    };
    let words = group.words();
    let reversed = group.change.is_some() && verdict(true) == Some(true);
    let hint = if reversed {
        "；按相反方向计算恰好相符"
    } else {
        ""
    };
    let finding = sink
        .broken(
            &claim.place,
            format!(
                "{words}的增减幅度写为 {percent}%，按 {} 计算为 {implied}%{hint}",
                first.shown
            ),
            format!(
                "the growth rate of {words} is printed as {percent}%, but {} gives {implied}%",
                first.shown
            ),
        )
        .side("文字", format!("{percent}%"), None)
        .side("按金额计算", format!("{implied}%"), None)
        .also_all(
            [group.change, group.amount]
                .into_iter()
                .flatten()
                .map(|claim| &claim.place),
        );
    finding.suspect(Suspect {
        place: claim.place.clone(),
        printed: format!("{percent}%"),
        implied: Some(format!("{implied}%")),
    });
}

/// Every way the figures of the document give the change and its base.
fn reckonings(audit: &Audit<'_>, group: &ClaimGroup<'_>) -> Vec<Reckoning> {
    let amounts = audit.amounts(group.subject, group.stage, group.amount);
    let mut found = Vec::new();
    for (change, claim) in audit.changes(group) {
        for amount in &amounts {
            let base = amount.interval.minus(change);
            let sign = if change.middle() < 0 { "+" } else { "−" };
            let printed = crate::candidates::printed(claim);
            found.push(Reckoning {
                change,
                base,
                shown: format!("{printed} ÷（{} {sign} {printed}）", amount.printed),
            });
        }
    }
    if group.change.is_none()
        && let Some(stage) = group.growth.and_then(|c| c.base).map(Base::stage)
    {
        for prior in audit.amounts(group.subject, stage, None) {
            for amount in &amounts {
                found.push(Reckoning {
                    change: amount.interval.minus(prior.interval),
                    base: prior.interval,
                    shown: format!(
                        "（{} − {}）÷ {}",
                        amount.printed, prior.printed, prior.printed
                    ),
                });
            }
        }
    }
    if group.direction() == Some(Direction::Level) && found.is_empty() {
        found.push(Reckoning {
            change: Interval::ZERO,
            base: Interval { low: 1, high: 1 },
            shown: "持平".into(),
        });
    }
    found
}
