//! Sentences: clauses in order, with what one clause leaves for the next.
//!
//! A clause may leave out what the one before said: the subject, the base of a comparison, the whole of a share. What is
//! carried where is all in [`Sentence`] and [`Carried`], so that binding looks nowhere else.

use mz_budget::disclosure::{Base, Measure, Reason, Stage, Subject};

use super::{
    Reader,
    lead::{self, Comparison},
    lexicon::Role,
    number,
    source::Passage,
    token::{Kind, Token, tokens},
};

/// A statement about one subject.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Number of the group.
    pub(super) id: usize,
    /// What it is about.
    pub(super) subject: Subject,
    /// Words of the subject, a range of the passage they stand in.
    pub(super) words: String,
    /// Facts sharing the subject's words (count and value of one thing).
    pub(super) facts: Vec<usize>,
    /// A change or growth has been said of it.
    pub(super) has_change: bool,
}

/// The total over an enumeration.
#[derive(Clone, Debug)]
pub(super) struct Parent {
    /// Group of the total, when it has figures.
    pub(super) group: Option<usize>,
    /// The total.
    pub(super) subject: Option<Subject>,
    /// The parts are all there.
    pub(super) exhaustive: bool,
    /// The total whose part this total is.
    pub(super) above: Option<Box<Parent>>,
}

/// What a sentence has said so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// The total of the enumeration the clause stands in.
    pub(super) parent: Option<Parent>,
    /// The subject said last.
    pub(super) current: Option<Group>,
    /// A subject said before its figure: "…（项）：2030 年预算数为…".
    pub(super) pending: Option<super::subject::Found>,
    /// Base of the comparison said last.
    pub(super) comparison: Option<Comparison>,
    /// Groups of the enumeration so far.
    pub(super) parts: Vec<Group>,
    /// Words said, for facts that ask for one (购置).
    pub(super) said: Vec<String>,
    /// First group of the sentence.
    pub(super) first: Option<Group>,
    /// The total over numbered items (1. … ；2. …), however deep the one before went.
    pub(super) outer: Option<Option<Parent>>,
    /// Where the enumeration's names begin, when it lists names.
    pub(super) list: Option<super::lists::Open>,
    /// The total over the parts that the sentence before listed.
    pub(super) listed: Option<Parent>,
    /// Number of parts that a semicolon has closed.
    pub(super) n_settled: usize,
    /// The base whose amount was said to be completed, before its rate: 完成预算 85 万元的 70%.
    pub(super) completing: Option<Comparison>,
    /// The subject said last before the brackets the clause stands in.
    pub(super) bracketed: Option<Group>,
    /// The subject whose parts stood in the brackets just closed: A（其中：B，C），比上年增加… goes on about A.
    pub(super) reopened: Option<Group>,
}

impl Sentence {
    /// The total that a comparison without a name is about. Behind a semicolon it is about the item, not the total.
    pub(super) fn compared_total(&self) -> Option<&Parent> {
        self.total_of_list().filter(|_| self.n_settled == 0)
    }

    /// Keeps what brackets interrupt.
    fn open_brackets(&mut self) -> Opened {
        self.bracketed.clone_from(&self.current);
        Opened {
            parent: self.parent.clone(),
            current: self.current.clone(),
            parts: self.parts.clone(),
        }
    }

    /// Goes on where the brackets interrupted.
    fn close_brackets(&mut self, opened: Option<Opened>) {
        let Some(opened) = opened else {
            return;
        };
        let inner = self.parent.as_ref().and_then(|p| p.group);
        let current = opened.current.clone();
        self.reopened = current.filter(|group| inner == Some(group.id));
        self.bracketed = None;
        self.parent = opened.parent;
        self.current = opened.current;
        self.parts = opened.parts;
    }

    /// The total above a total that opens an enumeration now.
    pub(super) fn above(&mut self, group: usize) -> Option<Box<Parent>> {
        match self.parent.take() {
            Some(parent) if parent.group == Some(group) => parent.above,
            parent => parent.map(Box::new),
        }
    }

    /// The total over parts of which none was compared: what is compared next without a name is the total.
    pub(super) fn total_of_list(&self) -> Option<&Parent> {
        let is_list = self.parts.len() > 1 && self.parts.iter().all(|part| !part.has_change);
        self.parent.as_ref().filter(|_| is_list)
    }
}

/// What stands before brackets.
struct Opened {
    parent: Option<Parent>,
    current: Option<Group>,
    parts: Vec<Group>,
}

/// What a paragraph leaves for the next of its section.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    /// Enumeration opened by a paragraph that ends in 其中：.
    pub(super) parent: Option<Parent>,
    /// Numbering of the paragraph that opened it, in kind (`(一)`, `1.`, or nothing).
    opener: String,
    /// Parts of it have come with numbering of their own.
    has_numbered_parts: bool,
    /// A paragraph that ends in a semicolon or colon goes on.
    pub(super) sentence: Option<Sentence>,
    /// A heading that stood alone as a sentence: "…（项）。年初预算为…".
    pub(super) pending: Option<super::subject::Found>,
    /// Group a reason would explain.
    pub(super) last: Option<Group>,
    /// First group of the paragraph.
    pub(super) first: Option<Group>,
    /// First group of the paragraph before.
    pub(super) before: Option<Group>,
    /// The total over the parts that the sentence before listed.
    pub(super) listed: Option<Parent>,
    /// The budget whose figure was said last: what 预算数 alone means.
    pub(super) budget: Option<Base>,
}

impl Carried {
    /// Keeps what the next sentence may leave out.
    fn leave(&mut self, sentence: &Sentence) {
        self.listed = sentence.total_of_list().cloned();
        if let Some(last) = &sentence.current {
            self.last = Some(last.clone());
        }
    }

    /// Remembers a budget whose figure was said.
    pub(super) fn remember(&mut self, stage: Stage) {
        match stage {
            Stage::Budget => self.budget = Some(Base::InitialBudget),
            Stage::Adjusted => self.budget = Some(Base::AdjustedBudget),
            _ => {}
        }
    }
}

/// What the words of a clause are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Normal,
    Purpose,
}

impl Reader<'_> {
    /// Reads a passage.
    pub(super) fn passage(&mut self, passage: &Passage<'_>) {
        let lexicon = self.lexicon;
        let tokens = tokens(passage, lexicon, self.context.spec);
        self.count_numbers(&tokens);
        self.carried.before = self.carried.first.take();
        self.carried.listed = None;
        let numbering = numbering_kind(&passage.printed(0, passage.chars.len()));
        self.close_enumeration(&numbering);
        let mut from = 0;
        while from < tokens.len() {
            let rest = tokens.get(from..).unwrap_or(&[]);
            let n = sentence_len(rest);
            self.sentence(passage, rest.get(..n).unwrap_or(&[]));
            if n < rest.len() {
                self.carried.sentence = None;
            }
            from += n + 1;
        }
        let last_mark = tokens.last();
        let opens = last_mark.is_some_and(|t| t.is_mark(&[':']))
            && tokens
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|t| t.is(Role::OfWhich) || t.is(Role::Including));
        if opens && let Some(first) = self.carried.first.clone() {
            // A paragraph that ends in 其中： lists the parts of what it is about, not of its last clause.
            self.carried.parent = Some(Parent {
                group: Some(first.id),
                subject: Some(first.subject),
                exhaustive: true,
                above: None,
            });
            self.carried.opener = numbering;
            self.carried.has_numbered_parts = false;
        }
        if !last_mark.is_some_and(|t| t.is_mark(&[';', ','])) {
            self.carried.sentence = None;
        }
    }

    /// A list of parts ends at the next paragraph numbered like the one that opened it, and, when its parts were numbered,
    /// at one without a number.
    fn close_enumeration(&mut self, numbering: &str) {
        let carried = &mut self.carried;
        let is_next = !numbering.is_empty() && carried.opener == numbering;
        let is_after = numbering.is_empty() && carried.has_numbered_parts;
        if is_next || is_after {
            carried.parent = None;
        }
        carried.has_numbered_parts = carried.parent.is_some() && !numbering.is_empty();
    }

    /// Leaves the figures of a passage that is not the document's own.
    pub(super) fn leave(&mut self, passage: &Passage<'_>) {
        let tokens = tokens(passage, self.lexicon, None);
        self.count_numbers(&tokens);
        let range = (0, passage.chars.len());
        self.all_unproved(passage, &tokens, range, "附件中的数字");
    }

    /// Counts the digit runs that state nothing; figures are counted when they are bound.
    pub(super) fn count_numbers(&mut self, tokens: &[Token<'_>]) {
        for token in tokens {
            let is_bound = match &token.kind {
                Kind::Number(number) => !number.kind.is_figure(),
                Kind::Word(word) => word.chars.iter().any(char::is_ascii_digit),
                _ => false,
            };
            self.disclosure.n_bound += usize::from(is_bound);
        }
    }

    fn sentence(&mut self, passage: &Passage<'_>, tokens: &[Token<'_>]) {
        let mut sentence = self.carried.sentence.take().unwrap_or_else(|| Sentence {
            parent: self.carried.parent.clone(),
            listed: self.carried.listed.take(),
            ..Sentence::default()
        });
        sentence.pending = self.carried.pending.take().or(sentence.pending.take());
        let mut stack: Vec<Opened> = Vec::new();
        let mut mode = Mode::Normal;
        let mut from = 0;
        while from < tokens.len() {
            let rest = tokens.get(from..).unwrap_or(&[]);
            let n = clause_len(rest);
            let clause = rest.get(..n).unwrap_or(&[]);
            let mark = rest.get(n);
            if clause.first().is_some_and(|t| t.is(Role::Reason))
                || clause.iter().any(|t| t.is(Role::Reason))
            {
                let at = clause.iter().position(|t| t.is(Role::Reason)).unwrap_or(0);
                self.clause(
                    passage,
                    clause.get(..at).unwrap_or(&[]),
                    mark,
                    &mut sentence,
                    &mut mode,
                );
                let after = from + at + 1;
                let end = self.reason_end(passage, tokens, after, &sentence);
                self.reason(passage, tokens.get(after..end).unwrap_or(&[]), &sentence);
                mode = Mode::Normal;
                if !tokens.get(end).is_some_and(|t| t.is_mark(&[','])) {
                    sentence.current = None;
                }
                from = end + 1;
                continue;
            }
            self.clause(passage, clause, mark, &mut sentence, &mut mode);
            match mark {
                Some(t) if t.is_mark(&[';']) => {
                    self.end_item(passage, tokens, from + n, &mut sentence);
                    mode = Mode::Normal;
                }
                Some(t) if t.is_mark(&['(']) => stack.push(sentence.open_brackets()),
                Some(t) if t.is_mark(&[')']) => sentence.close_brackets(stack.pop()),
                _ => {}
            }
            from += n + 1;
        }
        self.close_list(passage, tokens, &mut sentence);
        self.carried.leave(&sentence);
        if self.carried.first.is_none() {
            self.carried.first.clone_from(&sentence.first);
        }
        self.carried.pending = sentence
            .pending
            .take()
            .filter(|_| sentence.current.is_none());
        self.carried.sentence = Some(Sentence {
            current: None,
            pending: None,
            list: None,
            ..sentence
        });
    }

    /// A semicolon ends what was said of one subject, and a list where another begins behind it
    /// (人员经费…主要包括：…；公用经费…主要包括：…).
    fn end_item(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        semicolon: usize,
        sentence: &mut Sentence,
    ) {
        let ahead = tokens.get(semicolon + 1..).unwrap_or(&[]).iter();
        let mut ahead = ahead.take_while(|t| !t.is_mark(&[';']));
        if sentence.list.is_some() && ahead.any(|t| t.is(Role::Including)) {
            let before = tokens.get(..semicolon).unwrap_or(&[]);
            self.close_list(passage, before, sentence);
        }
        self.carried.last = sentence.current.take().or(self.carried.last.take());
        sentence.pending = None;
        sentence.reopened = None;
        sentence.n_settled = sentence.parts.len();
    }

    /// Reads one clause: figures with the words before each, then what the rest says.
    fn clause(
        &mut self,
        passage: &Passage<'_>,
        clause: &[Token<'_>],
        mark: Option<&Token<'_>>,
        sentence: &mut Sentence,
        mode: &mut Mode,
    ) {
        let (Some(first), Some(last)) = (clause.first(), clause.last()) else {
            return;
        };
        let range = (first.start, last.end);
        if matches!(&first.kind, Kind::Number(n) if n.kind == number::Kind::Ordinal) {
            let outer = sentence
                .outer
                .get_or_insert_with(|| sentence.parent.clone());
            sentence.parent.clone_from(outer);
        }
        if *mode == Mode::Purpose && !self.leaves_purpose(clause) {
            self.all_unproved(passage, clause, range, "用途说明中的数字");
            return;
        }
        *mode = Mode::Normal;
        let mut from = 0;
        for (i, token) in clause.iter().enumerate() {
            if token.is(Role::Purpose) {
                // 主要用于…: what follows is free text until the clause that speaks of figures again.
                *mode = Mode::Purpose;
                let after = clause.get(i + 1..).unwrap_or(&[]);
                self.all_unproved(passage, after, range, "用途说明中的数字");
                self.rest(
                    passage,
                    clause.get(from..i).unwrap_or(&[]),
                    range,
                    mark,
                    sentence,
                );
                return;
            }
            if token.is(Role::OfWhich) {
                self.open_enumeration(sentence, true);
                if clause
                    .get(from..i)
                    .is_some_and(|lead| lead.iter().all(|t| !t.names_subject()))
                {
                    from = i + 1;
                }
                continue;
            }
            if token.is(Role::Including) {
                self.open_including(
                    passage,
                    clause.get(from..i).unwrap_or(&[]),
                    token.end,
                    sentence,
                );
                from = i + 1;
                continue;
            }
            if let Some(number) = token.figure() {
                let lead = clause.get(from..i).unwrap_or(&[]);
                let after = clause.get(i + 1..).unwrap_or(&[]);
                self.figure(passage, range, lead, number, after, sentence);
                from = i + 1;
            }
        }
        let rest = clause.get(from..).unwrap_or(&[]);
        self.rest(passage, rest, range, mark, sentence);
    }

    /// A clause after 主要用于 that compares, or names a subject and its amount, is no purpose any more.
    fn leaves_purpose(&self, clause: &[Token<'_>]) -> bool {
        let Some(figure) = clause.iter().position(|t| t.figure().is_some()) else {
            return clause
                .iter()
                .any(|t| t.is(Role::Withheld) || t.is(Role::Level));
        };
        let lead = clause.get(..figure).unwrap_or(&[]);
        let speaks = |t: &Token<'_>| {
            t.is(Role::Share) || lead::direction_of(t).is_some() || t.names_subject()
        };
        lead.iter().any(speaks)
    }

    /// Figures of free text.
    fn all_unproved(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        range: (usize, usize),
        why: &str,
    ) {
        for token in tokens {
            if let Some(number) = token.figure() {
                self.unproved(passage, range, number, why);
            }
        }
    }

    /// 其中: what follows are parts of what was said last.
    fn open_enumeration(&mut self, sentence: &mut Sentence, exhaustive: bool) {
        let total = sentence.current.clone().or_else(|| {
            let last = self.carried.last.clone();
            last.filter(|_| sentence.first.is_some())
                .or_else(|| self.carried.first.clone())
        });
        if let Some(total) = total {
            let above = sentence.above(total.id);
            sentence.parent = Some(Parent {
                group: Some(total.id),
                subject: Some(total.subject),
                exhaustive,
                above,
            });
            sentence.parts.clear();
            sentence.n_settled = 0;
        }
    }

    /// End of the reason that begins at `from`: the sentence's, a semicolon before an item with figures of its own, or the
    /// comma before what goes on about the subject.
    fn reason_end(
        &self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        from: usize,
        sentence: &Sentence,
    ) -> usize {
        let end = self.reason_end_by_item(tokens, from);
        let resumes = |i: &usize| {
            let clause = tokens.get(i + 1..end).unwrap_or(&[]);
            tokens.get(*i).is_some_and(|t| t.is_mark(&[',']))
                && self.resumes(passage, clause, sentence)
        };
        (from..end).find(resumes).unwrap_or(end)
    }

    /// Whether a clause behind a reason is no part of it: the comparison with last year after the reason of a comparison
    /// with the budget, or what there was at a day.
    fn resumes(&self, passage: &Passage<'_>, clause: &[Token<'_>], sentence: &Sentence) -> bool {
        let Some(first) = clause.first() else {
            return false;
        };
        if passage.text(first.start, first.end) == "截至" {
            return true;
        }
        let n = clause.iter().position(|t| t.figure().is_some());
        let lead = clause.get(..n.unwrap_or(0)).unwrap_or(&[]);
        let taken = lead::analyse(self.lexicon, passage, lead, self.disclosure.year);
        let (Some(comparison), Some(_)) = (taken.comparison, taken.direction) else {
            return false;
        };
        let is_budget = |base: Base| matches!(base, Base::InitialBudget | Base::AdjustedBudget);
        if !first.is(Role::Compare) || comparison.base.is_some_and(is_budget) {
            return false;
        }
        let Some(group) = sentence.current.as_ref() else {
            return false;
        };
        let claims = self.disclosure.claims.iter().rev();
        let bases: Vec<Base> = claims
            .filter(|c| c.group == group.id && c.measure != Measure::Completion)
            .filter_map(|c| c.base)
            .collect();
        !bases.is_empty() && bases.into_iter().all(is_budget)
    }

    fn reason_end_by_item(&self, tokens: &[Token<'_>], from: usize) -> usize {
        let mut at = from;
        while let Some(n) = tokens
            .get(at..)
            .and_then(|t| t.iter().position(|t| t.is_mark(&[';'])))
        {
            let semicolon = at + n;
            let segment = tokens.get(semicolon + 1..).unwrap_or(&[]);
            let len = segment
                .iter()
                .position(|t| t.is_mark(&[';']))
                .unwrap_or(segment.len());
            let segment = segment.get(..len).unwrap_or(&[]);
            let figure = segment.iter().position(|t| t.figure().is_some());
            let speaks = |t: &Token<'_>| t.names_subject();
            let is_numbered = segment
                .first()
                .is_some_and(|t| matches!(&t.kind, Kind::Text));
            if !is_numbered && figure.is_some_and(|f| segment.iter().take(f).any(speaks)) {
                return semicolon;
            }
            at = semicolon + 1;
        }
        tokens.len()
    }

    fn reason(&mut self, passage: &Passage<'_>, tokens: &[Token<'_>], sentence: &Sentence) {
        let skip = tokens
            .iter()
            .take_while(|t| {
                // 是, 为: words like 支出 and 项目 belong to the reason.
                t.is_mark(&[':', ',']) || (t.is(Role::Filler) && t.end - t.start == 1)
            })
            .count();
        let tokens = tokens.get(skip..).unwrap_or(&[]);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let range = (first.start, last.end);
        self.all_unproved(passage, tokens, range, "原因说明中的数字");
        let group = sentence
            .current
            .as_ref()
            .or(self.carried.last.as_ref())
            .map(|g| g.id);
        let Some(group) = group else { return };
        let text = passage.printed(range.0, range.1);
        let text = text
            .trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, ';' | '；' | '。' | ',' | '，')
            })
            .to_owned();
        let place = self.place(passage, range, range);
        self.disclosure.reasons.push(Reason { group, text, place });
    }
}

/// The kind of a paragraph's numbering: its numerals without their values.
fn numbering_kind(text: &str) -> String {
    let (numbering, _) = mz_budget::normalise::split_numbering(text);
    let mut kind = String::new();
    for c in numbering.chars().filter_map(mz_budget::normalise::fold) {
        let c = match c {
            '0'..='9' => '1',
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '一',
            '①'..='⑳' => '①',
            other => other,
        };
        if !kind.ends_with(c) {
            kind.push(c);
        }
    }
    kind
}

/// Number of tokens of the first sentence; a full stop before a closing bracket does not end it.
fn sentence_len(tokens: &[Token<'_>]) -> usize {
    let ends = |i: usize| {
        let closes = tokens.get(i + 1).is_some_and(|t| t.is_mark(&[')']));
        tokens.get(i).is_some_and(|t| t.is_mark(&['。'])) && !closes
    };
    (0..tokens.len()).find(|i| ends(*i)).unwrap_or(tokens.len())
}

/// Number of tokens of the first clause: up to a comma, colon or semicolon, or a bracket that holds figures.
fn clause_len(tokens: &[Token<'_>]) -> usize {
    let mut quoted = false;
    for (i, token) in tokens.iter().enumerate() {
        if token.is_mark(&['"']) {
            quoted = !quoted;
        }
        let is_break = token.is_mark(&[';', ':', '。'])
            || (token.is_mark(&[',']) && !(quoted && closes_soon(tokens.get(i..).unwrap_or(&[]))))
            || (token.is_mark(&['(']) && holds_figures(tokens.get(i + 1..).unwrap_or(&[])))
            || (token.is_mark(&[')']) && !opened(tokens.get(..i).unwrap_or(&[])));
        if is_break {
            return i;
        }
    }
    tokens.len()
}

fn closes_soon(tokens: &[Token<'_>]) -> bool {
    tokens.iter().take(12).any(|t| t.is_mark(&['"']))
}

fn opened(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| t.is_mark(&['(']))
}

fn holds_figures(tokens: &[Token<'_>]) -> bool {
    tokens
        .iter()
        .take_while(|t| !t.is_mark(&[')', '。']))
        .any(|t| {
            t.figure()
                .is_some_and(|n| !matches!(n.kind, number::Kind::Plain(_)))
        })
}
