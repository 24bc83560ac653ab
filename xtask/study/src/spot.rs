//! The figures of a document: where each stands, and whether the rest of the document determines it.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::Slice,
    disclosure::{
        Claim, ClaimValue, Direction, Disclosure, Measure, Origin, Reading, Stage, Subject,
    },
    money::{Decimal, PrintedMoney},
    place::Place,
};
use mz_document::{Content, Document};

use crate::loose;

/// Where a figure stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A cell: block, grid row, grid column.
    Cell {
        /// Index of the block.
        block: usize,
        /// Grid row.
        row: usize,
        /// Grid column.
        column: usize,
    },
    /// A range of characters of a paragraph.
    Text {
        /// Index of the block.
        block: usize,
        /// First character.
        start: usize,
        /// Character after the last.
        end: usize,
    },
}

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A figure of a statutory table.
    Cell,
    /// A blank cell of a statutory table.
    Blank,
    /// An amount in the narrative.
    Money,
    /// A percentage in the narrative.
    Percent,
    /// A count or quantity in the narrative.
    Quantity,
    /// A direction word in the narrative.
    Direction,
    /// An amount of a performance-target table.
    Form,
    /// A weight of a performance-target table.
    Weight,
    /// A number of the narrative that nothing was made of.
    Unbound,
    /// An amount in a table that nothing was made of.
    Unplaced,
}

impl Sort {
    /// Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cell => "表内数字",
            Self::Blank => "表内空格",
            Self::Money => "文字金额",
            Self::Percent => "文字百分比",
            Self::Quantity => "文字数量",
            Self::Direction => "增减方向",
            Self::Form => "绩效表金额",
            Self::Weight => "绩效表权重",
            Self::Unbound => "文字中未绑定的数",
            Self::Unplaced => "表内未取用的数",
        }
    }

    /// Whether something was made of it as a figure of a sentence.
    pub fn in_sentence(self) -> bool {
        matches!(
            self,
            Self::Money | Self::Percent | Self::Quantity | Self::Direction
        )
    }

    /// Whether it stands in a statutory table.
    pub fn in_table(self) -> bool {
        matches!(self, Self::Cell | Self::Blank)
    }
}

/// A figure that can be changed.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where.
    pub address: Address,
    /// Line of a text file.
    pub line: Option<u32>,
    /// Page of a paged document.
    pub page: Option<u32>,
    /// Kind of figure.
    pub sort: Sort,
    /// Table id, section id or the like: the row of the summary it is counted in.
    pub area: String,
    /// As printed; empty for blank cells.
    pub printed: String,
    /// The number, where it is one.
    pub number: Option<Decimal>,
    /// Another observation or derivation in the document fixes it.
    pub determined: bool,
    /// Printed figures standing nearby that a hand may copy instead: the next row's, the next sentence's.
    pub neighbor: Option<String>,
    /// Last year's figure of the same thing, where the document tells it.
    pub prior: Option<String>,
    /// How many last digits a change may hide in rounded sums around it.
    pub rounding: i64,
    /// Only a rate fixes it: the base the rate is taken of, as printed.
    pub rate_of: Option<Decimal>,
    /// Characters after the changed text that belong to it: the figure after a direction word.
    pub reach: usize,
}

/// All figures of a document.
pub fn spots(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let mut spots = cells(document, disclosure);
    spots.extend(narrative(document, disclosure));
    spots.extend(forms(document, disclosure));
    spots.extend(weights(document, disclosure));
    spots.extend(loose::unbound(document, disclosure));
    spots.extend(loose::unplaced(document, disclosure));
    // One figure may serve as several observations; it is changed once.
    let mut seen = BTreeSet::new();
    spots.retain(|spot| seen.insert(spot.address));
    add_neighbors(&mut spots);
    spots
}

/// The text at an address.
pub fn text_at(document: &Document, address: Address) -> Option<String> {
    match (address, &document.blocks.get(block_of(address))?.content) {
        (Address::Cell { row, column, .. }, Content::Table(table)) => {
            Some(table.rows.get(row)?.at(column)?.text.clone())
        }
        (
            Address::Text { start, end, .. },
            Content::Paragraph(text) | Content::Heading { text, .. },
        ) => Some(
            text.chars()
                .skip(start)
                .take(end.saturating_sub(start))
                .collect(),
        ),
        _ => None,
    }
}

/// The block an address is in.
pub fn block_of(address: Address) -> usize {
    match address {
        Address::Cell { block, .. } | Address::Text { block, .. } => block,
    }
}

/// The address a place points to, in this document.
pub fn address_of(document: &Document, place: &Place) -> Option<Address> {
    let (a, b) = place.span?;
    match document.blocks.get(place.block)?.content {
        Content::Table(_) => Some(Address::Cell {
            block: place.block,
            row: a,
            column: b,
        }),
        _ => Some(Address::Text {
            block: place.block,
            start: a,
            end: b,
        }),
    }
}

fn cells(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let priors = priors(disclosure);
    let rounding = Rounding::new(disclosure);
    let mut out = Vec::new();
    for observation in &disclosure.observations {
        let Origin::Cell { table, .. } = observation.origin else {
            continue;
        };
        let (sort, number) = match &observation.reading {
            Reading::Value(money) if money.number.digits != 0 => (Sort::Cell, Some(money.number)),
            Reading::Blank => (Sort::Blank, None),
            _ => continue,
        };
        let Some(address) = address_of(document, &observation.place) else {
            continue;
        };
        let Some(printed) = text_at(document, address) else {
            continue;
        };
        out.push(Spot {
            address,
            line: observation.place.line,
            page: observation.place.page,
            sort,
            area: disclosure
                .tables
                .get(table)
                .map_or_else(String::new, |reading| reading.id.clone()),
            printed: printed.trim().to_owned(),
            number,
            determined: true,
            neighbor: None,
            prior: priors
                .get(&observation.slice)
                .map(|number| number.to_string()),
            rounding: rounding.around(observation.stage, observation.slice),
            rate_of: None,
            reach: 0,
        });
    }
    out
}

/// Last year's amounts as the sentences about changes tell them.
fn priors(disclosure: &Disclosure) -> BTreeMap<Slice, Decimal> {
    let mut out = BTreeMap::new();
    for claim in &disclosure.claims {
        let Subject::Slice(slice) = claim.subject else {
            continue;
        };
        if let Some(prior) = prior_of(disclosure, claim) {
            out.insert(slice, prior);
        }
    }
    out
}

/// Last year's figure of an amount claim: the amount less its signed change.
fn prior_of(disclosure: &Disclosure, claim: &Claim) -> Option<Decimal> {
    let amount = money_of(claim).filter(|_| claim.measure == Measure::Amount)?;
    let change = disclosure.claims.iter().find(|other| {
        other.group == claim.group
            && other.subject == claim.subject
            && other.measure == Measure::Change
    })?;
    let moved = money_of(change).filter(|moved| moved.number.decimals == amount.number.decimals)?;
    let signed = match change.direction? {
        Direction::Up => moved.number.digits,
        Direction::Down => -moved.number.digits,
        Direction::Level => 0,
    };
    let digits = amount.number.digits - signed;
    (digits > 0 && signed != 0).then_some(Decimal {
        digits,
        decimals: amount.number.decimals,
    })
}

fn money_of(claim: &Claim) -> Option<PrintedMoney> {
    match claim.value {
        ClaimValue::Money(money) => Some(money),
        _ => None,
    }
}

/// How many figures are added up around a slice: half a last digit may hide behind each.
struct Rounding {
    known: BTreeMap<Stage, Vec<Slice>>,
}

impl Rounding {
    fn new(disclosure: &Disclosure) -> Self {
        let mut known: BTreeMap<Stage, BTreeSet<Slice>> = BTreeMap::new();
        for observation in &disclosure.observations {
            if matches!(observation.reading, Reading::Value(money) if money.number.digits != 0) {
                known
                    .entry(observation.stage)
                    .or_default()
                    .insert(observation.slice);
            }
        }
        Self {
            known: known
                .into_iter()
                .map(|(stage, slices)| (stage, slices.into_iter().collect()))
                .collect(),
        }
    }

    /// (n + 1) / 2 last digits, n being the largest family of figures that differ from this one in one dimension only.
    fn around(&self, stage: Stage, slice: Slice) -> i64 {
        let empty = Vec::new();
        let known = self.known.get(&stage).unwrap_or(&empty);
        let largest = (0..slice.0.len())
            .map(|d| {
                known
                    .iter()
                    .filter(|other| {
                        other
                            .0
                            .iter()
                            .zip(&slice.0)
                            .enumerate()
                            .all(|(i, (a, b))| i == d || a == b)
                    })
                    .count()
            })
            .max()
            .unwrap_or(0);
        i64::try_from(largest.div_ceil(2)).unwrap_or(i64::MAX)
    }
}

fn narrative(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let links = Links::new(disclosure);
    let mut out = Vec::new();
    for (i, claim) in disclosure.claims.iter().enumerate() {
        let Some(address) = address_of(document, &claim.place) else {
            continue;
        };
        let Some(printed) = text_at(document, address) else {
            continue;
        };
        let area = section_of(disclosure, &claim.place);
        let (sort, number) = match &claim.value {
            ClaimValue::Money(money) => (Sort::Money, Some(money.number)),
            ClaimValue::Percent(number) => (Sort::Percent, Some(*number)),
            ClaimValue::Quantity { number, .. } => (Sort::Quantity, Some(*number)),
            ClaimValue::None => continue,
        };
        let Some(figure) = Figure::inside(&printed, address) else {
            continue;
        };
        out.push(Spot {
            address: figure.address,
            line: claim.place.line,
            page: claim.place.page,
            sort,
            area: area.clone(),
            printed: figure.printed,
            number,
            determined: links.determines(disclosure, i),
            neighbor: None,
            prior: prior_of(disclosure, claim).map(|number| number.to_string()),
            rounding: rounding_of_claim(disclosure, claim),
            rate_of: links.rate_base(disclosure, claim),
            reach: 0,
        });
        out.extend(direction_spot(
            document,
            disclosure,
            claim,
            figure.address,
            area,
        ));
    }
    out
}

/// Last digits by which a claim may differ from what its statement implies, all figures being rounded.
fn rounding_of_claim(disclosure: &Disclosure, claim: &Claim) -> i64 {
    let base = disclosure
        .claims
        .iter()
        .find(|other| {
            other.group == claim.group
                && other.subject == claim.subject
                && other.measure == Measure::Amount
        })
        .and_then(|amount| {
            prior_of(disclosure, amount).or(money_of(amount).map(|money| money.number))
        })
        .map_or(0, |number| number.digits.abs());
    match (&claim.measure, &claim.value) {
        // A rate with two decimals fixes a change to one part in twenty thousand of the base.
        (Measure::Change, _) => base / 20_000 + 1,
        // Half a last digit of the change, and as much of the base, in hundredths of a percent of the base.
        (Measure::Growth, ClaimValue::Percent(rate)) if base > 0 => {
            (5_000 + rate.digits.abs() / 2) / base + 1
        }
        (Measure::Amount, _) => {
            let parts = |total: usize| {
                disclosure
                    .claims
                    .iter()
                    .filter(|c| c.part_of == Some(total))
                    .count()
            };
            let largest = parts(claim.group).max(claim.part_of.map_or(0, parts));
            i64::try_from(largest.div_ceil(2)).unwrap_or(i64::MAX)
        }
        _ => 0,
    }
}

/// The direction word that stands before a figure.
fn direction_spot(
    document: &Document,
    disclosure: &Disclosure,
    claim: &Claim,
    figure: Address,
    area: String,
) -> Option<Spot> {
    let Address::Text { block, start, end } = figure else {
        return None;
    };
    let direction = claim
        .direction
        .filter(|direction| *direction != Direction::Level)?;
    let moved = matches!(&claim.value, ClaimValue::Money(m) if m.number.digits != 0)
        || matches!(&claim.value, ClaimValue::Percent(p) if p.digits != 0)
        || matches!(&claim.value, ClaimValue::Quantity { number, .. } if number.digits != 0);
    if !moved {
        return None;
    }
    const REACH: usize = 12;
    let from = start.saturating_sub(REACH);
    let before = text_at(
        document,
        Address::Text {
            block,
            start: from,
            end: start,
        },
    )?;
    let (at, word) = crate::mutation::OPPOSITES
        .iter()
        .flat_map(|(up, down)| [(*up, Direction::Up), (*down, Direction::Down)])
        .filter(|(_, way)| *way == direction)
        .filter_map(|(word, _)| before.rfind(word).map(|at| (at, word)))
        .max()?;
    let first = from + before.get(..at)?.chars().count();
    Some(Spot {
        address: Address::Text {
            block,
            start: first,
            end: first + word.chars().count(),
        },
        line: claim.place.line,
        page: claim.place.page,
        sort: Sort::Direction,
        area,
        printed: word.to_owned(),
        number: None,
        determined: told_twice(disclosure, claim),
        neighbor: None,
        prior: None,
        rounding: 0,
        rate_of: None,
        reach: end.saturating_sub(first + word.chars().count()),
    })
}

/// The direction is told again: by the change beside the rate, or the rate beside the change.
fn told_twice(disclosure: &Disclosure, claim: &Claim) -> bool {
    let others = disclosure
        .claims
        .iter()
        .filter(|other| other.group == claim.group && other.subject == claim.subject);
    others
        .filter(|other| other.direction.is_some() && other.measure != claim.measure)
        .count()
        > 0
}

/// The section a place of the narrative is counted in.
pub fn section_of(disclosure: &Disclosure, place: &Place) -> String {
    let section = disclosure.sections.iter().rfind(|section| {
        !section.in_contents && section.id.is_some() && section.place.block <= place.block
    });
    section
        .and_then(|section| section.id.clone())
        .unwrap_or_else(|| "其他".to_owned())
}

/// The digits of a figure inside the text a claim points at.
pub struct Figure {
    /// Where the digits stand.
    pub address: Address,
    /// The digits as printed.
    pub printed: String,
}

impl Figure {
    /// From the first digit of a text to the last.
    pub fn inside(text: &str, address: Address) -> Option<Self> {
        let Address::Text { block, start, .. } = address else {
            return Some(Self {
                address,
                printed: text.trim().to_owned(),
            });
        };
        let characters: Vec<char> = text.chars().collect();
        let first = characters.iter().position(char::is_ascii_digit)?;
        let last = characters.iter().rposition(char::is_ascii_digit)?;
        let printed = characters.get(first..=last)?.iter().collect();
        Some(Self {
            address: Address::Text {
                block,
                start: start + first,
                end: start + last + 1,
            },
            printed,
        })
    }
}

/// Which claims another figure of the document fixes.
struct Links {
    /// Slices with a figure (or a zero) in a table.
    tables: BTreeSet<(Stage, Slice)>,
    /// How often a subject's measure is claimed.
    claims: BTreeMap<(Subject, Stage, u8), usize>,
    /// Groups that are the total of an enumeration.
    totals: BTreeSet<usize>,
}

impl Links {
    fn new(disclosure: &Disclosure) -> Self {
        let tables = disclosure
            .observations
            .iter()
            .filter(|o| {
                !matches!(o.origin, Origin::Claim(_)) && !matches!(o.reading, Reading::Unread(_))
            })
            .map(|o| (o.stage, o.slice))
            .collect();
        let mut claims = BTreeMap::new();
        for claim in &disclosure.claims {
            *claims
                .entry((
                    claim.subject.clone(),
                    claim.stage,
                    measure_key(&claim.measure),
                ))
                .or_default() += 1;
        }
        let mut parts: BTreeMap<usize, BTreeSet<&Subject>> = BTreeMap::new();
        for claim in disclosure
            .claims
            .iter()
            .filter(|c| c.exhaustive && c.measure == Measure::Amount)
        {
            if let Some(total) = claim.part_of {
                parts.entry(total).or_default().insert(&claim.subject);
            }
        }
        // A single "of which" bounds its total and does not fix it.
        let totals = parts
            .into_iter()
            .filter(|(_, subjects)| subjects.len() > 1)
            .map(|(total, _)| total)
            .collect();
        Self {
            tables,
            claims,
            totals,
        }
    }

    fn amount_known(&self, subject: &Subject, stage: Stage) -> bool {
        matches!(subject, Subject::Slice(slice) if self.tables.contains(&(stage, *slice)))
            || self
                .claims
                .contains_key(&(subject.clone(), stage, measure_key(&Measure::Amount)))
    }

    /// The amount a change is a rate of, when that rate is all there is to check the change by.
    fn rate_base(&self, disclosure: &Disclosure, claim: &Claim) -> Option<Decimal> {
        if claim.measure != Measure::Change {
            return None;
        }
        let amount = disclosure.claims.iter().find(|other| {
            other.subject == claim.subject
                && other.measure == Measure::Amount
                && other.stage == Stage::Budget
        })?;
        money_of(amount).map(|money| money.number)
    }

    fn determines(&self, disclosure: &Disclosure, index: usize) -> bool {
        let Some(claim) = disclosure.claims.get(index) else {
            return false;
        };
        let told_again = self
            .claims
            .get(&(
                claim.subject.clone(),
                claim.stage,
                measure_key(&claim.measure),
            ))
            .is_some_and(|n| *n > 1);
        let in_sum = self.totals.contains(&claim.group)
            || claim
                .part_of
                .is_some_and(|total| claim.exhaustive && self.totals.contains(&total));
        let beside = |wanted: &[Measure]| {
            wanted.iter().all(|measure| {
                disclosure.claims.iter().any(|other| {
                    other.group == claim.group
                        && other.subject == claim.subject
                        && other.measure == *measure
                })
            })
        };
        match &claim.measure {
            Measure::Amount => {
                told_again
                    || in_sum
                    || {
                        matches!(claim.subject, Subject::Slice(slice) if self.tables.contains(&(claim.stage, slice)))
                    }
            }
            Measure::Share { of } => {
                self.amount_known(&claim.subject, claim.stage) && self.amount_known(of, claim.stage)
            }
            Measure::Change => told_again || beside(&[Measure::Growth]),
            Measure::Growth => told_again || beside(&[Measure::Change]),
            Measure::Completion => told_again,
        }
    }
}

fn measure_key(measure: &Measure) -> u8 {
    match measure {
        Measure::Amount => 0,
        Measure::Share { .. } => 1,
        Measure::Change => 2,
        Measure::Growth => 3,
        Measure::Completion => 4,
    }
}

/// Amounts of performance-target tables and of project paragraphs.
fn forms(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let mut out = Vec::new();
    let mut push = |place: &Place, number: Decimal, sort: Sort, area: &str| {
        let Some(address) = address_of(document, place) else {
            return;
        };
        let Some(figure) =
            text_at(document, address).and_then(|text| Figure::inside(&text, address))
        else {
            return;
        };
        if Decimal::parse(&figure.printed) != Some(number) {
            return;
        }
        out.push(Spot {
            address: figure.address,
            line: place.line,
            page: place.page,
            sort,
            area: area.to_owned(),
            printed: figure.printed,
            number: Some(number),
            determined: true,
            neighbor: None,
            prior: None,
            rounding: 0,
            rate_of: None,
            reach: 0,
        });
    };
    for target in &disclosure.targets {
        for amount in [&target.total, &target.appropriation, &target.other]
            .into_iter()
            .flatten()
        {
            push(
                &amount.place,
                amount.money.number,
                Sort::Form,
                "performance-targets",
            );
        }
    }
    for project in &disclosure.projects {
        for field in project.fields.iter().filter(|field| field.key == "amount") {
            if let Some(money) = project.money {
                push(
                    &field.place,
                    money.number,
                    Sort::Money,
                    "project-paragraphs",
                );
            }
        }
        for allocation in &project.allocations {
            push(
                &allocation.place,
                allocation.money.number,
                Sort::Money,
                "project-paragraphs",
            );
        }
    }
    out
}

/// The weight of an indicator: the last cell of its row that holds this number.
fn weights(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let mut out = Vec::new();
    for indicator in disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
    {
        let Some(Address::Cell { block, row, .. }) = address_of(document, &indicator.place) else {
            continue;
        };
        let Some(Content::Table(table)) = document.blocks.get(block).map(|block| &block.content)
        else {
            continue;
        };
        let Some(cells) = table.rows.get(row).map(|row| &row.cells) else {
            continue;
        };
        let Some(weight) = indicator.weight else {
            continue;
        };
        let Some(cell) = cells
            .iter()
            .rfind(|cell| Decimal::parse(&cell.text) == Some(weight))
        else {
            continue;
        };
        out.push(Spot {
            address: Address::Cell {
                block,
                row,
                column: cell.column,
            },
            line: indicator.place.line,
            page: indicator.place.page,
            sort: Sort::Weight,
            area: "performance-targets".to_owned(),
            printed: cell.text.trim().to_owned(),
            number: Some(weight),
            determined: true,
            neighbor: None,
            prior: None,
            rounding: 0,
            rate_of: None,
            reach: 0,
        });
    }
    out
}

/// The next figure of the same kind: below in the same column, or following in the text.
fn add_neighbors(spots: &mut [Spot]) {
    let shown: Vec<(Address, Sort, String, Option<Decimal>)> = spots
        .iter()
        .map(|spot| (spot.address, spot.sort, spot.printed.clone(), spot.number))
        .collect();
    for spot in spots.iter_mut().filter(|spot| spot.number.is_some()) {
        let column = |address| match address {
            Address::Cell { block, column, .. } => Some((block, column)),
            Address::Text { .. } => None,
        };
        let differs = |number: &Option<Decimal>| {
            *number != spot.number && number.is_some_and(|n| n.digits != 0)
        };
        let same_kind = |(address, sort, _, number): &&(Address, Sort, String, Option<Decimal>)| {
            *sort == spot.sort && column(*address) == column(spot.address) && differs(number)
        };
        let after = shown
            .iter()
            .filter(same_kind)
            .filter(|other| other.0 > spot.address)
            .min_by_key(|other| other.0);
        let before = shown
            .iter()
            .filter(same_kind)
            .filter(|other| other.0 < spot.address)
            .max_by_key(|other| other.0);
        spot.neighbor = after.or(before).map(|other| other.2.clone());
    }
    let values: Vec<(usize, String)> = shown
        .iter()
        .filter(|other| other.1 == Sort::Cell)
        .map(|other| (block_of(other.0), other.2.clone()))
        .collect();
    for (i, spot) in spots
        .iter_mut()
        .enumerate()
        .filter(|(_, spot)| spot.sort == Sort::Blank)
    {
        // A figure of the same table, as if it had slipped into the wrong row; any table's when this one has none.
        let block = block_of(spot.address);
        let own: Vec<&String> = values
            .iter()
            .filter(|(b, _)| *b == block)
            .map(|(_, text)| text)
            .collect();
        let all: Vec<&String> = values.iter().map(|(_, text)| text).collect();
        let pool = if own.is_empty() { all } else { own };
        spot.neighbor = pool.get(i % pool.len().max(1)).map(|text| (*text).clone());
    }
}
