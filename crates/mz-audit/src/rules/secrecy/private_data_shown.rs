use std::sync::LazyLock;

use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static PRIVATE_DATA_SHOWN = {
        code: "MZ8013",
        name: "private-data-shown",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["secrets"],
        checks: &["SE-07"],
        page: "private_data_shown.md",
        check: check,
    };
}

static IDENTITY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<at>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx])(?:[^0-9A-Za-z]|$)",
    )
});
static MARK: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"(?:绝密|机密|秘密)\s*★(?:\s*\d+\s*(?:年|个月)|\s*长期)?"));
static MOBILE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"(?P<at>1[3-9]\d{9})(?:[^0-9.,]|$)"));

/// The check digit of an identity number (GB 11643).
fn is_identity(number: &str) -> bool {
    const FACTORS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number
        .chars()
        .zip(FACTORS)
        .filter_map(|(c, factor)| Some(c.to_digit(10)? * factor))
        .sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    number.chars().last().map(|c| c.to_ascii_uppercase()) == check
}

/// Digits in a row that every number of a person begins with.
const LEAST_DIGITS: usize = 11;

/// Whether so many digits stand in a row. Figures have fewer, and a document is full of them.
fn has_digits(text: &str, least: usize) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let runs = text.split(|c| !is_digit(c));
    runs.map(|run| run.chars().count()).any(|n| n >= least)
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(audit.disclosure.texts.len());
    for line in &audit.lines {
        let text = line.text;
        // Not the end of a longer number or code.
        let found = |pattern: &Pattern| -> Vec<std::ops::Range<usize>> {
            if !line.may_hold(pattern) || !has_digits(&text.text, LEAST_DIGITS) {
                return Vec::new();
            }
            let mut hits = wording::hits_in(pattern, &text.text);
            hits.retain(|hit| {
                let before = text.text.get(..hit.start).unwrap_or_default();
                !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ','))
            });
            hits
        };
        for range in found(&IDENTITY) {
            if text.text.get(range.clone()).is_some_and(is_identity) {
                let place = wording::part(text, range);
                sink.broken(
                    &place,
                    "文中出现身份证号码".to_owned(),
                    "an identity number is published".to_owned(),
                );
            }
        }
        let marks = line
            .may_hold(&MARK)
            .then(|| wording::hits_in(&MARK, &text.text));
        for range in marks.into_iter().flatten() {
            let place = wording::part(text, range);
            let message = format!("文中带有密级标志“{}”", place.quote);
            sink.broken(
                &place,
                message,
                "a mark of secrecy is left in the text".to_owned(),
            );
        }
        // A number to call is meant to be published.
        let to_call = || {
            ["电话", "热线", "联系", "咨询", "监督"]
                .iter()
                .any(|word| text.text.contains(word))
        };
        let mobiles = Some(found(&MOBILE)).filter(|hits| !hits.is_empty() && !to_call());
        for range in mobiles.into_iter().flatten() {
            let place = wording::part(text, range);
            sink.broken(
                &place,
                "文中出现手机号码".to_owned(),
                "a mobile telephone number is published".to_owned(),
            )
            .severity(Severity::Query);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_identity;

    #[test]
    fn the_check_digit_decides() {
        assert!(is_identity("11010519491231002X"));
        assert!(!is_identity("110105194912310021"));
    }
}
