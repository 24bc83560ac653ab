//! `mingzhang diff`: what differs between two packages or documents.

use std::path::Path;

use mz_compose::lang::Lang;
use mz_package::{
    diff::{self, Side},
    import,
};

use super::{format_of, understand};
use crate::{
    Outcome,
    package_arguments::{DiffArguments, DiffFormat},
    packages::{self, Found},
    terminal,
};

/// What stands at a path, before it is known what it is compared with.
enum Read {
    Package(Box<mz_budget::package::Package>),
    Document(Box<mz_budget::disclosure::Disclosure>),
}

/// Compares.
pub fn run(arguments: &DiffArguments, lang: Lang) -> Outcome {
    let Some(format) = format(arguments) else {
        return Outcome::Unusable;
    };
    let read = |path: &Path| {
        read(path, arguments.profile.as_deref(), lang)
            .inspect_err(|reason| terminal::complain(&format!("{}: {reason}", path.display())))
    };
    let (Ok(before), Ok(after)) = (read(&arguments.before), read(&arguments.after)) else {
        return Outcome::Unusable;
    };
    let (before_name, after_name) = (
        arguments.before.display().to_string(),
        arguments.after.display().to_string(),
    );
    // A document beside a package is compared as the package it would make.
    let as_packages = matches!(before, Read::Package(_)) || matches!(after, Read::Package(_));
    let difference = diff::compare(
        &side(&before, &before_name, as_packages),
        &side(&after, &after_name, as_packages),
    );
    let text = match format {
        DiffFormat::Human => diff::text(&difference),
        DiffFormat::Json => diff::json(&difference),
        DiffFormat::Html => diff::html(&difference),
    };
    if terminal::deliver(text.as_bytes(), arguments.out.as_deref()).is_err() {
        return Outcome::Unusable;
    }
    if difference.changes.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Found
    }
}

fn read(path: &Path, profile: Option<&str>, lang: Lang) -> Result<Read, String> {
    match packages::find(path)? {
        Found::Package(opened) => {
            packages::report(&opened.problems, path);
            Ok(Read::Package(Box::new(opened.package)))
        }
        Found::Broken(problems) => {
            packages::report(&problems, path);
            Err("不能作为资料读取".to_owned())
        }
        Found::Other => {
            let understood = understand(path, &packages::name(path), profile, lang)?;
            Ok(Read::Document(Box::new(understood.disclosure)))
        }
    }
}

fn side(read: &Read, name: &str, as_packages: bool) -> Side {
    match read {
        Read::Package(package) => Side::of_package(package, name),
        Read::Document(disclosure) if as_packages => {
            let opened = import::from_disclosure(disclosure, name, import::As::ThisYear);
            Side::of_package(&opened.package, name)
        }
        Read::Document(disclosure) => Side::of_disclosure(disclosure, name),
    }
}

fn format(arguments: &DiffArguments) -> Option<DiffFormat> {
    let extension = format_of(arguments.out.as_deref());
    match (arguments.format, extension.as_deref()) {
        (Some(format), _) => Some(format),
        (None, Some("json")) => Some(DiffFormat::Json),
        (None, Some("html" | "htm")) => Some(DiffFormat::Html),
        (None, None | Some("txt" | "md" | "log")) => Some(DiffFormat::Human),
        (None, Some(other)) => {
            terminal::complain(&format!(
                "看不出“.{other}”是哪种格式，请加 --format\nuse --format: “.{other}” names no format"
            ));
            None
        }
    }
}
