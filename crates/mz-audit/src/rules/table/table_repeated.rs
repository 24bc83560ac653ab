use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Disclosure, Origin, Reading, Stage, TableReading},
    finding::Severity,
    money::PrintedMoney,
    normalise,
    place::Place,
};

use crate::{Audit, Sink, declare_rule, interval::same_amount, wording};

declare_rule! {
    pub static TABLE_REPEATED = {
        code: "MZ1109",
        name: "table-repeated",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "table_repeated.md",
        check: check,
    };
}

/// Figures of a table: amount and place by stage and slice.
type Figures<'d> = BTreeMap<(Stage, Slice), (PrintedMoney, &'d Place)>;

/// A table that stands twice, of the same body and with the same columns. Books of a department print one for each unit;
/// those name different units.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let tables = &disclosure.tables;
    for (i, second) in tables.iter().enumerate() {
        sink.checked(1);
        let earlier = tables.get(..i).unwrap_or_default();
        let Some((j, first)) = earlier
            .iter()
            .enumerate()
            .find(|(_, first)| is_same(first, second))
        else {
            continue;
        };
        repeated(
            sink,
            (first, second),
            [j, i].map(|table| figures(disclosure, table)),
        );
    }
}

fn is_same(a: &TableReading, b: &TableReading) -> bool {
    let name = |text: &Option<String>| text.as_deref().map(normalise::name);
    let labels = |table: &TableReading| -> Vec<String> {
        let columns = table.columns.iter();
        columns.map(|(_, label)| normalise::name(label)).collect()
    };
    a.id == b.id
        && normalise::name(&a.title) == normalise::name(&b.title)
        && name(&a.prepared_by) == name(&b.prepared_by)
        && !a.columns.is_empty()
        && labels(a) == labels(b)
}

fn figures(disclosure: &Disclosure, wanted: usize) -> Figures<'_> {
    let mut figures = BTreeMap::new();
    for one in &disclosure.observations {
        if let (Origin::Cell { table, .. }, Reading::Value(money)) = (one.origin, &one.reading)
            && table == wanted
        {
            figures.insert((one.stage, one.slice), (*money, &one.place));
        }
    }
    figures
}

fn repeated(
    sink: &mut Sink,
    (first, second): (&TableReading, &TableReading),
    [before, after]: [Figures<'_>; 2],
) {
    // Two blank tables, and tables with nothing in common (one continues the other), are no repetition.
    let shared = before.keys().filter(|key| after.contains_key(*key)).count();
    if shared == 0 || 2 * shared < before.len().min(after.len()) {
        return;
    }
    let unlike: Vec<_> = after
        .iter()
        .filter_map(|(key, (money, place))| {
            let (other, at) = before.get(key)?;
            (!same_amount(*money, *other)).then_some((money, *place, other, *at))
        })
        .collect();
    let title = &second.title;
    let place = wording::quoting(&second.place, title);
    let Some((money, at, other, first_at)) = unlike.first() else {
        sink.broken(
            &place,
            format!("“{title}”印了两次，数相同"),
            format!("“{title}” is printed twice with the same figures"),
        )
        .also(&wording::quoting(&first.place, &first.title))
        .severity(Severity::Info);
        return;
    };
    let n = unlike.len();
    sink.broken(
        &place,
        format!("“{title}”印了两次，有 {n} 处数不同，如 {other} 与 {money}"),
        format!("“{title}” is printed twice; {n} figures differ, such as {other} and {money}"),
    )
    .also(&wording::quoting(&first.place, &first.title))
    .also(first_at)
    .also(at)
    .advice("只留一张，核对以哪一张为准");
}
