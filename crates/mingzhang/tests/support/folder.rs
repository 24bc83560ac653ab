//! A folder that goes away with the test, and the program run inside it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

/// A temporary folder.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder with a copy of the project's examples in it.
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mingzhang-test-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        let folder = Self(path);
        copy(&root().join("examples"), &folder.path("examples"));
        folder
    }

    /// A path inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file inside, making folders as needed.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("folders can be made");
        }
        fs::write(path, bytes).expect("files can be written");
    }

    /// Makes a link inside, to something there or not; where systems have no such links, an empty file stands for it.
    #[allow(dead_code, reason = "not every test needs it")]
    pub fn link(&self, name: &str, target: &str) {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("folders can be made");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, path).expect("links can be made");
        #[cfg(not(unix))]
        fs::write(path, target).expect("files can be written");
    }

    /// Runs the program inside.
    pub fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Output {
        self.command()
            .args(arguments)
            .output()
            .expect("the program can be started")
    }

    /// The program, to be run inside.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        command.current_dir(&self.0).env_remove("NO_COLOR");
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from)
        .expect("the examples are there")
        .flatten()
    {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}
