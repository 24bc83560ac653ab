use std::collections::BTreeSet;

use mz_budget::{
    dimension::Slice,
    disclosure::{
        Claim, ClaimValue, Disclosure, Measure, Stage, StatementKind, Subject, TableReading, Text,
        TextKind,
    },
    finding::Severity,
};

use crate::{Audit, Sink, candidates, declare_rule};

declare_rule! {
    pub static NIL_TABLE_UNSTATED = {
        code: "MZ5003",
        name: "nil-table-unstated",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-03"],
        page: "nil_table_unstated.md",
        check: check,
    };
}

/// Sentences of this kind say why a table is empty.
const SAYS_NIL: [&str; 8] = [
    "空表",
    "没有使用",
    "无数据",
    "未安排",
    "没有安排",
    "不涉及",
    "没有此项",
    "无此项",
];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_undeclared(audit) {
        return;
    }
    let disclosure = audit.disclosure;
    for (index, table) in disclosure.tables.iter().enumerate() {
        // What could not be read may hold figures.
        if table.n_unread > 0 {
            continue;
        }
        sink.checked(1);
        if !table.is_nil {
            continue;
        }
        let stated = disclosure
            .statements
            .iter()
            .any(|s| matches!(&s.kind, StatementKind::NilTable { table: id } if *id == table.id));
        let said = disclosure.texts.iter().any(|text| says_nil(text, table));
        if !stated && !said {
            let (zeros, claims): (Vec<&Claim>, Vec<&Claim>) = said_of(disclosure, index)
                .into_iter()
                .partition(|claim| is_zero(claim));
            // The law asks that the emptiness be explained, not where: a sentence that nothing is spent explains it, one
            // among the sources of income does not.
            if claims.is_empty() && zeros.iter().any(|claim| is_of_spending(claim)) {
                continue;
            }
            let though = claims.first().map_or_else(String::new, |claim| {
                format!("，而文字称{} {}", claim.words, candidates::printed(claim))
            });
            sink.broken(
                &table.place,
                format!("“{}”没有数据，也没有空表说明{though}", table.title),
                format!("“{}” is empty and nothing says why", table.title),
            )
            .also_all(claims.iter().map(|claim| &claim.place));
        }
    }
}

/// Amounts the narrative gives of the very slices the empty table has cells for.
fn said_of(disclosure: &Disclosure, index: usize) -> Vec<&Claim> {
    let id = disclosure.tables.get(index).map(|table| table.id.as_str());
    let Some(spec) = id.and_then(|id| disclosure.profile.table(id)) else {
        return Vec::new();
    };
    // An empty row has no cells to be read; what they would be is in the form of the table.
    let mut cells: BTreeSet<(Stage, Slice)> = BTreeSet::new();
    for panel in &spec.panels {
        for column in &panel.columns {
            let mut at = spec.at.clone();
            at.extend(
                panel
                    .at
                    .iter()
                    .chain(&column.at)
                    .map(|(d, k)| (*d, k.clone())),
            );
            let slice = disclosure.dimensions.slice(&at).ok();
            let stage = column.stage_in(disclosure.own_stage());
            cells.extend(slice.map(|slice| (stage, slice)));
        }
    }
    let is_said = |claim: &&Claim| {
        let Subject::Slice(slice) = claim.subject else {
            return false;
        };
        let is_money = matches!(claim.value, ClaimValue::Money(_));
        claim.measure == Measure::Amount && is_money && cells.contains(&(claim.stage, slice))
    };
    disclosure.claims.iter().filter(is_said).collect()
}

fn is_of_spending(claim: &Claim) -> bool {
    let place = &claim.place;
    [
        Some(&claim.words),
        place.section.as_ref(),
        place.context.as_ref(),
    ]
    .into_iter()
    .flatten()
    .any(|words| words.contains("支出"))
}

fn is_zero(claim: &Claim) -> bool {
    matches!(claim.value, ClaimValue::Money(money) if money.number.digits == 0)
}

/// A sentence beside the table or about it by name.
fn says_nil(text: &Text, table: &TableReading) -> bool {
    let near = table
        .blocks
        .iter()
        .any(|block| match text.place.block.checked_sub(*block) {
            Some(0) => text.kind == TextKind::Cell,
            Some(below) => below <= 3,
            None => false,
        });
    let about = text.text.contains(table.title.trim());
    let prose = matches!(
        text.kind,
        TextKind::Body | TextKind::Caption | TextKind::Cell
    );
    let nothing = text.text.contains('无') && text.text.contains(['，', '。', '：']);
    prose && (near || about) && (nothing || SAYS_NIL.iter().any(|words| text.text.contains(words)))
}
