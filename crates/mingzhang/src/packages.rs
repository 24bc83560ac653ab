//! Packages on disk: told from documents by content, opened from any form, written in the form the path asks for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mz_budget::{library::Library, package::Package};
use mz_document::workbook::{self, Workbook};
use mz_package::{FormProblem, Level, Opened, folder};

use crate::{files, terminal};

/// What stands at a path.
pub enum Found {
    /// A package in one of its forms.
    Package(Box<Opened>),
    /// Something that claims to be a package and cannot be read as one.
    Broken(Vec<FormProblem>),
    /// Anything else: a document, perhaps.
    Other,
}

/// Looks at a path.
pub fn find(path: &Path) -> Result<Found, String> {
    if path.is_dir() {
        if !path.join(folder::MAIN).is_file() {
            return Ok(Found::Other);
        }
        return Ok(found(folder::read(
            &read_folder(path)?,
            Library::embedded(),
        )));
    }
    let bytes = files::load(path)?;
    Ok(find_bytes(&bytes, &name(path)))
}

fn found(read: Result<Opened, Vec<FormProblem>>) -> Found {
    match read {
        Ok(opened) => Found::Package(Box::new(opened)),
        Err(problems) => Found::Broken(problems),
    }
}

fn find_bytes(bytes: &[u8], name: &str) -> Found {
    if let Some(book) = package_workbook(bytes) {
        return found(mz_package::workbook::read(&book, Library::embedded()));
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let is_json = start
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    if is_json && start.contains("mingzhang.package/") {
        return found(mz_package::json::read(bytes, name));
    }
    Found::Other
}

fn package_workbook(bytes: &[u8]) -> Option<Workbook> {
    if !bytes.starts_with(b"PK") && !bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return None;
    }
    let book = workbook::read_workbook(bytes).ok()?;
    mz_package::workbook::is_package(&book).then_some(book)
}

/// Opens a package, or says why there is none.
pub fn open(path: &Path) -> Result<Opened, String> {
    match find(path)? {
        Found::Package(opened) => Ok(*opened),
        Found::Broken(problems) => {
            report(&problems, path);
            Err("不能作为资料读取".to_owned())
        }
        Found::Other => Err(
            "不是资料（用 mingzhang new 新建，或用 mingzhang import 由公开文件导入）".to_owned(),
        ),
    }
}

/// Files of a package folder: TOML and CSV, at most two levels deep.
fn read_folder(path: &Path) -> Result<folder::Files, String> {
    let mut found = folder::Files::new();
    let mut waiting: Vec<(PathBuf, String)> = vec![(path.to_owned(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| files::reason(&error))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if name.starts_with('.') || name.starts_with('~') || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                if prefix.is_empty() {
                    waiting.push((path, format!("{name}/")));
                }
                continue;
            }
            found.insert(format!("{prefix}{name}"), files::load(&path)?);
        }
    }
    Ok(found)
}

/// Writes a package in the form the path asks for.
pub fn save(package: &Package, path: &Path) -> Result<(), String> {
    let library = Library::embedded();
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => write(path, &mz_package::workbook::write(package, library)?),
        Some("json") => write(path, &mz_package::json::write(package)?),
        None => save_folder(&folder::write(package, library)?, path),
        Some(other) => Err(format!(
            "“.{other}”不是资料的形式；可用 .xlsx、.json，或没有扩展名的文件夹"
        )),
    }
}

/// The files replace those of the package that was there; nothing else in the folder is touched.
fn save_folder(new: &folder::Files, path: &Path) -> Result<(), String> {
    if path.join(folder::MAIN).is_file() {
        let old = read_folder(path)?;
        for name in old
            .keys()
            .filter(|name| name.starts_with("listings/") && name.ends_with(".csv"))
        {
            if !new.contains_key(name) {
                fs::remove_file(path.join(name)).map_err(|error| files::reason(&error))?;
            }
        }
        for name in ["reasons.csv", "purposes.csv", "indicators.csv"] {
            if old.contains_key(name) && !new.contains_key(name) {
                fs::remove_file(path.join(name)).map_err(|error| files::reason(&error))?;
            }
        }
    }
    for (name, bytes) in new {
        let target = path.join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| files::reason(&error))?;
        }
        write(&target, bytes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| files::reason(&error))
}

/// Says so when something is already there: a package somebody filled in must not be lost to a slip.
pub fn is_free(path: &Path) -> bool {
    let is_taken = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    };
    if is_taken {
        terminal::complain(&format!(
            "{}: 已经存在，没有覆盖；请换一个路径\nalready exists, not overwritten",
            path.display()
        ));
    }
    !is_taken
}

/// The name of a file as places print it.
pub fn name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Chinese word of a level.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "错误",
        Level::Query => "待核",
        Level::Note => "提示",
    }
}

/// One line a problem, most serious first.
pub fn lines(problems: &[FormProblem]) -> String {
    let mut sorted: Vec<&FormProblem> = problems.iter().collect();
    sorted.sort_by_key(|problem| std::cmp::Reverse(problem.level));
    let lines = sorted.into_iter().map(|problem| {
        let place = problem.place.to_string();
        let message = terminal::plain(&problem.message);
        let head = format!("{} {}", level(problem.level), problem.name);
        if place.is_empty() {
            format!("  {head}: {message}\n")
        } else {
            format!("  {head} {}: {message}\n", terminal::plain(&place))
        }
    });
    lines.collect()
}

/// Prints problems to standard error.
pub fn report(problems: &[FormProblem], path: &Path) {
    if !problems.is_empty() {
        terminal::complain(&format!("{}:\n{}", path.display(), lines(problems)));
    }
}

/// Whether anything could not be placed.
pub fn has_error(problems: &[FormProblem]) -> bool {
    problems.iter().any(|problem| problem.level == Level::Error)
}
