//! The form of a profile's performance-target tables; read from `targets.toml`.
//!
//! Two shapes of table are described by the same words. A form has one project: labelled fields, then a header, then one
//! row an indicator. A list has many: project, money and goal are columns of the header, filled where a project begins.

use serde::Deserialize;

use crate::disclosure::Operator;

/// A labelled field above the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetField {
    /// Name of the project.
    Project,
    /// Budget unit.
    BudgetUnit,
    /// Person in charge.
    Leader,
    /// Label over the amounts, which carries their unit: 项目资金（万元）.
    Money,
    /// Total of the year.
    Total,
    /// Of which fiscal appropriation.
    Appropriation,
    /// Other money.
    Other,
    /// Of which carried over from last year.
    Carried,
    /// Goal in words.
    Goal,
    /// Over columns of a self-evaluation: points that can be had for executing the budget.
    ExecutionWeight,
    /// Over columns of a self-evaluation: points that were given for it.
    ExecutionScore,
    /// Over columns of a self-evaluation: the budget at the beginning of the year.
    Initial,
    /// Over columns of a self-evaluation: the budget of the whole year.
    Adjusted,
    /// Over columns of a self-evaluation: what was spent.
    Spent,
    /// Over columns of a self-evaluation: what was spent in percent of the budget.
    Rate,
    /// Sum of all points given.
    TotalScore,
    /// Grade given for the sum.
    Grade,
    /// Known, and not read.
    Ignored,
}

/// A column of the header over the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetColumn {
    /// Name of the project, in a list of projects.
    Project,
    /// Budget unit, in a list of projects.
    BudgetUnit,
    /// Total of the year, in a list of projects.
    Total,
    /// Of which fiscal appropriation, in a list of projects.
    Appropriation,
    /// Other money, in a list of projects.
    Other,
    /// Goal in words, in a list of projects.
    Goal,
    /// First level: 产出指标 …
    Level1,
    /// Second level: 数量指标 …
    Level2,
    /// Name of the indicator.
    Name,
    /// The sign, where it has a column of its own.
    Operator,
    /// Target value.
    Value,
    /// Unit of the value, where it has a column of its own.
    Unit,
    /// Basis of the value.
    Basis,
    /// Last year's value.
    Prior,
    /// Weight.
    Weight,
    /// What was reached, in a self-evaluation.
    Actual,
    /// Points given for it.
    Score,
    /// Scoring rule.
    Scoring,
    /// Evidence.
    Evidence,
    /// All indicators of a project in one cell, in a list of projects.
    Indicators,
    /// Known, and not read.
    Ignored,
}

/// Wordings of a field.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldLabels {
    /// The field.
    pub key: TargetField,
    /// Labels; numbering, 其中, spaces, width, a closing colon and a closing bracket are ignored when comparing.
    pub labels: Vec<String>,
}

/// Wordings of a column.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnLabels {
    /// The column.
    pub key: TargetColumn,
    /// Labels, compared as those of fields.
    pub labels: Vec<String>,
}

/// Words that stand for a comparison sign. The signs themselves need no data.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OperatorWords {
    /// The sign they stand for.
    pub key: Operator,
    /// Words before the number (不低于).
    #[serde(default)]
    pub before: Vec<String>,
    /// Words after the number (以上).
    #[serde(default)]
    pub after: Vec<String>,
}

/// Words inside a cell that holds several indicators, each before a colon.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PackedWords {
    /// Before the target value of the year.
    pub value: Vec<String>,
    /// Before what is known, and not read.
    pub ignored: Vec<String>,
}

/// The performance-target form of a profile.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TargetForm {
    /// Titles of projects' tables; what stands before them on the line may be a year, a number, a unit or a project.
    pub titles: Vec<String>,
    /// Titles of tables about the whole unit or department.
    pub whole_titles: Vec<String>,
    /// The words before the title name the project, where no field does (某项目绩效目标表).
    pub project_in_title: bool,
    /// Fields.
    #[serde(rename = "field")]
    pub fields: Vec<FieldLabels>,
    /// Columns.
    #[serde(rename = "column")]
    pub columns: Vec<ColumnLabels>,
    /// Words for signs.
    #[serde(rename = "operator")]
    pub operators: Vec<OperatorWords>,
    /// Words inside a cell of several indicators.
    pub packed: PackedWords,
}
