//! What a value cell holds: a figure, nothing, or something that could not be understood.

use mz_budget::{
    disclosure::Reading,
    money::{Decimal, MoneyUnit, PrintedMoney},
    normalise,
    profile::{Profile, narrative},
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

/// Whether a cell says that its figure is withheld: neither blank, nor zero, nor unread.
pub(super) fn is_withheld(text: &str, profile: &Profile) -> bool {
    let own = &profile.narrative.grammar.withheld;
    !text.is_empty()
        && own
            .iter()
            .chain(&narrative::national().grammar.withheld)
            .any(|word| normalise::same_name(word, text))
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

    #[test]
    fn a_withheld_cell_says_so() {
        let profiles = mz_budget::library::Library::embedded().profiles();
        let profile = profiles.first().expect("profiles ship");
        assert!(is_withheld("不予公开", profile));
        assert!(!is_withheld("", profile) && !is_withheld("17.00", profile));
    }
}
