use std::cmp::Ordering;

use mz_budget::{disclosure::Operator, finding::Severity, money::Decimal};

use super::forms;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static COSTS_EXCEED_AMOUNT = {
        code: "MZ6008",
        name: "costs-exceed-amount",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-13"],
        page: "costs_exceed_amount.md",
        check: check,
    };
}

/// Cost indicators in the table's own unit add up to more than the project has. Less is common: not all costs need an
/// indicator.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        let Some(total) = target.total.as_ref().or(target.appropriation.as_ref()) else {
            continue;
        };
        let unit = total.money.unit.name();
        let costs: Vec<_> = forms::at_level(target, "成本").collect();
        let amounts: Option<Vec<Decimal>> = costs
            .iter()
            .map(|cost| {
                let bounded = matches!(
                    cost.value.operator,
                    Some(Operator::AtMost | Operator::Equal | Operator::Less)
                );
                cost.value
                    .number
                    .filter(|_| bounded && cost.value.unit == unit)
            })
            .collect();
        // A total among them would count everything twice; a table without money says nothing about its costs.
        let has_total = costs
            .iter()
            .any(|cost| cost.name.contains('总') || cost.name.contains("合计"));
        if has_total || total.money.number.digits <= 0 {
            continue;
        }
        let Some(sum) = amounts.and_then(|all| forms::sum(tops(&all))) else {
            continue;
        };
        sink.checked(1);
        if forms::compare(sum, total.money.number) == Some(Ordering::Greater) {
            sink.broken(
                &total.place,
                format!(
                    "“{}”的成本指标合计 {sum} {unit}，超过项目资金 {}",
                    target.project, total.money
                ),
                format!(
                    "the cost indicators of “{}” add up to {sum} {unit}, the project has {}",
                    target.project, total.money
                ),
            )
            .side("成本指标合计", format!("{sum} {unit}"), None)
            .side("年度预算总额", total.money.to_string(), total.money.fen())
            .also_all(costs.iter().map(|cost| &cost.place));
        }
    }
}

/// The costs that are no parts of another: one that equals the sum of two or more right behind it is their subtotal.
fn tops(costs: &[Decimal]) -> Vec<Decimal> {
    let mut tops = Vec::new();
    let mut rest = costs;
    while let Some((first, after)) = rest.split_first() {
        let is_sum = |n: &usize| {
            let parts = after.get(..*n).unwrap_or(&[]).iter().copied();
            forms::sum(parts).and_then(|sum| forms::compare(sum, *first)) == Some(Ordering::Equal)
        };
        let n_parts = (2..=after.len()).find(is_sum).unwrap_or(0);
        tops.push(*first);
        rest = after.get(n_parts..).unwrap_or(&[]);
    }
    tops
}
