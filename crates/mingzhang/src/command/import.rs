//! `mingzhang import`: exports of the platform, published documents and CSV into a package.

use std::path::Path;

use mz_budget::{
    library::Library,
    package::{Line, Listing, Manner, Package},
    profile::narrative::StageWord,
};
use mz_compose::lang::Lang;
use mz_package::{FormProblem, folder, import, roll};

use super::{is_known_profile, understand};
use crate::{
    Outcome, files,
    package_arguments::{ImportArguments, Whose},
    packages::{self, Found},
    terminal,
};

/// Imports files, in order, into a package that may already be there.
pub fn run(arguments: &ImportArguments, lang: Lang) -> Outcome {
    if !is_known_profile(arguments.profile.as_deref()) {
        return Outcome::Unusable;
    }
    let mut package = match existing(arguments) {
        Ok(package) => package,
        Err(reason) => {
            terminal::complain(&format!("{}: {reason}", arguments.out.display()));
            return Outcome::Unusable;
        }
    };
    let mut outcome = Outcome::Clean;
    for file in &arguments.files {
        match one(file, arguments, package.as_ref(), lang) {
            Ok((other, mut problems)) => {
                match &mut package {
                    Some(package) => problems.extend(roll::merge(package, other)),
                    None => package = Some(other),
                }
                packages::report(&problems, file);
                if packages::has_error(&problems) {
                    outcome = outcome.max(Outcome::Found);
                }
            }
            Err(reason) => {
                terminal::complain(&format!("{}: {reason}", file.display()));
                outcome = Outcome::Unusable;
            }
        }
    }
    let Some(package) = package else {
        return Outcome::Unusable;
    };
    if let Err(reason) = packages::save(&package, &arguments.out) {
        terminal::complain(&format!("{}: {reason}", arguments.out.display()));
        return Outcome::Unusable;
    }
    if terminal::print(summary(&package, &arguments.out).as_bytes()).is_err() {
        return Outcome::Unusable;
    }
    outcome
}

/// The package that is to be added to.
fn existing(arguments: &ImportArguments) -> Result<Option<Package>, String> {
    if !arguments.out.exists() {
        return Ok(None);
    }
    let is_empty_folder = arguments
        .out
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_none());
    if is_empty_folder {
        return Ok(None);
    }
    let opened = packages::open(&arguments.out)?;
    if packages::has_error(&opened.problems) {
        packages::report(&opened.problems, &arguments.out);
        return Err("资料里有没有归处的内容，并入会丢掉它们；请先改好".to_owned());
    }
    Ok(Some(opened.package))
}

/// One file as a package.
fn one(
    file: &Path,
    arguments: &ImportArguments,
    package: Option<&Package>,
    lang: Lang,
) -> Result<(Package, Vec<FormProblem>), String> {
    let is_csv = file
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    if is_csv {
        return csv(file, arguments, package);
    }
    if let Found::Package(opened) = packages::find(file)? {
        return Ok((opened.package, opened.problems));
    }
    let name = packages::name(file);
    let understood = understand(file, &name, arguments.profile.as_deref(), lang)?;
    let whose = match arguments.whose {
        Whose::ThisYear => import::As::ThisYear,
        Whose::LastYear => import::As::LastYear,
    };
    let opened = import::from_disclosure(&understood.disclosure, &name, whose);
    Ok((opened.package, opened.problems))
}

/// Lines of a CSV file as the year's list of details.
fn csv(
    file: &Path,
    arguments: &ImportArguments,
    package: Option<&Package>,
) -> Result<(Package, Vec<FormProblem>), String> {
    let library = Library::embedded();
    let bytes = files::load(file)?;
    let start = match (package, arguments.profile.as_deref()) {
        (Some(package), _) => Package::new(&package.profile, "", *package.year),
        (None, Some(profile)) => roll::empty(profile, library).ok_or("没有这个模板")?,
        (None, None) => return Err("由 CSV 建新资料要用 --profile 指定模板".to_owned()),
    };
    let (mut lines, mut problems) = folder::read_lines(
        &bytes,
        &packages::name(file),
        &start.profile,
        *start.year,
        library,
    );
    if lines.is_empty() && problems.is_empty() {
        return Err("CSV 里没有一行数据".to_owned());
    }
    for line in &mut lines {
        if line.source.is_empty() {
            line.source = line.place.to_string();
        }
    }
    let mut imported = Package::new(&start.profile, "", *start.year);
    imported.listings = vec![listing(arguments.whose, lines)];
    // What the list says of projects is known by their names; each gets its own entry.
    add_projects(&mut imported, package);
    if let Some(package) = package {
        imported.unit = package.unit.clone();
        imported.year = package.year.clone();
    }
    problems.retain(|problem| problem.name != "column-missing");
    Ok((imported, problems))
}

fn listing(whose: Whose, lines: Vec<Line>) -> Listing {
    let (key, stage) = match whose {
        Whose::ThisYear => ("budget", StageWord::Budget),
        Whose::LastYear => ("prior-budget", StageWord::PriorBudget),
    };
    Listing {
        key: key.to_owned(),
        stage,
        manner: Manner::Detail,
        at: Default::default(),
        // A file of lines does not say that it has everything: whoever imports it has to.
        complete: Vec::new(),
        lines,
    }
}

fn add_projects(imported: &mut Package, known: Option<&Package>) {
    use mz_budget::{dimension::Dimension, package::Project};
    let mut names: Vec<String> = Vec::new();
    for line in imported.listings.iter().flat_map(|listing| &listing.lines) {
        if let Some(name) = line.at.get(&Dimension::Project)
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    for name in names {
        let project = known.and_then(|package| package.project(&name)).cloned();
        imported
            .projects
            .push(project.unwrap_or_else(|| Project::new(&name, &name)));
    }
}

/// What the package has now.
fn summary(package: &Package, out: &Path) -> String {
    let n_lines: usize = package
        .listings
        .iter()
        .map(|listing| listing.lines.len())
        .sum();
    format!(
        "{}：{} · {} 年度 · 模板 {}\n  数据表 {} 张 {n_lines} 行，事实 {} 项（上年 {} 项），项目 {} 个，绩效目标 {} 张，变动原因 {} 条\n",
        out.display(),
        package.unit.value,
        *package.year,
        package.profile,
        package.listings.len(),
        package.facts.len(),
        package.prior_facts.len(),
        package.projects.len(),
        package.targets.len(),
        package.reasons.len(),
    )
}
