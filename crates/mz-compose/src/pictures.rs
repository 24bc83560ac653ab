//! Pictures of pages for reports: which pages are wanted, and pictures of pages and of their parts as PNG files.

use std::{collections::BTreeSet, ops::Range};

use mz_budget::{
    finding::{Finding, Severity},
    place::{Place, Rect},
};
use mz_document::{Document, PagePicture};

use crate::pin;

/// Most pages a report shows.
const MAX_PAGES: usize = 60;
/// Space kept above and below a box in a picture of a part, points.
const AROUND: f32 = 42.0;
/// Least height of such a picture, points.
const LEAST_HEIGHT: f32 = 96.0;
/// Most of a page such a picture shows.
const MOST_OF_PAGE: f32 = 0.6;
/// How far a cut is moved to spare a line of text, points.
const LINE: f32 = 16.0;
/// Margin around what is printed at the left and right, points.
const MARGIN: f32 = 8.0;
/// Thickness of a box, points.
const THICKNESS: f32 = 1.6;
/// Color of boxes.
const RED: [u8; 3] = [0xD0, 0x10, 0x10];

/// The pictures of a document.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Pages, in any order.
    pub pages: Vec<PagePicture>,
    /// Pages with findings that have no picture.
    pub left_out: Vec<u32>,
}

impl Pictures {
    /// The picture of a page.
    pub fn page(&self, page: u32) -> Option<&PagePicture> {
        self.pages.iter().find(|picture| picture.page == page)
    }
}

/// Pages on which the findings of at least a severity stand: those to be drawn, the most serious findings first, and those
/// that would be too many.
pub fn wanted(document: &Document, findings: &[Finding], least: Severity) -> (Vec<u32>, Vec<u32>) {
    let mut seen = BTreeSet::new();
    let mut pages: Vec<u32> = findings
        .iter()
        .filter(|finding| finding.severity >= least)
        .flat_map(places)
        .flat_map(|place| pin::boxes(document, place))
        .map(|(page, _)| page)
        .filter(|page| seen.insert(*page))
        .collect();
    let rest = pages.split_off(pages.len().min(MAX_PAGES));
    (pages, rest)
}

/// Places of a finding and of its suspects.
fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    let suspects = finding.suspects.iter().map(|suspect| &suspect.place);
    finding.places.iter().chain(suspects)
}

/// A page as a PNG of sixteen shades.
pub fn page_png(picture: &PagePicture) -> Option<Vec<u8>> {
    encode(
        (picture.width, picture.height),
        (png::ColorType::Grayscale, png::BitDepth::Four),
        None,
        picture.rows(),
    )
}

/// A part of a page, with boxes.
#[derive(Clone, Debug)]
pub struct Part {
    /// PNG file.
    pub png: Vec<u8>,
    /// Width in points of the page.
    pub width: f32,
    /// Height in points of the page.
    pub height: f32,
}

/// The parts of pages that show a finding, at most two, each with all its boxes on that page.
pub fn parts(document: &Document, pictures: &Pictures, finding: &Finding) -> Vec<Part> {
    let boxes: Vec<(u32, Rect)> = places(finding)
        .flat_map(|place| pin::boxes(document, place))
        .collect();
    let mut pages: Vec<u32> = Vec::new();
    for (page, _) in &boxes {
        if !pages.contains(page) {
            pages.push(*page);
        }
    }
    pages
        .into_iter()
        .filter_map(|page| {
            let here: Vec<Rect> = boxes
                .iter()
                .filter(|(other, _)| *other == page)
                .map(|(_, rect)| *rect)
                .collect();
            part(pictures.page(page)?, &here)
        })
        .take(2)
        .collect()
}

fn part(picture: &PagePicture, boxes: &[Rect]) -> Option<Part> {
    let scale = picture.scale;
    let page_height = picture.height as f32 / scale;
    let first = boxes.first()?;
    // The first box is the most telling; others are shown as far as there is room.
    let (mut top, mut bottom) = (first.top, first.bottom);
    for rect in boxes {
        let (higher, lower) = (top.min(rect.top), bottom.max(rect.bottom));
        if lower - higher < page_height * MOST_OF_PAGE - 2.0 * AROUND {
            (top, bottom) = (higher, lower);
        }
    }
    let lack = (LEAST_HEIGHT - (bottom - top) - 2.0 * AROUND).max(0.0) / 2.0;
    let top = (top - AROUND - lack).max(0.0);
    let bottom = (bottom + AROUND + lack)
        .min(top + page_height * MOST_OF_PAGE)
        .min(page_height);
    let rows = (top * scale) as usize..((bottom * scale) as usize).min(picture.height);
    let rows = whole_lines(picture, rows);
    if rows.is_empty() {
        return None;
    }
    let columns = printed(picture, rows.clone(), boxes);
    let (width, height) = (columns.len(), rows.len());
    let mut pixels: Vec<u8> = Vec::with_capacity(width * height);
    for y in rows.clone() {
        pixels.extend(columns.clone().map(|x| picture.shade(x, y)));
    }
    for rect in boxes {
        let pixel = |points: f32, origin: usize| (points * scale) as i64 - origin as i64;
        let pen = (THICKNESS * scale).ceil() as i64;
        let edges = [
            pixel(rect.left, columns.start) - pen,
            pixel(rect.top, rows.start) - pen,
            pixel(rect.right, columns.start) + pen,
            pixel(rect.bottom, rows.start) + pen,
        ];
        frame(&mut pixels, width, edges, pen);
    }
    let mut palette: Vec<u8> = (0..16_u8).flat_map(|shade| [shade * 17; 3]).collect();
    palette.extend(RED);
    Some(Part {
        png: encode(
            (width, height),
            (png::ColorType::Indexed, png::BitDepth::Eight),
            Some(palette),
            &pixels,
        )?,
        width: width as f32 / scale,
        height: height as f32 / scale,
    })
}

/// Moves the ends of some rows outwards to rows without ink, so that no line of text is cut, when there are such nearby.
fn whole_lines(picture: &PagePicture, rows: Range<usize>) -> Range<usize> {
    let is_blank = |y: &usize| (0..picture.width).all(|x| picture.shade(x, *y) > 12);
    let reach = (LINE * picture.scale) as usize;
    let start = (rows.start.saturating_sub(reach)..=rows.start).rfind(is_blank);
    let end = (rows.end..(rows.end + reach).min(picture.height)).find(is_blank);
    start.unwrap_or(rows.start)..end.unwrap_or(rows.end)
}

/// The columns between the outermost things printed in some rows, boxes included.
fn printed(picture: &PagePicture, rows: Range<usize>, boxes: &[Rect]) -> Range<usize> {
    let has_ink = |x: &usize| rows.clone().any(|y| picture.shade(*x, y) < 12);
    let first = (0..picture.width).find(has_ink).unwrap_or(0);
    let last = (0..picture.width).rfind(has_ink).unwrap_or(picture.width);
    let margin = MARGIN * picture.scale;
    let left = boxes
        .iter()
        .map(|r| r.left * picture.scale)
        .fold(first as f32, f32::min);
    let right = boxes
        .iter()
        .map(|r| r.right * picture.scale)
        .fold(last as f32, f32::max);
    let from = (left - margin).max(0.0) as usize;
    let to = ((right + margin) as usize).clamp(from + 1, picture.width.max(from + 1));
    from..to
}

/// Draws the outline of a box: left, top, right, bottom in pixels, the pen inside.
fn frame(pixels: &mut [u8], width: usize, [left, top, right, bottom]: [i64; 4], pen: i64) {
    let height = pixels.len() / width.max(1);
    let clip = |at: i64, end: usize| usize::try_from(at.max(0)).unwrap_or(0).min(end);
    for y in clip(top, height)..clip(bottom, height) {
        for x in clip(left, width)..clip(right, width) {
            let (column, row) = (x as i64, y as i64);
            let is_inside = column >= left + pen
                && column < right - pen
                && row >= top + pen
                && row < bottom - pen;
            if !is_inside {
                pixels[y * width + x] = 16;
            }
        }
    }
}

fn encode(
    (width, height): (usize, usize),
    (color, depth): (png::ColorType, png::BitDepth),
    palette: Option<Vec<u8>>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Balanced);
    // Rows of text on white gain nothing from prediction.
    encoder.set_filter(png::Filter::NoFilter);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(out)
}

/// Bytes as base64, as addresses of pictures inside a page have them.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let sextet = (word >> (18 - 6 * i)) & 63;
            out.push(if i <= chunk.len() {
                char::from(ALPHABET[sextet as usize])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with ink at one spot.
    fn picture() -> PagePicture {
        let mut picture = PagePicture::white(2, 1.0, 200, 300);
        for x in 50..150 {
            picture.set(x, 150, 0);
        }
        picture
    }

    fn decode(bytes: &[u8]) -> (png::OutputInfo, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a picture");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a frame");
        (info, pixels)
    }

    #[test]
    fn a_page_is_a_picture_of_its_shades() {
        let (info, pixels) = decode(&page_png(&picture()).expect("encoded"));
        assert_eq!((info.width, info.height), (200, 300));
        assert_eq!((pixels[150 * 200 + 60], pixels[149 * 200 + 60]), (0, 255));
    }

    #[test]
    fn a_part_shows_the_box_in_red_and_its_surroundings() {
        let rect = Rect {
            left: 60.0,
            top: 140.0,
            right: 90.0,
            bottom: 155.0,
        };
        let part = part(&picture(), &[rect]).expect("a part");
        let (info, pixels) = decode(&part.png);
        assert!(info.height >= 96 && info.height < 180, "{info:?}");
        assert!(info.width >= 100 && info.width <= 120, "{info:?}");
        let red = pixels.chunks(3).filter(|pixel| *pixel == RED).count();
        assert!(red > 100, "{red}");
        assert!(super::part(&picture(), &[]).is_none());
    }

    #[test]
    fn boxes_outside_the_page_draw_nothing() {
        let mut pixels = vec![15; 100];
        frame(&mut pixels, 10, [-50, -50, -20, -20], 2);
        frame(&mut pixels, 10, [50, 50, 90, 90], 2);
        assert!(pixels.iter().all(|pixel| *pixel == 15));
    }

    #[test]
    fn base64_is_padded() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(base64(b"M"), "TQ==");
    }
}
