//! `mingzhang explain`

use mz_audit::{Rule, rules::RULES};

use crate::{Outcome, arguments::ExplainArguments, terminal};

/// Suggestions for a code that is none.
const SUGGESTIONS: usize = 5;

/// Prints the page of a rule.
pub fn run(arguments: &ExplainArguments) -> Outcome {
    let asked = arguments.code.trim().to_lowercase().replace('_', "-");
    let found = RULES.iter().find(|rule| {
        let code = rule.code.to_lowercase();
        code == asked || code.strip_prefix("mz") == Some(&asked) || rule.name == asked
    });
    let Some(rule) = found else {
        complain(&arguments.code, &asked);
        return Outcome::Unusable;
    };
    terminal::print(rule.page.as_bytes()).map_or(Outcome::Unusable, |()| Outcome::Clean)
}

fn complain(code: &str, asked: &str) {
    let mut near: Vec<(usize, &&Rule)> = RULES
        .iter()
        .map(|rule| {
            (
                distance(asked, &rule.code.to_lowercase()).min(distance(asked, rule.name)),
                rule,
            )
        })
        .collect();
    near.sort_by_key(|(distance, rule)| (*distance, rule.code));
    let mut text = format!("没有编号或名称为“{code}”的规则\nno such rule: {code}\n");
    if !near.is_empty() {
        text.push_str("相近的 nearest:\n");
    }
    for (_, rule) in near.into_iter().take(SUGGESTIONS) {
        text.push_str(&format!(
            "  {} {}  {}\n",
            rule.code,
            rule.name,
            rule.title()
        ));
    }
    text.push_str("全部规则 all rules: mingzhang rules");
    terminal::complain(&text);
}

/// Edits between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let change = diagonal + usize::from(x != *y);
            diagonal = *cell;
            left = change.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(distance("mz1001", "mz1001"), 0);
        assert_eq!(distance("mz101", "mz1001"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
