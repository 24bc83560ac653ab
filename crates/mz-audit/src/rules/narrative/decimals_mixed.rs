use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{finding::Severity, money::PrintedMoney, place::Place};

use crate::{Audit, Sink, claim_groups, declare_rule};

declare_rule! {
    pub static DECIMALS_MIXED = {
        code: "MZ4019",
        name: "decimals-mixed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["NA-20"],
        page: "decimals_mixed.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let claims = disclosure
        .claims
        .iter()
        .filter_map(|c| Some((claim_groups::money(c)?, &c.place)));
    let allocated = disclosure
        .projects
        .iter()
        .flat_map(|p| &p.allocations)
        .map(|a| (a.money, &a.place));
    let mut figures: Vec<(PrintedMoney, &Place)> = claims
        .chain(allocated)
        // Zero is written “0 万元” by everybody, whatever the other amounts look like.
        .filter(|(money, _)| money.unit == audit.unit() && money.number.digits != 0)
        .collect();
    // A split of a project is read both as a claim and as a part of the project.
    let mut seen = BTreeSet::new();
    figures.retain(|(money, place)| {
        seen.insert((
            place.block,
            place.line,
            money.number.digits,
            money.number.decimals,
        ))
    });
    sink.checked(figures.len());
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for (money, _) in &figures {
        *counts.entry(money.number.decimals).or_default() += 1;
    }
    let Some((usual, _)) = counts.iter().max_by_key(|(_, n)| **n) else {
        return;
    };
    let odd: Vec<&(PrintedMoney, &Place)> = figures
        .iter()
        .filter(|(money, _)| money.number.decimals != *usual)
        .collect();
    let Some(((example, first), rest)) = odd.split_first() else {
        return;
    };
    sink.broken(
        first,
        format!(
            "文中金额多保留 {usual} 位小数，{} 处位数不同，如“{example}”",
            odd.len()
        ),
        format!(
            "{} amounts, such as {example}, are not printed with {usual} decimals as the others are",
            odd.len()
        ),
    )
    .also_all(rest.iter().map(|(_, place)| *place));
}
