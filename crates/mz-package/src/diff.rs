//! What differs between two packages or documents: figures by what they mean, sentences, facts, names, texts.

mod entries;
mod render;

use mz_budget::{disclosure::Disclosure, money::Fen, normalise, package::Package};

pub use render::{html, json, text};

/// Kinds of entries, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Unit, year, profile.
    Head,
    /// Amounts of the cube.
    Figures,
    /// Facts outside the cube.
    Facts,
    /// Statements of amounts, shares and changes in sentences.
    Claims,
    /// Projects, tables, offices, units, terms.
    Names,
    /// Performance targets and indicators.
    Targets,
    /// Reasons and purposes.
    Reasons,
    /// Paragraphs and fields.
    Texts,
}

impl Section {
    /// Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Head => "基本信息",
            Self::Figures => "数字",
            Self::Facts => "其他事实",
            Self::Claims => "文字表述",
            Self::Names => "名称",
            Self::Targets => "绩效目标",
            Self::Reasons => "原因和用途",
            Self::Texts => "文字",
        }
    }

    /// Stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Figures => "figures",
            Self::Facts => "facts",
            Self::Claims => "claims",
            Self::Names => "names",
            Self::Targets => "targets",
            Self::Reasons => "reasons",
            Self::Texts => "texts",
        }
    }
}

/// One thing a package or document says.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What kind of thing.
    pub section: Section,
    /// What it is about: equal keys of two sides are compared.
    pub key: String,
    /// The same in words.
    pub name: String,
    /// What is said.
    pub value: String,
    /// In fen, for money.
    pub fen: Option<Fen>,
    /// Where.
    pub place: String,
}

/// A difference: one side only, or both with different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The first side's entry.
    pub before: Option<Entry>,
    /// The second side's.
    pub after: Option<Entry>,
}

impl Change {
    /// The kind of thing.
    pub fn section(&self) -> Section {
        self.entry().map_or(Section::Head, |entry| entry.section)
    }

    /// What it is about, in words.
    pub fn name(&self) -> &str {
        self.entry().map_or("", |entry| &entry.name)
    }

    /// Second less first, for money.
    pub fn difference(&self) -> Option<Fen> {
        let (before, after) = (self.before.as_ref()?.fen?, self.after.as_ref()?.fen?);
        Some(Fen(after.0.checked_sub(before.0)?))
    }

    fn entry(&self) -> Option<&Entry> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// One side of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// File.
    pub file: String,
    /// What it says.
    pub entries: Vec<Entry>,
}

impl Side {
    /// A package.
    pub fn of_package(package: &Package, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            entries: entries::of_package(package),
        }
    }

    /// A document.
    pub fn of_disclosure(disclosure: &Disclosure, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            entries: entries::of_disclosure(disclosure),
        }
    }
}

/// The result.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The first file.
    pub before: String,
    /// The second.
    pub after: String,
    /// Everything that differs, by section.
    pub changes: Vec<Change>,
    /// Entries that are the same.
    pub n_same: usize,
}

/// Likeness from which two names or texts count as the same one changed, per mille.
const ALIKE: u32 = 600;
/// Longest text that is compared for likeness.
const LONGEST: usize = 600;

/// Compares two sides.
pub fn compare(before: &Side, after: &Side) -> Difference {
    let mut rest: Vec<Option<&Entry>> = after.entries.iter().map(Some).collect();
    let mut only_before = Vec::new();
    let mut changes = Vec::new();
    let mut n_same = 0;
    for entry in &before.entries {
        let same_key = |other: &Option<&Entry>| {
            other.is_some_and(|other| other.section == entry.section && other.key == entry.key)
        };
        match rest
            .iter_mut()
            .find(|other| same_key(other))
            .and_then(Option::take)
        {
            Some(other) if is_same(entry, other) => n_same += 1,
            Some(other) => changes.push(Change {
                before: Some(entry.clone()),
                after: Some(other.clone()),
            }),
            None => only_before.push(entry),
        }
    }
    let mut only_after: Vec<Option<&Entry>> = rest.into_iter().flatten().map(Some).collect();
    for entry in only_before {
        let after = nearest(entry, &only_after).and_then(|i| only_after[i].take());
        // The same under another name: the name is among the names.
        if entry.section == Section::Targets && after.is_some_and(|after| is_same(entry, after)) {
            n_same += 1;
            continue;
        }
        changes.push(Change {
            before: Some(entry.clone()),
            after: after.cloned(),
        });
    }
    changes.extend(only_after.into_iter().flatten().map(|entry| Change {
        before: None,
        after: Some(entry.clone()),
    }));
    changes.sort_by_key(Change::section);
    Difference {
        before: before.file.clone(),
        after: after.file.clone(),
        changes,
        n_same,
    }
}

/// The same said: amounts by what they are, the rest by its words.
fn is_same(a: &Entry, b: &Entry) -> bool {
    match (a.fen, b.fen) {
        (Some(a), Some(b)) => a == b,
        _ => normalise::same_name(&a.value, &b.value),
    }
}

/// A name or text of the other side that is this one reworded.
fn nearest(entry: &Entry, others: &[Option<&Entry>]) -> Option<usize> {
    if !matches!(
        entry.section,
        Section::Names | Section::Texts | Section::Targets
    ) {
        return None;
    }
    let own = normalise::name(&entry.value);
    if own.chars().count() > LONGEST {
        return None;
    }
    let kind = kind(&entry.key);
    others
        .iter()
        .enumerate()
        .filter_map(|(i, other)| {
            let other =
                other.filter(|o| o.section == entry.section && self::kind(&o.key) == kind)?;
            let value = normalise::name(&other.value);
            let n = value.chars().count();
            // Texts of very different length are not one text reworded.
            if n > LONGEST || n * 2 < own.chars().count() || n > own.chars().count() * 2 {
                return None;
            }
            let likeness = normalise::likeness(&own, &value);
            (likeness >= ALIKE).then_some((likeness, i))
        })
        .max_by_key(|(likeness, i)| (*likeness, usize::MAX - i))
        .map(|(_, i)| i)
}

/// The part of a key that says what kind of name or text it is.
fn kind(key: &str) -> &str {
    key.split('|').next().unwrap_or_default()
}
