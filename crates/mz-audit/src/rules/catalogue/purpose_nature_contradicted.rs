use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{NameMention, Text, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PURPOSE_NATURE_CONTRADICTED = {
        code: "MZ2200",
        name: "purpose-nature-contradicted",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["CL-13"],
        page: "purpose_nature_contradicted.md",
        check: check,
    };
}

/// Words of a purpose that name a nature, and the nature's key.
const NATURES: [(&str, &str); 2] = [("基本支出", "basic"), ("项目支出", "project")];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    for mention in &disclosure.mentions {
        let is_item = mention.dimension == Dimension::Function
            && mention.key.as_ref().is_some_and(|key| key.len() == 7);
        let mut texts = wording::texts(disclosure, &[TextKind::Body]);
        let text = texts.find(|text| is_item && text.place.block == mention.place.block);
        if let Some(text) = text {
            one(audit, sink, mention, text);
        }
    }
}

fn one(audit: &Audit<'_>, sink: &mut Sink, mention: &NameMention, text: &Text) {
    let Some(name) = mention.printed.last() else {
        return;
    };
    let Some((start, purpose)) = purpose(&text.text, name) else {
        return;
    };
    let named: Vec<&(&str, &str)> = NATURES
        .iter()
        .filter(|(word, _)| purpose.contains(word))
        .collect();
    let [(word, nature)] = named.as_slice() else {
        return;
    };
    let other = NATURES.iter().find(|(_, key)| key != nature);
    let (Some(said), Some((_, other))) = (money(audit, mention, nature), other) else {
        return;
    };
    sink.checked(1);
    let Some(rest) = money(audit, mention, other).filter(|rest| said == 0 && *rest > 0) else {
        return;
    };
    let at = start + purpose.find(word).unwrap_or(0);
    let place = wording::part(text, at..at + word.len());
    sink.broken(
        &place,
        format!(
            "“{name}（项）”的说明称是{word}，报表中该项全部不是{word}（{}）：“{}”",
            audit.money(rest),
            purpose.trim_start_matches(['：', ':'])
        ),
        format!("“{name}” is said to be {nature} expenditure; the tables show none"),
    )
    .also(&mention.place);
}

/// What stands between 用于 and the end of its sentence, behind the name of the item.
fn purpose<'t>(text: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let from = text.find(name)?;
    let at = from + text.get(from..)?.find("用于")? + "用于".len();
    let rest = text.get(at..)?;
    let end = rest.find(['。', '；']).unwrap_or(rest.len());
    Some((at, rest.get(..end)?))
}

/// What the tables say of the item under a nature, in fen.
fn money(audit: &Audit<'_>, mention: &NameMention, nature: &str) -> Option<i64> {
    let dimensions = &audit.disclosure.dimensions;
    let node = |dimension: Dimension, key: &str| dimensions.tree(dimension).find(key);
    let slice = Slice::WHOLE
        .with(Dimension::Fund, node(Dimension::Fund, "general-public")?)
        .with(Dimension::Nature, node(Dimension::Nature, nature)?)
        .with(
            Dimension::Function,
            node(Dimension::Function, mention.key.as_deref()?)?,
        );
    let known = audit.tables(audit.disclosure.own_stage(), slice)?;
    Some(known.interval.middle())
}
