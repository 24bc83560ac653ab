//! Exact money and printed precision.
//!
//! Money is an integer number of fen. A printed figure keeps its unit and number of decimals, because its tolerance
//! follows from them and from nothing else: 3,210.54 万元 stands for anything that rounds to it, that is ± 50 元.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// An amount in fen (0.01 yuan). `i64` covers ± 92 million 亿元.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

/// The unit an amount is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MoneyUnit {
    /// 元
    #[serde(rename = "元")]
    Yuan,
    /// 万元
    #[serde(rename = "万元")]
    WanYuan,
    /// 亿元
    #[serde(rename = "亿元")]
    YiYuan,
}

impl MoneyUnit {
    /// Number of fen in one unit.
    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::WanYuan => 1_000_000,
            Self::YiYuan => 10_000_000_000,
        }
    }

    /// Chinese name as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::WanYuan => "万元",
            Self::YiYuan => "亿元",
        }
    }
}

/// An exact decimal as printed: `digits × 10^-decimals`. Used for money, percentages, counts and areas alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits, with sign.
    pub digits: i64,
    /// Number of digits after the point, at most 12.
    pub decimals: u8,
}

impl Decimal {
    /// Reads a printed number: optional sign (`-`, `－`, `−` or accounting parentheses), digits with optional grouping
    /// commas (half or full width), optional point. Spaces inside are ignored because text extraction inserts them.
    /// `None` when the text is not one number or does not fit.
    pub fn parse(text: &str) -> Option<Self> {
        let mut negative = false;
        let mut digits: i64 = 0;
        let mut n_digits = 0;
        let mut decimals: Option<u8> = None;
        let trimmed = text.trim();
        let body = match trimmed
            .strip_prefix(['(', '（'])
            .and_then(|rest| rest.strip_suffix([')', '）']))
        {
            Some(inner) => {
                negative = true;
                inner
            }
            None => trimmed,
        };
        for (i, c) in body.chars().filter(|c| !c.is_whitespace()).enumerate() {
            match c {
                '-' | '－' | '−' if i == 0 => negative = !negative,
                '+' | '＋' if i == 0 => {}
                ',' | '，' if n_digits > 0 && decimals.is_none() => {}
                '.' | '．' if decimals.is_none() => decimals = Some(0),
                _ => {
                    let digit = match c {
                        '0'..='9' => c as u32 - '0' as u32,
                        '０'..='９' => c as u32 - '０' as u32,
                        _ => return None,
                    };
                    digits = digits.checked_mul(10)?.checked_add(i64::from(digit))?;
                    n_digits += 1;
                    if let Some(n) = &mut decimals {
                        *n += 1;
                        if *n > 12 {
                            return None;
                        }
                    }
                }
            }
        }
        (n_digits > 0).then_some(Self {
            digits: if negative { -digits } else { digits },
            decimals: decimals.unwrap_or(0),
        })
    }
}

impl fmt::Display for Decimal {
    /// Prints with grouping commas and exactly the decimals it was read with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_u64.pow(u32::from(self.decimals));
        let magnitude = self.digits.unsigned_abs();
        let (whole, fraction) = ((magnitude / scale).to_string(), magnitude % scale);
        if self.digits < 0 {
            f.write_str("-")?;
        }
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{c}")?;
        }
        if self.decimals > 0 {
            write!(f, ".{fraction:0width$}", width = usize::from(self.decimals))?;
        }
        Ok(())
    }
}

/// An amount as printed: its number and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrintedMoney {
    /// The number as printed.
    pub number: Decimal,
    /// The unit it is printed in.
    pub unit: MoneyUnit,
}

impl PrintedMoney {
    /// The amount in fen, rounded half away from zero when more decimals than fen are printed. `None` on overflow.
    pub fn fen(self) -> Option<Fen> {
        let scale = 10_i128.pow(u32::from(self.number.decimals));
        let exact = i128::from(self.number.digits) * i128::from(self.unit.fen());
        let half = if exact < 0 { -scale / 2 } else { scale / 2 };
        i64::try_from((exact + half) / scale).ok().map(Fen)
    }

    /// Weight of the last printed digit in fen, at least 1.
    pub fn last_digit_fen(self) -> i64 {
        (self.unit.fen() / 10_i64.pow(u32::from(self.number.decimals))).max(1)
    }

    /// Half of the last printed digit, in fen; 0 where the figure is printed to the fen.
    pub fn slack_fen(self) -> i64 {
        self.last_digit_fen() / 2
    }
}

impl PrintedMoney {
    /// Reads an amount with its unit behind it: `3,210.54 万元`. `None` when either is missing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit = [MoneyUnit::WanYuan, MoneyUnit::YiYuan, MoneyUnit::Yuan]
            .into_iter()
            .find(|unit| text.ends_with(unit.name()))?;
        Some(Self {
            number: Decimal::parse(text.strip_suffix(unit.name())?)?,
            unit,
        })
    }
}

/// As the text [`PrintedMoney::parse`] reads, without grouping commas.
impl Serialize for PrintedMoney {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string().replace(',', ""))
    }
}

impl<'de> Deserialize<'de> for PrintedMoney {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("不是带单位的金额: {text}")))
    }
}

impl fmt::Display for PrintedMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, unit: MoneyUnit) -> PrintedMoney {
        PrintedMoney {
            number: Decimal::parse(text).unwrap(),
            unit,
        }
    }

    #[test]
    fn numbers_are_read_as_printed() {
        let read = |text| Decimal::parse(text).map(|d: Decimal| d.to_string());
        assert_eq!(read("3,210.54").as_deref(), Some("3,210.54"));
        assert_eq!(read("3，518.85").as_deref(), Some("3,518.85"));
        assert_eq!(read("70.5 0").as_deref(), Some("70.50"));
        assert_eq!(read("（12.00）").as_deref(), Some("-12.00"));
        assert_eq!(read("－0.05").as_deref(), Some("-0.05"));
        for not_a_number in [
            "",
            "-",
            "1.2.3",
            "201 一般公共服务支出",
            "12345678901234567890",
            ",5",
        ] {
            assert_eq!(read(not_a_number), None, "{not_a_number}");
        }
    }

    #[test]
    fn tolerance_follows_from_digits_and_unit() {
        assert_eq!(
            money("3,210.54", MoneyUnit::WanYuan).fen(),
            Some(Fen(3_210_540_000))
        );
        assert_eq!(money("3,210.54", MoneyUnit::WanYuan).slack_fen(), 5_000);
        assert_eq!(money("15", MoneyUnit::WanYuan).slack_fen(), 500_000);
        assert_eq!(money("22,118,861.34", MoneyUnit::Yuan).slack_fen(), 0);
        assert_eq!(money("22,118,861", MoneyUnit::Yuan).slack_fen(), 50);
        assert_eq!(money("1.234567", MoneyUnit::WanYuan).slack_fen(), 0);
    }
}
