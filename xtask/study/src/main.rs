//! The studies as commands; `cargo xtask mutate` and `cargo xtask census` run them.

use std::{fs, io, path::PathBuf, process::ExitCode, time::Duration};

use mz_document::Document;
use xtask_study::{census, claims, fuzz, report, run, unnoticed, unseen};

const USAGE: &str =
    "usage: cargo xtask mutate FILE… [--profile ID] [--sample N] [--once] [--narrative] [--report PATH] [--unnoticed PATH] [--require]
       cargo xtask census DIR [--expected PATH] [--diff OLD] [--report PATH]
       cargo xtask claims DIR [--sample N] [--seed N]
       cargo xtask unseen DIR [READING | PROFILE]…
       cargo xtask fuzz PATH... [--rounds N] [--seed N] [--scale N] [--seconds N] [--mib N] [--program PATH]";

/// What `--require` asks for, in hundredths of a percent.
const CELLS_NOTICED: usize = 9_950;
const CELLS_FIRST: usize = 9_500;
const NARRATIVE_NOTICED: usize = 9_800;

#[derive(Default)]
struct Arguments {
    files: Vec<PathBuf>,
    profile: Option<String>,
    sample: Option<usize>,
    once: bool,
    narrative: bool,
    report: Option<PathBuf>,
    unnoticed: Option<PathBuf>,
    require: bool,
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).peekable();
    let command = words.next();
    if command.as_deref() == Some("census") {
        return take_census(words);
    }
    if command.as_deref() == Some("claims") {
        return sample_claims(words);
    }
    if command.as_deref() == Some("unseen") {
        let (folder, readings) = (words.next(), words.collect::<Vec<_>>());
        return print(folder.map(|folder| unseen::study(folder.as_ref(), &readings)));
    }
    if let Some(role @ ("fuzz" | "fuzz-worker")) = command.as_deref() {
        return try_to_break(role == "fuzz-worker", words.collect());
    }
    let Some(arguments) = parse(words).filter(|_| command.as_deref() == Some("mutate")) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run_study(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--profile" => arguments.profile = Some(words.next()?),
            "--sample" => arguments.sample = Some(words.next()?.parse().ok()?),
            "--report" => arguments.report = Some(words.next()?.into()),
            "--once" => arguments.once = true,
            "--narrative" => arguments.narrative = true,
            "--unnoticed" => arguments.unnoticed = Some(words.next()?.into()),
            "--require" => arguments.require = true,
            _ if word.starts_with("--") => return None,
            _ => arguments.files.push(word.into()),
        }
    }
    (!arguments.files.is_empty()).then_some(arguments)
}

/// Prints a sample of the claims of a folder's documents.
fn sample_claims(mut words: impl Iterator<Item = String>) -> ExitCode {
    let (mut folder, mut n, mut seed) = (None, Some(200), Some(1));
    while let Some(word) = words.next() {
        match word.as_str() {
            "--sample" => n = words.next().and_then(|n| n.parse().ok()),
            "--seed" => seed = words.next().and_then(|n| n.parse().ok()),
            _ => folder = Some(PathBuf::from(word)),
        }
    }
    let (Some(folder), Some(n), Some(seed)) = (folder, n, seed) else {
        return print(None);
    };
    print(Some(claims::sample(&folder, n, seed)))
}

/// Prints what a study found, what kept it from being done, or, without either, how to ask for one.
fn print(study: Option<Result<String, String>>) -> ExitCode {
    let error = match study {
        Some(Ok(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Some(Err(message)) => message,
        None => USAGE.to_owned(),
    };
    eprintln!("{error}");
    ExitCode::from(2)
}

/// Takes the census of a folder and prints it, writes it, or says what changed since another.
fn take_census(mut words: impl Iterator<Item = String>) -> ExitCode {
    let mut options: [Option<PathBuf>; 4] = Default::default();
    let names = ["", "--expected", "--diff", "--report"];
    while let Some(word) = words.next() {
        let slot = names
            .iter()
            .position(|name| *name == word)
            .filter(|i| *i > 0);
        let value = if slot.is_some() {
            words.next()
        } else {
            Some(word)
        };
        match options.get_mut(slot.unwrap_or(0)) {
            Some(option) if option.is_none() => *option = value.map(PathBuf::from),
            _ => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    let [Some(folder), expected, old, path] = options else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let outcome = census::take(&folder, expected.as_deref()).and_then(|text| {
        let file_error = |path: &PathBuf, e: std::io::Error| format!("{}: {e}", path.display());
        if let Some(old) = &old {
            let before = fs::read_to_string(old).map_err(|e| file_error(old, e))?;
            print!("{}", census::diff(&before, &text));
        } else if path.is_none() {
            print!("{text}");
        }
        match &path {
            Some(path) => fs::write(path, &text).map_err(|e| file_error(path, e)),
            None => Ok(()),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// One line for those who compare two runs.
fn print_totals(study: &run::Study, totals: report::Totals) {
    let line = |label: &str, tally: report::Tally| {
        format!(
            "{label} {} changes, noticed {}",
            tally.n,
            percent(tally.noticed_bp())
        )
    };
    println!(
        "{}, first {} · {} · {} · {} · {} · numbers bound {}, unbound {} · failed {}",
        line("tables:", totals.cells),
        percent(totals.cells.first_bp()),
        line("narrative determined elsewhere:", totals.determined),
        line("not determined:", totals.free),
        line("unbound:", totals.unbound),
        line("unplaced in tables:", totals.unplaced),
        study.n_bound,
        study.n_unbound,
        totals.failed
    );
}

fn percent(bp: usize) -> String {
    format!("{}.{:02} %", bp / 100, bp % 100)
}

/// The document, or the halves of a disclosure published in several files as one, and its name.
fn read(files: &[PathBuf]) -> Result<(Document, String), String> {
    let mut whole: Option<(Document, String)> = None;
    for path in files {
        let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let bytes = fs::read(path).map_err(|error| said(&error))?;
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let document = mz_document::read(&bytes, &file).map_err(|error| said(&error.message_en))?;
        whole = Some(match whole {
            None => (document, file),
            Some((first, name)) => (first.joined(document, &file), format!("{name} + {file}")),
        });
    }
    whole.ok_or_else(|| "no file".to_owned())
}

/// Runs the robustness study, or works for one.
fn try_to_break(is_worker: bool, words: Vec<String>) -> ExitCode {
    let Some(plan) = fuzz_plan(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if is_worker {
        fuzz::worker::work(&plan, io::stdin().lock(), io::stdout().lock());
        return ExitCode::SUCCESS;
    }
    match fuzz::run(&plan, &words) {
        Ok(outcome) => {
            print!("{}", outcome.summary(&plan));
            if outcome.faults.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn fuzz_plan(words: &[String]) -> Option<fuzz::Plan> {
    let (mut folders, mut program) = (Vec::new(), None);
    let mut numbers = [10, 1, 1, 10, 1_024];
    let names = ["--rounds", "--seed", "--scale", "--seconds", "--mib"];
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if let Some(i) = names.iter().position(|name| name == word) {
            numbers[i] = words.next()?.parse().ok().filter(|n| *n > 0)?;
        } else if word == "--program" {
            program = Some(words.next()?.into());
        } else if word.starts_with("--") {
            return None;
        } else {
            folders.push(PathBuf::from(word));
        }
    }
    let [rounds, seed, scale, seconds, mib] = numbers;
    Some(fuzz::Plan {
        files: fuzz::files(&folders).ok()?,
        rounds: rounds as usize,
        seed,
        scale: scale as usize,
        limit: Duration::from_secs(seconds),
        mib,
        program,
    })
}

fn run_study(arguments: &Arguments) -> Result<bool, String> {
    let (document, name) = read(&arguments.files)?;
    let plan = run::Plan {
        sample: arguments.sample,
        once: arguments.once,
        narrative: arguments.narrative,
    };
    let study = run::study(&document, arguments.profile.as_deref(), plan)?;
    let text = report::markdown(&study, &name, arguments.profile.as_deref());
    match &arguments.report {
        Some(path) => {
            fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("wrote {}", path.display());
        }
        None => println!("{text}"),
    }
    if let Some(path) = &arguments.unnoticed {
        fs::write(path, unnoticed::csv(&study, &document))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!("wrote {}", path.display());
    }
    let totals = report::totals(&study);
    print_totals(&study, totals);
    let good = totals.cells.noticed_bp() >= CELLS_NOTICED
        && totals.cells.first_bp() >= CELLS_FIRST
        && totals.determined.noticed_bp() >= NARRATIVE_NOTICED
        && totals.failed == 0;
    if arguments.require && !good {
        eprintln!(
            "required: tables noticed {}, first {}; narrative noticed {}; nothing failed",
            percent(CELLS_NOTICED),
            percent(CELLS_FIRST),
            percent(NARRATIVE_NOTICED)
        );
    }
    Ok(good || !arguments.require)
}
