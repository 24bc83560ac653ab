//! Statements without figures: nothing arranged, an empty table, all from one source, withheld, unchanged.

use mz_budget::{
    disclosure::{Statement, StatementKind, Subject},
    profile::outline::OutlineKind,
};

use super::{
    Reader,
    lexicon::{Meaning, Role},
    sentence::Sentence,
    source::Passage,
    token::{Kind, Token},
};

impl Reader<'_> {
    /// What the words of a clause that are no lead of a figure say.
    pub(super) fn rest(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        range: (usize, usize),
        mark: Option<&Token<'_>>,
        sentence: &mut Sentence,
    ) {
        for token in tokens {
            self.say(token, sentence);
        }
        let has = |role: Role| tokens.iter().any(|t| t.is(role));
        if has(Role::NilTable) {
            self.nil_table(passage, tokens, range);
        } else if has(Role::Withheld) {
            self.withheld(passage, range, sentence);
        } else if let Some(at) = Self::position(tokens, Role::AllFrom) {
            self.all_from(passage, tokens, at, range);
        } else if let Some(at) = Self::position(tokens, Role::Nil) {
            self.nil(passage, tokens, at, range, sentence);
        } else if let Some(at) = self.nil_before(tokens) {
            self.nil(passage, tokens, at, range, sentence);
        } else if tokens
            .iter()
            .any(|t| super::lead::direction_of(t).is_some())
        {
            self.wordless_change(passage, range, tokens, sentence);
        } else {
            self.leave_for_next(passage, tokens, mark, sentence);
        }
    }

    /// A subject before a colon or comma stands for the figures that follow; so does the base of a comparison.
    fn leave_for_next(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        mark: Option<&Token<'_>>,
        sentence: &mut Sentence,
    ) {
        let taken = super::lead::analyse(self.lexicon, passage, tokens, self.disclosure.year);
        if let Some(comparison) = taken.comparison {
            sentence.comparison = Some(comparison);
        }
        let is_chain = tokens.iter().any(|t| matches!(t.kind, Kind::Chain(_)));
        // An item that begins with its name alone: （一）公务接待费。2030 年预算数…
        let is_item =
            mark.is_none() && tokens.first().is_some_and(|t| passage.starts_part(t.start));
        let is_before_figures =
            is_item || is_chain || mark.is_some_and(|t| t.is_mark(&[':', ',', '(']));
        let before = tokens.get(taken.subject.0..taken.subject.1).unwrap_or(&[]);
        // 农林水支出：财政拨款 10 万元 — a heading may be a label though the document names it nowhere else.
        let is_heading = mark.is_some_and(|t| t.is_mark(&[':']))
            && before.last().is_some_and(|t| {
                let text = passage.text(before.first().map_or(t.start, |f| f.start), t.end);
                text.ends_with("支出") && matches!(text.chars().count(), 5..=20)
            });
        if !is_before_figures || !(is_heading || before.iter().any(Token::names_subject)) {
            return;
        }
        let found = self.resolve(passage, before, None, Some(sentence));
        // 整体支出纳入绩效目标管理，涉及资金 10 万元: the money is that of what was said to be managed.
        let is_managed = self.kind() == OutlineKind::Performance
            && found.slice.is_none()
            && !found.facts.is_empty();
        let is_label = is_managed || is_item || is_chain || mark.is_some_and(|t| t.is_mark(&[':']));
        if is_chain && found.unknown.is_some() {
            self.mentions(passage, &found, None);
        }
        if is_chain || is_heading || (found.unknown.is_none() && is_label) {
            sentence.pending = Some(found);
        }
    }

    fn state(
        &mut self,
        passage: &Passage<'_>,
        range: (usize, usize),
        kind: StatementKind,
        subject: Option<Subject>,
    ) {
        let place = self.place(passage, range, range);
        self.disclosure.statements.push(Statement {
            kind,
            subject,
            place,
        });
    }

    /// 无 directly before a subject, at the front of what is left of the clause or after a body's name.
    fn nil_before(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let at = Self::position(tokens, Role::NilBefore)?;
        let next = tokens.get(at + 1)?;
        let previous = at.checked_sub(1).and_then(|i| tokens.get(i));
        let is_front = previous.is_none_or(|t| {
            t.is(Role::Body)
                || t.is(Role::Filler)
                || t.is_mark(&['、', '"'])
                || matches!(t.kind, Kind::Number(_))
        });
        (is_front && next.names_subject()).then_some(at)
    }

    /// 未安排, 没有使用…安排的支出, 无…: one statement a subject named after the verb, else the one before it.
    fn nil(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        at: usize,
        range: (usize, usize),
        sentence: &mut Sentence,
    ) {
        let (before, after) = (
            tokens.get(..at).unwrap_or(&[]),
            tokens.get(at + 1..).unwrap_or(&[]),
        );
        let mut subjects: Vec<Subject> = Vec::new();
        for named in named_together(passage, after) {
            // 没有国（境）外公务接待支出 says nothing of all 公务接待支出.
            let start = named.first().map_or(0, |t| t.start);
            let is_narrowed = after
                .iter()
                .any(|t| t.end == start && matches!(t.kind, Kind::Text));
            if is_narrowed {
                continue;
            }
            let found = self.resolve(passage, named, None, None);
            let facts = self.facts_of_words(&found, sentence);
            subjects.extend(found.slice.filter(|_| facts.is_empty()).map(Subject::Slice));
            subjects.extend(facts);
        }
        if subjects.is_empty() {
            let found = self.resolve(passage, before, None, None);
            subjects = self.facts_of_words(&found, sentence);
            if subjects.is_empty() {
                // 未安排此项预算 speaks of what was said before.
                let said = || sentence.current.as_ref().map(|g| g.subject.clone());
                subjects.extend(found.slice.map(Subject::Slice).or_else(said));
            }
        }
        if subjects.is_empty() {
            self.state(passage, range, StatementKind::Nil, None);
        }
        for subject in subjects {
            self.state(passage, range, StatementKind::Nil, Some(subject));
        }
    }

    fn nil_table(&mut self, passage: &Passage<'_>, tokens: &[Token<'_>], range: (usize, usize)) {
        let named = tokens.iter().find_map(|t| match &t.kind {
            Kind::Word(word) => word.meanings.iter().find_map(|m| match m {
                Meaning::Table(i) => self.profile.tables.get(*i).map(|table| table.id.clone()),
                _ => None,
            }),
            _ => None,
        });
        let block = passage.block(range.0);
        let above = || {
            let before =
                |t: &&mz_budget::disclosure::TableReading| t.blocks.iter().any(|b| *b < block);
            self.disclosure
                .tables
                .iter()
                .rfind(before)
                .map(|t| t.id.clone())
        };
        let in_tables = self.context.ids.iter().any(|id| id == "tables");
        let table = named
            .or_else(|| {
                if in_tables {
                    above()
                } else {
                    self.context.table.clone()
                }
            })
            .or_else(above);
        let Some(table) = table else { return };
        self.state(passage, range, StatementKind::NilTable { table }, None);
    }

    fn all_from(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        at: usize,
        range: (usize, usize),
    ) {
        let after = self.resolve(passage, tokens.get(at + 1..).unwrap_or(&[]), None, None);
        let Some(slice) = after.slice else { return };
        let before = self.resolve(passage, tokens.get(..at).unwrap_or(&[]), None, None);
        let Some(whole) = before.slice.or(self.section_slice()) else {
            return;
        };
        let kind = StatementKind::AllFrom {
            whole: Subject::Slice(whole),
        };
        self.state(passage, range, kind, Some(Subject::Slice(slice)));
    }

    fn withheld(&mut self, passage: &Passage<'_>, range: (usize, usize), sentence: &Sentence) {
        let first = sentence.first.as_ref().map(|g| g.subject.clone());
        let is_secret = matches!(&first, Some(Subject::Fact(key)) if key.starts_with("secret."));
        let kind = if is_secret {
            StatementKind::SecretProjects
        } else {
            StatementKind::Withheld
        };
        self.state(passage, range, kind, first);
    }
}

/// Words that together name one subject: 财政拨款安排的“三公”经费 is one, 政府性基金和国有资本经营 are two.
fn named_together<'a, 't>(passage: &Passage<'_>, tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let subjects: Vec<usize> = (0..tokens.len())
        .filter(|i| tokens.get(*i).is_some_and(Token::names_subject))
        .collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in subjects {
        let joins = runs
            .last()
            .and_then(|(_, end)| Some((tokens.get(*end)?, tokens.get(at)?)))
            .is_some_and(|(last, next)| {
                !passage
                    .text(last.end, next.start)
                    .contains(['、', ',', ';', '和', '及', '或', '与'])
            });
        match runs.last_mut() {
            Some((_, end)) if joins => *end = at,
            _ => runs.push((at, at)),
        }
    }
    runs.into_iter()
        .filter_map(|(start, end)| tokens.get(start..=end))
        .collect()
}
