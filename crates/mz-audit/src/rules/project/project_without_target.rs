use mz_budget::{finding::Severity, normalise};

use super::{matching, mentions};
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static PROJECT_WITHOUT_TARGET = {
        code: "MZ8002",
        name: "project-without-target",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["performance-2018-34"],
        checks: &["SE-09", "TX-33"],
        page: "project_without_target.md",
        check: check,
    };
}

/// Only where all but one or two projects of a paragraph list have a target: some kinds of documents publish the targets of a
/// share of their projects by design.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let parts = mentions::parts(audit.disclosure);
    let n_targets = audit.disclosure.targets.len();
    let Some(targets) = parts.iter().position(|part| part.title == "绩效目标表") else {
        return;
    };
    let Some(projects) = parts.iter().position(|part| part.title == "项目情况说明") else {
        return;
    };
    let withheld: Vec<String> = audit
        .disclosure
        .projects
        .iter()
        .filter(|project| {
            project
                .fields
                .iter()
                .any(|field| field.text.contains("不予公开"))
        })
        .map(|project| normalise::name(&project.name))
        .collect();
    let (Some(list), Some(with)) = (parts.get(projects), parts.get(targets)) else {
        return;
    };
    let matched: Vec<usize> = if projects < targets {
        let pairs = matching::between(list, with);
        pairs.into_iter().map(|(i, _)| i).collect()
    } else {
        let pairs = matching::between(with, list);
        pairs.into_iter().map(|(_, i)| i).collect()
    };
    let missing: Vec<_> = list
        .mentions
        .iter()
        .enumerate()
        .filter(|(i, mention)| {
            !withheld.contains(&normalise::name(&mention.name))
                && !with
                    .mentions
                    .iter()
                    .any(|target| normalise::same_name(&target.name, &mention.name))
                && !matched.contains(i)
        })
        .map(|(_, mention)| mention)
        .collect();
    sink.checked(list.mentions.len());
    if n_targets < 3 || missing.len() > 2 {
        return;
    }
    for mention in missing {
        sink.broken(
            &mention.place,
            format!(
                "项目“{}”没有绩效目标表，其余 {n_targets} 个项目都有",
                mention.name
            ),
            format!(
                "the project “{}” has no performance target, {n_targets} others have",
                mention.name
            ),
        );
    }
}
