//! Codes and words of the forms: what a cell says for a coordinate, a stage, a mark; and back.

use std::sync::Arc;

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Dimension, Dimensions},
    disclosure::Operator,
    library::Library,
    money::MoneyUnit,
    package::{Manner, Withheld},
    profile::{
        Profile,
        narrative::{BaseWord, StageWord},
    },
    trees,
};

/// Words of the stages.
pub(crate) const STAGES: [(&str, StageWord); 6] = [
    ("本年预算", StageWord::Budget),
    ("上年预算", StageWord::PriorBudget),
    ("上年执行", StageWord::PriorExecution),
    ("调整预算", StageWord::Adjusted),
    ("本年决算", StageWord::Final),
    ("上年决算", StageWord::PriorFinal),
];
/// Words of the bases.
pub(crate) const BASES: [(&str, BaseWord); 5] = [
    ("上年预算", BaseWord::PriorBudget),
    ("上年执行", BaseWord::PriorExecution),
    ("上年决算", BaseWord::PriorFinal),
    ("年初预算", BaseWord::InitialBudget),
    ("调整预算", BaseWord::AdjustedBudget),
];
/// Words of the manners.
pub(crate) const MANNERS: [(&str, Manner); 2] =
    [("逐笔明细", Manner::Detail), ("成表数字", Manner::Figures)];
/// Money units.
pub(crate) const UNITS: [(&str, MoneyUnit); 3] = [
    ("万元", MoneyUnit::WanYuan),
    ("元", MoneyUnit::Yuan),
    ("亿元", MoneyUnit::YiYuan),
];
/// Signs of indicator values.
pub(crate) const OPERATORS: [(&str, Operator); 5] = [
    ("=", Operator::Equal),
    ("≥", Operator::AtLeast),
    ("≤", Operator::AtMost),
    (">", Operator::More),
    ("<", Operator::Less),
];
/// Labels of the dimensions a package is filled in by. The government's economic class of a figure is not asked for.
pub(crate) const DIMENSIONS: [(&str, Dimension); 7] = [
    ("资金", Dimension::Fund),
    ("结转", Dimension::Vintage),
    ("功能科目", Dimension::Function),
    ("支出性质", Dimension::Nature),
    ("经济科目", Dimension::Economic),
    ("项目", Dimension::Project),
    ("所属单位", Dimension::Body),
];
/// Mark of what is withheld of a field.
const FIELD: &str = "字段:";
const WITHHELD: [(&str, Withheld); 4] = [
    ("全部", Withheld::Whole),
    ("金额", Withheld::Amount),
    ("分配", Withheld::Allocation),
    ("绩效目标", Withheld::Target),
];

/// The word for a value.
pub(crate) fn word<T: PartialEq>(pairs: &[(&'static str, T)], value: &T) -> &'static str {
    pairs
        .iter()
        .find(|(_, known)| known == value)
        .map_or("", |(word, _)| word)
}

/// The value of a word.
pub(crate) fn value<T: Clone>(pairs: &[(&'static str, T)], word: &str) -> Option<T> {
    let word = word.trim();
    pairs
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, value)| value.clone())
}

pub(crate) fn withheld_word(part: &Withheld) -> String {
    match part {
        Withheld::Field(key) => format!("{FIELD}{key}"),
        part => word(&WITHHELD, part).to_owned(),
    }
}

pub(crate) fn withheld(text: &str) -> Option<Withheld> {
    match text
        .strip_prefix(FIELD)
        .or_else(|| text.strip_prefix("字段："))
    {
        Some(key) if !key.is_empty() => Some(Withheld::Field(key.to_owned())),
        _ => value(&WITHHELD, text),
    }
}

/// Names of the coordinates of one profile and year.
#[derive(Debug)]
pub(crate) struct Names<'l> {
    /// The profile, when it is known.
    pub(crate) profile: Option<Arc<Profile>>,
    pub(crate) catalogue: &'l Catalogue,
    trees: Option<Dimensions>,
}

impl<'l> Names<'l> {
    pub(crate) fn new(library: &'l Library, profile: &str, year: u16) -> Self {
        let profile = library.profile(profile);
        let catalogue = library.catalogue(year);
        let trees = profile
            .as_ref()
            .map(|profile| trees::start(profile, catalogue));
        Self {
            profile,
            catalogue,
            trees,
        }
    }

    /// Unit amounts are in where nothing is said.
    pub(crate) fn unit(&self) -> MoneyUnit {
        self.profile
            .as_ref()
            .map_or(MoneyUnit::WanYuan, |profile| profile.unit)
    }

    /// Name of a classification code.
    pub(crate) fn code_name(&self, dimension: Dimension, code: &str) -> Option<&str> {
        let entry = match dimension {
            Dimension::Function => self.catalogue.function(code),
            Dimension::Economic => self.catalogue.economic(code),
            Dimension::Governmental => self.catalogue.government_economic(code),
            _ => None,
        };
        entry.map(|entry| entry.name)
    }

    /// What a cell says for a key.
    pub(crate) fn shown(&self, dimension: Dimension, key: &str) -> String {
        if let Some(name) = self.code_name(dimension, key) {
            return format!("{key} {name}");
        }
        match self.node_name(dimension, key) {
            Some(name) if self.key_of(dimension, name).as_deref() == Some(key) => name.to_owned(),
            _ => key.to_owned(),
        }
    }

    fn node_name(&self, dimension: Dimension, key: &str) -> Option<&str> {
        if matches!(
            dimension,
            Dimension::Function | Dimension::Project | Dimension::Body
        ) {
            return None;
        }
        let tree = self.trees.as_ref()?.tree(dimension);
        tree.find(key).map(|id| tree.node(id).name.as_str())
    }

    /// The key a name stands for, when it is one node's only.
    fn key_of(&self, dimension: Dimension, name: &str) -> Option<String> {
        let tree = self.trees.as_ref()?.tree(dimension);
        if tree.find(name).is_some() {
            return Some(name.to_owned());
        }
        let mut named = tree.nodes.iter().filter(|node| node.name == name);
        let first = named.next()?;
        named.next().is_none().then(|| first.key.clone())
    }

    /// The key a cell means, and a remark when code and name do not belong together.
    pub(crate) fn key(&self, dimension: Dimension, text: &str) -> (String, Option<String>) {
        let text = text.trim();
        if dimension.is_classification() {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            let rest = text.get(digits.len()..).unwrap_or_default().trim();
            if !digits.is_empty() {
                let known = self.code_name(dimension, &digits);
                return match known {
                    Some(name) if !rest.is_empty() && squeezed(rest) != squeezed(name) => {
                        let remark =
                            format!("代码 {digits} 在科目表中是“{name}”，这里写的是“{rest}”");
                        (digits, Some(remark))
                    }
                    None if !rest.is_empty() => (text.to_owned(), None),
                    _ => (digits, None),
                };
            }
            if let Some(code) = self.named(dimension, text) {
                return (code, None);
            }
        }
        let known = match dimension {
            Dimension::Project | Dimension::Body => None,
            _ => self.key_of(dimension, text),
        };
        (known.unwrap_or_else(|| text.to_owned()), None)
    }

    /// A heading entered by its name alone, when only one code has that name.
    fn named(&self, dimension: Dimension, name: &str) -> Option<String> {
        let mut codes: Vec<String> = match dimension {
            Dimension::Function => self
                .catalogue
                .function_named(name)
                .map(|e| e.code.to_string())
                .collect(),
            _ => self
                .catalogue
                .economic_named(name)
                .map(|e| e.code.to_string())
                .collect(),
        };
        codes.dedup();
        match codes.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// Keys and names a drop-down of a small dimension offers.
    pub(crate) fn choices(&self, dimension: Dimension) -> Vec<String> {
        match dimension {
            Dimension::Function => codes(self.catalogue.functions()),
            Dimension::Economic => codes(self.catalogue.economics()),
            Dimension::Governmental => codes(self.catalogue.government_economics()),
            _ => {
                let Some(trees) = &self.trees else {
                    return Vec::new();
                };
                let nodes = trees.tree(dimension).nodes.iter().skip(1);
                nodes.map(|node| self.shown(dimension, &node.key)).collect()
            }
        }
    }

    /// Whether a key is one the classification or the small trees know.
    pub(crate) fn knows(&self, dimension: Dimension, key: &str) -> bool {
        self.code_name(dimension, key).is_some()
            || self
                .trees
                .as_ref()
                .is_some_and(|trees| trees.tree(dimension).find(key).is_some())
    }
}

fn codes<'e>(entries: impl Iterator<Item = &'e mz_budget::catalogue::Entry>) -> Vec<String> {
    entries
        .map(|entry| format!("{} {}", entry.code, entry.name))
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
