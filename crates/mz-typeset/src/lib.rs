//! Documents to PDF: A4 pages after the habits of GB/T 9704, with contents, bookmarks, tags and embedded fonts.
//!
//! This crate stands alone, as the typesetter behind it takes minutes to build: nothing but the program uses it.
#![cfg(feature = "typst")]

mod cut;
mod data;
mod error;
mod fonts;
mod glyphs;
mod world;

use std::{collections::BTreeMap, path::Path};

use mz_document::Document;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Label, Smart},
    introspection::Introspector as _,
    utils::PicoStr,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use error::TypesetError;
use fonts::Chosen;

/// How a document is typeset.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// A folder with fonts that goes before those of the system.
    pub fonts: Option<&'a Path>,
}

/// A PDF.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub n_pages: usize,
    /// Printed page numbers by [`mz_document::Layout::anchor`], for writers that cannot lay out pages.
    pub page_numbers: BTreeMap<String, u32>,
    /// What a reader of the log should know, in Chinese: typefaces that stand in for others, standards not met.
    pub notes: Vec<String>,
}

/// Typesets a document. The same document and fonts give the same bytes.
///
/// # Errors
///
/// When there is no font with Chinese characters, or a character that no font has.
pub fn typeset(document: &Document, settings: &Settings<'_>) -> Result<Typeset, TypesetError> {
    let mut fonts = choose(document, settings)?;
    let paged = lay_out(document, &mut fonts)?;
    let mut notes = fonts.notes();
    let bytes = export(&paged, document, &mut notes)?;
    Ok(Typeset {
        bytes,
        n_pages: paged.pages().len(),
        page_numbers: numbers(document, &paged),
        notes,
    })
}

/// The printed page numbers of all blocks with an anchor, by anchor: for writers that cannot lay out pages.
///
/// # Errors
///
/// As [`typeset`].
pub fn page_numbers(
    document: &Document,
    settings: &Settings<'_>,
) -> Result<BTreeMap<String, u32>, TypesetError> {
    let mut fonts = choose(document, settings)?;
    let paged = lay_out(document, &mut fonts)?;
    Ok(numbers(document, &paged))
}

/// The printed page number of each block with an anchor.
fn numbers(document: &Document, paged: &PagedDocument) -> BTreeMap<String, u32> {
    let page = |anchor: &str| -> Option<u32> {
        let label = Label::new(PicoStr::intern(anchor))?;
        let element = paged.introspector().query_label(label).ok()?;
        let page = paged.introspector().page(element.location()?)?;
        let number = paged.pages().get(page.get() - 1)?.number;
        u32::try_from(number).ok()
    };
    let anchors = document
        .blocks
        .iter()
        .filter_map(|b| b.layout.anchor.as_ref());
    anchors
        .filter_map(|anchor| Some((anchor.clone(), page(anchor)?)))
        .collect()
}

/// The fonts of a document.
fn choose(document: &Document, settings: &Settings<'_>) -> Result<Chosen, TypesetError> {
    let found = mz_fonts::Fonts::find(settings.fonts);
    Chosen::new(&found, data::characters(document))
}

/// Most times pages are laid out: glyphs that nobody could foresee are loaded, and may be joined by others.
const MOST_LAYOUTS: usize = 3;

fn lay_out(document: &Document, fonts: &mut Chosen) -> Result<PagedDocument, TypesetError> {
    for _ in 0..MOST_LAYOUTS {
        let world = world::Small::new(fonts, data::data(document, fonts));
        let result = typst::compile::<PagedDocument>(&world).output;
        // A batch must not keep the layouts of every document before.
        typst::comemo::evict(0);
        let paged = result.map_err(|errors| internal(&errors))?;
        let unloaded = glyphs::check(&paged, fonts)?;
        if unloaded.is_empty() {
            return Ok(paged);
        }
        fonts.load_also(unloaded);
    }
    Err(internal(&[]))
}

/// Exports as PDF/A-2a and PDF/UA-1. Where a typeface forbids that, as a tagged PDF without the label, and says so.
fn export(
    paged: &PagedDocument,
    document: &Document,
    notes: &mut Vec<String>,
) -> Result<Vec<u8>, TypesetError> {
    let options = |standards: &[PdfStandard]| {
        Some(PdfOptions {
            ident: Smart::Custom(document.metadata.title.clone()),
            creator: Smart::Custom(Some("Mingzhang".to_owned())),
            standards: PdfStandards::new(standards).ok()?,
            ..PdfOptions::default()
        })
    };
    let both = [PdfStandard::A_2a, PdfStandard::Ua_1];
    let mut last = None;
    for (standards, name) in [(&both[..], ""), (&both[..1], "PDF/UA-1"), (&[], "PDF/A-2a")] {
        let Some(options) = options(standards) else {
            continue;
        };
        if !name.is_empty() {
            let why = last
                .as_ref()
                .map(TypesetError::to_string)
                .unwrap_or_default();
            notes.push(format!("PDF 未能符合 {name}：{why}"));
        }
        match typst_pdf::pdf(paged, &options) {
            Ok(bytes) => return Ok(bytes),
            Err(errors) => last = Some(internal(&errors)),
        }
    }
    Err(last.unwrap_or_else(|| internal(&[])))
}

/// A fault of the template or of the typesetter, with its own words.
fn internal(errors: &[SourceDiagnostic]) -> TypesetError {
    let words: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    let words = words.join("; ");
    TypesetError::new(
        format!("排版失败：{words}"),
        format!("typesetting failed: {words}"),
    )
}
