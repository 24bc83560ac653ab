//! Where a document names its projects: project tables, paragraphs, performance targets, items of money carried over.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::Dimension,
    disclosure::{ClaimValue, Disclosure, Measure, Origin, Reading, Subject},
    money::Fen,
    normalise,
    place::Place,
};

use crate::wording;

/// A project as one part of the document names it.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Name as printed, stray spaces removed.
    pub(super) name: String,
    /// Its amount there.
    pub(super) fen: Option<Fen>,
    /// Where.
    pub(super) place: Place,
}

/// A part of the document that names projects.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What a reader calls it.
    pub(super) title: String,
    /// Its projects, each once.
    pub(super) mentions: Vec<Mention>,
}

impl Part {
    /// Adds a project unless the part has one of that name.
    fn add(&mut self, mention: Mention) {
        if !self
            .mentions
            .iter()
            .any(|other| normalise::same_name(&other.name, &mention.name))
        {
            self.mentions.push(mention);
        }
    }
}

/// All parts that name projects, tables first.
pub(super) fn parts(disclosure: &Disclosure) -> Vec<Part> {
    let mut parts = tables(disclosure);
    parts.push(paragraphs(disclosure));
    parts.push(targets(disclosure));
    parts.extend(claims(disclosure));
    parts.retain(|part| !part.mentions.is_empty());
    parts
}

fn tables(disclosure: &Disclosure) -> Vec<Part> {
    let tree = disclosure.dimensions.tree(Dimension::Project);
    let mut rows: BTreeMap<usize, BTreeMap<usize, Mention>> = BTreeMap::new();
    for observation in &disclosure.observations {
        let Origin::Cell { table, row, .. } = observation.origin else {
            continue;
        };
        let node = observation.slice.node(Dimension::Project);
        if node == 0 || observation.stage != disclosure.own_stage() {
            continue;
        }
        let fen = match &observation.reading {
            Reading::Value(money) => money.fen(),
            _ => None,
        };
        let name = tree.node(node).name.clone();
        let mention = rows
            .entry(table)
            .or_default()
            .entry(row)
            .or_insert_with(|| Mention {
                place: named(&observation.place, &name),
                name,
                fen: None,
            });
        mention.fen = mention.fen.max(fen);
    }
    rows.into_iter()
        .map(|(table, rows)| {
            let title = disclosure
                .tables
                .get(table)
                .map_or_else(|| "项目表".to_owned(), |t| t.title.clone());
            let mut part = Part {
                title,
                mentions: Vec::new(),
            };
            rows.into_values().for_each(|mention| part.add(mention));
            part
        })
        .collect()
}

/// The place of the row, quoting the project's name instead of the figure.
fn named(place: &Place, name: &str) -> Place {
    let mut place = wording::quoting(place, name);
    place.column = None;
    place
}

fn paragraphs(disclosure: &Disclosure) -> Part {
    let mut part = Part {
        title: "项目情况说明".to_owned(),
        mentions: Vec::new(),
    };
    for project in &disclosure.projects {
        let place = project
            .fields
            .iter()
            .find(|field| field.key == "name")
            .map_or(&project.place, |f| &f.place);
        part.add(Mention {
            name: project.name.clone(),
            fen: project.money.and_then(|money| money.fen()),
            place: wording::quoting(place, &project.name),
        });
    }
    part
}

fn targets(disclosure: &Disclosure) -> Part {
    let mut part = Part {
        title: "绩效目标表".to_owned(),
        mentions: Vec::new(),
    };
    for target in disclosure
        .targets
        .iter()
        .filter(|target| !target.project.is_empty())
    {
        let amount = target.total.as_ref().or(target.appropriation.as_ref());
        part.add(Mention {
            name: target.project.clone(),
            fen: amount.and_then(|amount| amount.money.fen()),
            place: wording::quoting(&target.project_place, &target.project),
        });
    }
    part
}

/// Projects named in sentences, by section. Paragraphs of fields are a part of their own.
fn claims(disclosure: &Disclosure) -> Vec<Part> {
    let mut sections: BTreeMap<String, Part> = BTreeMap::new();
    let tree = disclosure.dimensions.tree(Dimension::Project);
    for claim in &disclosure.claims {
        let (Subject::Slice(slice), Measure::Amount, ClaimValue::Money(money)) =
            (&claim.subject, &claim.measure, &claim.value)
        else {
            continue;
        };
        let node = slice.node(Dimension::Project);
        let in_fields = disclosure.projects.iter().any(|project| {
            project
                .fields
                .iter()
                .any(|field| field.place.block == claim.place.block)
        });
        if node == 0 || in_fields {
            continue;
        }
        let section = claim.place.section.clone().unwrap_or_default();
        let title = if section.is_empty() {
            "情况说明".to_owned()
        } else {
            section.clone()
        };
        let name = if claim.words.is_empty() {
            tree.node(node).name.clone()
        } else {
            normalise::squeeze(&claim.words)
        };
        let part = sections.entry(section).or_insert_with(|| Part {
            title,
            mentions: Vec::new(),
        });
        part.add(Mention {
            place: wording::quoting(&claim.place, &name),
            name,
            fen: money.fen(),
        });
    }
    sections.into_values().collect()
}
