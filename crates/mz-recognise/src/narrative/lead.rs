//! The words before a figure, taken apart: subject, comparison, direction, share, completion.

use mz_budget::disclosure::{Base, Direction};

use super::{
    lexicon::{Lexicon, Role},
    number,
    source::Passage,
    token::{Kind, Token},
};

/// What a comparison is made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// Base; `None` when only a time or nothing is named.
    pub(super) base: Option<Base>,
    /// Year named.
    pub(super) year: Option<u16>,
    /// The base is 预算 or 预算数, and no word says which.
    pub(super) is_bare: bool,
}

/// A lead taken apart; ranges are token indices.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    /// Subject words, before the grammar begins.
    pub(super) subject: (usize, usize),
    /// Words between the direction and the figure (增加人员经费 20 万元).
    pub(super) after: (usize, usize),
    /// Words of the whole of a share (占一般公共预算的).
    pub(super) of: Option<(usize, usize)>,
    /// Comparison.
    pub(super) comparison: Option<Comparison>,
    /// Direction word.
    pub(super) direction: Option<Direction>,
    /// The direction word is followed by 到, 至, 为.
    pub(super) is_reaching: bool,
    /// A share word.
    pub(super) is_share: bool,
    /// 完成, or a base right before a percentage.
    pub(super) completion: Option<Comparison>,
    /// 价值, 金额: the money of the subject before.
    pub(super) is_value: bool,
}

/// Takes the tokens before a figure apart. `current_year` tells 2029 年 from 2030 年.
pub(super) fn analyse(
    lexicon: &Lexicon,
    passage: &Passage<'_>,
    tokens: &[Token<'_>],
    current_year: Option<u16>,
) -> Lead {
    let mut lead = Lead {
        subject: (0, tokens.len()),
        after: (tokens.len(), tokens.len()),
        ..Lead::default()
    };
    let mut in_subject = true;
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let mut next = i + 1;
        let mut ends_subject = true;
        if let Some(end) = comparison_end(tokens, i) {
            lead.comparison = Some(comparison(
                lexicon,
                passage,
                tokens.get(i..end).unwrap_or(&[]),
                current_year,
            ));
            next = end;
        } else if token.is(Role::SamePeriod) {
            lead.comparison.get_or_insert(Comparison::default());
        } else if lead.direction.is_some() && is_alternative(tokens, i) {
            // 下降（增长）: the template's other word was left; the first is what was chosen.
            ends_subject = false;
        } else if let Some(direction) = direction_of(token) {
            // 同比增加 is both a comparison and a direction; the last direction before the figure holds.
            lead.direction = Some(direction);
            lead.after = (next, tokens.len());
            // 决算数小于年初预算数: the base stands behind its direction word.
            if let Some(base) = tokens
                .get(next..next + 1)
                .filter(|t| t.iter().all(|t| t.is(Role::Base)))
                && lead.comparison.is_none()
                && tokens.get(next + 1).is_none_or(|t| !t.names_subject())
            {
                lead.comparison = Some(comparison(lexicon, passage, base, current_year))
                    .filter(|c| c.base.is_some());
            }
        } else if token.is(Role::Share) {
            lead.is_share = true;
            lead.of = Some((next, tokens.len()));
        } else if token.is(Role::Completion) {
            lead.completion = Some(comparison(
                lexicon,
                passage,
                tokens.get(next..).unwrap_or(&[]),
                current_year,
            ));
        } else if token.is(Role::Reaching) && lead.direction.is_some() {
            lead.is_reaching = true;
        } else {
            ends_subject = false;
            lead.is_value |= token.is(Role::Value);
        }
        if ends_subject && in_subject {
            lead.subject.1 = i;
            in_subject = false;
        }
        i = next;
    }
    lead
}

/// The base right before a percentage: 为年初预算的 98%.
pub(super) fn base_before_percent(
    lexicon: &Lexicon,
    passage: &Passage<'_>,
    tokens: &[Token<'_>],
    current_year: Option<u16>,
) -> Option<Comparison> {
    let at = tokens.iter().rposition(|t| t.is(Role::Base))?;
    let found = comparison(lexicon, passage, tokens.get(at..)?, current_year);
    found.base.map(|_| found)
}

/// A direction in brackets right behind another.
fn is_alternative(tokens: &[Token<'_>], i: usize) -> bool {
    let opens = |i: usize| tokens.get(i).is_some_and(|t| t.is_mark(&['(']));
    let directs = |i: usize| tokens.get(i).is_some_and(|t| direction_of(t).is_some());
    directs(i) && i >= 2 && opens(i - 1) && directs(i - 2)
}

/// Direction of a token.
pub(super) fn direction_of(token: &Token<'_>) -> Option<Direction> {
    if token.is(Role::Up) {
        Some(Direction::Up)
    } else if token.is(Role::Down) {
        Some(Direction::Down)
    } else {
        token.is(Role::Level).then_some(Direction::Level)
    }
}

/// A comparison begins here when a time or a base follows the word at once: 比上年…, 与年初预算…; not 占比, 与…合作.
/// Returns the index of the token that ends it (its direction, or the end).
fn comparison_end(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let token = tokens.get(i)?;
    let is_time = |t: &Token<'_>| {
        t.is(Role::Prior)
            || t.is(Role::Base)
            || matches!(&t.kind, Kind::Number(n) if matches!(n.kind, number::Kind::Year(_)))
            || matches!(&t.kind, Kind::Word(w) if w.chars.starts_with(&['上', '年']))
    };
    if !token.is(Role::Compare) || !tokens.get(i + 1).is_some_and(is_time) {
        return None;
    }
    let rest = tokens.get(i + 1..)?;
    let n = rest
        .iter()
        .position(|t| direction_of(t).is_some() || t.is(Role::SamePeriod) || t.is(Role::Share))
        .unwrap_or(rest.len());
    Some(i + 1 + n)
}

/// Base and year of the words of a comparison.
fn comparison(
    lexicon: &Lexicon,
    passage: &Passage<'_>,
    tokens: &[Token<'_>],
    current_year: Option<u16>,
) -> Comparison {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Comparison::default();
    };
    let text = passage.text(first.start, last.end);
    let year = tokens.iter().find_map(|t| match &t.kind {
        Kind::Number(n) => match n.kind {
            number::Kind::Year(year) => Some(year),
            _ => None,
        },
        _ => None,
    });
    let is_prior = text.contains("上年")
        || text.contains("去年")
        || tokens.iter().any(|t| t.is(Role::Prior))
        || year.is_some_and(|y| Some(y) != current_year);
    let noun = lexicon
        .bases
        .iter()
        .find(|(word, _)| text.contains(word.as_str()))
        .map(|(_, base)| *base);
    let base = match noun {
        // 预算 alone is the year's own first budget, with 上年 it is last year's; so is 上年年初预算.
        Some(Base::PriorBudget | Base::InitialBudget) if is_prior => Some(Base::PriorBudget),
        Some(Base::PriorBudget) => Some(Base::InitialBudget),
        Some(Base::AdjustedBudget) if is_prior => Some(Base::PriorExecution),
        Some(base) => Some(base),
        None => None,
    };
    let is_bare = base == Some(Base::InitialBudget) && !text.contains("年初");
    Comparison {
        base,
        year,
        is_bare,
    }
}
