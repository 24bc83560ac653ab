use std::collections::BTreeMap;

use mz_budget::{
    disclosure::{Base, Claim, ClaimValue, Direction, Measure, Stage, Subject},
    finding::Severity,
    money::{Decimal, Fen},
};

use crate::{Audit, Sink, candidates::printed, claim_groups, declare_rule, interval::same_amount};

declare_rule! {
    pub static SAME_CLAIM_DIFFERS = {
        code: "MZ4005",
        name: "same-claim-differs",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-09", "TN-23"],
        page: "same_claim_differs.md",
        check: check,
    };
}

/// What makes two claims statements about one and the same figure.
type Key<'a> = (
    &'a Subject,
    u8,
    Option<&'a Subject>,
    Stage,
    Option<u8>,
    Option<u16>,
    u8,
);

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut same: BTreeMap<Key<'_>, Vec<&Claim>> = BTreeMap::new();
    for claim in &audit.disclosure.claims {
        same.entry(key(audit, claim)).or_default().push(claim);
    }
    for claims in same.values().filter(|claims| claims.len() > 1) {
        compare(audit, sink, claims);
    }
}

fn key<'a>(audit: &Audit<'_>, claim: &'a Claim) -> Key<'a> {
    let (measure, of) = match &claim.measure {
        Measure::Amount => (0, None),
        Measure::Share { of } => (1, Some(of)),
        Measure::Change => (2, None),
        Measure::Growth => (3, None),
        Measure::Completion => (4, None),
    };
    let base = claim.base.map(|base| match base {
        Base::PriorBudget => 0,
        Base::PriorExecution => 1,
        Base::PriorFinal => 2,
        Base::InitialBudget => 3,
        Base::AdjustedBudget => 4,
    });
    let year = claim
        .year
        .filter(|year| Some(*year) != audit.disclosure.year);
    let side = side(claim);
    (&claim.subject, measure, of, claim.stage, base, year, side)
}

/// Revenue and expenditure balance in a budget; what came in and went out last year need not, so changes on what was
/// executed are two figures.
fn side(claim: &Claim) -> u8 {
    let is_executed = matches!(claim.base, Some(Base::PriorExecution | Base::PriorFinal));
    let sides = (claim.words.contains('收'), claim.words.contains('支'));
    match (is_executed, sides) {
        (true, (true, false)) => 1,
        (true, (false, true)) => 2,
        _ => 0,
    }
}

fn compare(audit: &Audit<'_>, sink: &mut Sink, claims: &[&Claim]) {
    let mut kinds: Vec<Vec<&Claim>> = Vec::new();
    for claim in claims {
        match kinds
            .iter_mut()
            .find(|kind| kind.iter().all(|other| agree(audit, other, claim)))
        {
            Some(kind) => kind.push(claim),
            None => kinds.push(vec![claim]),
        }
    }
    if let [only] = kinds.as_slice() {
        sink.held(only.iter().map(|claim| &claim.place));
        return;
    }
    sink.checked(1);
    kinds.sort_by_key(|kind| kind.len());
    let (Some(first), Some(second)) = (
        kinds.first().and_then(|k| k.first()),
        kinds.get(1).and_then(|k| k.first()),
    ) else {
        return;
    };
    let name = audit.name(&first.subject);
    let what = match first.measure {
        Measure::Amount if matches!(first.value, ClaimValue::Quantity { .. }) => "数量",
        Measure::Amount => "金额",
        Measure::Share { .. } => "占比",
        Measure::Change => "增减额",
        Measure::Growth => "增减幅度",
        Measure::Completion => "完成率",
    };
    let difference = difference(first, second);
    let shown = difference
        .zip(claim_groups::money(first))
        .map_or(String::new(), |(d, money)| {
            format!("，相差 {}", audit.money_beside(d.0.abs(), money))
        });
    let mut finding = sink
        .broken(
            &first.place,
            format!(
                "{name}的{what}前后不一致：{} 与 {}{shown}",
                said(first),
                said(second)
            ),
            format!(
                "{name} is given twice with different figures: {} and {}",
                said(first),
                said(second)
            ),
        )
        .side(name.clone(), said(first), None)
        .side(name, said(second), None)
        .also_all(kinds.iter().flatten().skip(1).map(|claim| &claim.place));
    if let Some(difference) = difference {
        finding = finding.difference(difference);
    }
    let _ = finding;
}

fn said(claim: &Claim) -> String {
    let direction = match (claim.direction, &claim.measure) {
        (Some(direction), Measure::Change | Measure::Growth) => {
            mz_budget::profile::narrative::direction_name(direction)
        }
        _ => "",
    };
    match claim.value {
        ClaimValue::None => direction.to_owned(),
        _ if direction.is_empty() => printed(claim),
        _ => format!("{direction} {}", printed(claim)),
    }
}

fn difference(a: &Claim, b: &Claim) -> Option<Fen> {
    let signed = |claim: &Claim| {
        let ClaimValue::Money(money) = claim.value else {
            return None;
        };
        let sign = if claim.direction == Some(Direction::Down) {
            -1
        } else {
            1
        };
        Some(money.fen()?.0 * sign)
    };
    Some(Fen(signed(a)?.checked_sub(signed(b)?)?))
}

/// Whether two statements of one figure can both be right.
fn agree(audit: &Audit<'_>, a: &Claim, b: &Claim) -> bool {
    let subject = &a.subject;
    let no_amount = |claim: &Claim| match &claim.value {
        ClaimValue::None => true,
        ClaimValue::Money(money) => money.number.digits == 0,
        ClaimValue::Percent(number) | ClaimValue::Quantity { number, .. } => number.digits == 0,
    };
    if no_amount(a) && no_amount(b) {
        return true;
    }
    let opposite = matches!(
        (a.direction, b.direction),
        (Some(Direction::Up), Some(Direction::Down)) | (Some(Direction::Down), Some(Direction::Up))
    );
    if opposite && matches!(a.measure, Measure::Change | Measure::Growth) {
        return false;
    }
    match (&a.value, &b.value) {
        (ClaimValue::Money(a), ClaimValue::Money(b)) => same_amount(*a, *b),
        (ClaimValue::Percent(a), ClaimValue::Percent(b)) => same_number(*a, *b),
        (
            ClaimValue::Quantity { number: a, unit: u },
            ClaimValue::Quantity { number: b, unit: v },
        ) => !same_unit(audit, subject, u, v) || same_number(*a, *b),
        // A figure and a word ("unchanged") only meet when the figure is zero, which was seen above.
        (ClaimValue::None, _) | (_, ClaimValue::None) => {
            a.direction != Some(Direction::Level) && b.direction != Some(Direction::Level)
        }
        _ => true,
    }
}

/// One unit word, or two that the fact is counted in: 人 and 人次, 辆 and 台.
fn same_unit(audit: &Audit<'_>, subject: &Subject, a: &str, b: &str) -> bool {
    let Subject::Fact(key) = subject else {
        return a == b;
    };
    let units = audit.disclosure.profile.narrative.fact(key);
    let units: Vec<&str> =
        units.map_or_else(Vec::new, |fact| fact.unit.split_whitespace().collect());
    a == b || (units.contains(&a) && units.contains(&b))
}

/// Equal, or equal after rounding the finer one to the coarser one's decimals.
fn same_number(a: Decimal, b: Decimal) -> bool {
    let (coarse, fine) = if a.decimals <= b.decimals {
        (a, b)
    } else {
        (b, a)
    };
    let scale = 10_i128.pow(u32::from(fine.decimals - coarse.decimals));
    let difference = (i128::from(coarse.digits) * scale - i128::from(fine.digits)).abs();
    if scale == 1 {
        difference == 0
    } else {
        2 * difference <= scale
    }
}
