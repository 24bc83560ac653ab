//! Pages as they look, with a box at the place of each finding. A box leads to its finding and has its number.

use std::{collections::BTreeMap, fmt::Write as _};

use mz_budget::{finding::Finding, place::Rect};
use mz_document::PagePicture;

use super::{AuditedDocument, escape::escape, marks::places};
use crate::{
    lang::{Lang, severity_key},
    pictures::{base64, page_png},
    pin,
    report::message,
};

/// Most bytes of all pictures of one document; what goes beyond is said to be left out.
const MAX_BYTES: usize = 16 << 20;

/// A box on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Boxed {
    /// Number of the finding in the list at the side, from 0.
    finding: usize,
    severity: &'static str,
    is_suspect: bool,
    rect: Rect,
}

/// The pages of a document that have pictures, ready to be written in order.
#[derive(Debug, Default)]
pub struct Sheets {
    by_page: BTreeMap<u32, String>,
    /// Pages with findings, but without a picture.
    left_out: Vec<u32>,
    /// For each finding the first page its boxes are drawn on.
    first: BTreeMap<usize, u32>,
}

impl Sheets {
    /// Draws the boxes of all findings.
    pub fn new(audited: &AuditedDocument<'_>, findings: &[&Finding], lang: Lang) -> Self {
        let mut sheets = Self {
            left_out: audited.pictures.left_out.clone(),
            ..Self::default()
        };
        let boxes = boxes(audited, findings);
        let mut n_bytes = 0;
        // Pictures come with the pages of the most serious findings first.
        for picture in &audited.pictures.pages {
            let Some(here) = boxes.get(&picture.page) else {
                continue;
            };
            let png = page_png(picture).filter(|png| n_bytes + png.len() <= MAX_BYTES);
            let Some(png) = png else {
                sheets.left_out.push(picture.page);
                continue;
            };
            n_bytes += png.len();
            for boxed in here {
                sheets.first.entry(boxed.finding).or_insert(picture.page);
            }
            let words = Words {
                findings,
                first: &sheets.first,
                lang,
            };
            let sheet = sheet(audited.index, picture, &png, here, &words);
            sheets.by_page.insert(picture.page, sheet);
        }
        sheets.left_out.sort_unstable();
        sheets
    }

    /// Writes the pages up to one that were not written yet; all that are left without one.
    pub fn write(&mut self, out: &mut String, up_to: Option<u32>) {
        while let Some(entry) = self.by_page.first_entry() {
            if up_to.is_some_and(|page| *entry.key() > page) {
                return;
            }
            out.push_str(&entry.remove());
        }
    }

    /// The first page whose picture shows a finding.
    pub fn page_of(&self, finding: usize) -> Option<u32> {
        self.first.get(&finding).copied()
    }

    /// Says which pages have no picture.
    pub fn note(&self, out: &mut String, lang: Lang) {
        if self.left_out.is_empty() {
            return;
        }
        let pages: Vec<String> = self.left_out.iter().map(u32::to_string).collect();
        let pages = pages.join(lang.pick("、", ", "));
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "<p class=\"faint\">下列页有问题而未附页面图（图太多、太大或画不出），请看文字：第 {pages} 页。</p>"
            ),
            Lang::En => writeln!(
                out,
                "<p class=\"faint\">Pages with findings but without a picture (too many, too large, or not drawable), see the text: {pages}.</p>"
            ),
        };
    }
}

/// Anchor of the first box of a finding.
pub fn anchor(document: usize, finding: usize) -> String {
    format!("b{document}-{finding}")
}

/// Boxes of all findings by page; a place that is named twice is drawn once.
fn boxes(audited: &AuditedDocument<'_>, findings: &[&Finding]) -> BTreeMap<u32, Vec<Boxed>> {
    let mut boxes: BTreeMap<u32, Vec<Boxed>> = BTreeMap::new();
    for (n, finding) in findings.iter().enumerate() {
        for (place, is_suspect) in places(finding) {
            for (page, rect) in pin::boxes(audited.document, place) {
                let boxed = Boxed {
                    finding: n,
                    severity: severity_key(finding.severity),
                    is_suspect,
                    rect,
                };
                let here = boxes.entry(page).or_default();
                let known = here
                    .iter_mut()
                    .find(|other| other.finding == n && other.rect == rect);
                match known {
                    Some(known) => known.is_suspect |= is_suspect,
                    None => here.push(boxed),
                }
            }
        }
    }
    boxes
}

/// What is said at a box.
struct Words<'a> {
    findings: &'a [&'a Finding],
    /// The page each finding is looked for on.
    first: &'a BTreeMap<usize, u32>,
    lang: Lang,
}

impl Words<'_> {
    fn title(&self, finding: usize) -> String {
        self.findings.get(finding).map_or(String::new(), |finding| {
            escape(&format!("{} {}", finding.code, message(finding, self.lang)))
        })
    }
}

/// A page: its picture, and over it a drawing in points with the boxes.
fn sheet(
    index: usize,
    picture: &PagePicture,
    png: &[u8],
    boxes: &[Boxed],
    words: &Words<'_>,
) -> String {
    let (page, lang) = (picture.page, words.lang);
    let (width, height) = (
        picture.width as f32 / picture.scale,
        picture.height as f32 / picture.scale,
    );
    let label = match lang {
        Lang::Zh => format!("第 {page} 页的样子"),
        Lang::En => format!("page {page} as it looks"),
    };
    let mut out = String::new();
    let _ = write!(
        out,
        "<figure class=\"sheet\" id=\"p{index}-{page}\"><img alt=\"{label}\" decoding=\"async\" width=\"{}\" height=\"{}\" src=\"data:image/png;base64,{}\">\n<svg viewBox=\"0 0 {width:.0} {height:.0}\" role=\"group\" aria-label=\"{label}\">",
        picture.width,
        picture.height,
        base64(png)
    );
    for (i, boxed) in boxes.iter().enumerate() {
        let n = boxed.finding;
        let before = boxes.get(..i).unwrap_or_default();
        let is_first = before.iter().all(|other| other.finding != n);
        let id = if is_first && words.first.get(&n) == Some(&page) {
            format!(" id=\"{}\"", anchor(index, n))
        } else {
            String::new()
        };
        // Numbers of findings at one place stand side by side.
        let n_here = before
            .iter()
            .filter(|other| near(other.rect, boxed.rect))
            .count();
        let suspect = if boxed.is_suspect { " suspect" } else { "" };
        let r = boxed.rect;
        let _ = write!(
            out,
            "<a{id} class=\"{}{suspect}\" href=\"#f{index}-{n}\"><title>{}</title><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text></a>",
            boxed.severity,
            words.title(n),
            r.left - 1.5,
            r.top - 1.5,
            (r.right - r.left).max(1.0) + 3.0,
            (r.bottom - r.top).max(1.0) + 3.0,
            r.left - 1.5 + 11.0 * n_here as f32,
            r.top - 2.8,
            n + 1
        );
    }
    out.push_str("</svg></figure>\n");
    out
}

fn near(a: Rect, b: Rect) -> bool {
    (a.left - b.left).abs() < 12.0 && (a.top - b.top).abs() < 8.0
}
