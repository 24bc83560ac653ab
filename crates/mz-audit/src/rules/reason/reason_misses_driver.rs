use std::collections::BTreeSet;

use mz_budget::{
    dimension::{Dimension, NodeId, Slice, Tree},
    disclosure::Reason,
    finding::Severity,
};

use super::movers;
use crate::{
    Audit, Sink,
    audit::Moved,
    claim_groups::ClaimGroup,
    declare_rule,
    interval::{Interval, percent_of},
};

declare_rule! {
    pub static REASON_MISSES_DRIVER = {
        code: "MZ4012",
        name: "reason-misses-driver",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-12"],
        page: "reason_misses_driver.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        if group.change.is_none() {
            continue;
        }
        let Some(explained) = movers::slice_of(group) else {
            continue;
        };
        let Some(total) = audit
            .moved(explained)
            .filter(|moved| !moved.interval.may_be_zero())
        else {
            continue;
        };
        for reason in &group.reasons {
            one(audit, sink, group, explained, &total, reason);
        }
    }
}

fn one(
    audit: &Audit<'_>,
    sink: &mut Sink,
    group: &ClaimGroup<'_>,
    explained: Slice,
    total: &Moved<'_>,
    reason: &Reason,
) {
    let named = movers::movers(audit, explained, reason);
    // Something named that is not a part: the reason says more than can be weighed.
    if named.is_empty()
        || named
            .iter()
            .any(|mover| mover.slice.is_none_or(|slice| slice == explained))
    {
        return;
    }
    for dimension in [Dimension::Nature, Dimension::Fund, Dimension::Function] {
        let tree = audit.disclosure.dimensions.tree(dimension);
        let nodes: BTreeSet<NodeId> = named
            .iter()
            .filter_map(|m| m.slice)
            .map(|s| s.node(dimension))
            .collect();
        let only_here = named
            .iter()
            .filter_map(|m| m.slice)
            .all(|s| s.with(dimension, 0) == explained.with(dimension, 0));
        if !only_here || nodes.contains(&explained.node(dimension)) {
            continue;
        }
        let nodes = merged(tree, nodes);
        let moved: Option<Vec<Moved<'_>>> = nodes
            .iter()
            .map(|node| audit.moved(explained.with(dimension, *node)))
            .collect();
        let Some(moved) = moved else { continue };
        let sum = moved
            .iter()
            .fold(Interval::ZERO, |sum, part| sum.plus(part.interval));
        sink.checked(1);
        if explains_half(sum, total.interval) {
            continue;
        }
        let Some((driver, part)) = driver(audit, explained, dimension, &nodes, total) else {
            continue;
        };
        if hinted(&tree.node(driver).name, &reason.text) {
            continue;
        }
        let words: Vec<&str> = named.iter().map(|mover| mover.words.as_str()).collect();
        let percent = |i: Interval| share(i, total.interval);
        let (of, driver_name) = (group.words(), &tree.node(driver).name);
        sink.broken(
            &reason.place,
            format!(
                "{of}变动 {}，其中{driver_name}变动 {}（占 {}），原因只提到{}（合计变动 {}，占 {}）",
                audit.money(total.interval.middle()),
                audit.money(part.interval.middle()),
                percent(part.interval),
                words.join("、"),
                audit.money(sum.middle()),
                percent(sum)
            ),
            format!("the reason names {} but most of the change comes from {driver_name}", words.join(", ")),
        )
        .also_all(total.places.iter().copied())
        .also_all(part.places.iter().copied())
        .group(format!("driver {}", audit.cause_of(explained)));
        return;
    }
}

/// Nodes with a parent in place of all its children.
fn merged(tree: &Tree, mut nodes: BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    loop {
        let whole = nodes
            .iter()
            .map(|node| tree.node(*node).parent)
            .find(|parent| {
                let children = &tree.node(*parent).children;
                *parent != 0
                    && !children.is_empty()
                    && children.iter().all(|child| nodes.contains(child))
            });
        let Some(parent) = whole else { return nodes };
        for child in &tree.node(parent).children {
            nodes.remove(child);
        }
        nodes.insert(parent);
    }
}

fn explains_half(part: Interval, total: Interval) -> bool {
    let (part, total) = (i128::from(part.middle()), i128::from(total.middle()));
    2 * part * total.signum() >= total.abs()
}

/// The sibling that moved most, when it makes up at least half.
fn driver<'a>(
    audit: &Audit<'a>,
    explained: Slice,
    dimension: Dimension,
    named: &BTreeSet<NodeId>,
    total: &Moved<'_>,
) -> Option<(NodeId, Moved<'a>)> {
    let tree = audit.disclosure.dimensions.tree(dimension);
    let children = &tree.node(explained.node(dimension)).children;
    children
        .iter()
        .filter(|child| {
            !named
                .iter()
                .any(|n| tree.contains(**child, *n) || tree.contains(*n, **child))
        })
        .filter_map(|child| Some((*child, audit.moved(explained.with(dimension, *child))?)))
        .find(|(_, moved)| explains_half(moved.interval, total.interval))
}

/// Whether the reason speaks of the node in words the lexicon does not know.
fn hinted(name: &str, text: &str) -> bool {
    const GENERIC: [&str; 6] = ["支出", "经费", "预算", "收入", "资金", "费用"];
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    chars
        .windows(2)
        .map(|pair| pair.iter().collect::<String>())
        .any(|pair| !GENERIC.contains(&pair.as_str()) && text.contains(&pair))
}

fn share(part: Interval, total: Interval) -> String {
    let (part, total) = if total.middle() < 0 {
        (part.negated(), total.negated())
    } else {
        (part, total)
    };
    percent_of(part, total, 1)
        .map_or_else(|| "比重不明".to_owned(), |percent| format!("{percent}%"))
}
