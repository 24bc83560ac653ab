//! Facts outside the cube: what the narrative says of procurement, assets, vehicles and staff.

use std::cmp::Ordering;

use mz_budget::{
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Stage, Subject},
    money::{Decimal, Fen},
};

/// The first claim of a fact's amount or count for this year.
pub(crate) fn claim<'d>(disclosure: &'d Disclosure, key: &str) -> Option<&'d Claim> {
    disclosure.claims.iter().find(|claim| {
        claim.measure == Measure::Amount
            && matches!(claim.stage, Stage::Budget | Stage::Final)
            && matches!(&claim.subject, Subject::Fact(fact) if fact == key)
    })
}

/// A fact that is money.
pub(crate) fn money<'d>(disclosure: &'d Disclosure, key: &str) -> Option<(&'d Claim, Fen)> {
    let claim = claim(disclosure, key)?;
    match &claim.value {
        ClaimValue::Money(money) => Some((claim, money.fen()?)),
        _ => None,
    }
}

/// A fact that is a count.
pub(crate) fn count<'d>(disclosure: &'d Disclosure, key: &str) -> Option<(&'d Claim, Decimal)> {
    let claim = claim(disclosure, key)?;
    match &claim.value {
        ClaimValue::Quantity { number, .. } => Some((claim, *number)),
        _ => None,
    }
}

/// A value as printed.
pub(crate) fn printed(claim: &Claim) -> String {
    match &claim.value {
        ClaimValue::Money(money) => money.to_string(),
        ClaimValue::Percent(number) => format!("{number}%"),
        ClaimValue::Quantity { number, unit } => format!("{number} {unit}"),
        ClaimValue::None => String::new(),
    }
}

/// Compares two counts exactly.
pub(crate) fn compare(a: Decimal, b: Decimal) -> Option<Ordering> {
    let decimals = a.decimals.max(b.decimals);
    let scaled = |n: Decimal| {
        n.digits
            .checked_mul(10_i64.checked_pow(u32::from(decimals - n.decimals))?)
    };
    Some(scaled(a)?.cmp(&scaled(b)?))
}
