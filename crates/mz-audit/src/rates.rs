//! What the amounts behind a growth rate must be when the rate is right.
//!
//! A rate that does not follow from its amounts says that one of them is wrong, not which. An amount that becomes right by
//! undoing one slip of the pen — a digit too many, two digits swapped, the point moved — is likelier than the rate to be
//! the wrong one, unless so many slips lie around it that one of them had to fit.

use mz_budget::{
    cube::{Slip, one_slip_away},
    finding::Suspect,
    money::{Decimal, PrintedMoney},
};

use crate::{candidates::Candidate, interval::Interval};

/// Least number of chance hits, in thousandths, at which an amount one slip away says nothing: the nearer the right amount
/// is to the printed one, the more slips lie around it, and the wider the rounding of the rate, the more of them fit.
const CHANCE: i128 = 50;

/// A signed growth rate: every rate that rounds to the printed one, as a fraction of `SCALE`-ths.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    low: i128,
    high: i128,
    /// What stands for one hundred percent.
    whole: i128,
}

impl Rate {
    /// The rate a signed percentage was rounded from.
    pub fn of(signed: Decimal) -> Option<Self> {
        let scale = 10_i128.checked_pow(u32::from(signed.decimals))?;
        let twice = i128::from(signed.digits) * 2;
        Some(Self {
            low: twice - 1,
            high: twice + 1,
            whole: 200 * scale,
        })
    }

    /// The base from which `amount` grew: `amount ÷ (1 + rate)`.
    pub fn base_of(self, amount: Interval) -> Option<Interval> {
        let (low, high) = (self.whole + self.low, self.whole + self.high);
        (low > 0 && amount.low >= 0).then_some(())?;
        between(
            i128::from(amount.low) * self.whole / high,
            i128::from(amount.high) * self.whole / low,
        )
    }

    /// What `base` grew to: `base × (1 + rate)`.
    pub fn amount_of(self, base: Interval) -> Option<Interval> {
        let (low, high) = (self.whole + self.low, self.whole + self.high);
        (low > 0 && base.low >= 0).then_some(())?;
        between(
            i128::from(base.low) * low / self.whole,
            i128::from(base.high) * high / self.whole,
        )
    }

    /// The change, without its sign, by which `amount` came about.
    pub fn change_of(self, amount: Interval) -> Option<Interval> {
        let base = self.base_of(amount)?;
        let (low, high) = self.size();
        between(
            i128::from(base.low) * low / self.whole,
            i128::from(base.high) * high / self.whole,
        )
    }

    /// The amount that came about by `change`, given without its sign.
    pub fn amount_with(self, change: Interval) -> Option<Interval> {
        let (low, high) = self.size();
        (low > 0 && change.low >= 0).then_some(())?;
        self.amount_of(between(
            i128::from(change.low) * self.whole / high,
            i128::from(change.high) * self.whole / low,
        )?)
    }

    /// The rate without its sign.
    fn size(self) -> (i128, i128) {
        if self.high <= 0 {
            (-self.high, -self.low)
        } else {
            (self.low.max(0), self.high)
        }
    }
}

fn between(low: i128, high: i128) -> Option<Interval> {
    Some(Interval {
        low: i64::try_from(low).ok()?,
        high: i64::try_from(high).ok()?,
    })
}

/// A printed amount that one slip of the pen separates from what it must be: a suspect, with the amount it should read.
pub fn slipped(printed: &Candidate<'_>, right: Option<Interval>) -> Option<Suspect> {
    let (place, money, right) = (printed.place?, printed.money?, right?);
    let ulp = money.last_digit_fen();
    let digits = money.fen()?.0 / ulp;
    let (low, high) = (
        right.low.div_euclid(ulp) + i64::from(right.low.rem_euclid(ulp) > 0),
        right.high.div_euclid(ulp),
    );
    let away = one_slip_away(digits);
    let likeliest = away
        .range(low..=high.max(low))
        .filter(|value| **value <= high)
        .min_by_key(|value| Slip::between(digits, 1, **value, 0))?;
    // How many slips would fit if they were spread evenly twice as far around the printed figure as the right one is.
    let distance = digits.abs_diff(*likeliest);
    let n_near = away
        .iter()
        .filter(|value| digits.abs_diff(**value) <= 2 * distance)
        .count();
    let expected = i128::try_from(n_near).ok()? * i128::from(high - low + 1) * 1000;
    (expected < CHANCE * 4 * i128::from(distance)).then_some(())?;
    Some(Suspect {
        place: place.clone(),
        printed: printed.printed.clone(),
        implied: Some(
            PrintedMoney {
                number: Decimal {
                    digits: *likeliest,
                    ..money.number
                },
                unit: money.unit,
            }
            .to_string(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use mz_budget::place::Place;

    use super::*;
    use crate::interval::tests::wan;

    fn rate(text: &str) -> Rate {
        Rate::of(Decimal::parse(text).unwrap()).unwrap()
    }

    fn interval(text: &str) -> Interval {
        Interval::of(wan(text)).unwrap()
    }

    #[test]
    fn amounts_follow_from_a_rate() {
        let holds = |found: Option<Interval>, text| found.unwrap().meets(interval(text));
        assert!(holds(rate("25.00").base_of(interval("500.00")), "400.00"));
        assert!(holds(rate("25.00").amount_of(interval("400.00")), "500.00"));
        assert!(holds(rate("25.00").change_of(interval("500.00")), "100.00"));
        assert!(holds(rate("-20.00").base_of(interval("400.00")), "500.00"));
        assert!(holds(
            rate("-20.00").amount_with(interval("100.00")),
            "400.00"
        ));
        assert!(holds(
            rate("-20.00").change_of(interval("400.00")),
            "100.00"
        ));
        assert!(!holds(
            rate("-20.00").change_of(interval("400.00")),
            "101.00"
        ));
        assert!(
            rate("-100").base_of(interval("1.00")).is_none(),
            "nothing is left of a base that fell by all of it"
        );
    }

    #[test]
    fn an_amount_one_slip_away_is_a_suspect() {
        let place = Place::default();
        let suspect = |printed: &str, growth: &str, amount: &str| {
            let money = wan(printed);
            let candidate = Candidate {
                interval: Interval::of(money).unwrap(),
                money: Some(money),
                printed: money.to_string(),
                place: Some(&place),
            };
            slipped(&candidate, rate(growth).base_of(interval(amount)))
                .and_then(|suspect| suspect.implied)
        };
        assert_eq!(
            suspect("52,500.0", "20.00", "3000.00").as_deref(),
            Some("2,500.0 万元"),
            "a digit too many"
        );
        assert_eq!(
            suspect("5,100.00", "20.00", "3000.00").as_deref(),
            None,
            "two slips"
        );
        assert_eq!(
            suspect("2,494.00", "20.00", "3000.00").as_deref(),
            None,
            "so near that some slip fits by chance"
        );
        assert_eq!(
            suspect("2,050.00", "20.00", "3000.00").as_deref(),
            Some("2,500.00 万元"),
            "two digits swapped"
        );
    }
}
