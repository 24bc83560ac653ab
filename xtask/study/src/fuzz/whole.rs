//! The program itself on hostile files: as a user would run it, from the command line to the report.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Outcome, Plan, hostile, limited};
use crate::memory;

/// Runs the program on every hostile file.
pub fn run(plan: &Plan, program: &Path, outcome: &mut Outcome) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("mingzhang-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for case in hostile::all() {
        let file = folder.join(case.name);
        fs::write(&file, (case.make)(plan.scale))
            .map_err(|e| format!("{}: {e}", file.display()))?;
        let report = folder.join("report.html");
        let child = limited(program, plan.mib)
            .arg("audit")
            .arg(&file)
            .args(["--out".as_ref(), report.as_os_str()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{}: {e}", program.display()))?;
        let started = Instant::now();
        let (status, mib, said) = watch(child, plan.limit * 2);
        let fault = match status {
            None => Some("hang".to_owned()),
            Some(0 | 1) => None,
            Some(2) if said.contains(case.name) => None,
            Some(2) => Some(format!("the message does not name the file: {said}")),
            Some(code) => Some(format!("status {code}: {said}")),
        };
        let ended = match fault {
            Some(fault) => format!("panic whole run, {}", fault.replace(['\n', '\t'], " ")),
            None => "whole".to_owned(),
        };
        let spent = started.elapsed().as_millis();
        outcome.add(
            plan,
            &format!("{spent}\t{mib}\t{} (whole run)\t{ended}", case.name),
        );
    }
    fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))
}

/// Waits for a process: its status (a signal counts as -1; `None` when it was stopped at the limit), its highest memory use as far
/// as it could be seen, and what it complained of.
fn watch(mut child: Child, limit: Duration) -> (Option<i32>, u64, String) {
    let complaints = child.stderr.take();
    let reader = thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut pipe) = complaints {
            let _ = pipe.read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    });
    let id = child.id().to_string();
    let started = Instant::now();
    let mut mib = 0;
    let status = loop {
        mib = mib.max(memory::peak_of(&id).unwrap_or(0));
        match child.try_wait() {
            Ok(Some(status)) => break Some(status.code().unwrap_or(-1)),
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(3)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    (status, mib, reader.join().unwrap_or_default())
}
