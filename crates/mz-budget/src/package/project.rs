//! Projects with the fields their paragraphs need. Their money is in the listings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    fact::{Fact, FormPlace},
    secrecy::Secrecy,
};
use crate::money::PrintedMoney;

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Project {
    /// Key by which lines, reasons and targets name it; unique, never published.
    pub key: String,
    /// Name as published.
    pub name: Fact<String>,
    /// Code in the project library, when known; never published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Names it had in earlier years or has in other forms, by which imports find it again; never published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// Texts of its paragraph by the key of the profile's field: `basis`, `body`, `period`, `overview` … The fields
    /// `name`, `amount` and `allocation` are computed, unless a text is given for `allocation`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Fact<String>>,
    /// How this year's amount is split, where the lines of the listings do not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocations: Vec<Allocation>,
    /// What of it must not be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrecy: Option<Secrecy>,
    /// Where the project begins in its form.
    #[serde(skip)]
    pub place: FormPlace,
}

impl Project {
    /// A project with a key and a name.
    pub fn new(key: &str, name: &str) -> Self {
        Self {
            key: key.to_owned(),
            name: Fact::from(name.to_owned()),
            code: String::new(),
            other_names: Vec::new(),
            fields: BTreeMap::new(),
            allocations: Vec::new(),
            secrecy: None,
            place: FormPlace::default(),
        }
    }
}

/// A part of a project's amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allocation {
    /// Economic code, when it is an item of the classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic: Option<String>,
    /// Words to print; the name of the economic code when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// Amount.
    pub amount: PrintedMoney,
    /// Carried over as a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// Where it stands in its form.
    #[serde(skip)]
    pub place: FormPlace,
}
