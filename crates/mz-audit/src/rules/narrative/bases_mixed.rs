use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Base, Claim, Measure, Subject},
    finding::Severity,
};

use crate::{Audit, Sink, candidates::printed, declare_rule};

declare_rule! {
    pub static BASES_MIXED = {
        code: "MZ4102",
        name: "bases-mixed",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-09"],
        page: "bases_mixed.md",
        check: check,
    };
}

/// One and the same money compared once with last year's budget and once with its execution, in one section, by
/// statements of which each knows one base only.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut seen: BTreeMap<(Option<&str>, Slice), Vec<&Claim>> = BTreeMap::new();
    for claim in &audit.disclosure.claims {
        let Subject::Slice(slice) = &claim.subject else {
            continue;
        };
        let states =
            claim.measure == Measure::Change && claim.stage == audit.disclosure.own_stage();
        if states && matches!(claim.base, Some(Base::PriorBudget | Base::PriorExecution)) {
            let section = claim.place.section.as_deref();
            seen.entry((section, *slice)).or_default().push(claim);
        }
    }
    for claims in seen.values().filter(|claims| claims.len() > 1) {
        sink.checked(1);
        let Some((first, rest)) = claims.split_first() else {
            continue;
        };
        let Some(other) = rest
            .iter()
            .find(|c| c.base != first.base && c.group != first.group)
        else {
            continue;
        };
        let both_in_one = |c: &Claim| {
            claims
                .iter()
                .any(|o| o.group == c.group && o.base != c.base)
        };
        if both_in_one(first) || both_in_one(other) {
            continue;
        }
        let base = |claim: &Claim| match claim.base {
            Some(Base::PriorExecution) => "上年预算执行数",
            _ => "上年预算数",
        };
        let name = audit.name(&first.subject);
        sink.broken(
            &first.place,
            format!(
                "{name}一处与{}相比（{}），一处与{}相比（{}），口径不一",
                base(first),
                printed(first),
                base(other),
                printed(other)
            ),
            format!("{name} is compared with two different bases in one section"),
        )
        .side(base(first), printed(first), None)
        .side(base(other), printed(other), None)
        .also_all(rest.iter().map(|claim| &claim.place));
    }
}
