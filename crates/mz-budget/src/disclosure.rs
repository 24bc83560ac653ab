//! What a document says, format-free: tables as observations of the cube, sentences as claims, statements, projects, targets.

use std::sync::Arc;

use crate::{
    dimension::{Dimension, Dimensions, Slice},
    money::{Decimal, PrintedMoney},
    place::Place,
    profile::{Profile, targets::TargetColumn},
};

/// Which budget document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 单位预算
    UnitBudget,
    /// 部门预算
    DepartmentBudget,
    /// 单位决算
    UnitFinalAccounts,
    /// 部门决算
    DepartmentFinalAccounts,
}

impl Kind {
    /// Whose figure a table or sentence prints that does not say whose: the budget's in a budget, the final accounts' in
    /// final accounts.
    pub fn own_stage(self) -> Stage {
        match self {
            Self::UnitBudget | Self::DepartmentBudget => Stage::Budget,
            Self::UnitFinalAccounts | Self::DepartmentFinalAccounts => Stage::Final,
        }
    }

    /// Final accounts of a unit or department.
    pub fn is_final_accounts(self) -> bool {
        self.own_stage() == Stage::Final
    }
}

impl Base {
    /// Whose figure it is.
    pub fn stage(self) -> Stage {
        match self {
            Self::PriorBudget => Stage::PriorBudget,
            Self::PriorExecution => Stage::PriorExecution,
            Self::PriorFinal => Stage::PriorFinal,
            Self::InitialBudget => Stage::Budget,
            Self::AdjustedBudget => Stage::Adjusted,
        }
    }
}

impl Stage {
    /// Last year's figure of the same kind, which changes are measured against.
    pub fn prior_base(self) -> Base {
        match self {
            Self::Final => Base::PriorFinal,
            _ => Base::PriorBudget,
        }
    }
}

/// The measure axis: whose figure of the slice it is. Never summed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// This year's (initial) budget.
    Budget,
    /// Last year's budget.
    PriorBudget,
    /// Last year's execution.
    PriorExecution,
    /// This year's adjusted budget.
    Adjusted,
    /// Final accounts of the year.
    Final,
    /// Final accounts of the year before.
    PriorFinal,
}

/// What a table cell holds. Unread, blank and zero are three different values.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A figure.
    Value(PrintedMoney),
    /// An empty cell (or a dash): not stated; zero only inside sums.
    Blank,
    /// The row is not in a table that lists every non-zero row.
    Absent,
    /// Text that could not be understood as a figure.
    Unread(String),
}

/// Which part of the document an observation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A cell of a statutory table: index into [`Disclosure::tables`], grid row, grid column.
    Cell {
        /// Index into [`Disclosure::tables`].
        table: usize,
        /// Grid row.
        row: usize,
        /// Grid column.
        column: usize,
    },
    /// An absent row of a closed table: index into [`Disclosure::tables`].
    AbsentRow {
        /// Index into [`Disclosure::tables`].
        table: usize,
    },
    /// A claim: index into [`Disclosure::claims`].
    Claim(usize),
}

/// One figure of one slice at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Whose figure.
    pub stage: Stage,
    /// What it is about.
    pub slice: Slice,
    /// What is printed.
    pub reading: Reading,
    /// Where.
    pub place: Place,
    /// From which part.
    pub origin: Origin,
}

/// What a row of a recognised table is.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// Header, ruler or caption row.
    Header,
    /// The total row.
    Total,
    /// A row of the axis, with its code where it has one (3, 5 or 7 digits for functions; 3 or 5 for economic classes).
    Item {
        /// Classification code, digits only.
        code: Option<String>,
        /// Name as printed, line breaks and stray spaces removed.
        name: String,
    },
    /// A note or sentence inside the grid ("…为空表").
    Note,
    /// A row the profile does not know.
    Unknown,
}

/// One row of a recognised table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Grid row in the document's table; rows of a table continued after a page break go on counting.
    pub grid_row: usize,
    /// What it is. Two-sided tables have one entry a panel and row.
    pub kind: RowKind,
    /// The inner axis: the project of a function × project table as printed, or the code of the second classification.
    pub inner: Option<String>,
    /// Index of the panel (0 for one-sided tables).
    pub panel: usize,
    /// Where.
    pub place: Place,
}

/// A statutory table as recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct TableReading {
    /// Id of the profile's table, such as `basic-expenditure`.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// Table number as printed (表 5 → 5), when there is one.
    pub number: Option<u32>,
    /// 编制单位 as printed; `Some("")` when the caption is there and nothing is filled in.
    pub prepared_by: Option<String>,
    /// 单位：万元 as printed.
    pub money_unit: Option<String>,
    /// Place of the title.
    pub place: Place,
    /// Rows understood, in order.
    pub rows: Vec<TableRow>,
    /// Labels of the value columns, by grid column.
    pub columns: Vec<(usize, String)>,
    /// Numbers of the ruler row, when there is one (`※` left out).
    pub ruler: Option<Vec<u32>>,
    /// Number of figures read.
    pub n_values: usize,
    /// Number of cells that could not be read.
    pub n_unread: usize,
    /// The table has no figures, or only zeros.
    pub is_nil: bool,
    /// Index of the document block with the grid (several when it continues over pages).
    pub blocks: Vec<usize>,
}

/// What a claim is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A slice of the cube.
    Slice(Slice),
    /// A fact outside the cube, by its key in the profile's facts, such as `procurement.goods` or `vehicles.count`.
    Fact(String),
}

/// What is claimed of the subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Its amount (or count, area, value).
    Amount,
    /// Its share in another subject, in percent.
    Share {
        /// The whole.
        of: Subject,
    },
    /// Its change against the base; the sign is in [`Claim::direction`].
    Change,
    /// Its growth rate against the base, in percent; the sign is in [`Claim::direction`].
    Growth,
    /// Execution as a percentage of the base.
    Completion,
}

/// What a change, growth or completion is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// 上年预算
    PriorBudget,
    /// 上年执行数
    PriorExecution,
    /// 上年决算
    PriorFinal,
    /// 年初预算
    InitialBudget,
    /// 调整预算 / 全年预算
    AdjustedBudget,
}

/// Direction words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 增加、增长、上升、大于…
    Up,
    /// 减少、下降、降低、小于…
    Down,
    /// 持平、无增减、与…一致
    Level,
}

/// The value claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimValue {
    /// An amount of money.
    Money(PrintedMoney),
    /// A percentage, the number before the sign.
    Percent(Decimal),
    /// A count or quantity with its unit word (人、辆、台、平方米、个).
    Quantity {
        /// The number.
        number: Decimal,
        /// The unit as printed.
        unit: String,
    },
    /// No number: 持平, or "未安排".
    None,
}

/// One figure (or direction) of a sentence, bound to what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What it is about.
    pub subject: Subject,
    /// What is claimed.
    pub measure: Measure,
    /// Whose figure.
    pub stage: Stage,
    /// Against what, for changes.
    pub base: Option<Base>,
    /// Direction word, for changes and growth.
    pub direction: Option<Direction>,
    /// The value.
    pub value: ClaimValue,
    /// Claims of one statement about one subject share this number
    /// ("基本支出 2,295.15 万元，占 69.10%，比上年预算增加 59.42 万元，增长 2.66%，主要原因是…" is one group).
    pub group: usize,
    /// Claims that stand in one enumeration under one total ("…合计 X，其中：A…，B…") name the group of the total.
    pub part_of: Option<usize>,
    /// The enumeration is exhaustive as worded, so parts must add up ("其中：", "包括：" of a closed list).
    pub exhaustive: bool,
    /// Every word before the figure was understood: its subject is what the words say, if they say it of this document.
    pub exact: bool,
    /// Subject words as printed.
    pub words: String,
    /// Year printed with the subject (2023 in "2023 年预算数"), when there is one.
    pub year: Option<u16>,
    /// Year printed with the base ("比 2023 年预算"), when there is one.
    pub base_year: Option<u16>,
    /// Where; the quote is the clause, the span its figure.
    pub place: Place,
}

/// A number of the narrative that could not be bound. Nothing passes silently.
#[derive(Clone, Debug, PartialEq)]
pub struct Unproved {
    /// The number as printed, with its unit word.
    pub number: String,
    /// Why it was not bound, one short Chinese phrase.
    pub why: String,
    /// Where.
    pub place: Place,
}

/// The reason given for a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Group of the claims it explains.
    pub group: usize,
    /// The text after 主要原因是.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// What a sentence without figures states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// A table is empty ("…表为空表", "本表无数据").
    NilTable {
        /// Id of the table.
        table: String,
    },
    /// A subject has no money ("没有使用…安排的支出", "…资金未安排", "无…").
    Nil,
    /// The whole comes from this subject only ("收入全部为…").
    AllFrom {
        /// The whole.
        whole: Subject,
    },
    /// Withheld ("完全不予公开").
    Withheld,
    /// The performance targets of secret projects are withheld, with their number and amount as claims.
    SecretProjects,
}

/// A statement without figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it states.
    pub kind: StatementKind,
    /// About what, where it is about a slice or fact.
    pub subject: Option<Subject>,
    /// Where.
    pub place: Place,
}

/// A heading of a classification, or a project, as the narrative names it: a chain A（类）B（款）C（项） or one name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    /// Dimension the name belongs to: function, economic or project.
    pub dimension: Dimension,
    /// Names as printed, outermost first, stray spaces removed.
    pub printed: Vec<String>,
    /// Key of the node it was resolved to (code, or normalised project name); `None` when nothing is near enough.
    pub key: Option<String>,
    /// Every name is exactly that of the node and its ancestors; else the nearest was taken.
    pub exact: bool,
    /// Group of the claims about it.
    pub group: Option<usize>,
    /// Where; the quote is the name.
    pub place: Place,
}

/// What an enumeration of names lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Income sources with money ("收入预算包括：…").
    IncomeSources,
    /// Functional categories with money ("支出预算包括：…").
    FunctionCategories,
    /// Economic items with money ("人员经费…主要包括：…").
    EconomicItems,
    /// Offices ("下设 16 个处室，分别是：…").
    Offices,
    /// Affiliated units.
    Bodies,
}

/// An enumeration of names.
#[derive(Clone, Debug, PartialEq)]
pub struct NameList {
    /// What it lists.
    pub kind: ListKind,
    /// The scope it lists within (for example general public budget, basic, personnel).
    pub scope: Slice,
    /// Names as printed, with the place of each.
    pub names: Vec<(String, Place)>,
    /// The wording leaves the list open ("等").
    pub open: bool,
    /// Where the list stands.
    pub place: Place,
}

/// A heading of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Id in the profile's outline, such as `income-narrative`; `None` for headings the profile does not know.
    pub id: Option<String>,
    /// Heading as printed.
    pub heading: String,
    /// 1 = part (第一部分), 2 = section (一、), 3 = subsection （一）.
    pub level: u8,
    /// Where.
    pub place: Place,
    /// The entry stands in the table of contents, not in the body.
    pub in_contents: bool,
}

/// One labelled field of a project paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectField {
    /// Key of the field in the profile: `name`, `basis`, `amount`, `body`, `allocation`, `period`.
    pub key: String,
    /// Text after the label.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// A part of a project's money: an economic item and its amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// Item words as printed.
    pub item: String,
    /// Economic code the words resolve to, if any.
    pub economic: Option<String>,
    /// Amount.
    pub money: PrintedMoney,
    /// Where.
    pub place: Place,
}

/// A project as its paragraph presents it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectParagraph {
    /// Name as printed, stray spaces removed.
    pub name: String,
    /// Amount, when read.
    pub money: Option<PrintedMoney>,
    /// All fields in order.
    pub fields: Vec<ProjectField>,
    /// The split of the amount.
    pub allocations: Vec<Allocation>,
    /// Where the paragraph starts.
    pub place: Place,
}

/// The comparison sign of an indicator value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// `=`
    Equal,
    /// `≥`, `>=`
    AtLeast,
    /// `≤`, `<=`
    AtMost,
    /// `>`
    More,
    /// `<`
    Less,
}

/// The value of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorValue {
    /// As printed.
    pub text: String,
    /// Sign, when there is one.
    pub operator: Option<Operator>,
    /// The sign as printed (`≥` or `>=`).
    pub operator_text: String,
    /// Number, when it is one number.
    pub number: Option<Decimal>,
    /// Unit word after the number.
    pub unit: String,
    /// Years mentioned, for dates.
    pub years: Vec<u16>,
}

/// One indicator of a performance-target table.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// First level, spaces removed: 产出指标, 成本指标, 效益指标, 满意度指标.
    pub level1: String,
    /// Second level, spaces removed.
    pub level2: String,
    /// Name of the indicator.
    pub name: String,
    /// Target value.
    pub value: IndicatorValue,
    /// Basis of the value (计划标准 …).
    pub basis: String,
    /// Last year's value.
    pub prior: Option<IndicatorValue>,
    /// Weight.
    pub weight: Option<Decimal>,
    /// What was reached, in a self-evaluation.
    pub actual: String,
    /// Points given for it.
    pub score: Option<Decimal>,
    /// Scoring rule.
    pub scoring: String,
    /// Evidence.
    pub evidence: String,
    /// Where (the row); the quote is the name.
    pub place: Place,
    /// Where each filled cell of the row stands; the quote is the cell.
    pub cells: Vec<(TargetColumn, Place)>,
}

impl Indicator {
    /// The place of a cell, or of the row where the cell is blank.
    pub fn cell(&self, column: TargetColumn) -> &Place {
        self.cells
            .iter()
            .find(|(key, _)| *key == column)
            .map_or(&self.place, |(_, place)| place)
    }
}

/// One source of the money of a self-evaluation, in the columns of the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvaluationPart {
    /// Label as printed, spaces removed; empty where it is not known.
    pub name: String,
    /// Of the budget at the beginning of the year.
    pub initial: Option<FormAmount>,
    /// Of the budget of the whole year.
    pub adjusted: Option<FormAmount>,
    /// Of what was spent.
    pub spent: Option<FormAmount>,
}

/// What a self-evaluation says beside its indicators. All is blank in a table of targets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Budget at the beginning of the year.
    pub initial: Option<FormAmount>,
    /// Budget of the whole year.
    pub adjusted: Option<FormAmount>,
    /// What was spent of it.
    pub spent: Option<FormAmount>,
    /// Rows under that of the whole: its money by source.
    pub parts: Vec<EvaluationPart>,
    /// What was spent, in percent of the budget.
    pub rate: Option<(Decimal, Place)>,
    /// Points that can be had for executing the budget.
    pub execution_weight: Option<Decimal>,
    /// Points given for it.
    pub execution_score: Option<(Decimal, Place)>,
    /// Sum of all points given.
    pub total: Option<(Decimal, Place)>,
    /// Grade as printed.
    pub grade: Option<(String, Place)>,
}

/// An amount of a form field with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct FormAmount {
    /// The amount.
    pub money: PrintedMoney,
    /// Where.
    pub place: Place,
}

/// A performance-target table.
#[derive(Clone, Debug, PartialEq)]
pub struct PerformanceTarget {
    /// Project name as printed, stray spaces removed.
    pub project: String,
    /// Where the name stands.
    pub project_place: Place,
    /// The table is about the whole unit or department, not about one project.
    pub is_whole: bool,
    /// Budget unit as printed.
    pub budget_unit: String,
    /// Where the budget unit stands.
    pub budget_unit_place: Place,
    /// Person in charge as printed.
    pub leader: String,
    /// Where the person in charge stands; the label where nobody is named.
    pub leader_place: Place,
    /// Total of the year.
    pub total: Option<FormAmount>,
    /// Of which fiscal appropriation.
    pub appropriation: Option<FormAmount>,
    /// Other money.
    pub other: Option<FormAmount>,
    /// Money carried over from last year.
    pub carried: Option<FormAmount>,
    /// What a self-evaluation says of the whole.
    pub evaluation: Evaluation,
    /// Goal text.
    pub goal: String,
    /// Where the goal stands.
    pub goal_place: Place,
    /// Year printed in the caption.
    pub year: Option<u16>,
    /// Indicators in order.
    pub indicators: Vec<Indicator>,
    /// Where the table starts.
    pub place: Place,
}

/// An entry of the glossary.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The term.
    pub name: String,
    /// Its explanation.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// What a text block is, after recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// Line of the table of contents.
    Contents,
    /// Heading.
    Heading,
    /// Body paragraph.
    Body,
    /// Caption, unit line or note of a table.
    Caption,
    /// A table cell (performance tables' text cells are listed too).
    Cell,
}

/// A piece of text for the rules that read words rather than figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it is.
    pub kind: TextKind,
    /// The text as printed.
    pub text: String,
    /// Index into [`Disclosure::sections`] of the heading it stands under.
    pub section: Option<usize>,
    /// Where; the quote is the beginning of the text.
    pub place: Place,
}

/// Something reading could not understand.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingProblem {
    /// Stable short name.
    pub name: String,
    /// Chinese sentence.
    pub message: String,
    /// Where.
    pub place: Place,
}

impl Disclosure {
    /// Whose figure a bare amount of this document is.
    pub fn own_stage(&self) -> Stage {
        self.kind.own_stage()
    }
}

/// A document as understood through a profile.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Profile it was read with.
    pub profile: Arc<Profile>,
    /// Full name of the unit, as the document itself uses it most.
    pub unit: Option<String>,
    /// Budget year.
    pub year: Option<u16>,
    /// Which document.
    pub kind: Kind,
    /// Number of pages, for formats with pages.
    pub pages: Option<u32>,
    /// The cube's trees, with the functions, economic classes and projects this document uses.
    pub dimensions: Dimensions,
    /// Headings in order.
    pub sections: Vec<Section>,
    /// All text in order.
    pub texts: Vec<Text>,
    /// Statutory tables recognised.
    pub tables: Vec<TableReading>,
    /// Figures of the tables and of the claims that are amounts of slices.
    pub observations: Vec<Observation>,
    /// Claims of the narrative.
    pub claims: Vec<Claim>,
    /// Numbers of the narrative that were bound to a claim or read as part of a form, name, date, code or document number.
    pub n_bound: usize,
    /// Numbers that were not.
    pub unproved: Vec<Unproved>,
    /// Reasons.
    pub reasons: Vec<Reason>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Enumerations of names.
    pub lists: Vec<NameList>,
    /// Names of headings and projects that the narrative gives figures of.
    pub mentions: Vec<NameMention>,
    /// Project paragraphs.
    pub projects: Vec<ProjectParagraph>,
    /// Performance-target tables.
    pub targets: Vec<PerformanceTarget>,
    /// Glossary.
    pub terms: Vec<Term>,
    /// What could not be read.
    pub problems: Vec<ReadingProblem>,
}
