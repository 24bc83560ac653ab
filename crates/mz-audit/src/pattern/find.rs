//! Finding a pattern in a text.

use super::{Branch, Captures, Node, Pattern, Set};

/// Steps spent at one start at most.
const MOST_STEPS: u32 = 50_000;
/// Repeats of anything longer than one character at most.
const MOST_REPEATS: u32 = 100;
/// A first set up to this size excludes most starts; with a larger one the text is asked for what a match must have.
pub(super) const SMALL: u32 = 64;

/// Where the whole match and the groups of it begin and end.
type Slots = Vec<Option<(usize, usize)>>;

impl Pattern {
    /// All matches, left to right.
    pub(crate) fn captures_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'p, 't>> + use<'p, 't> {
        let mut next = (!self.is_excluded(text)).then_some(0);
        std::iter::from_fn(move || {
            let slots = self.find(text, next?);
            next = slots.as_ref().and_then(|slots| {
                let (start, end) = slots.first().copied().flatten()?;
                // After an empty match go on behind the next character.
                let step = text.get(end..)?.chars().next().map(char::len_utf8);
                if end > start {
                    Some(end)
                } else {
                    Some(end + step?)
                }
            });
            Some(Captures {
                pattern: self,
                text,
                slots: slots?,
            })
        })
    }

    fn is_excluded(&self, text: &str) -> bool {
        let is_wide = self
            .first
            .as_ref()
            .is_none_or(|(_, set)| set.size() > SMALL);
        is_wide
            && self
                .required
                .iter()
                .any(|(_, set)| !text.contains(|c| set.contains(c)))
    }

    fn find(&self, text: &str, from: usize) -> Option<Slots> {
        let Some(lead) = &self.lead else {
            return self.find_within(text, from, text.len());
        };
        let mut from = from;
        loop {
            // No match can begin further before the rest of the pattern than the run is long.
            let (at, _) = lead.rest.find(text, from)?.first().copied().flatten()?;
            let head = text.get(from..at)?;
            let near = head.char_indices().rev().take(lead.most).last();
            let start = from + near.map_or(head.len(), |(i, _)| i);
            if let Some(slots) = self.find_within(text, start, at) {
                return Some(slots);
            }
            from = at + text.get(at..)?.chars().next()?.len_utf8();
        }
    }

    /// The first match that begins between two places.
    fn find_within(&self, text: &str, from: usize, last: usize) -> Option<Slots> {
        let mut run = Run {
            text,
            slots: Vec::new(),
            n_steps: 0,
        };
        let rest = text.get(from..)?;
        let starts = rest.char_indices().map(|(i, c)| (from + i, Some(c)));
        for (start, c) in starts.chain([(text.len(), None)]) {
            if start > last {
                break;
            }
            if let Some((letters, first)) = &self.first
                && !c.is_some_and(|c| letters.may_have(c) && first.contains(c))
            {
                continue;
            }
            run.n_steps = 0;
            run.slots.clear();
            run.slots.resize(self.n_slots, None);
            let mut end = None;
            if run.matches(&self.root, start, &mut |_, at| {
                end = Some(at);
                true
            }) {
                let mut slots = std::mem::take(&mut run.slots);
                if let (Some(whole), Some(end)) = (slots.first_mut(), end) {
                    *whole = Some((start, end));
                }
                return Some(slots);
            }
        }
        None
    }
}

/// What comes after a node: whether the rest matches from there.
type Then<'a, 't> = dyn FnMut(&mut Run<'t>, usize) -> bool + 'a;

impl Branch {
    fn may_begin(&self, next: Option<char>) -> bool {
        let first = self.first.as_ref();
        first.is_none_or(|first| next.is_some_and(|c| first.contains(c)))
    }
}

struct Run<'t> {
    text: &'t str,
    slots: Vec<Option<(usize, usize)>>,
    n_steps: u32,
}

impl<'t> Run<'t> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn matches(&mut self, node: &Node, at: usize, then: &mut Then<'_, 't>) -> bool {
        self.n_steps += 1;
        if self.n_steps > MOST_STEPS {
            return false;
        }
        match node {
            Node::Set(set) => match self.char_at(at) {
                Some(c) if set.contains(c) => then(self, at + c.len_utf8()),
                _ => false,
            },
            Node::Start => at == 0 && then(self, at),
            Node::End => at == self.text.len() && then(self, at),
            Node::Sequence(nodes) => self.all(nodes, at, then),
            Node::Either(branches) => {
                let next = self.char_at(at);
                branches
                    .iter()
                    .any(|branch| branch.may_begin(next) && self.matches(&branch.node, at, then))
            }
            Node::Group(node, slot) => {
                let before = self.slots.get(*slot).copied().flatten();
                let is_match = self.matches(node, at, &mut |run, end| {
                    let kept = run.slots.get(*slot).copied().flatten();
                    run.set(*slot, Some((at, end)));
                    then(run, end) || {
                        run.set(*slot, kept);
                        false
                    }
                });
                if !is_match {
                    self.set(*slot, before);
                }
                is_match
            }
            Node::Repeat {
                node,
                least,
                most,
                is_greedy,
            } => match (&**node, is_greedy) {
                (Node::Set(set), true) => self.most_of(set, (*least, *most), at, then),
                (Node::Set(set), false) => self.fewest_of(set, (*least, *most), at, then),
                (node, _) => {
                    let bounds = (*least, (*most).min(MOST_REPEATS));
                    self.repeats(node, bounds, *is_greedy, at, then)
                }
            },
        }
    }

    fn set(&mut self, slot: usize, value: Option<(usize, usize)>) {
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = value;
        }
    }

    fn all(&mut self, nodes: &[Node], at: usize, then: &mut Then<'_, 't>) -> bool {
        let (mut nodes, mut at) = (nodes, at);
        // A character is matched in one way only: nothing has to be tried after it again.
        while let Some((Node::Set(set), rest)) = nodes.split_first() {
            match self.char_at(at) {
                Some(c) if set.contains(c) => at += c.len_utf8(),
                _ => return false,
            }
            nodes = rest;
        }
        match nodes.split_first() {
            None => then(self, at),
            Some((node, [])) => self.matches(node, at, then),
            Some((node, rest)) => {
                self.matches(node, at, &mut |run, at| run.all(rest, at, &mut *then))
            }
        }
    }

    /// As many characters of the set as there are, then fewer.
    fn most_of(
        &mut self,
        set: &Set,
        (least, most): (u32, u32),
        at: usize,
        then: &mut Then<'_, 't>,
    ) -> bool {
        let (mut end, mut n) = (at, 0);
        while let Some(c) = self.char_at(end).filter(|c| n < most && set.contains(*c)) {
            end += c.len_utf8();
            n += 1;
        }
        while n >= least {
            self.n_steps += 1;
            if self.n_steps > MOST_STEPS {
                return false;
            }
            if then(self, end) {
                return true;
            }
            let Some(c) = self.text.get(at..end).and_then(|t| t.chars().next_back()) else {
                return false;
            };
            end -= c.len_utf8();
            n -= 1;
        }
        false
    }

    /// As few characters of the set as will do.
    fn fewest_of(
        &mut self,
        set: &Set,
        (least, most): (u32, u32),
        at: usize,
        then: &mut Then<'_, 't>,
    ) -> bool {
        let (mut end, mut n) = (at, 0);
        loop {
            self.n_steps += 1;
            if self.n_steps > MOST_STEPS {
                return false;
            }
            if n >= least && then(self, end) {
                return true;
            }
            match self.char_at(end).filter(|c| n < most && set.contains(*c)) {
                Some(c) => end += c.len_utf8(),
                None => return false,
            }
            n += 1;
        }
    }

    fn repeats(
        &mut self,
        node: &Node,
        (least, most): (u32, u32),
        is_greedy: bool,
        at: usize,
        then: &mut Then<'_, 't>,
    ) -> bool {
        if !is_greedy && least == 0 && then(self, at) {
            return true;
        }
        let once_more = most > 0
            && self.matches(node, at, &mut |run, end| {
                let rest = (least.saturating_sub(1), most - 1);
                // An empty repeat leads nowhere.
                end > at && run.repeats(node, rest, is_greedy, end, &mut *then)
            });
        once_more || (is_greedy && least == 0 && then(self, at))
    }
}
