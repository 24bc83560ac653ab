//! Typesets a document of any format the readers know: `cargo run -p mz-typeset --example typeset -- IN OUT.pdf`.
//! Without IN, the sample of the tests. For looking at pages.

#[path = "../tests/support/mod.rs"]
#[allow(dead_code)]
mod support;

use std::{env, fs, path::PathBuf, process::ExitCode};

use mz_typeset::Settings;

fn main() -> ExitCode {
    match run() {
        Ok(words) => {
            println!("{words}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let (document, output) = match arguments.as_slice() {
        [output] => (support::sample(), output),
        [input, output] => {
            let bytes = fs::read(input).map_err(|error| error.to_string())?;
            let document = mz_document::read(&bytes, &input.to_string_lossy());
            (document.map_err(|error| error.to_string())?, output)
        }
        _ => return Err("usage: typeset [IN] OUT.pdf".to_owned()),
    };
    let typeset =
        mz_typeset::typeset(&document, &Settings::default()).map_err(|error| error.to_string())?;
    fs::write(output, &typeset.bytes).map_err(|error| error.to_string())?;
    Ok(format!(
        "{} pages, {} bytes. {}",
        typeset.n_pages,
        typeset.bytes.len(),
        typeset.notes.join("；")
    ))
}
