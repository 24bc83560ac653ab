//! Fonts for text whose font is not in the file: Chinese typefaces of the system by the name the file gives.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use mz_fonts::{Face, Fonts, Use};

/// Parts of names of typefaces, in lower case, and what they are used for; the first that occurs decides.
const NAMES: [(&str, Use); 12] = [
    ("xiaobiaosong", Use::Title),
    ("小标宋", Use::Title),
    ("zhongsong", Use::Title),
    ("fangsong", Use::Body),
    ("仿宋", Use::Body),
    ("hei", Use::Heading),
    ("黑体", Use::Heading),
    ("kai", Use::Subheading),
    ("楷体", Use::Subheading),
    ("song", Use::Table),
    ("sun", Use::Table),
    ("宋体", Use::Table),
];

/// Answers the renderer's questions for fonts.
pub fn resolver() -> Arc<dyn Fn(&FontQuery) -> Option<(FontData, u32)> + Send + Sync> {
    Arc::new(|query| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(query) => {
            chinese(query).or_else(|| Some(query.pick_standard_font().get_font_data()))
        }
    })
}

/// A Chinese font for a font with Chinese characters.
fn chinese(query: &FallbackFontQuery) -> Option<(FontData, u32)> {
    query.character_collection.as_ref()?;
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| Fonts::find(None));
    let face = *fonts.chain(use_of(query)).first()?;
    Some((load(face)?, face.index))
}

fn use_of(query: &FallbackFontQuery) -> Use {
    let names = [
        &query.post_script_name,
        &query.font_name,
        &query.font_family,
    ];
    let names: String = names
        .into_iter()
        .flatten()
        .map(|name| name.to_lowercase())
        .collect();
    NAMES
        .iter()
        .find(|(part, _)| names.contains(part))
        .map_or(Use::Table, |(_, one)| *one)
}

/// The bytes of a font file, read once.
fn load(face: &Face) -> Option<FontData> {
    type Loaded = Mutex<HashMap<PathBuf, Option<Arc<Vec<u8>>>>>;
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    let loaded = LOADED.get_or_init(Loaded::default);
    let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = loaded
        .entry(face.path.clone())
        .or_insert_with(|| face.load().ok().map(Arc::new))
        .clone()?;
    let data: FontData = bytes;
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_typeface() {
        let of = |name: &str| {
            use_of(&FallbackFontQuery {
                post_script_name: Some(name.to_owned()),
                ..FallbackFontQuery::default()
            })
        };
        assert_eq!(of("FZXiaoBiaoSong-B05S"), Use::Title);
        assert_eq!(of("SimSun"), Use::Table);
        assert_eq!(of("SimHei,Bold"), Use::Heading);
        assert_eq!(of("FangSong_GB2312"), Use::Body);
        assert_eq!(of("KaiTi"), Use::Subheading);
        assert_eq!(of("Unknown"), Use::Table);
    }
}
