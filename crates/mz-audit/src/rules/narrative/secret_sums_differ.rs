use mz_budget::{
    disclosure::{Claim, ClaimValue, Measure, Subject},
    finding::Severity,
    money::Fen,
};

use crate::{
    Audit, Sink, declare_rule,
    interval::Interval,
    projects::{self, ProjectAmount},
};

declare_rule! {
    pub static SECRET_SUMS_DIFFER = {
        code: "MZ3009",
        name: "secret-sums-differ",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["secrets"],
        checks: &["TN-22", "SE-05"],
        page: "secret_sums_differ.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let withheld = projects::withheld(audit.disclosure);
    if withheld.is_empty() {
        return;
    }
    let rows: Vec<ProjectAmount> = projects::amounts(audit.disclosure)
        .into_iter()
        .filter(|row| withheld.contains(&(row.node, row.carried)))
        .collect();
    if rows.len() != withheld.len() {
        return;
    }
    // With and without the money carried over: both are in use.
    let current: Vec<ProjectAmount> = rows.iter().filter(|row| !row.carried).cloned().collect();
    for claim in audit
        .disclosure
        .claims
        .iter()
        .filter(|claim| claim.measure == Measure::Amount)
    {
        let Subject::Fact(key) = &claim.subject else {
            continue;
        };
        match (key.as_str(), &claim.value) {
            ("secret.count", ClaimValue::Quantity { number, .. }) if number.decimals == 0 => {
                count(audit, sink, claim, number.digits, [&rows, &current]);
            }
            ("secret.amount", ClaimValue::Money(_)) => {
                amount(audit, sink, claim, [&rows, &current])
            }
            _ => {}
        }
    }
}

fn n_projects(rows: &[ProjectAmount]) -> i64 {
    let mut nodes: Vec<_> = rows.iter().map(|row| row.node).collect();
    nodes.dedup();
    i64::try_from(nodes.len()).unwrap_or(i64::MAX)
}

fn count(
    audit: &Audit<'_>,
    sink: &mut Sink,
    claim: &Claim,
    stated: i64,
    readings: [&Vec<ProjectAmount>; 2],
) {
    if readings.iter().any(|rows| n_projects(rows) == stated) {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    let [all, _] = readings;
    sink.broken(
        &claim.place,
        format!(
            "文字称涉密项目 {stated} 个，文中不予公开的项目有 {} 个",
            n_projects(all)
        ),
        format!(
            "the narrative counts {stated} secret projects, {} are withheld",
            n_projects(all)
        ),
    )
    .also_all(all.iter().filter_map(|row| audit.place_of(row.observation)));
}

fn amount(audit: &Audit<'_>, sink: &mut Sink, claim: &Claim, readings: [&Vec<ProjectAmount>; 2]) {
    let ClaimValue::Money(money) = claim.value else {
        return;
    };
    let Some(stated) = Interval::of(money) else {
        return;
    };
    let sum = |rows: &[ProjectAmount]| {
        rows.iter()
            .filter_map(|row| Interval::of(row.money))
            .fold(Interval::ZERO, Interval::plus)
    };
    if readings.iter().any(|rows| sum(rows).meets(stated)) {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    let [all, _] = readings;
    let total = sum(all);
    let difference = Fen(stated.middle() - total.middle());
    sink.broken(
        &claim.place,
        format!(
            "文字称涉密项目资金 {money}，不予公开的 {} 个项目合计 {}，相差 {}",
            n_projects(all),
            audit.money(total.middle()),
            audit.money(difference.0.abs())
        ),
        format!(
            "the stated money of secret projects, {money}, is not the sum of the withheld ones"
        ),
    )
    .difference(difference)
    .also_all(all.iter().filter_map(|row| audit.place_of(row.observation)));
}
