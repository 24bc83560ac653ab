//! Objects a text can repeat over: duties, offices, units, projects that keep something secret, targets.

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::Stage,
    package::{Project, Target, Withheld},
    profile::compose::Objects,
};

use super::{figures::Figures, missing::MissingKind};

/// Texts of the objects; `None`, and noted, when the package does not say.
pub fn texts(figures: &Figures<'_>, objects: Objects) -> Option<Vec<String>> {
    let package = figures.package;
    let lack = |key: &str, what: &str| {
        figures.lack(MissingKind::Text(key.to_owned()), what.to_owned());
        None
    };
    match objects {
        Objects::Duties if package.duties.is_empty() => lack("duties", "主要职能"),
        Objects::Duties => Some(package.duties.iter().map(|d| d.value.clone()).collect()),
        Objects::Offices => match &package.offices {
            Some(offices) => Some(offices.iter().map(|o| o.value.clone()).collect()),
            None => lack("offices", "内设处室（没有时写明没有）"),
        },
        Objects::Bodies => match &package.bodies {
            Some(bodies) => Some(bodies.iter().map(|b| b.name.value.clone()).collect()),
            None => lack("bodies", "下属预算单位（没有时写明没有）"),
        },
        Objects::SecretProjects | Objects::Targets => Some(
            projects(figures, objects)
                .iter()
                .map(|project| project.name.value.clone())
                .collect(),
        ),
    }
}

/// The projects among the objects.
pub fn projects<'a>(figures: &Figures<'a>, objects: Objects) -> Vec<&'a Project> {
    let package = figures.package;
    match objects {
        Objects::SecretProjects => package
            .projects
            .iter()
            .filter(|project| project.secrecy.is_some())
            .collect(),
        Objects::Targets => targets(figures)
            .iter()
            .filter_map(|target| package.project(target.project.as_deref()?))
            .collect(),
        Objects::Duties | Objects::Offices | Objects::Bodies => Vec::new(),
    }
}

/// Targets of projects that have money where the profile's form wants one, in the package's order. A project with money
/// and without a target is missing one, unless it is withheld.
pub fn targets<'a>(figures: &Figures<'a>) -> Vec<&'a Target> {
    let package = figures.package;
    let layout = &figures.spec.targets;
    if layout.title.is_empty() {
        return Vec::new();
    }
    let whole = figures.slice(&layout.at);
    for project in &package.projects {
        let withheld = project.secrecy.as_ref().is_some_and(|secrecy| {
            secrecy.withholds(&Withheld::Target) || secrecy.withholds(&Withheld::Amount)
        });
        let has = package
            .targets
            .iter()
            .any(|target| target.project.as_ref() == Some(&project.key));
        let money = money_of(figures, whole, project);
        if !withheld && !has && money.is_some_and(|digits| digits != 0) {
            figures.lack(
                MissingKind::Target(project.key.clone(), "target".to_owned()),
                format!("项目“{}”的绩效目标", project.name.value),
            );
        }
    }
    package
        .targets
        .iter()
        .filter(|target| {
            target
                .project
                .as_deref()
                .and_then(|key| package.project(key))
                .is_some_and(|project| has_money(figures, whole, project))
        })
        .collect()
}

/// A project's money inside a slice, as printed.
pub fn money_of(figures: &Figures<'_>, whole: Slice, project: &Project) -> Option<i64> {
    figures.digits(Stage::Budget, slice_of(figures, whole, project)?)
}

/// Whether a project has money inside a slice, be it published or not.
pub fn has_money(figures: &Figures<'_>, whole: Slice, project: &Project) -> bool {
    match money_of(figures, whole, project) {
        Some(digits) => digits != 0,
        None => slice_of(figures, whole, project)
            .is_some_and(|slice| figures.has_hidden(Stage::Budget, slice)),
    }
}

/// A project's money inside a slice in a sentence.
pub fn said_of(figures: &Figures<'_>, whole: Slice, project: &Project) -> String {
    let slice = slice_of(figures, whole, project);
    slice.map_or_else(String::new, |slice| figures.said(Stage::Budget, slice))
}

/// A project inside a slice.
pub fn slice_of(figures: &Figures<'_>, whole: Slice, project: &Project) -> Option<Slice> {
    let dimensions = figures.dimensions();
    let node = dimensions.tree(Dimension::Project).find(&project.key)?;
    Some(dimensions.canonical(whole.with(Dimension::Project, node)))
}
