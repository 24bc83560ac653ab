//! Standard output and error. A reader that went away is no error, and never a panic.

use std::{
    fs,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
};

use crate::arguments::When;

/// Prints to standard output. A closed pipe counts as printed: whoever reads has seen enough.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            complain(&format!("无法输出：{error}"));
            Err(error)
        }
        Ok(()) => Ok(()),
    }
}

/// Prints to standard error, where nobody is obliged to listen.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Text of a file as one line: nothing in it can move the cursor, color the terminal or reorder what is read.
pub fn plain(text: &str) -> String {
    let is_unsafe = |c: char| {
        c.is_control()
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
    };
    let words = text
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars()
        .map(|c| if is_unsafe(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Writes a file, or standard output when there is no path.
pub fn deliver(bytes: &[u8], path: Option<&Path>) -> io::Result<()> {
    let Some(path) = path else {
        return print(bytes);
    };
    fs::write(path, bytes).inspect_err(|error| {
        complain(&format!(
            "{}: 无法写入：{}",
            path.display(),
            crate::files::reason(error)
        ));
    })
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether to color standard output.
pub fn color(when: When) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
            is_terminal() && !forbidden && !dumb
        }
    }
}

/// Columns of the terminal; `None` when standard output is none, so that every line stays whole for other programs.
pub fn columns() -> Option<usize> {
    let (_, columns) = is_terminal()
        .then(|| console::Term::stdout().size_checked())
        .flatten()?;
    Some(usize::from(columns).clamp(40, 140))
}
