//! From a finding on the composed document back to the cells its figures were entered in.

use std::collections::BTreeSet;

use mz_budget::{
    dimension::{Coordinates, Dimension, Slice},
    disclosure::{Disclosure, Subject},
    finding::Finding,
    normalise,
    package::{Explained, FormPlace, Package},
    place::Place,
};

/// Cells named of one finding.
const MOST: usize = 4;

/// Cells of the package that a finding rests on, most telling first.
pub fn of_finding(finding: &Finding, disclosure: &Disclosure, package: &Package) -> Vec<FormPlace> {
    let suspects = finding.suspects.iter().map(|suspect| &suspect.place);
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for place in suspects.chain(&finding.places) {
        for found in of_place(place, disclosure, package) {
            if !found.is_empty() && seen.insert(found.to_string()) && out.len() < MOST {
                out.push(found);
            }
        }
    }
    out
}

fn of_place(place: &Place, disclosure: &Disclosure, package: &Package) -> Vec<FormPlace> {
    let same = |other: &Place| {
        other.block == place.block && (place.span.is_none() || other.span == place.span)
    };
    let mut out = Vec::new();
    for observation in disclosure.observations.iter().filter(|o| same(&o.place)) {
        out.extend(lines(
            &coordinates(observation.slice, disclosure, package),
            package,
        ));
    }
    for claim in disclosure.claims.iter().filter(|claim| same(&claim.place)) {
        match &claim.subject {
            Subject::Fact(key) => out.extend(package.facts.get(key).map(|fact| fact.place.clone())),
            Subject::Slice(slice) => {
                let at = coordinates(*slice, disclosure, package);
                let reasons = package
                    .reasons
                    .iter()
                    .filter(|reason| reason.of == Explained::At(at.clone()));
                out.extend(reasons.map(|reason| reason.place.clone()));
                out.extend(lines(&at, package));
            }
        }
    }
    out.extend(texts(place, package));
    out
}

/// Texts of the package that were printed at the place.
fn texts(place: &Place, package: &Package) -> Vec<FormPlace> {
    let printed = normalise::name(place.context.as_deref().unwrap_or(&place.quote));
    let holds = |text: &str| {
        let text = normalise::name(text);
        text.chars().count() >= 4 && printed.contains(&text)
    };
    let facts = package
        .duties
        .iter()
        .chain(package.offices.iter().flatten())
        .chain(package.passages.iter().map(|p| &p.text))
        .chain(package.glossary.iter().map(|t| &t.text))
        .chain(
            package
                .projects
                .iter()
                .flat_map(|p| p.fields.values().chain([&p.name])),
        )
        .chain(package.targets.iter().filter_map(|t| t.goal.as_ref()));
    let mut out: Vec<FormPlace> = facts
        .filter(|fact| holds(fact))
        .map(|fact| fact.place.clone())
        .collect();
    let explained = package.reasons.iter().chain(&package.purposes);
    out.extend(
        explained
            .filter(|e| holds(&e.text))
            .map(|e| e.place.clone()),
    );
    let indicators = package.targets.iter().flat_map(|t| &t.indicators);
    out.extend(
        indicators
            .filter(|i| holds(&i.name))
            .map(|i| i.place.clone()),
    );
    out
}

fn coordinates(slice: Slice, disclosure: &Disclosure, package: &Package) -> Coordinates {
    let mut at = Coordinates::new();
    for dimension in Dimension::ALL {
        let id = slice.node(dimension);
        if id == 0 {
            continue;
        }
        let key = &disclosure.dimensions.tree(dimension).node(id).key;
        let project = package
            .projects
            .iter()
            .find(|p| normalise::name(&p.name) == *key);
        let key = match (dimension, project) {
            (Dimension::Project, Some(project)) => &project.key,
            _ => key,
        };
        at.insert(dimension, key.clone());
    }
    at
}

/// Lines whose money lies in a slice: of the same coordinates first, else those inside it by their codes.
fn lines(at: &Coordinates, package: &Package) -> Vec<FormPlace> {
    let mut exact = Vec::new();
    let mut inside = Vec::new();
    for listing in &package.listings {
        for line in &listing.lines {
            let mut own = listing.at.clone();
            own.extend(line.at.iter().map(|(d, key)| (*d, key.clone())));
            if own == *at {
                exact.push(line.place.clone());
                continue;
            }
            let codes = [Dimension::Function, Dimension::Economic, Dimension::Project];
            let is_inside = codes.iter().all(|d| match (at.get(d), own.get(d)) {
                (None, _) => true,
                (Some(wanted), Some(key)) => key.starts_with(wanted.as_str()),
                (Some(_), None) => false,
            });
            let says_something = codes.iter().any(|d| at.contains_key(d));
            if is_inside && says_something {
                inside.push(line.place.clone());
            }
        }
    }
    if exact.is_empty() { inside } else { exact }
}
