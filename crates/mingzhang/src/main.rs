//! The command line: `mingzhang audit`, `read`, `build`, `explain`, `rules`, `profiles`, `identities`.
//!
//! Exit status: 0 no error-level finding, 1 at least one, 2 usage or unreadable input.

mod arguments;
mod batch;
mod command;
mod files;
mod package_arguments;
mod packages;
mod pages;
mod terminal;
mod usage;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// No error-level finding.
    Clean,
    /// At least one error-level finding.
    Found,
    /// Wrong usage, or something could not be read or written.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Found => Self::from(1),
            Outcome::Unusable => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::report(&error).into(),
    };
    let lang = arguments.lang.into();
    let outcome = match arguments.command {
        Command::Audit(audit) => command::audit::run(&audit, lang),
        Command::Read(read) => command::read::run(&read, lang),
        Command::Build(build) => command::build::run(&build, lang),
        Command::Explain(explain) => command::explain::run(&explain),
        Command::Rules(rules) => command::rules::run(&rules, lang),
        Command::Profiles => command::profiles::run(lang),
        Command::New(new) => command::new::run(&new),
        Command::Import(import) => command::import::run(&import, lang),
        Command::Convert(convert) => command::convert::run(&convert),
        Command::Check(check) => command::check::run(&check, lang),
        Command::Diff(diff) => command::diff::run(&diff, lang),
        Command::Withhold(withhold) => command::withhold::run(&withhold, lang),
        Command::Identities(identities) => command::identities::run(&identities, lang),
    };
    outcome.into()
}
