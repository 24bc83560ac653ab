//! Claims by statement: amount, share, change and growth that one sentence gives for one subject, with its reason.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    disclosure::{Claim, ClaimValue, Direction, Disclosure, Measure, Reason, Stage, Subject},
    money::{Decimal, PrintedMoney},
};

use crate::interval::Interval;

/// What one statement says of one subject. Each field is the first claim of its measure.
#[derive(Clone, Debug)]
pub struct ClaimGroup<'a> {
    /// Number the claims share.
    pub group: usize,
    /// What it is about.
    pub subject: &'a Subject,
    /// Whose figure.
    pub stage: Stage,
    /// Amount.
    pub amount: Option<&'a Claim>,
    /// Share in a whole.
    pub share: Option<&'a Claim>,
    /// Change.
    pub change: Option<&'a Claim>,
    /// Growth rate.
    pub growth: Option<&'a Claim>,
    /// Completion rate.
    pub completion: Option<&'a Claim>,
    /// Reasons given for the group.
    pub reasons: Vec<&'a Reason>,
}

/// Groups the claims of a disclosure, in order of first appearance.
pub fn groups(disclosure: &Disclosure) -> Vec<ClaimGroup<'_>> {
    let mut index: BTreeMap<(usize, &Subject, Stage), usize> = BTreeMap::new();
    let mut groups: Vec<ClaimGroup<'_>> = Vec::new();
    for claim in &disclosure.claims {
        let at = *index
            .entry((claim.group, &claim.subject, claim.stage))
            .or_insert_with(|| {
                groups.push(ClaimGroup::new(claim));
                groups.len() - 1
            });
        let slot = match claim.measure {
            Measure::Amount => &mut groups[at].amount,
            Measure::Share { .. } => &mut groups[at].share,
            Measure::Change => &mut groups[at].change,
            Measure::Growth => &mut groups[at].growth,
            Measure::Completion => &mut groups[at].completion,
        };
        slot.get_or_insert(claim);
    }
    let mut by_group: BTreeMap<usize, Vec<&Reason>> = BTreeMap::new();
    for reason in &disclosure.reasons {
        by_group.entry(reason.group).or_default().push(reason);
    }
    let moved = |group: &ClaimGroup<'_>| group.change.is_some() || group.growth.is_some();
    let with_change: BTreeSet<usize> = groups
        .iter()
        .filter(|g| moved(g))
        .map(|g| g.group)
        .collect();
    for group in &mut groups {
        // A reason explains the change of a statement, not the budget that stands beside it.
        let is_its = moved(group) || !with_change.contains(&group.group);
        if is_its && (moved(group) || group.amount.is_some()) {
            group.reasons = by_group.get(&group.group).cloned().unwrap_or_default();
        }
    }
    groups
}

impl<'a> ClaimGroup<'a> {
    fn new(claim: &'a Claim) -> Self {
        Self {
            group: claim.group,
            subject: &claim.subject,
            stage: claim.stage,
            amount: None,
            share: None,
            change: None,
            growth: None,
            completion: None,
            reasons: Vec::new(),
        }
    }

    /// The claims of the group.
    pub fn claims(&self) -> impl Iterator<Item = &'a Claim> + use<'a> {
        [
            self.amount,
            self.share,
            self.change,
            self.growth,
            self.completion,
        ]
        .into_iter()
        .flatten()
    }

    /// Words of the subject, as printed.
    pub fn words(&self) -> &'a str {
        self.claims()
            .map(|claim| claim.words.as_str())
            .find(|words| !words.is_empty())
            .unwrap_or("该项")
    }

    /// Direction of the change, from the change or else the growth.
    pub fn direction(&self) -> Option<Direction> {
        self.change
            .and_then(|claim| claim.direction)
            .or_else(|| self.growth.and_then(|claim| claim.direction))
    }
}

/// The money a claim states.
pub fn money(claim: &Claim) -> Option<PrintedMoney> {
    match claim.value {
        ClaimValue::Money(money) => Some(money),
        _ => None,
    }
}

/// The percentage a claim states.
pub fn percent(claim: &Claim) -> Option<Decimal> {
    match claim.value {
        ClaimValue::Percent(percent) => Some(percent),
        _ => None,
    }
}

/// The interval of a claim's value: money in fen, quantities in ten-thousandths of their unit.
pub fn interval(claim: &Claim) -> Option<Interval> {
    match &claim.value {
        ClaimValue::Money(money) => Interval::of(*money),
        ClaimValue::Quantity { number, .. } => quantity(*number),
        ClaimValue::Percent(_) | ClaimValue::None => None,
    }
}

/// A quantity in ten-thousandths. Whole numbers are counts and exact.
fn quantity(number: Decimal) -> Option<Interval> {
    let missing = 4_u8.checked_sub(number.decimals)?;
    let last = 10_i64.pow(u32::from(missing));
    let slack = if number.decimals == 0 { 0 } else { last / 2 };
    Some(Interval::around(number.digits.checked_mul(last)?, slack))
}

/// The signed interval of a change: the printed figure with the sign of its direction word. `unit_slack` is what
/// "unchanged" leaves open when no figure is printed.
pub fn signed_change(claim: &Claim, unit_slack: i64) -> Option<Interval> {
    let value = interval(claim);
    match claim.direction? {
        Direction::Up => value,
        Direction::Down => value.map(Interval::negated),
        Direction::Level => Some(value.unwrap_or(Interval::around(0, unit_slack))),
    }
}

/// The signed percentage of a growth claim. "Unchanged" without a figure has none.
pub fn signed_growth(claim: &Claim) -> Option<Decimal> {
    let value = percent(claim)?;
    match claim.direction? {
        Direction::Up | Direction::Level => Some(value),
        Direction::Down => Some(Decimal {
            digits: -value.digits,
            ..value
        }),
    }
}
