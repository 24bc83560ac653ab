use std::collections::BTreeMap;

use mz_budget::{finding::Severity, normalise};

use super::between::last_year;
use crate::{
    Audit, Sink, declare_rule,
    projects::{self, ProjectAmount},
    wording,
};

declare_rule! {
    pub static PROJECT_RENAMED = {
        code: "MZ8400",
        name: "project-renamed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "project_renamed.md",
        check: check,
    };
}

/// Likeness, in thousandths, at which two names of the same amount mean one project.
const ALIKE: u32 = 560;

/// Amounts that only one project has.
fn by_amount(amounts: &[ProjectAmount]) -> BTreeMap<i64, &ProjectAmount> {
    let mut found: BTreeMap<i64, Vec<&ProjectAmount>> = BTreeMap::new();
    for amount in amounts
        .iter()
        .filter(|amount| !amount.carried && amount.fen() != 0)
    {
        found.entry(amount.fen()).or_default().push(amount);
    }
    found
        .into_iter()
        .filter_map(|(fen, amounts)| match amounts.as_slice() {
            [one] => Some((fen, *one)),
            _ => None,
        })
        .collect()
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in last_year(audit, sink) {
        let (now, then) = (
            projects::amounts(audit.disclosure),
            projects::amounts(other.disclosure),
        );
        let then_by_amount = by_amount(&then);
        for (fen, project) in by_amount(&now) {
            sink.checked(1);
            let name = projects::name(audit.disclosure, project.node);
            let is_known = projects::node_named(other.disclosure, name).is_some();
            let Some(before) = then_by_amount.get(&fen).filter(|_| !is_known) else {
                continue;
            };
            let old_name = projects::name(other.disclosure, before.node);
            let still_here = projects::node_named(audit.disclosure, old_name).is_some();
            if still_here
                || normalise::same_name(name, old_name)
                || wording::name_likeness(name, old_name) < ALIKE
            {
                continue;
            }
            let places = (
                audit.place_of(project.observation),
                other.disclosure.observations.get(before.observation),
            );
            let (Some(place), Some(old)) = places else {
                continue;
            };
            sink.broken(
                &wording::quoting(place, name),
                format!(
                    "项目“{name}”上年文件称“{old_name}”，金额同为 {}",
                    project.money
                ),
                format!("the project “{name}” is called “{old_name}” in last year's document"),
            )
            .also(&other.at(&wording::quoting(&old.place, old_name)));
        }
    }
}
