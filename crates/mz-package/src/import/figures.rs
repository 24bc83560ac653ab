//! Figures of tables and facts of sentences.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::{
        ClaimValue, Measure, Origin, Reading, RowKind, Stage, StatementKind, Subject, TableReading,
    },
    money::Decimal,
    normalise,
    package::{Fact, Line, Listing, Manner, Package, Quantity},
    profile::{PanelSpec, TableSpec, narrative::StageWord},
};

use super::{As, Importer};

impl Importer<'_> {
    /// One list of figures for each table, panel and stage.
    pub(super) fn figures(&mut self, package: &mut Package) {
        let disclosure = self.disclosure;
        let mut n_other_years = 0;
        for (index, table) in disclosure.tables.iter().enumerate() {
            let Some(spec) = disclosure
                .profile
                .tables
                .iter()
                .find(|spec| spec.id == table.id)
            else {
                continue;
            };
            let panels = panels(table, spec);
            let mut lists: BTreeMap<(usize, StageWordKey), Vec<Line>> = BTreeMap::new();
            for panel in 0..spec.panels.len() {
                // A table without any figure still says that there is nothing, when it lists everything.
                if let Some(stage) = self.stage(own_stage(table, disclosure)) {
                    lists.entry((panel, StageWordKey(stage))).or_default();
                }
            }
            for observation in &disclosure.observations {
                let Origin::Cell {
                    table: of, column, ..
                } = observation.origin
                else {
                    continue;
                };
                let (Reading::Value(amount), true) = (&observation.reading, of == index) else {
                    continue;
                };
                let Some(stage) = self.stage(observation.stage) else {
                    n_other_years += 1;
                    continue;
                };
                let panel = panels.get(&column).copied().unwrap_or(0);
                let mut line = Line::new(self.coordinates(observation.slice), *amount);
                line.source = self.source(&observation.place);
                line.place = self.place(&observation.place);
                lists
                    .entry((panel, StageWordKey(stage)))
                    .or_default()
                    .push(line);
            }
            for ((panel, StageWordKey(stage)), lines) in lists {
                self.listing(table, spec, panel, stage, lines, package);
            }
        }
        if n_other_years > 0 {
            let message =
                format!("{n_other_years} 个单元格是更早年度的数，资料里没有它们的位置，未导入");
            self.problems.add(
                "other-year",
                crate::Level::Note,
                message,
                mz_budget::package::FormPlace::new(self.file, ""),
            );
        }
    }

    fn listing(
        &mut self,
        table: &TableReading,
        spec: &TableSpec,
        panel: usize,
        stage: StageWord,
        mut lines: Vec<Line>,
        package: &mut Package,
    ) {
        let Some(panel_spec) = spec.panels.get(panel) else {
            return;
        };
        let at: Coordinates = spec
            .at
            .iter()
            .chain(&panel_spec.at)
            .map(|(dimension, key)| (*dimension, key.clone()))
            .collect();
        for line in &mut lines {
            line.at
                .retain(|dimension, key| at.get(dimension) != Some(key));
        }
        // A slice printed twice with the same digits is said once.
        let mut said: Vec<(Coordinates, mz_budget::money::PrintedMoney)> = Vec::new();
        lines.retain(|line| {
            let is_new = !said
                .iter()
                .any(|(at, amount)| *at == line.at && *amount == line.amount);
            said.push((line.at.clone(), line.amount));
            is_new
        });
        // A side of a two-sided table repeats what tables of its own list in full.
        let complete = match spec.panels.len() {
            1 => complete(table, panel_spec, panel),
            _ => Vec::new(),
        };
        if lines.is_empty() && complete.is_empty() {
            return;
        }
        let mut key = match stage {
            StageWord::Budget | StageWord::Final => spec.id.clone(),
            _ => format!("prior-{}", spec.id),
        };
        if panel > 0 {
            key = format!("{key}-{}", panel + 1);
        }
        while package.listings.iter().any(|listing| listing.key == key) {
            key.push_str("-b");
        }
        package.listings.push(Listing {
            key,
            stage,
            manner: Manner::Figures,
            at,
            complete,
            lines,
        });
    }

    /// Facts outside the cube that sentences state.
    pub(super) fn facts(&mut self, package: &mut Package) {
        let disclosure = self.disclosure;
        for claim in &disclosure.claims {
            let (Subject::Fact(key), Measure::Amount) = (&claim.subject, &claim.measure) else {
                continue;
            };
            let value = match &claim.value {
                ClaimValue::Money(money) => Quantity {
                    number: money.number,
                    unit: money.unit.name().to_owned(),
                },
                ClaimValue::Quantity { number, unit } => Quantity {
                    number: *number,
                    unit: unit.clone(),
                },
                ClaimValue::Percent(_) | ClaimValue::None => continue,
            };
            let is_prior = !matches!(claim.stage, Stage::Budget | Stage::Final);
            self.set_fact(package, key, is_prior, self.fact(value, &claim.place));
        }
        for statement in &disclosure.statements {
            if let (StatementKind::Nil, Some(Subject::Fact(key))) =
                (&statement.kind, &statement.subject)
            {
                let unit = disclosure
                    .profile
                    .narrative
                    .fact(key)
                    .map_or("", |spec| spec.unit.split(' ').next().unwrap_or_default());
                let number = Decimal {
                    digits: 0,
                    decimals: 0,
                };
                let zero = Quantity {
                    number,
                    unit: unit.to_owned(),
                };
                self.set_fact(package, key, false, self.fact(zero, &statement.place));
            }
        }
    }

    fn set_fact(&mut self, package: &mut Package, key: &str, is_prior: bool, fact: Fact<Quantity>) {
        let facts = match (self.whose, is_prior) {
            (As::ThisYear, false) => &mut package.facts,
            (As::ThisYear, true) | (As::LastYear, false) => &mut package.prior_facts,
            (As::LastYear, true) => return,
        };
        match facts.get(key) {
            None => {
                facts.insert(key.to_owned(), fact);
            }
            Some(first) if first.value != fact.value => {
                let message = format!(
                    "{key} 在 {} 是 {}，这里是 {}；用前一个",
                    first.source, first.value, fact.value
                );
                self.problems
                    .add("fact-twice", crate::Level::Query, message, fact.place);
            }
            Some(_) => {}
        }
    }
}

/// Columns from which a table spreads an axis over its width.
const MANY: usize = 5;

/// Stages in a fixed order, as keys.
#[derive(Clone, Copy, PartialEq, Eq)]
struct StageWordKey(StageWord);

impl PartialOrd for StageWordKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StageWordKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.stage().cmp(&other.0.stage())
    }
}

fn own_stage(_: &TableReading, disclosure: &mz_budget::disclosure::Disclosure) -> Stage {
    use mz_budget::disclosure::Kind;
    match disclosure.kind {
        Kind::UnitBudget | Kind::DepartmentBudget => Stage::Budget,
        Kind::UnitFinalAccounts | Kind::DepartmentFinalAccounts => Stage::Final,
    }
}

/// The panel of each value column: columns go to the panels from left to right, and a label that the panel does not have,
/// or has had already, begins the next one.
fn panels(table: &TableReading, spec: &TableSpec) -> BTreeMap<usize, usize> {
    let mut columns: Vec<(usize, String)> = table
        .columns
        .iter()
        .map(|(column, label)| (*column, normalise::name(label)))
        .collect();
    columns.sort();
    let has = |panel: usize, label: &str| {
        spec.panels.get(panel).is_some_and(|panel| {
            panel.columns.iter().any(|column| {
                let labels = std::iter::once(&column.label).chain(&column.aliases);
                labels
                    .into_iter()
                    .any(|known| normalise::name(known) == label)
            })
        })
    };
    let mut panel = 0;
    let mut used: Vec<String> = Vec::new();
    let mut found = BTreeMap::new();
    for (column, label) in columns {
        let is_next = (used.contains(&label) || !has(panel, &label)) && has(panel + 1, &label);
        if is_next {
            panel += 1;
            used.clear();
        }
        used.push(label);
        found.insert(column, panel);
    }
    found
}

/// Axes a table lists in full: only when every row of it was understood.
fn complete(table: &TableReading, spec: &PanelSpec, panel: usize) -> Vec<Dimension> {
    let understood = table.n_unread == 0
        && !table
            .rows
            .iter()
            .any(|row| row.panel == panel && row.kind == RowKind::Unknown);
    let Some(axis) = spec.rows.axis.filter(|_| spec.rows.closed && understood) else {
        return Vec::new();
    };
    // Columns of many codes beside a total list their axis in full too: a blank among them is nothing.
    let of = |dimension: Dimension| {
        spec.columns
            .iter()
            .filter(move |c| c.at.len() == 1 && c.at.contains_key(&dimension))
            .count()
    };
    let across = Dimension::ALL
        .into_iter()
        .filter(|d| *d != axis && of(*d) >= MANY && of(*d) < spec.columns.len());
    std::iter::once(axis)
        .chain(spec.rows.inner)
        .chain(across)
        .collect()
}
