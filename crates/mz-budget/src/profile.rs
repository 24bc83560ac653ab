//! A profile: what one province's documents of one year look like. Data only; a profile never computes.

pub mod compose;
mod face;
mod inherit;
pub mod narrative;
pub mod outline;
mod read;
mod resolve;
mod shape;
pub mod targets;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    dimension::{Coordinates, Dimension},
    disclosure::{Kind, Stage},
    money::MoneyUnit,
};

pub use face::Face;
pub use read::{digested, faces, read_all, read_nodes};
pub use shape::{Shape, TableShape};

/// Where a piece of data comes from.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// Title of the law, notice or document.
    pub title: String,
    /// Official number, when it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// Date it was checked, ISO.
    #[serde(default)]
    pub checked: Option<String>,
}

/// One value column of a table or panel.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnSpec {
    /// Full header path, outermost first, joined by `/` where levels repeat a word (`财政拨款/基本支出/人员经费`).
    pub label: String,
    /// Other wordings of the same header.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Coordinates the column adds to the table's.
    #[serde(default)]
    pub at: Coordinates,
    /// Other coordinates the column may mean in some documents; the reading under which the identities hold is taken.
    #[serde(default)]
    pub or_at: Vec<Coordinates>,
    /// Whose figure, when not the document's own.
    #[serde(default)]
    pub stage: Option<narrative::StageWord>,
    /// The column is known to hold no money of the cube (a percentage, a remark, a part no slice stands for).
    #[serde(default)]
    pub skip: bool,
    /// Some bodies' tables do not have the column (基本支出 split in the summary).
    #[serde(default)]
    pub optional: bool,
}

impl ColumnSpec {
    /// Whose figure the column prints in a document whose bare figures are `own`.
    pub fn stage_in(&self, own: Stage) -> Stage {
        self.stage.map_or(own, narrative::StageWord::stage)
    }
}

/// One fixed row.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LineSpec {
    /// Label as printed, numbering included; numbering, spaces and 其中 are ignored when comparing.
    pub label: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Coordinates the row adds.
    #[serde(default)]
    pub at: Coordinates,
    /// The row is known to hold no slice of the cube.
    #[serde(default)]
    pub skip: bool,
}

/// What the rows of a table are.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowsSpec {
    /// The dimension the rows run over; absent for tables of fixed lines only.
    #[serde(default)]
    pub axis: Option<Dimension>,
    /// A second axis inside the first (function × project, or the departments' economic class × the government's).
    #[serde(default)]
    pub inner: Option<Dimension>,
    /// Coordinates of the rows of the axis that the total and the fixed lines do not have: what was spent, where the total
    /// also holds what was carried over.
    #[serde(default)]
    pub at: Coordinates,
    /// Labels of the total row; an empty one is a row without a label.
    #[serde(default)]
    pub total: Vec<String>,
    /// Every non-zero node of the axis is listed, so an absent row is zero.
    #[serde(default)]
    pub closed: bool,
    /// The code stands in the label ("201 一般公共服务支出") and not in columns of its own.
    #[serde(default)]
    pub code_in_label: bool,
    /// Deepest level listed: `category`, `section` or `item`.
    #[serde(default)]
    pub to: Option<String>,
    /// Fixed lines, in order.
    #[serde(default)]
    pub lines: Vec<LineSpec>,
    /// Rows may stand under rows that carry the name of a unit and its subtotal; where the unit is the document's own, such
    /// a row repeats the total.
    #[serde(default)]
    pub unit_rows: bool,
    /// Endings of unit names (局, 办公室), by which rows of other units are known when their figure is also the sum of the
    /// rows under them.
    #[serde(default)]
    pub unit_endings: Vec<String>,
    /// The same code may stand in several rows, each a part of the heading: the rows are added up.
    #[serde(default)]
    pub parts: bool,
}

/// One side of a table: its own labels and value columns.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PanelSpec {
    /// Coordinates of everything in the panel.
    #[serde(default)]
    pub at: Coordinates,
    /// Header over the whole panel (收入, 支出), when there is one.
    #[serde(default)]
    pub header: Option<String>,
    /// Headers of the label columns, left to right (类, 款, 项, 功能分类科目名称).
    pub labels: Vec<String>,
    /// Indexes of label columns that do not say what the row is: a second classification, a sequence number.
    #[serde(default)]
    pub aside: Vec<usize>,
    /// Indexes of label columns with the codes of the rows' inner axis, where that is a second classification.
    #[serde(default)]
    pub beside: Vec<usize>,
    /// Rows.
    pub rows: RowsSpec,
    /// Value columns, left to right.
    pub columns: Vec<ColumnSpec>,
}

/// One statutory table.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableSpec {
    /// Stable id, such as `general-public-expenditure`.
    pub id: String,
    /// Number in the template.
    pub number: u32,
    /// Title, year and unit left out.
    pub title: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Titles the form of the place has, where those of the form it extends hold as well; the first is the usual one.
    #[serde(default)]
    pub local_titles: Vec<String>,
    /// Must be published even when empty.
    #[serde(default)]
    pub required: bool,
    /// Words that stand together in any title of the table, however it is worded. Where a line about a table has them all,
    /// the table is there under another title, and not missing.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Money unit when it differs from the profile's.
    #[serde(default)]
    pub unit: Option<String>,
    /// Coordinates of the whole table.
    #[serde(default)]
    pub at: Coordinates,
    /// Other coordinates the whole table may have in some documents (with or without carry-over); the one under which the
    /// document's tables agree is taken.
    #[serde(default)]
    pub or_at: Vec<Coordinates>,
    /// Coordinates under which the table's money is zero by definition (business expenditure from an appropriation).
    #[serde(default)]
    pub nil: Vec<Coordinates>,
    /// What 合计 means in the table, where its rows or columns are not all the money of the table.
    #[serde(default)]
    pub total: Coordinates,
    /// What rows without codes are names of, where panels are left to be read from the document.
    #[serde(default)]
    pub axis: Option<Dimension>,
    /// The table is recognised, but its figures are no slices of the cube (procurement, service purchases).
    #[serde(default)]
    pub outside: bool,
    /// The fact of the narrative the table's total states, for a table outside the cube.
    #[serde(default)]
    pub fact: Option<String>,
    /// One panel, or several side by side. A table without panels is read by the profile's words: what stands over a
    /// column and before a row says what the cell means.
    #[serde(default, rename = "panel")]
    pub panels: Vec<PanelSpec>,
}

impl TableSpec {
    /// All its titles.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        let others = self.aliases.iter().chain(&self.local_titles);
        std::iter::once(&self.title)
            .chain(others)
            .map(String::as_str)
    }

    /// The title in the form of the place.
    pub fn usual_title(&self) -> &str {
        self.local_titles.first().unwrap_or(&self.title)
    }
}

/// What a word of a header or of a row label is for, beyond coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordRole {
    /// The whole of what the table, the panel or the group of columns is about: 合计, 小计.
    Total,
    /// Over label columns: codes of a classification.
    Code,
    /// Over label columns: names of what the rows are.
    Name,
    /// Over label columns: names or codes of units.
    Unit,
    /// Over label columns: names of projects.
    Project,
    /// Over columns that say nothing of money: 序号, 备注.
    Aside,
    /// Adds nothing to what the other words say: 预算数, 金额.
    Filler,
}

/// Which side of a two-sided table a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// 收入
    Income,
    /// 支出
    Expenditure,
}

/// A word of headers and row labels, and what it means. Words next to one another add up: 上年结转/一般公共预算.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WordSpec {
    /// Name of the entry, by which another profile replaces it.
    pub key: String,
    /// Wordings, compared without spaces, width and numbering.
    pub words: Vec<String>,
    /// Coordinates the word adds.
    #[serde(default)]
    pub at: Coordinates,
    /// Whose figure, when not this year's budget.
    #[serde(default)]
    pub stage: Option<narrative::StageWord>,
    /// What it is for.
    #[serde(default)]
    pub role: Option<WordRole>,
    /// Side it has this meaning on; both when absent.
    #[serde(default)]
    pub side: Option<Side>,
}

/// What a form asks of a document beyond the law, so that its absence is an error there and nothing at all elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// An empty table is explained, beside it or in the narrative.
    NilStatements,
    /// Where the narrative goes through the items of a table, it goes through all of them.
    Items,
    /// Every change from last year has a reason.
    Reasons,
    /// A project has one name in all tables and texts.
    ProjectNames,
    /// A payment has the same amount under its functional and its economic heading.
    PairedHeadings,
}

/// A profile, resolved: inherited keys already merged in.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Id, such as `xinjiang-unit-2024`.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// GB/T 2260 code of the province.
    pub region: String,
    /// Words by which documents of the region are known; the profile is chosen only where one of them stands.
    pub places: Vec<String>,
    /// Beginnings of the names of the bodies the profile is for, where no place tells (国务院, 国家); empty when names tell
    /// nothing.
    pub bodies: Vec<String>,
    /// What the form asks of a document.
    pub asks: Vec<Ask>,
    /// Every table was rounded by itself: one amount may differ by its last digit from table to table.
    pub loose_tails: bool,
    /// Kind of document.
    pub kind: Kind,
    /// Budget years the profile is known to hold for.
    pub years: Vec<u16>,
    /// Money unit of tables and narrative.
    pub unit: MoneyUnit,
    /// Decimals of printed amounts.
    pub decimals: u8,
    /// Fund, vintage, nature and economic-overlay nodes: key → (parent key, Chinese name), parents first.
    pub nodes: BTreeMap<Dimension, Vec<NodeSpec>>,
    /// Tables in order.
    pub tables: Vec<TableSpec>,
    /// Words by which tables without panels are read.
    pub words: Vec<WordSpec>,
    /// The tables were declared by reading the document itself: what a form requires beyond the law is not known.
    pub is_proposed: bool,
    /// Headings in order (`outline.toml`).
    pub outline: Vec<outline::OutlineSpec>,
    /// Wording of the narrative (`narrative.toml`), on top of the national one.
    pub narrative: narrative::NarrativeSpec,
    /// Form of the performance-target tables (`targets.toml`).
    pub targets: targets::TargetForm,
    /// How its disclosures are written (`compose.toml`); `None` when it can only be read.
    pub compose: Option<compose::ComposeSpec>,
    /// Where the profile comes from.
    pub source: Source,
    /// Id of the profile it extends.
    pub extends: Option<String>,
}

/// All tables are read from their own headers.
fn is_open(tables: &[TableSpec]) -> bool {
    tables.iter().all(|table| table.panels.is_empty())
}

fn is_general(region: &str, bodies: &[String]) -> bool {
    region == "000000" && bodies.is_empty()
}

impl Profile {
    /// Its tables are read from their own headers, wherever in the country the document comes from.
    pub fn is_general(&self) -> bool {
        is_general(&self.region, &self.bodies) && is_open(&self.tables)
    }

    /// Whether the form asks this of a document.
    pub fn asks(&self, what: Ask) -> bool {
        self.asks.contains(&what)
    }

    /// The table of this id.
    pub fn table(&self, id: &str) -> Option<&TableSpec> {
        self.tables.iter().find(|t| t.id == id)
    }
}

/// A node of a small dimension tree.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NodeSpec {
    /// Key.
    pub key: String,
    /// Parent key; the root when absent.
    #[serde(default)]
    pub parent: Option<String>,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// For overlay groups: keys of the members.
    #[serde(default)]
    pub overlay: Vec<String>,
}
