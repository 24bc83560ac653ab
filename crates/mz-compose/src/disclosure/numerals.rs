//! Ordinals in Chinese, and percentages from printed figures.

use mz_budget::money::Decimal;

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number from 1 to 99 in Chinese; digits beyond.
pub fn chinese(n: usize) -> String {
    let digit = |d: usize| DIGITS.get(d).copied().unwrap_or("");
    match (n / 10, n % 10) {
        (0, ones @ 1..) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => n.to_string(),
    }
}

/// `part / whole` in percent with two decimals, half away from zero; `None` when the whole is zero.
pub fn percent(part: i64, whole: i64) -> Option<Decimal> {
    if whole == 0 {
        return (part == 0).then_some(Decimal {
            digits: 0,
            decimals: 2,
        });
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let negative = (part < 0) != (whole < 0);
    let magnitude = (part.abs() * 20_000 + whole.abs()) / (2 * whole.abs());
    let digits = i64::try_from(magnitude).ok()?;
    Some(Decimal {
        digits: if negative { -digits } else { digits },
        decimals: 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_words() {
        let words: Vec<String> = [1, 10, 12, 20, 35, 99, 100]
            .iter()
            .map(|n| chinese(*n))
            .collect();
        assert_eq!(words.join(" "), "一 十 十二 二十 三十五 九十九 100");
    }

    #[test]
    fn percentages_round_half_away_from_zero() {
        let text = |part, whole| percent(part, whole).map(|p| p.to_string());
        assert_eq!(text(321_054, 332_145).as_deref(), Some("96.66"));
        assert_eq!(text(5, 200_000).as_deref(), Some("0.00"));
        assert_eq!(text(1, 8_000).as_deref(), Some("0.01"));
        assert_eq!(text(0, 0).as_deref(), Some("0.00"));
        assert_eq!(text(1, 0), None);
    }
}
