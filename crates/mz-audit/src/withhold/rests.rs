//! What withheld figures leave: a sum and the part of it that is published differ by them, so an audit of what is
//! published would print them as differences.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{Disclosure, Stage},
    finding::Finding,
    library::Library,
    money::{Decimal, Fen, MoneyUnit},
    package::Package,
};

use super::{Outside, secrets};

/// Most withheld figures of one scope that are looked at in every combination.
const MOST_TOGETHER: usize = 10;
/// Last digits by which a sum of rounded parts may miss its whole.
const ROUNDING: u64 = 6;

/// The amounts that withheld figures of one scope make, alone and together.
#[derive(Clone, Debug, Default)]
pub struct Rests {
    amounts: BTreeSet<u64>,
    /// Fen of a last printed digit.
    ulp: u64,
}

impl Rests {
    /// Those of a package, of which `public` is published.
    pub fn of(package: &Package, public: &Disclosure, library: &Library) -> Self {
        let catalogue = library.catalogue(package.year.value);
        let mut outside = Outside::new(public, &[], catalogue, secrets::hidden(package));
        let secrets = secrets::of_package(package, &mut outside.dimensions, catalogue);
        let mut by_scope: BTreeMap<(Stage, Slice), BTreeMap<usize, u64>> = BTreeMap::new();
        for (i, secret) in secrets.iter().enumerate() {
            for (scope, Fen(fen)) in &secret.scopes {
                let others = scope.with(Dimension::Project, 0);
                let scope = by_scope.entry((secret.stage, others)).or_default();
                scope.insert(i, fen.unsigned_abs());
            }
        }
        let mut amounts = BTreeSet::new();
        for parts in by_scope.values() {
            let mut sums = BTreeSet::from([0_u64]);
            for amount in parts.values().take(MOST_TOGETHER) {
                let more: Vec<u64> = sums.iter().map(|sum| sum.saturating_add(*amount)).collect();
                sums.extend(more);
            }
            amounts.extend(parts.values());
            amounts.extend(sums);
        }
        amounts.remove(&0);
        let profile = &public.profile;
        let ulp = profile.unit.fen() / 10_i64.pow(u32::from(profile.decimals.min(6)));
        Self {
            amounts,
            ulp: ulp.unsigned_abs().max(1),
        }
    }

    /// Whether a finding says such an amount.
    pub fn are_said_by(&self, finding: &Finding) -> bool {
        let is_near = |fen: u64, within: u64| {
            let (least, most) = (fen.saturating_sub(within), fen.saturating_add(within));
            self.amounts.range(least..=most).next().is_some()
        };
        let difference = finding.difference.map(|fen| fen.0.unsigned_abs());
        difference.is_some_and(|fen| is_near(fen, self.ulp * ROUNDING))
            || [&finding.message, &finding.message_en]
                .iter()
                .flat_map(|message| numbers(message))
                .any(|fen| is_near(fen, self.ulp / 2))
    }
}

/// Every number of a text that has decimals, as an amount in yuan and in ten thousand yuan.
fn numbers(text: &str) -> Vec<u64> {
    let is_number = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let runs = text
        .split(|c| !is_number(c))
        .filter(|run| run.contains('.'));
    let read = runs.filter_map(Decimal::parse);
    read.flat_map(|number| {
        [MoneyUnit::Yuan, MoneyUnit::WanYuan].map(|unit| {
            let scale = 10_i64
                .checked_pow(u32::from(number.decimals))
                .unwrap_or(i64::MAX);
            (number.digits.saturating_mul(unit.fen()) / scale).unsigned_abs()
        })
    })
    .collect()
}
