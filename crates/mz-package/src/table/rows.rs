//! Cells of a row as typed values, with a problem for each that is not of its type.

use mz_budget::{
    dimension::{Coordinates, Dimension},
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{Explained, Fact},
};

use super::{input::InRow, unescape};
use crate::{
    codes::{self, Names},
    problem::{Level, Problems},
};

/// Reads the cells of one row.
pub(crate) struct RowReader<'a, 'p> {
    pub(crate) row: InRow<'a>,
    pub(crate) names: &'a Names<'a>,
    pub(crate) problems: &'p mut Problems,
}

impl RowReader<'_, '_> {
    /// Words of a cell; `None` when it is blank.
    pub(crate) fn given(&mut self, label: &str) -> Option<String> {
        let cell = self.row.cell(label)?.clone();
        if cell.has_failed {
            self.problems.error(
                "formula-error",
                format!("“{label}”的公式没有结果：{}，未读", cell.text),
                self.row.place(label),
            );
            return None;
        }
        Some(unescape(&cell.text).to_owned())
    }

    /// Words of a cell; empty when it is blank.
    pub(crate) fn words(&mut self, label: &str) -> String {
        self.given(label).unwrap_or_default()
    }

    /// Words of a cell that must not be blank.
    pub(crate) fn needed(&mut self, label: &str) -> Option<String> {
        let text = self.given(label);
        if text.is_none() {
            let words = self.row.words();
            self.problems.error(
                "cell-missing",
                format!("“{label}”没有填，这一行没有归处：{words}"),
                self.row.place(label),
            );
        }
        text
    }

    /// A mark.
    pub(crate) fn mark(&mut self, label: &str) -> bool {
        match self.words(label).trim() {
            "是" | "√" | "1" | "TRUE" | "true" | "Y" | "y" => true,
            "" | "否" | "0" | "FALSE" | "false" | "N" | "n" => false,
            other => {
                let message = format!("“{label}”应填“是”或空着，写的是“{other}”；按“是”处理");
                self.problems
                    .add("mark-unclear", Level::Query, message, self.row.place(label));
                true
            }
        }
    }

    /// A number with its digits.
    pub(crate) fn number(&mut self, label: &str) -> Option<Decimal> {
        let cell = self.row.cell(label)?.clone();
        let text = self.given(label)?;
        let shown = Decimal::parse(&text);
        // What was entered may have more digits than the format shows.
        let entered = cell.number.as_deref().and_then(Decimal::parse);
        let number = match (shown, entered) {
            (Some(shown), Some(entered)) if entered.decimals > shown.decimals => Some(entered),
            (None, Some(entered)) => Some(entered),
            (shown, _) => shown,
        };
        if number.is_none() {
            self.problems.error(
                "text-in-number-cell",
                format!("“{label}”应填数字，写的是“{}”，未读", text.trim()),
                self.row.place(label),
            );
        }
        number
    }

    /// One of a list of words.
    pub(crate) fn choice<T: Clone>(
        &mut self,
        label: &str,
        pairs: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.given(label)?;
        let found = codes::value(pairs, &text);
        if found.is_none() {
            let known: Vec<&str> = pairs.iter().map(|(word, _)| *word).collect();
            self.problems.error(
                "word-unknown",
                format!("“{label}”写的是“{text}”，应是：{}", known.join("、")),
                self.row.place(label),
            );
        }
        found
    }

    /// A fact with its mark and source.
    pub(crate) fn fact(&mut self, label: &str) -> Option<Fact<String>> {
        let value = self.given(label)?;
        Some(Fact {
            value,
            to_confirm: self.mark("待确认"),
            source: self.words("来源"),
            place: self.row.place(label),
        })
    }

    /// An amount in the columns 金额 and 金额单位.
    pub(crate) fn amount(&mut self) -> Option<PrintedMoney> {
        if self.row.cell("金额").is_none() {
            let words = self.row.words();
            self.problems.error(
                "amount-missing",
                format!("“金额”没有填，这一行没有归处：{words}"),
                self.row.place("金额"),
            );
            return None;
        }
        let number = self.number("金额")?;
        Some(PrintedMoney {
            number,
            unit: self.money_unit()?,
        })
    }

    fn money_unit(&mut self) -> Option<MoneyUnit> {
        if self.row.cell("金额单位").is_none() {
            return Some(self.names.unit());
        }
        self.choice("金额单位", &codes::UNITS)
    }

    /// Coordinates in the seven columns.
    pub(crate) fn coordinates(&mut self) -> Coordinates {
        let mut at = Coordinates::new();
        for (label, dimension) in codes::DIMENSIONS {
            if let Some(key) = self.key(label, dimension) {
                at.insert(dimension, key);
            }
        }
        at
    }

    /// A coordinate.
    pub(crate) fn key(&mut self, label: &str, dimension: Dimension) -> Option<String> {
        let text = self.given(label)?;
        let (key, remark) = self.names.key(dimension, &text);
        if let Some(remark) = remark {
            self.problems.add(
                "code-and-name-differ",
                Level::Query,
                remark,
                self.row.place(label),
            );
        }
        Some(key)
    }

    /// What a row is about: a fact, or coordinates.
    pub(crate) fn of(&mut self) -> Explained {
        let fact = self.given("事实");
        let at = self.coordinates();
        match fact {
            Some(key) => {
                if !at.is_empty() {
                    self.problems.error(
                        "fact-and-coordinates",
                        "既填了“事实”又填了坐标，只按“事实”处理",
                        self.row.place("事实"),
                    );
                }
                Explained::Fact(key)
            }
            None => Explained::At(at),
        }
    }
}
