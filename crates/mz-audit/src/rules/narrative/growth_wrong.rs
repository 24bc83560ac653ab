use mz_budget::{
    cube::Slip,
    disclosure::{Claim, Direction},
    finding::{Severity, Suspect},
    money::Decimal,
    profile::narrative::direction_name,
};

use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
    interval::{percent_holds, percent_of},
    rates::Rate,
};

use super::growth_figures::{Figures, Reckoning, reckonings};

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
    match verdict(&reckonings, magnitude, false) {
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
    let Some(implied) = percent_of(first.size(), first.base, percent.decimals) else {
        return;
    };
    let against = moved_against(claim, first);
    let words = group.words();
    let reversed = group.change.is_some() && verdict(&reckonings, magnitude, true) == Some(true);
    let hint = if reversed {
        "；按相反方向计算恰好相符"
    } else {
        ""
    };
    let mut suspects = vec![Suspect {
        place: claim.place.clone(),
        printed: format!("{percent}%"),
        implied: Some(format!("{implied}%")),
    }];
    // A rate that is itself one slip away from the right one stays the first suspect.
    let is_slip = Slip::between(magnitude.digits, 1, implied.digits, 0).is_of_digits();
    let at = usize::from(is_slip);
    let rate = claim_groups::signed_growth(claim).and_then(Rate::of);
    if let (Some(figures), Some(rate), false) = (&first.figures, rate, reversed) {
        suspects.splice(at..at, figures.slipped(rate));
    }
    let prior = first.figures.as_ref().and_then(Figures::prior);
    sink.broken(
        &claim.place,
        format!(
            "{words}的增减幅度写为 {percent}%，按 {} 计算为{against} {implied}%{hint}",
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
    )
    .also_all(prior.and_then(|prior| prior.place))
    .suspects(suspects);
}

/// Whether some reckoning makes the rate right; `None` when there is none. The sign of the growth word is another rule's
/// business; here only the size is judged. `flip` takes every change the other way.
fn verdict(reckonings: &[Reckoning<'_>], magnitude: Decimal, flip: bool) -> Option<bool> {
    let verdicts: Vec<bool> = reckonings
        .iter()
        .filter_map(|r| {
            let base = if flip {
                r.base.plus(r.change).plus(r.change)
            } else {
                r.base
            };
            percent_holds(magnitude, r.size(), base)
        })
        .collect();
    (!verdicts.is_empty()).then(|| verdicts.contains(&true))
}

/// The word for the way the figures move, when it is not the word of the claim.
fn moved_against(claim: &Claim, reckoning: &Reckoning<'_>) -> &'static str {
    let said = claim_groups::signed_growth(claim).map_or(0, |signed| signed.digits.signum());
    match (said, reckoning.change.middle().signum()) {
        (1, -1) => direction_name(Direction::Down),
        (-1, 1) => direction_name(Direction::Up),
        _ => "",
    }
}
