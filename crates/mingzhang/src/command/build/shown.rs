//! What `build` says: what is missing, what has to be chosen, what rounding changed, what was written.

use std::{collections::BTreeSet, path::PathBuf};

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::Stage,
    money::{Decimal, Fen},
    normalise,
    package::{
        Leak, Package,
        cube::{Contradiction, Side, Source, TargetAmount},
    },
};
use mz_compose::disclosure::Composed;

/// Places named of one figure.
const MOST_PLACES: usize = 4;
/// Likeness, in thousandths, from which another project's name is worth asking about.
const LIKE: u32 = 500;

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
    if let Some(advice) = unlisted_project(contradiction, package) {
        out.push_str(&format!("     {advice}\n"));
    }
    out
}

fn side_text(side: &Side, package: &Package) -> String {
    let text = |(source, about, fen): &(Source, String, Fen)| {
        format!("{about} {}（{}）", wan(*fen), source_text(source, package))
    };
    let is_unlisted = |(source, _, fen): &&(Source, String, Fen)| {
        matches!(source, Source::Unlisted(_)) && fen.0 == 0
    };
    let (unlisted, listed): (Vec<_>, Vec<_>) = side.figures.iter().partition(is_unlisted);
    let mut figures: Vec<String> = listed.into_iter().map(text).collect();
    // Dozens of headings that are zero because nobody listed them are one fact.
    match unlisted.as_slice() {
        [one] => figures.push(text(one)),
        [(source, ..), ..] => figures.push(format!(
            "{} 项各 {}（{}）",
            unlisted.len(),
            wan(Fen(0)),
            source_text(source, package)
        )),
        [] => {}
    }
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

/// What to do about a target of a project that no listing has: mostly the same project under another name.
fn unlisted_project(contradiction: &Contradiction, package: &Package) -> Option<String> {
    let sides = [&contradiction.one, &contradiction.other].into_iter();
    let mut figures = sides.flat_map(|side| &side.figures);
    let key = figures.find_map(|(source, ..)| match source {
        Source::Target(i, _) => package.targets.get(*i)?.project.as_deref(),
        _ => None,
    })?;
    let mut listed = BTreeSet::new();
    for listing in &package.listings {
        // An import lists projects that a table does not have with nothing.
        let lines = listing.lines.iter();
        for line in lines.filter(|line| line.amount.number.digits != 0) {
            let places: [&Coordinates; 2] = [&line.at, &listing.at];
            let mut projects = places.iter().filter_map(|at| at.get(&Dimension::Project));
            listed.extend(projects.next().map(String::as_str));
        }
    }
    if listed.contains(key) {
        return None;
    }
    let name = |key: &str| {
        package
            .project(key)
            .map(|project| project.name.value.as_str())
    };
    let own = name(key)?;
    let others = listed.into_iter().filter_map(name);
    let nearest = others.max_by_key(|other| normalise::likeness(own, other));
    let nearest = nearest.filter(|other| normalise::likeness(own, other) >= LIKE);
    Some(match nearest {
        Some(other) => format!(
            "预算明细里没有项目“{own}”，名称最接近的是“{other}”：若是同一个项目，把前一个名称填作后一个的“曾用名”，绩效目标改记在后一个之下"
        ),
        None => format!("预算明细里没有项目“{own}”"),
    })
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
pub fn wan(fen: Fen) -> String {
    let (mut digits, mut decimals) = (fen.0, 6);
    while decimals > 2 && digits % 10 == 0 {
        digits /= 10;
        decimals -= 1;
    }
    format!("{} 万元", Decimal { digits, decimals })
}

#[cfg(test)]
mod tests {
    use mz_budget::{
        library::Library,
        money::{MoneyUnit, PrintedMoney},
        package::{Line, Listing, Manner, PublicPackage},
    };
    use mz_compose::disclosure::{Rounding, compose};

    use super::*;

    #[test]
    fn a_target_of_a_project_nobody_lists_is_pointed_at_the_name_most_like_it() {
        let mut package = mz_simulate::package(1);
        let wan = |digits| PrintedMoney {
            number: Decimal {
                digits,
                decimals: 2,
            },
            unit: MoneyUnit::WanYuan,
        };
        let target = package.targets.first_mut().expect("a target");
        target.total = Some(wan(5_000).into());
        let key = target.project.replace("renamed".to_owned());
        let mut renamed = package
            .project(&key.expect("of a project"))
            .expect("in the package")
            .clone();
        let listed = renamed.name.value.clone();
        renamed.key = "renamed".to_owned();
        renamed.name.value.push('甲');
        renamed.allocations.clear();
        renamed.fields.clear();
        package.projects.push(renamed);
        // As an import says that a table lists all projects, and this one not.
        let of_project = Coordinates::from([(Dimension::Project, "renamed".to_owned())]);
        package.listings.push(Listing {
            key: "unlisted".to_owned(),
            stage: package.listings.first().expect("a listing").stage,
            manner: Manner::Figures,
            at: Coordinates::new(),
            complete: Vec::new(),
            lines: vec![Line::new(of_project, wan(0))],
        });

        let public = PublicPackage::of(&package).expect("nothing leaks");
        let composed = compose(&public, Library::embedded(), Rounding::Plain).expect("composed");
        let notes = notes(&composed, &public);
        let advice = format!("预算明细里没有项目“{listed}甲”，名称最接近的是“{listed}”");
        assert!(notes.contains(&advice), "{notes}");
    }

    #[test]
    fn headings_nobody_listed_are_one_term() {
        let package = mz_simulate::package(1);
        let zero = |about: &str| (Source::Unlisted(0), about.to_owned(), Fen(0));
        let side = Side {
            amount: Fen(0),
            figures: vec![zero("外交支出"), zero("国防支出"), zero("其他支出")],
            restated: Vec::new(),
        };
        let text = side_text(&side, &package);
        assert!(
            text.starts_with("3 项各 0.00 万元（没有列出，即为零"),
            "{text}"
        );
    }
}
