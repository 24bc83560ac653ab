//! How people err when they copy figures: what turns the right figure into the printed one.

use std::collections::BTreeSet;

/// A slip of the pen, likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// The figure of a neighbouring row or column, or of the whole it is part of: index of that given.
    Copied(usize),
    /// Last year's figure.
    Prior,
    /// Two digits swapped.
    Swapped,
    /// The decimal point moved by this many places: 10, 100 or 1,000 times too much or too little.
    Shifted(i8),
    /// 元 taken for 万元 or the other way round.
    Unit,
    /// A digit left out.
    Dropped,
    /// A digit too many.
    Doubled,
    /// One digit wrong.
    Digit,
    /// Blank or zero where there is an amount.
    Missing,
    /// An amount where there is none.
    Spurious,
    /// Nothing that has a name.
    Other,
    /// The other figures do not determine what it should be.
    Undetermined,
}

impl Slip {
    /// How far-fetched it is; 0 is the likeliest.
    pub(super) fn cost(self) -> u32 {
        match self {
            Self::Copied(_) | Self::Prior | Self::Swapped | Self::Unit => 10,
            Self::Shifted(_) => 11,
            Self::Dropped | Self::Doubled => 14,
            Self::Digit => 18,
            Self::Spurious => 22,
            Self::Missing => 26,
            Self::Other => 30,
            Self::Undetermined => 36,
        }
    }

    /// Whether it is an error in writing digits down, nameable without knowing any other figure.
    pub fn is_of_digits(self) -> bool {
        matches!(
            self,
            Self::Swapped
                | Self::Shifted(_)
                | Self::Unit
                | Self::Dropped
                | Self::Doubled
                | Self::Digit
        )
    }

    /// The likeliest slip from an amount within `implied` ± `slack` to the printed one, all in fen; `ulp` is the weight of
    /// the last printed digit.
    pub fn between(printed: i64, ulp: i64, implied: i64, slack: i64) -> Self {
        const MOST_TRIED: i64 = 4;
        let ulp = ulp.max(1);
        let nearest = round(implied, ulp);
        let reach = (slack / ulp).min(MOST_TRIED);
        (-reach..=reach)
            .map(|step| Self::of_digits(round(printed, ulp), nearest.saturating_add(step)))
            .min_by_key(|slip| slip.cost())
            .unwrap_or(Self::Other)
    }

    /// From the right digits to the printed ones.
    fn of_digits(printed: i64, right: i64) -> Self {
        if right == 0 || printed == 0 {
            return if printed == 0 {
                Self::Missing
            } else {
                Self::Spurious
            };
        }
        if (printed < 0) != (right < 0) {
            return Self::Other;
        }
        let (more, less) = (
            printed.unsigned_abs().max(right.unsigned_abs()),
            printed.unsigned_abs().min(right.unsigned_abs()),
        );
        for places in 1..=4_u32 {
            // Digits beyond the last printed one are cut or rounded away.
            let scale = 10_u64.pow(places);
            if less >= 10
                && (more / scale == less || more / scale + 1 == less && more % scale >= scale / 2)
            {
                let places = places as i8;
                return match places {
                    4 => Self::Unit,
                    _ if printed.unsigned_abs() == more => Self::Shifted(places),
                    _ => Self::Shifted(-places),
                };
            }
        }
        let (printed, right) = (digits(printed), digits(right));
        if printed.len() == right.len() {
            let wrong: Vec<usize> = (0..printed.len())
                .filter(|i| printed[*i] != right[*i])
                .collect();
            return match wrong.as_slice() {
                [_] => Self::Digit,
                [a, b] if printed[*a] == right[*b] && printed[*b] == right[*a] => Self::Swapped,
                _ => Self::Other,
            };
        }
        match (
            printed.len() + 1 == right.len(),
            right.len() + 1 == printed.len(),
        ) {
            (true, _) if lacks_one(&printed, &right) => Self::Dropped,
            (_, true) if lacks_one(&right, &printed) => Self::Doubled,
            _ => Self::Other,
        }
    }
}

fn round(value: i64, ulp: i64) -> i64 {
    let half = if value < 0 { -(ulp / 2) } else { ulp / 2 };
    value.saturating_add(half) / ulp
}

fn digits(value: i64) -> Vec<u8> {
    value.unsigned_abs().to_string().into_bytes()
}

/// Every number that one slip in writing digits down turns into the printed one, or the printed one into; without the
/// printed one itself and without zero.
pub fn one_slip_away(printed: i64) -> BTreeSet<i64> {
    let text = digits(printed);
    let n = text.len();
    let edited =
        |from: usize, to: usize, by: &[u8]| number([&text[..from], by, &text[to..]].concat());
    let swapped = (0..n)
        .flat_map(|i| (i + 1..n).map(move |j| (i, j)))
        .map(|(i, j)| {
            let mut swapped = text.clone();
            swapped.swap(i, j);
            number(swapped)
        });
    let changed = (0..n).flat_map(|i| {
        let edited = &edited;
        (b'0'..=b'9').flat_map(move |digit| [edited(i, i + 1, &[digit]), edited(i, i, &[digit])])
    });
    let dropped = (0..n).map(|i| edited(i, i + 1, &[]));
    // A single digit leaves nothing to tell a shift by.
    let shifted = (1..=4)
        .flat_map(|places| {
            let scale = 10_i64.pow(places);
            let size = i64::try_from(printed.unsigned_abs()).ok();
            [
                size.map(|size| size / scale),
                size.filter(|size| *size >= 10)
                    .and_then(|size| size.checked_mul(scale)),
            ]
        })
        .map(|size| size.filter(|size| *size >= 10));
    swapped
        .chain(changed)
        .chain(dropped)
        .chain(shifted)
        .flatten()
        .map(|size| if printed < 0 { -size } else { size })
        .filter(|value| *value != printed && *value != 0)
        .collect()
}

/// The number these digits write. Nobody begins one with a zero.
fn number(digits: Vec<u8>) -> Option<i64> {
    (digits.first() != Some(&b'0')).then_some(())?;
    String::from_utf8(digits).ok()?.parse().ok()
}

/// Whether `short` is `long` with one digit left out.
fn lacks_one(short: &[u8], long: &[u8]) -> bool {
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    short.get(same..) == long.get(same + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        for (printed, right, slip) in [
            (5_749_100, 5_794_100, Slip::Swapped),
            (574_900, 5_749_000, Slip::Shifted(-1)),
            (574_910_000, 5_749_100, Slip::Shifted(2)),
            (5_749_100, 57_491_000_000, Slip::Unit),
            (57_910, 574_910, Slip::Dropped),
            (5_774_910, 574_910, Slip::Doubled),
            (574_910, 574_310, Slip::Digit),
            (0, 574_310, Slip::Missing),
            (574_310, 0, Slip::Spurious),
            (123_456, 654_321, Slip::Other),
        ] {
            assert_eq!(
                Slip::between(printed * 100, 100, right * 100, 0),
                slip,
                "{printed} for {right}"
            );
        }
        assert_eq!(Slip::between(5_749, 1, 5_792, 3), Slip::Swapped);
    }

    #[test]
    fn what_is_one_slip_away_is_a_slip() {
        for printed in [7, 40, 1_305, 432_693, -50_500] {
            let away = one_slip_away(printed);
            assert!(!away.contains(&printed));
            for right in away {
                let slip = Slip::between(printed, 1, right, 0);
                assert!(slip.is_of_digits(), "{printed} for {right}: {slip:?}");
            }
        }
        assert!(one_slip_away(432_693).contains(&32_693), "a digit too many");
        assert!(one_slip_away(32_693).contains(&432_693), "a digit left out");
        assert!(one_slip_away(5_749).contains(&5_794), "two digits swapped");
        assert!(one_slip_away(57_490).contains(&5_749), "the point moved");
    }
}
