//! Classification codes of one year: functions, economic classes, renames and cross-walk.
//!
//! Each entry says how well it is confirmed. An entry that is not confirmed never is the sole ground of an error.

mod read;

use std::{collections::HashMap, sync::OnceLock};

use crate::normalise;

pub use read::{Merge, merge_years, read_crosswalk, read_entries, read_renames};

/// Text of a data file.
pub type DataText = &'static str;

/// Level of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 类, 3 digits.
    Category,
    /// 款, 5 digits.
    Section,
    /// 项, 7 digits.
    Item,
}

impl Level {
    /// Level of a code by its number of digits.
    pub fn of_code(code: &str) -> Option<Self> {
        match code.len() {
            3 => Some(Self::Category),
            5 => Some(Self::Section),
            7 => Some(Self::Item),
            _ => None,
        }
    }

    /// 类, 款 or 项.
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "类",
            Self::Section => "款",
            Self::Item => "项",
        }
    }
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// low
    Low,
    /// medium
    Medium,
    /// high
    High,
}

/// One code and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Digits only.
    pub code: DataText,
    /// Name.
    pub name: DataText,
    /// 类, 款 or 项.
    pub level: Level,
    /// Code of the parent; `None` for categories.
    pub parent: Option<DataText>,
    /// Budget the function belongs to as the list words it (一般公共, 政府性基金, 国有资本经营, 社会保险基金); empty when not known.
    pub fund: DataText,
    /// How sure the list is.
    pub confidence: Confidence,
    /// What the entry rests on, such as `published documents`.
    pub basis: DataText,
}

impl Entry {
    /// Whether the entry may be the sole ground of an error.
    pub fn is_confirmed(&self) -> bool {
        self.basis != "compiled, unconfirmed" && self.confidence != Confidence::Low
    }

    /// Key of the fund node the function belongs to: `general-public`, `government-managed`, `state-capital`.
    pub fn fund_key(&self) -> Option<&'static str> {
        match self.fund {
            "一般公共" => Some("general-public"),
            "政府性基金" => Some("government-managed"),
            "国有资本经营" => Some("state-capital"),
            "社会保险基金" => Some("social-insurance"),
            _ => None,
        }
    }
}

/// A code that changed its name or was abolished.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// The code.
    pub code: DataText,
    /// Name before.
    pub old_name: DataText,
    /// Name after, or what became of the code, in words.
    pub new_name: DataText,
    /// Last year of the old name, where it is known.
    pub through: Option<u16>,
    /// Note.
    pub note: DataText,
}

/// One line of the cross-walk between the governmental and the departmental economic classification.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Governmental code (501…).
    pub government: DataText,
    /// Departmental code (301…).
    pub department: DataText,
    /// Kind of unit it applies to, as the list words it.
    pub applies_to: DataText,
}

/// Entries of one classification, by code.
#[derive(Debug, Default)]
pub(crate) struct Classification {
    /// Sorted by code.
    entries: Vec<Entry>,
    by_name: OnceLock<ByName>,
}

impl Classification {
    pub(crate) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.code);
        entries.dedup_by(|b, a| a.code == b.code);
        Self {
            entries,
            by_name: OnceLock::new(),
        }
    }

    fn find(&self, code: &str) -> Option<&Entry> {
        let i = self.entries.binary_search_by(|e| e.code.cmp(code)).ok()?;
        self.entries.get(i)
    }

    fn by_name(&self) -> &ByName {
        let names = || self.entries.iter().map(|entry| entry.name);
        self.by_name.get_or_init(|| ByName::new(names()))
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        let found = self.by_name().find(name);
        found.iter().filter_map(|i| self.entries.get(*i as usize))
    }
}

/// Numbers of the members of a list, by their names in comparison form.
#[derive(Debug)]
struct ByName(HashMap<String, Vec<u32>>);

impl ByName {
    fn new(names: impl ExactSizeIterator<Item = DataText>) -> Self {
        let mut numbers: HashMap<String, Vec<u32>> = HashMap::with_capacity(names.len());
        for (i, name) in (0_u32..).zip(names) {
            numbers.entry(normalise::name(name)).or_default().push(i);
        }
        Self(numbers)
    }

    fn find(&self, name: &str) -> &[u32] {
        let found = self.0.get(&normalise::name(name));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The codes of one budget year.
#[derive(Debug)]
pub struct Catalogue {
    year: u16,
    base_year: u16,
    functions: Classification,
    economics: Classification,
    governments: Classification,
    revenues: Classification,
    renames: Vec<Rename>,
    by_old_name: OnceLock<ByName>,
    crossings: Vec<Crossing>,
}

/// The parts a catalogue is made of.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) functions: Vec<Entry>,
    pub(crate) economics: Vec<Entry>,
    pub(crate) governments: Vec<Entry>,
    pub(crate) revenues: Vec<Entry>,
    pub(crate) renames: Vec<Rename>,
    pub(crate) crossings: Vec<Crossing>,
}

impl Catalogue {
    pub(crate) fn new(year: u16, base_year: u16, parts: Parts) -> Self {
        let mut renames = parts.renames;
        renames.sort_by_key(|rename| rename.code);
        Self {
            year,
            base_year,
            functions: Classification::new(parts.functions),
            economics: Classification::new(parts.economics),
            governments: Classification::new(parts.governments),
            revenues: Classification::new(parts.revenues),
            renames,
            by_old_name: OnceLock::new(),
            crossings: parts.crossings,
        }
    }

    /// Makes ready to look headings up by their names, which is done anyway when first asked to.
    pub fn index_names(&self) {
        self.functions.by_name();
        self.economics.by_name();
    }

    /// The year it was made for.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The year whose own list it rests on; when it differs from [`Self::year`], a missing code proves nothing.
    pub fn base_year(&self) -> u16 {
        self.base_year
    }

    /// The function of this code.
    pub fn function(&self, code: &str) -> Option<&Entry> {
        self.functions.find(code)
    }

    /// The departmental economic class of this code (301…).
    pub fn economic(&self, code: &str) -> Option<&Entry> {
        self.economics.find(code)
    }

    /// The governmental economic class of this code (501…).
    pub fn government_economic(&self, code: &str) -> Option<&Entry> {
        self.governments.find(code)
    }

    /// The revenue heading of this code; the list is partial.
    pub fn revenue(&self, code: &str) -> Option<&Entry> {
        self.revenues.find(code)
    }

    /// All functions by code.
    pub fn functions(&self) -> impl Iterator<Item = &Entry> {
        self.functions.entries.iter()
    }

    /// All departmental economic classes by code.
    pub fn economics(&self) -> impl Iterator<Item = &Entry> {
        self.economics.entries.iter()
    }

    /// All governmental economic classes by code.
    pub fn government_economics(&self) -> impl Iterator<Item = &Entry> {
        self.governments.entries.iter()
    }

    /// Functions of this name, compared without regard to width, brackets and spaces.
    pub fn function_named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.functions.named(name)
    }

    /// Departmental economic classes of this name.
    pub fn economic_named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.economics.named(name)
    }

    /// Governmental economic classes of this name.
    pub fn government_economic_named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        self.governments.named(name)
    }

    /// Functions that had this name before, each once.
    pub fn function_once_named<'a>(
        &'a self,
        name: &str,
    ) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let names = || self.renames.iter().map(|rename| rename.old_name);
        let by_name = self.by_old_name.get_or_init(|| ByName::new(names()));
        let found = by_name.find(name).iter();
        let mut codes: Vec<&str> = found
            .filter_map(|i| self.renames.get(*i as usize))
            .map(|rename| rename.code)
            .collect();
        codes.dedup();
        codes.into_iter().filter_map(|code| self.function(code))
    }

    /// Renames of a function code.
    pub fn renames(&self, code: &str) -> &[Rename] {
        let start = self.renames.partition_point(|r| r.code < code);
        let n = self
            .renames
            .iter()
            .skip(start)
            .take_while(|r| r.code == code)
            .count();
        self.renames.get(start..start + n).unwrap_or(&[])
    }

    /// Lines of the cross-walk that name this departmental or governmental code.
    pub fn crossings<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Crossing> {
        self.crossings
            .iter()
            .filter(move |c| c.department == code || c.government == code)
    }
}
