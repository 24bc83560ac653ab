//! The columns of a table taken apart: label columns, value columns, and the lanes of tables that stand side by side.

use mz_budget::{
    dimension::Dimension,
    money::Decimal,
    normalise,
    profile::{Side, WordRole},
};

use super::words::{Meaning, Words};
use crate::tables::{code, find::FoundTable};

/// A label column.
#[derive(Clone, Debug)]
pub(super) struct LabelColumn {
    pub(super) column: usize,
    pub(super) role: Option<WordRole>,
    /// Words above it, outermost first, joined by `/`.
    pub(super) header: String,
    /// The classification its codes belong to.
    pub(super) class: Option<Dimension>,
}

/// A value column.
#[derive(Clone, Debug)]
pub(super) struct ValueColumn {
    pub(super) column: usize,
    pub(super) header: String,
    /// `None` when the words above it are not understood.
    pub(super) meaning: Option<Meaning>,
    /// It holds a figure other than zero.
    pub(super) has_money: bool,
}

/// Label columns with the value columns that belong to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    pub(super) labels: Vec<LabelColumn>,
    pub(super) values: Vec<ValueColumn>,
    pub(super) side: Option<Side>,
}

/// The classification of a code by its first digit, as the national lists number them.
fn class_of(text: &str) -> Option<Dimension> {
    let found = code::read(&[text], &code::Above::default())?;
    match found.code.as_bytes().first()? {
        b'2' => Some(Dimension::Function),
        b'3' => Some(Dimension::Economic),
        b'5' => Some(Dimension::Governmental),
        _ => None,
    }
}

/// What the cells of a column hold.
#[derive(Default)]
struct Contents {
    n_figures: usize,
    n_texts: usize,
    has_money: bool,
    class: Option<Dimension>,
}

impl Contents {
    fn of(found: &FoundTable, column: usize) -> Self {
        let mut contents = Self::default();
        let mut classes: Vec<Dimension> = Vec::new();
        for row in found.first_data..found.grid.n_rows() {
            let Some(cell) = found.grid.starting(row, column) else {
                continue;
            };
            let text = cell.text.trim();
            if let Some(class) = class_of(text) {
                classes.push(class);
            }
            match Decimal::parse(text) {
                Some(number) => {
                    contents.n_figures += 1;
                    contents.has_money |= number.digits != 0;
                }
                None if text.chars().any(char::is_alphabetic) => contents.n_texts += 1,
                None => {}
            }
        }
        contents.class = classes
            .iter()
            .copied()
            .max_by_key(|class| classes.iter().filter(|c| *c == class).count());
        contents
    }
}

/// The lanes of a table.
pub(super) fn lanes(found: &FoundTable, words: &Words) -> Vec<Lane> {
    let is_two_sided = ["收入", "支出"].iter().all(|side| {
        found
            .headings
            .iter()
            .any(|h| side_word(&h.printed).ends_with(side))
    });
    let mut lanes: Vec<Lane> = Vec::new();
    let mut lane = Lane::default();
    for column in 0..found.grid.n_columns {
        let header = found
            .headings
            .get(column)
            .map(|h| h.printed.as_str())
            .unwrap_or("");
        let side = is_two_sided.then(|| side_of(header)).flatten();
        let contents = Contents::of(found, column);
        let column = kind(column, header, side, &contents, words);
        match column {
            Kind::Label(label) => {
                let starts = matches!(
                    label.role,
                    Some(WordRole::Code | WordRole::Name | WordRole::Unit | WordRole::Project)
                );
                if !lane.values.is_empty() && starts {
                    lanes.push(std::mem::take(&mut lane));
                }
                if lane.values.is_empty() {
                    lane.labels.push(label);
                } else {
                    lane.values.push(ValueColumn {
                        column: label.column,
                        header: label.header,
                        meaning: None,
                        has_money: false,
                    });
                }
                lane.side = lane.side.or(side);
            }
            Kind::Value(value) => {
                lane.side = lane.side.or(side);
                lane.values.push(value);
            }
        }
    }
    lanes.push(lane);
    lanes.retain(|lane| !lane.values.is_empty());
    lanes
}

enum Kind {
    Label(LabelColumn),
    Value(ValueColumn),
}

fn kind(
    column: usize,
    header: &str,
    side: Option<Side>,
    contents: &Contents,
    words: &Words,
) -> Kind {
    let mut parts: Vec<&str> = header.split('/').filter(|part| !part.is_empty()).collect();
    let last = parts.last().and_then(|part| words.read(part, side));
    let is_label = last.as_ref().is_some_and(Meaning::is_label);
    let is_aside = last
        .as_ref()
        .is_some_and(|m| m.role == Some(WordRole::Aside));
    let label = |role| {
        Kind::Label(LabelColumn {
            column,
            role,
            header: header.to_owned(),
            class: contents.class,
        })
    };
    if is_label || is_aside {
        return label(last.and_then(|m| m.role));
    }
    if contents.n_texts > contents.n_figures || (parts.is_empty() && contents.n_figures == 0) {
        return label(None);
    }
    // 收入 and 支出 over a side say which side it is and nothing of the money.
    if side.is_some() && parts.first().is_some_and(|part| is_side_alone(part)) {
        parts.remove(0);
    }
    // What names the rows beside a column and reaches over it says nothing of the money: 支出用途 over 项目名称 and 金额.
    let names = |part: &str| words.read(part, side).is_some_and(|m| m.is_label());
    let last = parts.len().saturating_sub(1);
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        at > last || !names(part)
    });
    Kind::Value(ValueColumn {
        column,
        header: header.to_owned(),
        meaning: if parts.is_empty() {
            None
        } else {
            words.path(&parts, side).filter(|m| !m.is_label())
        },
        has_money: contents.has_money,
    })
}

fn side_word(header: &str) -> String {
    normalise::label(header.split('/').next().unwrap_or(""))
}

fn is_side_alone(part: &str) -> bool {
    matches!(
        normalise::label(part).as_str(),
        "收入" | "支出" | "收入预算" | "支出预算"
    )
}

fn side_of(header: &str) -> Option<Side> {
    let word = side_word(header);
    if word.ends_with("收入") || word == "收入预算" {
        Some(Side::Income)
    } else if word.ends_with("支出") || word == "支出预算" {
        Some(Side::Expenditure)
    } else {
        None
    }
}
