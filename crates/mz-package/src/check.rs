//! What is wrong in a package before anything is computed from it: codes, keys, amounts that cannot be, things named twice.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    library::Library,
    package::{Explained, FormPlace, Manner, Package, SCHEMA},
};

use crate::{
    FormProblem, Level,
    codes::{self, Names},
    problem::Problems,
};

/// Codes named as alternatives.
const NEAREST: usize = 3;

/// Checks a package by itself.
pub fn check(package: &Package, library: &Library) -> Vec<FormProblem> {
    let mut checker = Checker {
        package,
        names: Names::new(library, &package.profile, *package.year),
        problems: Problems::default(),
    };
    checker.head(library);
    checker.duplicates();
    checker.listings();
    checker.facts();
    checker.projects();
    checker.explanations();
    checker.problems.0
}

/// Places of everything that was carried over and not confirmed yet.
pub fn drafts(package: &Package) -> Vec<FormPlace> {
    let texts = package.texts().map(|fact| (fact.to_confirm, &fact.place));
    let facts = package.facts.values().chain(package.prior_facts.values());
    let lines = package.listings.iter().flat_map(|listing| &listing.lines);
    let indicators = package.targets.iter().flat_map(|target| &target.indicators);
    let explained = package.reasons.iter().chain(&package.purposes);
    texts
        .chain(facts.map(|fact| (fact.to_confirm, &fact.place)))
        .chain(lines.map(|line| (line.to_confirm, &line.place)))
        .chain(indicators.map(|indicator| (indicator.to_confirm, &indicator.place)))
        .chain(explained.map(|e| (e.to_confirm, &e.place)))
        .filter(|(to_confirm, _)| *to_confirm)
        .map(|(_, place)| place.clone())
        .collect()
}

struct Checker<'a> {
    package: &'a Package,
    names: Names<'a>,
    problems: Problems,
}

impl Checker<'_> {
    fn head(&mut self, library: &Library) {
        let package = self.package;
        if package.schema != SCHEMA {
            let message = format!("格式是“{}”，本版本读的是“{SCHEMA}”", package.schema);
            self.problems
                .error("schema-unknown", message, FormPlace::default());
        }
        if self.names.profile.is_none() {
            let known: Vec<&str> = library.profiles().iter().map(|p| p.id.as_str()).collect();
            let message = format!(
                "没有名为“{}”的模板；现有：{}",
                package.profile,
                known.join("、")
            );
            self.problems
                .error("profile-unknown", message, package.unit.place.clone());
        }
        if package.unit.trim().is_empty() {
            self.problems
                .error("cell-missing", "单位名称没有填", package.unit.place.clone());
        }
        if !(1990..2100).contains(&*package.year) {
            let message = format!("年度“{}”不合理", *package.year);
            self.problems
                .error("year-implausible", message, package.year.place.clone());
        }
    }

    fn duplicates(&mut self) {
        let projects = self.package.projects.iter();
        let keys = projects
            .clone()
            .map(|p| ("项目的键", p.key.trim(), &p.place));
        let names = projects.map(|p| ("项目名称", p.name.value.trim(), &p.name.place));
        let offices = self
            .package
            .offices
            .iter()
            .flatten()
            .map(|o| ("内设机构", o.value.trim(), &o.place));
        let terms = self
            .package
            .glossary
            .iter()
            .map(|t| ("名词", t.name.trim(), &t.text.place));
        let mut seen: BTreeMap<(&str, &str), &FormPlace> = BTreeMap::new();
        for (what, text, place) in keys.chain(names).chain(offices).chain(terms) {
            match seen.get(&(what, text)) {
                Some(first) => {
                    let message = format!("{what}“{text}”重复，前一个在 {first}");
                    self.problems.error("duplicate", message, place.clone());
                }
                None => {
                    seen.insert((what, text), place);
                }
            }
        }
    }

    fn listings(&mut self) {
        for listing in &self.package.listings {
            self.coordinates(&listing.at, &FormPlace::new(&listing.key, ""));
            let mut seen: BTreeMap<&Coordinates, &mz_budget::package::Line> = BTreeMap::new();
            for line in &listing.lines {
                self.coordinates(&line.at, &line.place);
                self.inside(listing, line);
                if line.amount.number.digits < 0 {
                    let message = format!("金额为负：{}", line.amount);
                    self.problems.error("negative", message, line.place.clone());
                }
                if line.amount.fen().is_none() {
                    let message = format!("金额超出可以计算的范围：{}", line.amount);
                    self.problems
                        .error("amount-too-large", message, line.place.clone());
                }
                if listing.manner == Manner::Figures
                    && let Some(first) = seen.insert(&line.at, line)
                    && first.amount != line.amount
                {
                    let message = format!(
                        "同一口径有两个数：{} 是 {}，{} 是 {}",
                        first.place, first.amount, line.place, line.amount
                    );
                    self.problems
                        .error("figure-twice", message, line.place.clone());
                }
            }
        }
    }

    /// A line cannot leave the scope of its list.
    fn inside(&mut self, listing: &mz_budget::package::Listing, line: &mz_budget::package::Line) {
        for (dimension, scope) in &listing.at {
            let Some(key) = line.at.get(dimension).filter(|key| *key != scope) else {
                continue;
            };
            let is_code = dimension.is_classification();
            if is_code && !key.starts_with(scope.as_str()) {
                let label = codes::word(&codes::DIMENSIONS, dimension);
                let message = format!("“{label}”{key} 不在这张表的范围 {scope} 内");
                self.problems
                    .error("outside-scope", message, line.place.clone());
            }
        }
    }

    fn coordinates(&mut self, at: &Coordinates, place: &FormPlace) {
        for (dimension, key) in at {
            match dimension {
                Dimension::Function | Dimension::Economic => self.code(*dimension, key, place),
                Dimension::Governmental => {
                    let message = format!("数据不按政府预算支出经济分类填报，这里填了“{key}”");
                    self.problems
                        .error("dimension-not-asked", message, place.clone());
                }
                Dimension::Project => {
                    if self.package.project(key).is_none() {
                        let message = format!("没有键为“{key}”的项目");
                        self.problems
                            .error("project-unknown", message, place.clone());
                    }
                }
                Dimension::Body => {
                    let is_known = self
                        .package
                        .bodies
                        .iter()
                        .flatten()
                        .any(|body| body.key == *key);
                    if !is_known && !self.names.knows(*dimension, key) {
                        let message = format!("没有键为“{key}”的所属单位");
                        self.problems.error("body-unknown", message, place.clone());
                    }
                }
                Dimension::Fund | Dimension::Vintage | Dimension::Nature => {
                    if !self.names.knows(*dimension, key) {
                        let label = codes::word(&codes::DIMENSIONS, dimension);
                        let known = self.names.choices(*dimension).join("、");
                        let message = format!("“{label}”写的是“{key}”，应是：{known}");
                        self.problems.error("word-unknown", message, place.clone());
                    }
                }
            }
        }
    }

    fn code(&mut self, dimension: Dimension, key: &str, place: &FormPlace) {
        if self.names.knows(dimension, key) {
            return;
        }
        let label = codes::word(&codes::DIMENSIONS, &dimension);
        let nearest = self.nearest(dimension, key);
        let hint = if nearest.is_empty() {
            String::new()
        } else {
            format!("；相近的有：{}", nearest.join("、"))
        };
        let lengths: &[usize] = if dimension == Dimension::Function {
            &[3, 5, 7]
        } else {
            &[3, 5]
        };
        let is_well_formed =
            lengths.contains(&key.len()) && key.bytes().all(|b| b.is_ascii_digit());
        let message = format!(
            "{label}“{key}”不在 {} 年的科目表里{hint}",
            self.names.catalogue.year()
        );
        // The lists of some years are not complete: a code of the right form may be one they lack.
        let level = if is_well_formed {
            Level::Query
        } else {
            Level::Error
        };
        self.problems
            .add("code-unknown", level, message, place.clone());
    }

    fn nearest(&self, dimension: Dimension, key: &str) -> Vec<String> {
        let mut near: Vec<(usize, String)> = self
            .names
            .choices(dimension)
            .into_iter()
            .filter_map(|shown| {
                let code = shown.split(' ').next().unwrap_or_default();
                let distance = distance(code.as_bytes(), key.as_bytes());
                (distance <= 2).then_some((distance, shown))
            })
            .collect();
        near.sort();
        near.into_iter()
            .take(NEAREST)
            .map(|(_, shown)| shown)
            .collect()
    }

    fn facts(&mut self) {
        let profile = self.names.profile.clone();
        for (key, fact) in self.package.facts.iter().chain(&self.package.prior_facts) {
            if profile
                .as_ref()
                .is_some_and(|p| p.narrative.fact(key).is_none())
            {
                let message = format!("模板里没有名为“{key}”的事实，它不会写进公开文件");
                self.problems
                    .add("fact-unknown", Level::Query, message, fact.place.clone());
            }
            if fact.number.digits < 0 {
                self.problems.error(
                    "negative",
                    format!("{key} 为负：{}", fact.value),
                    fact.place.clone(),
                );
            }
        }
    }

    fn projects(&mut self) {
        for project in &self.package.projects {
            for allocation in &project.allocations {
                if let Some(code) = &allocation.economic {
                    self.code(Dimension::Economic, code, &allocation.place);
                }
                if allocation.amount.number.digits < 0 {
                    let message = format!("分配金额为负：{}", allocation.amount);
                    self.problems
                        .error("negative", message, allocation.place.clone());
                }
            }
        }
        for target in &self.package.targets {
            if let Some(key) = target
                .project
                .as_ref()
                .filter(|key| self.package.project(key).is_none())
            {
                let message = format!("绩效目标所属的项目“{key}”不在项目表里");
                self.problems
                    .error("project-unknown", message, target.place.clone());
            }
        }
    }

    fn explanations(&mut self) {
        let explained = self
            .package
            .reasons
            .iter()
            .chain(&self.package.purposes)
            .map(|e| (&e.of, &e.place));
        let withheld = self.package.withheld.iter().map(|w| (&w.of, &w.place));
        for (of, place) in explained.chain(withheld) {
            match of {
                Explained::At(at) => self.coordinates(at, place),
                Explained::Fact(key) => {
                    let is_unknown = self
                        .names
                        .profile
                        .as_ref()
                        .is_some_and(|p| p.narrative.fact(key).is_none());
                    if is_unknown {
                        let message = format!("模板里没有名为“{key}”的事实");
                        self.problems
                            .add("fact-unknown", Level::Query, message, place.clone());
                    }
                }
            }
        }
    }
}

/// Edit distance of two short codes.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y))
                .min(above + 1)
                .min(row[j] + 1);
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}
