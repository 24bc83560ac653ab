use std::collections::BTreeSet;

use mz_budget::{
    dimension::Dimension,
    disclosure::{Claim, Stage, Subject, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, candidates::printed, claim_groups, declare_rule, wording};

declare_rule! {
    pub static OUTTURN_UNEXPLAINED = {
        code: "MZ4402",
        name: "outturn-unexplained",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["FA-03"],
        page: "outturn_unexplained.md",
        check: check,
    };
}

/// An item, its budget and its outturn, which differ.
struct Item<'a> {
    budget: &'a Claim,
    outturn: &'a Claim,
    is_explained: bool,
}

/// Items whose outturn is not their budget give a reason where the others of the document do.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let items = items(audit);
    let n_explained = items.iter().filter(|item| item.is_explained).count();
    // Where most give none, the document explains elsewhere, or not by item.
    if n_explained * 2 < items.len() {
        return;
    }
    sink.checked(items.len());
    for item in items.iter().filter(|item| !item.is_explained) {
        let (budget, outturn) = (printed(item.budget), printed(item.outturn));
        let words = &item.budget.words;
        sink.broken(
            &item.outturn.place,
            format!("{words}预算为 {budget}，决算为 {outturn}，没有说明差异的原因"),
            format!("{words}: {budget} budgeted, {outturn} spent, and no reason is given"),
        )
        .also(&item.budget.place);
    }
}

fn items<'a>(audit: &'a Audit<'_>) -> Vec<Item<'a>> {
    let explained: BTreeSet<usize> = wording::texts(audit.disclosure, &[TextKind::Body])
        .filter(|text| text.text.contains("原因") || text.text.contains("主要是"))
        .map(|text| text.place.block)
        .collect();
    let tree = audit.disclosure.dimensions.tree(Dimension::Function);
    // 7 digits: an item of the functional classification.
    let is_item = |subject: &Subject| match subject {
        Subject::Slice(slice) => {
            let node = slice.node(Dimension::Function);
            tree.node(node).key.len() == 7
        }
        Subject::Fact(_) => false,
    };
    let mut items = Vec::new();
    for group in audit.groups.iter().filter(|group| is_item(group.subject)) {
        let Some(outturn) = group.amount.filter(|_| group.stage == Stage::Final) else {
            continue;
        };
        let budget = audit.groups.iter().find_map(|other| {
            let is_its = other.group == group.group
                && other.subject == group.subject
                && matches!(other.stage, Stage::Budget | Stage::Adjusted);
            other.amount.filter(|_| is_its)
        });
        let Some(budget) = budget else { continue };
        let (Some(a), Some(b)) = (
            claim_groups::interval(budget),
            claim_groups::interval(outturn),
        ) else {
            continue;
        };
        if !a.meets(b) {
            items.push(Item {
                budget,
                outturn,
                is_explained: !group.reasons.is_empty() || explained.contains(&outturn.place.block),
            });
        }
    }
    items
}
