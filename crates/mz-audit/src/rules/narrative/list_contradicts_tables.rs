use std::collections::BTreeSet;

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{ListKind, NameList, Origin, Reading},
    finding::Severity,
    place::Place,
};

use crate::{Audit, Sink, cubes::observed, declare_rule, phrases};

declare_rule! {
    pub static LIST_CONTRADICTS_TABLES = {
        code: "MZ3004",
        name: "list-contradicts-tables",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TN-09", "TN-17"],
        page: "list_contradicts_tables.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for list in &audit.disclosure.lists {
        let dimension = match list.kind {
            ListKind::IncomeSources => Dimension::Fund,
            ListKind::FunctionCategories => Dimension::Function,
            ListKind::EconomicItems => Dimension::Economic,
            ListKind::Offices | ListKind::Bodies => continue,
        };
        let rows = rows(audit, list, dimension);
        if rows.is_empty() {
            continue;
        }
        let listed: Vec<(Option<Slice>, &String, &Place)> = list
            .names
            .iter()
            .map(|(name, place)| (slice_of(audit, list, name), name, place))
            .collect();
        listed_but_zero(audit, sink, list, dimension, &listed);
        // A name that was not understood may be any of the rows.
        if !list.open && listed.iter().all(|(slice, _, _)| slice.is_some()) {
            missing(audit, sink, list, &rows, &listed);
        }
    }
}

/// The rows of the tables the list must cover: amounts above zero that no other amount divides further (sources), or
/// the headings of the level the list is about.
fn rows(audit: &Audit<'_>, list: &NameList, dimension: Dimension) -> Vec<(Slice, usize)> {
    let tree = audit.disclosure.dimensions.tree(dimension);
    let positive = |slice: Slice| {
        let cell = *audit
            .cubes()
            .printed(audit.disclosure.own_stage(), slice)
            .first()?;
        observed(audit.disclosure, cell)
            .filter(|money| money.number.digits > 0)
            .map(|_| (slice, cell))
    };
    let depth = |mut node: u16| {
        let mut depth = 0;
        while node != 0 {
            depth += 1;
            node = tree.node(node).parent;
        }
        depth
    };
    let nodes = (1..tree.nodes.len()).filter_map(|id| u16::try_from(id).ok());
    match list.kind {
        ListKind::IncomeSources => {
            let vintages = audit
                .disclosure
                .dimensions
                .tree(Dimension::Vintage)
                .nodes
                .len();
            let all: Vec<(Slice, usize)> = nodes
                .flat_map(|fund| {
                    (1..vintages).filter_map(move |v| Some((fund, u16::try_from(v).ok()?)))
                })
                .map(|(fund, vintage)| {
                    list.scope
                        .with(dimension, fund)
                        .with(Dimension::Vintage, vintage)
                })
                .filter(|slice| contains(audit, list.scope, *slice))
                .filter_map(positive)
                .collect();
            let divided = |slice: Slice| {
                all.iter()
                    .any(|(other, _)| *other != slice && contains(audit, slice, *other))
            };
            all.iter()
                .filter(|(slice, _)| !divided(*slice))
                .copied()
                .collect()
        }
        ListKind::EconomicItems => nodes
            .filter(|node| tree.node(*node).overlay.is_empty() && depth(*node) == 2)
            .filter_map(|node| positive(list.scope.with(dimension, node)))
            .collect(),
        _ => nodes
            .filter(|node| depth(*node) == 1)
            .filter_map(|node| positive(list.scope.with(dimension, node)))
            .collect(),
    }
}

fn contains(audit: &Audit<'_>, outer: Slice, inner: Slice) -> bool {
    Dimension::ALL.iter().all(|d| {
        audit
            .disclosure
            .dimensions
            .tree(*d)
            .contains(outer.node(*d), inner.node(*d))
    })
}

/// The slice a listed name stands for.
fn slice_of(audit: &Audit<'_>, list: &NameList, name: &str) -> Option<Slice> {
    let section = phrases::section_id(audit.disclosure, &list.place);
    let at = audit.phrases.exactly(name, section)?;
    let slice = phrases::inside(audit.disclosure, list.scope, &at)?;
    // A source of income is this year's unless it says that it was carried over.
    let current = audit
        .disclosure
        .dimensions
        .tree(Dimension::Vintage)
        .find("current");
    Some(match current {
        Some(current)
            if list.kind == ListKind::IncomeSources && slice.node(Dimension::Vintage) == 0 =>
        {
            slice.with(Dimension::Vintage, current)
        }
        _ => slice,
    })
}

fn listed_but_zero(
    audit: &Audit<'_>,
    sink: &mut Sink,
    list: &NameList,
    dimension: Dimension,
    listed: &[(Option<Slice>, &String, &Place)],
) {
    let mut named: Vec<(&String, &Place)> = Vec::new();
    for (slice, name, place) in listed {
        let nothing = match slice {
            Some(slice) => {
                sink.checked(1);
                if is_blank(audit, *slice) {
                    named.push((name, place));
                    continue;
                }
                // Asking the engine is only needed where no cell prints the amount.
                audit
                    .cubes()
                    .printed(audit.disclosure.own_stage(), *slice)
                    .is_empty()
                    && audit
                        .tables(audit.disclosure.own_stage(), *slice)
                        .is_some_and(|known| {
                            known.interval.middle() == 0
                                && known.interval.slack() < audit.unit_slack()
                        })
                    || audit
                        .cubes()
                        .printed(audit.disclosure.own_stage(), *slice)
                        .iter()
                        .any(|cell| {
                            observed(audit.disclosure, *cell)
                                .is_some_and(|money| money.number.digits == 0)
                        })
            }
            // A heading of the classification that no table of this document uses.
            None => list.kind == ListKind::EconomicItems && is_heading(audit, name),
        };
        if nothing {
            sink.checked(1);
            named.push((name, place));
        }
    }
    report_listed(audit, sink, list, dimension, &named);
}

/// Cells of the tables stand for the slice, and all of them are empty.
fn is_blank(audit: &Audit<'_>, slice: Slice) -> bool {
    let own = audit.disclosure.own_stage();
    let mut cells =
        audit.disclosure.observations.iter().filter(|o| {
            o.slice == slice && o.stage == own && matches!(o.origin, Origin::Cell { .. })
        });
    let first = cells.next();
    first.is_some_and(|cell| cell.reading == Reading::Blank)
        && cells.all(|cell| cell.reading == Reading::Blank)
}

/// A list that names this many items without money was copied from a form and never meant as one of this document.
const COPIED: usize = 5;

/// One list is one finding, however many of its names have no money.
fn report_listed(
    audit: &Audit<'_>,
    sink: &mut Sink,
    list: &NameList,
    dimension: Dimension,
    named: &[(&String, &Place)],
) {
    let Some(((_, first), others)) = named.split_first() else {
        return;
    };
    let scope = audit.disclosure.dimensions.name(list.scope);
    let what = if dimension == Dimension::Fund {
        "来源"
    } else {
        "科目"
    };
    let names: String = named.iter().map(|(name, _)| format!("“{name}”")).collect();
    let is_copied = named.len() >= COPIED;
    let hint = if is_copied {
        "，像是照抄表样的全部科目"
    } else {
        ""
    };
    let finding = sink
        .broken(
            first,
            format!("文字列举了{names}，报表中{scope}没有这项{what}的金额{hint}"),
            format!("{names} listed, but the tables show no money for it"),
        )
        .also_all(others.iter().map(|(_, place)| *place))
        .also(&list.place);
    if is_copied {
        finding.severity(Severity::Query);
    }
}

fn is_heading(audit: &Audit<'_>, name: &str) -> bool {
    let Some(year) = audit.disclosure.year else {
        return false;
    };
    audit
        .library
        .catalogue(year)
        .economic_named(name)
        .next()
        .is_some()
}

fn missing(
    audit: &Audit<'_>,
    sink: &mut Sink,
    list: &NameList,
    rows: &[(Slice, usize)],
    listed: &[(Option<Slice>, &String, &Place)],
) {
    let mut reported: BTreeSet<Slice> = BTreeSet::new();
    for (row, cell) in rows {
        let covered = listed
            .iter()
            .filter_map(|(slice, _, _)| *slice)
            .any(|slice| contains(audit, slice, *row));
        sink.checked(1);
        if covered || !reported.insert(*row) {
            continue;
        }
        let Some(money) = observed(audit.disclosure, *cell) else {
            continue;
        };
        let place = audit.place_of(*cell);
        let name = place
            .and_then(|place| place.row.clone())
            .unwrap_or_else(|| audit.disclosure.dimensions.name(*row));
        let finding = sink
            .broken(
                &list.place,
                format!("文字的列举中没有“{name}”，报表中该项为 {money}"),
                format!("“{name}” is not listed, but the tables show {money} for it"),
            )
            .also_all(place);
        if list.kind == ListKind::IncomeSources {
            finding.severity(Severity::Warning);
        }
    }
}
