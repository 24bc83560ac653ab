//! The wording of the narrative as data: which words mean which coordinates or facts, and in which section.
//!
//! The national wording (`data/phrases/national.toml`) holds what every document says; a profile adds its sections, and
//! replaces or adds words and facts where its documents speak differently. The same declarations will print sentences.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::Source;
use crate::{
    dimension::{Coordinates, Dimension},
    disclosure::{Base, Direction, ListKind, Stage},
    library::Library,
};

/// Words that stand for coordinates of the cube.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SubjectSpec {
    /// Wordings, compared without spaces and width.
    pub words: Vec<String>,
    /// Coordinates they add to the context; the key `all` goes back to the whole.
    #[serde(default)]
    pub at: Coordinates,
    /// Whose figure, when the words say so (`上年预算数`).
    #[serde(default)]
    pub stage: Option<StageWord>,
}

/// A fact outside the cube: a count, an area, a value, a plan.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FactSpec {
    /// Stable key, such as `procurement.goods`.
    pub key: String,
    /// Chinese name.
    pub name: String,
    /// Unit: `万元` for money, else the unit word (人, 辆, 平方米); several wordings are separated by spaces.
    pub unit: String,
    /// Wordings of the subject; empty for facts that are only implied by their `with` words.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that must also have been said, in this clause or before it in the sentence (`购置` for a plan).
    #[serde(default)]
    pub with: Vec<String>,
    /// Sections it may be read in; everywhere when empty.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Wordings that mean it only right behind one of the facts in `behind`: 来宾 are the guests of the groups they follow.
    #[serde(default)]
    pub following: Vec<String>,
    /// Facts of which one must have been said just before, for the wordings in `following`.
    #[serde(default)]
    pub behind: Vec<String>,
    /// The fact is another one with every budget that is said of it: one project after the other.
    #[serde(default)]
    pub each: bool,
    /// Facts that add up to it.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Other ways to divide it, each whole: 在职 and 离退休, or 行政 and 事业.
    #[serde(default)]
    pub divisions: Vec<Vec<String>>,
    /// The one among the facts that add up to it that takes what the others leave: a list with it leaves nothing out.
    #[serde(default)]
    pub rest: Option<String>,
    /// Facts it cannot exceed.
    #[serde(default)]
    pub within: Vec<String>,
}

impl FactSpec {
    /// Every set of facts that adds up to it.
    pub fn ways(&self) -> impl Iterator<Item = &[String]> {
        let first = Some(self.parts.as_slice()).filter(|parts| !parts.is_empty());
        first
            .into_iter()
            .chain(self.divisions.iter().map(Vec::as_slice))
    }

    /// The sets whose facts are all among the listed, without those that a larger one of them holds.
    pub fn ways_listed(&self, is_listed: impl Fn(&str) -> bool) -> Vec<&[String]> {
        let is_whole = |way: &&[String]| way.iter().all(|key| is_listed(key));
        let whole: Vec<&[String]> = self.ways().filter(is_whole).collect();
        let is_held = |way: &&[String]| {
            whole
                .iter()
                .any(|other| other.len() > way.len() && way.iter().all(|key| other.contains(key)))
        };
        whole.iter().filter(|way| !is_held(way)).copied().collect()
    }
}

/// A section of the narrative.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SectionSpec {
    /// Id of the heading in the outline.
    pub id: String,
    /// Coordinates everything in the section has unless its words say otherwise.
    #[serde(default)]
    pub at: Coordinates,
    /// Subject of a figure that names none (and whole of a share that names none).
    #[serde(default)]
    pub total: Option<Coordinates>,
    /// Id of the table that speaks of the same money.
    #[serde(default)]
    pub table: Option<String>,
    /// Dimensions whose names (headings of the catalogue, projects) may be subjects here, in order.
    #[serde(default)]
    pub names: Vec<Dimension>,
    /// Words with a meaning of their own in this section.
    #[serde(default, rename = "subject")]
    pub subjects: Vec<SubjectSpec>,
    /// Base of comparisons that name none; the profile's when absent.
    #[serde(default)]
    pub default_base: Option<BaseWord>,
}

/// A field of a project paragraph.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldSpec {
    /// `name`, `basis`, `amount`, `body`, `allocation`, `period`, or another.
    pub key: String,
    /// Labels as printed, without the colon.
    pub labels: Vec<String>,
    /// Must be in every paragraph.
    #[serde(default)]
    pub required: bool,
}

/// Stage as written in data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum StageWord {
    Budget,
    PriorBudget,
    PriorExecution,
    Adjusted,
    Final,
    PriorFinal,
}

impl StageWord {
    /// The stage.
    pub fn stage(self) -> Stage {
        match self {
            Self::Budget => Stage::Budget,
            Self::PriorBudget => Stage::PriorBudget,
            Self::PriorExecution => Stage::PriorExecution,
            Self::Adjusted => Stage::Adjusted,
            Self::Final => Stage::Final,
            Self::PriorFinal => Stage::PriorFinal,
        }
    }
}

/// Base as written in data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum BaseWord {
    PriorBudget,
    PriorExecution,
    PriorFinal,
    InitialBudget,
    AdjustedBudget,
}

impl BaseWord {
    /// The base.
    pub fn base(self) -> Base {
        match self {
            Self::PriorBudget => Base::PriorBudget,
            Self::PriorExecution => Base::PriorExecution,
            Self::PriorFinal => Base::PriorFinal,
            Self::InitialBudget => Base::InitialBudget,
            Self::AdjustedBudget => Base::AdjustedBudget,
        }
    }
}

/// Kind of list as written in data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ListWord {
    IncomeSources,
    FunctionCategories,
    EconomicItems,
    Offices,
    Bodies,
}

impl ListWord {
    /// The kind.
    pub fn kind(self) -> ListKind {
        match self {
            Self::IncomeSources => ListKind::IncomeSources,
            Self::FunctionCategories => ListKind::FunctionCategories,
            Self::EconomicItems => ListKind::EconomicItems,
            Self::Offices => ListKind::Offices,
            Self::Bodies => ListKind::Bodies,
        }
    }
}

/// What a list is known by: words before its colon.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListSpec {
    /// What it lists.
    pub kind: ListWord,
    /// Words of which one must stand before the names.
    pub words: Vec<String>,
    /// Sections it may stand in; everywhere when empty.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Coordinates of its scope, on top of the section's.
    #[serde(default)]
    pub at: Coordinates,
}

/// Grammatical words, by role. Every role is a list of wordings.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Grammar {
    /// 增加, 增长, 上升, 大于 …
    pub up: Vec<String>,
    /// 减少, 下降, 降低, 小于 …
    pub down: Vec<String>,
    /// 持平, 无增减 …
    pub level: Vec<String>,
    /// 占, 占比 …
    pub share: Vec<String>,
    /// 比, 较, 与 … (a comparison when a time or stage follows)
    pub compare: Vec<String>,
    /// 上年, 去年 …
    pub prior: Vec<String>,
    /// 今年, 本年 …
    pub current: Vec<String>,
    /// 完成 (before a base and a percentage)
    pub completion: Vec<String>,
    /// 其中 …
    pub of_which: Vec<String>,
    /// 包括, 分别是 … (opens an enumeration)
    pub including: Vec<String>,
    /// 主要原因是 …
    pub reason: Vec<String>,
    /// 主要用于 …
    pub purpose: Vec<String>,
    /// 未安排, 没有安排 … (verb of a nil statement)
    pub nil: Vec<String>,
    /// 无 (nil when a subject follows at once)
    pub nil_before: Vec<String>,
    /// 为空表, 无数据 …
    pub nil_table: Vec<String>,
    /// 完全不予公开 …
    pub withheld: Vec<String>,
    /// 收入全部为 …
    pub all_from: Vec<String>,
    /// 到, 至, 为 (after a direction word: the figure is an amount, not a change)
    pub reaching: Vec<String>,
    /// 价值, 金额 … (the money of the subject said before)
    pub value: Vec<String>,
    /// 等 (leaves a list open)
    pub open: Vec<String>,
    /// 以上, 以下 … (the figure before is a threshold)
    pub threshold: Vec<String>,
    /// Words that say nothing about the coordinates: 预算, 安排, 资金, 合计 …
    pub filler: Vec<String>,
    /// 本单位, 我局 …
    pub body: Vec<String>,
    /// Verbs before the name of a body, which are no part of it: 纳入, 汇总 …
    pub before_body: Vec<String>,
    /// Endings of names of bodies: 局, 办公室 …
    pub body_endings: Vec<String>,
    /// Words that may follow the name of a heading and are no part of it: 预算, 科目 …
    pub name_tails: Vec<String>,
    /// 同比 … (comparison with nothing named)
    pub same_period: Vec<String>,
}

/// The whole wording: national, or what a profile adds.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NarrativeSpec {
    /// Where the wording comes from; required of the national file only.
    pub source: Option<Source>,
    /// Base of comparisons that name none.
    pub default_base: Option<BaseWord>,
    /// Grammatical words.
    pub grammar: Grammar,
    /// Nouns of bases: 预算, 年初预算, 执行 … Said with 上年, 预算 and 年初预算 mean last year's budget.
    pub bases: BTreeMap<String, BaseWord>,
    /// Other wordings of words that facts ask for: 新增配置 → 购置.
    pub with_words: BTreeMap<String, String>,
    /// Words that name a stage of this year's figure: 决算数 → final.
    pub stages: BTreeMap<String, StageWord>,
    /// Unit words of counts.
    pub units: Vec<String>,
    /// Unit words of time and order, which are never counts to be proved.
    pub time_units: Vec<String>,
    /// Words and their coordinates.
    #[serde(rename = "subject")]
    pub subjects: Vec<SubjectSpec>,
    /// Facts outside the cube.
    #[serde(rename = "fact")]
    pub facts: Vec<FactSpec>,
    /// Lists of names.
    #[serde(rename = "list")]
    pub lists: Vec<ListSpec>,
    /// Fields of project paragraphs.
    #[serde(rename = "field")]
    pub fields: Vec<FieldSpec>,
    /// Sections.
    #[serde(rename = "section")]
    pub sections: Vec<SectionSpec>,
}

impl NarrativeSpec {
    /// The section with this outline id.
    pub fn section(&self, id: &str) -> Option<&SectionSpec> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The facts that hold for a document: the profile's, then the national ones it does not replace.
    pub fn all_facts(&self) -> impl Iterator<Item = &FactSpec> {
        let national = national().facts.iter();
        self.facts
            .iter()
            .chain(national.filter(|fact| !self.facts.iter().any(|own| own.key == fact.key)))
    }

    /// The declaration of a fact.
    pub fn fact(&self, key: &str) -> Option<&FactSpec> {
        self.facts
            .iter()
            .chain(&national().facts)
            .find(|fact| fact.key == key)
    }

    /// Fields of project paragraphs: the profile's, or the national ones when it declares none.
    pub fn project_fields(&self) -> &[FieldSpec] {
        if self.fields.is_empty() {
            &national().fields
        } else {
            &self.fields
        }
    }
}

/// The national wording.
pub fn national() -> &'static NarrativeSpec {
    static NATIONAL: LazyLock<NarrativeSpec> = LazyLock::new(|| {
        Library::embedded()
            .data("phrases/national.toml")
            .unwrap_or_default()
    });
    &NATIONAL
}

/// The sign word of a direction, for messages.
pub fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "增加",
        Direction::Down => "减少",
        Direction::Level => "持平",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_national_wording_loads() {
        let text = Library::embedded().file("phrases/national.toml").unwrap();
        let spec: NarrativeSpec = toml::from_str(text).unwrap();
        assert!(!spec.grammar.up.is_empty() && !spec.subjects.is_empty() && !spec.facts.is_empty());
        for fact in &spec.facts {
            for other in fact.ways().flatten().chain(&fact.within) {
                assert!(
                    spec.facts.iter().any(|f| f.key == *other),
                    "{} names {other}",
                    fact.key
                );
            }
        }
    }
}
