//! `mingzhang new`: an empty package, or last year's rolled forward.

use mz_budget::library::Library;
use mz_package::{Opened, import, roll};

use super::{is_known_profile, understand};
use crate::{
    Outcome,
    package_arguments::NewArguments,
    packages::{self, Found},
    terminal,
};

/// Starts a package.
pub fn run(arguments: &NewArguments) -> Outcome {
    if !is_known_profile(arguments.profile.as_deref()) || !packages::is_free(&arguments.out) {
        return Outcome::Unusable;
    }
    let started = match &arguments.from {
        Some(_) => rolled(arguments),
        None => {
            let profile = arguments.profile.as_deref().unwrap_or_default();
            roll::empty(profile, Library::embedded())
                .map(|package| Opened {
                    package,
                    problems: Vec::new(),
                })
                .ok_or_else(|| "没有这个模板".to_owned())
        }
    };
    let saved =
        started.and_then(|opened| packages::save(&opened.package, &arguments.out).map(|()| opened));
    match saved {
        Ok(opened) => {
            packages::report(&opened.problems, &arguments.out);
            let text = format!(
                "已建立 {}（模板 {}，{} 年度）。填好后运行 mingzhang check {}\n",
                arguments.out.display(),
                opened.package.profile,
                *opened.package.year,
                arguments.out.display()
            );
            terminal::print(text.as_bytes()).map_or(Outcome::Unusable, |()| Outcome::Clean)
        }
        Err(reason) => {
            let about = arguments.from.as_ref().unwrap_or(&arguments.out);
            terminal::complain(&format!("{}: {reason}", about.display()));
            Outcome::Unusable
        }
    }
}

/// Last year's package, or a document read as one, a year later.
fn rolled(arguments: &NewArguments) -> Result<Opened, String> {
    let Some(from) = &arguments.from else {
        return Err("没有写由哪里带过来".to_owned());
    };
    let last = match packages::find(from)? {
        Found::Package(opened) => *opened,
        Found::Broken(problems) => {
            packages::report(&problems, from);
            return Err("不能作为资料读取".to_owned());
        }
        Found::Other => {
            let name = packages::name(from);
            let understood = understand(from, &name, None, mz_compose::lang::Lang::Zh)?;
            import::from_disclosure(&understood.disclosure, &name, import::As::ThisYear)
        }
    };
    let mut rolled = roll::forward(
        &last.package,
        arguments.profile.as_deref(),
        Library::embedded(),
    );
    rolled.problems.splice(0..0, last.problems);
    Ok(rolled)
}
