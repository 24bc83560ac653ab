//! Classification codes in label cells: three columns, one column, or inside the label.

use mz_budget::normalise;

/// A code found in the label cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// 3, 5 or 7 digits.
    pub(crate) code: String,
    /// A zero was missing ("301 | 2" for 30102), as spreadsheets drop it.
    pub(crate) zero_lost: bool,
    /// Cells used by the code: index of the first cell behind them.
    pub(crate) behind: usize,
    /// What follows the code inside its own cell.
    pub(crate) rest: String,
}

/// The code of the row above, to complete codes whose upper parts are printed only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Above {
    pub(crate) code: String,
}

/// The code of the government's economic classification in the cells beside the departments' one.
pub(crate) fn governmental(cells: &[&str], above: &mut Above) -> Option<String> {
    let found = read(cells, above).filter(|found| found.code.starts_with('5'))?;
    above.code.clone_from(&found.code);
    Some(found.code)
}

/// Digits of a cell that holds nothing else; a spreadsheet's `201.0` is 201.
fn digits_only(text: &str) -> Option<String> {
    let folded = normalise::name(text);
    let folded = folded.strip_suffix(".0").unwrap_or(&folded);
    let plain = folded.trim_matches(['[', ']']);
    (!plain.is_empty() && plain.len() <= 7 && plain.bytes().all(|b| b.is_ascii_digit()))
        .then(|| plain.to_owned())
}

/// Reads the code from the label cells, left to right.
pub(crate) fn read(cells: &[&str], above: &Above) -> Option<Found> {
    let mut found = Found::default();
    for (i, cell) in cells.iter().enumerate() {
        if cell.trim().is_empty() {
            continue;
        }
        let Some(digits) = digits_only(cell) else {
            if found.code.is_empty() {
                return in_label(cell, i);
            }
            break;
        };
        if !extend(&mut found, &digits, i, above) {
            break;
        }
        found.behind = i + 1;
    }
    matches!(found.code.len(), 3 | 5 | 7).then_some(found)
}

/// Adds the digits of one more cell; `false` when they cannot be part of the code.
fn extend(found: &mut Found, digits: &str, column: usize, above: &Above) -> bool {
    if found.code.is_empty() {
        return start(found, digits, column, above);
    }
    if digits.len() > 2 {
        // Cumulative columns: 201 | 20103 | 2010301.
        let cumulative = matches!(digits.len(), 5 | 7) && digits.starts_with(&found.code);
        if cumulative {
            digits.clone_into(&mut found.code);
        }
        return cumulative;
    }
    if found.code.len() >= 7 {
        return false;
    }
    found.zero_lost |= digits.len() == 1;
    found.code.push_str(&format!("{digits:0>2}"));
    true
}

fn start(found: &mut Found, digits: &str, column: usize, above: &Above) -> bool {
    match digits.len() {
        3 | 5 | 7 => digits.clone_into(&mut found.code),
        // 301 and 2 in one cell: the zero before the last digit is missing.
        4 | 6 => {
            let (head, last) = digits.split_at(digits.len() - 1);
            found.code = format!("{head}0{last}");
            found.zero_lost = true;
        }
        // Upper parts are printed once and blank below: the column says the level.
        1 | 2 if column > 0 => {
            let Some(head) = above.code.get(..3 + 2 * (column - 1)) else {
                return false;
            };
            found.zero_lost = digits.len() == 1;
            found.code = format!("{head}{digits:0>2}");
        }
        _ => return false,
    }
    true
}

/// "201 一般公共服务支出", "[201]一般公共服务支出", "20103-政府办公厅".
fn in_label(text: &str, column: usize) -> Option<Found> {
    let trimmed = text.trim_start().trim_start_matches(['[', '［', '【']);
    let n_digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = trimmed.split_at_checked(n_digits)?;
    // A year is four digits, and "2024年…" is a name.
    if !matches!(code.len(), 3 | 5 | 7) || rest.trim_start().starts_with('年') {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ']' | '］' | '】' | '-' | '－' | '、' | '.')
    });
    if rest.is_empty() {
        return None;
    }
    Some(Found {
        code: code.to_owned(),
        zero_lost: false,
        behind: column,
        rest: rest.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(cells: &[&str], above: &str) -> Option<(String, bool)> {
        read(cells, &Above { code: above.into() }).map(|found| (found.code, found.zero_lost))
    }

    #[test]
    fn codes_are_read_in_every_form() {
        let some = |code: &str, lost| Some((code.to_owned(), lost));
        assert_eq!(
            code(&["201", "03", "01", "行政运行"], ""),
            some("2010301", false)
        );
        assert_eq!(
            code(&["２０１", " 0 3", "", "政府办公厅"], ""),
            some("20103", false)
        );
        assert_eq!(code(&["301", "2", "津贴补贴"], ""), some("30102", true));
        assert_eq!(
            code(&["201", "20103", "2010301", "行政运行"], ""),
            some("2010301", false)
        );
        assert_eq!(code(&["2010301", "行政运行"], ""), some("2010301", false));
        assert_eq!(code(&["201031", "行政运行"], ""), some("2010301", true));
        assert_eq!(
            code(&["", "03", "", "政府办公厅"], "2010101"),
            some("20103", false)
        );
        assert_eq!(
            code(&["", "", "50", "事业运行"], "2010301"),
            some("2010350", false)
        );
        assert_eq!(code(&["201 一般公共服务支出"], ""), some("201", false));
        assert_eq!(code(&["201.0", "3.0", "", "x"], ""), some("20103", true));
        assert_eq!(code(&["", "", "", "总计"], "201"), None);
        assert_eq!(code(&["2022 年项目"], ""), None);
        assert_eq!(code(&["", "", "50", "事业运行"], ""), None);
        assert_eq!(code(&["12345678"], ""), None);
    }
}
