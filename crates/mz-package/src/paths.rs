//! Places of facts in forms without cells: the path of keys to them.

use mz_budget::package::{Fact, FormPlace, Package, Quantity, Target};

/// Gives every fact without a place the path of its keys in a file.
pub(crate) fn fill(package: &mut Package, file: &str) {
    let at = |path: String| FormPlace::new(file, path);
    let set = |fact: &mut Fact<String>, path: String| fact.place = at(path);
    set(&mut package.unit, "unit".to_owned());
    package.year.place = at("year".to_owned());
    for listing in &mut package.listings {
        for (n, line) in listing.lines.iter_mut().enumerate() {
            line.place = at(format!("listings.{}.lines[{}]", listing.key, n + 1));
        }
    }
    let quantities = |facts: &mut std::collections::BTreeMap<String, Fact<Quantity>>,
                      name: &str| {
        for (key, fact) in facts {
            fact.place = at(format!("{name}.{key}"));
        }
    };
    quantities(&mut package.facts, "facts");
    quantities(&mut package.prior_facts, "prior-facts");
    for project in &mut package.projects {
        let key = &project.key;
        project.place = at(format!("projects.{key}"));
        set(&mut project.name, format!("projects.{key}.name"));
        for (field, text) in &mut project.fields {
            text.place = at(format!("projects.{key}.fields.{field}"));
        }
        for (n, allocation) in project.allocations.iter_mut().enumerate() {
            allocation.place = at(format!("projects.{key}.allocations[{}]", n + 1));
        }
    }
    for (n, target) in package.targets.iter_mut().enumerate() {
        fill_target(target, &format!("targets[{}]", n + 1), file);
    }
    for (name, list) in [
        ("reasons", &mut package.reasons),
        ("purposes", &mut package.purposes),
    ] {
        for (n, explanation) in list.iter_mut().enumerate() {
            explanation.place = at(format!("{name}[{}]", n + 1));
        }
    }
    let lists = [
        ("duties", Some(&mut package.duties)),
        ("offices", package.offices.as_mut()),
    ];
    for (name, list) in lists {
        for (n, fact) in list.into_iter().flatten().enumerate() {
            fact.place = at(format!("{name}[{}]", n + 1));
        }
    }
    for body in package.bodies.iter_mut().flatten() {
        body.name.place = at(format!("bodies.{}.name", body.key));
    }
    for term in &mut package.glossary {
        term.text.place = at(format!("glossary.{}", term.name));
    }
    for (n, passage) in package.passages.iter_mut().enumerate() {
        passage.text.place = at(format!("passages[{}]", n + 1));
    }
    for (key, text) in &mut package.texts {
        text.place = at(format!("texts.{key}"));
    }
    for (n, mark) in package.withheld.iter_mut().enumerate() {
        mark.place = at(format!("withheld[{}]", n + 1));
    }
}

fn fill_target(target: &mut Target, path: &str, file: &str) {
    let at = |field: &str| FormPlace::new(file, format!("{path}.{field}"));
    target.place = FormPlace::new(file, path);
    for (field, fact) in [("leader", &mut target.leader), ("goal", &mut target.goal)] {
        if let Some(fact) = fact {
            fact.place = at(field);
        }
    }
    let amounts = [
        ("total", &mut target.total),
        ("appropriation", &mut target.appropriation),
        ("other", &mut target.other),
    ];
    for (field, fact) in amounts {
        if let Some(fact) = fact {
            fact.place = at(field);
        }
    }
    for (n, indicator) in target.indicators.iter_mut().enumerate() {
        indicator.place = at(&format!("indicators[{}]", n + 1));
    }
}
