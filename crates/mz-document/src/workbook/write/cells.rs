//! Cells of a workbook: numbers as printed, text that stays text, and how they look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::{ColumnKind, number};

/// Most characters of a cell; the format allows a few more.
pub(super) const LONGEST_CELL: usize = 32_000;
/// Size of the letters of tables and text, points.
pub(super) const SIZE: f64 = 10.5;
/// Digits a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// A number as a cell holds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub value: f64,
    /// The value without its point, and how many digits stood behind it: exact.
    pub scaled: i128,
    pub n_decimals: usize,
    /// The number format that shows it as printed.
    pub format: String,
}

/// A text as a number that shows exactly as the text; `None` for everything else, such as codes that begin with 0.
pub(super) fn value(text: &str, kind: ColumnKind) -> Option<Value> {
    let read = number(text)?;
    if !(read.has_point || kind == ColumnKind::Number) || kind == ColumnKind::Code {
        return None;
    }
    let is_percent = text.ends_with('%');
    let digits = text.trim_end_matches('%');
    let bare: String = digits.chars().filter(|c| *c != ',').collect();
    let (sign, unsigned) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare.as_str()),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_grouped = digits.contains(',');
    let shown = if is_grouped {
        grouped(whole)
    } else {
        whole.to_owned()
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let is_plain = whole == "0" || !whole.starts_with('0');
    let all = format!("{whole}{fraction}");
    let is_zero = all.bytes().all(|b| b == b'0');
    if format!("{sign}{shown}{point}{fraction}") != digits
        || !is_plain
        || !all.bytes().all(|b| b.is_ascii_digit())
        || all.len() > DIGITS
        || (is_zero && !sign.is_empty())
    {
        return None;
    }
    let scaled: i128 = format!("{sign}{all}").parse().ok()?;
    let value: f64 = bare.parse().ok()?;
    let decimals = format!("{point}{}", "0".repeat(fraction.len()));
    let percent = if is_percent { "%" } else { "" };
    Some(Value {
        value: if is_percent { value / 100.0 } else { value },
        scaled,
        n_decimals: fraction.len() + if is_percent { 2 } else { 0 },
        format: format!(
            "{}{decimals}{percent}",
            if is_grouped { "#,##0" } else { "0" }
        ),
    })
}

fn grouped(whole: &str) -> String {
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Text as a cell may hold it: control characters visible, never taken for a formula, not even after the workbook was
/// saved as CSV and opened again.
pub(super) fn safe(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| {
            if crate::write::is_writable(c) {
                c
            } else {
                '\u{fffd}'
            }
        })
        .collect();
    // What looks guarded already is guarded once more, so that reading takes off exactly one.
    if crate::write::is_formula_like(clean.trim_start_matches('\'')) {
        format!("'{clean}")
    } else {
        clean
    }
}

/// Formats of all cells.
pub(super) struct Formats {
    pub title: Format,
    pub heading: Format,
    pub text: Format,
    pub left: Format,
    pub right: Format,
    pub header: Format,
    pub label: Format,
    pub code: Format,
    pub number: Format,
    pub link: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(SIZE);
        let boxed = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
        };
        let wrapped = || base().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: base()
                .set_font_name("黑体")
                .set_font_size(16)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            heading: wrapped().set_font_name("黑体").set_font_size(12),
            text: wrapped(),
            left: base(),
            right: base().set_align(FormatAlign::Right),
            header: boxed().set_align(FormatAlign::Center).set_bold(),
            label: boxed(),
            code: boxed().set_align(FormatAlign::Center),
            number: boxed().set_align(FormatAlign::Right),
            link: wrapped().set_font_color(rust_xlsxwriter::Color::RGB(0x0B_4F_8A)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shows_as_printed_is_a_number() {
        let format = |text: &str| value(text, ColumnKind::Number).map(|v| v.format);
        assert_eq!(format("1,234.50").as_deref(), Some("#,##0.00"));
        assert_eq!(format("1234.5").as_deref(), Some("0.0"));
        assert_eq!(format("-0.05").as_deref(), Some("0.00"));
        assert_eq!(format("69.10%").as_deref(), Some("0.00%"));
        assert_eq!(format("12").as_deref(), Some("0"));
        for text in [
            "05",
            "1,23.4",
            "－5.00",
            "+5.00",
            "-0.00",
            "1234567890123456.7",
            "1.2.3",
            "12元",
        ] {
            assert_eq!(format(text), None, "{text}");
        }
        assert_eq!(value("201", ColumnKind::Label), None);
        assert_eq!(value("2.01", ColumnKind::Code), None);
        assert_eq!(
            value("-1,000.25", ColumnKind::Auto).map(|v| (v.scaled, v.n_decimals)),
            Some((-100_025, 2))
        );
    }
}
