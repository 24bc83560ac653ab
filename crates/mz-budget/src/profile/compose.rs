//! How a disclosure of the profile is written: the sentences, the layout of tables and forms, the words for changes.
//! Read from `compose.toml`. The wording here is the one that `narrative.toml` and `outline.toml` resolve, so what is
//! written can be read back; a test builds and reads.
//!
//! Texts are templates. `{…}` stands for something computed:
//!
//! | placeholder | stands for |
//! |---|---|
//! | `{unit}` `{year}` `{prior-year}` `{money-unit}` | what it says |
//! | `{amount}` `{prior}` | this year's, last year's amount of the item's slice |
//! | `{share}` | its share in `of`, in percent |
//! | `{change}` | how it changed, by the words of [`ChangeWords`] |
//! | `{reason}` | the reason, introduced as [`ComposeSpec::reason`] says; nothing where nothing changed |
//! | `{purpose}` | what the money is for |
//! | `{name}` `{text}` | name of the node or object an item repeats over; its text |
//! | `{chain}` `{path}` | names of the node and those above it: `甲（类）乙（款）丙（项）`, `甲-乙-丙` |
//! | `{n}` `{cn}` | ordinal of the repetition, in digits and in Chinese |
//! | `{fact KEY}` `{fact-change KEY}` | a fact outside the cube, how it changed |
//! | `{count OBJECTS}` `{amount-of OBJECTS}` | how many objects there are, and their money |
//! | `{list NAME}` | a list of the item |
//! | `{field KEY}` | a field of the project or target at hand |
//! | `{text KEY}` | a single text of the package |

use std::collections::BTreeMap;

use serde::Deserialize;

use super::targets::TargetColumn;
use crate::{
    dimension::{Coordinates, Dimension},
    money::MoneyUnit,
};

/// The file `compose.toml` of a profile.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ComposeSpec {
    /// Unit of money in the text; the profile's when absent.
    pub unit: Option<MoneyUnit>,
    /// Cover.
    pub cover: CoverSpec,
    /// Title of the contents; none are made without.
    pub contents: String,
    /// Deepest level of heading in the contents.
    pub contents_depth: u8,
    /// How headings are numbered, by level from 1: `第{cn}部分 {title}`.
    pub numbering: Vec<String>,
    /// Words for changes of money.
    pub change: ChangeWords,
    /// Words for changes of counts.
    pub count_change: ChangeWords,
    /// How a reason is introduced: `，主要原因是{reason}`.
    pub reason: String,
    /// What stands where something is withheld.
    pub withheld: String,
    /// Layout of the statutory tables.
    pub tables: TablesSpec,
    /// Coordinates of the amounts that projects and targets state.
    pub stated: StatedSpec,
    /// Paragraphs of projects.
    pub projects: ProjectsSpec,
    /// Form of the performance targets.
    pub targets: TargetLayout,
    /// Paragraphs by section.
    #[serde(rename = "section")]
    pub sections: Vec<SectionText>,
    /// Terms every document of the profile explains.
    #[serde(rename = "term")]
    pub terms: Vec<TermSpec>,
    /// One entry of the glossary: `{cn}、{name}：{text}`.
    pub glossary: String,
    /// Lines under everything: unit and date.
    pub ending: Vec<String>,
}

/// The cover.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CoverSpec {
    /// Title.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Date.
    pub date: String,
}

/// How a change is said. `{delta}` is the change without its sign, `{rate}` its rate in percent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ChangeWords {
    /// More than last year.
    pub up: String,
    /// Less than last year.
    pub down: String,
    /// The same.
    pub level: String,
    /// Something where nothing was; a rate is not defined.
    pub from_zero: String,
    /// Nothing where something was.
    pub to_zero: String,
    /// The change of a figure that is withheld; what stands for the figure when empty.
    pub withheld: String,
}

/// Layout common to the statutory tables.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TablesSpec {
    /// Title: `表{n} {title}`.
    pub title: String,
    /// Left end of the caption line.
    pub prepared_by: String,
    /// Right end of the caption line.
    pub money_unit: String,
    /// Mark of label columns in the ruler row; no ruler without.
    pub ruler: String,
    /// What a zero is printed as; empty for a blank cell.
    pub zero: String,
    /// What stands in a cell whose figure is withheld.
    pub withheld: String,
    /// Single tables.
    pub table: Vec<TableLayout>,
}

/// Layout of one table, where it differs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TableLayout {
    /// Id of the table.
    pub id: String,
    /// Has no ruler row.
    pub no_ruler: bool,
    /// The total stands below the rows of the axis.
    pub total_last: bool,
    /// A row with the name of the unit follows the total.
    pub unit_row: bool,
    /// Paths of the label columns, outermost first, joined by `/`; the plain labels when empty.
    pub labels: Vec<String>,
    /// Sentence under the table when it is empty.
    pub nil: String,
    /// Sentences under the table.
    pub notes: Vec<String>,
}

/// Coordinates of amounts stated outside the listings.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StatedSpec {
    /// Of the allocations of a project.
    pub allocations: Coordinates,
    /// Of the total of a target.
    pub total: Coordinates,
    /// Of its appropriation.
    pub appropriation: Coordinates,
    /// Of its other money.
    pub other: Coordinates,
}

/// Paragraphs of projects: the fields of `narrative.toml` in order, each with its first label.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ProjectsSpec {
    /// Money a project must have to be presented.
    pub at: Coordinates,
    /// First field of a project: `（{cn}）{label}：{text}`.
    pub first: String,
    /// The other fields: `{label}：{text}`.
    pub field: String,
    /// Text of the amount: `{amount}{money-unit}`.
    pub amount: String,
    /// Text of the body where the project names none; `{unit}`.
    pub body: String,
    /// One part of the allocation: `{name}{amount}{money-unit}`.
    pub allocation: String,
    /// What stands between parts.
    pub separator: String,
}

/// A form of performance targets.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TargetLayout {
    /// Title of a project's form.
    pub title: String,
    /// Line under it.
    pub caption: String,
    /// Id of the heading they stand under, after its paragraphs.
    pub section: String,
    /// Number of grid columns.
    pub n_columns: usize,
    /// Rows above the indicators, each a list of cells.
    pub rows: Vec<Vec<FormCell>>,
    /// Columns of the indicators.
    pub columns: Vec<TargetColumn>,
    /// Which projects need a target: those with money here.
    pub at: Coordinates,
}

/// A cell of a form.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FormCell {
    /// Template.
    pub text: String,
    /// Grid columns covered; 0 counts as 1.
    pub columns: usize,
}

/// Paragraphs of a section.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SectionText {
    /// Id of the heading in the outline.
    pub id: String,
    /// Coordinates of its items; those of the section in `narrative.toml` when absent.
    pub at: Option<Coordinates>,
    /// Paragraphs in order.
    pub paragraph: Vec<ItemSpec>,
}

/// A sentence or part of one.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ItemSpec {
    /// Template.
    pub text: String,
    /// Template where what the money is for is kept secret.
    pub secret: Option<String>,
    /// Coordinates on top of the section's; the key `all` goes back to the whole.
    pub at: Coordinates,
    /// Whole of its share, on top of the section's coordinates; the section's total when absent.
    pub of: Option<Coordinates>,
    /// What it repeats over.
    pub each: Option<Each>,
    /// What must hold for it to be written: `amount` (it has money), `any` (it has, or had last year), `changed`,
    /// `fact KEY` (not zero), `offices`, `bodies`, `secret-projects` … (there are some); `no-` before any of them is the
    /// opposite.
    pub when: Vec<String>,
    /// Lists its text names.
    pub list: BTreeMap<String, ListText>,
}

/// What an item repeats over.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Each {
    /// Nodes of a dimension that have money, at a level (`category`, `section`, `item`), or all that have no parts.
    Nodes {
        /// The dimension.
        dimension: Dimension,
        /// The level.
        #[serde(default)]
        to: Option<String>,
    },
    /// Objects of the package.
    Objects(Objects),
}

/// Objects of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objects {
    /// Duties.
    Duties,
    /// Offices.
    Offices,
    /// Units under it.
    Bodies,
    /// Projects that keep something secret.
    SecretProjects,
    /// Projects whose targets are published.
    Targets,
}

/// A list inside a sentence.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ListText {
    /// What stands between two items.
    pub separator: String,
    /// Items.
    pub item: Vec<ItemSpec>,
}

/// A term of the glossary.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TermSpec {
    /// The term.
    pub name: String,
    /// Its explanation.
    pub text: String,
}
