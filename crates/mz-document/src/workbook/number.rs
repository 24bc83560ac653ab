//! Numbers as a spreadsheet shows them: the stored binary value through its number format.

/// Significant digits a spreadsheet keeps.
const DIGITS: usize = 15;

/// A decimal number of at most 15 significant digits: sign, digits, and how many of them stand after the point.
#[derive(Clone, Debug, PartialEq)]
struct Decimal {
    is_negative: bool,
    digits: Vec<u8>,
    n_decimals: i32,
}

impl Decimal {
    fn of(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let printed = format!("{value:.*e}", DIGITS - 1);
        let (mantissa, exponent) = printed.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let is_negative = mantissa.starts_with('-');
        let mut digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        let mut n_decimals = i32::try_from(digits.len()).ok()? - 1 - exponent;
        while n_decimals > 0 && digits.len() > 1 && digits.last() == Some(&0) {
            digits.pop();
            n_decimals -= 1;
        }
        while n_decimals < 0 {
            digits.push(0);
            n_decimals += 1;
        }
        let is_zero = digits.iter().all(|d| *d == 0);
        Some(Self {
            is_negative: is_negative && !is_zero,
            digits,
            n_decimals,
        })
    }

    /// Rounded half away from zero, as spreadsheets do, to at most so many decimals.
    fn round(&mut self, n: i32) {
        while self.n_decimals > n {
            let Some(last) = self.digits.pop() else { break };
            self.n_decimals -= 1;
            // Only the digit next to the kept ones decides.
            if self.n_decimals == n && last >= 5 {
                self.carry();
            }
        }
        if self.digits.is_empty() {
            self.digits.push(0);
        }
        self.is_negative &= self.digits.iter().any(|d| *d != 0);
    }

    fn carry(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    /// Digits before and after the point.
    fn parts(&self) -> (String, String) {
        let text: String = self.digits.iter().map(|d| char::from(b'0' + d)).collect();
        let n_decimals = usize::try_from(self.n_decimals).unwrap_or(0);
        let padded = format!("{text:0>width$}", width = n_decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - n_decimals);
        let whole = whole.trim_start_matches('0');
        (
            if whole.is_empty() { "0" } else { whole }.to_owned(),
            fraction.to_owned(),
        )
    }
}

/// The value in plain digits, without the noise of binary fractions.
pub(super) fn plain(value: f64) -> String {
    let Some(decimal) = Decimal::of(value) else {
        return value.to_string();
    };
    let (whole, fraction) = decimal.parts();
    let sign = if decimal.is_negative { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// The value as its number format shows it.
pub(super) fn shown(value: f64, format: &str, is_1904: bool) -> String {
    let sections: Vec<&str> = sections(format);
    let first = sections.first().copied().unwrap_or("General");
    if is_general(first) {
        return plain(value);
    }
    if is_date(first) {
        return date(value, first, is_1904).unwrap_or_else(|| plain(value));
    }
    let (section, value) = match (value, sections.as_slice()) {
        (v, [_, negative, ..]) if v < 0.0 => (*negative, -v),
        (v, [_, _, zero, ..]) if v == 0.0 => (*zero, v),
        (v, _) => (first, v),
    };
    number(value, section)
}

/// Sections of a format, split at semicolons outside quotes.
fn sections(format: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (i, c) in format.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&format[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&format[start..]);
    parts
}

fn is_general(section: &str) -> bool {
    let bare = section.trim();
    bare.is_empty() || bare.eq_ignore_ascii_case("general") || bare == "@" || bare == "G/通用格式"
}

/// Characters of a section outside quotes, brackets, escapes and padding.
fn bare(section: &str) -> String {
    let mut out = String::new();
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().take_while(|c| *c != '"').for_each(drop);
            }
            '[' => {
                chars.by_ref().take_while(|c| *c != ']').for_each(drop);
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            c => out.push(c),
        }
    }
    out
}

fn is_date(section: &str) -> bool {
    let bare = bare(section).to_ascii_lowercase();
    !bare.contains(['0', '#', '?']) && bare.contains(['y', 'd', 'm', 'h', 's', '年', '月', '日'])
}

/// A numeric section: literals around one run of digit places.
fn number(value: f64, section: &str) -> String {
    let bare = bare(section);
    let places = |c: char| matches!(c, '0' | '#' | '?');
    if !bare.contains(places) {
        // A section without places prints only its literals ("-" for zero).
        return literals(section).trim().to_owned();
    }
    if bare.contains(['E', 'e', '/']) {
        return plain(value);
    }
    let is_percent = bare.contains('%');
    let body: String = bare
        .chars()
        .filter(|c| places(*c) || ".,".contains(*c))
        .collect();
    let (whole_places, decimal_places) = body.split_once('.').unwrap_or((&body, ""));
    let n_decimals = decimal_places.chars().filter(|c| places(*c)).count();
    let n_optional = decimal_places
        .chars()
        .rev()
        .take_while(|c| *c == '#')
        .count();
    let grouped = whole_places.trim_end_matches(',').contains(',');
    let scale =
        i32::try_from(whole_places.len() - whole_places.trim_end_matches(',').len()).unwrap_or(0);
    let scaled = value * if is_percent { 100.0 } else { 1.0 } / 1000_f64.powi(scale);
    let Some(mut decimal) = Decimal::of(scaled) else {
        return value.to_string();
    };
    decimal.round(i32::try_from(n_decimals).unwrap_or(0));
    let (whole, mut fraction) = decimal.parts();
    while fraction.len() < n_decimals {
        fraction.push('0');
    }
    for _ in 0..n_optional {
        if fraction.ends_with('0') {
            fraction.pop();
        }
    }
    let n_least = whole_places.chars().filter(|c| *c == '0').count();
    // Without a place that must be filled, zero prints nothing ("-"?? for zero, #.## for a half).
    let whole = if n_least == 0 && whole == "0" {
        String::new()
    } else {
        format!("{whole:0>n_least$}")
    };
    let whole = if grouped { group(&whole) } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if decimal.is_negative { "-" } else { "" };
    let (before, after) = around(section);
    format!("{before}{sign}{whole}{point}{fraction}{after}")
        .trim()
        .to_owned()
}

fn group(whole: &str) -> String {
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Literals of a section, in order.
fn literals(section: &str) -> String {
    let mut out = String::new();
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.extend(chars.by_ref().take_while(|c| *c != '"')),
            '[' => {
                chars.by_ref().take_while(|c| *c != ']').for_each(drop);
            }
            '\\' => out.extend(chars.next()),
            '_' | '*' => {
                chars.next();
            }
            '0' | '#' | '?' | '.' | ',' => {}
            c => out.push(c),
        }
    }
    out
}

/// Literals before and after the digit places.
fn around(section: &str) -> (String, String) {
    let mut quoted = false;
    let mut escaped = false;
    let mut first = None;
    let mut last = 0;
    for (i, c) in section.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '0' | '#' | '?' if !quoted => {
                first.get_or_insert(i);
                last = i + 1;
            }
            _ => {}
        }
    }
    match first {
        Some(first) => (literals(&section[..first]), literals(&section[last..])),
        None => (String::new(), String::new()),
    }
}

/// A serial day number as its date format shows it.
fn date(serial: f64, section: &str, is_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let offset = if is_1904 { 1462 } else { 0 };
    // Both conversions are of small non-negative numbers.
    let days = serial.floor() as i64 + offset;
    let seconds = ((serial - serial.floor()) * 86_400.0).round() as i64;
    // Spreadsheets take 1900 for a leap year: day 60 does not exist, later ones are one too high.
    let since_epoch = days - 25_569 + i64::from(days < 60);
    let (year, month, day) = civil(since_epoch);
    let mut out = String::new();
    let mut chars = section.chars().peekable();
    let mut after_hour = false;
    while let Some(c) = chars.next() {
        let lower = c.to_ascii_lowercase();
        match lower {
            '"' => out.extend(chars.by_ref().take_while(|c| *c != '"')),
            '[' => {
                chars.by_ref().take_while(|c| *c != ']').for_each(drop);
            }
            '\\' => out.extend(chars.next()),
            '_' | '*' => {
                chars.next();
            }
            'y' | 'm' | 'd' | 'h' | 's' => {
                let mut n = 1;
                while chars.next_if(|c| c.to_ascii_lowercase() == lower).is_some() {
                    n += 1;
                }
                let value = match lower {
                    'y' if n > 2 => year,
                    'y' => year % 100,
                    'm' if after_hour => seconds / 60 % 60,
                    'm' => month,
                    'd' => day,
                    'h' => seconds / 3600,
                    _ => seconds % 60,
                };
                after_hour = lower == 'h';
                let width = n.min(if lower == 'y' { 4 } else { 2 });
                out.push_str(&format!("{value:0>width$}"));
            }
            '@' | ';' => {}
            _ => out.push(c),
        }
    }
    Some(out.trim().to_owned())
}

/// Year, month and day of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_their_format_says() {
        for (value, format, expected) in [
            (2_021.689_999_999_999_8, "General", "2021.69"),
            (0.1 + 0.2, "General", "0.3"),
            (1_234_567.0, "General", "1234567"),
            (-0.5, "General", "-0.5"),
            (1e15, "General", "1000000000000000"),
            (2.675, "0.00", "2.68"),
            (1234.5, "#,##0.00", "1,234.50"),
            (-1234.5, "#,##0.00_ ;-#,##0.00", "-1,234.50"),
            (-1234.5, "#,##0.00;[Red]\\(#,##0.00\\)", "(1,234.50)"),
            (
                0.0,
                "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
                "-",
            ),
            (0.0, "#,##0.00;-#,##0.00;", ""),
            (
                12.0,
                "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
                "12.00",
            ),
            (0.691, "0.00%", "69.10%"),
            (999.995, "0.00", "1000.00"),
            (20105.0, "0", "20105"),
            (1.5, "0.##", "1.5"),
            (7.0, "000", "007"),
            (12_345_678.0, "#,##0,", "12,346"),
            (3.2, "0.00\"万元\"", "3.20万元"),
            (45_296.0, "yyyy\"年\"m\"月\"d\"日\";@", "2024年1月5日"),
            (45_296.5, "yyyy-mm-dd hh:mm", "2024-01-05 12:00"),
            (1.0, "yyyy-mm-dd", "1900-01-01"),
        ] {
            assert_eq!(shown(value, format, false), expected, "{value} {format}");
        }
    }
}
