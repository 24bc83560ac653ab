//! The outline of a document: headings, the table of contents, and what every piece of text is.
//!
//! Headings are recognised by their numbering and shape, and named by the words of the profile's outline. Nothing is
//! recognised by a number alone, because documents renumber, skip and repeat.

mod contents;
mod heading;
mod texts;

pub(crate) use heading::{Heading, heading, shape};

use std::collections::HashMap;

use mz_budget::{
    disclosure::{Disclosure, Section, Text, TextKind},
    place::Place,
    profile::{
        Profile,
        outline::{OutlineKind, OutlineSpec},
    },
};
use mz_document::{Block, Content, Document};

use self::contents::Contents;

/// Number of characters of a text that its place quotes.
const N_QUOTED: usize = 40;
/// A keyword this long at the end of a short line tells a heading whatever stands before it.
const N_TELLING: usize = 6;

/// What standing at the right level, or under the right heading, is worth, in characters.
const N_PLACE: usize = 3;

/// Longest item, in characters, that may be a heading in all but form.
const N_ITEM: usize = 24;

/// Headings and texts of a document.
#[derive(Debug, Default)]
pub struct Outline {
    /// The headings, those of the table of contents among them.
    pub sections: Vec<Section>,
    /// Everything printed, in order.
    pub texts: Vec<Text>,
}

impl Outline {
    /// Puts it into its disclosure.
    pub fn fill(self, disclosure: &mut Disclosure) {
        disclosure.sections = self.sections;
        disclosure.texts = self.texts;
    }
}

/// Reads headings and texts. The profile gives the names of sections and tables; the unit's name is no part of a heading.
pub fn read(document: &Document, profile: &Profile, unit: Option<&str>) -> Outline {
    let contents = Contents::find(document);
    let captions = texts::captions(document, &contents);
    let names = Names::new(profile, unit);
    let mut outline = Outline::default();
    outline.texts.reserve(n_texts(document));
    let mut open: Vec<usize> = Vec::new();
    let mut open_contents: Vec<usize> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let text = match &block.content {
            Content::Table(table) => {
                let title = captions.title_before(document, index);
                let section = open.last().copied();
                texts::cells(&mut outline.texts, index, block, table, title, section);
                continue;
            }
            Content::Heading { text, .. } | Content::Paragraph(text) => text,
        };
        if text.trim().is_empty() {
            continue;
        }
        let mut place = place_of(index, block, text);
        if contents.contains(index) {
            for entry in contents.entries(text) {
                let section = names.section(&outline, &entry, &open_contents, place.clone(), true);
                push(&mut outline, &mut open_contents, section);
            }
            outline
                .texts
                .push(text_of(TextKind::Contents, text, None, place));
            continue;
        }
        let found = tables_heading(&profile.outline, text, unit).or_else(|| {
            let other = || heading(block).or_else(|| bare_heading(&profile.outline, text, unit));
            (!captions.is_caption(index)).then(other).flatten()
        });
        if let Some(found) = found {
            let section = names.section(&outline, &found, &open, place.clone(), false);
            push(&mut outline, &mut open, section);
            let section = open.last().copied();
            outline
                .texts
                .push(text_of(TextKind::Heading, text, section, place));
            continue;
        }
        let section = open.last().copied();
        place.section = section
            .and_then(|i| outline.sections.get(i))
            .map(|s| s.heading.clone());
        let kind = if captions.is_caption(index) {
            TextKind::Caption
        } else if section.is_none() && outline.sections.is_empty() && shape::is_title(text) {
            TextKind::Heading
        } else {
            TextKind::Body
        };
        outline.texts.push(text_of(kind, text, section, place));
    }
    outline
}

/// Texts of a document at most; growing step by step copies every one of them several times.
fn n_texts(document: &Document) -> usize {
    let n = |block: &Block| match &block.content {
        Content::Table(table) => table.rows.iter().map(|row| row.cells.len()).sum(),
        // A line of the table of contents may hold two entries.
        _ => 2,
    };
    document.blocks.iter().map(n).sum()
}

/// The place of a block's text, quoting its beginning.
pub(crate) fn place_of(index: usize, block: &Block, text: &str) -> Place {
    let quote: String = text.trim().chars().take(N_QUOTED).collect();
    let n_chars = text.chars().count();
    Place {
        context: (n_chars > N_QUOTED).then(|| text.trim().to_owned()),
        span: Some((0, n_chars)),
        ..crate::place::place(&block.place, index, &quote)
    }
}

fn text_of(kind: TextKind, text: &str, section: Option<usize>, place: Place) -> Text {
    Text {
        kind,
        text: text.to_owned(),
        section,
        place,
    }
}

/// Puts a section under the last one of a higher level.
fn push(outline: &mut Outline, open: &mut Vec<usize>, section: Section) {
    let level = section.level;
    open.retain(|i| outline.sections.get(*i).is_some_and(|s| s.level < level));
    open.push(outline.sections.len());
    outline.sections.push(section);
}

/// What sections are named by.
struct Names<'p> {
    profile: &'p Profile,
    unit: Option<&'p str>,
    /// Titles of the profile's tables in comparison form, with the table's id.
    tables: HashMap<String, &'p str>,
}

impl<'p> Names<'p> {
    fn new(profile: &'p Profile, unit: Option<&'p str>) -> Self {
        let mut tables = HashMap::new();
        for table in &profile.tables {
            for title in std::iter::once(&table.title).chain(&table.aliases) {
                let title = mz_budget::normalise::name(title);
                tables.entry(title).or_insert(table.id.as_str());
            }
        }
        Self {
            profile,
            unit,
            tables,
        }
    }

    fn section(
        &self,
        outline: &Outline,
        found: &Heading,
        open: &[usize],
        place: Place,
        in_contents: bool,
    ) -> Section {
        let parents: Vec<&str> = open
            .iter()
            .filter_map(|i| outline.sections.get(*i))
            .filter(|s| s.level < found.level)
            .filter_map(|s| s.id.as_deref())
            .collect();
        let table = in_contents
            .then(|| self.tables.get(&mz_budget::normalise::name(&found.text)))
            .flatten();
        let id = table.copied().or_else(|| {
            let words = heading_words(&found.text, self.unit);
            let spec = best_spec(&self.profile.outline, &words, found.level, &parents)?;
            Some(spec.id.as_str())
        });
        Section {
            id: id.map(str::to_owned),
            heading: found.printed.clone(),
            level: found.level,
            place,
            in_contents,
        }
    }
}

/// The heading in comparison form, without the unit's name: a unit may be called 政府采购中心.
fn heading_words(text: &str, unit: Option<&str>) -> String {
    let mut words = mz_budget::normalise::name(text);
    if let Some(unit) = unit
        .map(mz_budget::normalise::name)
        .filter(|unit| !unit.is_empty())
    {
        words = words.replace(&unit, "");
    }
    match (words.find("关于"), words.find("20")) {
        (Some(0), Some(year)) if year > 0 => words.split_off(year),
        _ => words,
    }
}

/// The heading of the outline whose words fit best: most characters, its level and its parent counting as a word each.
fn best_spec<'p>(
    outline: &'p [OutlineSpec],
    words: &str,
    level: u8,
    parents: &[&str],
) -> Option<&'p OutlineSpec> {
    let fit = |spec: &OutlineSpec| {
        let scores = spec.keywords.iter().map(|k| keyword_score(words, k));
        scores.max().unwrap_or(0)
    };
    let best = |is_candidate: &dyn Fn(&OutlineSpec, usize) -> bool| {
        let mut best: Option<((usize, usize), &OutlineSpec)> = None;
        for spec in outline {
            let n = fit(spec);
            if n == 0 || !is_candidate(spec, n) {
                continue;
            }
            let parent = spec.parent.as_deref();
            let in_parent = parent.is_none_or(|parent| parents.last() == Some(&parent));
            let place = usize::from(spec.level == level) + usize::from(in_parent);
            let rank = (n + N_PLACE * place, place);
            if best.is_none_or(|(top, _)| rank > top) {
                best = Some((rank, spec));
            }
        }
        best.map(|(_, spec)| spec)
    };
    // A section deep in the document is a part, and a part a section, only when it says hardly anything else.
    let bare = without_year(words);
    let n_words = without_kind(bare).chars().count();
    let is_at_level =
        |spec: &OutlineSpec, _: usize| (spec.level == 1) == (level == 1) || level == 0;
    best(&is_at_level).or_else(|| best(&|_, n| n >= 3 && level <= 2 && n * 10 >= n_words * 7))
}

/// The section an item's text is the heading of: a numbered short line without figures that says little else.
pub(crate) fn item(outline: &[OutlineSpec], text: &str, unit: Option<&str>) -> Option<String> {
    let bare = mz_budget::normalise::strip_numbering(text);
    let is_short = bare.chars().count() <= N_ITEM && bare != text;
    if !is_short || bare.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let words = heading_words(bare, unit);
    let words = words.trim_end_matches(['。', ':']);
    let spec = best_spec(outline, words, 2, &[]).filter(|spec| spec.level > 1)?;
    let scores = spec.keywords.iter().map(|k| keyword_score(words, k));
    let n = words.chars().count();
    (scores.max().unwrap_or(0) * 2 >= n).then(|| spec.id.clone())
}

/// Number of characters of the keyword's words when all occur, else 0.
fn keyword_score(words: &str, keyword: &str) -> usize {
    let mut n = 0;
    for word in keyword.split_whitespace() {
        if !words.contains(word) {
            return 0;
        }
        n += word.chars().count();
    }
    n
}

/// The heading of the part of the tables without its numbering: 某局2024年度部门决算表, which is the title of no table.
fn tables_heading(outline: &[OutlineSpec], text: &str, unit: Option<&str>) -> Option<Heading> {
    if !shape::is_title(text) || !text.trim_end().ends_with('表') {
        return None;
    }
    let words = heading_words(text, unit);
    let bare = without_year(&words);
    let spec = outline.iter().find(|spec| {
        let mut keywords = spec.keywords.iter();
        spec.kind == OutlineKind::Tables && bare != words && keywords.any(|k| k == bare)
    })?;
    Some(Heading {
        level: spec.level,
        text: text.trim().to_owned(),
        printed: text.trim().to_owned(),
    })
}

/// A heading without numbering: a short text that, the unit's name and the year left out, is hardly more than the words of
/// a heading of the outline, or ends in them (some project's name before 项目经费情况说明).
fn bare_heading(outline: &[OutlineSpec], text: &str, unit: Option<&str>) -> Option<Heading> {
    if !shape::is_title(text) || shape::has_numbering(text) || text.trim_end().ends_with('表') {
        return None;
    }
    let words = without_year(&heading_words(text, unit)).to_owned();
    let words = without_kind(&words);
    let n = words.chars().count();
    let is_heading = |keyword: &String| {
        let ends = keyword.chars().count() >= N_TELLING && words.ends_with(keyword.as_str());
        ends || keyword_score(words, keyword) * 10 >= n * 7
    };
    let spec = outline
        .iter()
        .find(|spec| spec.keywords.iter().any(is_heading))?;
    Some(Heading {
        level: spec.level,
        text: text.trim().to_owned(),
        printed: text.trim().to_owned(),
    })
}

/// The words behind "2030年" or "2030年度" at the front.
fn without_year(words: &str) -> &str {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix("年度").or(rest.strip_prefix('年')) {
        Some(after) if words.len() - rest.len() == 4 => after,
        _ => words,
    }
}

/// The words behind "(部门)", "(本级)" that follow a unit's name.
fn without_kind(words: &str) -> &str {
    let inside = words
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'));
    match inside {
        Some((kind, rest)) if kind.chars().count() <= 3 => rest,
        _ => words,
    }
}
