//! Sums and comparisons over the indicators of one performance-target table.

use mz_budget::{
    disclosure::{Indicator, PerformanceTarget},
    money::Decimal,
};

/// Exact sum of printed numbers.
pub(super) fn sum(numbers: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    let numbers: Vec<Decimal> = numbers.into_iter().collect();
    let decimals = numbers.iter().map(|n| n.decimals).max()?;
    let mut digits: i64 = 0;
    for number in &numbers {
        digits = digits.checked_add(scaled(*number, decimals)?)?;
    }
    Some(Decimal { digits, decimals })
}

/// The digits of a number when printed with more decimals.
pub(super) fn scaled(number: Decimal, decimals: u8) -> Option<i64> {
    number
        .digits
        .checked_mul(10_i64.checked_pow(u32::from(decimals.checked_sub(number.decimals)?))?)
}

/// Compares two printed numbers exactly.
pub(super) fn compare(a: Decimal, b: Decimal) -> Option<std::cmp::Ordering> {
    let decimals = a.decimals.max(b.decimals);
    Some(scaled(a, decimals)?.cmp(&scaled(b, decimals)?))
}

/// Whether the number is this whole number.
pub(super) fn is(number: Decimal, whole: i64) -> bool {
    compare(
        number,
        Decimal {
            digits: whole,
            decimals: 0,
        },
    ) == Some(std::cmp::Ordering::Equal)
}

/// What a table is about, in words.
pub(super) fn name(target: &PerformanceTarget) -> &str {
    match target.project.as_str() {
        "" if target.is_whole => "整体绩效目标",
        "" => "绩效目标表",
        project => project,
    }
}

/// Indicators of a first level, by the beginning of its name.
pub(super) fn at_level<'t>(
    target: &'t PerformanceTarget,
    level: &'t str,
) -> impl Iterator<Item = &'t Indicator> {
    target
        .indicators
        .iter()
        .filter(move |indicator| indicator.level1.starts_with(level))
}

/// Sum of the weights, when all were read.
pub(super) fn weights<'t>(indicators: impl Iterator<Item = &'t Indicator>) -> Option<Decimal> {
    let weights: Option<Vec<Decimal>> = indicators.map(|indicator| indicator.weight).collect();
    sum(weights?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let n = |text| Decimal::parse(text).unwrap();
        assert_eq!(sum([n("7.02"), n("6")]), Some(n("13.02")));
        assert!(is(n("90.0"), 90) && !is(n("90.5"), 90));
        assert_eq!(compare(n("5"), n("5.00")), Some(std::cmp::Ordering::Equal));
    }
}
