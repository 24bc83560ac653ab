//! What `build` says: what is missing, what has to be chosen, what rounding changed, what was written.

use std::path::PathBuf;

use mz_budget::{
    disclosure::Stage,
    money::{Decimal, Fen},
    package::{
        Leak, Package,
        cube::{Contradiction, Side, Source, TargetAmount},
    },
};
use mz_compose::disclosure::Composed;

/// Places named of one figure.
const MOST_PLACES: usize = 4;

/// Texts that keep the package from being published.
pub fn leaks(leaks: &[Leak]) -> String {
    let mut out = format!(
        "有 {} 处文字会泄露不予公开的内容，没有生成：\n",
        leaks.len()
    );
    for leak in leaks {
        out.push_str(&format!("  {}：{}\n", leak.place, leak.message));
    }
    out
}

/// Everything to know of a composition besides its files.
pub fn notes(composed: &Composed, package: &Package) -> String {
    let mut out = String::new();
    if !composed.missing.is_empty() {
        out.push_str(&format!(
            "还缺 {} 项事实，没有生成：\n",
            composed.missing.len()
        ));
    }
    for missing in &composed.missing {
        out.push_str(&format!(
            "  缺 {}（用于：{}）\n",
            missing.what, missing.needed_by
        ));
    }
    if !composed.contradictions.is_empty() {
        out.push_str(&format!(
            "有 {} 处事实互相矛盾，请选定一个后重新生成：\n",
            composed.contradictions.len()
        ));
    }
    for (i, contradiction) in composed.contradictions.iter().enumerate() {
        out.push_str(&choice(i + 1, contradiction, package));
    }
    for adjustment in &composed.adjusted {
        out.push_str(&format!(
            "  为使合计相符，“{}”印作 {}（四舍五入为 {}）\n",
            adjustment.name, adjustment.printed, adjustment.rounded
        ));
    }
    if composed.not_adjusted > 0 {
        out.push_str(&format!(
            "  有 {} 个数另有来源，或在一个末位之内调整不到合计相符，仍按四舍五入\n",
            composed.not_adjusted
        ));
    }
    if composed.n_drafts > 0 {
        out.push_str(&format!(
            "有 {} 项沿用上年的内容尚未确认\n",
            composed.n_drafts
        ));
    }
    out
}

/// The files written.
pub fn written(written: &[(PathBuf, Vec<String>)]) -> String {
    let mut out = String::new();
    for (path, notes) in written {
        out.push_str(&format!("已生成 {}\n", super::name(path)));
        for note in notes {
            out.push_str(&format!("  {note}\n"));
        }
    }
    out
}

/// A contradiction as a choice: both sides with their places.
fn choice(n: usize, contradiction: &Contradiction, package: &Package) -> String {
    let year = match contradiction.stage {
        Stage::Budget => "本年预算",
        Stage::PriorBudget => "上年预算",
        _ => "其他年份",
    };
    let mut out = format!(
        "  {n}. {year}“{}”：{} 与 {}，相差 {}\n",
        contradiction.about,
        wan(contradiction.one.amount),
        wan(contradiction.other.amount),
        wan(contradiction.difference),
    );
    for (label, side) in [("一", &contradiction.one), ("二", &contradiction.other)] {
        out.push_str(&format!("     {label}、{}\n", side_text(side, package)));
    }
    if let Some((source, implied)) = &contradiction.suspect {
        out.push_str(&format!(
            "     其余的数都指向 {}：{}\n",
            wan(*implied),
            source_text(source, package)
        ));
    }
    out
}

fn side_text(side: &Side, package: &Package) -> String {
    let text = |(source, about, fen): &(Source, String, Fen)| {
        format!("{about} {}（{}）", wan(*fen), source_text(source, package))
    };
    let figures: Vec<String> = side.figures.iter().map(text).collect();
    let mut out = if figures.is_empty() {
        "没有安排".to_owned()
    } else {
        figures.join(" + ")
    };
    for figure in &side.restated {
        out.push_str(&format!("；又见 {}", text(figure)));
    }
    out
}

/// Where a figure comes from, in words.
fn source_text(source: &Source, package: &Package) -> String {
    let places = source.places(package);
    let mut named: Vec<String> = places
        .iter()
        .filter(|place| !place.is_empty())
        .take(MOST_PLACES)
        .map(ToString::to_string)
        .collect();
    named.dedup();
    if places.len() > MOST_PLACES {
        named.push(format!("等 {} 处", places.len()));
    }
    let project = |key: Option<&str>| {
        let project = key.and_then(|key| package.project(key));
        project
            .map_or("", |project| project.name.value.as_str())
            .to_owned()
    };
    let what = match source {
        Source::Line(..) | Source::Parts(..) => "预算明细".to_owned(),
        Source::Unlisted(_) => "没有列出，即为零".to_owned(),
        Source::Allocation(p, _) | Source::Allocations(p) => {
            let name = package.projects.get(*p).map(|p| p.name.value.clone());
            format!("项目“{}”的资金分配", name.unwrap_or_default())
        }
        Source::Target(t, which) => {
            let key = package.targets.get(*t).and_then(|t| t.project.as_deref());
            let which = match which {
                TargetAmount::Total => "年度预算总额",
                TargetAmount::Appropriation => "财政拨款",
                TargetAmount::Other => "其他资金",
            };
            format!("绩效目标“{}”的{which}", project(key))
        }
    };
    if named.is_empty() {
        what
    } else {
        format!("{what}，{}", named.join("、"))
    }
}

/// An amount in 万元, with as many decimals as it needs, at least two.
fn wan(fen: Fen) -> String {
    let (digits, decimals) = if fen.0 % 10_000 == 0 {
        (fen.0 / 10_000, 2)
    } else {
        (fen.0, 6)
    };
    format!("{} 万元", Decimal { digits, decimals })
}
