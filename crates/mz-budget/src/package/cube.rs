//! A package as cubes, one a stage: every amount of the disclosure is asked here and nowhere else.
//!
//! Listings become givens of the engine in [`crate::cube`]. A closed listing of parts ([`Manner::Detail`], every axis it
//! uses declared complete) answers any slice in its scope exactly, by adding its lines up; its answers are givens too, so
//! that contradictions between listings show. Everything else the engine derives: what neither side says is *missing*.

mod contradiction;
mod detail;
mod unlisted;

pub use contradiction::{Contradiction, Side};

use std::collections::{BTreeMap, BTreeSet};

use super::{FormPlace, Listing, Manner, Package};
use crate::{
    catalogue::Catalogue,
    cube::{Constraints, Cube, Given, Kind, Listed, Solution},
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice},
    disclosure::Stage,
    money::{Fen, PrintedMoney},
    profile::Profile,
    trees,
};
use detail::Detail;

/// Dimensions whose children are complete only where a listing says so.
const BY_LIST: [Dimension; 5] = [
    Dimension::Function,
    Dimension::Economic,
    Dimension::Governmental,
    Dimension::Project,
    Dimension::Body,
];

/// Where a figure of a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A line: index of its listing, and its own.
    Line(usize, usize),
    /// The sum of the parts a closed listing has in a slice: index of the listing, indexes of the lines.
    Parts(usize, Vec<usize>),
    /// Not in a listing that has everything: index of the listing.
    Unlisted(usize),
    /// A part of a project's amount: index of the project, and of the allocation.
    Allocation(usize, usize),
    /// All parts of a project's amount: index of the project.
    Allocations(usize),
    /// An amount a target states: index of the target, and which.
    Target(usize, TargetAmount),
}

/// Which amount of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetAmount {
    /// The total.
    Total,
    /// Of which fiscal appropriation.
    Appropriation,
    /// Other money.
    Other,
}

/// What is known of a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The amount.
    pub fen: Fen,
    /// What it may be off by, because it rests on rounded figures.
    pub slack: i64,
}

/// One stage, solved.
#[derive(Debug)]
struct StageCube {
    givens: Vec<Given>,
    sources: Vec<Source>,
    constraints: Constraints,
    details: Vec<Detail>,
    asked: BTreeSet<Slice>,
    solution: Solution,
}

/// The cubes of a package.
#[derive(Debug)]
pub struct PackageCube {
    dimensions: Dimensions,
    stages: BTreeMap<Stage, StageCube>,
}

/// Coordinates of the amounts that are stated outside the listings; the profile's form says what they mean.
#[derive(Clone, Debug, Default)]
pub struct StatedAt {
    /// Scope of a project's allocations.
    pub allocations: Coordinates,
    /// Scope of a target's total.
    pub total: Coordinates,
    /// Scope of its appropriation.
    pub appropriation: Coordinates,
    /// Scope of its other money.
    pub other: Coordinates,
}

impl PackageCube {
    /// The cubes of a package.
    pub fn new(
        package: &Package,
        profile: &Profile,
        catalogue: &Catalogue,
        stated: &StatedAt,
    ) -> Self {
        let dimensions = dimensions(package, profile, catalogue);
        let mut givens: BTreeMap<Stage, Vec<(Given, Source)>> = BTreeMap::new();
        for (i, listing) in package.listings.iter().enumerate() {
            let of_stage = givens.entry(listing.stage.stage()).or_default();
            lines(listing, i, &dimensions, of_stage);
            unlisted::zeros(listing, i, &dimensions, of_stage);
        }
        stated_givens(
            package,
            &dimensions,
            stated,
            givens.entry(Stage::Budget).or_default(),
        );
        let stages = givens
            .into_iter()
            .map(|(stage, pairs)| {
                let own = package
                    .listings
                    .iter()
                    .enumerate()
                    .filter(|(_, listing)| listing.stage.stage() == stage);
                (stage, StageCube::new(&dimensions, own, pairs))
            })
            .collect();
        Self { dimensions, stages }
    }

    /// The trees, with the functions, economic classes, projects and bodies the package uses.
    pub fn dimensions(&self) -> &Dimensions {
        &self.dimensions
    }

    /// The amount of a slice; `None` when the package does not say it.
    pub fn amount(&self, stage: Stage, slice: Slice) -> Option<Amount> {
        let stage = self.stages.get(&stage)?;
        if let Some((value, slack, _)) = stage.answer(&self.dimensions, slice) {
            return Some(Amount {
                fen: Fen(value),
                slack,
            });
        }
        match stage.solution.known(slice) {
            Some(known) => Some(Amount {
                fen: Fen(known.value),
                slack: known.slack,
            }),
            None => self.sum_of_parts(stage, slice, 0),
        }
    }

    /// Parts that always make up their whole: the members of an overlay group, and the children in the small trees. The
    /// engine connects figures; a whole whose parts are all zero has none.
    fn sum_of_parts(&self, stage: &StageCube, slice: Slice, from: usize) -> Option<Amount> {
        let known = |slice: Slice, from: usize| {
            if let Some((value, slack, _)) = stage.answer(&self.dimensions, slice) {
                return Some((value, slack));
            }
            match stage.solution.known(slice) {
                Some(known) => Some((known.value, known.slack)),
                None => {
                    let amount = self.sum_of_parts(stage, slice, from)?;
                    Some((amount.fen.0, amount.slack))
                }
            }
        };
        let dimensions = Dimension::ALL.iter().enumerate().skip(from);
        for (i, dimension) in dimensions {
            let node = self
                .dimensions
                .tree(*dimension)
                .node(slice.node(*dimension));
            let parts = match (&node.overlay, BY_LIST.contains(dimension)) {
                (overlay, _) if !overlay.is_empty() => overlay,
                (_, false) => &node.children,
                _ => continue,
            };
            let sum = parts
                .iter()
                .try_fold((0_i64, 0_i64), |(value, slack), part| {
                    let (v, s) = known(slice.with(*dimension, *part), i)?;
                    Some((value.checked_add(v)?, slack.checked_add(s)?))
                });
            if let Some((value, slack)) = sum.filter(|_| !parts.is_empty()) {
                return Some(Amount {
                    fen: Fen(value),
                    slack,
                });
            }
        }
        None
    }

    /// Solves again, so that what these slices connect is derived and compared as well.
    pub fn ask(&mut self, asked: &BTreeSet<(Stage, Slice)>) {
        for (stage, cube) in &mut self.stages {
            let more = asked.iter().filter(|(s, _)| s == stage).map(|(_, at)| *at);
            cube.ask(&self.dimensions, more);
        }
    }

    /// The parts everything of a stage is made of, when one closed listing has them all.
    pub fn parts(&self, stage: Stage) -> Option<Parts<'_>> {
        let details = &self.stages.get(&stage)?.details;
        details
            .iter()
            .find(|detail| detail.is_whole())
            .map(|detail| Parts {
                detail,
                dimensions: &self.dimensions,
            })
    }

    /// What cannot be true together.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        self.stages
            .iter()
            .flat_map(|(stage, cube)| contradiction::of_stage(*stage, cube, &self.dimensions))
            .collect()
    }
}

/// The parts of a closed listing of everything.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    detail: &'a Detail,
    dimensions: &'a Dimensions,
}

impl Parts<'_> {
    /// Amounts of the parts, in fen.
    pub fn amounts(&self) -> Vec<i64> {
        self.detail.amounts()
    }

    /// Parts that lie in a slice; `None` when that cannot be told.
    pub fn inside(&self, slice: Slice) -> Option<Vec<usize>> {
        self.detail.sum(self.dimensions, slice)?;
        Some(self.detail.lines(self.dimensions, slice))
    }

    /// Parts that lie in a slice as far as can be told.
    pub fn surely_inside(&self, slice: Slice) -> Vec<usize> {
        self.detail.lines(self.dimensions, slice)
    }
}

impl StageCube {
    fn new<'p>(
        dimensions: &Dimensions,
        listings: impl Iterator<Item = (usize, &'p Listing)>,
        pairs: Vec<(Given, Source)>,
    ) -> Self {
        let (givens, sources) = pairs.into_iter().unzip();
        let mut constraints = Constraints {
            by_list: BY_LIST.iter().map(|d| *d as usize).collect(),
            ..Constraints::of_budget(dimensions)
        };
        let mut details = Vec::new();
        for (i, listing) in listings {
            constraints.listed.extend(listed(listing, dimensions));
            details.extend(Detail::new(listing, i, dimensions));
        }
        let solution = Cube::new(&dimensions.trees, Vec::new(), &constraints).solve();
        let mut cube = Self {
            givens,
            sources,
            constraints,
            details,
            asked: BTreeSet::new(),
            solution,
        };
        let stated: Vec<Slice> = cube.givens.iter().map(|given| given.slice).collect();
        cube.ask(dimensions, stated.into_iter());
        cube
    }

    fn answer(&self, dimensions: &Dimensions, slice: Slice) -> Option<(i64, i64, &Detail)> {
        self.details
            .iter()
            .find_map(|detail| detail.sum(dimensions, slice).map(|(v, s)| (v, s, detail)))
    }

    fn ask(&mut self, dimensions: &Dimensions, more: impl Iterator<Item = Slice>) {
        let before = self.asked.len();
        for slice in more {
            if !self.asked.insert(slice) {
                continue;
            }
            for detail in &self.details {
                let Some((value, slack)) = detail.sum(dimensions, slice) else {
                    continue;
                };
                let source = match detail.lines(dimensions, slice) {
                    lines if lines.is_empty() => Source::Unlisted(detail.listing),
                    lines => Source::Parts(detail.listing, lines),
                };
                self.givens.push(Given {
                    slice,
                    value,
                    slack,
                    // Sums of rounded parts may differ from a printed total; exact sums may not.
                    ulp: if slack == 0 {
                        1
                    } else {
                        i64::try_from(self.givens.len()).unwrap_or(0) + 2
                    },
                    kind: if value == 0 {
                        Kind::Absent
                    } else {
                        Kind::Printed
                    },
                    trust: 100,
                    prior: None,
                });
                self.sources.push(source);
            }
        }
        if self.asked.len() == before && before > 0 {
            return;
        }
        let asked: Vec<Slice> = self.asked.iter().copied().collect();
        self.solution = Cube::asking(
            &dimensions.trees,
            self.givens.clone(),
            &self.constraints,
            &asked,
        )
        .solve();
    }
}

/// The trees of a package: the profile's, and every key its lines, allocations, targets and texts name.
fn dimensions(package: &Package, profile: &Profile, catalogue: &Catalogue) -> Dimensions {
    let mut dimensions = trees::start(profile, catalogue);
    for project in &package.projects {
        dimensions
            .tree_mut(Dimension::Project)
            .add(0, &project.key, &project.name);
    }
    for body in package.bodies.iter().flatten() {
        dimensions
            .tree_mut(Dimension::Body)
            .add(0, &body.key, &body.name);
    }
    let coordinates = package.listings.iter().flat_map(|listing| {
        std::iter::once(&listing.at).chain(listing.lines.iter().map(|l| &l.at))
    });
    for (dimension, key) in coordinates.flatten() {
        trees::ensure(&mut dimensions, catalogue, *dimension, key, "");
    }
    let codes = package.projects.iter().flat_map(|p| &p.allocations);
    for code in codes.filter_map(|allocation| allocation.economic.as_deref()) {
        trees::ensure(&mut dimensions, catalogue, Dimension::Economic, code, "");
    }
    if dimensions.tree(Dimension::Project).nodes.len() > 1 {
        trees::add_rest(&mut dimensions, Dimension::Project, 0);
    }
    dimensions
}

/// Coordinates of a line, the listing's included.
pub fn line_coordinates(listing: &Listing, line: usize) -> Coordinates {
    let mut at = listing.at.clone();
    if let Some(line) = listing.lines.get(line) {
        at.extend(line.at.iter().map(|(d, key)| (*d, key.clone())));
    }
    at
}

/// The given of a figure, at a slice.
fn stated(slice: Slice, money: PrintedMoney) -> Option<Given> {
    let given = Given::printed(slice, money)?;
    // A zero is as good as an absent row: exact.
    Some(if given.value == 0 {
        Given::absent(slice, given.ulp)
    } else {
        given
    })
}

/// Givens of the lines of a listing: figures one by one; parts of an open list added up by coordinates. Parts of a closed
/// list are asked for as needed.
fn lines(
    listing: &Listing,
    index: usize,
    dimensions: &Dimensions,
    givens: &mut Vec<(Given, Source)>,
) {
    let slices = (0..listing.lines.len())
        .filter_map(|i| Some((i, dimensions.slice(&line_coordinates(listing, i)).ok()?)));
    match listing.manner {
        Manner::Figures => givens.extend(slices.filter_map(|(i, slice)| {
            let money = listing.lines.get(i)?.amount;
            Some((stated(slice, money)?, Source::Line(index, i)))
        })),
        Manner::Detail if Detail::new(listing, index, dimensions).is_some() => {}
        Manner::Detail => {
            let mut sums: BTreeMap<Slice, (i64, i64, i64, Vec<usize>)> = BTreeMap::new();
            for (i, slice) in slices {
                let Some(line) = listing.lines.get(i) else {
                    continue;
                };
                let sum = sums.entry(slice).or_default();
                sum.0 = sum
                    .0
                    .saturating_add(line.amount.fen().map_or(0, |fen| fen.0));
                sum.1 = sum.1.saturating_add(line.amount.slack_fen());
                sum.2 = sum.2.max(line.amount.last_digit_fen());
                sum.3.push(i);
            }
            for (slice, (value, slack, ulp, lines)) in sums {
                let given = Given {
                    value,
                    slack,
                    ulp,
                    ..Given::blank(slice, ulp)
                };
                let kind = if value == 0 {
                    Kind::Absent
                } else {
                    Kind::Printed
                };
                givens.push((Given { kind, ..given }, Source::Parts(index, lines)));
            }
        }
    }
}

/// Givens of the amounts that projects and targets state.
fn stated_givens(
    package: &Package,
    dimensions: &Dimensions,
    at: &StatedAt,
    givens: &mut Vec<(Given, Source)>,
) {
    let slice = |scope: &Coordinates, project: &Option<String>, economic: Option<&String>| {
        let mut at = scope.clone();
        if let Some(project) = project {
            at.insert(Dimension::Project, project.clone());
        }
        if let Some(code) = economic {
            at.insert(Dimension::Economic, code.clone());
        }
        dimensions.slice(&at).ok()
    };
    for (p, project) in package.projects.iter().enumerate() {
        let key = Some(project.key.clone());
        let (mut value, mut slack) = (0_i64, 0_i64);
        for (i, part) in project.allocations.iter().enumerate() {
            value = value.saturating_add(part.amount.fen().map_or(0, |fen| fen.0));
            slack = slack.saturating_add(part.amount.slack_fen());
            if let Some(code) = &part.economic
                && let Some(slice) = slice(&at.allocations, &key, Some(code))
                && let Some(given) = stated(slice, part.amount)
            {
                givens.push((given.trusted(60), Source::Allocation(p, i)));
            }
        }
        if let Some(slice) = slice(&at.allocations, &key, None)
            && !project.allocations.is_empty()
        {
            let ulp = i64::try_from(givens.len()).unwrap_or(0) + 2;
            let given = Given {
                value,
                slack,
                kind: Kind::Printed,
                trust: 60,
                ..Given::blank(slice, ulp)
            };
            givens.push((given, Source::Allocations(p)));
        }
    }
    for (t, target) in package.targets.iter().enumerate() {
        for (amount, scope, which) in [
            (&target.total, &at.total, TargetAmount::Total),
            (
                &target.appropriation,
                &at.appropriation,
                TargetAmount::Appropriation,
            ),
            (&target.other, &at.other, TargetAmount::Other),
        ] {
            if let Some(amount) = amount
                && let Some(slice) = slice(scope, &target.project, None)
                && let Some(given) = stated(slice, amount.value)
            {
                givens.push((given.trusted(70), Source::Target(t, which)));
            }
        }
    }
}

/// Where a listing has every child of a node.
fn listed(listing: &Listing, dimensions: &Dimensions) -> Vec<Listed> {
    let Ok(scope) = dimensions.slice(&listing.at) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for dimension in &listing.complete {
        let tree = dimensions.tree(*dimension);
        let used = unlisted::covered(listing, *dimension, dimensions);
        for (id, node) in tree.nodes.iter().enumerate() {
            if node.children.iter().any(|child| used.contains(child)) {
                out.push(Listed {
                    dimension: *dimension as usize,
                    node: NodeId::try_from(id).unwrap_or(0),
                    scope,
                });
            }
        }
    }
    out
}

impl Source {
    /// Where it stands in the forms, one place a line.
    pub fn places(&self, package: &Package) -> Vec<FormPlace> {
        let sheet = |listing: usize| {
            let key = package.listings.get(listing).map(|l| l.key.clone());
            FormPlace::new(key.unwrap_or_default(), "")
        };
        let line = |listing: usize, line: usize| {
            let found = package
                .listings
                .get(listing)
                .and_then(|l| l.lines.get(line));
            match found {
                Some(line) if !line.place.is_empty() => line.place.clone(),
                _ => sheet(listing),
            }
        };
        match self {
            Self::Line(listing, i) => vec![line(*listing, *i)],
            Self::Parts(listing, lines) => lines.iter().map(|i| line(*listing, *i)).collect(),
            Self::Unlisted(listing) => vec![sheet(*listing)],
            Self::Allocation(project, i) => package
                .projects
                .get(*project)
                .and_then(|p| p.allocations.get(*i))
                .map(|a| a.place.clone())
                .into_iter()
                .collect(),
            Self::Allocations(project) => package
                .projects
                .get(*project)
                .map(|p| p.place.clone())
                .into_iter()
                .collect(),
            Self::Target(target, _) => package
                .targets
                .get(*target)
                .map(|t| t.place.clone())
                .into_iter()
                .collect(),
        }
    }
}
