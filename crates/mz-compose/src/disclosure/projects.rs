//! Paragraphs of projects: labelled fields, in the order and with the labels that the profile's recognition knows.

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::Stage,
    package::{Project, Withheld},
};

use super::{
    figures::Figures,
    missing::MissingKind,
    objects::{has_money, money_of, slice_of},
    sentence::{Context, fill},
};

/// The paragraphs of all projects with money in the profile's scope.
pub fn paragraphs(figures: &Figures<'_>) -> Vec<String> {
    let spec = &figures.spec.projects;
    let whole = figures.slice(&spec.at);
    let mut out = Vec::new();
    let mut n = 0;
    for project in &figures.package.projects {
        if !has_money(figures, whole, project) {
            continue;
        }
        n += 1;
        let mut is_first = true;
        for field in figures.profile.narrative.project_fields() {
            let Some(label) = field.labels.first() else {
                continue;
            };
            let Some(text) = field_text(figures, project, whole, &field.key, field.required) else {
                continue;
            };
            let template = if is_first { &spec.first } else { &spec.field };
            is_first = false;
            let context = Context {
                n,
                ..Context::of(whole).with(vec![("label", label.clone()), ("text", text)])
            };
            out.push(fill(figures, template, None, &context));
        }
    }
    out
}

/// Text of a field; `None` when the project has none and needs none.
fn field_text(
    figures: &Figures<'_>,
    project: &Project,
    whole: Slice,
    key: &str,
    required: bool,
) -> Option<String> {
    let spec = &figures.spec.projects;
    let withheld = project.secrecy.as_ref().is_some_and(|secrecy| {
        let part = match key {
            "amount" => Withheld::Amount,
            "allocation" => Withheld::Allocation,
            _ => Withheld::Field(key.to_owned()),
        };
        secrecy.withholds(&part) || (key == "allocation" && secrecy.withholds(&Withheld::Amount))
    });
    if withheld {
        return Some(figures.spec.withheld.clone());
    }
    if let Some(text) = project.fields.get(key) {
        return Some(text.value.clone());
    }
    let money = |digits: Option<i64>, name: &str, template: &str| {
        template
            .replace("{amount}", &figures.text(digits))
            .replace("{money-unit}", figures.unit().name())
            .replace("{name}", name)
    };
    match key {
        "name" => Some(project.name.value.clone()),
        "amount" => Some(money(money_of(figures, whole, project), "", &spec.amount)),
        "body" if !spec.body.is_empty() => {
            Some(fill(figures, &spec.body, None, &Context::of(whole)))
        }
        "allocation" => allocation(figures, project, whole, &money),
        _ if required => {
            let label = figures
                .profile
                .narrative
                .project_fields()
                .iter()
                .find(|field| field.key == key)
                .and_then(|field| field.labels.first())
                .map_or(key, String::as_str);
            figures.lack(
                MissingKind::ProjectField(project.key.clone(), key.to_owned()),
                format!("项目“{}”的{label}", project.name.value),
            );
            None
        }
        _ => None,
    }
}

/// The split of a project's money: its own allocations, or the economic items the listings know.
fn allocation(
    figures: &Figures<'_>,
    project: &Project,
    whole: Slice,
    money: &dyn Fn(Option<i64>, &str, &str) -> String,
) -> Option<String> {
    let spec = &figures.spec.projects;
    let tree = figures.dimensions().tree(Dimension::Economic);
    let name_of = |code: &Option<String>| {
        let node = code.as_deref().and_then(|code| tree.find(code));
        node.map(|id| tree.node(id).name.clone())
    };
    let mut parts: Vec<String> = project
        .allocations
        .iter()
        .map(|part| {
            let name = if part.item.is_empty() {
                name_of(&part.economic).unwrap_or_default()
            } else {
                part.item.clone()
            };
            let fen = part.amount.fen().map(|fen| fen.0);
            let digits = fen.map(|fen| super::figures::round(fen, figures.ulp()));
            money(digits, &name, &spec.allocation)
        })
        .collect();
    if parts.is_empty() {
        let slice = slice_of(figures, whole, project)?;
        for to in ["section", "category"] {
            let nodes = figures.quietly(|| figures.nodes(slice, Dimension::Economic, Some(to)));
            parts = nodes
                .into_iter()
                .filter_map(|id| {
                    let at = slice.with(Dimension::Economic, id);
                    let digits = figures.quietly(|| figures.digits(Stage::Budget, at))?;
                    Some(money(Some(digits), &tree.node(id).name, &spec.allocation))
                })
                .collect();
            if !parts.is_empty() {
                break;
            }
        }
    }
    if parts.is_empty() {
        figures.lack(
            MissingKind::ProjectField(project.key.clone(), "allocation".to_owned()),
            format!("项目“{}”的资金分配情况", project.name.value),
        );
        return None;
    }
    Some(parts.join(&spec.separator))
}
