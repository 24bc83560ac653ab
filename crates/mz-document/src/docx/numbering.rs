//! Automatic list numbers: Word stores "一、" of a numbered heading as a reference, not as text.

use std::collections::BTreeMap;

use roxmltree::Document;

use super::styles::{W, child, is, val};

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`, `%1.%2`.
    text: String,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
    list_of: BTreeMap<String, String>,
    counts: BTreeMap<String, Vec<u32>>,
}

impl Numbering {
    /// Reads `word/numbering.xml`; a part that cannot be read gives no numbers.
    pub fn read(xml: &str) -> Self {
        let Ok(document) = Document::parse(xml) else {
            return Self::default();
        };
        let mut numbering = Self::default();
        for node in document.root_element().children() {
            if is(node, "abstractNum") {
                let id = node
                    .attribute((W, "abstractNumId"))
                    .unwrap_or_default()
                    .to_owned();
                let levels = node
                    .children()
                    .filter(|n| is(*n, "lvl"))
                    .filter_map(|level| {
                        let index = level.attribute((W, "ilvl"))?.parse().ok()?;
                        let start = val(level, "start")
                            .and_then(|v| v.parse().ok())
                            .unwrap_or(1);
                        let format = val(level, "numFmt").unwrap_or("decimal").to_owned();
                        let text = val(level, "lvlText").unwrap_or_default().to_owned();
                        Some((
                            index,
                            Level {
                                start,
                                format,
                                text,
                            },
                        ))
                    });
                numbering.levels.insert(id, levels.collect());
            } else if is(node, "num") {
                let id = node.attribute((W, "numId")).unwrap_or_default().to_owned();
                let list = child(node, "abstractNumId")
                    .and_then(|n| n.attribute((W, "val")))
                    .unwrap_or_default();
                numbering.list_of.insert(id, list.to_owned());
            }
        }
        numbering
    }

    /// Counts one more paragraph of a list level and gives its number as printed; empty for bullets.
    pub fn next(&mut self, id: &str, level: usize) -> String {
        let Some(list) = self.list_of.get(id) else {
            return String::new();
        };
        let Some(levels) = self.levels.get(list) else {
            return String::new();
        };
        let Some(own) = levels
            .get(&level)
            .filter(|own| own.format != "bullet" && own.format != "none")
        else {
            return String::new();
        };
        let counts = self.counts.entry(list.clone()).or_default();
        if counts.len() <= level {
            counts.resize(level + 1, 0);
        }
        counts.truncate(level + 1);
        counts[level] = if counts[level] == 0 {
            own.start
        } else {
            counts[level].saturating_add(1)
        };
        let mut text = own.text.clone();
        for (i, count) in counts.iter().enumerate() {
            let format = levels.get(&i).map_or("decimal", |l| l.format.as_str());
            let start = levels.get(&i).map_or(1, |l| l.start);
            let shown = if *count == 0 { start } else { *count };
            text = text.replace(&format!("%{}", i + 1), &number(shown, format));
        }
        text
    }
}

/// A number in one of Word's formats (ISO/IEC 29500-1, 17.18.59).
fn number(n: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand" => chinese(n),
        "ideographDigital" | "ideographTraditional" => n
            .to_string()
            .chars()
            .map(|c| CHINESE[c.to_digit(10).unwrap_or(0) as usize])
            .collect(),
        "upperLetter" => letter(n, 'A'),
        "lowerLetter" => letter(n, 'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => {
            char::from_u32(0x2460 + n - 1)
                .map(String::from)
                .unwrap_or_default()
        }
        _ => n.to_string(),
    }
}

const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn chinese(n: u32) -> String {
    match n {
        0..=9 => CHINESE[n as usize].to_string(),
        10..=19 => format!(
            "十{}",
            if n == 10 {
                String::new()
            } else {
                chinese(n - 10)
            }
        ),
        20..=99 => {
            let rest = if n.is_multiple_of(10) {
                String::new()
            } else {
                chinese(n % 10)
            };
            format!("{}十{rest}", CHINESE[(n / 10) as usize])
        }
        100..=999 => {
            let rest = match n % 100 {
                0 => String::new(),
                r @ 1..=9 => format!("零{}", chinese(r)),
                r @ 10..=19 => format!("一{}", chinese(r)),
                r => chinese(r),
            };
            format!("{}百{rest}", CHINESE[(n / 100) as usize])
        }
        _ => n.to_string(),
    }
}

fn letter(n: u32, first: char) -> String {
    let index = n.saturating_sub(1);
    let letter = char::from_u32(first as u32 + index % 26).unwrap_or(first);
    std::iter::repeat_n(letter, (index as usize / 26 + 1).min(20)).collect()
}

fn roman(mut n: u32) -> String {
    if n > 3999 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, digits) in [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while n >= value {
            out.push_str(digits);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let shown: Vec<String> = [1, 10, 11, 20, 34, 100, 105, 110, 115, 230]
            .iter()
            .map(|n| chinese(*n))
            .collect();
        assert_eq!(
            shown.join(" "),
            "一 十 十一 二十 三十四 一百 一百零五 一百一十 一百一十五 二百三十"
        );
        assert_eq!(number(4, "upperRoman"), "IV");
        assert_eq!(number(28, "lowerLetter"), "bb");
        assert_eq!(number(3, "decimalEnclosedCircle"), "③");
    }
}
