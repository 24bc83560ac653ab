use mz_budget::{
    disclosure::{Claim, Measure, Observation, Origin, Reading, Subject},
    finding::{Severity, Suspect},
    money::PrintedMoney,
};

use crate::{
    Audit, Sink, claim_groups,
    cubes::{Known, observed},
    declare_rule,
    interval::{Interval, same_amount},
};

declare_rule! {
    pub static AMOUNT_CONTRADICTS_TABLES = {
        code: "MZ3001",
        name: "amount-contradicts-tables",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &[
            "TN-01", "TN-02", "TN-03", "TN-04", "TN-05", "TN-06", "TN-07", "TN-08", "TN-10", "TN-13", "TN-14", "TN-15",
            "TN-23", "TN-24", "TX-30",
        ],
        page: "amount_contradicts_tables.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for claim in &audit.disclosure.claims {
        if claim.measure != Measure::Amount {
            continue;
        }
        let (Some(money), Subject::Slice(slice)) = (claim_groups::money(claim), &claim.subject)
        else {
            continue;
        };
        let printed = audit.cubes().printed(claim.stage, *slice);
        let same = printed
            .iter()
            .filter_map(|i| observed(audit.disclosure, *i))
            .any(|p| same_amount(money, p));
        if same {
            sink.held([&claim.place]);
            continue;
        }
        // A cell in doubt that says the same is the tables' own contradiction.
        let repeats = |o: &Observation| {
            matches!(o.origin, Origin::Cell { .. })
                && (o.stage, o.slice) == (claim.stage, *slice)
                && matches!(o.reading, Reading::Value(cell) if same_amount(money, cell))
        };
        if audit.disclosure.observations.iter().any(repeats) {
            continue;
        }
        let Some(known) = audit.tables(claim.stage, *slice) else {
            continue;
        };
        let meets = Interval::of(money).is_some_and(|claimed| claimed.meets(known.interval));
        if meets && printed.is_empty() {
            sink.held([&claim.place]);
            continue;
        }
        sink.checked(1);
        report(audit, sink, claim, money, &known, printed);
    }
}

fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    claim: &Claim,
    money: PrintedMoney,
    known: &Known,
    printed: &[usize],
) {
    let name = audit.name(&claim.subject);
    let cells: Vec<_> = printed.iter().filter_map(|i| audit.place_of(*i)).collect();
    let in_table = printed.first().and_then(|i| observed(audit.disclosure, *i));
    let (shown, fen) = match in_table {
        Some(figure) => (figure.to_string(), figure.fen().unwrap_or_default()),
        None => (
            audit.money(known.interval.middle()),
            mz_budget::money::Fen(known.interval.middle()),
        ),
    };
    let Some(claimed) = money.fen() else { return };
    let difference = mz_budget::money::Fen(claimed.0 - fen.0);
    let source = cells
        .first()
        .and_then(|place| place.table.as_deref())
        .map_or_else(|| "由报表推算".to_owned(), |table| format!("《{table}》中"));
    let words = if claim.words.is_empty() {
        &name
    } else {
        &claim.words
    };
    let mut finding = sink
        .broken(
            &claim.place,
            format!(
                "文字称{words} {money}，{source}为 {shown}（{name}），相差 {}",
                audit.money_beside(difference.0.abs(), money)
            ),
            format!(
                "the narrative gives {words} as {money}, the tables as {shown}; they differ by {}",
                audit.money_beside(difference.0.abs(), money)
            ),
        )
        .side("文字", money.to_string(), Some(claimed))
        .side("报表", shown.clone(), Some(fen))
        .difference(difference)
        .also_all(cells.iter().copied())
        .suspect(Suspect {
            place: claim.place.clone(),
            printed: money.to_string(),
            implied: Some(shown.clone()),
        });
    if cells.is_empty() {
        let support: Vec<_> = known
            .support
            .iter()
            .filter_map(|i| audit.place_of(*i))
            .collect();
        finding = if support.len() <= 4 {
            finding.also_all(support)
        } else {
            support
                .into_iter()
                .fold(finding, |finding, place| finding.rests_on(place))
        };
    }
    if let ([cell], true) = (cells.as_slice(), printed.len() == 1) {
        finding.suspect(Suspect {
            place: (*cell).clone(),
            printed: shown,
            implied: Some(money.to_string()),
        });
    }
}
