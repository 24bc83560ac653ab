//! A new package: empty for a profile, or rolled forward from last year's.

use std::collections::BTreeSet;

use mz_budget::{
    dimension::Dimension,
    library::Library,
    package::{Fact, FormPlace, Indicator, Listing, Manner, Package},
    profile::narrative::StageWord,
};

use crate::{FormProblem, Level, Opened, codes::Names, problem::Problems};

/// Texts that belong to one year only.
const OF_THE_YEAR: [&str; 1] = ["published"];

/// An empty package of a profile, with lists to fill for this year and last year.
pub fn empty(profile: &str, library: &Library) -> Option<Package> {
    let found = library.profile(profile)?;
    // A profile is named for the year it was published for; it may serve others too.
    let named = found
        .id
        .rsplit('-')
        .next()
        .and_then(|year| year.parse().ok());
    let year = named
        .filter(|year| found.years.contains(year))
        .or(found.years.last().copied());
    let mut package = Package::new(&found.id, "", year.unwrap_or(0));
    package.listings = vec![
        blank("budget", StageWord::Budget),
        blank("prior-budget", StageWord::PriorBudget),
    ];
    Some(package)
}

/// A list of detail lines that, once filled, has everything.
fn blank(key: &str, stage: StageWord) -> Listing {
    Listing {
        key: key.to_owned(),
        stage,
        manner: Manner::Detail,
        at: Default::default(),
        complete: vec![
            Dimension::Fund,
            Dimension::Vintage,
            Dimension::Function,
            Dimension::Nature,
            Dimension::Economic,
            Dimension::Project,
        ],
        lines: Vec::new(),
    }
}

/// Last year's package as this year's: its figures are last year's now, its names and texts drafts to confirm.
pub fn forward(last: &Package, profile: Option<&str>, library: &Library) -> Opened {
    let mut problems = Problems::default();
    let year = *last.year + 1;
    let profile = profile.unwrap_or(&last.profile);
    let mut package = Package::new(profile, "", year);
    package.unit = last.unit.clone().draft();
    package.listings.push(blank("budget", StageWord::Budget));
    let mut taken = BTreeSet::new();
    for listing in &last.listings {
        let Some(stage) = aged(listing.stage) else {
            let message = format!(
                "“{}”是更早一年的数（{} 行），不带入",
                listing.key,
                listing.lines.len()
            );
            problems.add(
                "left-behind",
                Level::Note,
                message,
                FormPlace::new(&listing.key, ""),
            );
            continue;
        };
        let mut listing = Listing {
            stage,
            ..listing.clone()
        };
        let bare = listing.key.trim_start_matches("prior-").to_owned();
        listing.key = format!("prior-{bare}");
        while !taken.insert(listing.key.clone()) {
            listing.key.push_str("-b");
        }
        package.listings.push(listing);
    }
    package.prior_facts = last.facts.clone();
    for (name, n) in [
        ("变动原因", last.reasons.len()),
        ("更早一年的事实", last.prior_facts.len()),
    ] {
        if n > 0 {
            let message = format!("{name} {n} 条只属于上年，不带入");
            problems.add(
                "left-behind",
                Level::Note,
                message,
                FormPlace::new(name, ""),
            );
        }
    }
    texts(last, &mut package);
    projects(last, &mut package);
    renamed(&package, *last.year, library, &mut problems);
    Opened {
        package,
        problems: problems.0,
    }
}

/// The stage last year's figures have a year later.
fn aged(stage: StageWord) -> Option<StageWord> {
    match stage {
        StageWord::Budget => Some(StageWord::PriorBudget),
        StageWord::Final => Some(StageWord::PriorFinal),
        StageWord::Adjusted => Some(StageWord::PriorExecution),
        StageWord::PriorBudget | StageWord::PriorExecution | StageWord::PriorFinal => None,
    }
}

fn draft(fact: &Fact<String>) -> Fact<String> {
    fact.clone().draft()
}

fn texts(last: &Package, package: &mut Package) {
    package.duties = last.duties.iter().map(draft).collect();
    package.offices = last
        .offices
        .as_ref()
        .map(|offices| offices.iter().map(draft).collect());
    package.bodies = last.bodies.clone();
    for body in package.bodies.iter_mut().flatten() {
        body.name.to_confirm = true;
    }
    package.glossary = last.glossary.clone();
    for term in &mut package.glossary {
        term.text.to_confirm = true;
    }
    package.passages = last.passages.clone();
    for passage in &mut package.passages {
        passage.text.to_confirm = true;
    }
    let texts = last
        .texts
        .iter()
        .filter(|(key, _)| !OF_THE_YEAR.contains(&key.as_str()));
    package.texts = texts
        .map(|(key, text)| (key.clone(), draft(text)))
        .collect();
    package.purposes = last.purposes.clone();
    for purpose in &mut package.purposes {
        purpose.to_confirm = true;
    }
    package.withheld = last.withheld.clone();
}

fn projects(last: &Package, package: &mut Package) {
    package.projects = last.projects.clone();
    for project in &mut package.projects {
        project.name.to_confirm = true;
        project.allocations.clear();
        project
            .fields
            .values_mut()
            .for_each(|field| field.to_confirm = true);
    }
    package.targets = last.targets.clone();
    for target in &mut package.targets {
        (target.total, target.appropriation, target.other) = (None, None, None);
        for fact in [&mut target.leader, &mut target.goal].into_iter().flatten() {
            fact.to_confirm = true;
        }
        target.indicators.iter_mut().for_each(age);
    }
}

/// Last year's target value is what this year's is compared with.
fn age(indicator: &mut Indicator) {
    indicator.prior = format!("{}{}", indicator.value, indicator.unit);
    indicator.to_confirm = true;
}

/// Codes whose name changed since, and codes that are gone.
fn renamed(package: &Package, last_year: u16, library: &Library, problems: &mut Problems) {
    let before = Names::new(library, &package.profile, last_year);
    let now = Names::new(library, &package.profile, *package.year);
    let mut seen = BTreeSet::new();
    for listing in &package.listings {
        for line in &listing.lines {
            let Some(code) = line
                .at
                .get(&Dimension::Function)
                .or(listing.at.get(&Dimension::Function))
            else {
                continue;
            };
            if !seen.insert(code.clone()) {
                continue;
            }
            let renames = now.catalogue.renames(code);
            let rename = renames
                .iter()
                .find(|r| r.through.is_some_and(|year| year >= last_year));
            let (old, new) = (
                before.code_name(Dimension::Function, code),
                now.code_name(Dimension::Function, code),
            );
            let message = match (rename, old, new) {
                (Some(rename), _, _) => {
                    format!(
                        "功能科目 {code} 由“{}”改为“{}”，写出时用新名称",
                        rename.old_name, rename.new_name
                    )
                }
                (None, Some(old), Some(new)) if old != new => {
                    format!("功能科目 {code} 由“{old}”改为“{new}”，写出时用新名称")
                }
                (None, Some(old), None) => {
                    format!("功能科目 {code}“{old}”不在新年度的科目表里，请改用新科目")
                }
                _ => continue,
            };
            problems.add("code-renamed", Level::Query, message, line.place.clone());
        }
    }
}

/// Puts the facts of another package into this one; what both say differently is reported and kept as it was.
pub fn merge(package: &mut Package, other: Package) -> Vec<FormProblem> {
    let mut problems = Problems::default();
    merge_head(package, &other, &mut problems);
    let renamed = merge_projects(package, &other);
    merge_listings(package, other.listings, &renamed, &mut problems);
    merge_facts(&mut package.facts, other.facts, &mut problems);
    merge_facts(&mut package.prior_facts, other.prior_facts, &mut problems);
    merge_words(
        package,
        other.targets,
        other.reasons,
        other.purposes,
        &renamed,
    );
    if package.duties.is_empty() {
        package.duties = other.duties;
    }
    package.offices = package.offices.take().or(other.offices);
    package.bodies = package.bodies.take().or(other.bodies);
    for term in other.glossary {
        if !package.glossary.iter().any(|known| known.name == term.name) {
            package.glossary.push(term);
        }
    }
    package.passages.extend(other.passages);
    for (key, text) in other.texts {
        package.texts.entry(key).or_insert(text);
    }
    package.withheld.extend(other.withheld);
    problems.0
}

/// Profile, year and unit; those of the package that is added to stay.
fn merge_head(package: &mut Package, other: &Package, problems: &mut Problems) {
    if package.profile != other.profile {
        let message = format!(
            "模板不同：资料是 {}，导入的是 {}；按前者",
            package.profile, other.profile
        );
        problems.add(
            "profile-differs",
            Level::Query,
            message,
            FormPlace::default(),
        );
    }
    if package.year.value != other.year.value {
        let message = format!(
            "年度不同：资料是 {}，导入的是 {}；按前者",
            *package.year, *other.year
        );
        problems.add(
            "year-differs",
            Level::Query,
            message,
            other.year.place.clone(),
        );
    }
    if package.unit.trim().is_empty() {
        package.unit = other.unit.clone();
    } else if package.unit.value != other.unit.value {
        let message = format!(
            "单位名称不同：资料是“{}”，导入的是“{}”；按前者",
            *package.unit, *other.unit
        );
        problems.add(
            "unit-differs",
            Level::Query,
            message,
            other.unit.place.clone(),
        );
    }
}

fn merge_facts(into: &mut Facts, from: Facts, problems: &mut Problems) {
    for (key, fact) in from {
        match into.get(&key) {
            Some(known) if known.value != fact.value => {
                let message = format!(
                    "{key} 资料里是 {}，导入的是 {}；按前者",
                    known.value, fact.value
                );
                problems.add("fact-differs", Level::Query, message, fact.place);
            }
            Some(_) => {}
            None => {
                into.insert(key, fact);
            }
        }
    }
}

type Facts = std::collections::BTreeMap<String, Fact<mz_budget::package::Quantity>>;
type Keys = std::collections::BTreeMap<String, String>;

/// Projects are the same when their names are; returns the key each has here.
fn merge_projects(package: &mut Package, other: &Package) -> Keys {
    let mut renamed = Keys::new();
    for project in &other.projects {
        let folded = mz_budget::normalise::name(&project.name);
        let known = package.projects.iter().find(|known| {
            mz_budget::normalise::name(&known.name) == folded
                || known
                    .other_names
                    .iter()
                    .any(|name| mz_budget::normalise::name(name) == folded)
        });
        let key = match known {
            Some(known) => known.key.clone(),
            None => {
                let mut new = project.clone();
                while package.project(&new.key).is_some() {
                    new.key.push('x');
                }
                let key = new.key.clone();
                package.projects.push(new);
                key
            }
        };
        renamed.insert(project.key.clone(), key);
    }
    renamed
}

fn rekey(at: &mut mz_budget::dimension::Coordinates, renamed: &Keys) {
    if let Some(key) = at.get_mut(&Dimension::Project)
        && let Some(new) = renamed.get(key)
    {
        key.clone_from(new);
    }
}

fn merge_listings(
    package: &mut Package,
    listings: Vec<Listing>,
    renamed: &Keys,
    problems: &mut Problems,
) {
    for mut listing in listings {
        rekey(&mut listing.at, renamed);
        listing
            .lines
            .iter_mut()
            .for_each(|line| rekey(&mut line.at, renamed));
        let same = package.listings.iter_mut().find(|known| {
            known.stage == listing.stage
                && known.manner == listing.manner
                && known.key == listing.key
        });
        match same {
            Some(known) if known.lines.is_empty() => *known = listing,
            Some(known) if known.lines == listing.lines => {}
            Some(known) => {
                let message = format!(
                    "“{}”资料里已有 {} 行，导入的 {} 行另列一表",
                    known.key,
                    known.lines.len(),
                    listing.lines.len()
                );
                let place = listing
                    .lines
                    .first()
                    .map(|line| line.place.clone())
                    .unwrap_or_default();
                problems.add("listing-twice", Level::Query, message, place);
                while package
                    .listings
                    .iter()
                    .any(|known| known.key == listing.key)
                {
                    listing.key.push_str("-b");
                }
                package.listings.push(listing);
            }
            None => {
                while package
                    .listings
                    .iter()
                    .any(|known| known.key == listing.key)
                {
                    listing.key.push_str("-b");
                }
                package.listings.push(listing);
            }
        }
    }
}

fn merge_words(
    package: &mut Package,
    targets: Vec<mz_budget::package::Target>,
    reasons: Vec<mz_budget::package::Explanation>,
    purposes: Vec<mz_budget::package::Explanation>,
    renamed: &Keys,
) {
    for mut target in targets {
        if let Some(new) = target.project.as_ref().and_then(|key| renamed.get(key)) {
            target.project = Some(new.clone());
        }
        if !package
            .targets
            .iter()
            .any(|known| known.project == target.project)
        {
            package.targets.push(target);
        }
    }
    for (into, from) in [
        (&mut package.reasons, reasons),
        (&mut package.purposes, purposes),
    ] {
        for mut explanation in from {
            if let mz_budget::package::Explained::At(at) = &mut explanation.of {
                rekey(at, renamed);
            }
            if !into
                .iter()
                .any(|known| known.of == explanation.of && known.base == explanation.base)
            {
                into.push(explanation);
            }
        }
    }
}
