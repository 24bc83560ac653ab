//! Characters that no font has: said with their codes, never printed as an empty box. Glyphs that were not loaded: loaded.

use std::collections::{BTreeMap, BTreeSet};

use typst::{
    layout::{Frame, FrameItem},
    text::TextItem,
};
use typst_layout::PagedDocument;

use crate::{TypesetError, fonts::Chosen};

/// Most characters that are listed one by one.
const MAX_LISTED: usize = 20;

/// What the pages lack.
#[derive(Default)]
struct Lacking {
    /// Characters that no font has, with the page and the font tried last.
    missing: BTreeMap<char, (usize, String)>,
    /// Glyphs that a font has and that were not loaded.
    unloaded: BTreeMap<usize, BTreeSet<u16>>,
}

/// Looks at every glyph of every page; returns those that were not loaded, by the slot of their font.
pub fn check(
    paged: &PagedDocument,
    fonts: &Chosen,
) -> Result<BTreeMap<usize, BTreeSet<u16>>, TypesetError> {
    let mut lacking = Lacking::default();
    for (i, page) in paged.pages().iter().enumerate() {
        frame(&page.frame, i + 1, fonts, &mut lacking);
    }
    let Lacking { missing, unloaded } = lacking;
    if missing.is_empty() {
        return Ok(unloaded);
    }
    let listed: Vec<String> = missing
        .iter()
        .take(MAX_LISTED)
        .map(|(c, (page, font))| format!("“{c}”（U+{:04X}，第 {page} 页，{font}）", u32::from(*c)))
        .collect();
    let (n, listed) = (missing.len(), listed.join("、"));
    Err(TypesetError::new(
        format!(
            "字体缺 {n} 个字，没有生成 PDF：{listed}。请安装收字更多的字体（Debian、Ubuntu：fonts-noto-cjk、fonts-hanazono；\
             Windows：SimSun-ExtB），或用 --fonts 文件夹 指出有这些字的字体"
        ),
        format!(
            "{n} characters are in no font, no PDF was made: {listed}. Install a larger font (Debian or Ubuntu: \
             fonts-noto-cjk, fonts-hanazono) or name a folder with one by --fonts"
        ),
    ))
}

fn frame(within: &Frame, page: usize, fonts: &Chosen, lacking: &mut Lacking) {
    for (_, item) in within.items() {
        match item {
            FrameItem::Group(group) => frame(&group.frame, page, fonts, lacking),
            FrameItem::Text(text) => run(text, page, fonts, lacking),
            _ => {}
        }
    }
}

fn run(text: &TextItem, page: usize, fonts: &Chosen, lacking: &mut Lacking) {
    for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
        let printed = text.text.get(glyph.range()).unwrap_or_default();
        for c in printed.chars().filter(|c| !c.is_whitespace()) {
            let family = || (page, text.font.info().family.clone());
            lacking.missing.entry(c).or_insert_with(family);
        }
    }
    for glyph in &text.glyphs {
        if let Some(slot) = fonts.lacks(&text.font, glyph.id) {
            lacking.unloaded.entry(slot).or_default().insert(glyph.id);
        }
    }
}
