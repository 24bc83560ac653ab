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

/// Has the allocator of glibc keep what is freed instead of giving it back to the system, which clears every page of it
/// again when it is next wanted: locating errors takes and frees some hundred kilobytes a hundred times. What it gives
/// back at once is what is larger than the largest block freed so far, up to 32 MB; nothing is written to the block freed
/// here, so it costs two calls. Other allocators take no notice.
fn keep_what_is_freed() {
    const LARGEST: usize = 8 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGEST)));
}

fn main() -> ExitCode {
    keep_what_is_freed();
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
