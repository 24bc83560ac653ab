//! Package → tables.

use std::collections::BTreeSet;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    package::{Explained, Explanation, Fact, Package, Quantity, Target},
    profile::narrative::StageWord,
};

use super::{Table, Value, schema::*};
use crate::codes::{self, Names};

/// Every table of the package, lists of figures last.
pub(crate) fn tables(package: &Package, names: &Names<'_>) -> Vec<Table> {
    let writer = Writer { package, names };
    let sheets = sheet_names(package, names);
    let mut tables: Vec<Table> = TABLES
        .iter()
        .map(|spec| Table {
            spec,
            name: spec.name.to_owned(),
            rows: writer.rows(spec.id, &sheets),
        })
        .collect();
    for (listing, name) in package.listings.iter().zip(sheets) {
        tables.push(Table {
            spec: &LINES,
            name,
            rows: writer.lines(listing),
        });
    }
    tables
}

/// The table of one list of figures, or of reasons, purposes or indicators, for a folder.
pub(crate) struct Writer<'a> {
    pub(crate) package: &'a Package,
    pub(crate) names: &'a Names<'a>,
}

/// Names of the sheets of the lists: short, unique, without characters a sheet name may not have.
fn sheet_names(package: &Package, names: &Names<'_>) -> Vec<String> {
    let mut taken: BTreeSet<String> = TABLES.iter().map(|spec| spec.name.to_lowercase()).collect();
    taken.extend(["填写说明".to_owned(), "选项".to_owned()]);
    let mut sheets = Vec::new();
    for (n, listing) in package.listings.iter().enumerate() {
        let title = match (listing.key.as_str(), listing.stage) {
            ("budget", StageWord::Budget) => "本年预算".to_owned(),
            ("prior-budget", StageWord::PriorBudget) => "上年预算".to_owned(),
            (key, stage) => {
                let title = names
                    .profile
                    .as_ref()
                    .and_then(|p| p.tables.iter().find(|t| t.id == key))
                    .map_or(key, |table| table.title.as_str());
                match stage {
                    StageWord::Budget => title.to_owned(),
                    stage => format!("{} {title}", codes::word(&codes::STAGES, &stage)),
                }
            }
        };
        let clean: String = title
            .chars()
            .filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c))
            .take(26)
            .collect();
        let clean = clean.trim().to_owned();
        let name = if clean.is_empty() || taken.contains(&clean.to_lowercase()) {
            format!("{clean}_{}", n + 1)
        } else {
            clean
        };
        taken.insert(name.to_lowercase());
        sheets.push(name);
    }
    sheets
}

impl Writer<'_> {
    /// Rows of the table of an id.
    pub(crate) fn rows(&self, id: &str, sheets: &[String]) -> Vec<Vec<Value>> {
        let package = self.package;
        let facts = |facts: &[Fact<String>]| facts.iter().map(|f| fact(Vec::new(), f)).collect();
        match id {
            "basics" => self.basics(),
            "listings" => self.listings(sheets),
            "facts" => self.facts(),
            "projects" => self.projects(),
            "project-texts" => self.project_texts(),
            "allocations" => self.allocations(),
            "targets" => package
                .targets
                .iter()
                .enumerate()
                .map(|(n, t)| self.target(n, t))
                .collect(),
            "indicators" => self.indicators(),
            "reasons" => package
                .reasons
                .iter()
                .map(|e| self.explanation(e))
                .collect(),
            "purposes" => package
                .purposes
                .iter()
                .map(|e| self.explanation(e))
                .collect(),
            "duties" => facts(&package.duties),
            "offices" => facts(package.offices.as_deref().unwrap_or_default()),
            "bodies" => {
                let bodies = package.bodies.iter().flatten();
                bodies
                    .map(|b| fact(vec![Value::given(&b.key)], &b.name))
                    .collect()
            }
            "glossary" => {
                let terms = package.glossary.iter();
                terms
                    .map(|t| fact(vec![Value::given(&t.name)], &t.text))
                    .collect()
            }
            "passages" => {
                let passages = package.passages.iter();
                passages
                    .map(|p| fact(vec![Value::given(&p.section)], &p.text))
                    .collect()
            }
            "withheld" => self.withheld(),
            _ => Vec::new(),
        }
    }

    fn basics(&self) -> Vec<Vec<Value>> {
        let package = self.package;
        let plain = |key: &str, text: &str| {
            vec![
                Value::given(key),
                Value::words(text),
                Value::Blank,
                Value::Blank,
            ]
        };
        let year = Fact {
            value: package.year.value.to_string(),
            to_confirm: package.year.to_confirm,
            source: package.year.source.clone(),
            place: package.year.place.clone(),
        };
        let none = |is_none: bool| if is_none { "无" } else { "" };
        let mut rows = vec![
            plain("格式", &package.schema),
            plain("模板", &package.profile),
            fact(vec![Value::given("单位名称")], &package.unit),
            fact(vec![Value::given("年度")], &year),
            plain(
                "内设机构",
                none(package.offices.as_ref().is_some_and(Vec::is_empty)),
            ),
            plain(
                "所属单位",
                none(package.bodies.as_ref().is_some_and(Vec::is_empty)),
            ),
        ];
        rows.extend(
            package
                .texts
                .iter()
                .map(|(key, text)| fact(vec![Value::Text(format!("文字:{key}"))], text)),
        );
        rows
    }

    fn listings(&self, sheets: &[String]) -> Vec<Vec<Value>> {
        let rows = self
            .package
            .listings
            .iter()
            .zip(sheets)
            .map(|(listing, sheet)| {
                let mut row = vec![
                    Value::given(&listing.key),
                    Value::given(sheet),
                    Value::given(codes::word(&codes::STAGES, &listing.stage)),
                    Value::given(codes::word(&codes::MANNERS, &listing.manner)),
                ];
                row.extend(self.coordinates(&listing.at));
                let complete: Vec<&str> = listing
                    .complete
                    .iter()
                    .map(|d| codes::word(&codes::DIMENSIONS, d))
                    .collect();
                row.push(Value::words(&complete.join("、")));
                row
            });
        rows.collect()
    }

    /// Rows of a list of figures.
    pub(crate) fn lines(&self, listing: &mz_budget::package::Listing) -> Vec<Vec<Value>> {
        let rows = listing.lines.iter().map(|line| {
            let mut row = self.coordinates(&line.at);
            row.extend([
                Value::Number(line.amount.number),
                Value::given(line.amount.unit.name()),
                Value::mark(line.to_confirm),
                Value::words(&line.source),
                Value::words(&line.note),
            ]);
            row
        });
        rows.collect()
    }

    fn coordinates(&self, at: &Coordinates) -> Vec<Value> {
        let cells = codes::DIMENSIONS
            .iter()
            .map(|(_, dimension)| match at.get(dimension) {
                Some(key) => Value::Text(self.names.shown(*dimension, key)),
                None => Value::Blank,
            });
        cells.collect()
    }

    fn facts(&self) -> Vec<Vec<Value>> {
        let package = self.package;
        // Facts the profile asks for have a row even while nothing is known of them.
        let asked = self
            .names
            .profile
            .iter()
            .flat_map(|p| p.narrative.all_facts());
        let keys: BTreeSet<&String> = package
            .facts
            .keys()
            .chain(package.prior_facts.keys())
            .chain(asked.map(|spec| &spec.key))
            .collect();
        let rows = keys.into_iter().map(|key| {
            let (now, prior) = (package.facts.get(key), package.prior_facts.get(key));
            let cells = |fact: Option<&Fact<Quantity>>| match fact {
                Some(fact) => [Value::Number(fact.number), Value::words(&fact.unit)],
                None => [Value::Blank, Value::Blank],
            };
            let spec = self
                .names
                .profile
                .as_ref()
                .and_then(|p| p.narrative.fact(key));
            let name = spec.map_or(String::new(), |spec| {
                format!("{}（{}）", spec.name, spec.unit)
            });
            let mut row = vec![Value::given(key), Value::words(&name)];
            row.extend(cells(now));
            row.extend(cells(prior));
            row.extend(marks(&[
                ("本年数", now.map(history)),
                ("上年数", prior.map(history)),
            ]));
            row
        });
        rows.collect()
    }

    fn projects(&self) -> Vec<Vec<Value>> {
        let rows = self.package.projects.iter().map(|project| {
            let mut row = fact(vec![Value::given(&project.key)], &project.name);
            row.push(Value::words(&project.code));
            row.push(Value::words(&joined(&project.other_names)));
            row.push(Value::mark(project.secrecy.is_some()));
            match &project.secrecy {
                Some(secrecy) => {
                    let parts: Vec<String> =
                        secrecy.withheld.iter().map(codes::withheld_word).collect();
                    row.push(secrecy.alias.as_deref().map_or(Value::Blank, Value::given));
                    row.push(Value::words(&parts.join("、")));
                    row.push(Value::words(&secrecy.ground));
                }
                None => row.extend([Value::Blank, Value::Blank, Value::Blank]),
            }
            row
        });
        rows.collect()
    }

    fn project_texts(&self) -> Vec<Vec<Value>> {
        let rows = self.package.projects.iter().flat_map(|project| {
            let fields = project.fields.iter();
            fields
                .map(|(key, text)| fact(vec![Value::given(&project.key), Value::given(key)], text))
        });
        rows.collect()
    }

    fn allocations(&self) -> Vec<Vec<Value>> {
        let rows = self.package.projects.iter().flat_map(|project| {
            project.allocations.iter().map(|a| {
                let economic = a.economic.as_ref();
                vec![
                    Value::given(&project.key),
                    economic.map_or(Value::Blank, |key| {
                        Value::Text(self.names.shown(Dimension::Economic, key))
                    }),
                    Value::words(&a.item),
                    Value::Number(a.amount.number),
                    Value::given(a.amount.unit.name()),
                    Value::mark(a.to_confirm),
                ]
            })
        });
        rows.collect()
    }

    fn target(&self, n: usize, target: &Target) -> Vec<Value> {
        let money = |fact: &Option<Fact<mz_budget::money::PrintedMoney>>| {
            fact.as_ref().map_or(Value::Blank, |f| {
                Value::Text(f.value.to_string().replace(',', ""))
            })
        };
        let words =
            |fact: &Option<Fact<String>>| fact.as_ref().map_or(Value::Blank, |f| Value::given(f));
        let mut row = vec![
            Value::Text((n + 1).to_string()),
            target.project.as_deref().map_or(Value::Blank, Value::given),
            words(&target.leader),
            money(&target.total),
            money(&target.appropriation),
            money(&target.other),
            words(&target.goal),
        ];
        row.extend(marks(&[
            ("负责人", target.leader.as_ref().map(history)),
            ("年度资金总额", target.total.as_ref().map(history)),
            ("其中财政拨款", target.appropriation.as_ref().map(history)),
            ("其他资金", target.other.as_ref().map(history)),
            ("目标", target.goal.as_ref().map(history)),
        ]));
        row
    }

    fn indicators(&self) -> Vec<Vec<Value>> {
        let all = self.package.targets.iter().enumerate();
        let rows = all.flat_map(|(n, target)| {
            target.indicators.iter().map(move |i| {
                vec![
                    Value::Text((n + 1).to_string()),
                    Value::words(&i.level1),
                    Value::words(&i.level2),
                    Value::words(&i.name),
                    i.operator.map_or(Value::Blank, |o| {
                        Value::given(codes::word(&codes::OPERATORS, &o))
                    }),
                    Value::words(&i.value),
                    Value::words(&i.unit),
                    Value::words(&i.basis),
                    Value::words(&i.prior),
                    i.weight.map_or(Value::Blank, Value::Number),
                    Value::words(&i.scoring),
                    Value::words(&i.evidence),
                    Value::mark(i.to_confirm),
                ]
            })
        });
        rows.collect()
    }

    fn of(&self, of: &Explained) -> Vec<Value> {
        match of {
            Explained::Fact(key) => {
                let mut row = vec![Value::given(key)];
                row.resize(8, Value::Blank);
                row
            }
            Explained::At(at) => {
                let mut row = vec![Value::Blank];
                row.extend(self.coordinates(at));
                row
            }
        }
    }

    fn explanation(&self, e: &Explanation) -> Vec<Value> {
        let mut row = self.of(&e.of);
        row.extend([
            e.base.map_or(Value::Blank, |base| {
                Value::given(codes::word(&codes::BASES, &base))
            }),
            Value::given(&e.text),
            Value::mark(e.to_confirm),
        ]);
        row
    }

    fn withheld(&self) -> Vec<Vec<Value>> {
        let rows = self.package.withheld.iter().map(|mark| {
            let mut row = self.of(&mark.of);
            row.push(Value::given(&mark.ground));
            row
        });
        rows.collect()
    }
}

/// Cells of a fact behind those of its key.
fn fact(mut row: Vec<Value>, fact: &Fact<String>) -> Vec<Value> {
    row.extend([
        Value::given(&fact.value),
        Value::mark(fact.to_confirm),
        Value::words(&fact.source),
    ]);
    row
}

/// Lines of a cell, with line breaks inside a line escaped.
pub(super) fn joined(lines: &[String]) -> String {
    lines
        .iter()
        .map(|line| escaped(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\\\").replace('\n', "\\n");
    // An empty line among others must stay one.
    if line.is_empty() {
        "\\e".to_owned()
    } else {
        line
    }
}

fn history<T>(fact: &Fact<T>) -> (bool, &str) {
    (fact.to_confirm, fact.source.as_str())
}

/// The two cells of marks and sources in a row with several facts.
fn marks(facts: &[(&str, Option<(bool, &str)>)]) -> [Value; 2] {
    let drafts: Vec<&str> = facts
        .iter()
        .filter(|(_, history)| history.is_some_and(|(to_confirm, _)| to_confirm))
        .map(|(label, _)| *label)
        .collect();
    let sources: Vec<String> = facts
        .iter()
        .filter_map(|(label, history)| {
            let (_, source) = (*history)?;
            (!source.is_empty()).then(|| format!("{label}={}", escaped(source)))
        })
        .collect();
    [
        Value::words(&drafts.join("、")),
        Value::words(&sources.join("\n")),
    ]
}
