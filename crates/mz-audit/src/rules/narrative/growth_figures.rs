//! The ways the figures of a document give a change and the base it is measured against, and which of the figures may be
//! slips of the pen when the printed rate does not follow.

use mz_budget::{
    disclosure::{Base, Direction},
    finding::Suspect,
};

use crate::{
    Audit,
    candidates::{self, Candidate},
    claim_groups::ClaimGroup,
    interval::Interval,
    rates::{self, Rate},
};

/// A change and the base it is measured against.
pub struct Reckoning<'a> {
    /// The signed change.
    pub change: Interval,
    /// What it is measured against.
    pub base: Interval,
    /// The division, as printed.
    pub shown: String,
    /// The printed figures they come from.
    pub figures: Option<Figures<'a>>,
}

impl Reckoning<'_> {
    /// The change without its sign.
    pub fn size(&self) -> Interval {
        if self.change.middle() < 0 {
            self.change.negated()
        } else {
            self.change
        }
    }
}

/// The printed figures a change and its base come from.
pub struct Figures<'a> {
    amount: Figure<'a>,
    other: Other<'a>,
}

/// A figure, and whether another place of the document says the same.
struct Figure<'a> {
    printed: Candidate<'a>,
    is_confirmed: bool,
}

/// What stands beside the amount.
enum Other<'a> {
    Change(Figure<'a>),
    Prior(Figure<'a>),
}

impl<'a> Figures<'a> {
    /// Last year's figure.
    pub fn prior(&self) -> Option<&Candidate<'a>> {
        match &self.other {
            Other::Prior(prior) => Some(&prior.printed),
            Other::Change(_) => None,
        }
    }

    /// The amounts that become right by undoing one slip.
    pub fn slipped(&self, rate: Rate) -> Vec<Suspect> {
        let amount = self.amount.printed.interval;
        let suspects = match &self.other {
            Other::Prior(prior) => [
                prior.slipped(rate.base_of(amount)),
                self.amount.slipped(rate.amount_of(prior.printed.interval)),
            ],
            Other::Change(change) => [
                change.slipped(rate.change_of(amount)),
                self.amount
                    .slipped(rate.amount_with(change.printed.interval)),
            ],
        };
        suspects.into_iter().flatten().collect()
    }
}

impl<'a> Figure<'a> {
    fn of(printed: &Candidate<'a>, all: &[Candidate<'a>]) -> Self {
        Self {
            is_confirmed: printed.is_confirmed(all),
            printed: printed.clone(),
        }
    }

    fn slipped(&self, right: Option<Interval>) -> Option<Suspect> {
        (!self.is_confirmed).then(|| rates::slipped(&self.printed, right))?
    }
}

/// Every way the figures of the document give the change and its base.
pub fn reckonings<'a>(audit: &Audit<'a>, group: &ClaimGroup<'a>) -> Vec<Reckoning<'a>> {
    let amounts = audit.amounts(group.subject, group.stage, group.amount);
    let mut found = Vec::new();
    for (change, claim) in audit.changes(group) {
        for amount in &amounts {
            let base = amount.interval.minus(change);
            let sign = if change.middle() < 0 { "+" } else { "−" };
            let printed = candidates::printed(claim);
            found.push(Reckoning {
                change,
                base,
                shown: format!("{printed} ÷（{} {sign} {printed}）", amount.printed),
                figures: candidates::of_claim(claim).map(|change| Figures {
                    amount: Figure::of(amount, &amounts),
                    other: Other::Change(Figure::of(&change, &[])),
                }),
            });
        }
    }
    if group.change.is_none()
        && let Some(stage) = group.growth.and_then(|c| c.base).map(Base::stage)
    {
        let priors = audit.amounts(group.subject, stage, None);
        for prior in &priors {
            for amount in &amounts {
                found.push(Reckoning {
                    change: amount.interval.minus(prior.interval),
                    base: prior.interval,
                    shown: format!(
                        "（{} − {}）÷ {}",
                        amount.printed, prior.printed, prior.printed
                    ),
                    figures: Some(Figures {
                        amount: Figure::of(amount, &amounts),
                        other: Other::Prior(Figure::of(prior, &priors)),
                    }),
                });
            }
        }
    }
    if group.direction() == Some(Direction::Level) && found.is_empty() {
        found.push(Reckoning {
            change: Interval::ZERO,
            base: Interval { low: 1, high: 1 },
            shown: "持平".into(),
            figures: None,
        });
    }
    found
}
