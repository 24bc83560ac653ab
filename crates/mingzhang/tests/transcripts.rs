//! Sessions at a terminal, kept as Markdown in `transcripts/`. `UPDATE=1 cargo test -p mingzhang --test transcripts` writes
//! what the program says now.
//!
//! A fenced block `file NAME [KIND]` puts a file into the folder of the session: the text in an encoding (`gb18030`, `big5`,
//! `utf-16le`), bytes in hexadecimal (`hex`), the copy of a file (`copy`), its first N percent (`cut`, two words: path, N),
//! N bytes of noise (`junk`) or of Chinese characters at random (`junk-text`), a link (`link`). In a block `console`, a line that
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

/// Outside transcripts, because the superuser may read everything: then there is nothing to see.
#[cfg(unix)]
#[test]
fn a_file_one_may_not_read_is_named_and_the_next_is_audited() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    folder.write("锁.txt", b"x");
    let path = folder.path("锁.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000))
        .expect("permissions can be taken");
    if fs::read(&path).is_ok() {
        return;
    }
    let good = "examples/tianshan-coordination-office-2024/disclosure.txt";
    let said = said(&folder.run(["audit", "锁.txt", good, "--min-severity", "error"]));
    assert!(said.contains("! 锁.txt: 没有权限\n[exit 2]"), "{said}");
    assert!(said.contains("共审核 1 份公开，1 个未能读取"), "{said}");
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
    let word = text.trim();
    let bytes = match how {
        "" => text.into_bytes(),
        "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
        "big5" => encoding_rs::BIG5.encode(&text).0.into_owned(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "hex" => text
            .split_whitespace()
            .map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal"))
            .collect(),
        "copy" => fs::read(folder.path(word)).expect("a file to copy"),
        "copy-gb18030" => {
            let text = fs::read_to_string(folder.path(word)).expect("a file to copy");
            encoding_rs::GB18030.encode(&text).0.into_owned()
        }
        "cut" => {
            let (path, percent) = word.split_once(' ').expect("a path and a share");
            let mut bytes = fs::read(folder.path(path)).expect("a file to cut");
            bytes.truncate(bytes.len() * percent.parse::<usize>().expect("a number") / 100);
            bytes
        }
        "junk" => noise().take(number(word)).collect(),
        "junk-text" => characters(number(word)).into_bytes(),
        "link" => return folder.link(name, word),
        other => panic!("unknown kind of file: {other}"),
    };
    folder.write(name, &bytes);
}

fn number(word: &str) -> usize {
    word.parse().expect("a number")
}

/// The same bytes in every run, none like another (xorshift).
fn noise() -> impl Iterator<Item = u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
}

/// About this many bytes of everyday characters, digits and marks, in lines of all lengths.
fn characters(n_bytes: usize) -> String {
    let mut text = String::with_capacity(n_bytes + 4);
    let mut noise = noise();
    while text.len() < n_bytes {
        let (Some(a), Some(b)) = (noise.next(), noise.next()) else {
            break;
        };
        text.push(match a {
            0..4 => '\n',
            4..12 => '。',
            12..16 => '\t',
            16..48 => char::from(b'0' + b % 10),
            _ => char::from_u32(0x4e00 + u32::from(a) * 80 + u32::from(b) / 4).unwrap_or('预'),
        });
    }
    text
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
