//! Text on a terminal: widths of Chinese characters, wrapping, windows around a mark.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters no line may begin with.
const NEVER_FIRST: &str = "，。、；：？！）〕】》”’％%,.;:?!)]}⟧…";

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// At most so many columns, with `…` where something was left out.
pub fn shorten(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Lines of at most so many columns; words of Latin letters and figures stay whole where they fit on a line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let piece_width = width(piece);
        let closes = piece.chars().all(|c| NEVER_FIRST.contains(c));
        if used + piece_width > columns && !line.is_empty() && !closes {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
            if piece.trim().is_empty() {
                continue;
            }
        }
        if piece_width > columns {
            for c in piece.chars() {
                let w = c.width().unwrap_or(0);
                if used + w > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += w;
            }
            continue;
        }
        line.push_str(piece);
        used += piece_width;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Runs that stay together: a wide character, or letters and figures up to the next space.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (i, c) in text.char_indices() {
        let sticks = previous.is_some_and(|p| is_word(p) && is_word(c));
        if i > 0 && !sticks {
            out.extend(text.get(start..i));
            start = i;
        }
        previous = Some(c);
    }
    if !text.is_empty() {
        out.extend(text.get(start..));
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_graphic()
}

/// One line of text: line breaks, tabs and runs of spaces become one space, control characters a visible mark, so that nothing in a document
/// can move the cursor or color the terminal.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_unsafe(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Control characters, and the invisible ones that reorder text.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("三公 ab"), 7);
        assert_eq!(shorten("一般公共预算", 7), "一般公…");
        assert_eq!(shorten("short", 7), "short");
    }

    #[test]
    fn wrapping_keeps_figures_whole_and_punctuation_attached() {
        let lines = wrap("基本支出 2,295.15 万元，占 69.10%。", 12);
        assert!(lines.iter().all(|l| width(l) <= 14), "{lines:?}");
        assert!(lines.iter().any(|l| l.contains("2,295.15")), "{lines:?}");
        assert!(
            lines
                .iter()
                .all(|l| !l.starts_with('，') && !l.starts_with('。')),
            "{lines:?}"
        );
        assert_eq!(wrap("", 20), [""]);
        assert!(wrap(&"9".repeat(50), 20).iter().all(|l| width(l) <= 20));
    }

    #[test]
    fn nothing_in_a_document_controls_the_terminal() {
        assert_eq!(
            one_line("a\u{1b}[31m\n b\u{202E}c"),
            "a\u{FFFD}[31m b\u{FFFD}c"
        );
    }
}
