//! Normalising names before they are compared: width, brackets, quotes, white space, numbering.
//!
//! Printed text is never changed; these functions make the form two texts are compared in. NFKC is not used, because it
//! turns （类）, ① and ㎡ into something else.

/// Kangxi radicals U+2F00… as the ordinary characters PDF extraction should have given.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷豆豕豸贝赤走足身车辛辰辵邑酉釆里金长门阜隶隹雨青非面革韦韭音页风飞食首香马骨高髟鬥鬯鬲鬼鱼鸟卤鹿麦麻黄黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠";

/// Simplified radicals of the supplement block that stand for whole characters.
const RADICALS: [(char, char); 30] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '长'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺮', '竹'),
];

/// One character in its comparison form; `None` for white space and invisible characters.
pub fn fold(c: char) -> Option<char> {
    Some(match c {
        // Most characters of a document by far: said first because every text goes through here.
        '\u{4e00}'..='\u{9fff}' => c,
        '!'..='~' if c != '\'' => c,
        c if c.is_whitespace() || c.is_control() => return None,
        '\u{00ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => {
            return None;
        }
        '“' | '”' | '„' | '‟' | '＂' | '〝' | '〞' | '「' | '」' | '『' | '』' => {
            '"'
        }
        '\'' | '‘' | '’' | '‛' | '＇' => '\'',
        '〔' | '【' | '［' | '〖' => '[',
        '〕' | '】' | '］' | '〗' => ']',
        '﹙' => '(',
        '﹚' => ')',
        '‐'..='―' | '−' | '－' | '─' => '-',
        '•' | '・' | '‧' | '∙' => '·',
        '〜' | '∼' => '~',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2f00}'..='\u{2fd5}' => KANGXI
            .chars()
            .nth((u32::from(c) - 0x2f00) as usize)
            .unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => RADICALS
            .iter()
            .find(|(radical, _)| *radical == c)
            .map_or(c, |(_, whole)| *whole),
        c => c,
    })
}

/// The form in which names are compared: folded characters without any white space.
pub fn name(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter_map(fold));
    folded
}

/// Whether two texts are the same name after folding. Allocates nothing.
pub fn same_name(a: &str, b: &str) -> bool {
    a.chars().filter_map(fold).eq(b.chars().filter_map(fold))
}

/// A text in comparison form that still knows where each character came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each character of `text`, the character index in the source; one more entry for the end.
    pub source: Vec<usize>,
}

impl Folded {
    /// Folds a text and keeps the way back.
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            source: Vec::with_capacity(text.chars().count() + 1),
        };
        let mut n_chars = 0;
        for (i, c) in text.chars().enumerate() {
            n_chars = i + 1;
            if let Some(c) = fold(c) {
                folded.text.push(c);
                folded.source.push(i);
            }
        }
        folded.source.push(n_chars);
        folded
    }

    /// The source character range of a character range of the folded text, both ends trimmed to what was folded in.
    pub fn source_range(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |i: usize| {
            self.source
                .get(i)
                .or(self.source.last())
                .copied()
                .unwrap_or(0)
        };
        if end <= start {
            return (at(start), at(start));
        }
        (at(start), at(end - 1) + 1)
    }
}

/// Removes the stray spaces and line breaks extraction put into a printed name, and nothing else: one space stays between
/// two ASCII words ("Windows Server"), none beside a Chinese character or between digits.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    for c in text.chars() {
        if c.is_whitespace() || fold(c).is_none() {
            pending = true;
            continue;
        }
        if pending
            && c.is_ascii_alphabetic()
            && out.ends_with(|last: char| last.is_ascii_alphabetic())
        {
            out.push(' ');
        }
        pending = false;
        out.push(c);
    }
    out
}

/// Chinese numerals used for numbering.
fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
    )
}

/// Splits numbering (一、 （一） 1. 1、 （1） 1） ① - •) off the front of a text: `(numbering, rest)`. Both are parts of the
/// text; the numbering is empty when there is none. `1.5 倍` and `2024年` have none.
pub fn split_numbering(text: &str) -> (&str, &str) {
    let trimmed = text.trim_start();
    let body = trimmed
        .strip_prefix(['-', '•', '●', '*', '§'])
        .map_or(trimmed, str::trim_start);
    let end = numbering_end(body);
    let rest = body.get(end..).unwrap_or(body);
    let head_len = text.len() - rest.len();
    (
        text.get(..head_len).map_or("", str::trim),
        rest.trim_start(),
    )
}

fn numbering_end(text: &str) -> usize {
    let mut chars = text
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .peekable();
    let Some(&(_, first)) = chars.peek() else {
        return 0;
    };
    if matches!(first, '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒛') {
        return first.len_utf8();
    }
    let bracketed = matches!(first, '(' | '（');
    if bracketed {
        chars.next();
    }
    let (mut n_digits, mut n_numerals) = (0, 0);
    while let Some(&(_, c)) = chars.peek() {
        match c {
            _ if c.is_ascii_digit() || ('０'..='９').contains(&c) => n_digits += 1,
            _ if is_numeral(c) => n_numerals += 1,
            _ => break,
        }
        chars.next();
    }
    // "201 一般公共服务" is a code and "十二、" a number: numbering has one kind of numeral and few of them.
    if (n_digits == 0) == (n_numerals == 0) || n_digits > 2 || n_numerals > 3 {
        return 0;
    }
    let Some((i, closing)) = chars.next() else {
        return 0;
    };
    let closes = match closing {
        ')' | '）' => true,
        '、' | '．' => !bracketed,
        // "1.5 倍" is a number; "1. 2022 年…" is numbering before a name that begins with a year.
        '.' => {
            !bracketed
                && !text
                    .get(i + 1..)
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    };
    if closes { i + closing.len_utf8() } else { 0 }
}

/// The text without its numbering.
pub fn strip_numbering(text: &str) -> &str {
    split_numbering(text).1
}

/// The text without 其中 / 其中： at its front, and whether it was there.
pub fn strip_of_which(text: &str) -> (&str, bool) {
    let trimmed = text.trim_start();
    match trimmed.strip_prefix("其中") {
        Some(rest) => (
            rest.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '：' | ':' | '，' | ',')
            }),
            true,
        ),
        None => (trimmed, false),
    }
}

/// The form in which row and column labels are compared: numbering, 其中 and a closing colon removed, then folded.
pub fn label(text: &str) -> String {
    let (rest, _) = strip_of_which(strip_numbering(text));
    let mut folded = name(strip_numbering(rest));
    while folded.ends_with([':', ';', ',', '。']) {
        folded.pop();
    }
    folded
}

/// Edit distance between two texts, in characters, after folding.
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().filter_map(fold).collect();
    let b: Vec<char> = b.chars().filter_map(fold).collect();
    edits(&a, &b)
}

fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cb, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let up = *cell;
            let best = (diagonal + usize::from(ca != cb)).min(up + 1).min(left + 1);
            diagonal = up;
            left = best;
            *cell = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

/// Likeness of two texts in thousandths: 1000 for the same name, 0 for nothing in common.
pub fn likeness(a: &str, b: &str) -> u32 {
    let a: Vec<char> = a.chars().filter_map(fold).collect();
    let b: Vec<char> = b.chars().filter_map(fold).collect();
    likeness_at_least(&a, &b, 0)
}

/// Likeness of two texts already folded; 0 when it is below `least`, which mostly costs no more than counting characters.
pub fn likeness_at_least(a: &[char], b: &[char], least: u32) -> u32 {
    let n = a.len().max(b.len());
    if n == 0 {
        return 1000;
    }
    let share = |same: usize| u32::try_from(1000 * same.min(n) / n).unwrap_or(0);
    if share(a.len().min(b.len())) < least {
        return 0;
    }
    if least > 0 && share(a.iter().filter(|c| b.contains(c)).count()) < least {
        return 0;
    }
    let likeness = share(n - edits(a, b).min(n));
    if likeness < least { 0 } else { likeness }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_only_by_what_is_printed() {
        assert!(same_name("维修（护）费", "维修(护) 费"));
        assert!(same_name(
            "第五届“论坛”项目\n经费",
            "第五届\"论坛\"项目　经费"
        ));
        assert!(same_name("⼀般公共⽀出", "一般公共支出"));
        assert!(same_name("\u{feff}特定目标 0310034Ｆ", "特定目标0310034F"));
        assert!(!same_name("专项费用", "专项经费"));
        assert_eq!(KANGXI.chars().count(), 214);
    }

    #[test]
    fn numbering_is_split_off() {
        for (text, numbering, rest) in [
            ("一、本年收入", "一、", "本年收入"),
            ("（十二） 其他", "（十二）", "其他"),
            ("1. 一般公共预算拨款", "1.", "一般公共预算拨款"),
            ("2、非财政拨款", "2、", "非财政拨款"),
            ("- 一、 主要职能", "- 一、", "主要职能"),
            ("（1）办公费", "（1）", "办公费"),
            ("1. 2022 年项目", "1.", "2022 年项目"),
            ("1.5 倍", "", "1.5 倍"),
            ("2024年预算", "", "2024年预算"),
            ("201 一般公共服务支出", "", "201 一般公共服务支出"),
            ("一般公共预算", "", "一般公共预算"),
            ("十", "", "十"),
            ("", "", ""),
        ] {
            assert_eq!(split_numbering(text), (numbering, rest), "{text}");
        }
        assert_eq!(label("其中：1.一般 财力："), "一般财力");
        assert_eq!(label("1．其中：一般财力"), "一般财力");
    }

    #[test]
    fn folding_keeps_the_way_back() {
        let folded = Folded::new("甲 （乙）\n丙");
        assert_eq!(folded.text, "甲(乙)丙");
        assert_eq!(folded.source_range(1, 4), (2, 5));
        assert_eq!(folded.source_range(4, 5), (6, 7));
        assert_eq!(folded.source_range(9, 9), (7, 7));
    }

    #[test]
    fn distance_counts_characters() {
        assert_eq!(distance("专项费用", "专项经费"), 2);
        assert_eq!(distance("", "三"), 1);
        assert_eq!(likeness("维护经费", "维护 经费"), 1000);
        let folded = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(
            likeness_at_least(&folded("专项费用"), &folded("专项经费"), 500),
            500
        );
        assert_eq!(
            likeness_at_least(&folded("专项费用"), &folded("专项经费"), 501),
            0
        );
        assert_eq!(squeeze("2022 年协同\n办公 Win 10"), "2022年协同办公Win10");
        assert_eq!(squeeze("Open Data 平台"), "Open Data平台");
    }
}
