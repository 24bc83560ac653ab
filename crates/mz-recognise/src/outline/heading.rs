//! What a heading looks like: numbering, level, and the shape of a line that is no sentence.

use mz_document::{Block, Content};

/// A heading as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 = 第一部分, 2 = 一、, 3 = （一）, 4 = 1.
    pub(crate) level: u8,
    /// Without numbering.
    pub(crate) text: String,
    /// As printed, markup of the format removed.
    pub(crate) printed: String,
}

/// The heading a block is, if it is one.
pub(crate) fn heading(block: &Block) -> Option<Heading> {
    let (text, format_level) = match &block.content {
        Content::Heading { level, text } => (text, Some(*level)),
        Content::Paragraph(text) => (text, None),
        Content::Table(_) => return None,
    };
    let found = shape::numbered(text);
    match (found, format_level) {
        (Some((level, rest)), Some(_)) if shape::is_title(rest) => Some(make(level, rest, text)),
        (Some((level, rest)), None) if level <= 3 && shape::is_title(rest) => {
            Some(make(level, rest, text))
        }
        (None, Some(level)) if shape::is_title(text) => Some(make(level.clamp(1, 4), text, text)),
        _ => None,
    }
}

fn make(level: u8, rest: &str, printed: &str) -> Heading {
    Heading {
        level,
        text: shape::plain(rest).trim_end_matches(['：', ':']).to_owned(),
        printed: shape::plain(printed).to_owned(),
    }
}

/// Shapes of lines.
pub(crate) mod shape {
    /// Longest heading in characters; longer lines are sentences.
    const N_LONGEST: usize = 70;

    /// The text without bullets and emphasis at its ends.
    pub(crate) fn plain(text: &str) -> &str {
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '#' | '-' | '•' | '●'))
    }

    fn is_numeral(c: char) -> bool {
        matches!(
            c,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇' | '零'
        )
    }

    fn is_digit(c: char) -> bool {
        c.is_ascii_digit() || ('０'..='９').contains(&c)
    }

    /// Level and rest of a numbered line.
    pub(crate) fn numbered(text: &str) -> Option<(u8, &str)> {
        let text = plain(text);
        if let Some(rest) = text.strip_prefix('第') {
            let rest = rest.trim_start();
            let number_end =
                rest.find(|c: char| !is_numeral(c) && !is_digit(c) && !c.is_whitespace())?;
            let rest = rest.get(number_end..)?;
            let rest = ["部分", "章", "篇"]
                .iter()
                .find_map(|word| rest.strip_prefix(word))?;
            if number_end == 0 {
                return None;
            }
            let after = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '、' | '：' | ':' | '.')
            });
            return Some((1, after));
        }
        if let Some(rest) = text.strip_prefix(['（', '(']) {
            let end = rest.find(['）', ')'])?;
            let number: String = rest.get(..end)?.split_whitespace().collect();
            let after = rest
                .get(end..)?
                .trim_start_matches(['）', ')', '、'])
                .trim_start();
            let is_cn = !number.is_empty() && number.chars().all(is_numeral);
            let is_num = !number.is_empty() && number.chars().all(is_digit) && number.len() <= 6;
            return if is_cn {
                Some((3, after))
            } else {
                is_num.then_some((4, after))
            };
        }
        let end = text.find(|c: char| !is_numeral(c) && !is_digit(c) && !c.is_whitespace())?;
        let number: String = text.get(..end)?.split_whitespace().collect();
        let rest = text.get(end..)?;
        let closing = rest.chars().next()?;
        let after = rest.get(closing.len_utf8()..)?;
        if number.is_empty() {
            return None;
        }
        if number.chars().all(is_numeral) && matches!(closing, '、' | '．' | '.') {
            return Some((2, after.trim_start()));
        }
        let closes = matches!(closing, '、' | '．' | '.') && !after.starts_with(is_digit);
        (number.chars().all(is_digit) && number.chars().count() <= 2 && closes)
            .then(|| (4, after.trim_start()))
    }

    /// Whether the text begins with numbering of any kind.
    pub(crate) fn has_numbering(text: &str) -> bool {
        numbered(text).is_some()
    }

    /// Whether a text (numbering removed) reads as a title: short, no sentence, no figure with a unit.
    pub(crate) fn is_title(text: &str) -> bool {
        let text = plain(text);
        let body = text.trim_end_matches(['：', ':']);
        let n = body.chars().count();
        if n == 0 || n > N_LONGEST || body.contains(['。', '；', ';', '，', '：', ':', '\t', '|'])
        {
            return false;
        }
        let mut previous_digit = false;
        for (i, c) in body.char_indices() {
            if previous_digit {
                let rest = body.get(i..).unwrap_or("").trim_start();
                if ["万元", "元", "亿元", "%", "％"]
                    .iter()
                    .any(|unit| rest.starts_with(unit))
                {
                    return false;
                }
            }
            previous_digit = is_digit(c);
        }
        body.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn numbering_gives_the_level() {
            for (text, expected) in [
                ("第一部分 2030 年概况", Some((1, "2030 年概况"))),
                ("第 二 部分、报表", Some((1, "报表"))),
                ("十二、 其他事项", Some((2, "其他事项"))),
                ("- 一、 主要职能", Some((2, "主要职能"))),
                ("(三) 国有资产", Some((3, "国有资产"))),
                ("（2）办公费", Some((4, "办公费"))),
                ("1. 房屋", Some((4, "房屋"))),
                ("1.5 倍", None),
                ("一般公共预算", None),
                ("第五届论坛", None),
                ("2030年预算", None),
                ("第", None),
                ("（", None),
            ] {
                assert_eq!(numbered(text), expected, "{text}");
            }
        }

        #[test]
        fn sentences_are_no_titles() {
            assert!(is_title("关于某局2030年收入预算情况说明"));
            assert!(is_title("主要职能："));
            for text in [
                "负责协调。",
                "项目名称：甲",
                "基本支出 3.00 万元",
                "",
                "1,000.00",
                "其中：甲，乙",
            ] {
                assert!(!is_title(text), "{text}");
            }
        }
    }
}
