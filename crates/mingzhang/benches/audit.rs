//! Prints how long reading, understanding and auditing a disclosure take, each alone:
//! `cargo bench -p mingzhang --bench audit -- [FILE …]`; without a file, the example that ships with the project.

use std::{
    env, fs,
    hint::black_box,
    time::{Duration, Instant},
};

use mz_budget::library::Library;

const RUNS: usize = 300;
const EXAMPLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../examples/tianshan-coordination-office-2024/disclosure.txt"
);

fn main() {
    let is_file = |argument: &String| !argument.starts_with('-');
    let mut files: Vec<String> = env::args().skip(1).filter(is_file).collect();
    if files.is_empty() {
        files.push(EXAMPLE.to_owned());
    }
    let library = Library::embedded();
    for file in files {
        let bytes = fs::read(&file).expect("readable");
        let document = mz_document::read(&bytes, &file).expect("a document");
        let disclosure = mz_recognise::recognise(&document, library, None).expect("understood");
        println!("{file}");
        time("read", || mz_document::read(&bytes, &file));
        time("understand", || {
            mz_recognise::recognise(&document, library, None)
        });
        time("audit", || mz_audit::audit(&disclosure, library));
    }
}

/// Shortest and median of many runs; dropping what was made is part of none.
fn time<T>(what: &str, work: impl Fn() -> T) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let made = black_box(work());
            let elapsed = start.elapsed();
            drop(made);
            elapsed
        })
        .collect();
    times.sort_unstable();
    let millis = |i: usize| times[i].as_secs_f64() * 1e3;
    println!(
        "  {what:10} shortest {:.2} ms, median {:.2} ms",
        millis(0),
        millis(RUNS / 2)
    );
}
