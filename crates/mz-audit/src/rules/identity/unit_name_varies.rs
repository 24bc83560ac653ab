use std::collections::BTreeMap;

use mz_budget::{disclosure::TextKind, finding::Severity, normalise, place::Place, words::Words};

use crate::{Audit, Sink, declare_rule, lexicon::WORDING, wording};

declare_rule! {
    pub static UNIT_NAME_VARIES = {
        code: "MZ9030",
        name: "unit-name-varies",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-07", "MT-01", "PJ-08"],
        page: "unit_name_varies.md",
        check: check,
    };
}

/// Marks of an administrative level: what stands before 政府 or 委 in the unit's own name.
const LEVELS: [char; 9] = ['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(unit) = audit.disclosure.unit.as_deref().map(normalise::name) else {
        return;
    };
    let mut variants: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let wrong = confusable(&unit);
    let near: Vec<char> = unit.chars().collect();
    let wrong_words = Words::new(wrong.iter().map(String::as_str));
    for line in &audit.lines {
        let (text, folded) = (line.text, &line.folded);
        sink.checked(1);
        let mut add = |variant: String, start: usize, end: usize| {
            let range = wording::byte_range(&text.text, folded.source_range(start, end));
            variants
                .entry(variant)
                .or_default()
                .push(wording::part(text, range));
        };
        for (byte, which) in wrong_words.find_iter(&folded.text) {
            let form = wrong_words.word(which);
            let start = wording::chars_before(&folded.text, byte);
            if !belongs_to_another(&folded.text, byte, form, &unit) {
                add(form.to_owned(), start, start + form.chars().count());
            }
        }
        if text.kind != TextKind::Contents {
            for (start, end) in slips(&line.chars, &near) {
                add(
                    folded.text.chars().skip(start).take(end - start).collect(),
                    start,
                    end,
                );
            }
        }
    }
    for (variant, places) in variants {
        let Some((first, others)) = places.split_first() else {
            continue;
        };
        let mut finding = sink.broken(
            first,
            format!(
                "“{variant}”与本单位名称“{unit}”不一致（{} 处）",
                places.len()
            ),
            format!(
                "“{variant}” does not agree with the unit's name “{unit}” ({}×)",
                places.len()
            ),
        );
        for place in others {
            finding = finding.also(place);
        }
        finding.group(format!("unit-name:{variant}"));
    }
}

/// Names of the unit with the other ending (办公厅 for 办公室), in full and in the short forms a level allows.
fn confusable(unit: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for organ in &WORDING.organs {
        let Some(ending) = organ
            .endings
            .iter()
            .find(|ending| unit.ends_with(ending.as_str()))
        else {
            continue;
        };
        let Some(stem) = unit.strip_suffix(ending.as_str()) else {
            continue;
        };
        let words = organ
            .stems
            .iter()
            .find(|words| words.iter().any(|word| stem.ends_with(word.as_str())));
        let Some((words, before)) = words.and_then(|words| {
            let longest = words
                .iter()
                .filter(|w| stem.ends_with(w.as_str()))
                .max_by_key(|w| w.len())?;
            Some((words, stem.strip_suffix(longest.as_str())?))
        }) else {
            continue;
        };
        let Some(level) = before.chars().next_back().filter(|c| LEVELS.contains(c)) else {
            continue;
        };
        for other in organ.endings.iter().filter(|other| *other != ending) {
            forms.extend(words.iter().map(|word| format!("{level}{word}{other}")));
        }
    }
    forms
}

/// “自治区政府办公厅” and “某某市政府办公厅” of another place are names of others, not slips.
fn belongs_to_another(text: &str, byte: usize, form: &str, unit: &str) -> bool {
    let before: Vec<char> = text
        .get(..byte)
        .unwrap_or_default()
        .chars()
        .rev()
        .take(4)
        .collect();
    let own: String = form.chars().take(1).collect();
    let place: String = unit
        .split(own.as_str())
        .next()
        .unwrap_or_default()
        .to_owned();
    let head: String = before.iter().rev().collect();
    if head.ends_with(&place) && !place.is_empty() {
        return false;
    }
    // A place name of its own before the level mark: 自治区, 吉林省, 昌吉市 … end in a Chinese character that is no verb or
    // particle; only those the sentence's grammar allows are taken as this unit's own.
    match before.first() {
        None => false,
        Some(c) if !wording::is_han(*c) => false,
        Some(c) => !"由经报向在为对与和及是的请将据按送升给从被以于".contains(*c),
    }
}

/// Stretches that are the unit's full name with one character wrong, missing or added in the middle.
fn slips(text: &[char], unit: &[char]) -> Vec<(usize, usize)> {
    const FRONT: usize = 3;
    let n = unit.len();
    let (Some(front), Some(back)) = (
        unit.get(..FRONT),
        n.checked_sub(2).and_then(|i| unit.get(i..)),
    ) else {
        return Vec::new();
    };
    if n < 8 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for start in 0..text.len() {
        if text.get(start..start + FRONT) != Some(front) || text.get(start..start + n) == Some(unit)
        {
            continue;
        }
        for length in [n, n - 1, n + 1] {
            let Some(window) = text.get(start..start + length) else {
                continue;
            };
            let as_text = |chars: &[char]| chars.iter().collect::<String>();
            if window.ends_with(back)
                && window.iter().all(|c| wording::is_han(*c))
                && normalise::distance(&as_text(window), &as_text(unit)) == 1
            {
                found.push((start, start + length));
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_units_own_level_counts() {
        let forms = confusable("某城市人民政府办公室");
        assert!(
            forms.contains(&"市政府办公厅".to_owned())
                && forms.contains(&"市人民政府办公厅".to_owned())
        );
        assert!(confusable("某城市财政局").is_empty());
        let text = "有效提升市政府办公厅效率，按自治区政府办公厅要求，报甲市政府办公厅";
        let other = |form: &str, nth: usize| {
            let (byte, _) = text.match_indices(form).nth(nth).unwrap();
            belongs_to_another(text, byte, form, "某城市人民政府办公室")
        };
        assert!(!other("市政府办公厅", 0));
        assert!(other("市政府办公厅", 1));
        assert!(other("区政府办公厅", 0));
    }

    #[test]
    fn one_wrong_character_in_the_full_name_is_found() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        let unit = chars("某城市人民政府办公室");
        assert_eq!(
            slips(&chars("由某城市人民政俯办公室承办"), &unit),
            [(1, 11)]
        );
        assert!(slips(&chars("某城市人民政府办公室"), &unit).is_empty());
        assert!(slips(&chars("某城市人民政府网保障"), &unit).is_empty());
    }
}
