use mz_budget::{
    dimension::Dimension,
    disclosure::{Claim, Disclosure, Origin, Reading, Stage},
    finding::Severity,
    money::{Decimal, PrintedMoney},
    place::Place,
};

use crate::{Audit, Sink, declare_rule, rules::procurement::facts};

declare_rule! {
    pub static COUNT_CONTRADICTS_OUTLAY = {
        code: "MZ7041",
        name: "count-contradicts-outlay",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &[],
        page: "count_contradicts_outlay.md",
        check: check,
    };
}

/// Economic class, and the count that goes with its money. Vehicles may be kept for nothing, so the last is asked one way
/// only.
const PAIRS: [(&str, &str, bool); 5] = [
    ("30212", "overseas.groups", true),
    ("30212", "overseas.persons", true),
    ("vehicle-purchase", "vehicles.purchased", true),
    ("30217", "reception.batches", true),
    ("30231", "vehicles.kept", false),
];

/// Counts of persons are never below those of groups and batches.
const PERSONS: [(&str, &str); 2] = [
    ("overseas.groups", "overseas.persons"),
    ("reception.batches", "reception.persons"),
];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    if !disclosure.kind.is_final_accounts() {
        return;
    }
    for (economic, key, both_ways) in PAIRS {
        let outlay = outlay(disclosure, economic);
        let (Some((money, place)), Some((claim, count))) = (outlay, facts::count(disclosure, key))
        else {
            continue;
        };
        sink.checked(1);
        let (spent, counted) = (money.number.digits > 0, count.digits > 0);
        if spent != counted && (spent || both_ways) {
            contradiction(audit, sink, (money, place), claim);
        }
    }
    for (groups, persons) in PERSONS {
        let (Some((one, n_groups)), Some((other, n_persons))) = (
            facts::count(disclosure, groups),
            facts::count(disclosure, persons),
        ) else {
            continue;
        };
        sink.checked(1);
        if facts::compare(n_persons, n_groups).is_some_and(std::cmp::Ordering::is_lt) {
            fewer_persons(audit, sink, one, other);
        }
    }
    average(audit, sink);
}

fn contradiction(
    audit: &Audit<'_>,
    sink: &mut Sink,
    (money, place): (PrintedMoney, &Place),
    claim: &Claim,
) {
    let (name, count) = (audit.name(&claim.subject), facts::printed(claim));
    let words = if money.number.digits > 0 {
        format!("支出 {money}，而{name}为 {count}")
    } else {
        format!("没有支出，而{name}为 {count}")
    };
    let row = place.row.as_deref().or(place.column.as_deref());
    let what = row.unwrap_or("该项经费");
    sink.broken(
        &claim.place,
        format!("{what}{words}"),
        format!("{count} counted, {money} spent"),
    )
    .also(place);
}

fn fewer_persons(audit: &Audit<'_>, sink: &mut Sink, groups: &Claim, persons: &Claim) {
    let (a, b) = (facts::printed(groups), facts::printed(persons));
    sink.broken(
        &persons.place,
        format!(
            "{} {b}，少于{} {a}",
            audit.name(&persons.subject),
            audit.name(&groups.subject)
        ),
        format!("fewer persons ({b}) than groups ({a})"),
    )
    .also(&groups.place);
}

/// The cost of one vehicle times the vehicles is the cost of all.
fn average(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let (Some((money, place)), Some((kept, count)), Some((claim, average))) = (
        outlay(disclosure, "30231"),
        facts::count(disclosure, "vehicles.kept"),
        facts::money(disclosure, "vehicles.average"),
    ) else {
        return;
    };
    let slack = match &claim.value {
        mz_budget::disclosure::ClaimValue::Money(money) => money.slack_fen(),
        _ => 0,
    };
    let (Some(total), Some(n)) = (money.fen(), whole(count)) else {
        return;
    };
    sink.checked(1);
    let product = average.0.saturating_mul(n);
    let allowed = slack.saturating_mul(n).saturating_add(money.slack_fen());
    if (product - total.0).abs() > allowed {
        let said = facts::printed(claim);
        sink.broken(
            &claim.place,
            format!(
                "平均每辆 {said} × {} = {}，与运行维护费 {money} 不符",
                facts::printed(kept),
                audit.money(product)
            ),
            format!("{said} a vehicle does not give {money} in all"),
        )
        .also(&kept.place)
        .also(place)
        .severity(Severity::Warning);
    }
}

fn whole(count: Decimal) -> Option<i64> {
    (count.decimals == 0).then_some(count.digits)
}

/// What was spent on an economic class as the table of the three public expenses, or else a sentence, prints it.
fn outlay<'d>(disclosure: &'d Disclosure, economic: &str) -> Option<(PrintedMoney, &'d Place)> {
    let node = disclosure
        .dimensions
        .tree(Dimension::Economic)
        .find(economic)?;
    let mut found = None;
    for one in &disclosure.observations {
        let Reading::Value(money) = one.reading else {
            continue;
        };
        let is_it = one.stage == Stage::Final
            && one.slice.node(Dimension::Economic) == node
            && one.slice.node(Dimension::Function) == 0;
        let is_total = match one.origin {
            Origin::Cell { table, .. } => disclosure
                .tables
                .get(table)
                .is_some_and(|table| table.id.starts_with("three-public")),
            Origin::Claim(_) => true,
            Origin::AbsentRow { .. } => false,
        };
        if is_it && is_total {
            if matches!(one.origin, Origin::Cell { .. }) {
                return Some((money, &one.place));
            }
            found.get_or_insert((money, &one.place));
        }
    }
    found
}
