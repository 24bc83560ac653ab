//! Lines of the obligations ledger that no rule writes: what the cubes compared, what was not read, and what needs more
//! than this document.

use mz_budget::{
    disclosure::{Disclosure, Reading, Stage},
    finding::{Obligation, ObligationStatus},
};

use crate::{
    Audit,
    against::{Companion, Relation},
};

/// Checks that need something a single disclosure never holds: id, Chinese name, English name, what is missing.
const NEEDS_MORE: [(&str, &str, &str, &str); 7] = [
    (
        "needs-initial-budget",
        "年初预算数与同年预算公开核对",
        "initial budget of final accounts against the published budget",
        "需要同年的预算公开文件",
    ),
    (
        "needs-prior-document",
        "上年数与上年公开文件核对",
        "last year's figures against last year's document",
        "需要上年的公开文件",
    ),
    (
        "needs-publication-date",
        "批复后二十日内公开",
        "publication within 20 days of approval",
        "文中没有批复日期和公开日期",
    ),
    (
        "needs-unit-documents",
        "部门汇总与所属单位核对",
        "department against its units",
        "需要主管部门和所属单位的公开文件",
    ),
    (
        "needs-final-accounts",
        "结转与上年决算核对",
        "carry-over against last year's final accounts",
        "需要上年决算公开文件",
    ),
    (
        "needs-law-text",
        "文件依据是否有效",
        "whether cited documents are in force",
        "需要所引用文件的原文",
    ),
    (
        "needs-platform",
        "与预算管理一体化系统核对",
        "against the budget management platform",
        "需要系统内的批复数据",
    ),
];

/// The lines.
pub fn lines(audit: &Audit<'_>) -> Vec<Obligation> {
    let mut lines = vec![
        identities(audit),
        last_year(audit),
        claims(audit.disclosure),
        cells(audit.disclosure),
    ];
    let applies =
        |id: &str| id != "needs-initial-budget" || audit.disclosure.kind.is_final_accounts();
    let more = NEEDS_MORE.into_iter().filter(|(id, ..)| applies(id));
    lines.extend(more.map(|(id, name, name_en, reason)| {
        let beside = companions(audit, id);
        line(id, name, name_en, beside.len(), reason, beside.join("；"))
    }));
    lines.extend(audit.companions.iter().filter_map(unrelated));
    lines
}

/// The other documents that make a check possible which one document alone does not.
fn companions(audit: &Audit<'_>, id: &str) -> Vec<String> {
    let wanted: &[Relation] = match id {
        "needs-prior-document" => &[Relation::LastYear],
        "needs-unit-documents" => &[Relation::Unit, Relation::Department],
        "needs-initial-budget" => &[Relation::Budget],
        _ => &[],
    };
    audit
        .companions
        .iter()
        .filter(|other| wanted.contains(&other.relation))
        .map(|other| format!("已对照 {}（{}）", other.file, other.relation.name()))
        .collect()
}

/// A document that was given and not compared, and why.
fn unrelated(other: &Companion<'_>) -> Option<Obligation> {
    let Relation::Unrelated(why) = &other.relation else {
        return None;
    };
    Some(Obligation {
        id: "against".into(),
        name: format!("与 {} 对照", other.file),
        name_en: format!("against {}", other.file),
        status: ObligationStatus::NotEnoughData,
        n_checked: 0,
        reason: format!("未对照：{why}"),
    })
}

fn line(
    id: &str,
    name: &str,
    name_en: &str,
    n_checked: usize,
    without: &str,
    reason: String,
) -> Obligation {
    let nothing = n_checked == 0;
    Obligation {
        id: id.into(),
        name: name.into(),
        name_en: name_en.into(),
        status: if nothing {
            ObligationStatus::NotEnoughData
        } else {
            ObligationStatus::Done
        },
        n_checked,
        reason: if nothing && reason.is_empty() {
            without.into()
        } else {
            reason
        },
    }
}

fn identities(audit: &Audit<'_>) -> Obligation {
    let n = audit
        .cubes()
        .stages()
        .map(|(_, solved)| solved.counts().0)
        .sum();
    let truncated = audit
        .cubes()
        .stages()
        .any(|(_, solved)| solved.is_truncated());
    let reason = if truncated {
        "勾稽过多，只比较了一部分"
    } else {
        ""
    };
    line(
        "identities",
        "表内和表间勾稽",
        "identities within and across tables",
        n,
        "没有认出报表中的数",
        reason.into(),
    )
}

fn last_year(audit: &Audit<'_>) -> Obligation {
    let solved = audit
        .cubes()
        .prior()
        .into_iter()
        .chain(audit.cubes().changes());
    let n = solved.map(|solved| solved.counts().0).sum();
    let printed = audit
        .cubes()
        .stages()
        .any(|(stage, _)| matches!(stage, Stage::PriorBudget | Stage::PriorFinal));
    let reason = if printed {
        ""
    } else {
        "上年数由本年数和增减额还原，是否与上年公开文件相符另行核对"
    };
    line(
        "last-year",
        "上年数的勾稽",
        "identities of last year's figures",
        n,
        "文中没有增减额",
        reason.into(),
    )
}

fn claims(disclosure: &Disclosure) -> Obligation {
    let unproved = disclosure.unproved.len();
    let reason = if unproved > 0 {
        format!("{unproved} 个数没有读懂所指，未核对")
    } else {
        String::new()
    };
    line(
        "claims",
        "文字中的数",
        "figures of the narrative",
        disclosure.n_bound,
        "没有认出文字中的数",
        reason,
    )
}

fn cells(disclosure: &Disclosure) -> Obligation {
    let unread = disclosure
        .observations
        .iter()
        .filter(|o| matches!(o.reading, Reading::Unread(_)))
        .count();
    let reason = if unread > 0 {
        format!("{unread} 格没有读成数，未参与核对")
    } else {
        String::new()
    };
    line(
        "cells",
        "报表中的格",
        "cells of the tables",
        disclosure.observations.len() - unread,
        "没有认出报表",
        reason,
    )
}
