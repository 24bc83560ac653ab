use mz_budget::{
    disclosure::{ClaimValue, Kind, Measure},
    finding::Severity,
};

use super::shape;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static CHANGES_NOT_DISCLOSED = {
        code: "MZ5010",
        name: "changes-not-disclosed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-14"],
        page: "changes_not_disclosed.md",
        check: check,
    };
}

/// A whole narrative with many amounts and not one comparison with last year.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let is_budget = matches!(disclosure.kind, Kind::UnitBudget | Kind::DepartmentBudget);
    let amounts: Vec<_> = disclosure
        .claims
        .iter()
        .filter(|c| c.measure == Measure::Amount && matches!(c.value, ClaimValue::Money(_)))
        .collect();
    if !is_budget || amounts.len() < 10 || !shape::is_whole(disclosure) {
        return;
    }
    sink.checked(1);
    let compared = disclosure
        .claims
        .iter()
        .any(|c| matches!(c.measure, Measure::Change | Measure::Growth));
    if let Some(first) = amounts.first().filter(|_| !compared) {
        sink.broken(
            &first.place,
            format!("说明部分有 {} 处金额，没有一处与上年比较", amounts.len()),
            format!(
                "the narrative gives {} amounts and compares none with last year",
                amounts.len()
            ),
        );
    }
}
