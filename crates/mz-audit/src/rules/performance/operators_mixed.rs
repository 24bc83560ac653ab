use std::collections::BTreeMap;

use mz_budget::{finding::Severity, normalise, place::Place};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static OPERATORS_MIXED = {
        code: "MZ6005",
        name: "operators-mixed",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["PF-07"],
        page: "operators_mixed.md",
        check: check,
    };
}

/// One hint for the whole document: ≥ here and >= there.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut signs: BTreeMap<&str, BTreeMap<String, Vec<Place>>> = BTreeMap::new();
    for indicator in audit
        .disclosure
        .targets
        .iter()
        .flat_map(|target| &target.indicators)
    {
        let printed = normalise::name(&indicator.value.operator_text);
        let meaning = match printed.as_str() {
            "≥" | ">=" | "≧" | "=>" => "不小于",
            "≤" | "<=" | "≦" | "=<" => "不大于",
            _ => continue,
        };
        sink.checked(1);
        let place = wording::quoting(&indicator.place, &indicator.value.text);
        signs
            .entry(meaning)
            .or_default()
            .entry(printed)
            .or_default()
            .push(place);
    }
    let mixed: Vec<_> = signs.values().filter(|forms| forms.len() > 1).collect();
    let rare = mixed
        .iter()
        .flat_map(|forms| forms.iter())
        .min_by_key(|(_, places)| places.len());
    let Some((sign, places)) = rare else {
        return;
    };
    let Some(first) = places.first() else {
        return;
    };
    let written: Vec<String> = mixed
        .iter()
        .flat_map(|forms| {
            forms
                .iter()
                .map(|(sign, places)| format!("{sign}（{} 处）", places.len()))
        })
        .collect();
    sink.broken(
        first,
        format!("指标值的比较符号写法不一：{}", written.join("、")),
        format!("signs of comparison are written in several ways, such as {sign}"),
    );
}
