//! Figures of tables and facts of sentences.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::{
        ClaimValue, Measure, Origin, Reading, RowKind, Stage, StatementKind, Subject, TableReading,
    },
    money::Decimal,
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
            let mut lists: BTreeMap<(usize, StageWordKey), Vec<Line>> = BTreeMap::new();
            for panel in 0..spec.panels.len() {
                // A table without any figure still says that there is nothing, when it lists everything.
                if let Some(stage) = self.stage(own_stage(table, disclosure)) {
                    lists.entry((panel, StageWordKey(stage))).or_default();
                }
            }
            for observation in &disclosure.observations {
                let Origin::Cell { table: of, row, .. } = observation.origin else {
                    continue;
                };
                let (Reading::Value(amount), true) = (&observation.reading, of == index) else {
                    continue;
                };
                let Some(stage) = self.stage(observation.stage) else {
                    n_other_years += 1;
                    continue;
                };
                let panel = table.rows.iter().find(|r| {
                    r.grid_row == row && is_of_panel(r.panel, spec, self, observation.slice)
                });
                let panel = panel.map_or(0, |r| r.panel);
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
        let complete = complete(table, panel_spec, panel);
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

/// Whether a slice lies in a panel; rows of two-sided tables have an entry for each side.
fn is_of_panel(
    panel: usize,
    spec: &TableSpec,
    importer: &Importer<'_>,
    slice: mz_budget::dimension::Slice,
) -> bool {
    let Some(panel) = spec.panels.get(panel) else {
        return false;
    };
    let trees = &importer.disclosure.dimensions;
    panel.at.iter().all(|(dimension, key)| {
        let tree = trees.tree(*dimension);
        tree.find(key)
            .is_some_and(|id| tree.contains(id, slice.node(*dimension)))
    })
}

/// Axes a table lists in full: only when every row of it was understood.
fn complete(table: &TableReading, spec: &PanelSpec, panel: usize) -> Vec<Dimension> {
    let understood = table.n_unread == 0
        && !table
            .rows
            .iter()
            .any(|row| row.panel == panel && row.kind == RowKind::Unknown);
    match spec.rows.axis.filter(|_| spec.rows.closed && understood) {
        Some(axis) => std::iter::once(axis).chain(spec.rows.inner).collect(),
        None => Vec::new(),
    }
}
