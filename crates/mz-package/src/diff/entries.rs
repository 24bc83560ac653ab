//! Everything a package or a document says, as entries that can be compared.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::{
        ClaimValue, Disclosure, ListKind, Measure, Origin, Reading, Stage, Subject, TextKind,
    },
    library::Library,
    normalise,
    package::{Explained, FormPlace, Manner, Package},
    place::Place,
};

use super::{Entry, Section};
use crate::codes::{self, Names};

struct Entries(Vec<Entry>);

impl Entries {
    fn add(
        &mut self,
        section: Section,
        key: String,
        name: impl Into<String>,
        value: impl Into<String>,
        place: String,
    ) {
        let (name, value) = (name.into(), value.into());
        if self
            .0
            .iter()
            .rev()
            .any(|known| known.section == section && known.key == key && known.value == value)
        {
            return;
        }
        // The same thing said again with another value is another entry.
        let mut unique = key.clone();
        let mut n = 1;
        while self
            .0
            .iter()
            .any(|known| known.section == section && known.key == unique)
        {
            n += 1;
            unique = format!("{key}#{n}");
        }
        self.0.push(Entry {
            section,
            key: unique,
            name,
            value,
            fen: None,
            place,
        });
    }
}

impl Entries {
    /// A name of something, known by itself.
    fn named(&mut self, what: &str, name: &str, place: String) {
        let key = format!("{what}|{}", normalise::name(name));
        self.add(Section::Names, key, what, name, place);
    }
}

/// Entries of a package.
pub(super) fn of_package(package: &Package) -> Vec<Entry> {
    let mut entries = Entries(Vec::new());
    let names = Names::new(Library::embedded(), &package.profile, *package.year);
    let projects: BTreeMap<&str, &str> = package
        .projects
        .iter()
        .map(|p| (p.key.as_str(), p.name.value.as_str()))
        .collect();
    let shown = |at: &Coordinates| words(at, &names, &projects);
    head(
        &mut entries,
        &package.unit,
        Some(*package.year),
        &package.profile,
    );
    figures_of_package(package, &shown, &mut entries);
    facts_of_package(package, &names, &mut entries);
    projects_of_package(package, &projects, &mut entries);
    for (list, what) in [(&package.reasons, "原因"), (&package.purposes, "用途")] {
        for e in list {
            let about = match &e.of {
                Explained::At(at) => shown(at),
                Explained::Fact(key) => key.clone(),
            };
            let (key, name) = (format!("{what}|{about}"), format!("{what} {about}"));
            entries.add(Section::Reasons, key, name, &e.text, e.place.to_string());
        }
    }
    texts_of_package(package, &mut entries);
    entries.0
}

fn facts_of_package(package: &Package, names: &Names<'_>, entries: &mut Entries) {
    for (facts, which) in [(&package.facts, "本年"), (&package.prior_facts, "上年")] {
        for (key, fact) in facts {
            let spec = names.profile.as_ref().and_then(|p| p.narrative.fact(key));
            let name = spec.map_or(key.as_str(), |spec| &spec.name);
            let (key, name) = (format!("{which}|{key}"), format!("{which} {name}"));
            let place = fact.place.to_string();
            entries.add(Section::Facts, key, name, fact.value.to_string(), place);
        }
    }
}

fn projects_of_package(package: &Package, projects: &BTreeMap<&str, &str>, entries: &mut Entries) {
    for project in &package.projects {
        let name = &project.name.value;
        entries.named("项目", name, project.name.place.to_string());
        for (field, text) in &project.fields {
            let key = format!("项目文字|{}|{field}", normalise::name(name));
            let place = text.place.to_string();
            entries.add(
                Section::Texts,
                key,
                format!("{name} {field}"),
                &text.value,
                place,
            );
        }
    }
    for target in &package.targets {
        let key = target.project.as_deref();
        let name = key.map_or("整体支出", |key| {
            projects.get(key).copied().unwrap_or(key)
        });
        if let Some(goal) = &target.goal {
            let key = format!("目标|{}", normalise::name(name));
            let place = goal.place.to_string();
            entries.add(
                Section::Targets,
                key,
                format!("{name} 目标"),
                &goal.value,
                place,
            );
        }
        for i in &target.indicators {
            let sign = i
                .operator
                .map_or("", |o| codes::word(&codes::OPERATORS, &o));
            let value = format!("{sign}{}{}", i.value, i.unit);
            indicator(entries, name, &i.name, value, i.place.to_string());
        }
    }
}

fn texts_of_package(package: &Package, entries: &mut Entries) {
    for duty in &package.duties {
        let key = format!("职能|{}", normalise::name(duty));
        entries.add(
            Section::Texts,
            key,
            "职能",
            &duty.value,
            duty.place.to_string(),
        );
    }
    for office in package.offices.iter().flatten() {
        entries.named("内设机构", &office.value, office.place.to_string());
    }
    for body in package.bodies.iter().flatten() {
        entries.named("所属单位", &body.name.value, body.name.place.to_string());
    }
    for term in &package.glossary {
        let key = format!("名词|{}", normalise::name(&term.name));
        let place = term.text.place.to_string();
        entries.add(
            Section::Texts,
            key,
            format!("名词 {}", term.name),
            &term.text.value,
            place,
        );
    }
    for passage in &package.passages {
        let key = format!("段落|{}", passage.section);
        let place = passage.text.place.to_string();
        entries.add(
            Section::Texts,
            key,
            &passage.section,
            &passage.text.value,
            place,
        );
    }
    for (key, text) in &package.texts {
        let place = text.place.to_string();
        entries.add(
            Section::Texts,
            format!("文字|{key}"),
            key,
            &text.value,
            place,
        );
    }
}

fn head(entries: &mut Entries, unit: &str, year: Option<u16>, profile: &str) {
    let mut add = |name: &str, value: String| {
        entries.add(Section::Head, name.to_owned(), name, value, String::new())
    };
    add("单位名称", unit.to_owned());
    add("年度", year.map_or(String::new(), |year| year.to_string()));
    add("模板", profile.to_owned());
}

/// Figures as stated; parts of the same coordinates are one figure.
fn figures_of_package(
    package: &Package,
    shown: &impl Fn(&Coordinates) -> String,
    entries: &mut Entries,
) {
    for listing in &package.listings {
        let stage = codes::word(&codes::STAGES, &listing.stage);
        let mut sums: BTreeMap<String, (i64, String, String)> = BTreeMap::new();
        for line in &listing.lines {
            let mut at = listing.at.clone();
            at.extend(line.at.iter().map(|(d, key)| (*d, key.clone())));
            let Some(fen) = line.amount.fen() else {
                continue;
            };
            let sum = sums
                .entry(shown(&at))
                .or_insert((0, line.place.to_string(), String::new()));
            sum.0 = if listing.manner == Manner::Detail {
                sum.0 + fen.0
            } else {
                fen.0
            };
            sum.2 = line.amount.to_string();
        }
        for (about, (fen, place, printed)) in sums {
            let key = format!("{stage}|{about}");
            let is_known = entries
                .0
                .iter()
                .any(|e| e.key == key && e.section == Section::Figures);
            if is_known {
                continue;
            }
            let value = if listing.manner == Manner::Detail {
                yuan(fen)
            } else {
                printed
            };
            entries.0.push(Entry {
                section: Section::Figures,
                key,
                name: format!("{stage} {about}"),
                value,
                fen: Some(mz_budget::money::Fen(fen)),
                place,
            });
        }
    }
}

fn yuan(fen: i64) -> String {
    let number = mz_budget::money::Decimal {
        digits: fen,
        decimals: 2,
    };
    format!("{number} 元")
}

/// Coordinates in words, projects by their names.
fn words(at: &Coordinates, names: &Names<'_>, projects: &BTreeMap<&str, &str>) -> String {
    // Projects lie inside project expenditure: saying both is saying it twice.
    let is_of_project = at.contains_key(&Dimension::Project);
    let words: Vec<String> = at
        .iter()
        .filter(|(d, key)| {
            !(is_of_project && **d == Dimension::Nature && key.as_str() == "project")
        })
        .map(|(d, key)| match d {
            Dimension::Project => {
                normalise::name(projects.get(key.as_str()).unwrap_or(&key.as_str()))
            }
            _ => names.shown(*d, key),
        })
        .collect();
    if words.is_empty() {
        "合计".to_owned()
    } else {
        words.join("·")
    }
}

fn indicator(entries: &mut Entries, project: &str, name: &str, value: String, place: String) {
    let key = format!(
        "指标|{}|{}",
        normalise::name(project),
        normalise::name(name)
    );
    entries.add(
        Section::Targets,
        key,
        format!("{project} {name}"),
        value,
        place,
    );
}

/// Entries of a document.
pub(super) fn of_disclosure(disclosure: &Disclosure) -> Vec<Entry> {
    let mut entries = Entries(Vec::new());
    let year = disclosure.year.unwrap_or(0);
    let names = Names::new(Library::embedded(), &disclosure.profile.id, year);
    head(
        &mut entries,
        disclosure.unit.as_deref().unwrap_or_default(),
        disclosure.year,
        &disclosure.profile.id,
    );
    let at = |slice| {
        let mut at = Coordinates::new();
        for d in Dimension::ALL {
            let id = mz_budget::dimension::Slice::node(slice, d);
            if id != 0 {
                at.insert(d, disclosure.dimensions.tree(d).node(id).key.clone());
            }
        }
        words(&at, &names, &BTreeMap::new())
    };
    for observation in &disclosure.observations {
        let (Origin::Cell { .. }, Reading::Value(money)) =
            (observation.origin, &observation.reading)
        else {
            continue;
        };
        let (about, stage) = (at(observation.slice), stage(observation.stage));
        let key = format!("{stage}|{about}");
        if entries
            .0
            .iter()
            .any(|known| known.section == Section::Figures && known.key == key)
        {
            continue;
        }
        entries.0.push(Entry {
            section: Section::Figures,
            key,
            name: format!("{stage} {about}"),
            value: money.to_string(),
            fen: money.fen(),
            place: position(&observation.place),
        });
    }
    for claim in &disclosure.claims {
        claims(claim, &at, disclosure, &mut entries);
    }
    words_of_disclosure(disclosure, &mut entries);
    entries.0
}

fn claims(
    claim: &mz_budget::disclosure::Claim,
    at: &impl Fn(mz_budget::dimension::Slice) -> String,
    disclosure: &Disclosure,
    entries: &mut Entries,
) {
    let value = match &claim.value {
        ClaimValue::Money(money) => money.to_string(),
        ClaimValue::Percent(percent) => format!("{percent}%"),
        ClaimValue::Quantity { number, unit } => format!("{number} {unit}"),
        ClaimValue::None => "持平".to_owned(),
    };
    let sign = match claim.direction {
        Some(mz_budget::disclosure::Direction::Up) => "增加 ",
        Some(mz_budget::disclosure::Direction::Down) => "减少 ",
        _ => "",
    };
    let measure = match &claim.measure {
        Measure::Amount => "金额",
        Measure::Share { .. } => "占比",
        Measure::Change => "增减额",
        Measure::Growth => "增减率",
        Measure::Completion => "完成率",
    };
    let stage = stage(claim.stage);
    match &claim.subject {
        Subject::Fact(key) if claim.measure == Measure::Amount => {
            let which = if matches!(claim.stage, Stage::Budget | Stage::Final) {
                "本年"
            } else {
                "上年"
            };
            let name = disclosure
                .profile
                .narrative
                .fact(key)
                .map_or(key.as_str(), |s| &s.name);
            entries.add(
                Section::Facts,
                format!("{which}|{key}"),
                format!("{which} {name}"),
                value,
                position(&claim.place),
            );
        }
        subject => {
            let about = match subject {
                Subject::Slice(slice) => at(*slice),
                Subject::Fact(key) => key.clone(),
            };
            let section = claim
                .place
                .section
                .as_deref()
                .map(mz_budget::normalise::strip_numbering)
                .unwrap_or_default();
            let key = format!("{}|{stage}|{about}|{measure}", normalise::name(section));
            entries.add(
                Section::Claims,
                key,
                format!("{stage} {about} {measure}"),
                format!("{sign}{value}"),
                position(&claim.place),
            );
        }
    }
}

fn words_of_disclosure(disclosure: &Disclosure, entries: &mut Entries) {
    for table in &disclosure.tables {
        let key = format!("表|{}", table.id);
        entries.add(
            Section::Names,
            key,
            "表",
            &table.title,
            position(&table.place),
        );
    }
    for list in &disclosure.lists {
        let what = match list.kind {
            ListKind::Offices => "内设机构",
            ListKind::Bodies => "所属单位",
            _ => continue,
        };
        for (name, place) in &list.names {
            entries.named(what, name, position(place));
        }
    }
    projects_of_disclosure(disclosure, entries);
    for reason in &disclosure.reasons {
        let claim = disclosure
            .claims
            .iter()
            .find(|claim| claim.group == reason.group);
        let about = claim.map_or("", |claim| claim.words.as_str());
        let key = format!("原因|{}", normalise::name(about));
        let place = position(&reason.place);
        entries.add(
            Section::Reasons,
            key,
            format!("原因 {about}"),
            &reason.text,
            place,
        );
    }
    for term in &disclosure.terms {
        let key = format!("名词|{}", normalise::name(&term.name));
        let place = position(&term.place);
        entries.add(
            Section::Texts,
            key,
            format!("名词 {}", term.name),
            &term.text,
            place,
        );
    }
    for text in disclosure
        .texts
        .iter()
        .filter(|text| text.kind == TextKind::Body)
    {
        let section = text.section.and_then(|i| disclosure.sections.get(i));
        let section = section.map_or("正文", |s| s.heading.as_str());
        let key = format!("段落|{}", normalise::name(&text.text));
        entries.add(
            Section::Texts,
            key,
            section,
            text.text.trim(),
            position(&text.place),
        );
    }
}

fn projects_of_disclosure(disclosure: &Disclosure, entries: &mut Entries) {
    for project in &disclosure.projects {
        entries.named("项目", &project.name, position(&project.place));
        let is_text = |key: &str| !matches!(key, "name" | "amount" | "allocation");
        for field in project.fields.iter().filter(|f| is_text(&f.key)) {
            let key = format!("项目文字|{}|{}", normalise::name(&project.name), field.key);
            let name = format!("{} {}", project.name, field.key);
            entries.add(
                Section::Texts,
                key,
                name,
                &field.text,
                position(&field.place),
            );
        }
    }
    for target in &disclosure.targets {
        let name = if target.is_whole {
            "整体支出"
        } else {
            &target.project
        };
        let key = format!("目标|{}", normalise::name(name));
        let place = position(&target.goal_place);
        entries.add(
            Section::Targets,
            key,
            format!("{name} 目标"),
            &target.goal,
            place,
        );
        for i in &target.indicators {
            indicator(
                entries,
                name,
                &i.name,
                i.value.text.clone(),
                position(&i.place),
            );
        }
    }
}

fn stage(stage: Stage) -> &'static str {
    codes::STAGES
        .iter()
        .find(|(_, word)| word.stage() == stage)
        .map_or("", |(word, _)| word)
}

fn position(place: &Place) -> String {
    let place = match (&place.sheet, &place.cell, place.page, place.line) {
        (Some(sheet), Some(cell), ..) => FormPlace::new(sheet.as_ref(), cell.as_ref()),
        (_, _, Some(page), _) => FormPlace::new("", format!("第 {page} 页")),
        (_, _, None, Some(line)) => FormPlace::new("", format!("第 {line} 行")),
        _ => FormPlace::new(
            place
                .table
                .clone()
                .or(place.section.clone())
                .unwrap_or_default(),
            "",
        ),
    };
    place.to_string()
}
