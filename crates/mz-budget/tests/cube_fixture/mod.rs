//! A fictitious budget unit of random shape and size, its eleven tables, and slips of the pen in them.
//!
//! The truth is a list of amounts at the leaves of the cube. Tables print sums of it, each rounded on its own.
#![allow(
    dead_code,
    reason = "shared by tests and the benchmark, each of which uses a part"
)]

use mz_budget::{
    cube::{Constraints, Given, Kind, Listed, Within},
    dimension::{NodeId, Slice, Tree},
};
pub use mz_simulate::Random;

pub const ULP: i64 = 10_000;

const FUND: usize = 0;
const VINTAGE: usize = 1;
const FUNCTION: usize = 2;
const NATURE: usize = 3;
const ECONOMIC: usize = 4;
const PROJECT: usize = 5;

/// What a unit is like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub n_functions: usize,
    pub n_projects: usize,
    pub n_economic: usize,
    pub n_carried: usize,
    /// Government-managed funds and unit funds have money too.
    pub is_mixed: bool,
    /// Zeros are printed as 0.00 instead of left blank.
    pub prints_zeros: bool,
    /// Amounts are whole multiples of 100 yuan, so that nothing is rounded.
    pub is_round: bool,
}

impl Shape {
    pub fn random(random: &mut Random) -> Self {
        Self {
            n_functions: 3 + random.below(9),
            n_projects: 2 + random.below(14),
            n_economic: 8 + random.below(22),
            n_carried: random.below(5),
            is_mixed: random.chance(30),
            prints_zeros: random.chance(30),
            is_round: random.chance(30),
        }
    }
}

pub struct Unit {
    pub trees: Vec<Tree>,
    pub constraints: Constraints,
    pub givens: Vec<Given>,
    /// Name of each given's table.
    pub tables: Vec<u8>,
    atoms: Vec<(Slice, i64)>,
    shape: Shape,
}

struct Nodes {
    this: NodeId,
    carried: NodeId,
    basic: NodeId,
    personnel: NodeId,
    operating: NodeId,
    project: NodeId,
}

fn at(coordinates: &[(usize, NodeId)]) -> Slice {
    let mut slice = Slice::WHOLE;
    for (d, node) in coordinates {
        slice.0[*d] = *node;
    }
    slice
}

fn with(mut slice: Slice, d: usize, node: NodeId) -> Slice {
    slice.0[d] = node;
    slice
}

fn node(tree: &Tree, key: &str) -> NodeId {
    tree.find(key).expect("a key of the fixture")
}

fn contains(tree: &Tree, outer: NodeId, inner: NodeId) -> bool {
    tree.contains(outer, inner)
        || tree
            .node(outer)
            .overlay
            .iter()
            .any(|member| contains(tree, *member, inner))
}

fn fund_tree() -> Tree {
    let mut tree = Tree::new("all");
    let appropriation = tree.add(0, "appropriation", "");
    for key in ["general", "managed", "capital"] {
        let id = tree.add(appropriation, key, "");
        tree.add(id, &format!("{key}-local"), "");
        tree.add(id, &format!("{key}-transfer"), "");
    }
    let other = tree.add(0, "non-fiscal", "");
    tree.add(other, "special", "");
    let unit = tree.add(other, "unit", "");
    for key in ["service", "grant", "remittance", "business", "other"] {
        tree.add(unit, key, "");
    }
    tree
}

fn nature_tree() -> Tree {
    let mut tree = Tree::new("all");
    let basic = tree.add(0, "basic", "");
    tree.add(basic, "personnel", "");
    tree.add(basic, "operating", "");
    tree.add(0, "project", "");
    tree
}

/// Thirty categories, as summary tables list them; only some have sections and items.
fn function_tree(random: &mut Random, n_items: usize) -> (Tree, Vec<NodeId>) {
    let mut tree = Tree::new("all");
    let categories: Vec<NodeId> = (201..=230)
        .map(|code| tree.add(0, &code.to_string(), ""))
        .collect();
    let mut items = Vec::new();
    while items.len() < n_items {
        let category = *random.one(&categories[..(2 + n_items / 2).min(30)]);
        let section_key = format!("{}{:02}", tree.node(category).key, 1 + random.below(3));
        let section = tree.add(category, &section_key, "");
        let item_key = format!("{section_key}{:02}", 1 + random.below(9));
        if tree.find(&item_key).is_none() {
            items.push(tree.add(section, &item_key, ""));
        }
    }
    (tree, items)
}

fn economic_tree(random: &mut Random, n: usize) -> (Tree, Vec<NodeId>, Vec<NodeId>) {
    let mut tree = Tree::new("all");
    for code in [301, 302, 303, 307, 309, 310, 311, 312, 313, 399] {
        tree.add(0, &code.to_string(), "");
    }
    let (pay, goods, people, capital) = (
        node(&tree, "301"),
        node(&tree, "302"),
        node(&tree, "303"),
        node(&tree, "310"),
    );
    let reception = tree.add(goods, "30217", "");
    let abroad = tree.add(goods, "30212", "");
    let running = tree.add(goods, "30231", "");
    let purchase = tree.add(capital, "31013", "");
    let vehicles = tree.add_overlay("vehicles", "", vec![purchase, running]);
    tree.add_overlay("three-public", "", vec![abroad, vehicles, reception]);
    let mut personnel = Vec::new();
    let mut operating = vec![reception, running];
    for i in 0..n {
        let code = |prefix: u32, i: usize| format!("{prefix}{:02}", 40 + i);
        match random.below(5) {
            0 | 1 => personnel.push(tree.add(pay, &code(301, i), "")),
            2 => personnel.push(tree.add(people, &code(303, i), "")),
            _ => operating.push(tree.add(goods, &code(302, i), "")),
        }
    }
    if personnel.is_empty() {
        personnel.push(tree.add(pay, "30101", ""));
    }
    (tree, personnel, operating)
}

impl Unit {
    pub fn new(seed: u64, shape: Shape) -> Self {
        let mut random = Random::new(seed);
        let fund = fund_tree();
        let mut vintage = Tree::new("all");
        let (this, carried) = (vintage.add(0, "this", ""), vintage.add(0, "carried", ""));
        let (function, items) = function_tree(&mut random, shape.n_functions);
        let nature = nature_tree();
        let (economic, personnel, operating) = economic_tree(&mut random, shape.n_economic);
        let mut projects = Tree::new("all");
        let names: Vec<NodeId> = (0..shape.n_projects + shape.n_carried)
            .map(|i| projects.add(0, &format!("p{i}"), ""))
            .collect();
        let nodes = Nodes {
            this,
            carried,
            basic: node(&nature, "basic"),
            personnel: node(&nature, "personnel"),
            operating: node(&nature, "operating"),
            project: node(&nature, "project"),
        };
        let trees = vec![
            fund,
            vintage,
            function,
            nature,
            economic,
            projects,
            Tree::new("all"),
        ];
        let mut unit = Self {
            constraints: Constraints::default(),
            trees,
            givens: Vec::new(),
            tables: Vec::new(),
            atoms: Vec::new(),
            shape,
        };
        unit.spend(
            &mut random,
            &nodes,
            &items,
            (&personnel, &operating),
            &names,
        );
        unit.constrain(&nodes);
        unit.print(&nodes, &items);
        unit
    }

    fn amount(&self, random: &mut Random) -> i64 {
        let magnitude = 10_i64.pow(3 + random.below(5) as u32);
        let yuan = magnitude + random.below(9 * magnitude as usize) as i64;
        if self.shape.is_round {
            yuan / 100 * 10_000 + 10_000
        } else {
            yuan * 100 + random.below(100) as i64
        }
    }

    fn spend(
        &mut self,
        random: &mut Random,
        nodes: &Nodes,
        items: &[NodeId],
        (personnel, operating): (&[NodeId], &[NodeId]),
        projects: &[NodeId],
    ) {
        let fund = |unit: &Self, key: &str| node(&unit.trees[FUND], key);
        let general = fund(self, "general-local");
        let split = items.len().div_ceil(2);
        for (nature, classes) in [(nodes.personnel, personnel), (nodes.operating, operating)] {
            for class in classes {
                // A class is spent on one to three functions.
                for _ in 0..1 + random.below(3) {
                    let item = *random.one(&items[..split]);
                    let amount = self.amount(random);
                    let coordinates = [
                        (FUND, general),
                        (VINTAGE, nodes.this),
                        (FUNCTION, item),
                        (NATURE, nature),
                        (ECONOMIC, *class),
                    ];
                    self.atoms.push((at(&coordinates), amount));
                }
            }
        }
        let classes: Vec<NodeId> = ["301", "302", "303", "309", "310", "312"]
            .iter()
            .map(|key| node(&self.trees[ECONOMIC], key))
            .collect();
        for (i, project) in projects.iter().enumerate() {
            let item = *random.one(&items[items.len() - split..]);
            let is_new = i < self.shape.n_projects;
            for _ in 0..1 + random.below(3) {
                let class = *random.one(&classes);
                let amount = self.amount(random);
                let coordinates = [
                    (FUND, general),
                    (FUNCTION, item),
                    (NATURE, nodes.project),
                    (ECONOMIC, class),
                    (PROJECT, *project),
                ];
                let vintage = if is_new { nodes.this } else { nodes.carried };
                self.atoms
                    .push((with(at(&coordinates), VINTAGE, vintage), amount));
                if is_new && self.shape.n_carried > 0 && random.chance(20) {
                    let amount = self.amount(random);
                    self.atoms
                        .push((with(at(&coordinates), VINTAGE, nodes.carried), amount));
                }
            }
        }
        if self.shape.is_mixed {
            // Money of other sources: its projects and classes are printed nowhere.
            for key in ["managed-local", "capital-local", "service", "managed-local"] {
                let item = *random.one(items);
                let class = *random.one(&classes);
                let amount = self.amount(random);
                let coordinates = [
                    (FUND, fund(self, key)),
                    (VINTAGE, nodes.this),
                    (FUNCTION, item),
                    (NATURE, nodes.project),
                ];
                self.atoms
                    .push((with(at(&coordinates), ECONOMIC, class), amount));
            }
        }
    }

    /// What the tables' declarations say about which lists are complete.
    fn constrain(&mut self, nodes: &Nodes) {
        let general = [
            (FUND, node(&self.trees[FUND], "general")),
            (VINTAGE, nodes.this),
        ];
        let basic = with(at(&general), NATURE, nodes.basic);
        let projects = with(at(&general), NATURE, nodes.project);
        let carried = at(&[(VINTAGE, nodes.carried), (NATURE, nodes.project)]);
        let mut listed = vec![
            Listed {
                dimension: ECONOMIC,
                node: 0,
                scope: basic,
            },
            Listed {
                dimension: ECONOMIC,
                node: 0,
                scope: projects,
            },
            Listed {
                dimension: PROJECT,
                node: 0,
                scope: projects,
            },
            Listed {
                dimension: PROJECT,
                node: 0,
                scope: carried,
            },
        ];
        for class in &self.trees[ECONOMIC].node(0).children {
            listed.push(Listed {
                dimension: ECONOMIC,
                node: *class,
                scope: basic,
            });
        }
        let within = vec![Within {
            dimension: PROJECT,
            node: 0,
            scope: at(&[(NATURE, nodes.project)]),
        }];
        self.constraints = Constraints {
            within,
            by_list: vec![ECONOMIC, PROJECT],
            listed,
            ..Constraints::default()
        };
    }

    /// The true amount of a slice.
    pub fn truth(&self, slice: Slice) -> i64 {
        let is_in = |atom: &Slice| {
            self.trees
                .iter()
                .enumerate()
                .all(|(d, tree)| contains(tree, slice.0[d], atom.0[d]))
        };
        self.atoms
            .iter()
            .filter(|(atom, _)| is_in(atom))
            .map(|(_, amount)| amount)
            .sum()
    }

    fn cell(&mut self, table: u8, slice: Slice) {
        let truth = self.truth(slice);
        let value = (truth + ULP / 2) / ULP * ULP;
        let given = if truth != 0 || self.shape.prints_zeros {
            Given {
                slice,
                value,
                slack: ULP / 2,
                ulp: ULP,
                kind: Kind::Printed,
                trust: 100,
                prior: None,
            }
        } else {
            Given::blank(slice, ULP)
        };
        self.givens.push(given);
        self.tables.push(table);
    }

    fn absent(&mut self, table: u8, slice: Slice) {
        self.givens.push(Given::absent(slice, ULP));
        self.tables.push(table);
    }

    /// Rows of one axis, each with all columns; rows without money are absent.
    fn rows(&mut self, table: u8, scope: Slice, (d, rows): (usize, &[NodeId]), columns: &[Slice]) {
        for column in columns {
            self.cell(table, merge(scope, *column));
        }
        for row in rows {
            let slice = with(scope, d, *row);
            if self.truth(slice) == 0 {
                self.absent(table, slice);
                continue;
            }
            for column in columns {
                self.cell(table, merge(slice, *column));
            }
        }
    }

    fn print(&mut self, nodes: &Nodes, _items: &[NodeId]) {
        let fund = |unit: &Self, key: &str| node(&unit.trees[FUND], key);
        let (general, managed, capital) = (
            fund(self, "general"),
            fund(self, "managed"),
            fund(self, "capital"),
        );
        let appropriation = fund(self, "appropriation");
        let whole = Slice::WHOLE;
        let categories = self.trees[FUNCTION].node(0).children.clone();
        let functions: Vec<NodeId> = (1..self.trees[FUNCTION].nodes.len() as NodeId).collect();
        // 1: sources, and categories.
        for vintage in [nodes.this, nodes.carried] {
            self.cell(1, at(&[(VINTAGE, vintage)]));
            for key in ["general", "managed", "capital", "special", "unit"] {
                self.cell(1, at(&[(VINTAGE, vintage), (FUND, fund(self, key))]));
            }
        }
        for key in ["general", "managed", "capital"] {
            for part in ["local", "transfer"] {
                self.cell(
                    1,
                    at(&[
                        (VINTAGE, nodes.this),
                        (FUND, fund(self, &format!("{key}-{part}"))),
                    ]),
                );
            }
        }
        for key in ["service", "grant", "remittance", "business", "other"] {
            self.cell(1, at(&[(VINTAGE, nodes.this), (FUND, fund(self, key))]));
        }
        for key in ["appropriation", "non-fiscal"] {
            self.cell(1, at(&[(VINTAGE, nodes.carried), (FUND, fund(self, key))]));
        }
        self.cell(1, whole);
        self.cell(1, whole);
        for category in &categories {
            self.cell(1, with(whole, FUNCTION, *category));
        }
        // 2: income by function.
        let mut columns = vec![whole, at(&[(FUND, appropriation), (VINTAGE, nodes.this)])];
        for key in ["general", "managed", "capital"] {
            for part in ["local", "transfer"] {
                columns.push(at(&[
                    (FUND, fund(self, &format!("{key}-{part}"))),
                    (VINTAGE, nodes.this),
                ]));
            }
        }
        for (key, vintage) in [
            ("special", nodes.this),
            ("unit", nodes.this),
            ("appropriation", nodes.carried),
            ("non-fiscal", nodes.carried),
        ] {
            columns.push(at(&[(FUND, fund(self, key)), (VINTAGE, vintage)]));
        }
        self.rows(2, whole, (FUNCTION, &functions), &columns);
        // 3: expenditure by function and nature; 5: the same of this year's general budget.
        let natures = [
            whole,
            at(&[(NATURE, nodes.basic)]),
            at(&[(NATURE, nodes.project)]),
        ];
        self.rows(3, whole, (FUNCTION, &functions), &natures);
        let this = at(&[(VINTAGE, nodes.this)]);
        let general_this = with(this, FUND, general);
        self.rows(5, general_this, (FUNCTION, &functions), &natures);
        // 4: appropriation.
        self.cell(4, with(this, FUND, appropriation));
        for key in [general, managed, capital] {
            self.cell(4, with(this, FUND, key));
        }
        for category in categories
            .iter()
            .map(|category| Some(*category))
            .chain([None])
        {
            for key in [appropriation, general, managed, capital] {
                let slice = with(this, FUND, key);
                self.cell(4, with(slice, FUNCTION, category.unwrap_or(0)));
            }
        }
        // 6: basic expenditure by economic class.
        let economic = &self.trees[ECONOMIC];
        let classes: Vec<NodeId> = (1..economic.nodes.len() as NodeId)
            .filter(|id| economic.node(*id).overlay.is_empty())
            .collect();
        let natures = [
            at(&[(NATURE, nodes.basic)]),
            at(&[(NATURE, nodes.personnel)]),
            at(&[(NATURE, nodes.operating)]),
        ];
        let basic = with(general_this, NATURE, nodes.basic);
        self.rows(6, basic, (ECONOMIC, &classes), &natures);
        self.project_table(nodes, general_this);
        // 8 and 9: funds, by function.
        for (table, key) in [(8, managed), (9, capital)] {
            let natures = [
                whole,
                at(&[(NATURE, nodes.personnel)]),
                at(&[(NATURE, nodes.operating)]),
                at(&[(NATURE, nodes.project)]),
            ];
            self.rows(
                table,
                with(this, FUND, key),
                (FUNCTION, &functions),
                &natures,
            );
        }
        // 10: overlay groups.
        let overlays: Vec<NodeId> = [
            "three-public",
            "30212",
            "30217",
            "vehicles",
            "31013",
            "30231",
        ]
        .map(|key| node(&self.trees[ECONOMIC], key))
        .to_vec();
        for class in overlays {
            for key in [appropriation, general, managed, capital] {
                let slice = at(&[
                    (FUND, key),
                    (VINTAGE, nodes.this),
                    (NATURE, nodes.basic),
                    (ECONOMIC, class),
                ]);
                self.cell(10, slice);
            }
        }
        self.carried_table(nodes);
    }

    /// 7: projects of this year's general budget, by class; categories and sections are totals.
    fn project_table(&mut self, nodes: &Nodes, general_this: Slice) {
        let scope = with(general_this, NATURE, nodes.project);
        let classes: Vec<NodeId> = self.trees[ECONOMIC].node(0).children.clone();
        let columns: Vec<Slice> = std::iter::once(Slice::WHOLE)
            .chain(classes.iter().map(|class| at(&[(ECONOMIC, *class)])))
            .collect();
        for column in &columns {
            self.cell(7, merge(scope, *column));
        }
        for function in 1..self.trees[FUNCTION].nodes.len() as NodeId {
            let slice = with(scope, FUNCTION, function);
            if self.truth(slice) == 0 {
                self.absent(7, slice);
                continue;
            }
            let is_item = self.trees[FUNCTION].node(function).children.is_empty();
            if !is_item {
                for column in &columns {
                    self.cell(7, merge(slice, *column));
                }
                continue;
            }
            for project in 1..self.trees[PROJECT].nodes.len() as NodeId {
                let slice = with(slice, PROJECT, project);
                if self.truth(slice) == 0 {
                    self.absent(7, slice);
                    continue;
                }
                for column in &columns {
                    self.cell(7, merge(slice, *column));
                }
            }
        }
    }

    /// 11: carried-over money by project.
    fn carried_table(&mut self, nodes: &Nodes) {
        let carried = at(&[(VINTAGE, nodes.carried)]);
        let mut columns = vec![Slice::WHOLE];
        for key in ["appropriation", "non-fiscal"] {
            let fund = at(&[(FUND, node(&self.trees[FUND], key))]);
            columns.push(fund);
            columns.extend(
                [nodes.personnel, nodes.operating, nodes.project]
                    .map(|nature| with(fund, NATURE, nature)),
            );
        }
        for column in &columns {
            self.cell(11, merge(carried, *column));
        }
        for project in 1..self.trees[PROJECT].nodes.len() as NodeId {
            let slice = with(with(carried, PROJECT, project), NATURE, nodes.project);
            if self.truth(slice) == 0 {
                self.absent(11, slice);
                continue;
            }
            for column in &columns {
                if matches!(column.0[NATURE], nature if nature == 0 || nature == nodes.project) {
                    self.cell(11, merge(slice, *column));
                }
            }
        }
    }
}

/// Coordinates of the second where it has any, else of the first.
fn merge(first: Slice, second: Slice) -> Slice {
    let mut merged = first;
    for (node, other) in merged.0.iter_mut().zip(second.0) {
        if other != 0 {
            *node = other;
        }
    }
    merged
}

/// A wrong value for a figure, by a slip people make; `None` when the slip cannot happen here.
pub fn slip(random: &mut Random, unit: &Unit, given: usize) -> Option<i64> {
    let it = &unit.givens[given];
    let digits = (it.value / ULP).to_string().into_bytes();
    let read = |digits: Vec<u8>| {
        String::from_utf8(digits)
            .ok()?
            .parse::<i64>()
            .ok()
            .map(|digits| digits * ULP)
    };
    if it.value == 0 {
        return Some((1 + random.below(99_999) as i64) * ULP);
    }
    let value = match random.below(8) {
        0 if digits.len() > 1 => {
            let i = random.below(digits.len() - 1);
            let mut digits = digits;
            digits.swap(i, i + 1);
            read(digits)
        }
        1 if digits.len() > 1 => {
            let mut digits = digits;
            digits.remove(random.below(digits.len()));
            read(digits)
        }
        2 => {
            let i = random.below(digits.len());
            let mut digits = digits;
            digits.insert(i, digits[i]);
            read(digits)
        }
        3 => Some(it.value * 10),
        4 => Some(it.value / 10 / ULP * ULP),
        5 => {
            let others: Vec<i64> = (given.saturating_sub(3)..(given + 4).min(unit.givens.len()))
                .filter(|other| unit.tables[*other] == unit.tables[given])
                .map(|other| unit.givens[other].value)
                .collect();
            Some(*random.one(&others))
        }
        6 => Some(0),
        _ => {
            let i = random.below(digits.len());
            let mut digits = digits;
            digits[i] = b'0' + (digits[i] - b'0' + 1 + random.below(9) as u8) % 10;
            read(digits)
        }
    }?;
    // Beyond rounding: one unit of the last digit may be right.
    ((value - it.value).abs() > 5 * ULP).then_some(value)
}
