//! Packages from disk, in whichever form they are.

use std::{collections::BTreeMap, fs, path::Path};

use mz_budget::library::Library;
use mz_package::{FormProblem, Level, Opened, folder, json, workbook};

use crate::files;

/// Deepest folder of a package.
const DEEPEST: usize = 3;

/// Opens a package: a folder, a workbook or JSON, told by content.
///
/// # Errors
///
/// When nothing can be read of it: one line a reason, with file and place.
pub fn open(path: &Path) -> Result<Opened, String> {
    let library = Library::embedded();
    let result = if path.is_dir() {
        let mut found = folder::Files::new();
        collect(path, "", 0, &mut found)?;
        folder::read(&found, library)
    } else {
        let bytes = files::load(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_json = bytes
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte))
            == Some(&b'{');
        if is_json {
            json::read(&bytes, &name)
        } else {
            let book = mz_document::workbook::read_workbook(&bytes).map_err(|error| {
                format!("不是资料（文件夹、工作簿或 JSON）：{}", error.message_zh)
            })?;
            workbook::read(&book, library)
        }
    };
    result.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(line).collect();
        lines.join("\n")
    })
}

/// Files of a folder by their path inside it, hidden ones left out.
fn collect(
    folder: &Path,
    inside: &str,
    depth: usize,
    found: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| files::reason(&error))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if name.starts_with('.') || path.is_symlink() {
            continue;
        }
        let inner = format!("{inside}{name}");
        if path.is_dir() && depth < DEEPEST {
            collect(&path, &format!("{inner}/"), depth + 1, found)?;
        } else if path.is_file() {
            let bytes = files::load(&path).map_err(|reason| format!("{inner}: {reason}"))?;
            found.insert(inner, bytes);
        }
    }
    Ok(())
}

/// A problem of a form in one line.
pub fn line(problem: &FormProblem) -> String {
    let level = match problem.level {
        Level::Note => "提示",
        Level::Query => "待核",
        Level::Error => "错误",
    };
    if problem.place.is_empty() {
        format!("{level}：{}", problem.message)
    } else {
        format!("{level}：{}：{}", problem.place, problem.message)
    }
}
