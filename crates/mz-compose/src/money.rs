//! Amounts in fen, printed exactly in the unit of the document.

use mz_budget::{
    finding::Finding,
    money::{Fen, MoneyUnit},
};

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

/// The difference of a finding, in the unit its first side is printed in, or else in that of the document.
pub fn difference(finding: &Finding, of_document: MoneyUnit) -> Option<String> {
    let first = finding
        .sides
        .first()
        .map_or("", |side| side.printed.as_str());
    let unit = [MoneyUnit::YiYuan, MoneyUnit::WanYuan, MoneyUnit::Yuan]
        .into_iter()
        .find(|unit| first.ends_with(unit.name()))
        .unwrap_or(of_document);
    Some(with_unit(finding.difference?, unit))
}

#[cfg(test)]
mod tests {
    use mz_budget::finding::{Severity, Side};

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

    #[test]
    fn a_difference_is_shown_in_the_unit_of_its_first_side() {
        let finding = |printed: &str| Finding {
            sides: vec![Side {
                label: "文字".into(),
                printed: printed.into(),
                fen: None,
            }],
            difference: Some(Fen(-7_295_900)),
            ..Finding::new("MZ3001", "test", Severity::Error)
        };
        let shown = |printed| difference(&finding(printed), MoneyUnit::Yuan);
        assert_eq!(shown("201.50 万元").as_deref(), Some("−7.2959 万元"));
        assert_eq!(shown("2,015,000 元").as_deref(), Some("−72,959.00 元"));
        assert_eq!(shown("").as_deref(), Some("−72,959.00 元"));
    }
}
