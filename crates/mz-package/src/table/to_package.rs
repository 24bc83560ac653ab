//! Tables → package.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::Dimension,
    money::PrintedMoney,
    package::{
        Allocation, Body, Explained, Explanation, Fact, FormPlace, Indicator, Line, Listing,
        Package, Passage, Project, Quantity, SCHEMA, Secrecy, Target, Term, WithheldFact,
    },
};

use super::{
    input::{Grid, InTable},
    rows::RowReader,
    schema::{self, TableSpec},
};
use crate::{
    codes::{self, Names},
    problem::Problems,
};

/// Grids by the name of their sheet.
pub(crate) struct Sources<'g> {
    pub(crate) grids: &'g [Grid],
}

impl<'g> Sources<'g> {
    pub(crate) fn named(&self, name: &str) -> Option<&'g Grid> {
        let name = name.trim();
        self.grids.iter().find(|grid| grid.sheet.trim() == name)
    }
}

/// What stands in the table of unit, year and texts.
pub(crate) struct Basics {
    pub(crate) package: Package,
    none_offices: bool,
    none_bodies: bool,
}

/// The rows of the table of unit, year and texts by their key.
fn basic_values(grid: &Grid, problems: &mut Problems) -> Option<BTreeMap<String, Fact<String>>> {
    let mut values: BTreeMap<String, Fact<String>> = BTreeMap::new();
    let table = InTable::find(grid, &schema::BASICS, problems)?;
    // Nothing here is a coordinate, so any profile serves to read it.
    let names = Names::new(mz_budget::library::Library::embedded(), "", 0);
    for row in table.rows() {
        let mut row = RowReader {
            row,
            names: &names,
            problems,
        };
        let Some(key) = row.needed("事项") else {
            continue;
        };
        let Some(fact) = row.fact("内容") else {
            continue;
        };
        if values.contains_key(&key) {
            let place = row.row.place("事项");
            row.problems
                .error("duplicate", format!("“{key}”填了两次，只用前一个"), place);
            continue;
        }
        values.insert(key, fact);
    }
    Some(values)
}

/// Reads unit, year and texts; they say which profile names the coordinates.
pub(crate) fn basics(sources: &Sources<'_>, problems: &mut Problems) -> Option<Basics> {
    let grid = sources.named(schema::BASICS.name)?;
    let mut values = basic_values(grid, problems)?;
    let text = |values: &mut BTreeMap<String, Fact<String>>, key: &str| values.remove(key);
    let schema = text(&mut values, "格式").map_or(SCHEMA.to_owned(), |f| f.value);
    let profile = text(&mut values, "模板")
        .map(|f| f.value)
        .unwrap_or_default();
    let unit = text(&mut values, "单位名称").unwrap_or_default();
    let mut package = Package {
        schema,
        unit,
        ..Package::new(&profile, "", 0)
    };
    match text(&mut values, "年度") {
        Some(fact) => match fact.value.trim().trim_end_matches('年').parse() {
            Ok(value) => {
                package.year = Fact {
                    value,
                    to_confirm: fact.to_confirm,
                    source: fact.source,
                    place: fact.place,
                };
            }
            Err(_) => problems.error(
                "text-in-number-cell",
                format!("“年度”应填四位年份，写的是“{}”", fact.value),
                fact.place,
            ),
        },
        None => problems.error(
            "cell-missing",
            "“年度”没有填",
            FormPlace::new(&grid.sheet, ""),
        ),
    }
    let none_offices = text(&mut values, "内设机构").is_some_and(|f| f.value.trim() == "无");
    let none_bodies = text(&mut values, "所属单位").is_some_and(|f| f.value.trim() == "无");
    for (key, fact) in values {
        match key
            .strip_prefix("文字:")
            .or_else(|| key.strip_prefix("文字："))
        {
            Some(key) => {
                package.texts.insert(key.to_owned(), fact);
            }
            None => problems.error(
                "row-unknown",
                format!("不认识的事项“{key}”：{}，未读", fact.value),
                fact.place,
            ),
        }
    }
    Some(Basics {
        package,
        none_offices,
        none_bodies,
    })
}

/// Reads everything else.
pub(crate) fn package(
    basics: Basics,
    sources: &Sources<'_>,
    names: &Names<'_>,
    problems: &mut Problems,
) -> Package {
    let Basics {
        mut package,
        none_offices,
        none_bodies,
    } = basics;
    let mut reader = Reader {
        sources,
        names,
        problems,
    };
    package.projects = reader.projects();
    let listings = reader.listings();
    package.listings = listings;
    reader.facts(&mut package);
    reader.project_parts(&mut package.projects);
    package.targets = reader.targets();
    package.reasons = reader.explanations(&schema::REASONS);
    package.purposes = reader.explanations(&schema::PURPOSES);
    package.duties = reader.list(&schema::DUTIES);
    let offices = reader.list(&schema::OFFICES);
    package.offices = (none_offices || !offices.is_empty()).then_some(offices);
    let bodies: Vec<Body> = reader
        .keyed(&schema::BODIES, "键", "名称")
        .into_iter()
        .map(|(key, name)| Body { key, name })
        .collect();
    package.bodies = (none_bodies || !bodies.is_empty()).then_some(bodies);
    let terms = reader.keyed(&schema::GLOSSARY, "名词", "内容").into_iter();
    package.glossary = terms.map(|(name, text)| Term { name, text }).collect();
    let passages = reader.keyed(&schema::PASSAGES, "章节", "内容").into_iter();
    package.passages = passages
        .map(|(section, text)| Passage { section, text })
        .collect();
    package.withheld = reader.withheld();
    resolve_projects(&mut package);
    package
}

/// Sheets that hold lists of figures.
pub(crate) fn listed_sheets(sources: &Sources<'_>, names: &Names<'_>) -> BTreeSet<String> {
    let mut sheets = BTreeSet::new();
    // Its problems were reported when the lists were read.
    let mut problems = Problems::default();
    Reader {
        sources,
        names,
        problems: &mut problems,
    }
    .each(&schema::LISTINGS, |row| {
        let sheet = row.given("工作表").or_else(|| row.given("键"));
        sheets.extend(sheet.map(|name| name.trim().to_owned()));
    });
    sheets
}

/// Rows that name a project by its name instead of its key.
fn resolve_projects(package: &mut Package) {
    let keys: BTreeMap<String, Option<String>> = {
        let mut keys: BTreeMap<String, Option<String>> = BTreeMap::new();
        for project in &package.projects {
            keys.entry(project.name.value.trim().to_owned())
                .and_modify(|key| *key = None)
                .or_insert_with(|| Some(project.key.clone()));
        }
        for project in &package.projects {
            keys.insert(project.key.clone(), None);
        }
        keys
    };
    let resolve = |key: &mut String| {
        if let Some(Some(known)) = keys.get(key.trim()) {
            key.clone_from(known);
        }
    };
    let listed = package
        .listings
        .iter_mut()
        .flat_map(|l| l.lines.iter_mut().map(|l| &mut l.at).chain([&mut l.at]));
    let explained = package
        .reasons
        .iter_mut()
        .chain(&mut package.purposes)
        .map(|e| &mut e.of)
        .chain(package.withheld.iter_mut().map(|w| &mut w.of))
        .filter_map(|of| match of {
            Explained::At(at) => Some(at),
            Explained::Fact(_) => None,
        });
    for at in listed.chain(explained) {
        if let Some(key) = at.get_mut(&Dimension::Project) {
            resolve(key);
        }
    }
    for key in package
        .targets
        .iter_mut()
        .filter_map(|t| t.project.as_mut())
    {
        resolve(key);
    }
}

/// Reads tables that a folder keeps as CSV, and all of a workbook.
pub(crate) struct Reader<'a, 'p> {
    pub(crate) sources: &'a Sources<'a>,
    pub(crate) names: &'a Names<'a>,
    pub(crate) problems: &'p mut Problems,
}

impl Reader<'_, '_> {
    /// Runs over the rows of a table, if it is there.
    fn each(&mut self, spec: &'static TableSpec, mut read: impl FnMut(&mut RowReader<'_, '_>)) {
        let Some(grid) = self.sources.named(spec.name) else {
            return;
        };
        self.each_of(grid, spec, &mut read);
    }

    fn each_of(
        &mut self,
        grid: &Grid,
        spec: &'static TableSpec,
        read: &mut impl FnMut(&mut RowReader<'_, '_>),
    ) {
        let Some(table) = InTable::find(grid, spec, self.problems) else {
            return;
        };
        for row in table.rows() {
            read(&mut RowReader {
                row,
                names: self.names,
                problems: self.problems,
            });
        }
    }

    fn listings(&mut self) -> Vec<Listing> {
        let mut listings: Vec<(Listing, String, FormPlace)> = Vec::new();
        self.each(&schema::LISTINGS, |row| {
            let Some(key) = row.needed("键") else { return };
            let sheet = row.given("工作表").unwrap_or_else(|| key.clone());
            let Some(stage) = row.choice("口径", &codes::STAGES) else {
                return;
            };
            let manner = row.choice("方式", &codes::MANNERS).unwrap_or_default();
            let at = row.coordinates();
            let mut complete = Vec::new();
            for word in row
                .words("列全的维度")
                .split('、')
                .map(str::trim)
                .filter(|w| !w.is_empty())
            {
                match codes::value(&codes::DIMENSIONS, word) {
                    Some(dimension) => complete.push(dimension),
                    None => {
                        let place = row.row.place("列全的维度");
                        row.problems
                            .error("word-unknown", format!("不认识的维度“{word}”"), place);
                    }
                }
            }
            let listing = Listing {
                key,
                stage,
                manner,
                at,
                complete,
                lines: Vec::new(),
            };
            listings.push((listing, sheet, row.row.place("工作表")));
        });
        let mut out = Vec::new();
        for (mut listing, sheet, place) in listings {
            match self.sources.named(&sheet) {
                Some(grid) => listing.lines = self.lines(grid),
                None => {
                    self.problems.error(
                        "sheet-missing",
                        format!("没有名为“{sheet}”的工作表"),
                        place,
                    );
                }
            }
            out.push(listing);
        }
        out
    }

    /// Lines of one list of figures.
    pub(crate) fn lines(&mut self, grid: &Grid) -> Vec<Line> {
        let mut lines = Vec::new();
        self.each_of(grid, &schema::LINES, &mut |row| {
            let at = row.coordinates();
            let Some(amount) = row.amount() else { return };
            lines.push(Line {
                at,
                amount,
                to_confirm: row.mark("待确认"),
                source: row.words("来源"),
                note: row.words("备注"),
                place: row.row.place("金额"),
            });
        });
        lines
    }

    fn facts(&mut self, package: &mut Package) {
        self.each(&schema::FACTS, |row| {
            let Some(key) = row.needed("事实") else {
                return;
            };
            let drafts = row.words("待确认");
            let sources = sources(&row.words("来源"));
            for (label, unit, prior) in
                [("本年数", "本年单位", false), ("上年数", "上年单位", true)]
            {
                if row.row.cell(label).is_none() {
                    continue;
                }
                let Some(number) = row.number(label) else {
                    continue;
                };
                let fact = Fact {
                    value: Quantity {
                        number,
                        unit: row.words(unit),
                    },
                    to_confirm: is_draft(&drafts, label),
                    source: sources.get(label).cloned().unwrap_or_default(),
                    place: row.row.place(label),
                };
                let facts = if prior {
                    &mut package.prior_facts
                } else {
                    &mut package.facts
                };
                if facts.contains_key(&key) {
                    let place = row.row.place("事实");
                    row.problems.error(
                        "duplicate",
                        format!("事实“{key}”填了两次，只用前一个"),
                        place,
                    );
                } else {
                    facts.insert(key.clone(), fact);
                }
            }
        });
    }

    fn projects(&mut self) -> Vec<Project> {
        let mut projects: Vec<Project> = Vec::new();
        self.each(&schema::PROJECTS, |row| {
            let Some(name) = row.fact("名称") else {
                let (words, place) = (row.row.words(), row.row.start());
                row.problems.error("cell-missing", format!("项目没有名称：{words}，未读"), place);
                return;
            };
            let key = row.given("键").unwrap_or_else(|| name.value.clone());
            let withheld = row.words("不予公开");
            let alias = row.given("公开化名");
            let ground = row.words("保密依据");
            let mut secrecy = Secrecy { alias, ground, ..Secrecy::default() };
            for word in withheld.split('、').map(str::trim).filter(|w| !w.is_empty()) {
                match codes::withheld(word) {
                    Some(part) => {
                        secrecy.withheld.insert(part);
                    }
                    None => {
                        let place = row.row.place("不予公开");
                        let message = format!("不认识的保密标记“{word}”，应是：全部、金额、分配、绩效目标、字段:某字段");
                        row.problems.error("word-unknown", message, place);
                    }
                }
            }
            let is_secret = row.mark("涉密") || secrecy != Secrecy::default();
            projects.push(Project {
                key,
                name,
                code: row.words("项目代码"),
                other_names: lines(&row.words("曾用名")),
                fields: BTreeMap::new(),
                allocations: Vec::new(),
                secrecy: is_secret.then_some(secrecy),
                place: row.row.start(),
            });
        });
        projects
    }

    fn project_parts(&mut self, projects: &mut [Project]) {
        self.each(&schema::PROJECT_TEXTS, |row| {
            let (Some(key), Some(field)) = (row.needed("项目"), row.needed("字段")) else {
                return;
            };
            let Some(text) = row.fact("内容") else {
                return;
            };
            match projects
                .iter_mut()
                .find(|p| p.key == key)
                .filter(|p| !p.fields.contains_key(&field))
            {
                Some(project) => {
                    project.fields.insert(field, text);
                }
                None => homeless(row, &key),
            }
        });
        self.each(&schema::ALLOCATIONS, |row| {
            let Some(key) = row.needed("项目") else {
                return;
            };
            let economic = row.key("经济科目", Dimension::Economic);
            let item = row.words("名称");
            let Some(amount) = row.amount() else { return };
            let (to_confirm, place) = (row.mark("待确认"), row.row.start());
            match projects.iter_mut().find(|p| p.key == key) {
                Some(project) => project.allocations.push(Allocation {
                    economic,
                    item,
                    amount,
                    to_confirm,
                    place,
                }),
                None => homeless(row, &key),
            }
        });
    }

    fn targets(&mut self) -> Vec<Target> {
        let mut targets: Vec<(String, Target)> = Vec::new();
        self.each(&schema::TARGETS, |row| {
            let number = row
                .given("序号")
                .unwrap_or_else(|| (targets.len() + 1).to_string());
            let (drafts, sources) = (row.words("待确认"), sources(&row.words("来源")));
            let history = |label: &str| {
                (
                    is_draft(&drafts, label),
                    sources.get(label).cloned().unwrap_or_default(),
                )
            };
            let money = |row: &mut RowReader<'_, '_>, label: &str| -> Option<Fact<PrintedMoney>> {
                let text = row.given(label)?;
                let unit = row.names.unit();
                let parsed = PrintedMoney::parse(&text).or_else(|| {
                    Some(PrintedMoney {
                        number: row.number(label)?,
                        unit,
                    })
                });
                let (to_confirm, source) = history(label);
                Some(Fact {
                    value: parsed?,
                    to_confirm,
                    source,
                    place: row.row.place(label),
                })
            };
            let words = |row: &mut RowReader<'_, '_>, label: &str| -> Option<Fact<String>> {
                let value = row.given(label)?;
                let (to_confirm, source) = history(label);
                Some(Fact {
                    value,
                    to_confirm,
                    source,
                    place: row.row.place(label),
                })
            };
            let target = Target {
                project: row.given("项目"),
                leader: words(row, "负责人"),
                total: money(row, "年度资金总额"),
                appropriation: money(row, "其中财政拨款"),
                other: money(row, "其他资金"),
                goal: words(row, "目标"),
                indicators: Vec::new(),
                place: row.row.start(),
            };
            targets.push((number, target));
        });
        self.indicators(&mut targets);
        targets.into_iter().map(|(_, target)| target).collect()
    }

    /// Indicators, each put under the target of its number.
    pub(crate) fn indicators(&mut self, targets: &mut [(String, Target)]) {
        self.each(&schema::INDICATORS, |row| {
            let Some(number) = row.needed("目标序号") else {
                return;
            };
            let indicator = Indicator {
                level1: row.words("一级指标"),
                level2: row.words("二级指标"),
                name: row.words("指标名称"),
                operator: row.choice("符号", &codes::OPERATORS),
                value: row.words("指标值"),
                unit: row.words("计量单位"),
                basis: row.words("值的依据"),
                prior: row.words("上年值"),
                weight: row.number("权重"),
                scoring: row.words("评分标准"),
                evidence: row.words("佐证资料"),
                to_confirm: row.mark("待确认"),
                place: row.row.start(),
            };
            match targets.iter_mut().find(|(known, _)| *known == number) {
                Some((_, target)) => target.indicators.push(indicator),
                None => homeless(row, &number),
            }
        });
    }

    /// Reasons or purposes.
    pub(crate) fn explanations(&mut self, spec: &'static TableSpec) -> Vec<Explanation> {
        let mut out = Vec::new();
        self.each(spec, |row| {
            let of = row.of();
            let base = row.choice("与何相比", &codes::BASES);
            let Some(text) = row.needed("文字") else {
                return;
            };
            out.push(Explanation {
                of,
                base,
                text,
                to_confirm: row.mark("待确认"),
                place: row.row.place("文字"),
            });
        });
        out
    }

    fn list(&mut self, spec: &'static TableSpec) -> Vec<Fact<String>> {
        let mut out = Vec::new();
        self.each(spec, |row| {
            if row.needed("内容").is_some() {
                out.extend(row.fact("内容"));
            }
        });
        out
    }

    fn keyed(
        &mut self,
        spec: &'static TableSpec,
        key: &str,
        value: &str,
    ) -> Vec<(String, Fact<String>)> {
        let mut out = Vec::new();
        self.each(spec, |row| {
            let (Some(key), Some(_)) = (row.needed(key), row.needed(value)) else {
                return;
            };
            out.extend(row.fact(value).map(|fact| (key, fact)));
        });
        out
    }

    fn withheld(&mut self) -> Vec<WithheldFact> {
        let mut out = Vec::new();
        self.each(&schema::WITHHELD, |row| {
            let of = row.of();
            out.push(WithheldFact {
                of,
                ground: row.words("保密依据"),
                place: row.row.start(),
            });
        });
        out
    }
}

/// A row about a project or target that is not there, or is there twice.
fn homeless(row: &mut RowReader<'_, '_>, key: &str) {
    let (words, place) = (row.row.words(), row.row.start());
    row.problems.error(
        "row-homeless",
        format!("“{key}”没有对应的项目或目标，或同一字段填了两次，这一行未读：{words}"),
        place,
    );
}

fn is_draft(drafts: &str, label: &str) -> bool {
    drafts.split('、').any(|word| word.trim() == label)
}

/// Sources of the facts of a row, by column.
fn sources(text: &str) -> BTreeMap<String, String> {
    let lines = text.split('\n').filter_map(|line| {
        let (label, source) = line.split_once('=')?;
        Some((label.to_owned(), unescaped(source)))
    });
    lines.collect()
}

fn lines(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split('\n').map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('e') => {}
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}
