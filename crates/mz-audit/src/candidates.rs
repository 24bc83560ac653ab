//! Figures that may stand for one and the same amount: what a sentence says itself, what the tables say, what other
//! sentences say. A computed figure is wrong only when none of them makes it right.

use std::collections::BTreeMap;

use mz_budget::{
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Stage, Subject},
    money::PrintedMoney,
    place::Place,
};

use crate::{
    Audit,
    claim_groups::{self, ClaimGroup},
    cubes::observed,
    interval::Interval,
};

/// One figure for an amount.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// What it can stand for.
    pub interval: Interval,
    /// The figure, where it is one of money.
    pub money: Option<PrintedMoney>,
    /// As printed, or computed.
    pub printed: String,
    /// Where it is printed; `None` for a derived amount.
    pub place: Option<&'a Place>,
}

/// Amount claims and changes by subject, for looking up what other sentences say.
#[derive(Debug, Default)]
pub struct ClaimIndex<'a> {
    amounts: BTreeMap<(&'a Subject, Stage), Vec<&'a Claim>>,
    changes: BTreeMap<(&'a Subject, Stage), Vec<&'a Claim>>,
}

impl<'a> ClaimIndex<'a> {
    /// Indexes the claims of a disclosure.
    pub fn new(disclosure: &'a Disclosure) -> Self {
        let mut index = Self::default();
        for claim in &disclosure.claims {
            let slot = match claim.measure {
                Measure::Amount => &mut index.amounts,
                Measure::Change => &mut index.changes,
                _ => continue,
            };
            slot.entry((&claim.subject, claim.stage))
                .or_default()
                .push(claim);
        }
        index
    }

    /// Amount claims of a subject.
    pub fn amounts<'s>(&'s self, subject: &'s Subject, stage: Stage) -> &'s [&'a Claim] {
        self.amounts
            .get(&(subject, stage))
            .map_or(&[], Vec::as_slice)
    }

    /// Change claims of a subject.
    pub fn changes<'s>(&'s self, subject: &'s Subject, stage: Stage) -> &'s [&'a Claim] {
        self.changes
            .get(&(subject, stage))
            .map_or(&[], Vec::as_slice)
    }
}

/// The value of a claim as printed.
pub fn printed(claim: &Claim) -> String {
    match &claim.value {
        ClaimValue::Money(money) => money.to_string(),
        ClaimValue::Percent(percent) => format!("{percent}%"),
        ClaimValue::Quantity { number, unit } => format!("{number} {unit}"),
        ClaimValue::None => String::new(),
    }
}

impl Candidate<'_> {
    /// Whether another of the figures for the same amount, printed elsewhere, says the same.
    pub fn is_confirmed(&self, all: &[Candidate<'_>]) -> bool {
        all.iter()
            .any(|other| other.place != self.place && other.interval.meets(self.interval))
    }
}

/// The figure a claim prints. `None` for one that is neither money nor a count.
pub fn of_claim<'a>(claim: &'a Claim) -> Option<Candidate<'a>> {
    let interval = claim_groups::interval(claim)?;
    Some(Candidate {
        interval,
        money: claim_groups::money(claim),
        printed: printed(claim),
        place: Some(&claim.place),
    })
}

impl<'a> Audit<'a> {
    /// Figures for an amount: the sentence's own first, then the tables', then those of other sentences.
    pub fn amounts(
        &self,
        subject: &Subject,
        stage: Stage,
        own: Option<&'a Claim>,
    ) -> Vec<Candidate<'a>> {
        let mut found: Vec<Candidate<'a>> = own.and_then(of_claim).into_iter().collect();
        if let Subject::Slice(slice) = subject {
            let printed = self.cubes().printed(stage, *slice);
            found.extend(printed.iter().filter_map(|i| {
                let money = observed(self.disclosure, *i)?;
                let interval = Interval::of(money)?;
                Some(Candidate {
                    interval,
                    money: Some(money),
                    printed: money.to_string(),
                    place: self.place_of(*i),
                })
            }));
            if printed.is_empty()
                && let Some(known) = self.tables(stage, *slice)
            {
                found.push(Candidate {
                    interval: known.interval,
                    money: None,
                    printed: self.money(known.interval.middle()),
                    place: None,
                });
            }
        }
        let others = self.index.amounts(subject, stage).iter();
        found.extend(
            others
                .filter(|claim| !own.is_some_and(|own| std::ptr::eq(own, **claim)))
                .filter_map(|c| of_claim(c)),
        );
        found
    }

    /// Signed changes of the subject of a group: its own first, then those of other sentences.
    pub fn changes(&self, group: &ClaimGroup<'a>) -> Vec<(Interval, &'a Claim)> {
        let others = self
            .index
            .changes(group.subject, group.stage)
            .iter()
            .copied();
        let own = group.change;
        own.into_iter()
            .chain(others.filter(|claim| !own.is_some_and(|own| std::ptr::eq(own, *claim))))
            .filter(|claim| own.is_none_or(|own| own.base == claim.base))
            .filter_map(|claim| {
                Some((
                    claim_groups::signed_change(claim, self.unit_slack())?,
                    claim,
                ))
            })
            .collect()
    }
}
