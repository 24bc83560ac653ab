use mz_budget::{finding::Severity, normalise};

use crate::{
    Audit, Sink, declare_rule,
    projects::{self, ProjectAmount},
    wording,
};

declare_rule! {
    pub static ITEM_EXTRA = {
        code: "MZ3006",
        name: "item-extra",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TN-10"],
        page: "item_extra.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let rows: Vec<ProjectAmount> = projects::amounts(audit.disclosure)
        .into_iter()
        .filter(|row| !row.carried)
        .collect();
    if rows.is_empty() {
        return;
    }
    let mut free: Vec<&str> = rows
        .iter()
        .map(|row| projects::name(audit.disclosure, row.node))
        .collect();
    let mut open = Vec::new();
    for project in &audit.disclosure.projects {
        let is_hidden = project.money.is_none() && projects::is_withheld(project);
        if is_hidden && projects::node_named(audit.disclosure, &project.name).is_some() {
            // Its row has no figures.
            continue;
        }
        match free
            .iter()
            .position(|name| normalise::same_name(name, &project.name))
        {
            Some(i) => drop(free.swap_remove(i)),
            None => open.push(project),
        }
    }
    sink.checked(audit.disclosure.projects.len());
    for project in open {
        // A name written otherwise is another rule's finding.
        if let Some(i) = free
            .iter()
            .position(|name| wording::name_likeness(name, &project.name) >= 500)
        {
            free.swap_remove(i);
            continue;
        }
        let amount = project
            .money
            .map_or_else(String::new, |money| format!("（{money}）"));
        sink.broken(
            &project.place,
            format!(
                "情况说明中的项目“{}”{amount}，项目支出表中没有",
                project.name
            ),
            format!(
                "the project “{}” of the narrative is not in the project table",
                project.name
            ),
        );
    }
}
