//! `mingzhang convert`: a package in another of its forms.

use crate::{Outcome, package_arguments::ConvertArguments, packages, terminal};

/// Converts a package.
pub fn run(arguments: &ConvertArguments) -> Outcome {
    if !packages::is_free(&arguments.out) {
        return Outcome::Unusable;
    }
    let opened = match packages::open(&arguments.package) {
        Ok(opened) => opened,
        Err(reason) => {
            terminal::complain(&format!("{}: {reason}", arguments.package.display()));
            return Outcome::Unusable;
        }
    };
    packages::report(&opened.problems, &arguments.package);
    if let Err(reason) = packages::save(&opened.package, &arguments.out) {
        terminal::complain(&format!("{}: {reason}", arguments.out.display()));
        return Outcome::Unusable;
    }
    // What had no place in the model is not in the new form: that must not pass for a conversion.
    if packages::has_error(&opened.problems) {
        terminal::complain("有内容没有归处，见上；新的形式里没有它们");
        return Outcome::Found;
    }
    Outcome::Clean
}
