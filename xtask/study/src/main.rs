//! The studies as commands; `cargo xtask mutate` and `cargo xtask census` run them.

use std::{fs, path::PathBuf, process::ExitCode};

use xtask_study::{census, report, run};

const USAGE: &str =
    "usage: cargo xtask mutate FILE [--profile ID] [--sample N] [--report PATH] [--require]
       cargo xtask census DIR [--expected PATH] [--diff OLD] [--report PATH]";

/// What `--require` asks for, in hundredths of a percent.
const CELLS_NOTICED: usize = 9_950;
const CELLS_FIRST: usize = 9_500;
const NARRATIVE_NOTICED: usize = 9_800;

#[derive(Default)]
struct Arguments {
    file: PathBuf,
    profile: Option<String>,
    sample: Option<usize>,
    report: Option<PathBuf>,
    require: bool,
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).peekable();
    let command = words.next();
    if command.as_deref() == Some("census") {
        return take_census(words);
    }
    let Some(arguments) = parse(words).filter(|_| command.as_deref() == Some("mutate")) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run_study(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{}: {message}", arguments.file.display());
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
            "--require" => arguments.require = true,
            _ if word.starts_with("--") || !arguments.file.as_os_str().is_empty() => return None,
            _ => arguments.file = word.into(),
        }
    }
    (!arguments.file.as_os_str().is_empty()).then_some(arguments)
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

fn run_study(arguments: &Arguments) -> Result<bool, String> {
    let bytes = fs::read(&arguments.file).map_err(|error| error.to_string())?;
    let name = arguments
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let document = mz_document::read(&bytes, &name).map_err(|error| format!("{error:?}"))?;
    let study = run::study(&document, arguments.profile.as_deref(), arguments.sample)?;
    let text = report::markdown(&study, &name, arguments.profile.as_deref());
    match &arguments.report {
        Some(path) => {
            fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("wrote {}", path.display());
        }
        None => println!("{text}"),
    }
    let totals = report::totals(&study);
    let percent = |bp: usize| format!("{}.{:02} %", bp / 100, bp % 100);
    println!(
        "tables: {} changes, noticed {}, first {} · narrative determined elsewhere: {} changes, noticed {} · failed {}",
        totals.cells.n,
        percent(totals.cells.noticed_bp()),
        percent(totals.cells.first_bp()),
        totals.determined.n,
        percent(totals.determined.noticed_bp()),
        totals.failed
    );
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
