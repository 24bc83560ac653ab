//! Last year's figures as this year's sentences state them, or imply them by a change.

use mz_budget::{
    disclosure::{Base, Claim, ClaimValue, Direction, Measure, Stage, Subject},
    money::{Decimal, PrintedMoney},
    package::{Line, Listing, Manner, Package},
    profile::narrative::StageWord,
};

use super::Importer;

impl Importer<'_> {
    /// One list of what sentences say of last year's budget.
    pub(super) fn prior_figures(&self, package: &mut Package) {
        let mut lines: Vec<Line> = Vec::new();
        for claim in &self.disclosure.claims {
            let Subject::Slice(slice) = claim.subject else {
                continue;
            };
            let found = match (&claim.measure, &claim.value) {
                (Measure::Amount, ClaimValue::Money(money))
                    if claim.stage == Stage::PriorBudget =>
                {
                    Some((*money, String::new()))
                }
                (Measure::Change, value) if claim.base == Some(Base::PriorBudget) => self
                    .before(claim, value)
                    .map(|money| (money, "（由本年数和增减额推算）".to_owned())),
                _ => None,
            };
            let Some((amount, how)) = found else { continue };
            let at = self.coordinates(slice);
            if lines.iter().any(|line| line.at == at) {
                continue;
            }
            let mut line = Line::new(at, amount);
            line.source = format!("{}{how}", self.source(&claim.place));
            line.place = self.place(&claim.place);
            lines.push(line);
        }
        if !lines.is_empty() {
            package.listings.push(Listing {
                key: "prior-narrative".to_owned(),
                stage: StageWord::PriorBudget,
                manner: Manner::Figures,
                at: Default::default(),
                complete: Vec::new(),
                lines,
            });
        }
    }

    /// This year's amount of the same statement, less its change.
    fn before(&self, change: &Claim, value: &ClaimValue) -> Option<PrintedMoney> {
        let now = self.disclosure.claims.iter().find_map(|claim| {
            match (&claim.measure, &claim.value) {
                (Measure::Amount, ClaimValue::Money(money))
                    if claim.group == change.group
                        && claim.subject == change.subject
                        && claim.stage == Stage::Budget =>
                {
                    Some(*money)
                }
                _ => None,
            }
        })?;
        let delta = match (change.direction?, value) {
            (Direction::Level, _) => return Some(now),
            (Direction::Up, ClaimValue::Money(money)) => negated(*money),
            (Direction::Down, ClaimValue::Money(money)) => *money,
            _ => return None,
        };
        if delta.unit != now.unit || delta.number.decimals != now.number.decimals {
            return None;
        }
        let digits = now.number.digits.checked_add(delta.number.digits)?;
        Some(PrintedMoney {
            number: Decimal {
                digits,
                ..now.number
            },
            unit: now.unit,
        })
    }
}

fn negated(money: PrintedMoney) -> PrintedMoney {
    PrintedMoney {
        number: Decimal {
            digits: -money.number.digits,
            ..money.number
        },
        unit: money.unit,
    }
}
