//! Tables whose figures are no slices of the cube, such as procurement: what they come to, in all and by kind, are facts that
//! stand beside what the sentences say of the same facts.

use mz_budget::{
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Stage, Subject},
    money::{Decimal, PrintedMoney},
    normalise,
    place::Place,
    profile::{Profile, WordRole, narrative::FactSpec},
};

use super::find::FoundTable;
use crate::place::place;

/// Letters that number the kinds of purchases in the catalogue of procurement: A 货物, B 工程, C 服务.
const KINDS: [char; 3] = ['A', 'B', 'C'];

/// What one table comes to.
#[derive(Debug)]
pub(super) struct Total {
    /// The total, and the kinds it is made of.
    claims: Vec<Claim>,
    /// Other amounts of the row of the total: what part of the money comes from where.
    others: Vec<PrintedMoney>,
}

/// The totals of all tables that state a fact.
pub(super) fn totals(found: &[FoundTable], profile: &Profile, stage: Stage) -> Vec<Total> {
    let facts = &profile.narrative.facts;
    found
        .iter()
        .filter_map(|table| {
            let key = table.spec.fact.as_deref()?;
            let whole = facts.iter().find(|fact| fact.key == key)?;
            Reader {
                table,
                profile,
                stage,
            }
            .total(whole)
        })
        .collect()
}

/// Adds what the tables come to as claims, to be compared with the narrative. A sentence that gives another amount is known to
/// mean the same only if it goes on to the kinds, and gives no other amount of the table's total row.
pub(super) fn state(totals: Vec<Total>, disclosure: &mut Disclosure) {
    for Total { claims, others } in totals {
        let Some(whole) = claims.first() else {
            continue;
        };
        let is_same = |claim: &&Claim| {
            claim.subject == whole.subject
                && claim.measure == whole.measure
                && claim.stage == whole.stage
        };
        let may_be_other = |claim: &Claim| {
            let parts = disclosure.claims.iter();
            let n_parts = parts
                .filter(|part| part.part_of == Some(claim.group))
                .count();
            let is_of_row = |other: &PrintedMoney| agree(&claim.value, &ClaimValue::Money(*other));
            !agree(&claim.value, &whole.value) && (n_parts < 2 || others.iter().any(is_of_row))
        };
        if disclosure.claims.iter().filter(is_same).any(may_be_other) {
            continue;
        }
        let groups = disclosure.claims.iter().map(|claim| claim.group + 1);
        let first = groups.max().unwrap_or(0);
        disclosure.n_bound += claims.len();
        let numbered = claims.into_iter().enumerate();
        disclosure.claims.extend(numbered.map(|(i, claim)| Claim {
            group: first + i,
            ..claim
        }));
    }
}

/// The amount in fen, and half its last digit.
fn fen(money: &PrintedMoney) -> Option<(i128, i128)> {
    let scale = 10_i128.checked_pow(u32::from(money.number.decimals))?;
    let unit = i128::from(money.unit.fen());
    let half = (unit / scale / 2).max(1);
    Some((i128::from(money.number.digits) * unit / scale, half))
}

fn agree(a: &ClaimValue, b: &ClaimValue) -> bool {
    let (ClaimValue::Money(a), ClaimValue::Money(b)) = (a, b) else {
        return false;
    };
    let (Some((a, slack)), Some((b, other))) = (fen(a), fen(b)) else {
        return false;
    };
    (a - b).abs() <= slack + other
}

struct Reader<'t, 'a> {
    table: &'t FoundTable<'a>,
    profile: &'t Profile,
    stage: Stage,
}

impl Reader<'_, '_> {
    fn total(&self, whole: &FactSpec) -> Option<Total> {
        let column = self.column()?;
        let rows = self.table.first_data..self.table.grid.n_rows();
        let row = rows.clone().find(|row| self.is_total(*row, column))?;
        let total = self.claim(whole, row, column)?;
        let ClaimValue::Money(money) = total.value else {
            return None;
        };
        let (amount, slack) = fen(&money)?;
        let facts = &self.profile.narrative.facts;
        let kinds: Vec<Claim> = whole
            .parts
            .iter()
            .filter_map(|key| facts.iter().find(|fact| fact.key == *key))
            .filter_map(|fact| {
                let mut named = rows.clone().filter(|row| self.is_named(*row, column, fact));
                let row = named.next()?;
                named
                    .next()
                    .is_none()
                    .then(|| self.claim(fact, row, column))?
            })
            .collect();
        let sums = kinds.iter().filter_map(|claim| match &claim.value {
            ClaimValue::Money(money) => fen(money),
            _ => None,
        });
        let sum = sums.fold((0, slack), |sum, (fen, half)| (sum.0 + fen, sum.1 + half));
        // Kinds that do not add up were not all read, or are not what they seem.
        let are_all = (sum.0 - amount).abs() <= sum.1;
        let claims = std::iter::once(total).chain(kinds.into_iter().filter(|_| are_all));
        let others = (0..self.table.grid.n_columns)
            .filter(|other| *other != column)
            .filter_map(|other| self.money(row, other));
        Some(Total {
            claims: claims.collect(),
            others: others.collect(),
        })
    }

    /// The column of all the money: the words above it say nothing but that it is the total, or the amount.
    fn column(&self) -> Option<usize> {
        let is_of = |word: &str, role: WordRole| {
            let word = normalise::label(word);
            let mut specs = self
                .profile
                .words
                .iter()
                .filter(|spec| spec.role == Some(role));
            specs.any(|spec| {
                spec.words
                    .iter()
                    .any(|known| normalise::label(known) == word)
            })
        };
        let is_whole = |column: &usize| {
            let header = self.table.headings.get(*column);
            header.is_some_and(|header| {
                let mut words = header.printed.split('/').filter(|word| !word.is_empty());
                !header.printed.is_empty()
                    && words
                        .all(|word| is_of(word, WordRole::Total) || is_of(word, WordRole::Filler))
            })
        };
        let mut columns = (0..self.table.grid.n_columns).filter(is_whole);
        let column = columns.next()?;
        columns.next().is_none().then_some(column)
    }

    fn money(&self, row: usize, column: usize) -> Option<PrintedMoney> {
        let cell = self.table.grid.starting(row, column)?;
        Some(PrintedMoney {
            number: Decimal::parse(cell.text.trim())?,
            unit: self.table.unit,
        })
    }

    /// Texts of a row outside the column of the money.
    fn labels(&self, row: usize, column: usize) -> impl Iterator<Item = String> {
        let texts = (0..self.table.grid.n_columns).filter(move |other| *other != column);
        let texts = texts.filter_map(move |at| self.table.grid.starting(row, at));
        texts
            .map(|cell| normalise::label(&cell.text))
            .filter(|text| !text.is_empty())
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        let is_word = |label: String| label == "合计" || label == "总计";
        self.labels(row, column).any(is_word) && self.money(row, column).is_some()
    }

    /// Whether the row is of one kind of purchases and says nothing else: A 货物, 一、货物A.
    fn is_named(&self, row: usize, column: usize, fact: &FactSpec) -> bool {
        let words = |label: String| label.chars().any(char::is_alphabetic);
        let bare = |label: &str| {
            label
                .trim_matches(|c| KINDS.contains(&c) || c == '-')
                .to_owned()
        };
        let mut names = self
            .labels(row, column)
            .map(|label| bare(&label))
            .filter(|label| words(label.clone()));
        let (Some(name), None) = (names.next(), names.next()) else {
            return false;
        };
        fact.words.iter().any(|word| normalise::label(word) == name)
            && self.money(row, column).is_some()
    }

    fn claim(&self, fact: &FactSpec, row: usize, column: usize) -> Option<Claim> {
        let money = self.money(row, column)?;
        let grid_row = self.table.grid.rows.get(row)?;
        let cell = self.table.grid.starting(row, column)?;
        Some(Claim {
            subject: Subject::Fact(fact.key.clone()),
            measure: Measure::Amount,
            stage: self.stage,
            base: None,
            direction: None,
            value: ClaimValue::Money(money),
            group: 0,
            part_of: None,
            exhaustive: false,
            exact: true,
            words: fact.name.clone(),
            year: None,
            base_year: None,
            place: Place {
                table: Some(self.table.title.clone()),
                row: Some(fact.name.clone()),
                span: Some((grid_row.row_in_block, column)),
                ..place(&cell.place, grid_row.block, cell.text.trim())
            },
        })
    }
}
