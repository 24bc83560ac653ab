//! What words over columns and before rows mean, by the profile's list of words.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimensions},
    normalise,
    profile::{Side, WordRole, WordSpec, narrative::StageWord},
};

/// Most words one text is taken apart into.
const MAX_SEGMENTS: usize = 6;

/// What a text means.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// Coordinates it adds.
    pub(super) at: Coordinates,
    /// Whose figure, when not this year's budget.
    pub(super) stage: Option<StageWord>,
    /// What it is for; `None` where the coordinates say all.
    pub(super) role: Option<WordRole>,
}

impl Meaning {
    /// Names what rows are, and is over no money.
    pub(super) fn is_label(&self) -> bool {
        matches!(
            self.role,
            Some(WordRole::Code | WordRole::Name | WordRole::Unit | WordRole::Project)
        )
    }
}

/// The words of a profile, ready to be looked up.
pub(super) struct Words<'p> {
    by_word: BTreeMap<String, Vec<&'p WordSpec>>,
    longest: usize,
    dimensions: &'p Dimensions,
    year: Option<u16>,
}

impl<'p> Words<'p> {
    pub(super) fn new(
        words: &'p [WordSpec],
        dimensions: &'p Dimensions,
        year: Option<u16>,
    ) -> Self {
        let mut by_word: BTreeMap<String, Vec<&WordSpec>> = BTreeMap::new();
        for spec in words {
            for word in &spec.words {
                by_word.entry(normalise::name(word)).or_default().push(spec);
            }
        }
        let longest = by_word.keys().map(|word| word.chars().count()).max();
        Self {
            by_word,
            longest: longest.unwrap_or(0),
            dimensions,
            year,
        }
    }

    /// What a text means; `None` when a part of it is not known.
    pub(super) fn read(&self, text: &str, side: Option<Side>) -> Option<Meaning> {
        let folded = normalise::label(text);
        if folded.is_empty() {
            return None;
        }
        let (rest, stage) = self.year(&folded)?;
        let mut meaning = if rest.is_empty() {
            Meaning {
                role: Some(WordRole::Filler),
                ..Meaning::default()
            }
        } else {
            self.exact(rest, side).or_else(|| {
                let chars: Vec<char> = rest.chars().collect();
                self.segments(&chars, side, MAX_SEGMENTS)
            })?
        };
        meaning.stage = meaning.stage.or(stage);
        Some(meaning)
    }

    /// What texts above one another mean together.
    pub(super) fn path(&self, parts: &[&str], side: Option<Side>) -> Option<Meaning> {
        let mut whole = Meaning {
            role: Some(WordRole::Filler),
            ..Meaning::default()
        };
        for part in parts {
            whole = self.joined(&whole, &self.read(part, side)?)?;
        }
        Some(whole)
    }

    /// Both together: in each dimension the narrower; `None` where they exclude one another.
    pub(super) fn joined(&self, a: &Meaning, b: &Meaning) -> Option<Meaning> {
        let at = self.narrower(&a.at, &b.at)?;
        let stage = match (a.stage, b.stage) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.or(b),
        };
        let weight = |role: Option<WordRole>| match role {
            Some(WordRole::Filler) => 0,
            Some(WordRole::Total) => 1,
            None => 2,
            Some(_) => 3,
        };
        let role = if weight(b.role) >= weight(a.role) {
            b.role
        } else {
            a.role
        };
        Some(Meaning { at, stage, role })
    }

    /// Coordinates of both; `None` where they exclude one another.
    pub(super) fn narrower(&self, a: &Coordinates, b: &Coordinates) -> Option<Coordinates> {
        let mut at = a.clone();
        for (dimension, key) in b {
            let Some(own) = at.get(dimension) else {
                at.insert(*dimension, key.clone());
                continue;
            };
            if own == key {
                continue;
            }
            let tree = self.dimensions.tree(*dimension);
            let (own, other) = (tree.find(own)?, tree.find(key)?);
            if tree.contains(own, other) || tree.node(own).overlay.contains(&other) {
                at.insert(*dimension, key.clone());
            } else if !tree.contains(other, own) && !tree.node(other).overlay.contains(&own) {
                return None;
            }
        }
        Some(at)
    }

    /// 2026年预算数: the words behind the year, and whose figure it is by the year.
    fn year<'t>(&self, folded: &'t str) -> Option<(&'t str, Option<StageWord>)> {
        let Some((digits, rest)) = folded.split_once('年') else {
            return Some((folded, None));
        };
        let (true, Ok(year)) = (digits.len() == 4, digits.parse::<u16>()) else {
            return Some((folded, None));
        };
        let rest = rest.strip_prefix('度').unwrap_or(rest);
        let stage = match self.year {
            Some(own) if own == year => None,
            Some(own) if own == year + 1 && rest.contains("执行") => {
                Some(StageWord::PriorExecution)
            }
            Some(own) if own == year + 1 && rest.contains("决算") => Some(StageWord::PriorFinal),
            Some(own) if own == year + 1 => Some(StageWord::PriorBudget),
            _ => return None,
        };
        Some((rest, stage))
    }

    fn exact(&self, word: &str, side: Option<Side>) -> Option<Meaning> {
        let spec = self.by_word.get(word)?.iter().find(|spec| {
            spec.side
                .is_none_or(|own| side.is_none_or(|side| side == own))
        })?;
        Some(Meaning {
            at: spec.at.clone(),
            stage: spec.stage,
            role: spec.role,
        })
    }

    /// The words a text is made of, longest first; nothing may be left over.
    fn segments(&self, chars: &[char], side: Option<Side>, left: usize) -> Option<Meaning> {
        let skipped = chars
            .iter()
            .take_while(|c| "、和及的与()-/:".contains(**c))
            .count();
        let chars = chars.get(skipped..)?;
        if chars.is_empty() {
            return Some(Meaning {
                role: Some(WordRole::Filler),
                ..Meaning::default()
            });
        }
        if left == 0 {
            return None;
        }
        (1..=chars.len().min(self.longest)).rev().find_map(|n| {
            let word: String = chars.get(..n)?.iter().collect();
            let head = self.exact(&word, side)?;
            let tail = self.segments(chars.get(n..)?, side, left - 1)?;
            self.joined(&head, &tail)
        })
    }
}
