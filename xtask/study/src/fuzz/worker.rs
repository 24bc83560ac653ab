//! The process that does the work: takes files one after another through reading, recognition and audit, and says after
//! each how it ended. It is a process of its own, so that one that hangs or falls costs the study one case.

use std::{
    fs,
    io::{BufRead, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Instant,
};

use mz_budget::library::Library;
use mz_document::{Document, WRITERS, WriteOptions};
use mz_simulate::Random;

use super::{Plan, damage, hostile};
use crate::memory;

/// Works off the numbers of cases that come in by line, until there are no more.
pub fn work(plan: &Plan, input: impl BufRead, mut output: impl Write) {
    let last_panic: Arc<Mutex<String>> = Arc::default();
    let seen = Arc::clone(&last_panic);
    std::panic::set_hook(Box::new(move |info| {
        if let Ok(mut seen) = seen.lock() {
            *seen = info.to_string().replace('\n', " ");
        }
    }));
    let mut seeds = Cases::default();
    for line in input.lines().map_while(Result::ok) {
        let Some((name, bytes)) = line.parse().ok().and_then(|i| seeds.case(plan, i)) else {
            continue;
        };
        memory::reset_peak();
        let (started, processor) = (Instant::now(), memory::processor_ms());
        let outcome = catch_unwind(AssertUnwindSafe(|| audit(&bytes, &name)));
        let wall = started.elapsed().as_millis() as u64;
        let after = memory::processor_ms();
        let spent = processor
            .zip(after)
            .map_or(wall, |(before, after)| after - before);
        let outcome = outcome.unwrap_or_else(|_| {
            let message = last_panic.lock().map(|m| m.clone()).unwrap_or_default();
            format!("panic {message}")
        });
        let done = writeln!(output, "{spent}\t{}\t{name}\t{outcome}", memory::peak_mib());
        if done.and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}

/// Reads, recognises and audits; says how far it came. A refusal without words is a fault.
pub fn audit(bytes: &[u8], name: &str) -> String {
    let library = Library::embedded();
    let document = match mz_document::read(bytes, name) {
        Ok(document) => document,
        Err(error) if error.message_zh.is_empty() || error.message_en.is_empty() => {
            return "panic a refusal without words".to_owned();
        }
        Err(error) => return format!("refused {}", error.message_zh.replace(['\n', '\t'], " ")),
    };
    match mz_recognise::recognise(&document, library, None) {
        Ok(disclosure) => {
            let report = mz_audit::audit(&disclosure, library);
            format!("audited {} findings", report.findings.len())
        }
        Err(_) => "read".to_owned(),
    }
}

/// The file worked on last, and the same in other formats: all rounds of a file follow one another.
#[derive(Default)]
pub struct Cases {
    path: Option<PathBuf>,
    formats: Vec<(&'static str, Vec<u8>)>,
}

impl Cases {
    /// Name and content of a case.
    pub fn case(&mut self, plan: &Plan, i: usize) -> Option<(String, Vec<u8>)> {
        let hostile: Vec<_> = hostile::all().collect();
        if let Some(hostile) = hostile.get(i) {
            return Some((hostile.name.to_owned(), (hostile.make)(plan.scale)));
        }
        let (i, round) = (
            (i - hostile.len()) / plan.rounds,
            (i - hostile.len()) % plan.rounds,
        );
        let path = plan.files.get(i)?;
        if self.path.as_ref() != Some(path) {
            self.formats = formats(fs::read(path).ok()?);
            self.path = Some(path.clone());
        }
        let file = path.file_name()?.to_string_lossy();
        let mut random = Random::new(plan.seed ^ (i * 1_000_003 + round) as u64);
        // Every other round takes the file as it is, the others the same document in another format.
        let format = if round % 2 == 0 {
            0
        } else {
            round / 2 % self.formats.len()
        };
        let (extension, bytes) = self.formats.get(format)?;
        let mut bytes = bytes.clone();
        let what = damage::damage(&mut bytes, &mut random);
        let and = if random.below(4) == 0 && !bytes.is_empty() {
            format!(" + {}", damage::damage(&mut bytes, &mut random))
        } else {
            String::new()
        };
        Some((
            format!("{file}{extension} round {round}: {what}{and}"),
            bytes,
        ))
    }
}

fn formats(bytes: Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let document: Option<Document> = mz_document::read(&bytes, "seed").ok();
    let mut all = vec![("", bytes)];
    if let Some(document) = document {
        for (name, extension) in [
            (".docx", "docx"),
            (".html", "html"),
            (".json", "json"),
            (".txt", "txt"),
            (".xlsx", "xlsx"),
        ] {
            let writer = WRITERS.iter().find(|w| w.extension == extension);
            let written = writer.and_then(|w| (w.write)(&document, &WriteOptions::default()).ok());
            all.extend(written.map(|bytes| (name, bytes)));
        }
    }
    all
}
