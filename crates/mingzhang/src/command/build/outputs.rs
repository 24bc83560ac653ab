//! The files of a disclosure.

use std::{
    collections::BTreeMap,
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

/// What to say of a format that would be among all and is not in this program.
pub fn left_out(formats: &[String]) -> &'static str {
    if formats.is_empty() && !cfg!(feature = "pdf") {
        "没有生成 PDF：这个程序没有带排版。要 PDF，用 cargo full 代替 cargo run -p mingzhang --\n"
    } else {
        ""
    }
}

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
            return Err(
                "这个程序没有带排版，不能生成 PDF；要 PDF，用 cargo full 代替 cargo run -p mingzhang --"
                    .to_owned(),
            );
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
    let pages = pages(&publication, formats, fonts);
    if let Ok((numbers, _)) = &pages {
        publication.set_page_numbers(numbers.clone());
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
            None => pages.clone()?.1,
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

/// Printed page numbers by anchor, and the PDF with what is to be known of it.
type Pages = (BTreeMap<String, u32>, (Vec<u8>, Vec<String>));

/// Lays out the pages once, for the PDF and for the page numbers of formats that cannot lay out pages. Without fonts the
/// other formats do without numbers; only the PDF then fails.
#[cfg(feature = "pdf")]
fn pages(
    publication: &Publication<'_>,
    formats: &[String],
    fonts: Option<&Path>,
) -> Result<Pages, String> {
    if !formats
        .iter()
        .any(|format| format == PDF || format == "docx")
    {
        return Ok(Pages::default());
    }
    let settings = mz_typeset::Settings { fonts };
    let typeset =
        mz_typeset::typeset(&publication.document, &settings).map_err(|error| error.to_string())?;
    Ok((typeset.page_numbers, (typeset.bytes, typeset.notes)))
}

#[cfg(not(feature = "pdf"))]
fn pages(_: &Publication<'_>, _: &[String], _: Option<&Path>) -> Result<Pages, String> {
    Ok(Pages::default())
}
