//! Titles and captions: which statutory table a grid is, by its words and never by its number.

use mz_budget::{
    money::MoneyUnit,
    normalise,
    profile::{TableShape, TableSpec},
};

/// Longest title, in characters.
const MAX_TITLE_CHARS: usize = 70;

/// What the lines around a grid say of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caption {
    /// 编制单位 as printed.
    pub(crate) prepared_by: Option<String>,
    /// 单位：万元 as printed.
    pub(crate) money_unit: Option<String>,
    /// 表 5.
    pub(crate) number: Option<u32>,
}

/// Labels of the line that names who prepared a table.
const PREPARED_BY: [&str; 9] = [
    "编制单位",
    "编制部门",
    "单位名称",
    "部门名称",
    "填报单位",
    "填报部门",
    "预算单位",
    "预算部门",
    "公开单位",
];
/// Labels of the line that names the money unit.
const MONEY_UNIT: [&str; 3] = ["金额单位", "货币单位", "单位"];

/// Reads a caption line; `false` when the line is none.
pub(crate) fn read_caption(text: &str, caption: &mut Caption) -> bool {
    if !text.contains([':', '：', '表']) {
        return false;
    }
    let mut found = false;
    if let Some((label_at, value)) = PREPARED_BY.iter().find_map(|label| labelled(text, label)) {
        let end = MONEY_UNIT
            .iter()
            .filter_map(|label| labelled(value, label))
            .filter(|(_, rest)| money_unit(rest).is_some())
            .map(|(at, _)| at)
            .chain(value.find('\t'))
            .min()
            .unwrap_or(value.len());
        if label_at < 12 {
            let name = normalise::squeeze(value.get(..end).unwrap_or(value));
            caption.prepared_by.get_or_insert(name);
            found = true;
        }
    }
    for label in MONEY_UNIT {
        if let Some(printed) =
            text_after_last(text, label).filter(|rest| money_unit(rest).is_some())
        {
            caption
                .money_unit
                .get_or_insert_with(|| normalise::squeeze(printed.trim()));
            found = true;
            break;
        }
    }
    let number = if text.contains('表') {
        table_number(&normalise::name(text))
    } else {
        None
    };
    if let Some(number) = number {
        caption.number.get_or_insert(number);
        found = true;
    }
    found
}

/// The byte where `label` starts and the text after its colon.
fn labelled<'t>(text: &'t str, label: &str) -> Option<(usize, &'t str)> {
    let (before, after) = text.split_once(label)?;
    let after = after.trim_start();
    let value = after.strip_prefix(['：', ':'])?;
    Some((before.len(), value))
}

fn text_after_last<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let (_, after) = text.rsplit_once(label)?;
    after.trim_start().strip_prefix(['：', ':'])
}

/// The unit a caption names; nothing but the unit may follow the colon.
pub(crate) fn money_unit(text: &str) -> Option<MoneyUnit> {
    let folded = normalise::name(text);
    let first = folded
        .split(['、', ',', ';', '/', '(', ')', '%'])
        .next()
        .unwrap_or("");
    match first.strip_prefix("人民币").unwrap_or(first) {
        "元" => Some(MoneyUnit::Yuan),
        "万元" => Some(MoneyUnit::WanYuan),
        "亿元" => Some(MoneyUnit::YiYuan),
        _ => None,
    }
}

/// 表5, 表五, 附表5, 公开05表, 预算01表: the whole line is the number.
pub(crate) fn table_number(folded: &str) -> Option<u32> {
    let body = NUMBER_HEADS
        .iter()
        .find_map(|head| folded.strip_prefix(head))
        .unwrap_or(folded);
    let digits = match body.strip_prefix('表') {
        Some(rest) => rest,
        None => body.strip_suffix('表')?,
    };
    number(digits.trim_end_matches([':', '.', '、']))
}

/// 12 or 十二.
fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 3 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut value = 0;
    for c in text.chars() {
        value = match "零一二三四五六七八九".chars().position(|n| n == c) {
            Some(unit) => value + u32::try_from(unit).ok()?,
            None if c == '十' => value.max(1) * 10,
            None => return None,
        };
    }
    Some(value)
}

/// The titles a profile knows, folded.
pub(crate) struct Titles {
    titles: Vec<(String, usize)>,
}

/// A title recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TitleMatch {
    /// Index of the profile's table.
    pub(crate) spec: usize,
    /// 1000 for the exact title.
    pub(crate) score: u32,
}

impl Titles {
    pub(crate) fn new(specs: &[TableSpec]) -> Self {
        let of_table = |(i, spec): (usize, &TableSpec)| -> Vec<(String, usize)> {
            let titles = spec.titles().map(normalise::name);
            titles.map(|title| (title, i)).collect()
        };
        Self {
            titles: specs.iter().enumerate().flat_map(of_table).collect(),
        }
    }

    /// The titles of tables as choosing sees them.
    pub(crate) fn of(shapes: &[TableShape]) -> Self {
        let of_table = |(i, shape): (usize, &TableShape)| -> Vec<(String, usize)> {
            let titles = shape.titles.iter().cloned();
            titles.map(|title| (title, i)).collect()
        };
        Self {
            titles: shapes.iter().enumerate().flat_map(of_table).collect(),
        }
    }

    /// The table a line is the title of. Year, unit, number and 续表 around the title do not matter.
    pub(crate) fn find(&self, text: &str, unit: Option<&str>) -> Option<TitleMatch> {
        // Every statutory table is called a table; this spares the work for the many lines that are not titles.
        if !text.contains('表') || text.chars().count() > MAX_TITLE_CHARS || text.contains('。') {
            return None;
        }
        let (bare, core) = (bare_title(text), core_title(text));
        self.ending(&bare, unit)
            .or_else(|| self.ending(&core, unit))
            .or_else(|| self.nearest(&core))
    }

    /// The title that ends with one known, with nothing but a unit and a year before it.
    fn ending(&self, title: &str, unit: Option<&str>) -> Option<TitleMatch> {
        let mut best: Option<(u32, usize, usize)> = None;
        for (known, spec) in &self.titles {
            let score = match title.strip_suffix(known.as_str()) {
                Some("") => 1000,
                Some(rest) if is_preamble(rest, unit) => 900,
                _ => continue,
            };
            let candidate = (score, known.len(), *spec);
            if best.is_none_or(|b| (b.0, b.1) < (candidate.0, candidate.1)) {
                best = Some(candidate);
            }
        }
        best.map(|(score, _, spec)| TitleMatch { spec, score })
    }

    /// A title with a misprint: one or two characters off and nearer to one table than to any other.
    fn nearest(&self, title: &str) -> Option<TitleMatch> {
        let n = title.chars().count();
        if n < 8 || !title.ends_with('表') {
            return None;
        }
        let title: Vec<char> = title.chars().collect();
        let mut near: Vec<(u32, usize)> = self
            .titles
            .iter()
            .filter(|(known, _)| known.chars().count().abs_diff(n) <= 1)
            .map(|(known, spec)| {
                let known: Vec<char> = known.chars().collect();
                (normalise::likeness_at_least(&known, &title, 900), *spec)
            })
            .filter(|(score, _)| *score > 0)
            .collect();
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.dedup_by_key(|(_, spec)| *spec);
        match near.as_slice() {
            [(score, spec)] => Some(TitleMatch {
                spec: *spec,
                score: *score * 8 / 10,
            }),
            [(score, spec), (second, _), ..] if score > second => Some(TitleMatch {
                spec: *spec,
                score: *score * 8 / 10,
            }),
            _ => None,
        }
    }
}

/// The title without numbering, table number and what follows 表.
pub(crate) fn core_title(text: &str) -> String {
    let mut title = bare_title(text);
    while let Some(open) = title.rfind('(').filter(|_| title.ends_with(')')) {
        // Remarks in brackets, but not brackets inside the title.
        title.truncate(open);
    }
    title
}

/// The title without numbering and table number; what stands in brackets behind it (按经济分类) is kept.
fn bare_title(text: &str) -> String {
    let mut title = normalise::name(normalise::strip_numbering(text));
    loop {
        let tail = ["续表", "续"]
            .iter()
            .find_map(|tail| title.strip_suffix(tail))
            .or_else(|| {
                let (before, inner) = title.strip_suffix(')')?.rsplit_once('(')?;
                (matches!(inner, "续表" | "续") || table_number(inner).is_some()).then_some(before)
            });
        match tail.map(str::len) {
            Some(end) => title.truncate(end),
            None => break,
        }
    }
    without_table_number(&title).to_owned()
}

/// Words before the number of a table.
const NUMBER_HEADS: [&str; 9] = [
    "部门公开",
    "单位公开",
    "部门预算",
    "单位预算",
    "附件",
    "附",
    "公开",
    "预算",
    "",
];

/// The title behind 表5, 附表5:, 公开05表, 预算01表.
fn without_table_number(title: &str) -> &str {
    for head in NUMBER_HEADS {
        let Some(rest) = title.strip_prefix(head) else {
            continue;
        };
        let (rest, marked) = match rest.strip_prefix('表') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let digits: usize = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
            .map(char::len_utf8)
            .sum();
        let behind = rest.get(digits..).unwrap_or("");
        let behind = if marked {
            Some(behind)
        } else {
            // 公开05表 before the title; 一般… is no number.
            behind
                .strip_prefix('表')
                .filter(|_| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        if let Some(behind) = behind.filter(|_| digits > 0) {
            return behind.trim_start_matches([':', '.', '、', '-']);
        }
    }
    title
}

/// Words that belong to titles; before a title they mean that it is another table's.
const TITLE_WORDS: [&str; 17] = [
    "财政", "拨款", "预算", "基金", "国有", "资本", "公共", "项目", "收入", "支出", "采购", "购买",
    "绩效", "专项", "转移", "经费", "基本",
];

/// What titles call the body they are of, longest first.
const BODY_WORDS: [&str; 4] = ["预算部门", "预算单位", "部门", "单位"];

/// Whether the words before a title are only a unit and a year.
fn is_preamble(rest: &str, unit: Option<&str>) -> bool {
    let unit = unit.map(normalise::name).unwrap_or_default();
    let rest = rest.strip_prefix(unit.as_str()).unwrap_or(rest);
    let rest = BODY_WORDS
        .iter()
        .find_map(|word| rest.strip_suffix(word))
        .unwrap_or(rest);
    let without_year = ["年度", "年"]
        .iter()
        .find_map(|year| rest.strip_suffix(year))
        .and_then(|rest| {
            let (name, digits) = rest.split_at_checked(rest.len().checked_sub(4)?)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then_some(name)
        });
    match without_year {
        Some(_) => true,
        None => !TITLE_WORDS.iter().any(|word| rest.contains(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(id: &str, title: &str, aliases: &[&str]) -> TableSpec {
        TableSpec {
            id: id.into(),
            number: 0,
            title: title.into(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            local_titles: Vec::new(),
            marks: Vec::new(),
            required: true,
            unit: None,
            at: Default::default(),
            or_at: Vec::new(),
            nil: Vec::new(),
            total: Default::default(),
            axis: None,
            outside: false,
            fact: None,
            panels: Vec::new(),
        }
    }

    #[test]
    fn titles_are_known_by_their_words() {
        let titles = Titles::new(&[
            spec(
                "summary",
                "单位收支总体情况表",
                &["部门收支总体情况表", "收支总表"],
            ),
            spec(
                "appropriation",
                "财政拨款收支总体情况表",
                &["财政拨款收支总表"],
            ),
            spec("three", "财政拨款“三公”经费支出情况表", &[]),
            spec("general", "一般公共预算支出情况表", &[]),
            spec("basic", "一般公共预算基本支出情况表", &[]),
        ]);
        let find = |text| titles.find(text, Some("甲市乙局")).map(|m| m.spec);
        assert_eq!(find("单位收支总体情况表"), Some(0));
        assert_eq!(
            find("表 1 甲市乙局 2024 年部门收支总体情况表（续表）"),
            Some(0)
        );
        assert_eq!(find("附表1：甲市乙局收支总表"), Some(0));
        assert_eq!(find("2025年预算单位收支总表"), Some(0));
        assert_eq!(find("财政拨款收支总表"), Some(1));
        assert_eq!(find("国有资本经营预算收支总表"), None);
        assert_eq!(find("十、财政拨款\"三公\"经费支出情况表"), Some(2));
        assert_eq!(find("一般公共预算基本支出情况表"), Some(4));
        assert_eq!(find("一般公共预算基木支出情况表"), Some(4));
        assert_eq!(
            find("本年没有政府性基金预算，一般公共预算支出情况表为空表。"),
            None
        );
        assert_eq!(find("政府采购情况表"), None);
    }

    #[test]
    fn captions_are_read() {
        let read = |text: &str| {
            let mut caption = Caption::default();
            read_caption(text, &mut caption);
            (caption.prepared_by, caption.money_unit, caption.number)
        };
        assert_eq!(
            read("编制单位：甲市 乙局"),
            (Some("甲市乙局".into()), None, None)
        );
        assert_eq!(
            read("编制部门:甲市乙局    单位：万元"),
            (Some("甲市乙局".into()), Some("万元".into()), None)
        );
        assert_eq!(read("编制单位："), (Some(String::new()), None, None));
        assert_eq!(read("金额单位: 元"), (None, Some("元".into()), None));
        assert_eq!(read("表 11"), (None, None, Some(11)));
        assert_eq!(read("表十一"), (None, None, Some(11)));
        assert_eq!(read("公开05表"), (None, None, Some(5)));
        assert_eq!(read("主管单位：甲市乙局"), (None, None, None));
    }
}
