//! Enumerations of names: sources, categories, economic items, offices, affiliated units.

use mz_budget::{
    dimension::Slice,
    disclosure::{NameList, Subject},
    normalise::{squeeze, strip_numbering},
    profile::narrative::ListSpec,
};

use super::{
    Reader,
    lexicon::{Role, folded},
    sentence::{Parent, Sentence},
    source::Passage,
    token::Token,
};

/// An enumeration that has begun.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// What it lists; `None` when the profile knows no list of these words.
    spec: Option<ListSpec>,
    /// Scope.
    scope: Slice,
    /// First character after the word that opens it.
    start: usize,
    /// Character where the sentence's clause began, for the quote.
    front: usize,
}

impl Reader<'_> {
    /// 包括, 分别是: opens an enumeration of the subject before it, of figures or of names.
    pub(super) fn open_including(
        &mut self,
        passage: &Passage<'_>,
        lead: &[Token<'_>],
        end: usize,
        sentence: &mut Sentence,
    ) {
        let found = self.resolve(passage, lead, None, None);
        let current = sentence.current.clone();
        let subject = found
            .slice
            .map(Subject::Slice)
            .or(current.as_ref().map(|g| g.subject.clone()));
        let is_current =
            found.slice.is_none() || current.as_ref().map(|g| &g.subject) == subject.as_ref();
        let group = current.as_ref().filter(|_| is_current).map(|g| g.id);
        if group.is_some() || found.slice.is_some() {
            sentence.parent = Some(Parent {
                group,
                subject: subject.clone(),
                exhaustive: true,
                above: None,
            });
            sentence.parts.clear();
            sentence.n_settled = 0;
        }
        let front = lead.first().map_or(end, |t| t.start);
        let words = match (lead.first(), lead.last()) {
            (Some(first), Some(last)) => passage.text(first.start, last.end),
            _ => current.map_or_else(String::new, |g| folded(&g.words)),
        };
        let spec = self.list_spec(&words);
        let base = match subject {
            Some(Subject::Slice(slice)) => slice,
            _ => self.context.total.unwrap_or(Slice::WHOLE),
        };
        let scope = spec.as_ref().map_or(base, |spec| {
            spec.at.iter().fold(base, |slice, (dimension, key)| {
                let node = self.disclosure.dimensions.tree(*dimension).find(key);
                node.map_or(slice, |node| slice.with(*dimension, node))
            })
        });
        sentence.list = Some(Open {
            spec,
            scope,
            start: end,
            front,
        });
    }

    /// The list whose words the text before 包括 ends with; the longest word wins.
    fn list_spec(&self, words: &str) -> Option<ListSpec> {
        let is_here = |spec: &&ListSpec| {
            spec.sections.is_empty() || spec.sections.iter().any(|s| self.context.ids.contains(s))
        };
        let score = |spec: &ListSpec| {
            spec.words
                .iter()
                .map(|w| folded(w))
                .filter(|w| words.ends_with(w.as_str()))
                .map(|w| w.len())
                .max()
        };
        let mut best: Option<(usize, &ListSpec)> = None;
        for spec in self.lexicon.lists.iter().filter(is_here) {
            if let Some(n) = score(spec)
                && best.is_none_or(|(top, _)| n > top)
            {
                best = Some((n, spec));
            }
        }
        best.map(|(_, spec)| spec.clone())
    }

    /// Ends the enumeration with its sentence and takes its names.
    pub(super) fn close_list(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        sentence: &mut Sentence,
    ) {
        let Some(open) = sentence.list.take() else {
            return;
        };
        let Some(spec) = open.spec else { return };
        let inside: Vec<&Token<'_>> = tokens.iter().filter(|t| t.start >= open.start).collect();
        let has_figures = inside.iter().any(|t| t.figure().is_some());
        let mut list = NameList {
            kind: spec.kind.kind(),
            scope: open.scope,
            names: Vec::new(),
            open: false,
            place: self.place(
                passage,
                (open.front, inside.last().map_or(open.start, |t| t.end)),
                (open.front, open.start),
            ),
        };
        let mut name: Option<(usize, usize)> = None;
        let mut is_skipping = false;
        let mut after_figure = false;
        for token in inside {
            let is_separator = token.is_mark(&['、', ',', ';', ':']);
            if is_separator {
                self.push_name(passage, name.take(), &mut list);
                // "甲 1 万元、乙 2 万元": right after a figure the next name begins; inside a purpose it does not.
                let begins = token.is_mark(&[';']) || (after_figure && token.is_mark(&['、']));
                is_skipping = is_skipping && !begins;
                continue;
            }
            // With figures, a name is what stands before its figure; the words after belong to the figure.
            let ends_name = token.is(Role::Purpose)
                || token.is(Role::OfWhich)
                || (has_figures && token.figure().is_some());
            if ends_name {
                self.push_name(passage, name.take(), &mut list);
                is_skipping = true;
                after_figure = token.figure().is_some();
            }
            if !is_skipping {
                name = Some(name.map_or((token.start, token.end), |(start, _)| (start, token.end)));
            }
        }
        self.push_name(passage, name, &mut list);
        if !list.names.is_empty() {
            self.disclosure.lists.push(list);
        }
    }

    fn push_name(&self, passage: &Passage<'_>, range: Option<(usize, usize)>, list: &mut NameList) {
        let Some((start, mut end)) = range else {
            return;
        };
        let text = passage.text(start, end);
        for word in &self.lexicon.open {
            // "…福利费等支出": open, and 等支出 is no part of the name.
            if let Some(at) = text.rfind(word.as_str()) {
                let n_after = text.get(at..).map_or(0, |t| t.chars().count());
                let whole = self.lexicon_has_name(&text);
                if n_after <= 4 && !whole {
                    list.open = true;
                    end -= n_after;
                }
            }
        }
        let printed = squeeze(strip_numbering(&passage.printed(start, end)));
        if printed.is_empty() {
            return;
        }
        let place = self.place(passage, (start, end), (start, end));
        list.names.push((printed, place));
    }

    /// Whether the whole text is a known name (资源勘探工业信息等支出 has 等 inside).
    fn lexicon_has_name(&self, text: &str) -> bool {
        use mz_budget::dimension::Dimension;
        self.catalogue.function_named(text).next().is_some()
            || self.catalogue.economic_named(text).next().is_some()
            || self
                .disclosure
                .dimensions
                .tree(Dimension::Function)
                .nodes
                .iter()
                .any(|n| mz_budget::normalise::name(&n.name) == text)
    }
}
