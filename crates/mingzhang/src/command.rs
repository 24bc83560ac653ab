//! The commands, one file each.

pub mod against;
pub mod audit;
pub mod build;
pub mod check;
mod composed;
pub mod convert;
pub mod diff;
pub mod explain;
pub mod identities;
pub mod import;
pub mod new;
pub mod profiles;
pub mod read;
pub mod rules;
pub mod withhold;

use std::path::Path;

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_compose::lang::Lang;
use mz_document::Document;

use crate::{files, terminal};

/// A file read and understood.
pub struct Understood {
    /// Digest of its bytes.
    pub sha256: String,
    /// What was understood.
    pub disclosure: Disclosure,
}

/// Reads a file: its digest and the document.
pub fn read_document(path: &Path, name: &str, lang: Lang) -> Result<(String, Document), String> {
    let bytes = files::load(path)?;
    let file_name = path
        .file_name()
        .map_or(name.into(), |name| name.to_string_lossy());
    let document = mz_document::read(&bytes, &file_name)
        .map_err(|error| lang.pick(&error.message_zh, &error.message_en).to_owned())?;
    Ok((files::digest(&bytes), document))
}

/// Reads and recognises a file.
pub fn understand(
    path: &Path,
    name: &str,
    profile: Option<&str>,
    lang: Lang,
) -> Result<Understood, String> {
    let (sha256, document) = read_document(path, name, lang)?;
    let disclosure = recognise(&document, profile, lang)?;
    Ok(Understood { sha256, disclosure })
}

/// Recognises a document; a failure says which encoding the text was taken for, where that was a guess.
pub fn recognise(
    document: &Document,
    profile: Option<&str>,
    lang: Lang,
) -> Result<Disclosure, String> {
    mz_recognise::recognise(document, Library::embedded(), profile).map_err(|error| {
        let (mut zh, mut en) = (error.to_string(), error.message_en());
        if let Some(encoding) = document.encoding.filter(|name| *name != "UTF-8") {
            zh += &format!("；文字是按 {encoding} 编码读取的，若不是，请另存为 UTF-8 后再试");
            en += &format!(
                "; the text was taken for {encoding}: if it is not, save it as UTF-8 and try again"
            );
        }
        for problem in &document.problems {
            if problem.name == "undecodable-bytes" {
                zh += &format!("（{}）", problem.message);
                en += " (some bytes could not be decoded)";
            }
        }
        lang.pick(&zh, &en).to_owned()
    })
}

/// Says so when no profile has the id; asked before any file is read, because every file would fail alike.
pub fn is_known_profile(id: Option<&str>) -> bool {
    let Some(id) = id else { return true };
    let library = Library::embedded();
    if library.profile(id).is_some() {
        return true;
    }
    let known: Vec<&str> = library
        .profiles()
        .iter()
        .map(|profile| profile.id.as_str())
        .collect();
    terminal::complain(&format!(
        "没有名为“{id}”的模板；现有：{}\nno such profile: {id}",
        known.join("、")
    ));
    false
}

/// The format an output path asks for by its extension.
pub fn format_of(path: Option<&Path>) -> Option<String> {
    path?
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
}

/// Workbooks are not for terminals.
pub fn refuses_terminal(is_binary: bool, out: Option<&Path>) -> bool {
    let refuses = is_binary && out.is_none() && terminal::is_terminal();
    if refuses {
        terminal::complain(
            "xlsx 不能直接显示在终端上，请用 --out 指定文件\nuse --out to write a workbook to a file",
        );
    }
    refuses
}
