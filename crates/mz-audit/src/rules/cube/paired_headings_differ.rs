use mz_budget::{
    dimension::{Coordinates, Dimension, Slice},
    finding::Severity,
    profile::Ask,
};

use super::pairs::{PAIRS, Pair};
use crate::{Audit, Sink, cubes::Known, declare_rule, interval::Interval};

declare_rule! {
    pub static PAIRED_HEADINGS_DIFFER = {
        code: "MZ1201",
        name: "paired-headings-differ",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["TX-18", "TX-19", "TX-20", "TX-21"],
        page: "paired_headings_differ.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_unasked(audit, Ask::PairedHeadings) {
        return;
    }
    let mut at = Coordinates::from([
        (Dimension::Fund, "general-public".to_owned()),
        (Dimension::Nature, "basic".to_owned()),
    ]);
    // Final accounts tell what was spent, not of which year's money.
    if !audit.disclosure.kind.is_final_accounts() {
        at.insert(Dimension::Vintage, "current".to_owned());
    }
    let Ok(scope) = audit.disclosure.dimensions.slice(&at) else {
        return;
    };
    for pair in &PAIRS.pair {
        compare(audit, sink, scope, pair);
    }
}

/// What is known of the headings together; `None` unless all that the document uses are known.
fn sum(audit: &Audit<'_>, scope: Slice, dimension: Dimension, codes: &[String]) -> Option<Known> {
    let tree = audit.disclosure.dimensions.tree(dimension);
    let mut total = Known {
        interval: Interval::ZERO,
        support: Vec::new(),
    };
    for node in codes.iter().filter_map(|code| tree.find(code)) {
        let known = audit.tables(audit.disclosure.own_stage(), scope.with(dimension, node))?;
        total.interval = total.interval.plus(known.interval);
        total.support.extend(known.support);
    }
    Some(total).filter(|total| total.interval.is_positive())
}

fn compare(audit: &Audit<'_>, sink: &mut Sink, scope: Slice, pair: &Pair) {
    let functions = sum(audit, scope, Dimension::Function, &pair.functions);
    let economics = sum(audit, scope, Dimension::Economic, &pair.economics);
    let (Some(functions), Some(economics)) = (functions, economics) else {
        return;
    };
    if functions.interval.meets(economics.interval) {
        sink.checked(1);
        return;
    }
    sink.checked(1);
    let difference = functions.interval.difference(economics.interval);
    let places: Vec<_> = functions
        .support
        .iter()
        .chain(&economics.support)
        .filter_map(|i| audit.place_of(*i))
        .collect();
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    let finding = sink
        .broken(
            first,
            format!(
                "{}：功能分类 {} 为 {}，经济分类 {} 为 {}，相差 {}",
                pair.name,
                pair.functions.join("、"),
                audit.money(functions.interval.middle()),
                pair.economics.join("、"),
                audit.money(economics.interval.middle()),
                audit.money(difference.0.abs())
            ),
            format!(
                "{} and {} should be one payment",
                pair.functions.join(", "),
                pair.economics.join(", ")
            ),
        )
        .difference(difference)
        .also_all(rest.iter().take(5).copied());
    if pair.severity == "query" {
        finding.severity(Severity::Query);
    }
}
