//! The files of a disclosure.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mz_compose::publish::Publication;
use mz_document::WRITERS;

use crate::files;

/// Name of every output without its ending.
const NAME: &str = "disclosure";
/// The format that needs the typesetter.
const PDF: &str = "pdf";
/// A folder of open data.
const DATA: &str = "data";

/// Formats asked for by name; all there are when none is named.
pub fn chosen(formats: &[String]) -> Result<Vec<String>, String> {
    let mut known: Vec<&str> = WRITERS.iter().map(|writer| writer.extension).collect();
    known.push(DATA);
    if cfg!(feature = "pdf") {
        known.push(PDF);
    }
    if formats.is_empty() {
        return Ok(known.into_iter().map(str::to_owned).collect());
    }
    for format in formats {
        if format == PDF && !known.contains(&PDF) {
            return Err("这个程序没有带排版，不能生成 PDF；构建时加 --features pdf".to_owned());
        }
        if !known.contains(&format.as_str()) {
            return Err(format!(
                "没有“{format}”这种格式；现有：{}",
                known.join("、")
            ));
        }
    }
    Ok(formats.to_vec())
}

/// Writes a publication in these formats into a folder; returns the files and what is to be known of them.
pub fn write(
    mut publication: Publication<'_>,
    formats: &[String],
    folder: &Path,
    fonts: Option<&Path>,
) -> Result<Vec<(PathBuf, Vec<String>)>, String> {
    if formats.iter().any(|format| format == "docx") {
        set_page_numbers(&mut publication, fonts);
    }
    let mut written = Vec::new();
    for format in formats {
        if format == DATA {
            let files = publication
                .data_package()
                .map_err(|error| error.to_string())?;
            for file in &files {
                keep(&folder.join(DATA).join(&file.path), &file.bytes)?;
            }
            let first = files.first().map_or("", |file| file.path.as_str());
            written.push((folder.join(DATA).join(first), Vec::new()));
            continue;
        }
        let (bytes, notes) = match publication.write(format) {
            Some(bytes) => (bytes.map_err(|error| error.to_string())?, Vec::new()),
            None => pdf(&publication, fonts)?,
        };
        let path = folder.join(format!("{NAME}.{format}"));
        keep(&path, &bytes)?;
        written.push((path, notes));
    }
    Ok(written)
}

/// Writes a file, and the folder it stands in.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .map_err(|error| format!("{}: {}", folder.display(), files::reason(&error)))?;
    fs::write(path, bytes).map_err(|error| format!("{}: {}", path.display(), files::reason(&error)))
}

/// Page numbers for formats that cannot lay out pages.
#[cfg(feature = "pdf")]
fn set_page_numbers(publication: &mut Publication<'_>, fonts: Option<&Path>) {
    let settings = mz_typeset::Settings { fonts };
    if let Ok(numbers) = mz_typeset::page_numbers(&publication.document, &settings) {
        publication.set_page_numbers(numbers.into_iter().map(|n| (n.anchor, n.page)));
    }
}

#[cfg(not(feature = "pdf"))]
fn set_page_numbers(_: &mut Publication<'_>, _: Option<&Path>) {}

#[cfg(feature = "pdf")]
fn pdf(
    publication: &Publication<'_>,
    fonts: Option<&Path>,
) -> Result<(Vec<u8>, Vec<String>), String> {
    let settings = mz_typeset::Settings { fonts };
    let typeset =
        mz_typeset::typeset(&publication.document, &settings).map_err(|error| error.to_string())?;
    Ok((typeset.bytes, typeset.notes))
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Publication<'_>, _: Option<&Path>) -> Result<(Vec<u8>, Vec<String>), String> {
    Err("没有这种格式".to_owned())
}
