//! Quantities a goal text names: 会议视频终端 1 台.

use std::{ops::Range, sync::LazyLock};

use mz_budget::{money::Decimal, normalise};

use crate::pattern::Pattern;

/// One “name number unit” of a goal text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity<'g> {
    /// The words before the number, back to the last mark.
    pub(super) name: &'g str,
    /// The number.
    pub(super) number: Decimal,
    /// The unit word.
    pub(super) unit: &'g str,
    /// Bytes of the whole in the goal.
    pub(super) range: Range<usize>,
}

impl Quantity<'_> {
    /// Whether it counts what this name names; a verb may stand before it (购置会议终端 for 会议终端).
    pub(super) fn is_of(&self, name: &str) -> bool {
        let (words, name) = (normalise::name(self.name), normalise::name(name));
        words == name || (name.chars().count() >= 4 && words.ends_with(&name))
    }
}

static QUANTITY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<name>\p{Han}{2,20})\s*(?P<number>\d[\d,.]*)\s*(?P<unit>台套|人次|场次|平方米|公里|万元|台|套|辆|个|人|次|间|块|份|册|件|项|场|户|家|条|天|处|名|所|批|期|篇|部|张|米)(?:[，,、；;。)）]|以上|以内|$)",
    )
});

/// All quantities of a goal, in order.
pub(super) fn quantities(goal: &str) -> Vec<Quantity<'_>> {
    QUANTITY
        .captures_iter(goal)
        .filter_map(|found| {
            let (name, number, unit) = (
                found.name("name")?,
                found.name("number")?,
                found.name("unit")?,
            );
            Some(Quantity {
                name: name.as_str(),
                number: Decimal::parse(number.as_str())?,
                unit: unit.as_str(),
                range: name.start()..unit.end(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_with_their_names() {
        let found = quantities("保障运转。会议终端 1 台，音频处理器2台，有效提升，投入 3.5 万元。");
        let shown: Vec<_> = found
            .iter()
            .map(|q| (q.name, q.number.to_string(), q.unit))
            .collect();
        assert_eq!(
            shown,
            [
                ("会议终端", "1".to_owned(), "台"),
                ("音频处理器", "2".to_owned(), "台"),
                ("投入", "3.5".to_owned(), "万元"),
            ]
        );
    }
}
