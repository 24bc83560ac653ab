use mz_budget::{
    disclosure::{Kind, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static KIND_WORDS_MIXED = {
        code: "MZ9035",
        name: "kind-words-mixed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-09", "MT-03"],
        page: "kind_words_mixed.md",
        check: check,
    };
}

/// Words that only a department uses of itself, in a unit's document. The other way round is common and right: a
/// department is a unit too.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let words = match audit.disclosure.kind {
        Kind::UnitBudget => ["本部门", "年部门预算"],
        Kind::UnitFinalAccounts => ["本部门", "年部门决算"],
        Kind::DepartmentBudget => ["年单位预算公开", "年单位预算情况"],
        Kind::DepartmentFinalAccounts => ["年单位决算公开", "年单位决算情况"],
    };
    let wanted = [TextKind::Body, TextKind::Heading, TextKind::Contents];
    let mut places = Vec::new();
    for text in wording::texts(audit.disclosure, &wanted) {
        sink.checked(1);
        for word in words {
            for (start, word) in text.text.match_indices(word) {
                places.push(wording::part(text, start..start + word.len()));
            }
        }
    }
    let Some((first, others)) = places.split_first() else {
        return;
    };
    let own = match audit.disclosure.kind {
        Kind::UnitBudget | Kind::UnitFinalAccounts => "单位",
        _ => "部门",
    };
    let mut finding = sink.broken(
        first,
        format!(
            "本文件是{own}的，文中有 {} 处写作“{}”一类的说法",
            places.len(),
            first.quote
        ),
        format!(
            "the document speaks of itself as another kind in {} places (“{}”)",
            places.len(),
            first.quote
        ),
    );
    for place in others {
        finding = finding.also(place);
    }
}
