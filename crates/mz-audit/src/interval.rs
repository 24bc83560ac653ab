//! What a printed figure can stand for, and what follows from it: intervals of fen, and percentages of intervals.
//!
//! A figure is every amount that rounds to it. A percentage printed from two figures is right when some pair of amounts
//! inside both intervals rounds to it; nothing else is a tolerance.

use mz_budget::money::{Decimal, Fen, PrintedMoney};

/// All amounts, in fen, that a figure can stand for. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Least amount.
    pub low: i64,
    /// Greatest amount.
    pub high: i64,
}

impl Interval {
    /// Exactly zero.
    pub const ZERO: Self = Self { low: 0, high: 0 };

    /// The amounts a printed figure can stand for. `None` when it does not fit.
    pub fn of(money: PrintedMoney) -> Option<Self> {
        let fen = money.fen()?.0;
        let slack = money.slack_fen();
        Some(Self {
            low: fen.checked_sub(slack)?,
            high: fen.checked_add(slack)?,
        })
    }

    /// Everything within `slack` of an amount.
    pub fn around(fen: i64, slack: i64) -> Self {
        Self {
            low: fen.saturating_sub(slack),
            high: fen.saturating_add(slack),
        }
    }

    /// The middle.
    pub fn middle(self) -> i64 {
        self.low + (self.high - self.low) / 2
    }

    /// Half the width.
    pub fn slack(self) -> i64 {
        (self.high - self.low) / 2
    }

    /// Whether some amount belongs to both.
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether zero belongs to it.
    pub fn may_be_zero(self) -> bool {
        self.low <= 0 && 0 <= self.high
    }

    /// Whether everything in it is above zero.
    pub fn is_positive(self) -> bool {
        self.low > 0
    }

    /// Whether everything in it is below zero.
    pub fn is_negative(self) -> bool {
        self.high < 0
    }

    /// Every sum of an amount of each.
    pub fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }

    /// Every difference of an amount of each.
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// The same amounts with the other sign.
    pub fn negated(self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }

    /// How far two intervals are apart, from middle to middle.
    pub fn difference(self, other: Self) -> Fen {
        Fen(self.middle().saturating_sub(other.middle()))
    }
}

/// Whether two printed figures of one and the same amount can both be right.
///
/// Figures of the same precision must be identical; otherwise some amount must round to both.
pub fn same_amount(a: PrintedMoney, b: PrintedMoney) -> bool {
    if a.last_digit_fen() == b.last_digit_fen() {
        return a.fen() == b.fen();
    }
    match (Interval::of(a), Interval::of(b)) {
        (Some(a), Some(b)) => a.meets(b),
        _ => true,
    }
}

/// Whether `part` in percent of `whole` can round to the printed percentage. `None` when the whole may be zero or below,
/// or when a figure is too large to compute with.
pub fn percent_holds(printed: Decimal, part: Interval, whole: Interval) -> Option<bool> {
    if !whole.is_positive() {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::from(printed.decimals))?;
    // printed ± half a digit, times 2 × scale, to stay with integers
    let twice = i128::from(printed.digits).checked_mul(2)?;
    let (least, greatest) = (twice.checked_sub(1)?, twice.checked_add(1)?);
    // ratio ends: the divisor that makes the quotient least or greatest depends on the sign of the part
    let low_whole = if part.low < 0 { whole.low } else { whole.high };
    let high_whole = if part.high < 0 { whole.high } else { whole.low };
    let hundredfold = 200_i128.checked_mul(scale)?;
    let left = i128::from(part.low).checked_mul(hundredfold)?;
    let right = i128::from(part.high).checked_mul(hundredfold)?;
    Some(
        left <= greatest.checked_mul(i128::from(low_whole))?
            && right >= least.checked_mul(i128::from(high_whole))?,
    )
}

/// `part` in percent of `whole`, from their middles, rounded half away from zero to `decimals`.
pub fn percent_of(part: Interval, whole: Interval, decimals: u8) -> Option<Decimal> {
    let whole = i128::from(whole.middle());
    if whole <= 0 {
        return None;
    }
    let scaled = i128::from(part.middle())
        .checked_mul(100)?
        .checked_mul(10_i128.checked_pow(u32::from(decimals))?)?;
    Some(Decimal {
        digits: i64::try_from(rounded_quotient(scaled, whole)).ok()?,
        decimals,
    })
}

/// Quotient rounded half away from zero; the divisor is positive.
fn rounded_quotient(dividend: i128, divisor: i128) -> i128 {
    let half = divisor / 2;
    if dividend < 0 {
        (dividend - half) / divisor
    } else {
        (dividend + half) / divisor
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use mz_budget::money::MoneyUnit;

    use super::*;

    /// A figure in 万元.
    pub(crate) fn wan(text: &str) -> PrintedMoney {
        PrintedMoney {
            number: Decimal::parse(text).unwrap(),
            unit: MoneyUnit::WanYuan,
        }
    }

    fn holds(percent: &str, part: &str, whole: &str) -> Option<bool> {
        percent_holds(
            Decimal::parse(percent).unwrap(),
            Interval::of(wan(part)).unwrap(),
            Interval::of(wan(whole)).unwrap(),
        )
    }

    #[test]
    fn a_percentage_holds_when_some_amounts_round_to_it() {
        assert_eq!(holds("66.67", "200.00", "300.00"), Some(true));
        assert_eq!(
            holds("66.66", "200.00", "300.00"),
            Some(true),
            "199.995 / 300.005 rounds to it"
        );
        assert_eq!(holds("66.60", "200.00", "300.00"), Some(false));
        assert_eq!(holds("24", "0.12", "0.50"), Some(true));
        assert_eq!(holds("-3.46", "-9.79", "283.24"), Some(true));
        assert_eq!(holds("3.46", "-9.79", "283.24"), Some(false));
        assert_eq!(
            holds("100", "5.00", "0.00"),
            None,
            "nothing is a percentage of zero"
        );
    }

    #[test]
    fn printed_percentages_are_computed_without_floats() {
        let of = |part, whole, decimals| {
            percent_of(
                Interval::of(wan(part)).unwrap(),
                Interval::of(wan(whole)).unwrap(),
                decimals,
            )
            .map(|d| d.to_string())
        };
        assert_eq!(of("200.00", "300.00", 2).as_deref(), Some("66.67"));
        assert_eq!(of("-1.00", "3.00", 1).as_deref(), Some("-33.3"));
        assert_eq!(of("1.00", "0.00", 2), None);
    }

    #[test]
    fn figures_of_one_amount_agree_at_the_coarser_precision() {
        let yuan = |text: &str| PrintedMoney {
            number: Decimal::parse(text).unwrap(),
            unit: MoneyUnit::Yuan,
        };
        assert!(same_amount(wan("2,211.89"), yuan("22,118,861.34")));
        assert!(same_amount(yuan("22,118,861"), yuan("22,118,861.34")));
        assert!(!same_amount(wan("2,211.89"), wan("2,211.90")));
        assert!(!same_amount(wan("2,211.88"), yuan("22,118,861.34")));
    }
}
