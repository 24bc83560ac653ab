//! `mingzhang profiles`

use mz_budget::library::Library;
use mz_compose::lang::Lang;

use crate::{Outcome, terminal};

/// Lists the profiles, and the data files that could not be used.
pub fn run(lang: Lang) -> Outcome {
    let library = Library::embedded();
    let mut out = String::new();
    for profile in library.profiles() {
        let years: Vec<String> = profile.years.iter().map(ToString::to_string).collect();
        let n = profile.tables.len();
        let kind = lang.kind(profile.kind);
        let years = years.join("、");
        out.push_str(&match lang {
            Lang::Zh => format!(
                "{}  {}\n  {kind} · 区划 {} · 年度 {years} · 公开表 {n} 张 · 金额单位 {}\n  来源 {}\n",
                profile.id,
                profile.title,
                profile.region,
                profile.unit.name(),
                profile.source.title
            ),
            Lang::En => format!(
                "{}  {}\n  {kind} · region {} · years {years} · {n} tables · unit {}\n  source {}\n",
                profile.id,
                profile.title,
                profile.region,
                profile.unit.name(),
                profile.source.title
            ),
        });
    }
    for problem in library.problems() {
        terminal::complain(&format!("{problem}"));
    }
    let printed = terminal::print(out.as_bytes());
    if printed.is_err() || !library.problems().is_empty() {
        Outcome::Unusable
    } else {
        Outcome::Clean
    }
}
