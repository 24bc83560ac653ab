use mz_budget::{
    dimension::Dimension,
    disclosure::{Claim, ClaimValue, Measure, PerformanceTarget, Subject},
    finding::{Severity, Suspect},
    money::Fen,
    place::Place,
};

use crate::{
    Audit, Sink, declare_rule,
    interval::Interval,
    projects::{self, ProjectAmount},
};

declare_rule! {
    pub static TARGETS_MISS_TOTAL = {
        code: "MZ3008",
        name: "targets-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["performance-2015-88"],
        checks: &["TX-34", "TN-20"],
        page: "targets_miss_total.md",
        check: check,
    };
}

/// Facts the narrative states of the targets of projects paid from fiscal appropriation.
const COUNT: &str = "performance.projects.count";
const AMOUNT: &str = "performance.projects.amount";

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let targets: Vec<_> = audit
        .disclosure
        .targets
        .iter()
        .filter(|target| !target.is_whole && is_fiscal(target))
        .collect();
    if targets.is_empty() {
        return;
    }
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
            (COUNT, ClaimValue::Quantity { number, .. }) if number.decimals == 0 => {
                count(sink, claim, number.digits, targets.len());
            }
            (AMOUNT, ClaimValue::Money(_)) => {
                let forms: Vec<(Option<Interval>, &Place)> = targets
                    .iter()
                    .filter_map(|target| target.appropriation.as_ref().or(target.total.as_ref()))
                    .map(|amount| (Interval::of(amount.money), &amount.place))
                    .collect();
                if forms.len() == targets.len() {
                    sum(audit, sink, claim, (&forms, None), "各项目绩效目标表");
                }
                if let Some(rows) = open_projects(audit, targets.len()) {
                    let whole = table_total(audit, &rows);
                    let rows: Vec<(Option<Interval>, &Place)> = rows
                        .iter()
                        .filter_map(|row| {
                            Some((Interval::of(row.money), audit.place_of(row.observation)?))
                        })
                        .collect();
                    sum(
                        audit,
                        sink,
                        claim,
                        (&rows, whole),
                        "项目支出表中不涉密的项目",
                    );
                }
            }
            _ => {}
        }
    }
}

/// Targets of projects paid from other money are counted by a sentence of their own.
fn is_fiscal(target: &PerformanceTarget) -> bool {
    target
        .appropriation
        .as_ref()
        .is_none_or(|amount| amount.money.number.digits != 0)
}

/// The total row of the table the projects stand in.
fn table_total<'a>(audit: &Audit<'a>, projects: &[ProjectAmount]) -> Option<&'a Place> {
    let slice = projects.first()?.slice;
    let whole = slice
        .with(Dimension::Project, 0)
        .with(Dimension::Function, 0);
    audit.place_of(
        *audit
            .cubes()
            .printed(audit.disclosure.own_stage(), whole)
            .first()?,
    )
}

/// The projects of this year whose details are not withheld, when there are as many as targets.
fn open_projects(audit: &Audit<'_>, n_targets: usize) -> Option<Vec<ProjectAmount>> {
    let withheld = projects::withheld(audit.disclosure);
    let open: Vec<ProjectAmount> = projects::amounts(audit.disclosure)
        .into_iter()
        .filter(|project| !project.carried && !withheld.contains(&(project.node, false)))
        .collect();
    (open.len() == n_targets).then_some(open)
}

fn count(sink: &mut Sink, claim: &Claim, stated: i64, found: usize) {
    if i64::try_from(found) == Ok(stated) {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    sink.broken(
        &claim.place,
        format!(
            "文字称{} {stated} 个，文中有 {found} 张项目绩效目标表",
            claim.words
        ),
        format!("the narrative counts {stated} targets, the document holds {found}"),
    );
}

fn sum(
    audit: &Audit<'_>,
    sink: &mut Sink,
    claim: &Claim,
    (parts, whole): (&[(Option<Interval>, &Place)], Option<&Place>),
    source: &str,
) {
    let ClaimValue::Money(money) = claim.value else {
        return;
    };
    let total = parts
        .iter()
        .try_fold(Interval::ZERO, |sum, (part, _)| Some(sum.plus((*part)?)));
    let (Some(total), Some(stated)) = (total, Interval::of(money)) else {
        return;
    };
    if total.meets(stated) {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    let difference = Fen(stated.middle() - total.middle());
    let finding = sink
        .broken(
            &claim.place,
            format!(
                "文字称{}涉及 {money}，{source}（{} 个）合计 {}，相差 {}",
                claim.words,
                parts.len(),
                audit.money(total.middle()),
                audit.money(difference.0.abs())
            ),
            format!(
                "the stated total of {money} differs from the sum of {} amounts",
                parts.len()
            ),
        )
        .side("文字", money.to_string(), money.fen())
        .side(
            format!("{source}合计"),
            audit.money(total.middle()),
            Some(Fen(total.middle())),
        )
        .difference(difference)
        .also_all(whole)
        .suspect(Suspect {
            place: claim.place.clone(),
            printed: money.to_string(),
            implied: Some(audit.money(total.middle())),
        });
    parts
        .iter()
        .fold(finding, |finding, (_, place)| finding.rests_on(place));
}
