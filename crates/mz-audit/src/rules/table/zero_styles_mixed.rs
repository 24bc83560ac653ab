use std::collections::BTreeSet;

use mz_budget::{disclosure::Reading, finding::Severity, place::Place};

use super::cells;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static ZERO_STYLES_MIXED = {
        code: "MZ1108",
        name: "zero-styles-mixed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["TI-25"],
        page: "zero_styles_mixed.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut with_blank = BTreeSet::new();
    let mut with_zero: Vec<(usize, &Place)> = Vec::new();
    for (table, cell) in cells::cells(audit) {
        sink.checked(1);
        match &cell.reading {
            Reading::Blank => {
                with_blank.insert(table);
            }
            Reading::Value(money) if money.number.digits == 0 => {
                with_zero.push((table, &cell.place))
            }
            _ => {}
        }
    }
    let places: Vec<&Place> = with_zero
        .into_iter()
        .filter(|(table, _)| with_blank.contains(table))
        .map(|(_, place)| place)
        .collect();
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    sink.broken(
        first,
        format!(
            "同一张表里零有的印作“0.00”、有的留空，共 {} 处印作零",
            places.len()
        ),
        format!(
            "zero is printed in some cells and left blank in others, {} times",
            places.len()
        ),
    )
    .also_all(rest.iter().copied());
}
