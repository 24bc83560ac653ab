//! The chosen fonts as typst sees them: known by name, loaded when the first character is set in them, and then only the
//! glyphs of the document.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use mz_fonts::{Face, USES, Use};
use typst::{
    foundations::Bytes,
    text::{Coverage, Font, FontFlags, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight},
};

use crate::{
    TypesetError,
    cut::{self, Outlines, Wanted},
};

/// A chosen face.
#[derive(Debug)]
struct Slot {
    face: Face,
    /// Glyphs to load besides those of the document's characters.
    glyphs: BTreeSet<u16>,
    loaded: OnceLock<Option<(Font, Outlines)>>,
}

/// The fonts of one document.
#[derive(Debug)]
pub struct Chosen {
    slots: Vec<Slot>,
    /// The characters of the document.
    characters: BTreeSet<char>,
    /// For each use the slots it may take, best first.
    chains: Vec<(Use, Vec<usize>)>,
}

impl Chosen {
    /// Chooses among what was found, for a document of these characters.
    ///
    /// # Errors
    ///
    /// When no font with Chinese characters is found.
    pub fn new(found: &mz_fonts::Fonts, characters: BTreeSet<char>) -> Result<Self, TypesetError> {
        let mut chosen = Self {
            slots: Vec::new(),
            characters,
            chains: Vec::new(),
        };
        for one in USES {
            let chain = found.chain(one);
            if chain.is_empty() {
                return Err(no_font(found));
            }
            let chain = chain.into_iter().map(|face| chosen.slot(face)).collect();
            chosen.chains.push((one, chain));
        }
        Ok(chosen)
    }

    fn slot(&mut self, face: &Face) -> usize {
        let known = self.slots.iter().position(|slot| slot.face.is_same(face));
        known.unwrap_or_else(|| {
            self.slots.push(Slot {
                face: face.clone(),
                glyphs: BTreeSet::new(),
                loaded: OnceLock::new(),
            });
            self.slots.len() - 1
        })
    }

    /// Names in the template for a use, best first.
    pub fn names(&self, one: Use) -> Vec<String> {
        self.chains
            .iter()
            .filter(|(known, _)| *known == one)
            .flat_map(|(_, chain)| chain.iter().map(|slot| template_name(*slot)))
            .collect()
    }

    /// What typst needs to know to choose by name; nothing is loaded for it.
    pub fn infos(&self) -> Vec<FontInfo> {
        self.slots
            .iter()
            .enumerate()
            .map(|(i, slot)| FontInfo {
                family: template_name(i),
                variant: FontVariant {
                    style: FontStyle::Normal,
                    weight: FontWeight::from_number(slot.face.weight),
                    stretch: FontStretch::NORMAL,
                },
                flags: FontFlags::empty(),
                axes: Vec::new(),
                coverage: Coverage::from_vec(Vec::new()),
            })
            .collect()
    }

    /// Loads a face.
    pub fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        let loaded = slot.loaded.get_or_init(|| {
            let wanted = Wanted {
                characters: &self.characters,
                glyphs: &slot.glyphs,
            };
            let cut = cut::cut(&slot.face, &wanted).ok()?;
            Some((Font::new(Bytes::new(cut.bytes), cut.index)?, cut.outlines))
        });
        loaded.as_ref().map(|(font, _)| font.clone())
    }

    /// The slot of a font, when a glyph of it was not loaded.
    pub fn lacks(&self, font: &Font, glyph: u16) -> Option<usize> {
        self.slots.iter().position(|slot| {
            let loaded = slot.loaded.get().and_then(Option::as_ref);
            loaded.is_some_and(|(known, outlines)| known == font && !outlines.has(glyph))
        })
    }

    /// Has these glyphs loaded too, the next time.
    pub fn load_also(&mut self, lacking: BTreeMap<usize, BTreeSet<u16>>) {
        for (index, glyphs) in lacking {
            if let Some(slot) = self.slots.get_mut(index) {
                slot.glyphs.extend(glyphs);
                slot.loaded = OnceLock::new();
            }
        }
    }

    /// Says which typefaces stand in for those the standard of official documents asks for.
    pub fn notes(&self) -> Vec<String> {
        self.chains
            .iter()
            .filter_map(|(one, chain)| {
                let face = &self.slots.get(*chain.first()?)?.face;
                let is_own = face.names.iter().any(|name| one.is_own(name));
                let shown = face.names.first()?;
                (!is_own).then(|| format!("{}用“{shown}”代替", one.name()))
            })
            .collect()
    }
}

/// Faces have names of our own in the template: those in files differ by language and are not unique.
fn template_name(slot: usize) -> String {
    format!("font {slot}")
}

/// What is missing, where it was looked for, and what to install.
fn no_font(found: &mz_fonts::Fonts) -> TypesetError {
    let places: Vec<String> = found
        .folders
        .iter()
        .filter(|folder| folder.is_dir())
        .map(|folder| folder.display().to_string())
        .collect();
    let places = places.join("、");
    TypesetError::new(
        format!(
            "没有找到中文字体，不能生成 PDF。找过：{places}。\
             Debian、Ubuntu 请安装 fonts-noto-cjk 和 fonts-lxgw-wenkai（apt install fonts-noto-cjk fonts-lxgw-wenkai）；\
             其他系统请把中文字体（小标宋、仿宋、黑体、楷体、宋体，或思源宋体）放进一个文件夹，用 --fonts 文件夹 指出"
        ),
        format!(
            "no Chinese font found, so no PDF can be made; searched: {places}. On Debian or Ubuntu install fonts-noto-cjk \
             and fonts-lxgw-wenkai; elsewhere put Chinese fonts (FangSong, SimHei, KaiTi, SimSun, or Noto Serif CJK SC) into a \
             folder and name it with --fonts"
        ),
    )
}
