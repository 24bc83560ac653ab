use mz_budget::{
    finding::{Severity, Suspect},
    money::Fen,
};

use crate::{Audit, Sink, declare_rule, interval::Interval};

declare_rule! {
    pub static ALLOCATIONS_MISS_AMOUNT = {
        code: "MZ3010",
        name: "allocations-miss-amount",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TN-11"],
        page: "allocations_miss_amount.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for project in &audit.disclosure.projects {
        let Some(money) = project.money.filter(|_| !project.allocations.is_empty()) else {
            continue;
        };
        let Some(total) = Interval::of(money) else {
            continue;
        };
        let parts: Option<Vec<Interval>> = project
            .allocations
            .iter()
            .map(|part| Interval::of(part.money))
            .collect();
        let Some(parts) = parts else { continue };
        let sum = parts.iter().copied().fold(Interval::ZERO, Interval::plus);
        // 67.4 is 67.40 with its zero left out, so a coarse figure does not excuse a difference: each figure counts with the
        // slack of the amount. One figure beside the amount must be the amount.
        let tolerance = match project.allocations.len() as i64 {
            1 => total.slack(),
            n => (n + 1) * total.slack(),
        };
        let amount_place = project
            .fields
            .iter()
            .find(|field| field.key == "amount")
            .map_or(&project.place, |field| &field.place);
        if (sum.middle() - total.middle()).abs() <= tolerance {
            sink.held([amount_place]);
            continue;
        }
        sink.checked(1);
        let Some(first) = project.allocations.first() else {
            continue;
        };
        let difference = Fen(total.middle() - sum.middle());
        let listed: Vec<String> = project
            .allocations
            .iter()
            .map(|part| format!("{} {}", part.item, part.money))
            .collect();
        sink.broken(
            &first.place,
            format!(
                "项目“{}”资金分配合计 {}（{}），预算安排规模为 {money}，相差 {}",
                project.name,
                audit.money(sum.middle()),
                listed.join("，"),
                audit.money(difference.0.abs())
            ),
            format!(
                "the split of “{}” adds up to {}, its amount is {money}",
                project.name,
                audit.money(sum.middle())
            ),
        )
        .also(amount_place)
        .also_all(project.allocations.iter().skip(1).map(|part| &part.place))
        .side(
            "资金分配合计",
            audit.money(sum.middle()),
            Some(Fen(sum.middle())),
        )
        .side("预算安排规模", money.to_string(), money.fen())
        .difference(difference)
        .suspect(Suspect {
            place: first.place.clone(),
            printed: first.money.to_string(),
            implied: first
                .money
                .fen()
                .map(|fen| audit.money(fen.0 + difference.0)),
        });
    }
}
