use mz_budget::{
    disclosure::{Claim, ClaimValue, Measure},
    finding::{Severity, Suspect},
    money::{Decimal, PrintedMoney},
};

use super::enumeration::{self, Enumeration};
use crate::{
    Audit, Sink, candidates::printed, claim_groups, declare_rule, interval::Interval, print,
};

declare_rule! {
    pub static AMOUNTS_MISS_TOTAL = {
        code: "MZ4006",
        name: "amounts-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-08", "GP-01", "AS-01", "AS-02"],
        page: "amounts_miss_total.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for list in enumeration::exhaustive(audit, &Measure::Amount) {
        let total = claim_groups::interval(list.total);
        let sum = list.sum(|part| written_short(&list, part));
        let (Some(sum), Some(total)) = (sum, total) else {
            continue;
        };
        if sum.meets(total) || !lists_unread(audit, &list, total.minus(sum)) {
            compare(audit, sink, &list, (sum, total));
        }
    }
}

/// The interval of a part. 116 beside 16.56 under a total of 474.56 is 116.00 written short, not rounded.
fn written_short(list: &Enumeration<'_>, part: &Claim) -> Option<Interval> {
    let decimals = |claim: &Claim| claim_groups::money(claim).map(|m| m.number.decimals);
    let whole = decimals(list.total);
    let is_mixed = list.parts.iter().any(|part| decimals(part) == whole);
    let (Some(whole), Some(money)) = (whole, claim_groups::money(part)) else {
        return claim_groups::interval(part);
    };
    let missing = whole.checked_sub(money.number.decimals);
    let Some(missing) = missing.filter(|n| *n > 0 && is_mixed) else {
        return claim_groups::interval(part);
    };
    let digits = 10_i64.checked_pow(u32::from(missing))?;
    let number = Decimal {
        digits: money.number.digits.checked_mul(digits)?,
        decimals: whole,
    };
    Interval::of(PrintedMoney { number, ..money })
}

/// Whether the parts fall short by a figure that stands in their section and was not understood: it is one of them.
fn lists_unread(audit: &Audit<'_>, list: &Enumeration<'_>, gap: Interval) -> bool {
    let first = &list.total.place;
    let last = list
        .parts
        .last()
        .map_or(first.block, |part| part.place.block);
    let mut unread = audit.disclosure.unproved.iter();
    unread.any(|unread| {
        let is_near = unread.place.section == first.section
            && (first.block..=last).contains(&unread.place.block);
        let amount = PrintedMoney::parse(&unread.number).and_then(Interval::of);
        is_near && amount.is_some_and(|amount| amount.meets(gap))
    })
}

fn compare(
    audit: &Audit<'_>,
    sink: &mut Sink,
    list: &Enumeration<'_>,
    (sum, total): (Interval, Interval),
) {
    if sum.meets(total) {
        sink.held(
            list.parts
                .iter()
                .chain([&list.total])
                .map(|claim| &claim.place),
        );
        return;
    }
    sink.checked(1);
    report(audit, sink, list, (sum, total));
}

fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    list: &Enumeration<'_>,
    (sum, total): (Interval, Interval),
) {
    let is_money = matches!(list.total.value, ClaimValue::Money(_));
    let shown = |fen: i64| {
        if is_money {
            audit.money(fen)
        } else {
            print::quantity(fen, &list.total.value)
        }
    };
    let addends: Vec<String> = list
        .parts
        .iter()
        .map(|part| format!("{} {}", part.words, printed(part)))
        .collect();
    let difference = total.difference(sum);
    let words = &list.total.words;
    let mut finding = sink
        .broken(
            &list.total.place,
            format!(
                "{words} {}，所列 {} 项合计 {}，相差 {}：{}",
                printed(list.total),
                list.parts.len(),
                shown(sum.middle()),
                shown(difference.0.abs()),
                addends.join("，")
            ),
            format!(
                "{words} is {}, but its {} listed parts add up to {}",
                printed(list.total),
                list.parts.len(),
                shown(sum.middle())
            ),
        )
        .side(words.clone(), printed(list.total), None)
        .side("所列各项合计", shown(sum.middle()), None)
        .also_all(list.parts.iter().map(|part| &part.place));
    if is_money {
        finding = finding.difference(difference);
    }
    finding = finding.suspect(Suspect {
        place: list.total.place.clone(),
        printed: printed(list.total),
        implied: Some(shown(sum.middle())),
    });
    for part in &list.parts {
        let implied = claim_groups::interval(part).map(|i| i.plus(total).minus(sum).middle());
        finding = finding.suspect(Suspect {
            place: part.place.clone(),
            printed: printed(part),
            implied: implied.filter(|fen| *fen >= 0).map(shown),
        });
    }
}
