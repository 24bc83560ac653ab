//! Sessions at a terminal, kept as Markdown in `transcripts/`. `UPDATE=1 cargo test -p mingzhang --test transcripts` writes
//! what the program says now.
//!
//! A fenced block `file NAME [gb18030|hex]` puts a file into the folder of the session; in a block `console`, a line that
//! begins with `$ ` runs the program and the lines below are what it must say: standard output, then standard error with
//! `! ` in front, then `[exit N]` when N is not 0. A line `...` stands for any lines, `[..]` at the end of a line for any ending.

mod support;

use std::{fs, path::Path, process::Output};

use support::folder::{Folder, root};

#[test]
fn transcripts_hold() {
    let update = std::env::var_os("UPDATE").is_some();
    let folder = root().join("crates/mingzhang/tests/transcripts");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the transcripts are there")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut differences = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let replayed = replay(&text, &path);
        if replayed != text {
            if update {
                fs::write(&path, replayed).expect("can be written");
            } else {
                differences.push(difference(&path, &text, &replayed));
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// The transcript with what the program says now; expected lines that match are kept as they are.
fn replay(text: &str, path: &Path) -> String {
    let folder = Folder::new();
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        push(&mut out, line);
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let mut body = Vec::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            body.push(line);
        }
        if let Some(words) = info.strip_prefix("file ") {
            put(&folder, words, &body);
            body.iter().for_each(|line| push(&mut out, line));
        } else if info == "console" {
            session(&folder, &body, &mut out, path);
        } else {
            body.iter().for_each(|line| push(&mut out, line));
        }
        push(&mut out, "```");
    }
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn put(folder: &Folder, words: &str, body: &[&str]) {
    let (name, how) = words.split_once(' ').unwrap_or((words, ""));
    let text = body
        .iter()
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    let bytes = match how {
        "" => text.into_bytes(),
        "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
        "hex" => text
            .split_whitespace()
            .map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal"))
            .collect(),
        "copy" => fs::read(folder.path(text.trim())).expect("a file to copy"),
        "copy-gb18030" => {
            let text = fs::read_to_string(folder.path(text.trim())).expect("a file to copy");
            encoding_rs::GB18030.encode(&text).0.into_owned()
        }
        other => panic!("unknown kind of file: {other}"),
    };
    folder.write(name, &bytes);
}

fn session(folder: &Folder, body: &[&str], out: &mut String, path: &Path) {
    let mut i = 0;
    while let Some(line) = body.get(i) {
        let command = line.strip_prefix("$ mingzhang").unwrap_or_else(|| {
            panic!(
                "{}: a session begins with `$ mingzhang`, not {line}",
                path.display()
            )
        });
        push(out, line);
        i += 1;
        let mut expected = Vec::new();
        while let Some(line) = body.get(i).filter(|line| !line.starts_with("$ ")) {
            expected.push(*line);
            i += 1;
        }
        let said = said(&folder.run(command.split_whitespace()));
        let said: Vec<&str> = said.lines().collect();
        let kept = if matches(&expected, &said) {
            &expected
        } else {
            &said
        };
        kept.iter().for_each(|line| push(out, line));
    }
}

fn said(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        push(&mut text, format!("! {line}").trim_end());
    }
    match output.status.code() {
        Some(0) => {}
        code => push(
            &mut text,
            &format!(
                "[exit {}]",
                code.map_or("by a signal".to_owned(), |code| code.to_string())
            ),
        ),
    }
    text
}

/// Whether the lines said are those expected, `...` standing for any number of lines and `[..]` for any ending.
fn matches(expected: &[&str], said: &[&str]) -> bool {
    match expected.split_first() {
        None => said.is_empty(),
        Some((&"...", rest)) => (0..=said.len()).any(|n| matches(rest, &said[n..])),
        Some((line, rest)) => said.split_first().is_some_and(|(first, after)| {
            let same = match line.strip_suffix("[..]") {
                Some(start) => first.starts_with(start),
                None => line.trim_end() == first.trim_end(),
            };
            same && matches(rest, after)
        }),
    }
}

fn difference(path: &Path, before: &str, now: &str) -> String {
    let first = before
        .lines()
        .zip(now.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b)
        .map_or(before.lines().count().min(now.lines().count()), |(i, _)| i);
    let show = |text: &str| {
        text.lines()
            .skip(first.saturating_sub(2))
            .take(14)
            .map(|l| format!("    {l}\n"))
            .collect::<String>()
    };
    format!(
        "{} differs from line {} on (UPDATE=1 accepts)\n  expected\n{}  said\n{}",
        path.display(),
        first + 1,
        show(before),
        show(now)
    )
}
