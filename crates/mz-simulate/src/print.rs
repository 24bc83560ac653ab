//! How figures are printed: 万元 with two decimals, grouping commas.

/// Hundredths of 万元 that an amount in fen rounds to, half away from zero.
pub fn hundredths(fen: i64) -> i64 {
    (fen + if fen < 0 { -5_000 } else { 5_000 }) / 10_000
}

/// An amount given in hundredths, with grouping commas and two decimals: `3,210.54`.
pub fn decimal(hundredths: i64) -> String {
    let (whole, fraction) = (
        hundredths.unsigned_abs() / 100,
        hundredths.unsigned_abs() % 100,
    );
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!(
        "{}{grouped}.{fraction:02}",
        if hundredths < 0 { "-" } else { "" }
    )
}

/// An amount in fen as a table cell: blank for zero.
pub fn cell(fen: i64) -> String {
    if hundredths(fen) == 0 {
        String::new()
    } else {
        decimal(hundredths(fen))
    }
}

/// An amount in fen as it stands in a sentence.
pub fn amount(fen: i64) -> String {
    decimal(hundredths(fen))
}

/// `part / whole` in percent with two decimals, from printed hundredths; `whole` must be positive.
pub fn percent(part: i64, whole: i64) -> String {
    decimal((part * 20_000 + whole) / (2 * whole))
}
