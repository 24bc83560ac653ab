//! The files of a disclosure.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mz_document::{Document, WRITERS, WriteOptions};

use crate::files;

/// Name of every output without its ending.
const NAME: &str = "disclosure";
/// The format that needs the typesetter.
const PDF: &str = "pdf";

/// Formats asked for by name; all there are when none is named.
pub fn chosen(formats: &[String]) -> Result<Vec<String>, String> {
    let mut known: Vec<&str> = WRITERS.iter().map(|writer| writer.extension).collect();
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

/// Writes a document in these formats into a folder; returns the files and what is to be known of them.
pub fn write(
    document: &Document,
    formats: &[String],
    folder: &Path,
    fonts: Option<&Path>,
) -> Result<Vec<(PathBuf, Vec<String>)>, String> {
    fs::create_dir_all(folder)
        .map_err(|error| format!("{}: {}", folder.display(), files::reason(&error)))?;
    let options = options(document, formats, fonts);
    let mut written = Vec::new();
    for format in formats {
        let (bytes, notes) = match WRITERS.iter().find(|writer| writer.extension == format) {
            Some(writer) => (
                (writer.write)(document, &options).map_err(|error| error.to_string())?,
                Vec::new(),
            ),
            None => pdf(document, fonts)?,
        };
        let path = folder.join(format!("{NAME}.{format}"));
        fs::write(&path, bytes)
            .map_err(|error| format!("{}: {}", path.display(), files::reason(&error)))?;
        written.push((path, notes));
    }
    Ok(written)
}

/// Page numbers for formats that cannot lay out pages.
#[cfg(feature = "pdf")]
fn options(document: &Document, formats: &[String], fonts: Option<&Path>) -> WriteOptions {
    let mut options = WriteOptions::default();
    if formats.iter().any(|format| format == "docx")
        && let Ok(numbers) = mz_typeset::page_numbers(document, &mz_typeset::Settings { fonts })
    {
        options.page_numbers = numbers.into_iter().map(|n| (n.anchor, n.page)).collect();
    }
    options
}

#[cfg(not(feature = "pdf"))]
fn options(_: &Document, _: &[String], _: Option<&Path>) -> WriteOptions {
    WriteOptions::default()
}

#[cfg(feature = "pdf")]
fn pdf(document: &Document, fonts: Option<&Path>) -> Result<(Vec<u8>, Vec<String>), String> {
    let typeset = mz_typeset::typeset(document, &mz_typeset::Settings { fonts })
        .map_err(|error| error.to_string())?;
    Ok((typeset.bytes, typeset.notes))
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Document, _: Option<&Path>) -> Result<(Vec<u8>, Vec<String>), String> {
    Err("没有这种格式".to_owned())
}
