//! Text of a pattern to its tree.

use std::{fmt, iter::Peekable, str::Chars};

use super::{Branch, Lead, Node, Pattern, Set, find::SMALL};

/// Most characters a set that texts are asked for may have.
const MOST_REQUIRED: u32 = 48;

const DIGITS: [(char, char); 2] = [('0', '9'), ('０', '９')];
const SPACES: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];
const HAN: [(char, char); 12] = [
    ('\u{2e80}', '\u{2e99}'),
    ('\u{2e9b}', '\u{2ef3}'),
    ('\u{2f00}', '\u{2fd5}'),
    ('\u{3005}', '\u{3005}'),
    ('\u{3007}', '\u{3007}'),
    ('\u{3021}', '\u{3029}'),
    ('\u{3038}', '\u{303b}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{fa6d}'),
    ('\u{fa70}', '\u{fad9}'),
    ('\u{20000}', '\u{323af}'),
];

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternError(&'static str);

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for PatternError {}

pub(super) fn parse(source: &str) -> Result<Pattern, PatternError> {
    let mut parser = Parser {
        rest: source.chars().peekable(),
        names: Vec::new(),
        n_slots: 1,
        ignores_case: false,
    };
    let root = parser.either()?;
    if parser.rest.next().is_some() {
        return Err(PatternError("a bracket is closed that was not opened"));
    }
    let lead = lead(&root, parser.n_slots);
    Ok(Pattern {
        names: parser.names,
        lead,
        ..pattern(root, parser.n_slots)
    })
}

fn pattern(root: Node, n_slots: usize) -> Pattern {
    let (first, _) = first(&root);
    let mut required = Vec::new();
    require(&root, &mut required);
    let lettered = |set: Set| (set.letters(), set);
    Pattern {
        root,
        names: Vec::new(),
        n_slots,
        first: first.map(lettered),
        required: required.into_iter().map(lettered).collect(),
        lead: None,
    }
}

/// The run a pattern begins with, when its set is a wide one and what follows begins with few characters.
fn lead(root: &Node, n_slots: usize) -> Option<Lead> {
    let Node::Sequence(nodes) = root else {
        return None;
    };
    let (run, rest) = nodes.split_first()?;
    let mut run = run;
    loop {
        run = match run {
            Node::Group(inner, _) => inner,
            Node::Sequence(nodes) => match nodes.as_slice() {
                [only] => only,
                _ => return None,
            },
            _ => break,
        };
    }
    let Node::Repeat { node, most, .. } = run else {
        return None;
    };
    let Node::Set(set) = &**node else { return None };
    let rest = pattern(Node::Sequence(rest.to_vec()), n_slots);
    let is_few = rest
        .first
        .as_ref()
        .is_some_and(|(_, set)| set.size() <= SMALL);
    (set.size() > SMALL && is_few).then(|| Lead {
        most: usize::try_from(*most).unwrap_or(usize::MAX),
        rest: Box::new(rest),
    })
}

struct Parser<'s> {
    rest: Peekable<Chars<'s>>,
    names: Vec<(String, usize)>,
    n_slots: usize,
    ignores_case: bool,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Node, PatternError> {
        let mut branches = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            branches.push(self.sequence()?);
        }
        Ok(match branches.len() {
            1 => branches.swap_remove(0),
            _ => Node::Either(branches.into_iter().map(branch).collect()),
        })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut nodes = Vec::new();
        while let Some(c) = self.rest.peek().copied() {
            if matches!(c, '|' | ')') {
                break;
            }
            let atom = self.atom()?;
            nodes.push(self.repeated(atom)?);
        }
        Ok(Node::Sequence(nodes))
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        match self.rest.next() {
            Some('(') => self.group(),
            Some('[') => self.class().map(Node::Set),
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            Some('.') => Ok(Node::Set(Set {
                ranges: vec![('\n', '\n')],
                is_negated: true,
            })),
            Some('\\') => self.escape().map(Node::Set),
            Some('*' | '+' | '?' | '{') => Err(PatternError("nothing stands before a repeat")),
            Some(c) => Ok(Node::Set(self.one(c))),
            None => Err(PatternError("the pattern ends too soon")),
        }
    }

    fn one(&self, c: char) -> Set {
        let mut ranges = vec![(c, c)];
        if self.ignores_case && c.is_ascii_alphabetic() {
            let other = if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            };
            ranges.push((other, other));
        }
        Set {
            ranges,
            is_negated: false,
        }
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let before = self.ignores_case;
        let mut slot = None;
        if self.rest.next_if_eq(&'?').is_some() {
            self.rest.next_if_eq(&'P');
            if self.rest.next_if_eq(&'<').is_some() {
                let name = self.until('>')?;
                self.names.push((name, self.n_slots));
                slot = Some(self.n_slots);
            } else {
                let flags = self.until(':')?;
                let switched_on = flags.split('-').next().unwrap_or_default();
                self.ignores_case |= switched_on.contains('i');
            }
        } else {
            slot = Some(self.n_slots);
        }
        self.n_slots += usize::from(slot.is_some());
        let inner = self.either()?;
        self.ignores_case = before;
        if self.rest.next() != Some(')') {
            return Err(PatternError("a group is not closed"));
        }
        Ok(match slot {
            Some(slot) => Node::Group(Box::new(inner), slot),
            None => inner,
        })
    }

    fn until(&mut self, end: char) -> Result<String, PatternError> {
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some(c) if c == end => return Ok(text),
                Some(c) => text.push(c),
                None => return Err(PatternError("the pattern ends too soon")),
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<Set, PatternError> {
        let ranges = match self.rest.next() {
            Some('d') => DIGITS.to_vec(),
            Some('s') => SPACES.to_vec(),
            Some('p') => {
                self.rest.next_if_eq(&'{');
                match self.until('}')?.as_str() {
                    "Han" => HAN.to_vec(),
                    _ => return Err(PatternError("an unknown class of characters")),
                }
            }
            Some('u') => {
                self.rest.next_if_eq(&'{');
                let code = u32::from_str_radix(&self.until('}')?, 16).ok();
                let c = code
                    .and_then(char::from_u32)
                    .ok_or(PatternError("no such character"))?;
                vec![(c, c)]
            }
            Some(c) if c.is_ascii_punctuation() => vec![(c, c)],
            _ => return Err(PatternError("an unknown escape")),
        };
        Ok(Set {
            ranges,
            is_negated: false,
        })
    }

    fn class(&mut self) -> Result<Set, PatternError> {
        let mut set = Set {
            is_negated: self.rest.next_if_eq(&'^').is_some(),
            ..Set::default()
        };
        loop {
            let first = match self.rest.next() {
                Some(']') => return Ok(set),
                Some('\\') => self.escape()?,
                Some(c) => self.one(c),
                None => return Err(PatternError("a class is not closed")),
            };
            let is_range = self.rest.peek() == Some(&'-')
                && self.rest.clone().nth(1).is_some_and(|c| c != ']');
            if !is_range {
                set.ranges.extend(first.ranges);
                continue;
            }
            self.rest.next();
            let last = match self.rest.next() {
                Some('\\') => self.escape()?,
                Some(c) => self.one(c),
                None => return Err(PatternError("a class is not closed")),
            };
            match (first.ranges.first(), last.ranges.first()) {
                (Some((low, _)), Some((high, _))) if low <= high => set.ranges.push((*low, *high)),
                _ => return Err(PatternError("a range runs backwards")),
            }
        }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, PatternError> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                self.rest.next();
                let bounds = self.until('}')?;
                let number = |text: &str| {
                    text.parse::<u32>()
                        .map_err(|_| PatternError("a repeat is no number"))
                };
                let (least, most) = match bounds.split_once(',') {
                    None => (number(&bounds)?, number(&bounds)?),
                    Some((least, "")) => (number(least)?, u32::MAX),
                    Some((least, most)) => (number(least)?, number(most)?),
                };
                let is_greedy = self.rest.next_if_eq(&'?').is_none();
                return Ok(repeat(node, least, most, is_greedy));
            }
            _ => return Ok(node),
        };
        self.rest.next();
        let is_greedy = self.rest.next_if_eq(&'?').is_none();
        Ok(repeat(node, least, most, is_greedy))
    }
}

fn branch(node: Node) -> Branch {
    let (first, may_be_empty) = first(&node);
    Branch {
        first: first.filter(|_| !may_be_empty),
        node,
    }
}

fn repeat(node: Node, least: u32, most: u32, is_greedy: bool) -> Node {
    Node::Repeat {
        node: Box::new(node),
        least,
        most,
        is_greedy,
    }
}

/// Characters a match of the node can begin with (`None`: any), and whether it may be empty.
fn first(node: &Node) -> (Option<Set>, bool) {
    match node {
        Node::Set(set) => ((!set.is_negated).then(|| set.clone()), false),
        // Where the text begins or ends says nothing about characters.
        Node::Start | Node::End => (None, true),
        Node::Group(node, _) => first(node),
        Node::Repeat { node, least, .. } => {
            let (set, is_empty) = first(node);
            (set, is_empty || *least == 0)
        }
        Node::Either(branches) => {
            let mut all = Some(Set::default());
            let mut may_be_empty = false;
            for branch in branches {
                let (set, is_empty) = first(&branch.node);
                may_be_empty |= is_empty;
                all = both(all, set);
            }
            (all, may_be_empty)
        }
        Node::Sequence(nodes) => {
            let mut all = Some(Set::default());
            for node in nodes {
                let (set, is_empty) = first(node);
                all = both(all, set);
                if !is_empty {
                    return (all, false);
                }
            }
            // An empty match can stand before any character.
            (None, true)
        }
    }
}

fn both(a: Option<Set>, b: Option<Set>) -> Option<Set> {
    let (mut a, b) = (a?, b?);
    a.ranges.extend(b.ranges);
    Some(a)
}

/// Collects small sets of which every match has a character each.
fn require(node: &Node, found: &mut Vec<Set>) {
    match node {
        Node::Set(set) if set.size() <= MOST_REQUIRED => found.push(set.clone()),
        Node::Group(node, _) => require(node, found),
        Node::Repeat { node, least, .. } if *least > 0 => require(node, found),
        Node::Sequence(nodes) => nodes.iter().for_each(|node| require(node, found)),
        Node::Either(branches) => {
            let mut any = Set::default();
            for branch in branches {
                let mut own = Vec::new();
                require(&branch.node, &mut own);
                match own.into_iter().min_by_key(Set::size) {
                    Some(set) => any.ranges.extend(set.ranges),
                    None => return,
                }
            }
            if any.size() <= MOST_REQUIRED {
                found.push(any);
            }
        }
        _ => {}
    }
}
