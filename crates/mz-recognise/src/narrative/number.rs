//! Digit runs: what a number of the narrative is, before anybody asks what it is about.
//!
//! Most digits are no amounts: years, dates, document numbers, ordinals, codes, thresholds inside names.

use mz_budget::{
    money::{Decimal, MoneyUnit, PrintedMoney},
    normalise::fold,
};

use super::source::Passage;

/// What a digit run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An amount of money.
    Money(PrintedMoney),
    /// A percentage.
    Percent(Decimal),
    /// Percentage points.
    Points(Decimal),
    /// A count with its unit word.
    Quantity(Decimal, String),
    /// A year (2024 年).
    Year(u16),
    /// A month, a day, a time, a duration.
    Date,
    /// Part of a document number.
    DocumentNumber,
    /// List numbering, 第 3 次.
    Ordinal,
    /// A code, or digits inside a name.
    Code,
    /// An amount inside a name: 50 万元以上.
    Threshold,
    /// A number with nothing that says what it is.
    Plain(Decimal),
    /// Digits that are no number (two points, too long).
    Garbled,
}

impl Kind {
    /// Whether the digits state something that must be bound or listed as unproved.
    pub(super) fn is_figure(&self) -> bool {
        matches!(
            self,
            Self::Money(_)
                | Self::Percent(_)
                | Self::Points(_)
                | Self::Quantity(..)
                | Self::Plain(_)
                | Self::Garbled
        )
    }
}

/// A digit run of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// What it is.
    pub(super) kind: Kind,
    /// First character.
    pub(super) start: usize,
    /// One past the last digit.
    pub(super) digits_end: usize,
    /// One past the unit.
    pub(super) end: usize,
}

/// Words that decide what a number is; folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    /// Unit words of counts, longest first.
    counts: Vec<String>,
    /// Unit words of time and order, longest first.
    times: Vec<String>,
    /// Words that make an amount a threshold.
    thresholds: Vec<String>,
}

impl Units {
    /// Prepares the words.
    pub(super) fn new<'w>(
        counts: impl Iterator<Item = &'w String>,
        times: impl Iterator<Item = &'w String>,
        thresholds: impl Iterator<Item = &'w String>,
    ) -> Self {
        Self {
            counts: longest_first(counts),
            times: longest_first(times),
            thresholds: longest_first(thresholds),
        }
    }
}

fn longest_first<'w>(words: impl Iterator<Item = &'w String>) -> Vec<String> {
    let mut folded: Vec<String> = words
        .map(|w| w.chars().filter_map(fold).collect())
        .collect();
    folded.sort_by_key(|w: &String| std::cmp::Reverse(w.len()));
    folded
}

/// Reads the digit run that begins at `start` (a digit, or a minus sign before one).
pub(super) fn read(passage: &Passage<'_>, start: usize, units: &Units) -> Option<Number> {
    // "2030年5月1日-6月30日" is a range, "5-6" too; only after words or at a front is it a sign.
    let before = start.checked_sub(1).and_then(|i| passage.chars.get(i));
    let is_range = before
        .is_some_and(|c| c.is_alphanumeric() && (c.is_ascii() || matches!(c, '年' | '月' | '日')));
    let is_negative = passage.chars.get(start) == Some(&'-') && !is_range;
    let first = if is_negative { start + 1 } else { start };
    if !passage.chars.get(first).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let digits_end = run_end(passage, first);
    let text = passage.text(start, digits_end);
    let (kind, end) = classify(passage, (start, first, digits_end), &text, units);
    Some(Number {
        kind,
        start,
        digits_end,
        end,
    })
}

fn is_digit(passage: &Passage<'_>, i: usize) -> bool {
    passage.chars.get(i).is_some_and(char::is_ascii_digit)
}

/// Number of digits from `i` on, stopping at white space when asked to.
fn n_digits(passage: &Passage<'_>, i: usize, over_spaces: bool) -> usize {
    (i..)
        .take_while(|j| is_digit(passage, *j) && (*j == i || over_spaces || !passage.is_spaced(*j)))
        .count()
}

/// One past the last digit of the number: grouping commas, a point, and spaces that extraction put inside.
fn run_end(passage: &Passage<'_>, first: usize) -> usize {
    let is_numbering = passage.starts_part(first);
    let mut i = first + n_digits(passage, first, false);
    let mut whole = i - first;
    let mut is_grouped = false;
    let mut decimals: Option<usize> = None;
    loop {
        match passage.chars.get(i) {
            Some(',') if decimals.is_none() && is_digit(passage, i + 1) => {
                let n = n_digits(passage, i + 1, false);
                let is_tight = passage.printed_char(i) == Some(',')
                    && !passage.is_spaced(i)
                    && !passage.is_spaced(i + 1);
                if !(n == 3 && (whole <= 3 || is_grouped)) && !(is_tight && whole <= 3) {
                    break;
                }
                is_grouped = true;
                i += 1 + n;
            }
            Some('.') if decimals.is_none() && is_digit(passage, i + 1) => {
                let n = n_digits(passage, i + 1, false);
                // "1. 2022 年项目" is numbering before a year; "12. 55%" has a stray space.
                let is_year = n == 4 && passage.chars.get(i + 5) == Some(&'年');
                if is_numbering && whole <= 2 && (passage.is_spaced(i + 1) || is_year) {
                    break;
                }
                decimals = Some(n);
                i += 1 + n;
            }
            Some(c) if c.is_ascii_digit() && passage.is_spaced(i) => {
                // A stray space inside: "70.5 0" completes two decimals, "07103156 2.29" does not.
                let n = n_digits(passage, i, false);
                match decimals {
                    Some(d)
                        if d < 2
                            && d + n <= 2
                            && passage.chars.get(i + n).is_none_or(|c| *c != '.') =>
                    {
                        decimals = Some(d + n);
                        i += n;
                    }
                    // "1 026.30": a thin space where the comma was.
                    None if whole <= 3 && n == 3 && passage.chars.get(i + n) == Some(&'.') => {
                        is_grouped = true;
                        i += n;
                    }
                    None if is_grouped && n < 3 && last_group(passage, first, i) + n == 3 => i += n,
                    _ => break,
                }
            }
            _ => break,
        }
        whole = if decimals.is_none() { i - first } else { whole };
    }
    i
}

/// Number of digits since the last comma before `i`.
fn last_group(passage: &Passage<'_>, first: usize, i: usize) -> usize {
    (first..i)
        .rev()
        .take_while(|j| is_digit(passage, *j))
        .count()
}

fn classify(
    passage: &Passage<'_>,
    (start, first, end): (usize, usize, usize),
    text: &str,
    units: &Units,
) -> (Kind, usize) {
    let chars = &passage.chars;
    let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied();
    let after = chars.get(end).copied();
    let number = Decimal::parse(text);
    let n = end - first;
    let has_point = text.contains('.');
    if chars.get(end) == Some(&'.') && is_digit(passage, end + 1) && has_point {
        return (Kind::Garbled, end + 1 + n_digits(passage, end + 1, false));
    }
    if joins(passage, before, start) || joins(passage, after, end) {
        return (Kind::Code, code_end(passage, end));
    }
    if let Some(found) = document_number(passage, start, end, before, after) {
        return found;
    }
    if let Some(found) = ordinal(passage, (start, end), before, after, n) {
        return found;
    }
    let Some(number) = number else {
        return (if n > 12 { Kind::Code } else { Kind::Garbled }, end);
    };
    if let Some((unit, len)) = money_unit(passage, end) {
        let unit_end = end + len;
        if units
            .thresholds
            .iter()
            .any(|word| passage.starts_with(unit_end, word))
        {
            return (Kind::Threshold, unit_end);
        }
        return (Kind::Money(PrintedMoney { number, unit }), unit_end);
    }
    if after == Some('%') {
        return (Kind::Percent(number), end + 1);
    }
    for (word, len) in [("个百分点", 4), ("百分点", 3)] {
        if passage.starts_with(end, word) {
            return (Kind::Points(number), end + len);
        }
    }
    let year = (n == 4 && after == Some('年'))
        .then(|| text.parse::<u16>().ok())
        .flatten();
    if let Some(year) = year.filter(|y| (1900..2100).contains(y)) {
        let len = if passage.starts_with(end, "年度") {
            2
        } else {
            1
        };
        return (Kind::Year(year), end + len);
    }
    let unit = |words: &[String]| {
        words
            .iter()
            .find(|word| passage.starts_with(end, word))
            .cloned()
    };
    let (count, time) = (unit(&units.counts), unit(&units.times));
    match (count, time) {
        (Some(count), time) if time.as_ref().is_none_or(|t| t.len() < count.len()) => {
            let len = count.chars().count();
            (Kind::Quantity(number, count), end + len)
        }
        (_, Some(time)) => (Kind::Date, end + time.chars().count()),
        _ if is_code(passage, text, (before, after), end) => (Kind::Code, end),
        _ => match short_year(text, after) {
            Some(year) => (Kind::Year(year), end),
            None => (Kind::Plain(number), end),
        },
    }
}

/// A year whose 年 was left out: 与2030持平, 2030展馆运行费.
fn short_year(text: &str, after: Option<char>) -> Option<u16> {
    let is_word = after.is_some_and(|c| c.is_alphabetic() && !c.is_ascii());
    let year: u16 = text.parse().ok()?;
    (is_word && (2000..2100).contains(&year)).then_some(year)
}

/// Long digits without a unit, digits a space parts from others, and the code behind its name: 工资福利支出（301）.
fn is_code(
    passage: &Passage<'_>,
    text: &str,
    around: (Option<char>, Option<char>),
    end: usize,
) -> bool {
    let n = text.len();
    let in_brackets = around == (Some('('), Some(')')) && matches!(n, 3 | 5);
    let is_parted = is_digit(passage, end) && passage.is_spaced(end);
    text.bytes().all(|b| b.is_ascii_digit()) && (n >= 6 || in_brackets || is_parted)
}

/// Whether a letter belongs to the digits it stands at: in "0310034F 17.00万元" a space parts the code from the figure.
fn joins(passage: &Passage<'_>, letter: Option<char>, at: usize) -> bool {
    letter.is_some_and(|c| c.is_ascii_alphabetic()) && !passage.is_spaced(at)
}

/// One past a code of letters and digits.
fn code_end(passage: &Passage<'_>, from: usize) -> usize {
    let rest = passage.chars.get(from..).unwrap_or(&[]).iter().enumerate();
    from + rest
        .take_while(|(i, c)| c.is_ascii_alphanumeric() && !passage.is_spaced(from + i))
        .count()
}

/// The year in brackets and the number of "财发[2030]12 号".
fn document_number(
    passage: &Passage<'_>,
    start: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
) -> Option<(Kind, usize)> {
    let in_brackets = matches!(
        (before, after),
        (Some('['), Some(']')) | (Some('('), Some(')'))
    );
    if in_brackets && end - start == 4 {
        return Some((Kind::DocumentNumber, end));
    }
    let after_brackets = matches!(before, Some(']' | ')'))
        && start >= 2
        && is_digit(passage, start - 2)
        && after == Some('号');
    if after_brackets {
        return Some((Kind::DocumentNumber, end + 1));
    }
    None
}

/// List numbering, 第 3 次, (2), 表 5 at the front of a line.
fn ordinal(
    passage: &Passage<'_>,
    (start, end): (usize, usize),
    before: Option<char>,
    after: Option<char>,
    n: usize,
) -> Option<(Kind, usize)> {
    if before == Some('第') {
        return Some((Kind::Ordinal, end));
    }
    if n <= 2 && before == Some('(') && after == Some(')') {
        return Some((Kind::Ordinal, end + 1));
    }
    if n <= 2 && before == Some('表') && (start == 1 || passage.starts_part(start - 1)) {
        return Some((Kind::Ordinal, end));
    }
    let at_front = passage.starts_part(start) || matches!(before, Some('。' | ';' | ':') | None);
    let numbering = n <= 2 && matches!(after, Some('.' | '、' | ')'));
    (at_front && numbering).then_some((Kind::Ordinal, end + 1))
}

/// The money unit at `i` and its length.
fn money_unit(passage: &Passage<'_>, i: usize) -> Option<(MoneyUnit, usize)> {
    [
        ("亿元", MoneyUnit::YiYuan, 2),
        ("万元", MoneyUnit::WanYuan, 2),
        ("元", MoneyUnit::Yuan, 1),
    ]
    .into_iter()
    .find(|(word, _, _)| passage.starts_with(i, word))
    .map(|(_, unit, len)| (unit, len))
}

#[cfg(test)]
mod tests {
    use mz_document::{Block, Content};

    use super::*;

    fn kinds(text: &str) -> String {
        let words = |list: &str| list.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let units = Units::new(
            words("人 个 辆 平方米 台 人次").iter(),
            words("年 月 日 届 天 次 年度").iter(),
            words("以上 (含)以上").iter(),
        );
        let block = Block::new(Content::Paragraph(text.to_owned()), Default::default());
        let mut passage = Passage::default();
        passage.push(0, &block, text);
        let mut out = Vec::new();
        let mut i = 0;
        while i < passage.chars.len() {
            match read(&passage, i, &units) {
                Some(number) => {
                    let name = format!("{:?}", number.kind);
                    let name = name.split(['(', ' ']).next().unwrap_or("").to_owned();
                    out.push(format!(
                        "{} {name}",
                        passage.text(number.start, number.digits_end)
                    ));
                    i = number.end.max(i + 1);
                }
                None => i += 1,
            }
        }
        out.join(" | ")
    }

    #[test]
    fn amounts_keep_their_digits() {
        assert_eq!(
            kinds("共 3,210.54 万元，占 96.66%"),
            "3,210.54 Money | 96.66 Percent"
        );
        assert_eq!(kinds("为3，518.85万元"), "3,518.85 Money");
        assert_eq!(kinds("为 3, 210.54 万 元"), "3,210.54 Money");
        assert_eq!(kinds("不超过 70.5 0 万元"), "70.50 Money");
        assert_eq!(kinds("降 12 .55％"), "12.55 Percent");
        assert_eq!(kinds("共 2077.09 万元"), "2077.09 Money");
        assert_eq!(kinds("为3,21.54万元"), "3,21.54 Money");
        assert_eq!(
            kinds("增长-5.2%，减少 2 个百分点"),
            "-5.2 Percent | 2 Points"
        );
        assert_eq!(
            kinds("12人，26 辆，1.5平方米，3人次"),
            "12 Quantity | 26 Quantity | 1.5 Quantity | 3 Quantity"
        );
        assert_eq!(kinds("编制数 156，实有 123 人"), "156 Plain | 123 Quantity");
        assert_eq!(kinds("1.2.3 万元"), "1.2 Garbled");
    }

    #[test]
    fn other_digits_are_no_amounts() {
        assert_eq!(
            kinds("2024 年 1 月 1 日至2024年度"),
            "2024 Year | 1 Date | 1 Date | 2024 Year"
        );
        assert_eq!(
            kinds("根据财发【2017】89 号和(2019)3号"),
            "2017 DocumentNumber | 89 DocumentNumber | 2019 DocumentNumber | 3 DocumentNumber"
        );
        assert_eq!(
            kinds("1. 2022 年项目 50.62 万元"),
            "1 Ordinal | 2022 Year | 50.62 Money"
        );
        assert_eq!(kinds("2、项目；3.车辆"), "2 Ordinal | 3 Ordinal");
        assert_eq!(kinds("（2）办公费"), "2 Ordinal");
        assert_eq!(
            kinds("特定目标 07103156 2.29 万元"),
            "07103156 Code | 2.29 Money"
        );
        assert_eq!(kinds("特定目标1010178W"), "1010178 Code");
        assert_eq!(
            kinds("单位价值 50 万元以上设备 0 台，100万元（含）以上"),
            "50 Threshold | 0 Quantity | 100 Threshold"
        );
        assert_eq!(kinds("第 3 次会议，2017 年第四次"), "3 Ordinal | 2017 Year");
        assert_eq!(
            kinds("2023年6月1日-2024年5月31日"),
            "2023 Year | 6 Date | 1 Date | 2024 Year | 5 Date | 31 Date"
        );
    }
}
