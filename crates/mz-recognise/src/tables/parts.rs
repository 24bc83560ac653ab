//! Headings that stand in several rows of one table, each row a part: a department that lists its units' headings one after
//! another, or a heading split by a second classification. The rows are added up to the one figure the heading has.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Observation, Reading, Stage},
    money::{Decimal, PrintedMoney},
};

/// Joins the observations from `first` on that are of one slice. What was added up says so in its row.
pub(super) fn add_up(observations: &mut Vec<Observation>, first: usize) {
    let tail = observations.split_off(first.min(observations.len()));
    let mut at: BTreeMap<(Stage, Slice), usize> = BTreeMap::new();
    let mut n_rows: BTreeMap<usize, usize> = BTreeMap::new();
    for observation in tail {
        let key = (observation.stage, observation.slice);
        let Some(&whole) = at.get(&key) else {
            at.insert(key, observations.len());
            observations.push(observation);
            continue;
        };
        let Some(sum) = observations.get_mut(whole) else {
            continue;
        };
        match added(&sum.reading, &observation.reading) {
            Some(reading) => {
                sum.reading = reading;
                *n_rows.entry(whole).or_insert(1) += 1;
            }
            None => observations.push(observation),
        }
    }
    for (whole, n) in n_rows {
        let Some(sum) = observations.get_mut(whole) else {
            continue;
        };
        if let Some(row) = &mut sum.place.row {
            row.push_str(&format!("（{n} 行之和）"));
        }
        if let Reading::Value(money) = &mut sum.reading
            && money.number.decimals <= ROUNDED
        {
            money.number = shorter(money.number);
        }
    }
}

/// Figures of this many decimals are rounded, and so is no sum of them exact to the last digit.
const ROUNDED: u8 = 2;

/// The figure to one digit less.
fn shorter(number: Decimal) -> Decimal {
    match number.decimals.checked_sub(1) {
        Some(decimals) => Decimal {
            digits: (number.digits + 5 * number.digits.signum()) / 10,
            decimals,
        },
        None => number,
    }
}

/// Two parts together; `None` when one of them is no figure that can be added.
fn added(a: &Reading, b: &Reading) -> Option<Reading> {
    match (a, b) {
        (Reading::Value(a), Reading::Value(b)) if a.unit == b.unit => {
            let decimals = a.number.decimals.max(b.number.decimals);
            let scaled = |n: Decimal| {
                n.digits
                    .checked_mul(10_i64.checked_pow(u32::from(decimals - n.decimals))?)
            };
            let digits = scaled(a.number)?.checked_add(scaled(b.number)?)?;
            let number = Decimal { digits, decimals };
            Some(Reading::Value(PrintedMoney {
                number,
                unit: a.unit,
            }))
        }
        (Reading::Blank | Reading::Absent, other) | (other, Reading::Blank | Reading::Absent) => {
            Some(other.clone())
        }
        _ => None,
    }
}
