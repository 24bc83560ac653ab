//! `cargo xtask`: project chores. `gen [--check]` writes the generated files, `mutate …` and `census …` run the studies.

use std::process::{Command, ExitCode};

use xtask::{generate, workspace};

const USAGE: &str = "usage: cargo xtask gen [--check]
       cargo xtask mutate FILE… [--profile ID] [--sample N] [--once] [--report PATH] [--unnoticed PATH]
       cargo xtask census DIR [--expected PATH] [--diff OLD] [--report PATH]
       cargo xtask claims DIR [--sample N] [--seed N]
       cargo xtask unseen DIR [READING | PROFILE]…
       cargo xtask fuzz PATH... [--rounds N] [--seed N] [--scale N] [--seconds N] [--mib N] [--program PATH]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["gen"] => report(generate::write(&workspace::root())),
        ["gen", "--check"] => report(generate::check(&workspace::root())),
        ["mutate" | "census" | "claims" | "unseen" | "fuzz", ..] => study(&words),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn report(outcome: Result<Vec<String>, String>) -> ExitCode {
    match outcome {
        Ok(lines) => {
            for line in lines {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The study lives in a package of its own, because it needs every crate and this one must need none.
fn study(arguments: &[&str]) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "run",
            "--quiet",
            "--profile",
            "study",
            "--package",
            "xtask-study",
            "--",
        ])
        .args(arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}
