use mz_budget::{
    disclosure::{FormAmount, PerformanceTarget},
    finding::{Severity, Suspect},
    money::{Fen, PrintedMoney},
    normalise,
    place::Place,
};

use crate::{
    Audit, Sink, declare_rule,
    interval::same_amount,
    projects::{self, ProjectAmount},
};

declare_rule! {
    pub static TARGET_AMOUNT_DIFFERS = {
        code: "MZ3007",
        name: "target-amount-differs",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["performance-2015-88"],
        checks: &["TX-32"],
        page: "target_amount_differs.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let all = projects::amounts(audit.disclosure);
    let (carried, current): (Vec<ProjectAmount>, Vec<ProjectAmount>) =
        all.into_iter().partition(|p| p.carried);
    for (t, p) in projects::matched(audit.disclosure, &current) {
        let (Some(target), Some(project)) = (audit.disclosure.targets.get(t), current.get(p))
        else {
            continue;
        };
        // A target may cover the money carried over as well.
        let with_carried = carried
            .iter()
            .find(|c| c.node == project.node)
            .map(|c| c.fen() + project.fen());
        compare(audit, sink, target, project, with_carried);
    }
}

fn compare(
    audit: &Audit<'_>,
    sink: &mut Sink,
    target: &PerformanceTarget,
    project: &ProjectAmount,
    with_carried: Option<i64>,
) {
    let amounts: Vec<_> = [target.appropriation.as_ref(), target.total.as_ref()]
        .into_iter()
        .flatten()
        .collect();
    let Some(first) = amounts.first() else { return };
    let Some(cell) = audit.place_of(project.observation) else {
        return;
    };
    let agrees = amounts.iter().any(|amount| {
        same_amount(amount.money, project.money)
            || amount
                .money
                .fen()
                .is_some_and(|fen| Some(fen.0) == with_carried)
    });
    if agrees {
        sink.held([cell, &first.place]);
        return;
    }
    sink.checked(1);
    report(audit, sink, target, project, first, cell);
}

fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    target: &PerformanceTarget,
    project: &ProjectAmount,
    first: &FormAmount,
    cell: &Place,
) {
    let Some(fen) = first.money.fen() else { return };
    let difference = Fen(fen.0 - project.fen());
    let name = projects::name(audit.disclosure, project.node);
    let alias = if normalise::same_name(name, &target.project) {
        String::new()
    } else {
        format!("（绩效目标表中称“{}”）", target.project)
    };
    let table = cell.table.as_deref();
    let paragraph = audit
        .disclosure
        .projects
        .iter()
        .find(|p| normalise::same_name(&p.name, name));
    let amount_field =
        paragraph.and_then(|paragraph| paragraph.fields.iter().find(|field| field.key == "amount"));
    // Two that agree leave the third.
    let target_is_confirmed = paragraph
        .and_then(|paragraph| paragraph.money)
        .is_some_and(|money| same_amount(money, first.money));
    let mut likely = [(&first.place, first.money), (cell, project.money)];
    if target_is_confirmed {
        likely.reverse();
    }
    let [(place, printed), (other_place, other_printed)] = likely;
    let other_amounts = target
        .total
        .iter()
        .filter(|total| total.place != first.place);
    sink.broken(
        place,
        format!(
            "项目“{name}”{alias}绩效目标表为 {}，{}为 {}，相差 {}",
            first.money,
            table.map_or_else(|| "报表".to_owned(), |table| format!("《{table}》")),
            project.money,
            audit.money(difference.0.abs())
        ),
        format!(
            "the performance target of “{name}” says {}, the tables {}",
            first.money, project.money
        ),
    )
    .also(other_place)
    .also_all(amount_field.map(|field| &field.place))
    .also_all(other_amounts.map(|amount| &amount.place))
    .side("绩效目标表", first.money.to_string(), Some(fen))
    .side("报表", project.money.to_string(), project.money.fen())
    .difference(difference)
    .suspect(suspect(place, printed, other_printed))
    .suspect(suspect(other_place, other_printed, printed));
}

fn suspect(place: &Place, printed: PrintedMoney, implied: PrintedMoney) -> Suspect {
    Suspect {
        place: place.clone(),
        printed: printed.to_string(),
        implied: Some(implied.to_string()),
    }
}
