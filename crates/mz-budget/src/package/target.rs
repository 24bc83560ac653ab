//! Performance targets.

use serde::{Deserialize, Serialize};

use super::fact::{Fact, FormPlace, number_text};
use crate::{
    disclosure::Operator,
    money::{Decimal, PrintedMoney},
};

/// A performance-target table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Target {
    /// Key of the project; `None` for the target of the whole unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Person in charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Fact<String>>,
    /// Total of the year as the target form states it. The amounts of the table are computed; one stated here is a
    /// second statement of the same figure and must agree with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Fact<PrintedMoney>>,
    /// Of which fiscal appropriation, as the target form states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appropriation: Option<Fact<PrintedMoney>>,
    /// Other money, as the target form states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Fact<PrintedMoney>>,
    /// Goal in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Fact<String>>,
    /// Indicators in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Where the target begins in its form.
    #[serde(skip)]
    pub place: FormPlace,
}

/// One indicator of a target. A blank text is not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Indicator {
    /// First level: 产出指标 …
    pub level1: String,
    /// Second level: 数量指标 …
    pub level2: String,
    /// Name of the indicator.
    pub name: String,
    /// Sign, for values with a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// Target value: a number with its digits, or words.
    pub value: String,
    /// Unit of the value.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Basis of the value.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// Last year's value as printed, with its unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prior: String,
    /// Weight.
    #[serde(with = "number_text", skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// Scoring rule.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub scoring: String,
    /// Evidence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// Carried over as a draft.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// Where the indicator stands in its form.
    #[serde(skip)]
    pub place: FormPlace,
}
