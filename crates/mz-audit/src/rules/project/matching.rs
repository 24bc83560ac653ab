//! Which names of two parts mean the same project, when they are not written alike.

use std::collections::BTreeSet;

use super::mentions::{Mention, Part};
use crate::wording::{self, Name};

/// Two names of one project: indices of part and mention.
pub(super) type Pair = ((usize, usize), (usize, usize));

/// Alike enough when the amounts agree as well.
const WITH_AMOUNT: u32 = 350;
/// Alike enough between parts that list the same projects.
const SAME_LIST: u32 = 550;
/// Alike enough by itself.
const ALONE: u32 = 760;

/// Pairs of different names for one project, each name matched at most once between two parts.
pub(super) fn pairs(parts: &[Part]) -> Vec<Pair> {
    let parts: Vec<Named<'_>> = parts.iter().map(Named::new).collect();
    let mut found = Vec::new();
    for (i, a) in parts.iter().enumerate() {
        for (j, b) in parts.iter().enumerate().skip(i + 1) {
            for (m, n) in a.pairs_with(b) {
                found.push(((i, m), (j, n)));
            }
        }
    }
    found
}

/// Pairs of different names for one project between two parts, by mention.
pub(super) fn between(a: &Part, b: &Part) -> Vec<(usize, usize)> {
    Named::new(a).pairs_with(&Named::new(b))
}

/// A part with its names in comparison form.
struct Named<'p>(Vec<(&'p Mention, Name)>);

impl<'p> Named<'p> {
    fn new(part: &'p Part) -> Self {
        let named = |mention: &'p Mention| (mention, Name::new(&mention.name));
        Self(part.mentions.iter().map(named).collect())
    }

    /// The names that are in no way in the other part.
    fn without(&self, other: &Self) -> Vec<usize> {
        let names: BTreeSet<&str> = other.0.iter().map(|(_, name)| name.folded()).collect();
        let numbered = self.0.iter().enumerate();
        numbered
            .filter(|(_, (_, name))| !names.contains(name.folded()))
            .map(|(i, _)| i)
            .collect()
    }

    fn pairs_with(&self, other: &Self) -> Vec<(usize, usize)> {
        let (left, right) = (self.without(other), other.without(self));
        let same_list = list_the_same(self, other);
        let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
        for &i in &left {
            for &j in &right {
                if let (Some(x), Some(y)) = (self.0.get(i), other.0.get(j))
                    && let Some(score) = score(x, y, same_list)
                {
                    candidates.push((score, i, j));
                }
            }
        }
        one_to_one(candidates)
    }
}

/// The likeliest pairs, each name in one of them.
fn one_to_one(mut candidates: Vec<(u32, usize, usize)>) -> Vec<(usize, usize)> {
    candidates.sort_by(|x, y| y.cmp(x));
    let (mut taken_left, mut taken_right) = (BTreeSet::new(), BTreeSet::new());
    candidates
        .into_iter()
        .filter(|(_, i, j)| {
            let free = !taken_left.contains(i) && !taken_right.contains(j);
            if free {
                taken_left.insert(*i);
                taken_right.insert(*j);
            }
            free
        })
        .map(|(_, i, j)| (i, j))
        .collect()
}

/// At least half of the shorter part's projects are in the other, by name or by amount.
fn list_the_same(a: &Named<'_>, b: &Named<'_>) -> bool {
    let (short, long) = if a.0.len() <= b.0.len() {
        (a, b)
    } else {
        (b, a)
    };
    let shared = short
        .0
        .iter()
        .filter(|(x, name)| {
            long.0.iter().any(|(y, other)| {
                name.folded() == other.folded() || (x.fen.is_some() && x.fen == y.fen)
            })
        })
        .count();
    2 * shared >= short.0.len() && shared > 0
}

fn score(
    (a, a_name): &(&Mention, Name),
    (b, b_name): &(&Mention, Name),
    same_list: bool,
) -> Option<u32> {
    let same_amount = a.fen.is_some() && a.fen == b.fen && a.fen.is_some_and(|fen| fen.0 != 0);
    let needed = match (same_amount, same_list) {
        (true, _) => WITH_AMOUNT,
        (false, true) => SAME_LIST,
        (false, false) => ALONE,
    };
    let likeness = a_name.likeness_at_least(b_name, needed)?;
    let (a, b) = (a_name.folded(), b_name.folded());
    // Another year or phase, or another code name, is another project unless the money says otherwise.
    if (!same_amount && differ_in_numbers(a, b)) || are_codes(a, b) {
        return None;
    }
    Some(likeness + if same_amount { 1000 } else { 0 })
}

fn differ_in_numbers(a: &str, b: &str) -> bool {
    let numbers = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
            .collect()
    };
    numbers(a) != numbers(b)
}

/// Code names (特定目标 0310034F) differ in their code only, and then mean different projects.
fn are_codes(a: &str, b: &str) -> bool {
    let (x, y) = wording::difference(a, b);
    let coded = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric());
    coded(&x) && coded(&y)
}

#[cfg(test)]
mod tests {
    use mz_budget::{money::Fen, place::Place};

    use super::*;

    fn part(mentions: &[(&str, i64)]) -> Part {
        Part {
            title: String::new(),
            mentions: mentions
                .iter()
                .map(|(name, fen)| Mention {
                    name: (*name).to_owned(),
                    fen: Some(Fen(*fen)),
                    place: Place::default(),
                })
                .collect(),
        }
    }

    #[test]
    fn names_are_matched_one_to_one() {
        let a = part(&[
            ("机房运行维护经费", 100),
            ("值班室专项", 13),
            ("特定目标 0310034F", 17),
            ("档案整理费", 5),
        ]);
        let b = part(&[
            ("机房维护经费", 100),
            ("办公室值班室业务专项经费", 14),
            ("档案整理费", 5),
        ]);
        assert_eq!(between(&a, &b), [(0, 0), (1, 1)]);
    }

    #[test]
    fn phases_and_codes_are_other_projects() {
        let a = part(&[
            ("智慧平台一期建设项目", 100),
            ("特定目标 0310034F", 17),
            ("2022年培训项目", 30),
        ]);
        let b = part(&[
            ("智慧平台二期建设项目", 200),
            ("特定目标 0310035F", 17),
            ("2023年培训项目", 40),
        ]);
        assert!(between(&a, &b).is_empty());
    }
}
