//! Which files are asked for, and their bytes.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use mz_document::MAX_FILE_BYTES;
use sha2::{Digest as _, Sha256};

/// Deepest folder followed.
const DEEPEST: usize = 32;
/// Files that systems leave in folders and nobody means to audit.
const LEFTOVERS: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// A file to read, or a reason why there is none.
#[derive(Debug)]
pub struct Asked {
    /// The path as printed.
    pub name: String,
    /// Where to read, or why not.
    pub path: Result<PathBuf, String>,
}

/// Files of all arguments, in order; folders are walked in order of names, hidden files left out.
pub fn expand(arguments: &[PathBuf]) -> Vec<Asked> {
    let mut asked = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            let before = asked.len();
            walk(argument, 0, &mut asked);
            if asked.len() == before {
                asked.push(Asked {
                    name: name(argument),
                    path: Err("文件夹中没有可审核的文件".to_owned()),
                });
            }
        } else {
            asked.push(Asked {
                name: name(argument),
                path: Ok(argument.clone()),
            });
        }
    }
    asked
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn walk(folder: &Path, depth: usize, asked: &mut Vec<Asked>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            asked.push(Asked {
                name: name(folder),
                path: Err(reason(&error)),
            });
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !is_left_out(path))
        .collect();
    paths.sort();
    for path in paths {
        // Links to folders are not followed: they may lead back up.
        let is_link = path.is_symlink();
        if path.is_dir() {
            if !is_link && depth < DEEPEST {
                walk(&path, depth + 1, asked);
            }
        } else if path.is_file() || (is_link && !path.exists()) {
            // A link that leads nowhere is a file somebody meant to be read: it is asked for, and fails by name.
            asked.push(Asked {
                name: name(&path),
                path: Ok(path),
            });
        }
    }
}

fn is_left_out(path: &Path) -> bool {
    let Some(name) = path
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase())
    else {
        return true;
    };
    name.starts_with('.') || name.starts_with("~$") || LEFTOVERS.contains(&name.as_str())
}

/// Bytes of a file, never more than the limit.
pub fn load(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    let metadata = file.metadata().map_err(|error| reason(&error))?;
    if metadata.is_dir() {
        return Err("是文件夹，不是文件".to_owned());
    }
    let limit = MAX_FILE_BYTES as u64;
    if metadata.is_file() && metadata.len() > limit {
        return Err(too_large(Some(metadata.len())));
    }
    let mut bytes = Vec::with_capacity(
        usize::try_from(metadata.len())
            .unwrap_or(0)
            .min(MAX_FILE_BYTES),
    );
    // Devices and pipes have no length that could be trusted.
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| reason(&error))?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(too_large(None));
    }
    Ok(bytes)
}

fn too_large(n_bytes: Option<u64>) -> String {
    let size = n_bytes.map_or(String::new(), |n| format!("（{} MB）", n.div_ceil(1 << 20)));
    format!(
        "文件太大{size}，超过上限 {} MB，未读取",
        MAX_FILE_BYTES >> 20
    )
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Why a file could not be opened, read or written, in Chinese.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "找不到该文件".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "是文件夹，不是文件".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        _ => format!("读写失败（{error}）"),
    }
}
