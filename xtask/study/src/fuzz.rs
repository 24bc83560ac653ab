//! Robustness: every file of a folder damaged at random, and files made to hurt. Each must end within the limits with a result or
//! a message; a panic, a hang, a fall or too much memory is a fault.

pub mod damage;
pub mod hostile;
pub mod worker;

mod whole;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

/// What is run, and within which limits.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The files damaged.
    pub files: Vec<PathBuf>,
    /// How often each.
    pub rounds: usize,
    /// Of the dice.
    pub seed: u64,
    /// Hostile files are that many times smaller than they could be.
    pub scale: usize,
    /// Longest processor time for one file.
    pub limit: Duration,
    /// Most memory for one file, in MiB; the address space of the worker is three times that.
    pub mib: u64,
    /// The program for whole runs.
    pub program: Option<PathBuf>,
}

impl Plan {
    /// How many cases there are.
    pub fn n_cases(&self) -> usize {
        hostile::all().count() + self.files.len() * self.rounds
    }
}

/// How the cases ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many ended how: audited, read, refused.
    pub counts: BTreeMap<String, usize>,
    /// Cases that did not end as they must.
    pub faults: Vec<String>,
    /// Milliseconds, and the case.
    pub slowest: (u64, String),
    /// MiB, and the case.
    pub largest: (u64, String),
}

impl Outcome {
    fn add(&mut self, plan: &Plan, line: &str) {
        let mut fields = line.splitn(4, '\t');
        let mut number = || {
            fields
                .next()
                .and_then(|f| f.parse::<u64>().ok())
                .unwrap_or(0)
        };
        let (milliseconds, mib) = (number(), number());
        let name = fields.next().unwrap_or("?");
        let ended = fields.next().unwrap_or("?");
        let how = ended.split(' ').next().unwrap_or("?");
        *self.counts.entry(how.to_owned()).or_default() += 1;
        if milliseconds > self.slowest.0 {
            self.slowest = (milliseconds, name.to_owned());
        }
        if mib > self.largest.0 {
            self.largest = (mib, name.to_owned());
        }
        if how == "panic" {
            self.faults.push(format!("{name}: {ended}"));
        }
        if u128::from(milliseconds) > plan.limit.as_millis() {
            self.faults.push(format!("{name}: {milliseconds} ms"));
        }
        if mib > plan.mib {
            self.faults.push(format!("{name}: {mib} MiB"));
        }
    }

    fn fault(&mut self, how: &str, case: &str) {
        *self.counts.entry(how.to_owned()).or_default() += 1;
        self.faults.push(format!("{case}: {how}"));
    }

    /// As text.
    pub fn summary(&self, plan: &Plan) -> String {
        let n: usize = self.counts.values().sum();
        let counts: Vec<String> = self
            .counts
            .iter()
            .map(|(how, n)| format!("{how} {n}"))
            .collect();
        let mut out = format!("{n} cases, seed {}: {}\n", plan.seed, counts.join(", "));
        let _ = writeln!(
            out,
            "limits: {} s, {} MiB for each",
            plan.limit.as_secs(),
            plan.mib
        );
        let _ = writeln!(out, "slowest: {} ms, {}", self.slowest.0, self.slowest.1);
        let _ = writeln!(out, "largest: {} MiB, {}", self.largest.0, self.largest.1);
        for fault in &self.faults {
            let _ = writeln!(out, "FAULT {fault}");
        }
        out
    }
}

/// Runs all cases, each in a worker under the limits; then the program itself on the hostile files when one is given.
pub fn run(plan: &Plan, words: &[String]) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut worker: Option<Worker> = None;
    for i in 0..plan.n_cases() {
        let mut own = match worker.take() {
            Some(worker) => worker,
            None => Worker::start(plan, words)?,
        };
        match own.ask(i, plan.limit) {
            Ok(line) => {
                outcome.add(plan, &line);
                // Memory that the allocator keeps would be counted on the next file.
                if own.n_done < 50 {
                    worker = Some(own);
                }
            }
            Err(how) => {
                own.stop();
                outcome.fault(&how, &format!("case {i}"));
            }
        }
    }
    if let Some(program) = &plan.program {
        whole::run(plan, program, &mut outcome)?;
    }
    Ok(outcome)
}

/// A worker and the lines it writes.
struct Worker {
    process: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    n_done: usize,
}

impl Worker {
    fn start(plan: &Plan, words: &[String]) -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut process = limited(&own, plan.mib)
            .arg("fuzz-worker")
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("the worker does not start: {e}"))?;
        let input = process.stdin.take();
        let output = process.stdout.take().ok_or("the worker has no output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            process,
            input,
            lines,
            n_done: 0,
        })
    }

    /// One case. `Err` says how the worker fell.
    fn ask(&mut self, i: usize, limit: Duration) -> Result<String, String> {
        self.n_done += 1;
        let input = self.input.as_mut().ok_or("no input")?;
        writeln!(input, "{i}")
            .and_then(|()| input.flush())
            .map_err(|e| e.to_string())?;
        // The limit is processor time; making the case takes time as well, and the machine may be busy.
        match self.lines.recv_timeout(limit * 6 + Duration::from_secs(10)) {
            Ok(line) => Ok(line),
            Err(RecvTimeoutError::Timeout) => Err("hang".into()),
            Err(RecvTimeoutError::Disconnected) => Err(match self.process.wait() {
                Ok(status) => format!("fell ({status})"),
                Err(error) => format!("fell ({error})"),
            }),
        }
    }

    fn stop(mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.wait();
    }
}

/// A command with a bounded address space, where there is a shell that can bound it.
fn limited(program: &Path, mib: u64) -> Command {
    if !Path::new("/bin/sh").exists() {
        return Command::new(program);
    }
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "ulimit -v \"$1\"; shift; exec \"$@\"", "sh"]);
    command.arg((mib * 3 * 1024).to_string()).arg(program);
    command
}

/// All files of some folders, sorted.
pub fn files(folders: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut out = Vec::new();
    for folder in folders {
        list(folder, &mut out)?;
    }
    out.sort();
    Ok(out)
}

fn list(path: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        out.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))? {
        list(&entry.map_err(|e| e.to_string())?.path(), out)?;
    }
    Ok(())
}
