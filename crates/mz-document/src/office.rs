//! Legacy documents through LibreOffice, where it is installed: one conversion, in a folder of its own, for a bounded time.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Longest conversion.
const LIMIT: Duration = Duration::from_secs(90);
/// Names the program goes by.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];
/// Switches macros off in the profile the conversion runs with.
const NO_MACROS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"#;

/// Why nothing was converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// LibreOffice is not installed.
    NotInstalled,
    /// It was, and did not deliver; a Chinese reason.
    Failed(String),
}

/// Converts a file to another format.
pub(crate) fn convert(bytes: &[u8], from: &str, to: &str) -> Result<Vec<u8>, Refusal> {
    let program = program().ok_or(Refusal::NotInstalled)?;
    let folder =
        Folder::new().map_err(|error| Refusal::Failed(format!("不能建立临时文件夹（{error}）")))?;
    run(&program, &folder.0, bytes, from, to).map_err(Refusal::Failed)
}

/// The program on the search path.
fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| PROGRAMS.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

fn run(
    program: &Path,
    folder: &Path,
    bytes: &[u8],
    from: &str,
    to: &str,
) -> Result<Vec<u8>, String> {
    let io = |error: io::Error| format!("转换时出错（{error}）");
    let input = folder.join(format!("input.{from}"));
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).map_err(io)?;
    fs::write(profile.join("user/registrymodifications.xcu"), NO_MACROS).map_err(io)?;
    fs::write(&input, bytes).map_err(io)?;
    let out = folder.join("out");
    let mut child = Command::new(program)
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault"])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(&input)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(io)?;
    if !finishes(&mut child) {
        return Err(format!("LibreOffice 在 {} 秒内没有转换完", LIMIT.as_secs()));
    }
    fs::read(out.join(format!("input.{to}")))
        .map_err(|_| "LibreOffice 没能转换（文件损坏或有密码）".to_owned())
}

/// Waits within the limit; a program that takes longer is stopped.
fn finishes(child: &mut Child) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) if start.elapsed() < LIMIT => thread::sleep(Duration::from_millis(30)),
            _ => {
                // Nothing more can be done if it cannot be stopped either.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// A folder that is removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mingzhang-{}-{number}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own cleaning.
        let _ = fs::remove_dir_all(&self.0);
    }
}
