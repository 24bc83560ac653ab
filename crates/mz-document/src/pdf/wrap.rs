//! Whether a line of a page goes on in the next one, or a new paragraph begins.

use super::lines::Line;

/// Marks that may end a paragraph.
const ENDS: [char; 8] = ['。', '！', '？', '；', '：', ':', ';', '…'];
/// Marks that never begin a line of their own: typesetting pushed them down.
const CLOSING: &str = "。，、；：！？）》”’】〉」』%％";

/// Whether `line` carries on `last`; `margins` are the left and right edge of the page's text. A line set apart carries on
/// a full one only: letters of another face push lines apart within a paragraph.
pub(super) fn wraps(last: &Line, line: &Line, margins: (f32, f32), is_set_apart: bool) -> bool {
    let (left, right) = margins;
    let em = line.size;
    if is_pushed_down(line) {
        return true;
    }
    let ended = last.text.trim_end().ends_with(ENDS);
    if begins_section(&line.text) || (ended && begins_item(&line.text)) {
        return false;
    }
    // A run of digits and letters is not broken, so a line before it may stop short of the margin.
    let room = right - last.rect.right;
    if room < em * 1.6 || room < unbreakable(&line.text) * em * 0.6 + em {
        return true;
    }
    let fields = begins_field(&last.text) && begins_field(&line.text);
    !ended && !fields && !is_set_apart && last.rect.right - left > (right - left) * 0.8
}

/// Whether a line begins with a mark that ends something.
pub(super) fn is_pushed_down(line: &Line) -> bool {
    line.text.starts_with(|c| CLOSING.contains(c))
}

/// How much further than its neighbours a line stands from the line above where a paragraph begins.
const APART: f32 = 1.4;

/// Whether a line stands further from the one above than lines of its size stand from each other right before or behind:
/// pages of the web set paragraphs apart by white space and do not indent them.
pub(super) fn is_set_apart(lines: &[Line], at: usize) -> bool {
    let pitch = |at: usize| {
        let (above, line) = (lines.get(at.checked_sub(1)?)?, lines.get(at)?);
        let down = line.rect.bottom - above.rect.bottom;
        let same = (line.size - above.size).abs() < line.size * 0.15;
        (same && down > line.size * 0.9).then_some(down)
    };
    let before = at.checked_sub(1).and_then(pitch);
    let near = [before, pitch(at + 1)].into_iter().flatten();
    let nearest = near.fold(f32::MAX, f32::min);
    pitch(at).is_some_and(|down| down > nearest * APART)
}

/// Whether a line that ended and the next both stand where paragraphs begin: two characters from the left edge of running
/// text. On a page of short paragraphs no line stands at that edge to show that these are indented.
pub(super) fn both_begin(last: &Line, line: &Line, left: f32) -> bool {
    let begins = |line: &Line| (line.rect.left - left - 2.0 * line.size).abs() < line.size * 0.4;
    begins(last) && begins(line) && last.text.trim_end().ends_with(ENDS)
}

/// How far, in points, the edges of running text are known.
const EDGE: f32 = 4.0;

/// Largest type of titles above tables and texts, in points (一号); covers set each part of theirs on a line of its own in
/// larger type.
const LARGEST_TITLE: f32 = 27.0;

/// Whether `line` carries on a centred title too long for one line: both stand about the same middle, and what begins the
/// second would not have fitted into the first. `margins` are those of running text.
pub(super) fn carries_on_title(last: &Line, line: &Line, margins: (f32, f32)) -> bool {
    let (left, right) = margins;
    let middle = |line: &Line| (line.rect.left + line.rect.right) / 2.0;
    let width = |line: &Line| line.rect.right - line.rect.left;
    let next = line.size * (unbreakable(&line.text) * 0.6).max(1.0);
    line.size <= LARGEST_TITLE
        && width(last) + next > right - left - EDGE
        && width(line) < width(last)
        && (middle(last) - middle(line)).abs() < line.size * 0.6
        && !last.text.trim_end().ends_with(ENDS)
        && !begins_section(&line.text)
        && !begins_item(&line.text)
}

/// 资金分配情况： the front of a line that gives one field of several.
fn begins_field(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let name = chars
        .by_ref()
        .take(12)
        .take_while(|c| !matches!(c, '：' | ':'));
    let n = name.take_while(|c| c.is_alphabetic()).count();
    n >= 2
        && text
            .trim_start()
            .chars()
            .nth(n)
            .is_some_and(|c| matches!(c, '：' | ':'))
}

/// Number of characters at the front that stay together: digits, letters and what joins them.
fn unbreakable(text: &str) -> f32 {
    let joined = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '%' | '/');
    let mut n: f32 = 0.0;
    for _ in text.chars().take(24).take_while(joined) {
        n += 1.0;
    }
    n
}

/// 三、 or （四）: numbering that no wrapped line begins with by chance.
fn begins_section(text: &str) -> bool {
    let text = text.trim_start();
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(numeral);
    let plain = rest.len() < text.len() && rest.starts_with('、');
    let body = text.trim_start_matches(['（', '(']);
    let inner = body.trim_start_matches(numeral);
    plain || (body.len() < text.len() && inner.len() < body.len() && inner.starts_with(['）', ')']))
}

/// 12、 (3) 3． 一、 （二）: the front of an item.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let (body, closing) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (rest, ['）', ')']),
        None => (text, ['、', '．']),
    };
    let rest = body.trim_start_matches(is_number);
    let n_bytes = body.len() - rest.len();
    if n_bytes == 0 || n_bytes > 9 {
        return false;
    }
    let dotted = rest
        .strip_prefix('.')
        .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit()));
    rest.starts_with(closing) || (dotted && body.len() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rect;

    fn line(text: &str, right: f32) -> Line {
        Line {
            text: text.to_owned(),
            rect: Rect {
                left: 50.0,
                top: 0.0,
                right,
                bottom: 10.0,
            },
            size: 10.0,
            lefts: Vec::new(),
        }
    }

    #[test]
    fn lines_go_on_or_begin_anew() {
        let wraps = |a: &str, right: f32, b: &str| {
            super::wraps(&line(a, right), &line(b, 500.0), (50.0, 550.0), false)
        };
        assert!(wraps("满行的文字", 545.0, "接着写"));
        assert!(wraps("年初预算执行数为", 500.0, "1,118.46万元，"));
        assert!(wraps("转报工作", 300.0, "。"));
        assert!(wraps("没有写完的一行", 480.0, "下一行"));
        assert!(!wraps("写完了。", 480.0, "下一段"));
        assert!(!wraps("写完了。", 545.0, "12、下一项"));
        assert!(!wraps("写完了。", 545.0, "（二）下一项"));
        assert!(wraps("金额为", 545.0, "1.5万元"));
        assert!(!wraps("标题", 200.0, "正文"));
        assert!(!wraps("政策依据：依据文件设立", 480.0, "资金规模：10万元"));
        assert!(wraps("政策依据：依据文件设立", 480.0, "的机构"));
        assert!(!wraps(
            "经费预算为217.83万元",
            545.0,
            "三、政府采购预算情况"
        ));
    }

    #[test]
    fn white_space_sets_paragraphs_apart() {
        let lines: Vec<Line> = [0.0, 17.0, 48.0, 79.0, 96.0, 113.0]
            .iter()
            .map(|top| {
                let mut line = line("没有写完的一行", 480.0);
                line.rect.top += top;
                line.rect.bottom += top;
                line
            })
            .collect();
        let apart: Vec<usize> = (0..lines.len())
            .filter(|at| is_set_apart(&lines, *at))
            .collect();
        assert_eq!(apart, [2, 3]);
        let goes_on = |right: f32| wraps(&line("题", right), &lines[3], (50.0, 550.0), true);
        assert!(!goes_on(480.0));
        assert!(goes_on(545.0), "a full line goes on");
    }

    #[test]
    fn paragraphs_of_one_line_are_told_by_their_indent() {
        let at = |text: &str, left: f32| {
            let mut line = line(text, 545.0);
            line.rect.left = left;
            line
        };
        let both = |a: &Line, b: &Line| both_begin(a, b, 50.0);
        assert!(both(&at("注：本表反映收支。", 71.0), &at("支出表", 71.0)));
        assert!(!both(&at("注：本表反映收支，", 71.0), &at("支出表", 71.0)));
        assert!(!both(&at("注：本表反映收支。", 71.0), &at("支出表", 51.0)));
        assert!(!both(&at("注：本表反映收支。", 61.0), &at("支出表", 61.0)));
    }

    #[test]
    fn a_centred_title_goes_on_about_its_middle() {
        let at = |text: &str, left: f32, right: f32| {
            let mut line = line(text, right);
            line.rect.left = left;
            line
        };
        let full = at("某市某局国有资本经营预算支出功能分类预算", 53.0, 547.0);
        let goes_on = |last: &Line, line: &Line| carries_on_title(last, line, (50.0, 550.0));
        assert!(goes_on(&full, &at("表", 295.0, 305.0)));
        assert!(
            !goes_on(&full, &at("表", 495.0, 505.0)),
            "not in the middle"
        );
        assert!(
            !goes_on(&at("某市某局", 70.0, 530.0), &at("部门预算", 280.0, 320.0)),
            "a line with room left is broken on purpose"
        );
        assert!(!goes_on(&full, &at("（二）表", 280.0, 320.0)));
    }
}
