//! `mingzhang build`: from a package to the whole disclosure, in every format.

mod gate;
mod outputs;
pub mod shown;

use std::path::Path;

use mz_budget::{library::Library, package::PublicPackage};
use mz_compose::{
    disclosure::{Rounding, compose},
    lang::Lang,
    publish::Publication,
};

use crate::{
    Outcome,
    arguments::{BuildArguments, RoundingArgument},
    packages, terminal,
};

/// Builds a disclosure.
pub fn run(arguments: &BuildArguments, lang: Lang) -> Outcome {
    match build(arguments, lang) {
        Ok(outcome) => outcome,
        Err(reason) => {
            terminal::complain(&format!("{}: {reason}", arguments.package.display()));
            Outcome::Unusable
        }
    }
}

fn build(arguments: &BuildArguments, lang: Lang) -> Result<Outcome, String> {
    let library = Library::embedded();
    let formats = outputs::chosen(&arguments.formats)?;
    let opened = packages::open(&arguments.package)?;
    let mut problems = opened.problems;
    problems.extend(mz_package::check::check(&opened.package, library));
    packages::report(&problems, &arguments.package);
    if packages::has_error(&problems) {
        return Ok(Outcome::Found);
    }
    let public = match PublicPackage::of(&opened.package) {
        Ok(public) => public,
        Err(leaks) => return say(&shown::leaks(&leaks)),
    };
    let rounding = match arguments.rounding {
        RoundingArgument::Plain => Rounding::Plain,
        RoundingArgument::Additive => Rounding::Additive,
    };
    let composed = compose(&public, library, rounding).map_err(|error| error.to_string())?;
    let notes = shown::notes(&composed, &public);
    let document = match &composed.document {
        Some(document) if composed.contradictions.is_empty() => document,
        _ => return say(&notes),
    };
    let gate = gate::audit(document, &opened.package)?;
    let written = outputs::write(
        Publication::new(document.clone(), &gate.disclosure),
        &formats,
        &arguments.out,
        arguments.fonts.as_deref(),
    )?;
    let text = format!(
        "{notes}{}{}{}",
        gate.text(lang),
        shown::written(&written),
        outputs::left_out(&arguments.formats)
    );
    terminal::print(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(if gate.has_errors() {
        Outcome::Found
    } else {
        Outcome::Clean
    })
}

/// Says what keeps the document from being made.
fn say(text: &str) -> Result<Outcome, String> {
    terminal::print(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(Outcome::Found)
}

/// A path as it is printed.
fn name(path: &Path) -> String {
    path.display().to_string()
}
