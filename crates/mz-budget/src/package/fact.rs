//! A fact: its value, where it stands in its form, where it came from, and whether somebody still has to confirm it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::money::Decimal;

/// Where a fact stands in the form it was read from. Two facts are equal wherever they stand, so this compares equal to
/// any other place and is never serialised.
#[derive(Clone, Debug, Default)]
pub struct FormPlace {
    /// Sheet of a workbook, or file of a folder.
    pub sheet: String,
    /// Cell (`C12`), line (`第 12 行`) or key (`facts.procurement`).
    pub cell: String,
}

impl FormPlace {
    /// A place by its two parts.
    pub fn new(sheet: impl Into<String>, cell: impl Into<String>) -> Self {
        Self {
            sheet: sheet.into(),
            cell: cell.into(),
        }
    }

    /// Nothing is known of the place.
    pub fn is_empty(&self) -> bool {
        self.sheet.is_empty() && self.cell.is_empty()
    }
}

impl PartialEq for FormPlace {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for FormPlace {}

impl fmt::Display for FormPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.sheet.as_str(), self.cell.as_str()) {
            ("", cell) => f.write_str(cell),
            (sheet, "") => f.write_str(sheet),
            (sheet, cell) => write!(f, "{sheet} › {cell}"),
        }
    }
}

/// A value with its history. Serialised as the bare value when there is no mark and no source, else as
/// `{ value, to-confirm, source }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Carried over as a draft; somebody has to confirm it before it is published.
    pub to_confirm: bool,
    /// Where an imported value came from: document and place, in words. Empty for what was entered.
    pub source: String,
    /// Where it stands in the form.
    pub place: FormPlace,
}

impl<T> Fact<T> {
    /// A fact that stands at a place.
    pub fn at(value: T, place: FormPlace) -> Self {
        Self {
            value,
            to_confirm: false,
            source: String::new(),
            place,
        }
    }

    /// The same fact as a draft to confirm.
    pub fn draft(self) -> Self {
        Self {
            to_confirm: true,
            ..self
        }
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Self::at(value, FormPlace::default())
    }
}

impl<T> std::ops::Deref for Fact<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The two ways a fact is written.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written<T> {
    Marked(Marked<T>),
    Bare(T),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Marked<T> {
    value: T,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    to_confirm: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.to_confirm || !self.source.is_empty() {
            Marked {
                value: &self.value,
                to_confirm: self.to_confirm,
                source: self.source.clone(),
            }
            .serialize(serializer)
        } else {
            self.value.serialize(serializer)
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Bare(value) => Self::at(value, FormPlace::default()),
            Written::Marked(marked) => Self {
                value: marked.value,
                to_confirm: marked.to_confirm,
                source: marked.source,
                place: FormPlace::default(),
            },
        })
    }
}

/// A number with its unit word: `400.53 万元`, `26 辆`, `0.00 平方米`. Written as that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number, with its digits.
    pub number: Decimal,
    /// The unit word; empty for a bare number.
    pub unit: String,
}

impl Quantity {
    /// Reads a number and the unit word behind it. `None` when there is no number at the beginning.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_number =
            |c: char| c.is_ascii_digit() || "０１２３４５６７８９.．,，-－−+＋ ".contains(c);
        let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        Some(Self {
            number: Decimal::parse(number)?,
            unit: unit.trim().to_owned(),
        })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(self.number))?;
        if !self.unit.is_empty() {
            write!(f, " {}", self.unit)?;
        }
        Ok(())
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("不是“数 单位”: {text}")))
    }
}

/// A number without grouping commas, as the forms keep it.
pub(super) fn plain(number: Decimal) -> String {
    number.to_string().replace(',', "")
}

/// Numbers as text, for fields that hold a bare number with its digits.
pub(super) mod number_text {
    use super::{Decimal, Deserialize, Deserializer, Error, Serializer, plain};

    pub fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.serialize_str(&plain(*number)),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| {
            Decimal::parse(&text).ok_or_else(|| D::Error::custom(format!("不是数: {text}")))
        })
        .transpose()
    }
}
