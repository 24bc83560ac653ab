//! What words are about: coordinates of the cube, facts, names of headings and projects.

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Coordinates, Dimension, NodeId, Slice},
    disclosure::{Disclosure, Origin, Stage},
    money::PrintedMoney,
    normalise::{likeness, name, squeeze},
};

use super::{
    lexicon::{Lexicon, Meaning, Role},
    number,
    source::Passage,
    token::{ChainName, Kind, Token},
};
use crate::tables::dimensions::ensure;

/// What stands in a section unless its words say otherwise.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Index of the section's wording in the lexicon.
    pub(super) spec: Option<usize>,
    /// Outline ids of the section and those above, innermost first.
    pub(super) ids: Vec<String>,
    /// Coordinates.
    pub(super) at: Coordinates,
    /// The whole, when the section has one.
    pub(super) total: Option<Slice>,
    /// Dimensions whose names may be subjects.
    pub(super) names: Vec<Dimension>,
    /// Id of the table that speaks of the same money.
    pub(super) table: Option<String>,
    /// Names of items in the section's text, for telling near names apart.
    pub(super) printed_names: Vec<String>,
}

/// A name as printed and what it was resolved to.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) dimension: Dimension,
    pub(super) printed: Vec<String>,
    pub(super) key: Option<String>,
    pub(super) exact: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the words before a figure are about.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// A slice of the cube.
    pub(super) slice: Option<Slice>,
    /// Facts whose words occur, with the length of the word.
    pub(super) facts: Vec<(usize, usize)>,
    /// Whose figure, when the words say so.
    pub(super) stage: Option<Stage>,
    /// Year said.
    pub(super) year: Option<u16>,
    /// Range of the subject's words.
    pub(super) range: Option<(usize, usize)>,
    /// Words that mean nothing to us and stand where the subject should.
    pub(super) unknown: Option<(usize, usize)>,
    /// Names to be reported with the claim.
    pub(super) mentions: Vec<Mention>,
}

/// Everything resolving needs.
pub(super) struct Resolver<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) catalogue: &'a Catalogue,
    pub(super) context: &'a Context,
    /// Total of the enumeration the words stand in: its parts are inside it.
    pub(super) within: Option<Slice>,
}

/// Coordinates being put together from words.
#[derive(Default)]
struct Parts {
    at: Coordinates,
    is_said: bool,
    nodes: Vec<(Dimension, NodeId)>,
}

/// What the tokens so far leave open.
#[derive(Default)]
struct Words {
    /// Words that mean nothing to us.
    unknown: Option<(usize, usize)>,
    /// A known word touched them and means something else with them.
    is_joined: bool,
    /// A mark or conjunction of a list stands behind a subject.
    is_listed: bool,
    /// Several subjects share the figure.
    is_several: bool,
}

impl Resolver<'_> {
    /// Resolves the words of `tokens`. `money` helps to tell near project names apart.
    pub(super) fn resolve(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        money: Option<PrintedMoney>,
    ) -> Found {
        let mut found = Found::default();
        let mut parts = Parts::default();
        if let Some(range) = self.item(tokens, money)
            && self.raw_name(disclosure, passage, range, money, &mut parts, &mut found)
        {
            found.range = Some(range);
            found.slice = self.slice(disclosure, &parts);
            return found;
        }
        if let Some(range) = self.quoted(disclosure, passage, tokens, &mut parts) {
            found.range = Some(range);
            found.slice = self.slice(disclosure, &parts);
            return found;
        }
        let mut words = Words::default();
        for (at, token) in tokens.iter().enumerate() {
            let is_examples =
                matches!(token.kind, Kind::Text) && self.ends_examples(passage, tokens, at);
            if is_examples {
                // 基本工资、津贴补贴等人员经费: what stands before 等 are examples of what stands behind it.
                words = Words::default();
                parts = Parts::default();
                found = Found {
                    year: found.year,
                    stage: found.stage,
                    ..Found::default()
                };
                continue;
            }
            self.token(
                disclosure,
                passage,
                (token, money),
                &mut words,
                &mut parts,
                &mut found,
            );
            if words.is_several {
                return found;
            }
            if words.is_joined {
                break;
            }
        }
        self.settle(
            disclosure,
            passage,
            (tokens, money),
            &words,
            &mut parts,
            &mut found,
        );
        if parts.is_said || !parts.nodes.is_empty() {
            found.slice = self.slice(disclosure, &parts);
        }
        found
    }

    /// Takes in the next token.
    fn token(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (token, money): (&Token<'_>, Option<PrintedMoney>),
        words: &mut Words,
        parts: &mut Parts,
        found: &mut Found,
    ) {
        let range = (token.start, token.end);
        let touching = words.unknown.filter(|u| u.1 == token.start);
        match &token.kind {
            // A name that may be no subject here still says that the figure is not the section's.
            Kind::Word(word) if self.is_foreign_name(word) => {
                words.unknown = Some(widen(touching, range));
            }
            Kind::Word(word) => {
                let is_subject = self.lexicon.coordinates(word, self.context.spec).is_some()
                    || (found.facts.is_empty() && self.is_short_fact(word, words.unknown));
                if words.is_listed && self.is_another(disclosure, word, parts) {
                    // 上缴上级支出、经营支出共 0 万元: one figure for several subjects.
                    found.unknown = found.range.map(|said| widen(Some(said), range));
                    words.is_several = true;
                } else if is_subject && touching.is_some() && !self.is_body(passage, touching) {
                    // 某某基本支出: the unknown word narrows the known one in a way we cannot follow.
                    words.is_joined = true;
                } else if self.word(disclosure, passage, word, (range, money), parts, found) {
                    words.unknown = None;
                }
            }
            Kind::Chain(names) => {
                words.unknown = None;
                self.chain(
                    disclosure,
                    passage,
                    (names.as_slice(), token.end),
                    parts,
                    found,
                );
                found.range = Some(widen(found.range, range));
            }
            Kind::Number(number) => {
                if let number::Kind::Year(year) = number.kind {
                    (found.year, words.unknown) = (Some(year), None);
                } else if number.kind == number::Kind::Code
                    && !self.coded(disclosure, passage, number, parts, found)
                {
                    words.unknown = Some(widen(words.unknown, range));
                }
            }
            Kind::Text => words.unknown = Some(widen(touching, range)),
            Kind::Mark(_) => {}
        }
        let is_said = parts.is_said || !parts.nodes.is_empty();
        words.is_listed =
            (is_said && self.joins(passage, token)) || (words.is_listed && token.is(Role::Filler));
    }

    /// What unknown words at the end are: a name of the catalogue, a project, or nothing we know.
    fn settle(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (tokens, money): (&[Token<'_>], Option<PrintedMoney>),
        words: &Words,
        parts: &mut Parts,
        found: &mut Found,
    ) {
        let Some(span) = words.unknown else {
            return;
        };
        let end = tokens.last().map_or(span.1, |t| t.end);
        // One stray character after a subject does not make it unknown; a word does.
        let is_stray = parts.is_said && span.1 - span.0 <= 1;
        let named = self.catalogue_name(disclosure, passage, (tokens, span.0, end), parts, found);
        if let Some(start) = named {
            found.range = Some((start, end));
        } else if self.raw_name(disclosure, passage, (span.0, end), money, parts, found) {
            found.range = Some((span.0, end));
        } else if words.is_joined || !is_stray {
            found.unknown = Some((span.0, end));
        }
    }

    /// Takes in a known word; `true` when it closes what came before it (a subject, a name, a body).
    fn word(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        word: &super::lexicon::Word,
        (range, money): ((usize, usize), Option<PrintedMoney>),
        parts: &mut Parts,
        found: &mut Found,
    ) -> bool {
        // 某局本单位…: a body's name closes what came before.
        let mut closes = word.is(Role::Body);
        if let Some(at) = self.lexicon.coordinates(word, self.context.spec) {
            self.merge(disclosure, parts, at);
            closes = true;
        } else if let Some(named) = self.name_meaning(word) {
            self.named(disclosure, passage, named, range, money, parts, found);
            closes = true;
        }
        for meaning in &word.meanings {
            match meaning {
                Meaning::Fact(fact) if self.is_fact_here(*fact) => {
                    found.facts.push((*fact, word.chars.len()));
                    closes = true;
                }
                Meaning::Stage(stage) => found.stage = Some(*stage),
                _ => {}
            }
        }
        if closes && !word.is(Role::Body) {
            found.range = Some(widen(found.range, range));
        }
        closes
    }

    /// Whether the fact may be read in this section.
    fn is_fact_here(&self, fact: usize) -> bool {
        self.lexicon.facts.get(fact).is_some_and(|fact| {
            let ids = &self.context.ids;
            fact.sections.is_empty() || fact.sections.iter().any(|s| ids.contains(s))
        })
    }

    /// Whether a word is the name of a heading or project and nothing else, in a section that does not speak of such.
    fn is_foreign_name(&self, word: &super::lexicon::Word) -> bool {
        let is_name = |m: &Meaning| matches!(m, Meaning::Name(..));
        word.meanings.iter().all(is_name) && self.name_meaning(word).is_none()
    }

    /// Whether a word is a mark or conjunction between subjects of one list.
    fn joins(&self, passage: &Passage<'_>, token: &Token<'_>) -> bool {
        let is_conjunction = || {
            let text = passage.text(token.start, token.end);
            matches!(text.as_str(), "和" | "与" | "及" | "以及")
        };
        token.is_mark(&['、']) || is_conjunction()
    }

    /// Whether a word names something that can have no money in common with what was said before it.
    fn is_another(
        &self,
        disclosure: &Disclosure,
        word: &super::lexicon::Word,
        parts: &Parts,
    ) -> bool {
        let dimensions = &disclosure.dimensions;
        let slice_of = |at: &Coordinates, nodes: &[(Dimension, NodeId)]| {
            let known = at
                .iter()
                .filter_map(|(d, key)| Some((*d, dimensions.tree(*d).find(key)?)));
            known
                .chain(nodes.iter().copied())
                .fold(Slice::WHOLE, |slice, (d, node)| slice.with(d, node))
        };
        let said = slice_of(&parts.at, &parts.nodes);
        let next = match self.lexicon.coordinates(word, self.context.spec) {
            Some(at) => slice_of(at, &[]),
            None => match self.name_meaning(word) {
                Some(named) => slice_of(&Coordinates::default(), &[named]),
                None => return false,
            },
        };
        super::prove::are_apart(dimensions, said, next)
    }

    /// Whether unknown words touch a fact's word so short that they make another of it: 在建工程, 处置车辆.
    fn is_short_fact(&self, word: &super::lexicon::Word, unknown: Option<(usize, usize)>) -> bool {
        let is_fact = word.meanings.iter().any(|m| matches!(m, Meaning::Fact(_)));
        let is_word = unknown.is_some_and(|(start, end)| end - start > 1);
        is_fact && is_word && word.chars.len() <= N_SHORT
    }

    /// Whether a text ends in 等 right before a subject.
    fn ends_examples(&self, passage: &Passage<'_>, tokens: &[Token<'_>], at: usize) -> bool {
        let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else {
            return false;
        };
        let text = passage.text(token.start, token.end);
        let is_open = self
            .lexicon
            .open
            .iter()
            .any(|word| text.ends_with(word.as_str()));
        is_open && next.start == token.end && next.names_subject()
    }

    /// In a section of items, words that hold anything unknown are a name as a whole, whatever known words are in it.
    fn item(&self, tokens: &[Token<'_>], money: Option<PrintedMoney>) -> Option<(usize, usize)> {
        if money.is_none() || self.context.names.first() != Some(&Dimension::Project) {
            return None;
        }
        let is_front = |t: &&Token<'_>| {
            matches!(t.kind, Kind::Mark(',' | ':' | ';' | '、'))
                || matches!(&t.kind, Kind::Number(n) if n.kind == number::Kind::Ordinal)
        };
        let n = tokens.iter().take_while(is_front).count();
        let tokens = tokens.get(n..)?;
        let (first, last) = (tokens.first()?, tokens.last()?);
        let is_sentence = matches!(&first.kind, Kind::Word(word) if word.is(Role::Body));
        let is_unknown = |t: &Token<'_>| {
            matches!(t.kind, Kind::Text)
                || matches!(&t.kind, Kind::Number(n) if n.kind == number::Kind::Code)
        };
        (!is_sentence && tokens.iter().any(is_unknown)).then_some((first.start, last.end))
    }

    fn is_body(&self, passage: &Passage<'_>, span: Option<(usize, usize)>) -> bool {
        span.is_some_and(|(start, end)| {
            let text = passage.text(start, end);
            self.lexicon
                .body_endings
                .iter()
                .any(|ending| text.ends_with(ending))
        })
    }

    /// The node a word names, when names of its dimension may be subjects here.
    fn name_meaning(&self, word: &super::lexicon::Word) -> Option<(Dimension, NodeId)> {
        self.context.names.iter().find_map(|wanted| {
            word.meanings.iter().find_map(|meaning| match meaning {
                Meaning::Name(dimension, node) if dimension == wanted => Some((*dimension, *node)),
                _ => None,
            })
        })
    }

    /// Adds coordinates: inside one phrase the narrower of two nodes of one dimension holds, else the later.
    fn merge(&self, disclosure: &Disclosure, parts: &mut Parts, at: &Coordinates) {
        for (dimension, key) in at {
            let tree = disclosure.dimensions.tree(*dimension);
            let narrower = match (
                parts.at.get(dimension).and_then(|k| tree.find(k)),
                tree.find(key),
            ) {
                (Some(old), Some(new)) => old != new && tree.contains(new, old),
                _ => false,
            };
            if !narrower {
                parts.at.insert(*dimension, key.clone());
            }
        }
        parts.is_said = true;
    }

    fn slice(&self, disclosure: &mut Disclosure, parts: &Parts) -> Option<Slice> {
        let mut at = self.context.at.clone();
        at.extend(parts.at.iter().map(|(d, k)| (*d, k.clone())));
        let mut slice = self.slice_at(disclosure, &at)?;
        for dimension in Dimension::ALL {
            let is_named = parts.at.contains_key(&dimension)
                || parts.nodes.iter().any(|(d, _)| *d == dimension);
            let outer = self.within.map_or(0, |whole| whole.node(dimension));
            let tree = disclosure.dimensions.tree(dimension);
            // A part is inside its total: "一般公共预算支出包括：教育支出…" is the general budget's.
            if !is_named
                && outer != slice.node(dimension)
                && tree.contains(slice.node(dimension), outer)
            {
                slice = slice.with(dimension, outer);
            }
        }
        for (dimension, node) in &parts.nodes {
            slice = slice.with(*dimension, *node);
        }
        Some(slice)
    }

    /// The slice of coordinates; codes the document did not use before are added, other unknown keys are not.
    pub(super) fn slice_at(&self, disclosure: &mut Disclosure, at: &Coordinates) -> Option<Slice> {
        let mut slice = Slice::WHOLE;
        for (dimension, key) in at {
            let known = disclosure.dimensions.tree(*dimension).find(key);
            let is_code = key.bytes().all(|b| b.is_ascii_digit());
            let node = match known {
                Some(node) => node,
                None if is_code => ensure(
                    &mut disclosure.dimensions,
                    self.catalogue,
                    *dimension,
                    key,
                    "",
                ),
                None => return None,
            };
            slice = slice.with(*dimension, node);
        }
        Some(slice)
    }

    /// A name of this document's trees.
    #[allow(clippy::too_many_arguments)]
    fn named(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (dimension, node): (Dimension, NodeId),
        (start, end): (usize, usize),
        money: Option<PrintedMoney>,
        parts: &mut Parts,
        found: &mut Found,
    ) {
        let printed = squeeze(&passage.printed(start, end));
        let (node, exact) = if dimension == Dimension::Project {
            self.project(disclosure, &printed, money)
        } else {
            (node, true)
        };
        parts.nodes.push((dimension, node));
        let key = Some(disclosure.dimensions.tree(dimension).node(node).key.clone());
        found.mentions.push(Mention {
            dimension,
            printed: vec![printed],
            key,
            exact,
            start,
            end,
        });
    }

    /// A code of the catalogue before its name.
    fn coded(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        number: &number::Number,
        parts: &mut Parts,
        found: &mut Found,
    ) -> bool {
        let code = passage.text(number.start, number.digits_end);
        for dimension in &self.context.names {
            let is_known = match dimension {
                Dimension::Function => self.catalogue.function(&code).is_some(),
                Dimension::Economic => self.catalogue.economic(&code).is_some(),
                Dimension::Governmental => self.catalogue.government_economic(&code).is_some(),
                _ => false,
            };
            if is_known {
                let node = ensure(
                    &mut disclosure.dimensions,
                    self.catalogue,
                    *dimension,
                    &code,
                    "",
                );
                // 对个人和家庭的补助(509): the code says which of two classifications the name is of.
                let name = &disclosure.dimensions.tree(*dimension).node(node).name;
                let is_namesake = |(other, id): &(Dimension, NodeId)| {
                    other != dimension
                        && *other != Dimension::Project
                        && disclosure.dimensions.tree(*other).node(*id).name == *name
                };
                parts.nodes.retain(|named| !is_namesake(named));
                parts.nodes.push((*dimension, node));
                let is_in_brackets = passage.text(number.digits_end, number.digits_end + 1) == ")";
                let end = number.digits_end + usize::from(is_in_brackets);
                found.range = Some(widen(found.range, (number.start, end)));
                return true;
            }
        }
        false
    }

    /// A(类)B(款)C(项): every name is looked for under the one before it; the nearest is taken when none is exact.
    fn chain(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (names, chain_end): (&[ChainName], usize),
        parts: &mut Parts,
        found: &mut Found,
    ) {
        let mut code = String::new();
        let mut exact = true;
        let mut printed = Vec::new();
        let first_start = names.first().map_or(0, |n| n.start);
        for part in names {
            let text = squeeze(&passage.printed(part.start, part.end));
            let wanted = name(&without_code(&text));
            let (best, is_exact) = self.heading(disclosure, &wanted, &code, part.n_digits);
            printed.push(text);
            exact &= is_exact;
            match best {
                Some(best) => code = best,
                None => exact = false,
            }
        }
        let last = names.last().map_or(0, |part| part.n_digits);
        let resolved = code.len() == last;
        if resolved {
            let node = ensure(
                &mut disclosure.dimensions,
                self.catalogue,
                Dimension::Function,
                &code,
                "",
            );
            parts.nodes.push((Dimension::Function, node));
        } else {
            found.unknown = names.last().map(|part| (part.start, part.end));
        }
        let end = chain_end;
        let key = resolved.then_some(code);
        found.mentions.push(Mention {
            dimension: Dimension::Function,
            printed,
            key,
            exact,
            start: first_start,
            end,
        });
    }

    /// The function of a name, `len` digits long, below `parent` (anywhere when the parent was not found).
    fn heading(
        &self,
        disclosure: &Disclosure,
        wanted: &str,
        parent: &str,
        len: usize,
    ) -> (Option<String>, bool) {
        let tree = disclosure.dimensions.tree(Dimension::Function);
        let own = tree
            .nodes
            .iter()
            .skip(1)
            .map(|node| (node.key.as_str(), node.name.as_str()));
        let is_candidate = |code: &str| code.len() == len && code.starts_with(parent);
        let in_document: Vec<(&str, &str)> = own.filter(|(code, _)| is_candidate(code)).collect();
        // 教育(类) is said as often as 教育支出(类).
        let bare = |text: &str| text.strip_suffix("支出").unwrap_or(text).to_owned();
        let is_it = |n: &str| name(n) == wanted || (len == 3 && bare(&name(n)) == bare(wanted));
        if let Some((code, _)) = in_document.iter().find(|(_, n)| is_it(n)) {
            return (Some((*code).to_owned()), true);
        }
        if let Some(entry) = self
            .catalogue
            .function_named(wanted)
            .find(|e| is_candidate(e.code))
        {
            return (Some(entry.code.to_string()), true);
        }
        let near = |list: &mut dyn Iterator<Item = (&str, &str)>| {
            list.map(|(code, n)| (likeness(n, wanted), code.to_owned()))
                .filter(|(l, _)| *l >= 600)
                .max()
        };
        let best = near(&mut in_document.iter().copied()).or_else(|| {
            if parent.is_empty() && len > 3 {
                return None;
            }
            let entries = self.catalogue.functions();
            near(
                &mut entries
                    .filter(|e| is_candidate(e.code))
                    .map(|e| (e.code, e.name)),
            )
        });
        if let Some((_, code)) = best {
            return (Some(code), false);
        }
        // 归口管理的行政单位离退休 for 行政单位离退休: a heading's name with words before it.
        let mut ends = in_document.iter().filter(|(_, n)| {
            let n = name(n);
            n.chars().count() >= 5 && wanted.ends_with(&n)
        });
        if let (Some((code, _)), None) = (ends.next(), ends.next()) {
            return (Some((*code).to_owned()), false);
        }
        // The name exists, but under another parent: take it and say that the chain is wrong.
        let elsewhere = tree
            .nodes
            .iter()
            .skip(1)
            .find(|n| n.key.len() == len && name(&n.name) == wanted);
        (elsewhere.map(|n| n.key.clone()), false)
    }

    /// A name of the catalogue that unknown words are the end of, with words like 和 inside it and 预算 or 科目 behind it.
    /// Returns where it begins.
    fn catalogue_name(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (tokens, unknown, end): (&[Token<'_>], usize, usize),
        parts: &mut Parts,
        found: &mut Found,
    ) -> Option<usize> {
        let mut starts = vec![unknown];
        for token in tokens.iter().rev().filter(|t| t.end <= unknown) {
            let is_part = matches!(token.kind, Kind::Word(_) | Kind::Text);
            let touches = starts.last().is_some_and(|start| token.end == *start);
            if !is_part || !touches {
                break;
            }
            starts.push(token.start);
        }
        for start in starts.into_iter().rev() {
            let printed = squeeze(&passage.printed(start, end));
            let whole = name(&without_code(&printed));
            let tails = self.lexicon.name_tails.iter();
            let cut = tails.filter_map(|tail| whole.strip_suffix(tail.as_str()));
            let names: Vec<&str> = std::iter::once(whole.as_str()).chain(cut).collect();
            for dimension in self.context.names.clone() {
                let code = names.iter().find_map(|n| self.only_code(dimension, n));
                let Some(code) = code else { continue };
                let node = ensure(
                    &mut disclosure.dimensions,
                    self.catalogue,
                    dimension,
                    &code,
                    "",
                );
                parts.nodes.retain(|(d, _)| *d != dimension);
                parts.nodes.push((dimension, node));
                found.mentions.retain(|m| m.end <= start);
                return Some(start);
            }
        }
        None
    }

    /// “教育支出”科目: what stands in quotation marks before the word for headings is the name of one as a whole, whatever
    /// known words are in it.
    fn quoted(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        parts: &mut Parts,
    ) -> Option<(usize, usize)> {
        let (start, end) = (tokens.first()?.start, tokens.last()?.end);
        let printed = squeeze(&passage.printed(start, end));
        let (_, rest) = printed.split_once(['“', '"'])?;
        let (inner, tail) = rest.split_once(['”', '"'])?;
        if !self.lexicon.name_tails.iter().any(|known| known == tail) {
            return None;
        }
        let wanted = name(&without_code(inner));
        let named = self.context.names.iter().find_map(|dimension| {
            let code = self.only_code(*dimension, &wanted)?;
            Some((*dimension, code))
        });
        let (dimension, code) = named?;
        let dimensions = &mut disclosure.dimensions;
        let node = ensure(dimensions, self.catalogue, dimension, &code, "");
        parts.nodes.push((dimension, node));
        Some((start, end))
    }

    /// The code of a name that only one heading of the catalogue has.
    fn only_code(&self, dimension: Dimension, wanted: &str) -> Option<String> {
        if wanted.chars().count() < 3 {
            return None;
        }
        let codes: Vec<String> = match dimension {
            Dimension::Function => {
                let entries = self.catalogue.function_named(wanted);
                entries.map(|e| e.code.to_string()).collect()
            }
            Dimension::Economic => {
                let entries = self.catalogue.economic_named(wanted);
                entries.map(|e| e.code.to_string()).collect()
            }
            Dimension::Governmental => {
                let entries = self.catalogue.government_economic_named(wanted);
                entries.map(|e| e.code.to_string()).collect()
            }
            _ => Vec::new(),
        };
        match codes.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// The code of the first heading of this name.
    fn code_named(&self, dimension: Dimension, name: &str) -> Option<String> {
        let entry = match dimension {
            Dimension::Function => self.catalogue.function_named(name).next(),
            Dimension::Economic => self.catalogue.economic_named(name).next(),
            Dimension::Governmental => self.catalogue.government_economic_named(name).next(),
            _ => None,
        };
        entry.map(|entry| entry.code.to_string())
    }

    /// Words unknown to the lexicon, taken together, may be a name of the catalogue or a project's.
    fn raw_name(
        &self,
        disclosure: &mut Disclosure,
        passage: &Passage<'_>,
        (start, end): (usize, usize),
        money: Option<PrintedMoney>,
        parts: &mut Parts,
        found: &mut Found,
    ) -> bool {
        let printed = squeeze(
            passage
                .printed(start, end)
                .trim_matches(['“', '”', '"', '：', ':']),
        );
        let wanted = name(&without_code(&printed));
        if wanted.chars().count() < 2 {
            return false;
        }
        for dimension in self.context.names.clone() {
            let code = self.code_named(dimension, &wanted);
            if let Some(code) = code {
                let node = ensure(
                    &mut disclosure.dimensions,
                    self.catalogue,
                    dimension,
                    &code,
                    "",
                );
                parts.nodes.push((dimension, node));
                found.mentions.push(Mention {
                    dimension,
                    printed: vec![printed],
                    key: Some(code),
                    exact: true,
                    start,
                    end,
                });
                return true;
            }
        }
        if money.is_none() || self.context.names.first() != Some(&Dimension::Project) {
            return false;
        }
        let (node, exact) = self.project(disclosure, &printed, money);
        parts.nodes.push((Dimension::Project, node));
        let key = Some(
            disclosure
                .dimensions
                .tree(Dimension::Project)
                .node(node)
                .key
                .clone(),
        );
        found.mentions.push(Mention {
            dimension: Dimension::Project,
            printed: vec![printed],
            key,
            exact,
            start,
            end,
        });
        true
    }

    /// The project a name means: first among those of the table that speaks for the section, exactly or nearly, then
    /// anywhere in the document, else a project of its own.
    pub(super) fn project(
        &self,
        disclosure: &mut Disclosure,
        printed: &str,
        money: Option<PrintedMoney>,
    ) -> (NodeId, bool) {
        let wanted = name(printed);
        let exact = disclosure.dimensions.tree(Dimension::Project).find(&wanted);
        let scope = self.projects_of_table(disclosure);
        if let Some(node) =
            exact.filter(|node| scope.is_empty() || scope.iter().any(|(n, _)| n == node))
        {
            return (node, true);
        }
        let tree = disclosure.dimensions.tree(Dimension::Project);
        let fen = money.and_then(PrintedMoney::fen);
        let best = scope
            .iter()
            .filter(|(node, _)| {
                let key = &tree.node(*node).key;
                !self.context.printed_names.iter().any(|other| other == key)
            })
            .map(|(node, amount)| {
                let alike = likeness(&tree.node(*node).name, &wanted);
                let same_money = fen.is_some() && amount.and_then(PrintedMoney::fen) == fen;
                (alike, same_money, *node)
            })
            .filter(|(alike, same_money, _)| *alike >= if *same_money { 300 } else { 650 })
            .max();
        match (best, exact) {
            (Some((_, _, node)), _) => (node, false),
            (None, Some(node)) => (node, true),
            (None, None) => {
                let node = ensure(
                    &mut disclosure.dimensions,
                    self.catalogue,
                    Dimension::Project,
                    &wanted,
                    printed,
                );
                (node, true)
            }
        }
    }

    /// Projects of the section's table, with the amount printed first.
    fn projects_of_table(&self, disclosure: &Disclosure) -> Vec<(NodeId, Option<PrintedMoney>)> {
        let Some(id) = &self.context.table else {
            return Vec::new();
        };
        let mut out: Vec<(NodeId, Option<PrintedMoney>)> = Vec::new();
        for observation in &disclosure.observations {
            let Origin::Cell { table, .. } = observation.origin else {
                continue;
            };
            if disclosure.tables.get(table).is_none_or(|t| t.id != *id) {
                continue;
            }
            let node = observation.slice.node(Dimension::Project);
            if node == 0 || out.iter().any(|(n, _)| *n == node) {
                continue;
            }
            let amount = match &observation.reading {
                mz_budget::disclosure::Reading::Value(money) => Some(*money),
                _ => None,
            };
            out.push((node, amount));
        }
        out
    }
}

/// Longest word of a fact, in characters, that words before it make another of.
const N_SHORT: usize = 2;

/// The union of two ranges.
pub(super) fn widen(old: Option<(usize, usize)>, new: (usize, usize)) -> (usize, usize) {
    old.map_or(new, |(start, end)| (start.min(new.0), end.max(new.1)))
}

/// "一般公共服务支出(201)" without its code, and "201 一般公共服务支出" without it.
fn without_code(text: &str) -> String {
    let trimmed = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match trimmed.find(['(', '（']) {
        Some(open) => {
            let inside: String = trimmed
                .chars()
                .skip(trimmed.get(..open).map_or(0, |t| t.chars().count()) + 1)
                .take_while(|c| !matches!(c, ')' | '）'))
                .collect();
            if !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit()) {
                trimmed.replacen(&format!("({inside})"), "", 1).replacen(
                    &format!("（{inside}）"),
                    "",
                    1,
                )
            } else {
                trimmed.to_owned()
            }
        }
        None => trimmed.to_owned(),
    }
}
