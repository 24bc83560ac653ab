//! Values of indicators: sign, number, unit, dates — with the stray spaces extraction puts into them.

use mz_budget::{
    disclosure::{IndicatorValue, Operator},
    money::Decimal,
    normalise::fold,
    profile::targets::OperatorWords,
};

/// Signs, longest first, in folded form.
const SIGNS: [(&str, Operator); 14] = [
    (">=", Operator::AtLeast),
    ("=>", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=<", Operator::AtMost),
    ("≥", Operator::AtLeast),
    ("≧", Operator::AtLeast),
    ("⩾", Operator::AtLeast),
    ("≤", Operator::AtMost),
    ("≦", Operator::AtMost),
    ("⩽", Operator::AtMost),
    ("==", Operator::Equal),
    ("=", Operator::Equal),
    (">", Operator::More),
    ("<", Operator::Less),
];

/// Reads a value as printed in one cell.
pub(super) fn value(text: &str, words: &[OperatorWords]) -> IndicatorValue {
    let printed = text.trim();
    let chars: Vec<(char, char)> = printed
        .chars()
        .filter_map(|c| Some((fold(c)?, c)))
        .collect();
    let folded: String = chars.iter().map(|(c, _)| c).collect();
    let (operator, n_sign, rest) = sign(&folded, words);
    let mut value = IndicatorValue {
        text: printed.to_owned(),
        operator,
        operator_text: chars.iter().take(n_sign).map(|(_, c)| c).collect(),
        number: None,
        unit: String::new(),
        years: years(rest),
    };
    if value.years.is_empty() {
        number_and_unit(rest, &mut value);
    }
    if value.operator.is_none() {
        sign_behind(words, &mut value);
    }
    value
}

/// Reads a value whose sign and unit have columns of their own. `定性` and other words in the sign column are no signs.
pub(super) fn split_value(
    operator: &str,
    number: &str,
    unit: &str,
    words: &[OperatorWords],
) -> IndicatorValue {
    let alone = value(operator, words);
    let mut read = value(number, words);
    if read.operator.is_none() && alone.operator.is_some() {
        read.operator = alone.operator;
        read.operator_text = alone.operator_text;
    }
    let unit = unit.trim();
    if read.unit.is_empty() && !unit.is_empty() {
        read.unit = unit.chars().filter_map(fold).collect();
    }
    let sign = if alone.operator.is_some() {
        operator.trim()
    } else {
        ""
    };
    read.text = format!("{sign}{}{unit}", read.text);
    read
}

/// The sign at the front: itself, its length in characters, and what follows.
fn sign<'t>(folded: &'t str, words: &[OperatorWords]) -> (Option<Operator>, usize, &'t str) {
    for (sign, operator) in SIGNS {
        if let Some(rest) = folded.strip_prefix(sign) {
            return (Some(operator), sign.chars().count(), rest);
        }
    }
    let mut best: Option<(Operator, &str)> = None;
    for entry in words {
        for word in &entry.before {
            let longer = best.is_none_or(|(_, known)| word.len() > known.len());
            if longer && folded.starts_with(word.as_str()) {
                best = Some((entry.key, word));
            }
        }
    }
    // "超过" is a sign before a number only; "超过预期" is a value in words.
    best.and_then(|(operator, word)| {
        let rest = folded.get(word.len()..)?;
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some((
            Some(operator),
            word.chars().count(),
            rest,
        ))
    })
    .unwrap_or((None, 0, folded))
}

/// Splits `95万元`; a second number behind the first (a range, a date, a rate of two counts) means it is not one number.
fn number_and_unit(rest: &str, value: &mut IndicatorValue) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(end);
    if unit.contains(|c: char| c.is_ascii_digit()) || number.ends_with(['.', ',', '-']) {
        return;
    }
    if let Some(number) = Decimal::parse(number) {
        value.number = Some(number);
        value.unit = unit.to_owned();
    }
}

/// Takes a sign word off the end of the unit: `95%以上`.
fn sign_behind(words: &[OperatorWords], value: &mut IndicatorValue) {
    if value.number.is_none() {
        return;
    }
    let mut best: Option<(Operator, &str)> = None;
    for entry in words {
        for word in &entry.after {
            let longer = best.is_none_or(|(_, known)| word.len() > known.len());
            if longer && value.unit.ends_with(word.as_str()) {
                best = Some((entry.key, word));
            }
        }
    }
    if let Some((operator, word)) = best {
        value.operator = Some(operator);
        value.operator_text = word.to_owned();
        value.unit.truncate(value.unit.len() - word.len());
    }
}

/// Years of dates: four digits beginning 19 or 20 with 年 or a month behind them.
pub(super) fn years(folded: &str) -> Vec<u16> {
    let mut years = Vec::new();
    let mut rest = folded;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = rest.get(start..).unwrap_or("");
        let end = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (digits, behind) = tail.split_at(end);
        rest = behind;
        let Ok(year) = digits.parse::<u16>() else {
            continue;
        };
        if digits.len() == 4
            && (1900..2100).contains(&year)
            && begins_date(behind)
            && !years.contains(&year)
        {
            years.push(year);
        }
    }
    years
}

fn begins_date(behind: &str) -> bool {
    let month = |rest: &str| {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        match digits.parse::<u16>() {
            Ok(1..=12) if digits.len() <= 2 => {
                tail.is_empty() || tail.starts_with(['.', '-', '/', '月', '~', '至'])
            }
            // 2023-2024年: the second year proves the first.
            Ok(1900..2100) => tail.starts_with('年'),
            _ => false,
        }
    };
    behind.starts_with('年')
        || behind
            .strip_prefix(['.', '-', '/', '~', '至'])
            .is_some_and(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<OperatorWords> {
        let entry = |key, before: &[&str], after: &[&str]| OperatorWords {
            key,
            before: before.iter().map(|w| (*w).to_owned()).collect(),
            after: after.iter().map(|w| (*w).to_owned()).collect(),
        };
        vec![
            entry(Operator::AtLeast, &["不低于"], &["以上", "及以上"]),
            entry(Operator::More, &["超过"], &[]),
        ]
    }

    /// Operator, its text, number, unit, years.
    fn read(text: &str) -> (Option<Operator>, String, Option<String>, String, Vec<u16>) {
        let value = value(text, &words());
        assert_eq!(value.text, text.trim());
        (
            value.operator,
            value.operator_text,
            value.number.map(|n| n.to_string()),
            value.unit,
            value.years,
        )
    }

    #[test]
    fn numbers_keep_sign_and_unit() {
        use Operator::{AtLeast, AtMost, Equal, Less, More};
        for (text, operator, printed, number, unit) in [
            ("=1 个", Some(Equal), "=", "1", "个"),
            ("＝100％", Some(Equal), "＝", "100", "%"),
            (">=80 分", Some(AtLeast), ">=", "80", "分"),
            ("> =100 万张", Some(AtLeast), ">=", "100", "万张"),
            ("＞＝95%", Some(AtLeast), "＞＝", "95", "%"),
            ("≥ 3", Some(AtLeast), "≥", "3", ""),
            ("< =70.5 0 万元", Some(AtMost), "<=", "70.50", "万元"),
            ("≤1,066.50万元", Some(AtMost), "≤", "1,066.50", "万元"),
            ("<5%", Some(Less), "<", "5", "%"),
            (">0", Some(More), ">", "0", ""),
            ("100万 张", None, "", "100", "万张"),
            ("95 万 元", None, "", "95", "万元"),
            ("不低于 95%", Some(AtLeast), "不低于", "95", "%"),
            ("95%及以上", Some(AtLeast), "及以上", "95", "%"),
            ("≥95%以上", Some(AtLeast), "≥", "95", "%以上"),
            ("≥1年", Some(AtLeast), "≥", "1", "年"),
            ("≥2000次/年", Some(AtLeast), "≥", "2,000", "次/年"),
            ("≥2000", Some(AtLeast), "≥", "2,000", ""),
        ] {
            let expected = (
                operator,
                printed.to_owned(),
                Some(number.to_owned()),
                unit.to_owned(),
                vec![],
            );
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_ranges_and_words_are_no_numbers() {
        for (text, operator, printed, years) in [
            (
                "<=2023年6月1日-2024年5月31日",
                Some(Operator::AtMost),
                "<=",
                vec![2023, 2024],
            ),
            ("<=2024年12月", Some(Operator::AtMost), "<=", vec![2024]),
            ("2024 年 12 月底前", None, "", vec![2024]),
            ("2024.06.30", None, "", vec![2024]),
            ("2023-2024年度", None, "", vec![2023, 2024]),
            ("≥10-12次", Some(Operator::AtLeast), "≥", vec![]),
            ("12月31日前", None, "", vec![]),
            ("有效 提升", None, "", vec![]),
            ("超过预期", None, "", vec![]),
            ("≥", Some(Operator::AtLeast), "≥", vec![]),
            ("", None, "", vec![]),
        ] {
            assert_eq!(
                read(text),
                (operator, printed.to_owned(), None, String::new(), years),
                "{text}"
            );
        }
    }

    #[test]
    fn signs_and_units_may_have_columns() {
        let value = split_value("≥", "3.1", "万人次", &words());
        assert_eq!(
            (value.operator, value.text.as_str()),
            (Some(Operator::AtLeast), "≥3.1万人次")
        );
        assert_eq!(
            (value.number.map(|n| n.to_string()), value.unit.as_str()),
            (Some("3.1".into()), "万人次")
        );
        let words_only = split_value("定性", "良好", "", &words());
        assert_eq!(
            (words_only.operator, words_only.text.as_str()),
            (None, "良好")
        );
    }
}
