//! Characters that no font has: said with their codes, never printed as an empty box.

use std::collections::BTreeMap;

use typst::{
    layout::{Frame, FrameItem},
    text::TextItem,
};
use typst_layout::PagedDocument;

use crate::TypesetError;

/// Most characters that are listed one by one.
const MAX_LISTED: usize = 20;

/// Looks at every glyph of every page.
pub fn check(paged: &PagedDocument) -> Result<(), TypesetError> {
    let mut missing: BTreeMap<char, (usize, String)> = BTreeMap::new();
    for (i, page) in paged.pages().iter().enumerate() {
        frame(&page.frame, i + 1, &mut missing);
    }
    if missing.is_empty() {
        return Ok(());
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

fn frame(within: &Frame, page: usize, missing: &mut BTreeMap<char, (usize, String)>) {
    for (_, item) in within.items() {
        match item {
            FrameItem::Group(group) => frame(&group.frame, page, missing),
            FrameItem::Text(text) => run(text, page, missing),
            _ => {}
        }
    }
}

fn run(text: &TextItem, page: usize, missing: &mut BTreeMap<char, (usize, String)>) {
    for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
        let printed = text.text.get(glyph.range()).unwrap_or_default();
        for c in printed.chars().filter(|c| !c.is_whitespace()) {
            missing
                .entry(c)
                .or_insert_with(|| (page, text.font.info().family.clone()));
        }
    }
}
