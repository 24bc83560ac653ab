//! Several indicators in one cell: `1、1-产出指标；11-数量指标；某次数；实施周期指标值:≥20场；年度指标值:≥20场。2、…`.

use mz_budget::{normalise, profile::targets::PackedWords};

/// One indicator of a cell, as printed, line breaks and spaces removed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entry {
    pub level1: String,
    pub level2: String,
    pub name: String,
    pub value: String,
}

/// Whether a cell's text begins with its first indicator; else it goes on with the cell of the page before.
pub(super) fn begins(text: &str) -> bool {
    normalise::squeeze(text).starts_with("1、")
}

/// The indicators of a cell; `None` when any part of it is not understood.
pub(super) fn entries(text: &str, words: &PackedWords) -> Option<Vec<Entry>> {
    let text = normalise::squeeze(text);
    let mut rest = text.strip_prefix("1、")?;
    let mut entries = Vec::new();
    for next in 2.. {
        let end = next_entry(rest, next);
        let (own, behind) = end.map_or((rest, None), |(end, begin)| {
            (rest.get(..end).unwrap_or(""), rest.get(begin..))
        });
        entries.push(entry(own, words)?);
        match behind {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    Some(entries)
}

/// Where the entry of this number begins: its mark, and what stands behind the mark. A mark follows a closing mark and is
/// followed by a level; other numbers in names and values are none.
fn next_entry(text: &str, number: usize) -> Option<(usize, usize)> {
    let mark = format!("{number}、");
    text.match_indices(&mark).find_map(|(at, mark)| {
        let begin = at + mark.len();
        let is_closed = text.get(..at)?.ends_with(['。', '；', ';']);
        let level = text.get(begin..)?.split(['；', ';']).next()?;
        (is_closed && level.ends_with("指标")).then_some((at, begin))
    })
}

fn entry(text: &str, words: &PackedWords) -> Option<Entry> {
    let text = text.strip_suffix(['。', '；', ';']).unwrap_or(text);
    let mut parts = text.split(['；', ';']);
    let level1 = without_rank(parts.next()?).to_owned();
    let level2 = without_rank(parts.next()?).to_owned();
    let mut names: Vec<&str> = Vec::new();
    let mut values: Vec<(bool, String)> = Vec::new();
    for part in parts {
        let labelled = part.split_once([':', '：']);
        let known = labelled.and_then(|(label, value)| {
            let has = |list: &[String]| list.iter().any(|word| word == label);
            (has(&words.value) || has(&words.ignored)).then(|| (has(&words.value), value))
        });
        match (known, values.last_mut()) {
            (Some((is_value, value)), _) => values.push((is_value, value.to_owned())),
            (None, Some((_, last))) => {
                last.push('；');
                last.push_str(part);
            }
            (None, None) => names.push(part),
        }
    }
    let name = names.join("；");
    let mut values = values.into_iter().filter(|(is_value, _)| *is_value);
    let (_, value) = values.next()?;
    let is_whole = level1.ends_with("指标") && !name.is_empty() && !value.is_empty();
    (is_whole && values.next().is_none()).then_some(Entry {
        level1,
        level2,
        name,
        value,
    })
}

/// `11-数量指标` without its number.
fn without_rank(text: &str) -> &str {
    match text.split_once(['-', '－', '—']) {
        Some((rank, rest)) if rank.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> PackedWords {
        PackedWords {
            value: vec!["年度指标值".to_owned()],
            ignored: vec!["实施周期指标值".to_owned()],
        }
    }

    #[test]
    fn indicators_of_one_cell_are_told_apart() {
        let text = "1、1-产出指标；11-数量指标；保障次数（1、2号\n厅）；实施周期指标值:≥20场；年度指标值:≥2\n0场。2、3-满意度指标；31-服务对象满意度；满意度；实施周期指标值:≥95%；年度指标值:≥90%。";
        let entries = entries(text, &words()).unwrap_or_default();
        let shown: Vec<[&str; 4]> = entries
            .iter()
            .map(|e| [&*e.level1, &*e.level2, &*e.name, &*e.value])
            .collect();
        assert_eq!(
            shown,
            [
                ["产出指标", "数量指标", "保障次数（1、2号厅）", "≥20场"],
                ["满意度指标", "服务对象满意度", "满意度", "≥90%"],
            ]
        );
    }

    #[test]
    fn a_cell_that_is_not_understood_throughout_is_left() {
        for text in [
            "产出指标：按时完成",
            "1、按时完成。2、保证质量。",
            "1、1-产出指标；11-数量指标；次数；实施周期指标值:≥20场。",
        ] {
            assert_eq!(entries(text, &words()), None, "{text}");
        }
    }
}
