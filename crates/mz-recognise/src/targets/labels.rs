//! The words of a profile's performance-target form, ready to be looked up.

use std::collections::BTreeMap;

use mz_budget::{
    money::MoneyUnit,
    normalise,
    profile::targets::{TargetColumn, TargetField, TargetForm},
};

use super::value::years;

/// A title line of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TitleWords {
    /// The table is about the whole body.
    pub is_whole: bool,
    /// Year on the line.
    pub year: Option<u16>,
    /// Words before the title, numbering and year left out.
    pub before: String,
}

/// Labels in comparison form.
#[derive(Debug)]
pub(super) struct Labels {
    fields: BTreeMap<String, TargetField>,
    columns: BTreeMap<String, TargetColumn>,
    /// Folded titles and whether they are about the whole body.
    titles: Vec<(String, bool)>,
}

impl Labels {
    pub(super) fn new(form: &TargetForm) -> Self {
        let mut fields = BTreeMap::new();
        for entry in &form.fields {
            for label in &entry.labels {
                fields.entry(normalise::label(label)).or_insert(entry.key);
            }
        }
        let mut columns = BTreeMap::new();
        for entry in &form.columns {
            for label in &entry.labels {
                columns.entry(normalise::label(label)).or_insert(entry.key);
            }
        }
        let whole = form
            .whole_titles
            .iter()
            .map(|title| (normalise::name(title), true));
        let titles = form
            .titles
            .iter()
            .map(|title| (normalise::name(title), false))
            .chain(whole)
            .collect();
        Self {
            fields,
            columns,
            titles,
        }
    }

    /// The field a cell labels.
    pub(super) fn field(&self, text: &str) -> Option<TargetField> {
        look_up(&self.fields, text).copied()
    }

    /// The column a cell heads.
    pub(super) fn column(&self, text: &str) -> Option<TargetColumn> {
        look_up(&self.columns, text).copied()
    }

    /// A cell that holds a label and, behind a colon, its value.
    pub(super) fn field_with_value<'t>(&self, text: &'t str) -> Option<(TargetField, &'t str)> {
        let (label, value) = text.split_once(['：', ':'])?;
        let value = value.trim();
        (!value.is_empty()).then_some((self.field(label)?, value))
    }

    /// Reads a title line.
    pub(super) fn title(&self, text: &str) -> Option<TitleWords> {
        let folded = normalise::name(text);
        if folded.chars().count() > 80 || folded.contains(['。', ',', ';', ':']) {
            return None;
        }
        let body = without_brackets(&folded);
        let (title, is_whole) = self
            .titles
            .iter()
            .filter(|(title, _)| body.ends_with(title.as_str()))
            .max_by_key(|(title, _)| title.len())?;
        let before = body.strip_suffix(title.as_str())?;
        Some(TitleWords {
            is_whole: *is_whole,
            year: years(&folded).first().copied(),
            before: without_year(normalise::strip_numbering(before)).to_owned(),
        })
    }
}

/// Looks a label up as it is, then without the brackets behind it: `分值权重（90分）`.
fn look_up<'m, T>(map: &'m BTreeMap<String, T>, text: &str) -> Option<&'m T> {
    // Labels are short; the goal of a project is not, and need not be folded to know it is none.
    if text.len() > 200 {
        return None;
    }
    let label = normalise::label(text);
    map.get(&label)
        .or_else(|| map.get(without_brackets(&label).trim_end_matches(':')))
}

/// A folded text without the bracketed groups at its end.
fn without_brackets(folded: &str) -> &str {
    let mut rest = folded;
    while let Some(inner) = rest.strip_suffix(')')
        && let Some(open) = inner.rfind('(')
        && open > 0
    {
        rest = inner.get(..open).unwrap_or("");
    }
    rest
}

/// A folded text without a year at its front.
fn without_year(folded: &str) -> &str {
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    if folded.len() - rest.len() != 4 {
        return folded;
    }
    rest.strip_prefix("年度")
        .or_else(|| rest.strip_prefix('年'))
        .unwrap_or(folded)
}

/// The money unit a label or caption names in brackets or behind a colon.
pub(super) fn money_unit(text: &str) -> Option<MoneyUnit> {
    let folded = normalise::name(text);
    let named = |unit: &str| {
        [
            format!("({unit})"),
            format!("单位:{unit}"),
            format!("[{unit}]"),
        ]
        .iter()
        .any(|form| folded.contains(form.as_str()))
    };
    [MoneyUnit::WanYuan, MoneyUnit::YiYuan, MoneyUnit::Yuan]
        .into_iter()
        .find(|unit| named(unit.name()))
}
