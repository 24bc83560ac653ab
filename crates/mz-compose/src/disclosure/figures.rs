//! Asking: amounts as printed figures, facts, names; and keeping book of what was asked and what was missing.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use mz_budget::{
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice},
    disclosure::Stage,
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{Explained, PublicPackage, Quantity, Withheld, cube::PackageCube},
    profile::{Profile, compose::ComposeSpec},
};

use super::{
    missing::{Missing, MissingKind},
    rounding::Adjustment,
};

/// The package as the composer sees it.
pub struct Figures<'a> {
    pub package: &'a PublicPackage,
    pub profile: &'a Profile,
    pub spec: &'a ComposeSpec,
    cube: &'a PackageCube,
    adjusted: BTreeMap<(Stage, Slice), i64>,
    asked: RefCell<BTreeSet<(Stage, Slice)>>,
    missing: RefCell<BTreeMap<MissingKind, (usize, Missing)>>,
    /// Heading of what is being written.
    heading: RefCell<String>,
    quiet: Cell<bool>,
    unit: Cell<MoneyUnit>,
}

impl<'a> Figures<'a> {
    pub fn new(
        package: &'a PublicPackage,
        profile: &'a Profile,
        spec: &'a ComposeSpec,
        cube: &'a PackageCube,
        adjusted: Vec<Adjustment>,
    ) -> Self {
        Self {
            package,
            profile,
            spec,
            cube,
            adjusted: adjusted
                .into_iter()
                .map(|a| ((a.stage, a.slice), a.digits))
                .collect(),
            asked: RefCell::default(),
            missing: RefCell::default(),
            heading: RefCell::default(),
            quiet: Cell::new(false),
            unit: Cell::new(spec.unit.unwrap_or(profile.unit)),
        }
    }

    /// What was missing, in the order it was met, and all slices asked.
    pub fn finish(self) -> (Vec<Missing>, BTreeSet<(Stage, Slice)>) {
        let mut missing: Vec<(usize, Missing)> = self.missing.into_inner().into_values().collect();
        missing.sort_by_key(|(order, _)| *order);
        let missing = missing.into_iter().map(|(_, missing)| missing).collect();
        (missing, self.asked.into_inner())
    }

    /// Sets the heading that what is missing is needed by.
    pub fn enter(&self, heading: &str) {
        heading.clone_into(&mut self.heading.borrow_mut());
    }

    pub fn dimensions(&self) -> &'a Dimensions {
        self.cube.dimensions()
    }

    /// The slice of coordinates; the whole when a key is in no tree, which the profile's tests exclude.
    pub fn slice(&self, at: &Coordinates) -> Slice {
        self.dimensions().slice(at).unwrap_or(Slice::WHOLE)
    }

    /// A slice with coordinates on top.
    pub fn under(&self, slice: Slice, at: &Coordinates) -> Slice {
        let mut slice = slice;
        for (dimension, key) in at {
            if let Some(node) = self.dimensions().tree(*dimension).find(key) {
                slice = slice.with(*dimension, node);
            }
        }
        self.dimensions().canonical(slice)
    }

    /// Notes something missing, once.
    pub fn lack(&self, kind: MissingKind, what: String) {
        if self.quiet.get() {
            return;
        }
        let mut missing = self.missing.borrow_mut();
        let order = missing.len();
        let needed_by = self.heading.borrow().clone();
        missing.entry(kind.clone()).or_insert((
            order,
            Missing {
                kind,
                what,
                needed_by,
            },
        ));
    }

    /// Whether a figure must not be published.
    pub fn is_withheld(&self, slice: Slice) -> bool {
        let tree = self.dimensions().tree(Dimension::Project);
        let key = &tree.node(slice.node(Dimension::Project)).key;
        let secrecy = self.package.project(key).and_then(|p| p.secrecy.as_ref());
        let of_project = secrecy.is_some_and(|secrecy| {
            secrecy.withholds(&Withheld::Amount)
                || (slice.node(Dimension::Economic) != 0
                    && secrecy.withholds(&Withheld::Allocation))
        });
        of_project || self.is_marked(slice)
    }

    /// Whether a fact outside the cube must not be published.
    pub fn is_fact_withheld(&self, key: &str) -> bool {
        let is_it = |of: &Explained| matches!(of, Explained::Fact(own) if own == key);
        self.package.withheld.iter().any(|mark| is_it(&mark.of))
    }

    /// Whether a withheld figure is one of something: a project whose amount is withheld is still named where it has
    /// money, and only there.
    pub fn has_hidden(&self, stage: Stage, slice: Slice) -> bool {
        let dimensions = self.dimensions();
        let is_inside = |at: Slice| {
            let mut others = Dimension::ALL.iter().filter(|d| **d != Dimension::Economic);
            others.all(|d| dimensions.tree(*d).contains(slice.node(*d), at.node(*d)))
        };
        let mut hidden = self.package.hidden().iter();
        self.is_marked(slice)
            || hidden.any(|money| {
                money.stage == stage && dimensions.slice(&money.at).is_ok_and(is_inside)
            })
    }

    /// Whether a slice itself is marked as withheld.
    fn is_marked(&self, slice: Slice) -> bool {
        self.package.withheld.iter().any(|mark| match &mark.of {
            Explained::At(at) => self.dimensions().slice(at) == Ok(slice),
            Explained::Fact(_) => false,
        })
    }

    /// Amount of a slice as printed: in units of the last digit the profile prints. `None` when it is withheld, or
    /// missing, which is noted.
    pub fn digits(&self, stage: Stage, slice: Slice) -> Option<i64> {
        if self.is_withheld(slice) {
            return None;
        }
        self.asked.borrow_mut().insert((stage, slice));
        let adjusted = self.adjusted.get(&(stage, slice));
        if let Some(digits) = adjusted.filter(|_| self.unit() == self.profile.unit) {
            return Some(*digits);
        }
        match self.cube.amount(stage, slice) {
            Some(amount) => Some(round(amount.fen.0, self.ulp())),
            None => {
                let year = match stage {
                    Stage::PriorBudget => "上年预算",
                    Stage::PriorExecution => "上年执行",
                    Stage::PriorFinal => "上年决算",
                    Stage::Final => "本年决算",
                    Stage::Adjusted => "调整预算",
                    Stage::Budget => "本年预算",
                };
                let name = self.dimensions().name(slice);
                self.lack(
                    MissingKind::Amount(stage, slice),
                    format!("{year}“{name}”的金额"),
                );
                None
            }
        }
    }

    /// Unit figures are printed in here.
    pub fn unit(&self) -> MoneyUnit {
        self.unit.get()
    }

    /// Runs something that prints in another unit.
    pub fn in_unit<T>(&self, unit: MoneyUnit, run: impl FnOnce() -> T) -> T {
        let before = self.unit.replace(unit);
        let out = run();
        self.unit.set(before);
        out
    }

    /// Fen of one last digit.
    pub fn ulp(&self) -> i64 {
        ulp(self.unit(), self.profile.decimals)
    }

    /// A figure of the profile's unit and decimals.
    pub fn number(&self, digits: i64) -> Decimal {
        Decimal {
            digits,
            decimals: self.profile.decimals,
        }
    }

    /// A figure in a sentence; nothing where there is none, which keeps the document from being made.
    pub fn text(&self, digits: Option<i64>) -> String {
        digits.map_or_else(String::new, |digits| self.number(digits).to_string())
    }

    /// The amount of a slice in a sentence; where it is withheld, the words that say so.
    pub fn said(&self, stage: Stage, slice: Slice) -> String {
        if self.is_withheld(slice) {
            return self.withheld().to_owned();
        }
        self.text(self.digits(stage, slice))
    }

    /// What stands for a figure that is withheld.
    pub fn withheld(&self) -> &'a str {
        &self.spec.tables.withheld
    }

    /// A fact outside the cube, and its number as printed: money in the profile's unit and decimals.
    pub fn fact(&self, key: &str, is_prior: bool) -> Option<Decimal> {
        let facts = if is_prior {
            &self.package.prior_facts
        } else {
            &self.package.facts
        };
        let spec = self.profile.narrative.fact(key);
        let Some(fact) = facts.get(key) else {
            let name = spec.map_or(key, |spec| spec.name.as_str());
            if is_prior {
                let kind = MissingKind::PriorFact(key.to_owned());
                self.lack(kind, format!("上年的{name}（{key}）"));
            } else {
                let kind = MissingKind::Fact(key.to_owned());
                self.lack(kind, format!("{name}（{key}）"));
            }
            return None;
        };
        let unit = spec.map_or("", |spec| spec.unit.as_str());
        Some(self.printed(&fact.value, unit))
    }

    /// A quantity as printed where `unit` is wanted.
    fn printed(&self, quantity: &Quantity, unit: &str) -> Decimal {
        let money = PrintedMoney::parse(&format!("{} {}", quantity.number, quantity.unit));
        match money.and_then(PrintedMoney::fen) {
            Some(fen) if unit == "万元" || unit == "元" => self.number(round(fen.0, self.ulp())),
            _ => quantity.number,
        }
    }

    /// Runs something without noting what is missing: for questions whose answer decides whether a fact is needed.
    pub fn quietly<T>(&self, ask: impl FnOnce() -> T) -> T {
        let before = self.quiet.replace(true);
        let answer = ask();
        self.quiet.set(before);
        answer
    }

    /// Nodes of a dimension below a slice's own node that have money there, by code, or in the package's order.
    pub fn nodes(&self, slice: Slice, dimension: Dimension, to: Option<&str>) -> Vec<NodeId> {
        let tree = self.dimensions().tree(dimension);
        let wanted = match to {
            Some("category") => Some(3),
            Some("section") => Some(5),
            Some("item") => Some(7),
            _ => None,
        };
        let mut nodes: Vec<NodeId> = (1..NodeId::try_from(tree.nodes.len()).unwrap_or(0))
            .filter(|id| {
                let node = tree.node(*id);
                node.overlay.is_empty()
                    && !node.key.ends_with('*')
                    && wanted.is_none_or(|length| node.key.len() == length)
                    && tree.contains(slice.node(dimension), *id)
                    && *id != slice.node(dimension)
            })
            .collect();
        if dimension != Dimension::Project {
            nodes.sort_by_key(|id| tree.node(*id).key.as_str());
        }
        nodes.retain(|id| {
            let at = self.dimensions().canonical(slice.with(dimension, *id));
            !self.is_withheld(at)
                && self
                    .digits(Stage::Budget, at)
                    .is_none_or(|digits| digits != 0)
        });
        nodes
    }
}

/// Fen of one last digit.
pub fn ulp(unit: MoneyUnit, decimals: u8) -> i64 {
    (unit.fen() / 10_i64.pow(u32::from(decimals.min(12)))).max(1)
}

/// Rounds half away from zero to units of the last digit.
pub fn round(fen: i64, ulp: i64) -> i64 {
    let half = if fen < 0 { -ulp / 2 } else { ulp / 2 };
    fen.saturating_add(half) / ulp
}
