//! Pages of a PDF as pictures, drawn by the program itself, so that a report can show where a finding stands.
//!
//! This crate stands alone, as the renderer behind it is not needed to read or audit a document.
#![cfg(feature = "hayro")]

mod substitute;

use std::{
    panic::{self, AssertUnwindSafe},
    time::{Duration, Instant},
};

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, RenderContent},
    hayro_syntax::{Pdf, page::Page},
    render,
    vello_cpu::color::palette::css::WHITE,
};
use mz_document::PagePicture;

/// Pixels a point; small figures of wide tables are readable from about here.
const SCALE: f32 = 1.9;
/// Longest side of a picture, pixels; larger pages are drawn smaller.
const MAX_SIDE: f32 = 2_400.0;
/// No more pages are begun after this time.
const MAX_TIME: Duration = Duration::from_secs(20);

/// What was drawn, and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Pictures in the order the pages were asked for.
    pub pictures: Vec<PagePicture>,
    /// Pages that could not be drawn.
    pub failed: Vec<u32>,
    /// Pages that were left out, because time was up.
    pub left_out: Vec<u32>,
}

/// Draws pages of a PDF, given by their 1-based numbers.
pub fn draw(bytes: &[u8], pages: &[u32]) -> Drawn {
    let mut drawn = Drawn::default();
    let guarded = panic::catch_unwind(AssertUnwindSafe(|| draw_all(bytes, pages, &mut drawn)));
    if guarded.is_err() {
        // What was begun last is the page at fault; those after it were never begun.
        let n_done = drawn.pictures.len() + drawn.failed.len();
        drawn.failed.extend(pages.iter().skip(n_done));
    }
    drawn
}

fn draw_all(bytes: &[u8], pages: &[u32], drawn: &mut Drawn) {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else {
        drawn.failed.extend(pages);
        return;
    };
    let settings = InterpreterSettings {
        font_resolver: substitute::resolver(),
        render_content: RenderContent::all(),
        ..InterpreterSettings::default()
    };
    let cache = RenderCache::new();
    let begun = Instant::now();
    for number in pages {
        if begun.elapsed() > MAX_TIME {
            drawn.left_out.push(*number);
            continue;
        }
        let index = (*number as usize).checked_sub(1);
        let picture = index
            .and_then(|index| pdf.pages().get(index))
            .and_then(|page| picture(page, *number, &cache, &settings));
        match picture {
            Some(picture) => drawn.pictures.push(picture),
            None => drawn.failed.push(*number),
        }
    }
}

fn picture<'a>(
    page: &'a Page<'a>,
    number: u32,
    cache: &RenderCache<'a>,
    settings: &InterpreterSettings,
) -> Option<PagePicture> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width < 1.0 || height < 1.0 {
        return None;
    }
    let scale = SCALE.min(MAX_SIDE / longest);
    let pixmap_settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let render_settings = RenderSettings::default();
    let pixmap = render(page, cache, settings, &render_settings, &pixmap_settings);
    let (n_columns, n_rows) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    let mut picture = PagePicture::white(number, scale, n_columns, n_rows);
    for (i, pixel) in pixmap.data().iter().enumerate() {
        let bright = (u32::from(pixel.r) * 3 + u32::from(pixel.g) * 6 + u32::from(pixel.b)) / 10;
        // Rounded, so that almost white is white.
        let shade = ((bright + 8) / 17).min(15) as u8;
        if shade < 15 {
            picture.set(i % n_columns, i / n_columns, shade);
        }
    }
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_fails_for_every_page() {
        let drawn = draw(b"not a pdf", &[1, 7]);
        assert_eq!(drawn.failed, [1, 7]);
        assert!(drawn.pictures.is_empty());
    }
}
