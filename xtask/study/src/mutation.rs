//! The ways people err: what a changed figure looks like, and putting it into a document.

use mz_budget::money::Decimal;
use mz_document::{Content, Document};

use crate::spot::{Address, Sort, Spot};

/// Direction words and their opposites.
pub const OPPOSITES: &[(&str, &str)] = &[
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "降低"),
    ("提高", "下降"),
    ("增长", "减少"),
    ("增加", "下降"),
];

/// A way to err.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Two digits change places.
    Swap,
    /// A digit is left out.
    Drop,
    /// Ten times as much.
    TimesTen,
    /// A tenth.
    TenthPart,
    /// The decimal point two places to the right.
    Point,
    /// The sign or direction turned round.
    Sign,
    /// The neighboring figure.
    Neighbor,
    /// Last year's figure.
    Prior,
    /// The last digit, by more than rounding allows.
    LastDigit,
    /// A figure where there was none.
    Filled,
}

impl Way {
    /// All ways, in report order.
    pub const ALL: [Self; 10] = [
        Self::Swap,
        Self::Drop,
        Self::TimesTen,
        Self::TenthPart,
        Self::Point,
        Self::Sign,
        Self::Neighbor,
        Self::Prior,
        Self::LastDigit,
        Self::Filled,
    ];

    /// Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Swap => "两位数字颠倒",
            Self::Drop => "漏一位数字",
            Self::TimesTen => "×10",
            Self::TenthPart => "÷10",
            Self::Point => "小数点移两位",
            Self::Sign => "符号或方向相反",
            Self::Neighbor => "抄成相邻数",
            Self::Prior => "抄成上年数",
            Self::LastDigit => "末位差（超出舍入）",
            Self::Filled => "空格填了数",
        }
    }
}

/// One change of one figure.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// Index of the spot.
    pub spot: usize,
    /// How.
    pub way: Way,
    /// The new text.
    pub text: String,
}

/// The changes of a figure; only those that change its value.
pub fn mutations(index: usize, spot: &Spot) -> Vec<Mutation> {
    let mut out = Vec::new();
    let mut push = |way, text: Option<String>| {
        if let Some(text) = text {
            out.push(Mutation {
                spot: index,
                way,
                text,
            });
        }
    };
    match (spot.sort, spot.number) {
        (Sort::Blank, _) => push(Way::Filled, spot.neighbor.clone()),
        (Sort::Direction, _) => push(Way::Sign, opposite(&spot.printed)),
        (_, Some(number)) => {
            let changed = |digits: Option<i64>, decimals: u8| {
                let new = Decimal {
                    digits: digits?,
                    decimals,
                };
                (!same_value(new, number)).then(|| printed_like(&spot.printed, new))
            };
            push(Way::Swap, changed(swapped(number.digits), number.decimals));
            push(
                Way::Drop,
                changed(dropped(number.digits, index), number.decimals),
            );
            push(
                Way::TimesTen,
                changed(number.digits.checked_mul(10), number.decimals),
            );
            push(
                Way::TenthPart,
                changed(Some(number.digits / 10), number.decimals),
            );
            push(
                Way::Point,
                changed(number.digits.checked_mul(100), number.decimals),
            );
            if matches!(spot.sort, Sort::Cell | Sort::Unplaced) {
                push(
                    Way::Sign,
                    changed(number.digits.checked_neg(), number.decimals),
                );
            }
            let copied = |text: &Option<String>| {
                let text = text.clone()?;
                Decimal::parse(&text)
                    .filter(|new| !same_value(*new, number))
                    .map(|_| text)
            };
            push(Way::Neighbor, copied(&spot.neighbor));
            push(Way::Prior, copied(&spot.prior));
            let step = spot.rounding + 2 + i64::try_from(index % 8).unwrap_or(0);
            let away = if index.is_multiple_of(2) || number.digits <= step {
                step
            } else {
                -step
            };
            push(
                Way::LastDigit,
                changed(number.digits.checked_add(away), number.decimals),
            );
        }
        _ => {}
    }
    out
}

/// The document with the figure changed. `None` when the address is not there.
pub fn apply(document: &Document, address: Address, text: &str) -> Option<Document> {
    let mut changed = document.clone();
    match address {
        Address::Cell { block, row, column } => {
            let Content::Table(table) = &mut changed.blocks.get_mut(block)?.content else {
                return None;
            };
            let cells = &mut table.rows.get_mut(row)?.cells;
            let cell = cells
                .iter_mut()
                .find(|c| c.column <= column && column < c.column + c.column_span)?;
            text.clone_into(&mut cell.text);
        }
        Address::Text { block, start, end } => {
            let (Content::Paragraph(old) | Content::Heading { text: old, .. }) =
                &mut changed.blocks.get_mut(block)?.content
            else {
                return None;
            };
            let mut new: String = old.chars().take(start).collect();
            new.push_str(text);
            new.extend(old.chars().skip(end));
            *old = new;
        }
    }
    Some(changed)
}

fn same_value(a: Decimal, b: Decimal) -> bool {
    let scale = |d: Decimal| i128::from(d.digits) * 10_i128.pow(u32::from(12 - d.decimals.min(12)));
    scale(a) == scale(b)
}

/// With grouping commas when the original had them or was too small to need them.
fn printed_like(original: &str, new: Decimal) -> String {
    let grouped = new.to_string();
    let whole = original.split('.').next().unwrap_or_default();
    if whole.chars().filter(char::is_ascii_digit).count() > 3 && !whole.contains([',', '，']) {
        return grouped.replace(',', "");
    }
    grouped
}

/// The first two neighboring digits that differ change places, the last digit left alone where possible.
fn swapped(digits: i64) -> Option<i64> {
    let mut text: Vec<u8> = digits.checked_abs()?.to_string().into_bytes();
    let pairs: Vec<usize> = (0..text.len().saturating_sub(1))
        .filter(|i| text.get(*i) != text.get(i + 1))
        .collect();
    let at = *pairs.get(pairs.len() / 2)?;
    text.swap(at, at + 1);
    String::from_utf8(text)
        .ok()?
        .parse::<i64>()
        .ok()
        .map(|n| n * digits.signum())
}

/// One digit is left out, a different one from figure to figure.
fn dropped(digits: i64, index: usize) -> Option<i64> {
    let mut text = digits.checked_abs()?.to_string();
    if text.len() < 2 {
        return None;
    }
    text.remove(index % text.len());
    text.parse::<i64>().ok().map(|n| n * digits.signum())
}

fn opposite(word: &str) -> Option<String> {
    OPPOSITES.iter().find_map(|(up, down)| match word {
        _ if word == *up => Some((*down).to_owned()),
        _ if word == *down => Some((*up).to_owned()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(printed: &str) -> Spot {
        Spot {
            address: Address::Text {
                block: 0,
                start: 0,
                end: 1,
            },
            line: None,
            page: None,
            sort: Sort::Cell,
            area: String::new(),
            printed: printed.to_owned(),
            number: Decimal::parse(printed),
            determined: true,
            neighbor: Some("7.00".to_owned()),
            prior: None,
            rounding: 1,
            rate_of: None,
            reach: 0,
        }
    }

    #[test]
    fn a_figure_is_changed_in_the_ways_people_err() {
        let all: Vec<(Way, String)> = mutations(0, &spot("1,234.56"))
            .into_iter()
            .map(|m| (m.way, m.text))
            .collect();
        let text = |way| {
            all.iter()
                .find(|(w, _)| *w == way)
                .map(|(_, text)| text.as_str())
        };
        assert_eq!(text(Way::Swap), Some("1,243.56"));
        assert_eq!(text(Way::Drop), Some("234.56"));
        assert_eq!(text(Way::TimesTen), Some("12,345.60"));
        assert_eq!(text(Way::TenthPart), Some("123.45"));
        assert_eq!(text(Way::Point), Some("123,456.00"));
        assert_eq!(text(Way::Sign), Some("-1,234.56"));
        assert_eq!(text(Way::Neighbor), Some("7.00"));
        assert_eq!(text(Way::LastDigit), Some("1,234.59"));
    }

    #[test]
    fn no_change_is_no_mutation() {
        let ways: Vec<Way> = mutations(0, &spot("7.00"))
            .into_iter()
            .map(|m| m.way)
            .collect();
        assert!(!ways.contains(&Way::Neighbor));
        assert!(ways.contains(&Way::Swap), "7.00 → 0.70");
    }
}
