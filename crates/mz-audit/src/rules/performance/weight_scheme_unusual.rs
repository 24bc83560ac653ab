use mz_budget::{disclosure::PerformanceTarget, finding::Severity};

use super::forms;
use crate::{Audit, Sink, declare_rule, lexicon::PERFORMANCE};

declare_rule! {
    pub static WEIGHT_SCHEME_UNUSUAL = {
        code: "MZ6002",
        name: "weight-scheme-unusual",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["performance-2021-101"],
        checks: &["PF-02"],
        page: "weight_scheme_unusual.md",
        check: check,
    };
}

/// First levels with their weights, in order.
fn parts(target: &PerformanceTarget) -> Option<Vec<(String, mz_budget::money::Decimal)>> {
    let mut levels: Vec<&str> = Vec::new();
    for indicator in &target.indicators {
        if !levels.contains(&indicator.level1.as_str()) {
            levels.push(&indicator.level1);
        }
    }
    levels
        .into_iter()
        .map(|level| {
            Some((
                level.to_owned(),
                forms::weights(forms::at_level(target, level))?,
            ))
        })
        .collect()
}

/// Only tables whose weights add up: a wrong total is reported by itself. Tables that divide their weights alike follow one
/// custom, which is said once.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut unusual: Vec<(Vec<String>, Vec<&PerformanceTarget>)> = Vec::new();
    for target in &audit.disclosure.targets {
        let Some(parts) = parts(target) else {
            continue;
        };
        let total = forms::sum(parts.iter().map(|(_, weight)| *weight));
        if !total.is_some_and(|total| forms::is(total, 90)) {
            continue;
        }
        sink.checked(1);
        if is_usual(&parts) {
            continue;
        }
        let shown: Vec<String> = parts
            .iter()
            .map(|(name, weight)| format!("{name}{weight}"))
            .collect();
        let is_alike = |other: &[String]| {
            other.len() == shown.len() && other.iter().all(|part| shown.contains(part))
        };
        match unusual.iter_mut().find(|(other, _)| is_alike(other)) {
            Some((_, targets)) => targets.push(target),
            None => unusual.push((shown, vec![target])),
        }
    }
    for (shown, targets) in unusual {
        let Some((first, rest)) = targets.split_first() else {
            continue;
        };
        let (name, n) = (forms::name(first), targets.len());
        let (whose, whose_en) = match n {
            1 => (format!("“{name}”"), format!("“{name}”")),
            _ => (
                format!("“{name}”等 {n} 张绩效目标表"),
                format!("“{name}” and {} other tables", n - 1),
            ),
        };
        sink.broken(
            &first.project_place,
            format!("{whose}一级指标权重为{}，不是惯用的分配", shown.join("、")),
            format!("the weights of the first levels of {whose_en} follow no usual scheme"),
        )
        .also_all(rest.iter().map(|target| &target.project_place));
    }
}

fn is_usual(parts: &[(String, mz_budget::money::Decimal)]) -> bool {
    PERFORMANCE.schemes.iter().any(|scheme| {
        scheme.parts.len() == parts.len()
            && scheme.parts.iter().all(|(level, weight)| {
                parts.iter().any(|(name, printed)| {
                    name.starts_with(level.as_str()) && forms::is(*printed, *weight)
                })
            })
    })
}
