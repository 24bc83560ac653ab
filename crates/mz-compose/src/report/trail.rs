//! The way to a place: file, page or line, heading, table, row, column.

use mz_budget::{place::Place, profile::Profile};

use crate::{lang::Lang, layout::one_line};

/// Longest part of a trail, in columns.
const LONGEST_PART: usize = 48;

/// `第 3 页`, `第 12 行` or `支出表!B7`; empty when the format has none of them.
pub fn position(place: &Place, lang: Lang) -> String {
    if let Some(sheet) = &place.sheet {
        let sheet = one_line(sheet);
        return match &place.cell {
            Some(cell) => format!("{sheet}!{cell}"),
            None => sheet,
        };
    }
    match (place.page, place.line, lang) {
        (Some(page), _, Lang::Zh) => format!("第 {page} 页"),
        (Some(page), _, Lang::En) => format!("page {page}"),
        (None, Some(line), Lang::Zh) => format!("第 {line} 行"),
        (None, Some(line), Lang::En) => format!("line {line}"),
        (None, None, _) => String::new(),
    }
}

/// The position, or the heading or table in documents that have neither pages nor lines.
pub fn brief(place: &Place, lang: Lang) -> String {
    Some(position(place, lang))
        .filter(|position| !position.is_empty())
        .or_else(|| steps(place).into_iter().next())
        .unwrap_or_default()
}

/// Heading, or table with row and column, outermost first.
pub fn steps(place: &Place) -> Vec<String> {
    let parts = match &place.table {
        Some(_) => [
            place.table.as_deref(),
            place.row.as_deref(),
            place.column.as_deref(),
        ],
        None => [
            place.section.as_deref(),
            place.row.as_deref(),
            place.column.as_deref(),
        ],
    };
    parts
        .into_iter()
        .flatten()
        .map(|part| crate::layout::shorten(&one_line(part), LONGEST_PART))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Everything after the file: `第 12 行 › 表名 › 行 › 列`; the file comes first where it is another one.
pub fn inside(place: &Place, lang: Lang) -> String {
    let file = place.file.as_deref().map(one_line);
    let position = Some(position(place, lang)).filter(|position| !position.is_empty());
    let parts: Vec<String> = file
        .into_iter()
        .chain(position)
        .chain(steps(place))
        .collect();
    parts.join(" › ")
}

/// With the file in front; a line is written `file:12`, which terminals and editors can follow.
pub fn full(file: &str, place: &Place, lang: Lang) -> String {
    let file = place.file.as_deref().unwrap_or(file);
    let mut parts = vec![match (place.page, place.line) {
        (None, Some(line)) => format!("{}:{line}", one_line(file)),
        _ => one_line(file),
    }];
    if place.page.is_some() || place.sheet.is_some() {
        parts.push(position(place, lang));
    }
    parts.extend(steps(place));
    parts.join(" › ")
}

/// Id and title of the profile, in one phrase.
pub fn profile(profile: &Profile) -> String {
    format!("{} {}", profile.id, profile.title)
}

/// Places of one paragraph or one table row together, in order of first mention, each with its position in the list.
pub fn together(places: &[Place]) -> Vec<Vec<(usize, &Place)>> {
    let key = |place: &Place| {
        (
            place.file.clone(),
            place.block,
            place.line,
            place.table.as_ref().and(place.span).map(|(row, _)| row),
        )
    };
    let mut groups: Vec<Vec<(usize, &Place)>> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        let same = |group: &&mut Vec<(usize, &Place)>| {
            group
                .first()
                .is_some_and(|(_, first)| key(first) == key(place))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push((i, place)),
            None => groups.push(vec![(i, place)]),
        }
    }
    groups
}
