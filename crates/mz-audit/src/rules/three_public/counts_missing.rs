use mz_budget::{
    dimension::Dimension,
    disclosure::{Origin, Reading, Stage, Subject, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static COUNTS_MISSING = {
        code: "MZ7042",
        name: "counts-missing",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["SG-05", "SG-06", "SG-07"],
        page: "counts_missing.md",
        check: check,
    };
}

/// Economic class, facts one of which must be said, words that say it in another way, and the Chinese name of the counts.
const WANTED: [(&str, &[&str], &[&str], &str); 3] = [
    (
        "30212",
        &["overseas.groups", "overseas.persons"],
        &["团组", "人次"],
        "团组数和人次",
    ),
    (
        "30231",
        &["vehicles.kept"],
        &["保有", "辆"],
        "公务用车保有量",
    ),
    (
        "30217",
        &["reception.batches", "reception.persons"],
        &["批次", "人次", "来宾"],
        "接待批次和人次",
    ),
];

/// Money was spent, and neither a table nor a sentence says for how many.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let speaks = || {
        let mut texts = wording::texts(disclosure, &[TextKind::Body]);
        texts.any(|text| text.text.contains("三公"))
    };
    if !disclosure.kind.is_final_accounts() || !speaks() {
        return;
    }
    let tree = disclosure.dimensions.tree(Dimension::Economic);
    for (economic, keys, words, counts) in WANTED {
        let Some(node) = tree.find(economic) else {
            continue;
        };
        let spent = disclosure.observations.iter().find_map(|one| {
            let in_table = match one.origin {
                Origin::Cell { table, .. } => disclosure
                    .tables
                    .get(table)
                    .is_some_and(|table| table.id.starts_with("three-public")),
                _ => false,
            };
            let is_it = in_table
                && one.stage == Stage::Final
                && one.slice.node(Dimension::Economic) == node;
            match one.reading {
                Reading::Value(money) if is_it && money.number.digits > 0 => {
                    Some((money, &one.place))
                }
                _ => None,
            }
        });
        let Some((money, place)) = spent else {
            continue;
        };
        sink.checked(1);
        let is_known = disclosure.claims.iter().any(
            |claim| matches!(&claim.subject, Subject::Fact(key) if keys.contains(&key.as_str())),
        );
        let is_said = || {
            let kinds = [TextKind::Body, TextKind::Cell, TextKind::Caption];
            let mut texts = wording::texts(disclosure, &kinds);
            texts.any(|text| words.iter().any(|word| text.text.contains(word)))
        };
        if !is_known && !is_said() {
            sink.broken(
                place,
                format!("支出 {money}，没有写明{counts}"),
                format!("{money} were spent, and it is not said for how many"),
            );
        }
    }
}
