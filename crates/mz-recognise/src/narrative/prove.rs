//! Claims of documents that no profile describes: what the words were bound to is kept where the document's own tables bear
//! it out, moved where they bear out a neighbour, and listed as unproved where nothing speaks for it.
//!
//! A sentence of a form nobody declared may say more than was understood ("一般公共预算安排委托业务费"), and a wrong subject
//! makes a right number look wrong. So a figure that contradicts the tables is a contradiction only where the subject is
//! named to the heading, or the two are near enough to be meant as one.

use std::collections::{BTreeMap, BTreeSet};

use super::{bind::SAID, listed, sure::Sure};
use mz_budget::{
    dimension::{Dimension, Dimensions, NodeId, Slice, Tree},
    disclosure::{
        Claim, ClaimValue, Direction, Disclosure, ListKind, Measure, Origin, Reading, Stage,
        StatementKind, Subject, Unproved,
    },
    money::PrintedMoney,
};

/// Two figures of which one is at most this many tenths of the other may be meant as one.
const NEAR_TENTHS: i128 = 14;

/// An amount in fen and half its last digit.
pub(super) type Figure = (i64, i64);

/// What the tables say of a group's amount.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Keep,
    Move(Slice),
    Unproved(&'static str),
}

/// Figures of subjects that are known by their own words only.
fn said(disclosure: &Disclosure) -> Vec<Unproved> {
    let claims = disclosure.claims.iter();
    claims
        .filter(|claim| matches!(&claim.subject, Subject::Fact(key) if key.starts_with(SAID)))
        .filter_map(|claim| {
            note(
                claim,
                "主语不在口径词、科目和项目名称之内，只与同句的数核对",
            )
        })
        .collect()
}

/// Goes through the claims of a document whose tables were read from their own headers.
pub(crate) fn prove(disclosure: &mut Disclosure) {
    let tables = Tables::new(disclosure);
    let totals = listed::listed(disclosure, &tables);
    let whole = listed::whole(disclosure, &tables, &Measure::Amount);
    let changes = listed::whole(disclosure, &tables, &Measure::Change);
    let mut verdicts = verdicts(disclosure, &tables);
    for (group, (verdict, _)) in &mut verdicts {
        if totals.contains_key(group) {
            *verdict = Verdict::Keep;
        }
    }
    stay_with_totals(disclosure, &whole, &mut verdicts);
    let mut notes = Vec::new();
    let dimensions = &disclosure.dimensions;
    let mixed = mixed_groups(&disclosure.claims);
    let n_groups = disclosure.claims.iter().map(|c| c.group + 1).max();
    for (i, claim) in disclosure.claims.iter_mut().enumerate() {
        match verdicts.get(&claim.group) {
            Some((Verdict::Move(to), from)) => shift(claim, *from, *to, dimensions),
            Some((Verdict::Unproved(why), _)) => {
                // Figures of one statement may be compared with one another, unless it mixes several.
                let is_mixed = *why == TOO_MUCH || mixed.contains(&claim.group);
                let key = if is_mixed {
                    format!("unproved.{}.{i}", claim.group)
                } else {
                    format!("unproved.{}", claim.group)
                };
                notes.extend(withdraw(claim, why, key));
                if is_mixed {
                    claim.group = n_groups.unwrap_or(0) + i;
                }
            }
            _ => {}
        }
    }
    shares(disclosure, &tables);
    parts(disclosure, &tables, &whole, &changes);
    for claim in &mut disclosure.claims {
        if let Some(total) = totals.get(&claim.group).copied() {
            claim.part_of = Some(total);
            claim.exhaustive = true;
        }
    }
    alone(disclosure);
    follow(disclosure);
    for list in &mut disclosure.lists {
        match list.kind {
            ListKind::EconomicItems => list.scope = tables.scope(list.scope, Dimension::Economic),
            ListKind::FunctionCategories => {
                list.scope = tables.scope(list.scope, Dimension::Function);
            }
            ListKind::IncomeSources | ListKind::Offices | ListKind::Bodies => {}
        }
    }
    notes.extend(said(disclosure));
    disclosure.n_bound = disclosure.n_bound.saturating_sub(notes.len());
    disclosure.unproved.extend(notes);
    // A sentence that seems to say there is no money at all speaks of something that was not understood.
    disclosure.statements.retain(|statement| {
        let of_everything = matches!(&statement.subject, Some(Subject::Slice(slice))
            if *slice == Slice::WHOLE || tables.is_wide(*slice));
        let is_sweeping = matches!(statement.kind, StatementKind::AllFrom { .. });
        !(is_sweeping || (statement.kind == StatementKind::Nil && of_everything))
    });
}

/// Parts that are all listed under a total of the tables are of the same money as the total.
fn stay_with_totals(
    disclosure: &Disclosure,
    whole: &BTreeSet<usize>,
    verdicts: &mut BTreeMap<usize, (Verdict, Slice)>,
) {
    for claim in &disclosure.claims {
        let total = claim.part_of.filter(|total| whole.contains(total));
        let (Some((verdict, from)), Subject::Slice(part)) =
            (total.and_then(|total| verdicts.get(&total)), &claim.subject)
        else {
            continue;
        };
        let Verdict::Move(to) = *verdict else {
            verdicts.insert(claim.group, (Verdict::Keep, *part));
            continue;
        };
        let money = [Dimension::Fund, Dimension::Nature, Dimension::Vintage];
        let moved = money
            .into_iter()
            .filter(|d| part.node(*d) == from.node(*d))
            .fold(*part, |part, d| part.with(d, to.node(d)));
        verdicts.insert(claim.group, (Verdict::Move(moved), *part));
    }
}

/// Dimensions whose nodes are headings and projects, named by the document.
const NAMED: [Dimension; 4] = [
    Dimension::Function,
    Dimension::Economic,
    Dimension::Governmental,
    Dimension::Project,
];

/// Adds the amounts of headings of two classifications that the tables print only side by side, each split by the other.
fn split_headings(by_slice: &mut BTreeMap<Slice, Vec<Figure>>, classes: &Tree) {
    let mut sums: BTreeMap<Slice, Figure> = BTreeMap::new();
    let add = |sums: &mut BTreeMap<Slice, Figure>, slice: Slice, figure: &Figure| {
        let sum = sums.entry(slice).or_insert((0, 0));
        *sum = (sum.0 + figure.0, sum.1 + figure.1);
    };
    for (slice, figures) in by_slice.iter() {
        let is_split =
            slice.node(Dimension::Economic) != 0 && slice.node(Dimension::Governmental) != 0;
        if let Some(figure) = figures.first().filter(|_| is_split) {
            add(&mut sums, slice.with(Dimension::Governmental, 0), figure);
            add(&mut sums, slice.with(Dimension::Economic, 0), figure);
        }
    }
    let mut categories: BTreeMap<Slice, Figure> = BTreeMap::new();
    for (slice, figure) in &sums {
        let parent = classes.node(slice.node(Dimension::Governmental)).parent;
        if parent != 0 {
            add(
                &mut categories,
                slice.with(Dimension::Governmental, parent),
                figure,
            );
        }
    }
    for (slice, sum) in sums.into_iter().chain(categories) {
        by_slice.entry(slice).or_insert_with(|| vec![sum]);
    }
}

/// The figures of the tables.
pub(super) struct Tables {
    by_slice: BTreeMap<Slice, Vec<Figure>>,
    /// Funds so wide that no document is without them.
    wide: BTreeSet<u16>,
    /// This year's money.
    current: u16,
    /// What is spent.
    spent: u16,
    /// The document prints figures in tables; without any, what it says twice or adds up stands for them.
    are_printed: bool,
}

impl Tables {
    fn new(disclosure: &Disclosure) -> Self {
        let mut by_slice: BTreeMap<Slice, Vec<Figure>> = BTreeMap::new();
        for observation in &disclosure.observations {
            let in_table = matches!(observation.origin, Origin::Cell { .. });
            if !in_table || observation.stage != Stage::Budget {
                continue;
            }
            let printed = match &observation.reading {
                Reading::Value(money) => figure(money),
                // A blank cell of a row that is there says that there is nothing.
                Reading::Blank => Some((0, 1)),
                _ => None,
            };
            if let Some(figure) = printed {
                by_slice.entry(observation.slice).or_default().push(figure);
            }
        }
        let classes = disclosure.dimensions.tree(Dimension::Governmental);
        split_headings(&mut by_slice, classes);
        add_natures(&disclosure.dimensions, &mut by_slice);
        let are_printed = !by_slice.is_empty();
        if !are_printed {
            by_slice = supported(disclosure);
        }
        let funds = disclosure.dimensions.tree(Dimension::Fund);
        let wide = ["appropriation", "general-public"];
        Self {
            by_slice,
            are_printed,
            spent: disclosure
                .dimensions
                .tree(Dimension::Nature)
                .find("spent")
                .unwrap_or(0),
            current: disclosure
                .dimensions
                .tree(Dimension::Vintage)
                .find("current")
                .unwrap_or(0),
            wide: wide.iter().filter_map(|key| funds.find(key)).collect(),
        }
    }

    /// The dimensions that divide a whole into such a part.
    pub(super) fn division(&self, whole: Slice, part: Slice) -> u8 {
        whole.division(part, self.current)
    }

    fn is_wide(&self, slice: Slice) -> bool {
        let bare = slice.with(Dimension::Fund, 0).with(Dimension::Vintage, 0);
        bare == Slice::WHOLE && self.wide.contains(&slice.node(Dimension::Fund))
    }

    /// Named to the heading, the project or a fund that not every document has: hardly another's figure.
    fn is_named(&self, slice: Slice) -> bool {
        let fund = slice.node(Dimension::Fund);
        NAMED.iter().any(|d| slice.node(*d) != 0) || (fund != 0 && !self.wide.contains(&fund))
    }

    /// The slice itself where the tables print it, else this year's part of it: tables may leave out what was carried over.
    /// A heading's money is what is spent.
    pub(super) fn home(&self, slice: Slice) -> Option<(Slice, &Vec<Figure>)> {
        let is_heading = Dimension::ALL
            .iter()
            .any(|d| d.is_classification() && slice.node(*d) != 0);
        let spent = (is_heading && slice.node(Dimension::Nature) == 0)
            .then(|| slice.with(Dimension::Nature, self.spent));
        [Some(slice), spent]
            .into_iter()
            .flatten()
            .find_map(|slice| {
                let current = slice.with(Dimension::Vintage, self.current);
                let found = |slice| self.by_slice.get(&slice).map(|own| (slice, own));
                found(slice).or_else(|| found(current))
            })
    }

    /// The nearest slice of the same heading where all the tables print of it is one figure, whatever the money.
    fn unanimous(&self, slice: Slice) -> Option<(Slice, &Vec<Figure>)> {
        let money = [Dimension::Fund, Dimension::Nature, Dimension::Vintage];
        let mut named = Dimension::ALL.iter().filter(|d| !money.contains(d));
        if named.all(|d| slice.node(*d) == 0) {
            return None;
        }
        let is_wide = |slice: &Slice| {
            let fund = slice.node(Dimension::Fund);
            fund == 0 || self.wide.contains(&fund)
        };
        let fits = |d: Dimension, other: &Slice, whole: u16| {
            let node = other.node(d);
            node == slice.node(d) || (slice.node(d) == 0 && node == whole)
        };
        let alike = |other: &Slice| {
            let mut named = Dimension::ALL.iter().filter(|d| !money.contains(d));
            named.all(|d| other.node(*d) == slice.node(*d))
                && fits(Dimension::Nature, other, self.spent)
                && fits(Dimension::Vintage, other, self.current)
        };
        let printed = || self.by_slice.iter().filter(|(other, _)| alike(other));
        let is_own = |other: &Slice| other.node(Dimension::Fund) == slice.node(Dimension::Fund);
        let mut homes: Vec<(Slice, &Vec<Figure>)> = printed()
            .filter(|(other, _)| is_own(other))
            .map(|(other, own)| (*other, own))
            .collect();
        if homes.is_empty() && is_wide(&slice) {
            let related = printed().filter(|(other, _)| is_wide(other));
            homes = related.map(|(other, own)| (*other, own)).collect();
        }
        self.agreed(slice, homes)
    }

    /// The figure that a subject of certain words must have: the tables' own, or the one on which all they print of the same
    /// subject in wider and narrower money agrees.
    pub(super) fn meant(&self, slice: Slice) -> Option<(Slice, &Vec<Figure>)> {
        let related = || {
            let is_wide = |fund: NodeId| fund == 0 || self.wide.contains(&fund);
            let is_year = |vintage: NodeId| vintage == 0 || vintage == self.current;
            let bare = |slice: Slice| slice.with(Dimension::Fund, 0).with(Dimension::Vintage, 0);
            let is_wider = |other: &Slice| {
                bare(*other) == bare(slice)
                    && is_wide(other.node(Dimension::Fund))
                    && is_year(other.node(Dimension::Vintage))
            };
            let is_own =
                is_wide(slice.node(Dimension::Fund)) && is_year(slice.node(Dimension::Vintage));
            let alike = self
                .by_slice
                .iter()
                .filter(|(other, _)| is_own && is_wider(other));
            self.agreed(slice, alike.map(|(other, own)| (*other, own)).collect())
        };
        let found = self.home(slice).or_else(related);
        found.or_else(|| self.unanimous(slice))
    }

    /// The nearest of some slices, where all the tables print of them is one figure.
    fn agreed<'t>(
        &self,
        slice: Slice,
        homes: Vec<(Slice, &'t Vec<Figure>)>,
    ) -> Option<(Slice, &'t Vec<Figure>)> {
        let first = *homes.first()?.1.first()?;
        let mut all = homes.iter().flat_map(|(_, own)| own.iter());
        let do_agree = all.all(|own| same(*own, first));
        let nearest = homes
            .into_iter()
            .min_by_key(|(other, _)| distance(slice, *other));
        nearest.filter(|_| do_agree)
    }

    /// Scope of a list of names: this year's where that is all the tables divide by the names' classification.
    fn scope(&self, scope: Slice, axis: Dimension) -> Slice {
        let current = scope.with(Dimension::Vintage, self.current);
        let is_divided = |scope: Slice| {
            let mut slices = self.by_slice.keys();
            slices.any(|slice| slice.node(axis) != 0 && slice.with(axis, 0) == scope)
        };
        if !is_divided(scope) && is_divided(current) {
            current
        } else {
            scope
        }
    }

    /// Whether all money of the tables is this year's.
    pub(super) fn is_of_one_year(&self, dimensions: &Dimensions) -> bool {
        let years = &dimensions.tree(Dimension::Vintage).nodes;
        let mut others = (1..).take(years.len().saturating_sub(1));
        others.all(|year| year == self.current || self.is_empty(Dimension::Vintage, year))
    }

    /// Whether no table prints money of a node, whatever else is said of it.
    pub(super) fn is_empty(&self, dimension: Dimension, node: NodeId) -> bool {
        let mut printed = self.by_slice.iter();
        printed
            .all(|(slice, own)| slice.node(dimension) != node || own.iter().all(|own| own.0 == 0))
    }

    pub(super) fn says(&self, slice: Slice, figure: Figure) -> bool {
        self.by_slice
            .get(&slice)
            .is_some_and(|own| own.iter().any(|own| same(*own, figure)))
    }

    /// The slice of other money with the same headings of which the tables print this figure. Words that are certain may
    /// leave the money open, but do not name one and mean another.
    fn neighbour(&self, slice: Slice, figure: Figure, sure: Option<&Said>) -> Option<Slice> {
        let kept = [
            Dimension::Function,
            Dimension::Economic,
            Dimension::Governmental,
            Dimension::Project,
            Dimension::Body,
        ];
        let alike = |other: &Slice| {
            kept.iter().all(|d| other.node(*d) == slice.node(*d))
                && (slice.node(Dimension::Nature) == 0
                    || other.node(Dimension::Nature) == slice.node(Dimension::Nature))
        };
        let found = self
            .by_slice
            .iter()
            .filter(|(other, own)| alike(other) && own.iter().any(|own| same(*own, figure)));
        found
            .filter(|(other, _)| sure.is_none_or(|said| self.is_kin(slice, **other, said)))
            .map(|(other, _)| *other)
            .min_by_key(|other| distance(slice, *other))
    }

    /// Whether a subject may be meant as one of other money: both of funds that every document has, and the nature said, or
    /// left open where the passage does not say it of another amount.
    fn is_kin(&self, slice: Slice, other: Slice, said: &Said) -> bool {
        let is_wide = |fund: NodeId| fund == 0 || self.wide.contains(&fund);
        let (own, fund) = (slice.node(Dimension::Fund), other.node(Dimension::Fund));
        let (nature, meant) = (slice.node(Dimension::Nature), other.node(Dimension::Nature));
        (own == fund || (is_wide(own) && is_wide(fund)))
            && (nature == meant || meant == self.spent || (nature == 0 && !said.contains(&meant)))
    }

    /// Whether the tables leave a subject blank: to say of it that there is nothing contradicts nothing.
    fn is_free(&self, slice: Slice) -> bool {
        let has_money = |own: &Vec<Figure>| own.iter().any(|own| own.0 != 0);
        slice != Slice::WHOLE
            && !self.is_wide(slice)
            && !self.by_slice.get(&slice).is_some_and(has_money)
    }

    pub(super) fn anywhere(&self, figure: Figure) -> bool {
        figure.0 != 0
            && self
                .by_slice
                .values()
                .flatten()
                .any(|own| same(*own, figure))
    }
}

/// Economic classes of personnel cost; the others of basic expenditure are operating cost.
const PERSONNEL: [&str; 2] = ["301", "303"];

/// Personnel and operating cost where the tables print basic expenditure by economic class only.
fn add_natures(dimensions: &Dimensions, by_slice: &mut BTreeMap<Slice, Vec<Figure>>) {
    let natures = dimensions.tree(Dimension::Nature);
    let economics = dimensions.tree(Dimension::Economic);
    let nodes = ["basic", "personnel", "operating"].map(|key| natures.find(key));
    let [Some(basic), Some(personnel), Some(operating)] = nodes else {
        return;
    };
    let mut sums: BTreeMap<Slice, Figure> = BTreeMap::new();
    for (slice, own) in by_slice.iter() {
        let class = &economics.node(slice.node(Dimension::Economic)).key;
        let is_class = class.len() == 3 && class.bytes().all(|b| b.is_ascii_digit());
        let (true, Some(own)) = (
            is_class && slice.node(Dimension::Nature) == basic,
            own.first(),
        ) else {
            continue;
        };
        let nature = if PERSONNEL.contains(&class.as_str()) {
            personnel
        } else {
            operating
        };
        let whole = slice
            .with(Dimension::Economic, 0)
            .with(Dimension::Nature, nature);
        let sum = sums.entry(whole).or_default();
        *sum = (sum.0.saturating_add(own.0), sum.1.saturating_add(own.1));
    }
    for (slice, sum) in sums {
        by_slice.entry(slice).or_insert_with(|| vec![sum]);
    }
}

/// How far another slice of the same heading is: the same nature before another, the same fund, the same years.
fn distance(slice: Slice, other: Slice) -> ([bool; 3], Slice) {
    let axes = [Dimension::Nature, Dimension::Fund, Dimension::Vintage];
    (axes.map(|d| other.node(d) != slice.node(d)), other)
}

/// The amounts of a narrative without tables that it says in two statements, or whose parts add up.
fn supported(disclosure: &Disclosure) -> BTreeMap<Slice, Vec<Figure>> {
    let amounts = disclosure.claims.iter().filter_map(|claim| {
        let (Subject::Slice(slice), Measure::Amount, ClaimValue::Money(money)) =
            (&claim.subject, &claim.measure, &claim.value)
        else {
            return None;
        };
        let of_year = claim.stage == Stage::Budget;
        of_year.then_some((claim, *slice, figure(money)?))
    });
    let amounts: Vec<(&Claim, Slice, Figure)> = amounts.collect();
    let mut sums: BTreeMap<usize, Figure> = BTreeMap::new();
    for (claim, _, (value, slack)) in &amounts {
        if let Some(whole) = claim.part_of {
            let sum = sums.entry(whole).or_default();
            *sum = (sum.0.saturating_add(*value), sum.1.saturating_add(*slack));
        }
    }
    let adds_up = |group: usize| {
        let own = amounts.iter().find(|(claim, _, _)| claim.group == group);
        own.zip(sums.get(&group))
            .is_some_and(|((_, _, own), sum)| same(*own, *sum))
    };
    let mut by_slice: BTreeMap<Slice, Vec<Figure>> = BTreeMap::new();
    for (claim, slice, own) in &amounts {
        let is_said_twice = amounts.iter().any(|(other, other_slice, figure)| {
            other.group != claim.group && other_slice == slice && same(*figure, *own)
        });
        if is_said_twice || adds_up(claim.group) || claim.part_of.is_some_and(adds_up) {
            by_slice.entry(*slice).or_default().push(*own);
        }
    }
    by_slice
}

pub(super) fn figure(money: &PrintedMoney) -> Option<Figure> {
    let unit = money.unit.fen();
    let scale = 10_i64.checked_pow(u32::from(money.number.decimals))?;
    let value = money.number.digits.checked_mul(unit)? / scale;
    Some((value, (unit / scale / 2).max(1)))
}

fn same(a: Figure, b: Figure) -> bool {
    (a.0 - b.0).abs() <= a.1.max(b.1) + 1
}

/// Whether one may be meant as the other: alike in size, or off by the name of the unit.
fn is_near(a: i64, b: i64) -> bool {
    let (small, large) = (
        i128::from(a.abs().min(b.abs())),
        i128::from(a.abs().max(b.abs())),
    );
    if small == 0 {
        return false;
    }
    let alike = large * 10 <= small * NEAR_TENTHS;
    let slipped = [10_i128, 100, 1_000, 10_000]
        .iter()
        .any(|power| (large - small * power).abs() * 200 <= large);
    alike || slipped
}

/// What the tables say of each group with its slice: one statement stands or falls with its amount.
fn verdicts(disclosure: &Disclosure, tables: &Tables) -> BTreeMap<usize, (Verdict, Slice)> {
    let mut verdicts: BTreeMap<usize, (Verdict, Slice)> = BTreeMap::new();
    let sure = Sure::new(disclosure, tables);
    let natures = natures(disclosure);
    for claim in &disclosure.claims {
        let Subject::Slice(slice) = claim.subject else {
            continue;
        };
        if claim.stage != Stage::Budget {
            continue;
        }
        let verdict = match (&claim.measure, &claim.value) {
            (Measure::Amount, ClaimValue::Money(money)) => match figure(money) {
                Some(figure) => {
                    let said = natures.get(&claim.place.block);
                    judge(tables, slice, figure, said.filter(|_| sure.holds(claim)))
                }
                None => continue,
            },
            _ => {
                verdicts
                    .entry(claim.group)
                    .or_insert((Verdict::Unproved(NO_AMOUNT), slice));
                continue;
            }
        };
        // One amount in doubt puts the whole statement in doubt.
        let known = verdicts.get(&claim.group).map(|(verdict, _)| *verdict);
        let has_doubt = matches!(known, Some(Verdict::Unproved(why)) if why != NO_AMOUNT);
        if !has_doubt {
            verdicts.insert(claim.group, (verdict, slice));
        }
    }
    follow_amounts(disclosure, tables, &mut verdicts);
    doubt_rivals(disclosure, &sure, &mut verdicts);
    verdicts
}

/// The natures that the amounts of each passage are said to be of.
fn natures(disclosure: &Disclosure) -> BTreeMap<usize, Said> {
    let mut natures: BTreeMap<usize, Said> = BTreeMap::new();
    for claim in &disclosure.claims {
        if let (Subject::Slice(slice), Measure::Amount) = (&claim.subject, &claim.measure) {
            let said = natures.entry(claim.place.block).or_default();
            said.insert(slice.node(Dimension::Nature));
        }
    }
    natures
}

/// A change without its amount stands or falls with the statement that gives the amount of the same subject; where none
/// does, the subject must be named, and one of the tables.
fn follow_amounts(
    disclosure: &Disclosure,
    tables: &Tables,
    verdicts: &mut BTreeMap<usize, (Verdict, Slice)>,
) {
    let named = disclosure.claims.iter().filter(|c| !c.words.is_empty());
    let named: BTreeSet<usize> = named.map(|c| c.group).collect();
    let mut proved: BTreeMap<Slice, Verdict> = BTreeMap::new();
    for (verdict, slice) in verdicts.values() {
        if *verdict != Verdict::Unproved(NO_AMOUNT) {
            let known = proved.entry(*slice).or_insert(*verdict);
            if *verdict == Verdict::Keep {
                *known = Verdict::Keep;
            }
        }
    }
    for (group, (verdict, slice)) in verdicts {
        if *verdict != Verdict::Unproved(NO_AMOUNT) || !named.contains(group) {
            continue;
        }
        match proved.get(slice) {
            Some(Verdict::Unproved(_)) => {}
            Some(other) => *verdict = *other,
            None => match tables.home(*slice) {
                Some((home, _)) if home == *slice => *verdict = Verdict::Keep,
                Some((home, _)) => *verdict = Verdict::Move(home),
                None => {}
            },
        }
    }
}

/// Why a change without an amount is not proved.
const NO_AMOUNT: &str = "没有金额可与报表核对，主语未能确认";

/// Why a statement that another contradicts is not proved.
const RIVAL: &str = "同一主语有不同的增减，主语未能确认";

/// Whether two changes cannot both be said of one subject: 持平 and 增加 0.00 万元 can, so can 4.5% and 4.50%.
fn are_rivals(one: &Claim, other: &Claim) -> bool {
    let signed = |claim: &Claim| {
        let sign = if claim.direction == Some(Direction::Down) {
            -1
        } else {
            1
        };
        match &claim.value {
            ClaimValue::Money(money) => figure(money).map(|(v, slack)| (sign * v, slack)),
            ClaimValue::Percent(rate) => {
                let scale = 10_i64.checked_pow(6_u32.checked_sub(u32::from(rate.decimals))?)?;
                let value = rate.digits.checked_mul(scale)?;
                Some((sign * value, scale / 2))
            }
            ClaimValue::None if claim.direction == Some(Direction::Level) => Some((0, 1)),
            ClaimValue::None | ClaimValue::Quantity { .. } => None,
        }
    };
    match (signed(one), signed(other)) {
        (Some(one), Some(other)) => !same(one, other),
        _ => one.value != other.value,
    }
}

/// Whether one speaks of revenue and the other of expenditure: they balance, but what came in and went out last year
/// need not have.
fn are_two_sides(one: &Claim, other: &Claim) -> bool {
    let side = |claim: &Claim| (claim.words.contains('收'), claim.words.contains('支'));
    let (one, other) = (side(one), side(other));
    one != other && one.0 != one.1 && other.0 != other.1
}

/// Why a statement that grows by more than it amounts to is not proved.
const TOO_MUCH: &str = "增加额大于本年数，主语未能确认";

/// Groups with several amounts of one year or several changes: more than one statement was taken for one.
pub(super) fn mixed_groups(claims: &[Claim]) -> BTreeSet<usize> {
    let mut counts: BTreeMap<(usize, Stage, u8), usize> = BTreeMap::new();
    for claim in claims {
        match claim.measure {
            Measure::Amount => *counts.entry((claim.group, claim.stage, 0)).or_default() += 1,
            Measure::Change => *counts.entry((claim.group, claim.stage, 1)).or_default() += 1,
            Measure::Growth => *counts.entry((claim.group, claim.stage, 2)).or_default() += 1,
            Measure::Share { .. } | Measure::Completion => {}
        }
    }
    let several = counts.into_iter().filter(|(_, n)| *n > 1);
    several.map(|((group, ..), _)| group).collect()
}

/// The amount of each group, the first it gives.
fn amounts(disclosure: &Disclosure) -> BTreeMap<usize, Figure> {
    let mut amounts = BTreeMap::new();
    for claim in &disclosure.claims {
        if let (Measure::Amount, ClaimValue::Money(money)) = (&claim.measure, &claim.value)
            && claim.stage == Stage::Budget
            && let Some(figure) = figure(money)
        {
            amounts.entry(claim.group).or_insert(figure);
        }
    }
    amounts
}

/// Statements that give one subject another change than a statement before them, or that grow by more than they amount to,
/// speak of something else.
fn doubt_rivals(
    disclosure: &Disclosure,
    sure: &Sure,
    verdicts: &mut BTreeMap<usize, (Verdict, Slice)>,
) {
    let amounts = amounts(disclosure);
    let mut first: BTreeMap<(Slice, bool), &Claim> = BTreeMap::new();
    for claim in &disclosure.claims {
        let slice = match verdicts.get(&claim.group) {
            Some((Verdict::Keep, slice)) => *slice,
            Some((Verdict::Move(to), _)) => *to,
            _ => continue,
        };
        if !matches!(claim.measure, Measure::Change | Measure::Growth) {
            continue;
        }
        let grows_too_much = match (&claim.value, amounts.get(&claim.group)) {
            (ClaimValue::Money(change), Some((amount, _))) => {
                claim.direction == Some(Direction::Up)
                    && figure(change).is_some_and(|(change, slack)| change > amount + slack)
            }
            _ => false,
        };
        let key = (slice, claim.measure == Measure::Growth);
        let rival = *first.entry(key).or_insert(claim);
        // Where the words leave no doubt, the figures contradict one another.
        if sure.holds(claim) {
            continue;
        }
        if grows_too_much {
            verdicts.insert(claim.group, (Verdict::Unproved(TOO_MUCH), slice));
        } else if are_rivals(rival, claim) && !are_two_sides(rival, claim) {
            verdicts.insert(claim.group, (Verdict::Unproved(RIVAL), slice));
        }
    }
}

/// Natures of the amounts of a passage.
type Said = BTreeSet<NodeId>;

/// What the tables say of an amount; `sure` are the natures its passage speaks of where its words are certain.
fn judge(tables: &Tables, slice: Slice, figure: Figure, sure: Option<&Said>) -> Verdict {
    if tables.says(slice, figure) {
        return Verdict::Keep;
    }
    let is_named = tables.is_named(slice);
    if figure.0 == 0 && (is_named || tables.is_free(slice)) {
        // What no table prints is nothing; what one prints is told apart by the cube.
        return Verdict::Keep;
    }
    if let Some(other) = tables.neighbour(slice, figure, sure) {
        return Verdict::Move(other);
    }
    if is_named && !tables.are_printed {
        return Verdict::Keep;
    }
    let at = |home: Slice| {
        if home == slice {
            Verdict::Keep
        } else {
            Verdict::Move(home)
        }
    };
    if let Some((home, _)) = tables.meant(slice).filter(|_| sure.is_some()) {
        return at(home);
    }
    if tables.anywhere(figure) {
        return Verdict::Unproved("与报表中另一处的数相同，主语未能确认");
    }
    if let Some((home, own)) = tables.home(slice)
        && (is_named || own.iter().any(|own| is_near(own.0, figure.0)))
    {
        return at(home);
    }
    // Where every table says the same of the heading, a figure that may be meant as that one contradicts it.
    if let Some((home, own)) = tables.unanimous(slice)
        && own.iter().any(|own| is_near(own.0, figure.0))
    {
        return Verdict::Move(home);
    }
    Verdict::Unproved("报表中没有这项金额，主语未能确认")
}

/// Takes a claim over to another fund and vintage.
fn shift(claim: &mut Claim, from: Slice, to: Slice, dimensions: &Dimensions) {
    let moved = |slice: Slice| {
        if slice == from {
            return to;
        }
        let mut slice = slice;
        for dimension in [Dimension::Fund, Dimension::Vintage] {
            let is_said = from.node(dimension) != 0;
            if is_said && slice.node(dimension) == from.node(dimension) {
                slice = slice.with(dimension, to.node(dimension));
            }
        }
        dimensions.canonical(slice)
    };
    if let Subject::Slice(slice) = &mut claim.subject {
        *slice = moved(*slice);
    }
    if let Measure::Share {
        of: Subject::Slice(slice),
    } = &mut claim.measure
    {
        *slice = moved(*slice);
    }
}

/// Takes a claim away from the cube; its figures may still be compared with one another.
fn withdraw(claim: &mut Claim, why: &str, key: String) -> Option<Unproved> {
    if !matches!(claim.subject, Subject::Slice(_)) {
        return None;
    }
    if let Measure::Share { of } = &mut claim.measure {
        *of = Subject::Fact(format!("{key}.whole"));
    }
    claim.subject = Subject::Fact(key);
    claim.part_of = None;
    claim.exhaustive = false;
    note(claim, why)
}

/// What is listed of a claim that is not proved.
fn note(claim: &Claim, why: &str) -> Option<Unproved> {
    let number = match &claim.value {
        ClaimValue::Money(money) => format!("{}{}", money.number, money.unit.name()),
        ClaimValue::Percent(number) => format!("{number}%"),
        ClaimValue::Quantity { number, unit } => format!("{number}{unit}"),
        ClaimValue::None => return None,
    };
    Some(Unproved {
        number,
        why: why.to_owned(),
        place: claim.place.clone(),
    })
}

/// A share is of the whole its percentage fits, where it does not fit the whole that was understood.
fn shares(disclosure: &mut Disclosure, tables: &Tables) {
    let amount = |slice: &Slice| {
        let own = tables.by_slice.get(slice)?;
        own.first().copied()
    };
    let wholes: Vec<(Slice, Figure)> = tables
        .by_slice
        .iter()
        .filter(|(slice, _)| NAMED.iter().all(|d| slice.node(*d) == 0))
        .filter_map(|(slice, own)| Some((*slice, own.first().copied()?)))
        .collect();
    let own = amounts(disclosure);
    for claim in &mut disclosure.claims {
        let Measure::Share {
            of: Subject::Slice(whole),
        } = &mut claim.measure
        else {
            continue;
        };
        let (part, is_said) = match &claim.subject {
            Subject::Slice(part) => (amount(part), false),
            Subject::Fact(key) => (own.get(&claim.group).copied(), key.starts_with(SAID)),
        };
        let (Some(part), ClaimValue::Percent(percent)) = (part, &claim.value) else {
            continue;
        };
        // Nothing is the same share of everything.
        if part.0 == 0 && percent.digits == 0 {
            continue;
        }
        // |100 part / of − percent| in half last digits, without fractions.
        let misses = |of: Figure, halves: i128| {
            let scale = 10_i128.pow(u32::from(percent.decimals));
            let left = 200 * i128::from(part.0) * scale;
            let right = 2 * i128::from(percent.digits) * i128::from(of.0);
            (left - right).abs() > halves * i128::from(of.0).abs()
        };
        let printed = amount(whole);
        if printed.is_some_and(|of| !misses(of, 1)) {
            continue;
        }
        let fitting = |halves| {
            let mut fits = wholes
                .iter()
                .filter(|(_, of)| of.0 != 0 && !misses(*of, halves));
            fits.next().map(|(other, _)| *other)
        };
        // A whole it fits to the digit, before one it nearly fits.
        let is_near = printed.is_some_and(|of| !misses(of, 2));
        if let Some(other) = fitting(1).or_else(|| fitting(2).filter(|_| !is_near)) {
            *whole = other;
        } else if is_said {
            // Of what is known by its own words nobody can say what it is a part of.
            claim.measure = Measure::Share {
                of: Subject::Fact(format!("unproved.{}.whole", claim.group)),
            };
        }
    }
}

/// What an enumeration lists are parts only where they lie inside the whole, and where nothing beside them was left over.
fn parts(
    disclosure: &mut Disclosure,
    tables: &Tables,
    certain: &BTreeSet<usize>,
    certain_changes: &BTreeSet<usize>,
) {
    let mut complete = complete_lists(disclosure, tables);
    complete.extend(certain.iter().copied());
    // Of what the tables say adds up, nothing that was not understood is a part.
    let of_tables = complete.iter().filter(|whole| {
        let mut claims = disclosure.claims.iter();
        claims.any(|c| c.group == **whole && matches!(c.subject, Subject::Slice(_)))
    });
    let certain: BTreeSet<usize> = of_tables.chain(certain_changes).copied().collect();
    let mut open = misplaced(disclosure, tables, &certain);
    let amounts = missed(disclosure, &Measure::Amount);
    let changes = missed(disclosure, &Measure::Change);
    open.extend(amounts.difference(&complete));
    let has_amounts = |whole: usize| {
        let mut claims = disclosure.claims.iter();
        claims.any(|c| c.part_of == Some(whole) && c.measure == Measure::Amount)
    };
    let only_changes = changes.difference(certain_changes);
    open.extend(only_changes.filter(|whole| !has_amounts(**whole)));
    for claim in &mut disclosure.claims {
        if claim.part_of.is_some_and(|whole| open.contains(&whole)) {
            claim.exhaustive = false;
            claim.part_of = None;
        }
    }
}

/// Totals with a part that is not inside them, or that was not understood, or with parts of several divisions.
fn misplaced(
    disclosure: &Disclosure,
    tables: &Tables,
    certain: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let unread: BTreeSet<usize> = disclosure.unproved.iter().map(|u| u.place.block).collect();
    let mut subjects: BTreeMap<usize, &Subject> = BTreeMap::new();
    for measure in [Measure::Amount, Measure::Change] {
        let claims = disclosure.claims.iter();
        for claim in claims.filter(|claim| claim.measure == measure) {
            subjects.entry(claim.group).or_insert(&claim.subject);
        }
    }
    let dimensions = &disclosure.dimensions;
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut ways: BTreeMap<usize, u8> = BTreeMap::new();
    for claim in &disclosure.claims {
        let Some(whole) = claim.part_of else { continue };
        let is_part = match (subjects.get(&whole), &claim.subject) {
            (Some(Subject::Slice(outer)), Subject::Slice(inner)) => {
                // Parts by fund and a part by vintage are not one division.
                let way = tables.division(*outer, *inner);
                *ways.entry(whole).or_insert(way) == way && is_inside(dimensions, *outer, *inner)
            }
            (Some(Subject::Fact(_)), Subject::Fact(_)) => true,
            _ => false,
        };
        let may_lack = unread.contains(&claim.place.block) && !certain.contains(&whole);
        if !is_part || may_lack {
            open.insert(whole);
        }
    }
    open
}

/// Totals whose listed parts do not add up: one may have been lost in reading. More than the whole of a fact cannot come of
/// that, where all that is listed is known to be part of it.
fn missed(disclosure: &Disclosure, measure: &Measure) -> BTreeSet<usize> {
    let value = |claim: &Claim| match &claim.value {
        ClaimValue::Money(money) => {
            let sign = match (measure, claim.direction) {
                (Measure::Change, Some(Direction::Down)) => -1,
                _ => 1,
            };
            figure(money).map(|(value, _)| sign * value)
        }
        ClaimValue::Quantity { number, .. } if *measure == Measure::Amount => Some(number.digits),
        _ => None,
    };
    let claims = || disclosure.claims.iter().filter(|c| c.measure == *measure);
    let mut sums: BTreeMap<usize, (i64, Vec<&Subject>)> = BTreeMap::new();
    let mut wholes: BTreeMap<usize, (i64, &Subject)> = BTreeMap::new();
    for claim in claims() {
        let Some(value) = value(claim) else { continue };
        if let Some(whole) = claim.part_of {
            let (sum, parts) = sums.entry(whole).or_default();
            *sum = sum.saturating_add(value);
            parts.push(&claim.subject);
        }
        wholes.entry(claim.group).or_insert((value, &claim.subject));
    }
    let narrative = &disclosure.profile.narrative;
    let are_parts = |whole: &Subject, parts: &[&Subject]| match whole {
        Subject::Fact(key) => narrative.fact(key).is_some_and(|fact| {
            parts
                .iter()
                .all(|part| matches!(part, Subject::Fact(key) if fact.parts.contains(key)))
        }),
        Subject::Slice(_) => false,
    };
    let is_missed = |whole: &usize, sum: i64, parts: &[&Subject]| {
        let known = wholes.get(whole).copied();
        let own = known.map_or(0, |(own, _)| own);
        let is_more = sum > own && known.is_some_and(|(_, whole)| are_parts(whole, parts));
        (own - sum).abs() > own.abs() / 1_000 && !is_more
    };
    sums.iter()
        .filter(|(whole, (sum, parts))| is_missed(whole, *sum, parts))
        .map(|(whole, _)| *whole)
        .collect()
}

/// Totals whose lists leave nothing out: the tables print figures of the parts that add up, or all facts that can be parts
/// are listed, or the one that takes the rest is.
fn complete_lists(disclosure: &Disclosure, tables: &Tables) -> BTreeSet<usize> {
    let amounts = || {
        let claims = disclosure.claims.iter();
        claims.filter(|claim| claim.measure == Measure::Amount)
    };
    let mut lists: BTreeMap<usize, Vec<&Subject>> = BTreeMap::new();
    for claim in amounts() {
        if let Some(whole) = claim.part_of {
            lists.entry(whole).or_default().push(&claim.subject);
        }
    }
    let printed = |subject: &Subject| match subject {
        Subject::Slice(slice) => tables.by_slice.get(slice)?.first().copied(),
        Subject::Fact(_) => None,
    };
    let is_complete = |whole: usize, parts: &[&Subject]| {
        let Some(total) = amounts().find(|claim| claim.group == whole) else {
            return false;
        };
        if let Subject::Fact(key) = &total.subject {
            let Some(fact) = disclosure.profile.narrative.fact(key) else {
                return false;
            };
            let is_listed = |key: &str| {
                let mut parts = parts.iter();
                parts.any(|part| matches!(part, Subject::Fact(part) if part == key))
            };
            let has_rest = fact.rest.as_deref().is_some_and(is_listed);
            return has_rest || !fact.ways_listed(is_listed).is_empty();
        }
        let figures: Option<Vec<Figure>> = parts.iter().map(|part| printed(part)).collect();
        let sum = figures.map(|figures| {
            let add = |sum: Figure, own: Figure| {
                (sum.0.saturating_add(own.0), sum.1.saturating_add(own.1))
            };
            figures.into_iter().fold((0, 0), add)
        });
        printed(&total.subject)
            .zip(sum)
            .is_some_and(|(own, sum)| same(own, sum))
    };
    lists
        .iter()
        .filter(|(whole, parts)| is_complete(**whole, parts))
        .map(|(whole, _)| *whole)
        .collect()
}

/// Whether one slice is a true part of another.
pub(super) fn is_inside(dimensions: &Dimensions, outer: Slice, inner: Slice) -> bool {
    outer != inner
        && Dimension::ALL.iter().all(|d| {
            let tree = dimensions.tree(*d);
            let (outer, inner) = (outer.node(*d), inner.node(*d));
            tree.contains(outer, inner)
                || tree
                    .node(outer)
                    .overlay
                    .iter()
                    .any(|member| *member == inner || tree.node(*member).overlay.contains(&inner))
        })
}

/// Whether no money can belong to both: in some dimension neither is, holds or shares anything with the other.
pub(super) fn are_apart(dimensions: &Dimensions, one: Slice, other: Slice) -> bool {
    let are_related = |d: Dimension| {
        let tree = dimensions.tree(d);
        let (one, other) = (one.node(d), other.node(d));
        let holds = |outer: NodeId, inner: NodeId| {
            let members = &tree.node(outer).overlay;
            tree.contains(outer, inner)
                || members.iter().any(|member| {
                    tree.contains(*member, inner) || tree.node(*member).overlay.contains(&inner)
                })
        };
        let share = |member: &NodeId| holds(other, *member);
        holds(one, other) || holds(other, one) || tree.node(one).overlay.iter().any(share)
    };
    Dimension::ALL.iter().any(|d| !are_related(*d))
}

/// Facts that come again with another value are not the same fact: they and what is counted with them stand alone.
fn alone(disclosure: &mut Disclosure) {
    let mut seen: BTreeMap<(String, String), ClaimValue> = BTreeMap::new();
    let mut torn: BTreeSet<String> = BTreeSet::new();
    let kind = |key: &str| key.split('.').next().unwrap_or(key).to_owned();
    for claim in &disclosure.claims {
        let Subject::Fact(key) = &claim.subject else {
            continue;
        };
        let place = format!("{:?} {:?} {:?}", claim.measure, claim.stage, claim.base);
        let value = seen
            .entry((key.clone(), place))
            .or_insert_with(|| claim.value.clone());
        if *value != claim.value {
            torn.insert(kind(key));
        }
    }
    for (i, claim) in disclosure.claims.iter_mut().enumerate() {
        let is_torn = matches!(&claim.subject, Subject::Fact(key)
            if key != "unproved" && !key.starts_with("unproved.") && torn.contains(&kind(key)));
        if is_torn {
            claim.subject = Subject::Fact(format!("unproved.alone.{i}"));
            claim.part_of = None;
            claim.exhaustive = false;
        }
    }
}

/// Observations of claims follow the claims.
fn follow(disclosure: &mut Disclosure) {
    let claims = &disclosure.claims;
    disclosure.observations.retain_mut(|observation| {
        let Origin::Claim(index) = observation.origin else {
            return true;
        };
        match claims.get(index).map(|claim| &claim.subject) {
            Some(Subject::Slice(slice)) => {
                observation.slice = *slice;
                true
            }
            _ => false,
        }
    });
}
