//! From characters to tokens: numbers, known words, chains of headings, punctuation, and the rest as text.

use super::{
    lexicon::{Lexicon, Meaning, Role, Word},
    number::{self, Number},
    source::Passage,
};

/// What a token is.
#[derive(Clone, Debug)]
pub(super) enum Kind<'l> {
    /// A digit run.
    Number(Number),
    /// A known word.
    Word(&'l Word),
    /// A chain A(类)B(款)C(项), A(201类)B(03款), or "A-B-C": its names.
    Chain(Vec<ChainName>),
    /// One of , ; : 。 ( ) " 、 and the like.
    Mark(char),
    /// Characters that mean nothing to us.
    Text,
}

/// A name of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChainName {
    /// First character.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Digits of the code of its level: 3 for 类, 5 for 款, 7 for 项.
    pub(super) n_digits: usize,
}

/// A token and its characters.
#[derive(Clone, Debug)]
pub(super) struct Token<'l> {
    /// What it is.
    pub(super) kind: Kind<'l>,
    /// First character.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

impl Token<'_> {
    /// Whether it is a word of this role.
    pub(super) fn is(&self, role: Role) -> bool {
        matches!(self.kind, Kind::Word(word) if word.is(role))
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(c) if marks.contains(&c))
    }

    /// The number, when it is a figure to be bound.
    pub(super) fn figure(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) if number.kind.is_figure() => Some(number),
            _ => None,
        }
    }

    /// Whether the word names coordinates, a fact or a node.
    pub(super) fn names_subject(&self) -> bool {
        match &self.kind {
            Kind::Chain(_) => true,
            Kind::Word(word) => word.meanings.iter().any(|m| {
                matches!(
                    m,
                    Meaning::Subject(_) | Meaning::Fact(_) | Meaning::Name(..)
                )
            }),
            _ => false,
        }
    }
}

/// The tokens of a passage.
pub(super) fn tokens<'l>(
    passage: &Passage<'_>,
    lexicon: &'l Lexicon,
    section: Option<usize>,
) -> Vec<Token<'l>> {
    let mut out: Vec<Token<'l>> = Vec::new();
    let chains = chains(passage);
    let mut i = 0;
    while let Some(c) = passage.chars.get(i).copied() {
        if let Some(chain) = chains.iter().find(|chain| chain.start == i) {
            out.push(chain.clone());
            i = chain.end;
            continue;
        }
        let chain_ahead = chains
            .iter()
            .map(|chain| chain.start)
            .find(|start| *start > i);
        let after_digit = i > 0
            && !passage.is_spaced(i)
            && passage.chars.get(i - 1).is_some_and(char::is_ascii_digit);
        let word = if c.is_ascii_digit() && after_digit {
            None
        } else {
            lexicon.longest(passage, i, section)
        };
        let fits = |end: usize| chain_ahead.is_none_or(|start| end <= start);
        if let Some(word) = word.filter(|w| fits(i + w.chars.len())) {
            let end = i + word.chars.len();
            out.push(Token {
                kind: Kind::Word(word),
                start: i,
                end,
            });
            i = end;
            continue;
        }
        if (c.is_ascii_digit() || c == '-')
            && let Some(number) = number::read(passage, i, &lexicon.units)
        {
            let end = number.end.max(i + 1);
            out.push(Token {
                kind: Kind::Number(number),
                start: i,
                end,
            });
            i = end;
            continue;
        }
        if matches!(
            c,
            ',' | ';' | ':' | '。' | '(' | ')' | '"' | '、' | '!' | '?' | '[' | ']' | '《' | '》'
        ) {
            let c = if matches!(c, '!' | '?') { '。' } else { c };
            out.push(Token {
                kind: Kind::Mark(c),
                start: i,
                end: i + 1,
            });
        } else if let Some(Token {
            kind: Kind::Text,
            end,
            ..
        }) = out.last_mut().filter(|t| t.end == i)
        {
            *end = i + 1;
        } else {
            out.push(Token {
                kind: Kind::Text,
                start: i,
                end: i + 1,
            });
        }
        i += 1;
    }
    out
}

/// The level marker at a position, "(类)" or "(201类)": digits of the level's code, and its length.
fn level(passage: &Passage<'_>, i: usize) -> Option<(usize, usize)> {
    let rest = passage.chars.get(i..)?;
    let (open, rest) = rest.split_first()?;
    let n = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let n_digits = match rest.get(n)? {
        '类' => 3,
        '款' => 5,
        '项' => 7,
        _ => return None,
    };
    (*open == '(' && n <= 7 && rest.get(n + 1) == Some(&')')).then_some((n_digits, n + 3))
}

fn is_boundary(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '。' | '、' | '"' | '《' | '》' | '[' | ']'
    )
}

/// Finds A(类)B(款)C(项), with half-width brackets after folding, and "A-B-C" in quotation marks.
fn chains<'l>(passage: &Passage<'_>) -> Vec<Token<'l>> {
    let mut out: Vec<Token<'l>> = Vec::new();
    let mut i = 0;
    while i < passage.chars.len() {
        if let Some(chain) = dashed(passage, i) {
            i = chain.end;
            out.push(chain);
            continue;
        }
        let Some((first, len)) = level(passage, i) else {
            i += 1;
            continue;
        };
        let floor = out.last().map_or(0, |t: &Token<'l>| t.end);
        let start = name_start(passage, floor, i);
        let name = |start, end, n_digits| ChainName {
            start,
            end,
            n_digits,
        };
        let mut names = vec![name(start, i, first)];
        let (mut end, mut last) = (i + len, first);
        let mut j = end;
        while let Some(c) = passage.chars.get(j).copied() {
            if is_boundary(c) || j - end > 40 {
                break;
            }
            if let Some((next, len)) = level(passage, j) {
                if next <= last || j == end {
                    break;
                }
                names.push(name(end, j, next));
                last = next;
                end = j + len;
                j = end;
                continue;
            }
            j += 1;
        }
        if start < i {
            out.push(Token {
                kind: Kind::Chain(names),
                start,
                end,
            });
        }
        i = end;
    }
    out
}

/// "A-B-C" between quotation marks: two or three names without digits, 类 first.
fn dashed<'l>(passage: &Passage<'_>, i: usize) -> Option<Token<'l>> {
    if passage.chars.get(i) != Some(&'"') {
        return None;
    }
    let inside = passage.chars.get(i + 1..)?;
    let n = inside.iter().take(120).position(|c| is_boundary(*c))?;
    let text = inside.get(..n).filter(|_| inside.get(n) == Some(&'"'))?;
    let mut names = Vec::new();
    let mut start = i + 1;
    for (part, n_digits) in text.split(|c| *c == '-').zip([3, 5, 7, 9]) {
        let is_name = part.len() >= 2 && !part.iter().any(char::is_ascii_alphanumeric);
        if !is_name || n_digits > 7 {
            return None;
        }
        let end = start + part.len();
        names.push(ChainName {
            start,
            end,
            n_digits,
        });
        start = end + 1;
    }
    (names.len() >= 2).then(|| Token {
        kind: Kind::Chain(names),
        start: i + 1,
        end: i + 1 + n,
    })
}

/// Where the first name of a chain begins: after punctuation, numbering or a year.
fn name_start(passage: &Passage<'_>, floor: usize, marker: usize) -> usize {
    let mut start = marker;
    while start > floor {
        let Some(c) = passage.chars.get(start - 1).copied() else {
            break;
        };
        let stops = matches!(
            c,
            ',' | ';' | ':' | '。' | '、' | '"' | '.' | '%' | '《' | '》' | '[' | ']'
        ) || c.is_ascii_digit()
            || (c == ')'
                && passage
                    .chars
                    .get(start.wrapping_sub(2))
                    .is_some_and(|p| p.is_ascii_digit()))
            || passage.starts_part(start);
        if stops {
            break;
        }
        start -= 1;
    }
    // "12年一般公共服务支出": the unit of the year belongs to the year.
    let units: &[&str] = &["年度", "年", "万元", "元"];
    for unit in units {
        let after_digit = start > 0
            && passage
                .chars
                .get(start - 1)
                .is_some_and(char::is_ascii_digit);
        if after_digit && passage.starts_with(start, unit) {
            return start + unit.chars().count();
        }
    }
    start
}
