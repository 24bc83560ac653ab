//! What a value cell holds: a figure, nothing, or something that could not be understood.

use mz_budget::{
    disclosure::Reading,
    money::{Decimal, MoneyUnit, PrintedMoney},
    normalise,
};

/// Reads a value cell.
pub(super) fn read(text: &str, unit: MoneyUnit) -> Reading {
    let trimmed = text.trim();
    if is_blank(trimmed) {
        return Reading::Blank;
    }
    match Decimal::parse(trimmed) {
        Some(number) => Reading::Value(PrintedMoney { number, unit }),
        None => Reading::Unread(normalise::squeeze(trimmed)),
    }
}

/// Empty, or one of the marks printed for "nothing".
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || normalise::fold(c).is_none_or(|c| matches!(c, '-' | '/' | '\\' | '_'))
    }) || matches!(normalise::name(text).as_str(), "无" | "※" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unread_blank_and_zero_are_three_values() {
        let kind = |text| match read(text, MoneyUnit::WanYuan) {
            Reading::Value(money) => money.number.to_string(),
            Reading::Blank => "blank".into(),
            Reading::Absent => "absent".into(),
            Reading::Unread(text) => format!("unread {text}"),
        };
        assert_eq!(kind("0.00"), "0.00");
        assert_eq!(kind(" — "), "blank");
        assert_eq!(kind(""), "blank");
        assert_eq!(kind("70.5 0"), "70.50");
        assert_eq!(kind("-3.00"), "-3.00");
        assert_eq!(kind("XX.XX"), "unread XX.XX");
        assert_eq!(kind("3.00 4.00"), "unread 3.004.00");
    }
}
