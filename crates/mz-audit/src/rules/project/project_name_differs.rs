use mz_budget::{finding::Severity, normalise, profile::Ask};

use super::{
    matching,
    mentions::{self, Mention, Part},
};
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PROJECT_NAME_DIFFERS = {
        code: "MZ8001",
        name: "project-name-differs",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["PJ-01", "TN-14", "TX-33"],
        page: "project_name_differs.md",
        check: check,
    };
}

/// All spellings of one project: the one used most is the usual one.
struct Project<'p> {
    spellings: Vec<(String, Vec<(&'p Part, &'p Mention)>)>,
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_unasked(audit, Ask::ProjectNames) {
        return;
    }
    let parts = mentions::parts(audit.disclosure);
    if parts.len() < 2 {
        return;
    }
    sink.checked(parts.iter().map(|part| part.mentions.len()).sum());
    for project in projects(&parts) {
        let Some((usual, rest)) = project.spellings.split_first() else {
            continue;
        };
        for variant in rest {
            report(sink, usual, variant);
        }
    }
}

/// Names joined into projects through the matched pairs.
fn projects(parts: &[Part]) -> Vec<Project<'_>> {
    let key = |mention: &Mention| normalise::name(&mention.name);
    let mut clusters: Vec<Vec<String>> = Vec::new();
    for ((i, m), (j, n)) in matching::pairs(parts) {
        let at = |part: usize, mention: usize| {
            parts
                .get(part)
                .and_then(|p| p.mentions.get(mention))
                .map(key)
        };
        let (Some(a), Some(b)) = (at(i, m), at(j, n)) else {
            continue;
        };
        let (mut joined, others): (Vec<_>, Vec<_>) = clusters
            .into_iter()
            .partition(|names| names.contains(&a) || names.contains(&b));
        let mut names: Vec<String> = joined.drain(..).flatten().chain([a, b]).collect();
        names.sort();
        names.dedup();
        clusters = others;
        clusters.push(names);
    }
    clusters
        .into_iter()
        .map(|names| {
            let mut spellings: Vec<_> = names
                .into_iter()
                .map(|name| {
                    let places: Vec<(&Part, &Mention)> = parts
                        .iter()
                        .flat_map(|part| part.mentions.iter().map(move |mention| (part, mention)))
                        .filter(|(_, mention)| key(mention) == name)
                        .collect();
                    (name, places)
                })
                .collect();
            spellings.sort_by_key(|(_, places)| {
                (
                    std::cmp::Reverse(places.len()),
                    places.first().map(|(_, m)| m.place.block),
                )
            });
            Project { spellings }
        })
        .collect()
}

type Spelling<'p> = (String, Vec<(&'p Part, &'p Mention)>);

fn report(sink: &mut Sink, usual: &Spelling<'_>, variant: &Spelling<'_>) {
    let (Some((part, odd)), Some((usual_part, usual_mention))) =
        (variant.1.first(), usual.1.first())
    else {
        return;
    };
    let (a, b) = wording::difference(&odd.name, &usual_mention.name);
    let how = match (a.is_empty(), b.is_empty()) {
        (false, false) => format!("“{a}”与“{b}”"),
        (false, true) => format!("多“{a}”"),
        (true, _) => format!("少“{b}”"),
    };
    let message = format!(
        "同一项目名称不一致（{how}）：{}写“{}”，{}写“{}”",
        part.title, odd.name, usual_part.title, usual_mention.name
    );
    let message_en = format!(
        "one project has two names: “{}” in {}, “{}” in {}",
        odd.name, part.title, usual_mention.name, usual_part.title
    );
    let mut finding = sink.broken(&odd.place, message, message_en);
    for (_, mention) in usual.1.iter().chain(variant.1.iter().skip(1)) {
        finding = finding.also(&mention.place);
    }
    finding
        .side(part.title.clone(), odd.name.clone(), None)
        .side(usual_part.title.clone(), usual_mention.name.clone(), None)
        .group(format!("project-name:{}", variant.0));
}
