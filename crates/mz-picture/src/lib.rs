//! Pages of a PDF as pictures, drawn by the program itself, so that a report can show where a finding stands.
//!
//! This crate stands alone, as the renderer behind it is not needed to read or audit a document.
#![cfg(feature = "hayro")]

mod substitute;

use std::{
    panic::{self, AssertUnwindSafe},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
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
/// No picture is waited for after this time.
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
    draw_within(bytes, pages, MAX_TIME)
}

/// Draws as many pages as there is time for. Nothing can stop the renderer inside a page, and a page can hold more than
/// anybody waits for, so it works on a thread of its own, which is left to itself when time is up.
fn draw_within(bytes: &[u8], pages: &[u32], time: Duration) -> Drawn {
    let (sender, receiver) = mpsc::channel();
    let (bytes, numbers) = (bytes.to_vec(), pages.to_vec());
    let drawing = thread::Builder::new().spawn(move || {
        // A panic drops the sender, and what was not sent has failed.
        let _ = panic::catch_unwind(AssertUnwindSafe(|| draw_all(bytes, &numbers, &sender)));
    });
    let mut drawn = Drawn::default();
    if drawing.is_err() {
        drawn.failed.extend(pages);
        return drawn;
    }
    let begun = Instant::now();
    for (i, number) in pages.iter().enumerate() {
        let left = time.saturating_sub(begun.elapsed());
        match receiver.recv_timeout(left) {
            Ok(Some(picture)) => drawn.pictures.push(picture),
            Ok(None) => drawn.failed.push(*number),
            Err(RecvTimeoutError::Timeout) => {
                drawn.left_out.extend(&pages[i..]);
                break;
            }
            Err(RecvTimeoutError::Disconnected) => {
                drawn.failed.extend(&pages[i..]);
                break;
            }
        }
    }
    drawn
}

/// Sends a picture of each page, or nothing where none can be drawn, until nobody waits any longer.
fn draw_all(bytes: Vec<u8>, pages: &[u32], sender: &Sender<Option<PagePicture>>) {
    let Ok(pdf) = Pdf::new(bytes) else {
        return;
    };
    let settings = InterpreterSettings {
        font_resolver: substitute::resolver(),
        render_content: RenderContent::all(),
        ..InterpreterSettings::default()
    };
    let cache = RenderCache::new();
    for number in pages {
        let index = (*number as usize).checked_sub(1);
        let picture = index
            .and_then(|index| pdf.pages().get(index))
            .and_then(|page| picture(page, *number, &cache, &settings));
        if sender.send(picture).is_err() {
            return;
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

    /// A page of so many shapes that drawing it takes seconds.
    fn endless_page() -> Vec<u8> {
        let shapes = "0 0 m 600 900 l 600 0 l 0 900 l 300 0 l f* ".repeat(400_000);
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{shapes}\nendstream\nendobj\n\
             trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n",
            shapes.len()
        )
        .into_bytes()
    }

    #[test]
    fn a_page_that_takes_too_long_is_left_out() {
        let begun = Instant::now();
        let drawn = draw_within(&endless_page(), &[1], Duration::from_millis(100));
        assert_eq!(drawn.left_out, [1]);
        assert!(drawn.pictures.is_empty() && drawn.failed.is_empty());
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
    }
}
