//! How amounts that are computed, not printed, are shown in messages.

use mz_budget::{
    disclosure::ClaimValue,
    money::{Decimal, Fen, MoneyUnit},
};

/// An amount in a unit, with at least `decimals` decimals and as many more as it needs to be exact.
pub fn amount(fen: Fen, unit: MoneyUnit, decimals: u8) -> String {
    let mut decimals = decimals.min(12);
    loop {
        let scale = 10_i128.pow(u32::from(decimals));
        let scaled = i128::from(fen.0) * scale;
        let per_unit = i128::from(unit.fen());
        if scaled % per_unit == 0 || decimals >= 12 {
            let digits = i64::try_from(scaled / per_unit).unwrap_or(i64::MAX);
            return format!("{} {}", Decimal { digits, decimals }, unit.name());
        }
        decimals += 1;
    }
}

/// A quantity given in ten-thousandths, with the unit and decimals of the value it belongs to.
pub fn quantity(ten_thousandths: i64, like: &ClaimValue) -> String {
    let (decimals, unit) = match like {
        ClaimValue::Quantity { number, unit } => (number.decimals.min(4), unit.as_str()),
        _ => (0, ""),
    };
    let digits = ten_thousandths / 10_i64.pow(u32::from(4 - decimals));
    format!("{} {unit}", Decimal { digits, decimals })
        .trim_end()
        .to_owned()
}

/// Names joined as Chinese lists are, at most `most` of them, then how many there are in all.
pub fn listed(names: &[String], most: usize) -> String {
    if names.len() <= most {
        names.join("、")
    } else {
        format!("{} 等 {} 项", names[..most].join("、"), names.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_amounts_are_shown_exactly() {
        assert_eq!(amount(Fen(200_000), MoneyUnit::WanYuan, 2), "0.20 万元");
        assert_eq!(
            amount(Fen(-1_234_567_890), MoneyUnit::WanYuan, 2),
            "-1,234.56789 万元"
        );
        assert_eq!(amount(Fen(50), MoneyUnit::Yuan, 0), "0.5 元");
    }
}
