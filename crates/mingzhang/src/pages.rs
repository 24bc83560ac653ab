//! Pictures of the pages with findings, drawn when this program was built with the renderer.

use std::path::Path;

use mz_budget::finding::{Report, Severity};
use mz_compose::pictures::{Pictures, wanted};
use mz_document::{Document, Format};

/// The pages of a PDF on which the findings to be shown stand. Reports do without where there is no renderer.
pub fn pictures(path: &Path, document: &Document, report: &Report, least: Severity) -> Pictures {
    if document.format != Format::Pdf || !cfg!(feature = "pictures") {
        return Pictures::default();
    }
    let (pages, left_out) = wanted(document, &report.findings, least);
    let mut pictures = draw(path, &pages);
    pictures.left_out.extend(left_out);
    for picture in &mut pictures.pages {
        let mut turned = document.turned.iter();
        if let Some((_, turn)) = turned.find(|(page, _)| *page == picture.page) {
            *picture = picture.turned(*turn);
        }
    }
    pictures
}

#[cfg(feature = "pictures")]
fn draw(path: &Path, pages: &[u32]) -> Pictures {
    let Ok(bytes) = crate::files::load(path) else {
        return Pictures {
            left_out: pages.to_vec(),
            ..Pictures::default()
        };
    };
    let drawn = mz_picture::draw(&bytes, pages);
    Pictures {
        pages: drawn.pictures,
        left_out: [drawn.failed, drawn.left_out].concat(),
    }
}

#[cfg(not(feature = "pictures"))]
fn draw(_: &Path, pages: &[u32]) -> Pictures {
    Pictures {
        left_out: pages.to_vec(),
        ..Pictures::default()
    }
}
