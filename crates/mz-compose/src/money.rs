//! Amounts in fen, printed exactly in the unit of the document.

use mz_budget::money::{Fen, MoneyUnit};

/// The amount without its unit: grouped, exact, at least two decimals.
pub fn amount(fen: Fen, unit: MoneyUnit) -> String {
    let scale = unit.fen().unsigned_abs();
    let magnitude = fen.0.unsigned_abs();
    let n_decimals = scale.ilog10() as usize;
    let mut decimals = format!("{:0n_decimals$}", magnitude % scale);
    while decimals.len() > 2 && decimals.ends_with('0') {
        decimals.pop();
    }
    let whole = (magnitude / scale).to_string();
    let mut out = String::from(if fen.0 < 0 { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push('.');
    out.push_str(&decimals);
    out
}

/// The amount with its unit.
pub fn with_unit(fen: Fen, unit: MoneyUnit) -> String {
    format!("{} {}", amount(fen, unit), unit.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_grouped() {
        assert_eq!(
            with_unit(Fen(-20_000_000), MoneyUnit::WanYuan),
            "−20.00 万元"
        );
        assert_eq!(amount(Fen(3_210_540_000), MoneyUnit::WanYuan), "3,210.54");
        assert_eq!(
            amount(Fen(3_210_540_001), MoneyUnit::WanYuan),
            "3,210.540001"
        );
        assert_eq!(amount(Fen(5), MoneyUnit::Yuan), "0.05");
        assert_eq!(
            amount(Fen(i64::MIN), MoneyUnit::Yuan),
            "−92,233,720,368,547,758.08"
        );
    }
}
