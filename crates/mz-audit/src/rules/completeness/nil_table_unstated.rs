use std::collections::BTreeSet;

use mz_budget::{
    dimension::Slice,
    disclosure::{
        Claim, ClaimValue, Disclosure, Measure, Stage, StatementKind, Subject, TableReading, Text,
        TextKind,
    },
    finding::{ObligationStatus, Severity},
    normalise,
    profile::Ask,
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

/// Where a sentence speaks of some money, these words say that there is none.
const NOTHING: [&str; 10] = [
    "无",
    "没有",
    "未",
    "不涉及",
    "空表",
    "零",
    "0万元",
    "0 万元",
    "0.00万元",
    "0.00 万元",
];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    if sink.skips_unasked(audit, Ask::NilStatements) {
        return;
    }
    let disclosure = audit.disclosure;
    let mut claims = disclosure.claims.iter();
    let is_bare = claims.all(|claim| claim.place.table.is_some());
    if disclosure.profile.is_proposed && is_bare {
        // Tables published by themselves: what explains them stands in another file.
        let reason = "文件只有报表，空表的说明可能在另一份文件";
        sink.skipped(ObligationStatus::NotEnoughData, reason);
        return;
    }
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
        let is_known = disclosure.profile.is_proposed && is_explained(disclosure, table);
        if !stated && !said && !is_known {
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

/// Whether a form that is read from its own headers explains the empty table somewhere: in its list of tables, or wherever
/// it speaks of that money and says that there is none. A table nobody gave words to know it by counts as explained.
fn is_explained(disclosure: &Disclosure, table: &TableReading) -> bool {
    let spec = disclosure.profile.table(&table.id);
    let Some(marks) = spec.map(|spec| &spec.marks).filter(|m| !m.is_empty()) else {
        return true;
    };
    let says = |text: &Text| {
        matches!(
            text.kind,
            TextKind::Body | TextKind::Heading | TextKind::Caption
        ) && marks.iter().all(|mark| text.text.contains(mark.as_str()))
            && NOTHING.iter().any(|word| text.text.contains(word))
    };
    disclosure.texts.iter().any(says) || is_listed_empty(disclosure, table)
}

/// A list of the tables says of this one that it is empty: 表9 政府性基金收支表 是 不涉及, under 是否空表.
fn is_listed_empty(disclosure: &Disclosure, table: &TableReading) -> bool {
    let title = normalise::name(&table.title);
    let row_of = |text: &Text| Some((text.place.block, text.place.span?.0));
    let cells = || {
        let texts = disclosure.texts.iter();
        texts
            .filter(|text| text.kind == TextKind::Cell && !table.blocks.contains(&text.place.block))
    };
    let asks_empty =
        |block: usize| cells().any(|text| text.place.block == block && text.text.contains("空表"));
    let says_empty = |text: &Text| {
        let words = text.text.trim();
        (words == "是" && asks_empty(text.place.block))
            || SAYS_NIL.iter().any(|nil| words.contains(nil))
    };
    cells()
        .filter(|text| normalise::name(&text.text) == title)
        .any(|name| cells().any(|text| row_of(text) == row_of(name) && says_empty(text)))
}
