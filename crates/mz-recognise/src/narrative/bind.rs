//! Binding a figure to its subject, measure, stage and base.

use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{
        Base, Claim, ClaimValue, Direction, Measure, Observation, Origin, Reading, Stage, Subject,
    },
    money::PrintedMoney,
    profile::outline::OutlineKind,
};

use super::{
    Reader,
    lead::{self, Comparison, Lead},
    lexicon::{Meaning, Role},
    number::{self, Number},
    prove,
    sentence::{Group, Parent, Sentence},
    source::Passage,
    subject::Found,
    token::{Kind, Token},
};

/// Beginning of the keys of subjects known by nothing but their own words.
pub(super) const SAID: &str = "unproved.said.";

/// The section on procurement, and the fact it is about.
const PROCUREMENT: &str = "procurement";

/// Numerals of items.
const NUMERALS: &str = "一二三四五六七八九十";

/// What stands between a code and its name.
const DASHES: &str = "-—–－";

/// Words for the whole of a side, when they are all that is said: 收入较上年增加….
const SIDES: [&str; 2] = ["收入", "支出"];

/// A figure and the words around it.
struct Figure<'t, 'l> {
    range: (usize, usize),
    lead: &'t [Token<'l>],
    number: &'t Number,
    after: &'t [Token<'l>],
}

impl Figure<'_, '_> {
    /// What the figure says.
    fn value(&self) -> ClaimValue {
        match &self.number.kind {
            number::Kind::Money(money) => ClaimValue::Money(*money),
            number::Kind::Percent(percent) => ClaimValue::Percent(*percent),
            number::Kind::Quantity(number, unit) => ClaimValue::Quantity {
                number: *number,
                unit: unit.clone(),
            },
            number::Kind::Plain(number) => ClaimValue::Quantity {
                number: *number,
                unit: String::new(),
            },
            _ => ClaimValue::None,
        }
    }

    /// Whether every word before the figure means something to us. The number of an item, （一）, and the dash between a
    /// code and its name say nothing of their own.
    fn is_understood(&self, passage: &Passage<'_>) -> bool {
        let is_mark = |at: Option<usize>, mark: char| {
            at.and_then(|at| self.lead.get(at))
                .is_some_and(|t| t.is_mark(&[mark]))
        };
        self.lead.iter().enumerate().all(|(i, t)| {
            if !matches!(t.kind, Kind::Text) {
                return true;
            }
            let words = passage.chars.get(t.start..t.end).unwrap_or(&[]);
            let is_bracketed = is_mark(i.checked_sub(1), '(') && is_mark(Some(i + 1), ')');
            (is_bracketed && words.iter().all(|c| NUMERALS.contains(*c)))
                || words.iter().all(|c| DASHES.contains(*c))
        })
    }

    fn money(&self) -> Option<PrintedMoney> {
        match self.number.kind {
            number::Kind::Money(money) => Some(money),
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// Binds a figure or lists it as unproved.
    pub(super) fn figure(
        &mut self,
        passage: &Passage<'_>,
        range: (usize, usize),
        lead_tokens: &[Token<'_>],
        number: &Number,
        after: &[Token<'_>],
        sentence: &mut Sentence,
    ) {
        let figure = Figure {
            range,
            lead: lead_tokens,
            number,
            after,
        };
        if let Err(why) = self.bind(passage, &figure, sentence) {
            self.unproved(passage, range, number, &why);
        }
    }

    fn bind(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        sentence: &mut Sentence,
    ) -> Result<(), String> {
        let mut taken = lead::analyse(self.lexicon, passage, figure.lead, self.disclosure.year);
        for token in figure.lead {
            self.say(token, sentence);
        }
        if let Some(comparison) = taken.comparison {
            sentence.comparison = Some(comparison);
        }
        let found = self.subject_of(passage, figure, &taken, sentence);
        if let Some((start, end)) = found.unknown {
            if self.may_name(figure, &taken) {
                self.named_by_words(passage, figure, &taken, (start, end), sentence);
                return Ok(());
            }
            let words = passage.printed(start, end);
            if figure.money().is_some() && taken.direction.is_none() && !taken.is_share {
                // What follows is said of this amount, not of the subject before it.
                sentence.current = None;
                self.carried.last = None;
            }
            return Err(format!("“{}”不在口径词、科目和项目名称之内", words.trim()));
        }
        if let Some(stage) = self.completed(figure, &taken, &found, sentence) {
            return self.completed_amount(passage, figure, &taken, stage, sentence);
        }
        if let Some(completing) = sentence.completing.take()
            && matches!(figure.number.kind, number::Kind::Percent(_))
            && !figure.lead.iter().any(Token::names_subject)
            && taken.direction.is_none()
            && !taken.is_share
        {
            taken.completion.get_or_insert(completing);
        }
        if let Some(base) = self.amount_of_base(figure, &taken) {
            return self.base_amount(passage, figure, &taken, (found, base), sentence);
        }
        if taken.completion.is_none() && taken.direction.is_none() && !taken.is_share {
            taken.completion = match figure.number.kind {
                number::Kind::Percent(_) => lead::base_before_percent(
                    self.lexicon,
                    passage,
                    figure.lead,
                    self.disclosure.year,
                ),
                _ => None,
            };
        }
        let measure = self.measure(passage, figure, &taken, &found, sentence)?;
        let group = self.group_for(passage, figure, &taken, found, &measure, sentence)?;
        self.push(passage, figure, &taken, measure, group, sentence);
        Ok(())
    }

    /// Whether words nobody knows may be the subject of an amount: what is said of it can still be compared with itself.
    fn may_name(&self, figure: &Figure<'_, '_>, taken: &Lead) -> bool {
        self.profile.is_proposed
            && self.kind() != OutlineKind::Performance
            && figure.money().is_some()
            && taken.comparison.is_none()
            && taken.direction.is_none()
            && !taken.is_share
    }

    /// An amount of what its own words name. It is compared with nothing but what the same statement says of it.
    fn named_by_words(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        (start, end): (usize, usize),
        sentence: &mut Sentence,
    ) {
        let id = self.new_group();
        let group = Group {
            id,
            subject: Subject::Fact(format!("{SAID}{id}")),
            words: passage.printed(start, end).trim().to_owned(),
            facts: Vec::new(),
            has_change: false,
        };
        sentence.first.get_or_insert_with(|| group.clone());
        self.carried.first.get_or_insert_with(|| group.clone());
        sentence.current = Some(group.clone());
        let bound = Bound {
            group,
            stage: self.own_stage(),
            year: None,
        };
        self.push(passage, figure, taken, Measure::Amount, bound, sentence);
    }

    /// Whose amount was completed: 完成全年预算 85 万元的 70%.
    fn completed(
        &self,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        found: &Found,
        sentence: &Sentence,
    ) -> Option<Stage> {
        let is_amount = figure.money().is_some() && taken.direction.is_none() && !taken.is_share;
        let is_named = found.slice.is_some() || !found.facts.is_empty();
        let completion = taken.completion.filter(|_| is_amount && !is_named)?;
        sentence.current.as_ref()?;
        self.named_base(completion).map(Base::stage)
    }

    fn completed_amount(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        stage: Stage,
        sentence: &mut Sentence,
    ) -> Result<(), String> {
        let Some(group) = sentence.current.clone() else {
            return Err("没有说明是什么的金额".to_owned());
        };
        sentence.completing = taken.completion;
        let bound = Bound {
            group,
            stage,
            year: None,
        };
        self.push(passage, figure, taken, Measure::Amount, bound, sentence);
        Ok(())
    }

    /// The base whose amount a figure is: 比上年预算数 100 万元增加….
    fn amount_of_base(&self, figure: &Figure<'_, '_>, taken: &Lead) -> Option<Base> {
        let is_amount = figure.money().is_some() && taken.direction.is_none() && !taken.is_share;
        let base = self.named_base(taken.comparison.filter(|_| is_amount)?)?;
        matches!(
            base,
            Base::PriorBudget | Base::PriorExecution | Base::PriorFinal
        )
        .then_some(base)
    }

    /// Last year's amount of what is spoken of, said in the comparison itself.
    fn base_amount(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        (found, base): (Found, Base),
        sentence: &mut Sentence,
    ) -> Result<(), String> {
        let named = self.named_subject(figure, &found, sentence)?;
        let group = match (named, sentence.current.clone()) {
            (None, Some(current)) => current,
            (Some((subject, _)), Some(current)) if current.subject == subject => current,
            _ => return Err("没有说明是什么的金额".to_owned()),
        };
        let bound = Bound {
            group,
            stage: base.stage(),
            year: taken.comparison.and_then(|c| c.year),
        };
        self.push(passage, figure, taken, Measure::Amount, bound, sentence);
        Ok(())
    }

    /// Remembers words that facts ask for.
    pub(super) fn say(&self, token: &Token<'_>, sentence: &mut Sentence) {
        if let Kind::Word(word) = &token.kind
            && word.meanings.contains(&Meaning::With)
        {
            let said: String = word.chars.iter().collect();
            let meant = self.lexicon.with_words.get(&said);
            sentence.said.push(meant.cloned().unwrap_or(said));
        }
    }

    /// The subject named in the lead, before the grammar or after its direction word, or right behind a count.
    fn subject_of(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        sentence: &Sentence,
    ) -> Found {
        let before = figure
            .lead
            .get(taken.subject.0..taken.subject.1)
            .unwrap_or(&[]);
        let found = self.resolve(passage, before, figure.money(), Some(sentence));
        if found.slice.is_some() || !found.facts.is_empty() || found.unknown.is_some() {
            return found;
        }
        let behind = figure.lead.get(taken.after.0..taken.after.1).unwrap_or(&[]);
        if behind.iter().any(Token::names_subject) {
            let later = self.resolve(passage, behind, figure.money(), Some(sentence));
            return Found {
                year: found.year,
                stage: found.stage.or(later.stage),
                ..later
            };
        }
        if matches!(figure.number.kind, number::Kind::Quantity(..))
            && let Some(next) = figure
                .after
                .first()
                .filter(|t| t.start == figure.number.end)
            && matches!(&next.kind, Kind::Word(w) if w.meanings.iter().any(|m| matches!(m, Meaning::Fact(_))))
        {
            let named = self.resolve(passage, std::slice::from_ref(next), None, None);
            return Found {
                slice: None,
                year: found.year,
                ..named
            };
        }
        found
    }

    fn measure(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        found: &Found,
        sentence: &Sentence,
    ) -> Result<Measure, String> {
        match &figure.number.kind {
            number::Kind::Garbled => Err("不是一个数".to_owned()),
            number::Kind::Points(_) => Err("百分点没有可核对的比率".to_owned()),
            number::Kind::Percent(_) if taken.is_share => {
                self.whole(passage, figure, taken, sentence)
            }
            number::Kind::Percent(_) if taken.completion.is_some() => Ok(Measure::Completion),
            number::Kind::Percent(_) if taken.direction.is_some() => Ok(Measure::Growth),
            number::Kind::Percent(_) => Err("百分数没有说明是占比、增减还是完成率".to_owned()),
            number::Kind::Plain(_) if taken.is_share => Err("占比后没有百分号".to_owned()),
            number::Kind::Plain(_) if found.facts.is_empty() => Err("数字没有单位".to_owned()),
            _ if taken.direction.is_some() && !taken.is_reaching => Ok(Measure::Change),
            _ => Ok(Measure::Amount),
        }
    }

    /// The whole of a share: the one named, the total of the enumeration, the section's.
    fn whole(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        sentence: &Sentence,
    ) -> Result<Measure, String> {
        let of = taken
            .of
            .and_then(|(from, to)| figure.lead.get(from..to))
            .unwrap_or(&[]);
        let named = self.resolve(passage, of, None, None);
        let of = if let Some(slice) = named.slice {
            Some(Subject::Slice(slice))
        } else if let Some(fact) = self
            .fact(&named.facts, Some(figure.number), sentence)
            .and_then(|i| self.lexicon.facts.get(i))
        {
            Some(Subject::Fact(fact.key.clone()))
        } else if named.unknown.is_some_and(|(a, b)| b - a > 1) {
            None
        } else {
            let parent = sentence.parent.as_ref().and_then(|p| p.subject.clone());
            parent.or(self.context.total.map(Subject::Slice))
        };
        of.map(|of| Measure::Share { of })
            .ok_or_else(|| "不知道是占什么的比重".to_owned())
    }

    /// The fact of these words and this unit: most conditions met, deepest, longest word.
    fn fact(
        &self,
        facts: &[(usize, usize)],
        figure: Option<&Number>,
        sentence: &Sentence,
    ) -> Option<usize> {
        self.fitting(facts, figure, sentence)
            .into_iter()
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, i)| i)
    }

    /// Facts of these words that fit the unit and the words said, with their rank.
    fn fitting(
        &self,
        facts: &[(usize, usize)],
        figure: Option<&Number>,
        sentence: &Sentence,
    ) -> Vec<((usize, usize, usize), usize)> {
        let fits_unit = |unit: &str| match figure.map(|n| &n.kind) {
            None | Some(number::Kind::Percent(_)) => true,
            Some(number::Kind::Money(_)) => unit == "万元",
            Some(number::Kind::Quantity(_, word)) => {
                unit != "万元"
                    && unit
                        .split_whitespace()
                        .any(|u| u == word || mz_budget::normalise::name(u) == *word)
            }
            Some(number::Kind::Plain(_)) => unit != "万元",
            Some(_) => false,
        };
        let before = match sentence.current.as_ref().map(|group| &group.subject) {
            Some(Subject::Fact(key)) => Some(key),
            _ => None,
        };
        let candidates = facts.iter().filter_map(|(i, len)| {
            let fact = self.lexicon.facts.get(*i)?;
            let is_said = fact.with.iter().all(|w| sentence.said.contains(w));
            let follows = before.is_some_and(|key| fact.behind.contains(key));
            let is_placed = fact.behind.is_empty() || follows;
            let depth = self.lexicon.depths.get(*i).copied().unwrap_or(0);
            let n_asked = fact.with.len() + usize::from(follows);
            (is_said && is_placed && fits_unit(&fact.unit)).then_some(((n_asked, depth, *len), *i))
        });
        candidates.collect()
    }

    /// Finds or makes the group the figure belongs to.
    fn group_for(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        mut found: Found,
        measure: &Measure,
        sentence: &mut Sentence,
    ) -> Result<Bound, String> {
        let is_named = found.slice.is_some() || !found.facts.is_empty();
        // A name that means nothing to us stays in the way of all figures said of it.
        if let Some((start, end)) = sentence.pending.as_ref().and_then(|p| p.unknown)
            && !is_named
        {
            let words = passage.printed(start, end);
            return Err(format!("“{}”不在科目之内", words.trim()));
        }
        if !is_named && let Some(pending) = sentence.pending.take() {
            found = Found {
                year: found.year.or(pending.year),
                stage: found.stage.or(pending.stage),
                ..pending
            };
        }
        self.under_label(&mut found, sentence)?;
        let subject = self.named_subject(figure, &found, sentence)?;
        let (stage, year) = (self.stage(&found), found.year);
        let Some((subject, facts)) = subject else {
            return self.unnamed(passage, figure, taken, measure, &found, sentence);
        };
        let words = found.range.map_or_else(String::new, |(a, b)| {
            passage.printed(a, b).trim().to_owned()
        });
        let subject = self.one_of_each(subject, &found);
        sentence.reopened = None;
        self.fit_parent(&subject, sentence);
        if let Some(current) = sentence.current.as_mut().filter(|c| c.subject == subject) {
            let group = current.clone();
            self.mentions(passage, &found, Some(group.id));
            return Ok(Bound { group, stage, year });
        }
        let group = Group {
            id: self.new_group(),
            subject,
            words,
            facts,
            has_change: false,
        };
        self.mentions(passage, &found, Some(group.id));
        if sentence
            .parent
            .as_ref()
            .is_some_and(|p| p.group != Some(group.id))
        {
            sentence.parts.push(group.clone());
        }
        sentence.first.get_or_insert_with(|| group.clone());
        if self.carried.first.is_none() {
            self.carried.first = Some(group.clone());
        }
        sentence.current = Some(group.clone());
        Ok(Bound { group, stage, year })
    }

    /// The subject of a fact that is another one with every budget said: the next begins where a stage is said again.
    fn one_of_each(&mut self, subject: Subject, found: &Found) -> Subject {
        let Subject::Fact(key) = &subject else {
            return subject;
        };
        let fact = self.lexicon.facts.iter().find(|fact| fact.key == *key);
        if !fact.is_some_and(|fact| fact.each) {
            return subject;
        }
        let stage = self.stage(found);
        let numbered = |n: usize| Subject::Fact(format!("{key}.{n}"));
        let present = numbered(self.n_each);
        let is_said = |claim: &Claim| {
            claim.subject == present && claim.stage == stage && claim.measure == Measure::Amount
        };
        self.n_each += usize::from(self.disclosure.claims.iter().any(is_said));
        numbered(self.n_each)
    }

    /// Money named behind the name of a heading is that heading's: 农林水支出：财政拨款 10 万元.
    fn under_label(&self, found: &mut Found, sentence: &Sentence) -> Result<(), String> {
        let named = [
            Dimension::Function,
            Dimension::Economic,
            Dimension::Governmental,
            Dimension::Project,
        ];
        let (Some(slice), Some(label)) = (found.slice, sentence.pending.as_ref()) else {
            return Ok(());
        };
        if !found.facts.is_empty() || named.iter().any(|d| slice.node(*d) != 0) {
            return Ok(());
        }
        if label.unknown.is_some() {
            return Err("冒号前的名称不在科目之内".to_owned());
        }
        let item = label.slice.filter(|item| {
            slice.node(Dimension::Fund) != 0
                && slice.node(Dimension::Nature) == item.node(Dimension::Nature)
        });
        if let Some(item) = item {
            let whole = named.iter().fold(slice, |s, d| s.with(*d, item.node(*d)));
            if whole != slice {
                found.slice = Some(whole);
                found.range = label.range.or(found.range);
                found.mentions.extend(label.mentions.clone());
            }
        }
        Ok(())
    }

    /// A part that lies outside the total of the enumeration is a part of the total above it; where the first does, the
    /// enumeration is of something that was not understood.
    fn fit_parent(&mut self, subject: &Subject, sentence: &mut Sentence) {
        let dimensions = &self.disclosure.dimensions;
        let Subject::Slice(part) = subject else {
            return;
        };
        // 公务用车购置及运行费 5 万元（公务用车购置费 0 万元）: what brackets hold are parts of what stands before them.
        let holds = |group: &Group| matches!(group.subject, Subject::Slice(whole) if prove::is_inside(dimensions, whole, *part));
        if let Some(whole) = sentence.bracketed.take_if(|group| holds(group)) {
            let above = sentence.above(whole.id);
            sentence.parent = Some(Parent {
                group: Some(whole.id),
                subject: Some(whole.subject),
                exhaustive: false,
                above,
            });
            sentence.parts.clear();
            return;
        }
        let is_outside = |parent: &Parent| match &parent.subject {
            Some(Subject::Slice(whole)) => prove::are_apart(dimensions, *whole, *part),
            _ => false,
        };
        let Some(parent) = sentence.parent.as_ref().filter(|p| is_outside(p)) else {
            return;
        };
        let mut above = parent.above.as_deref();
        while let Some(outer) = above.filter(|outer| is_outside(outer)) {
            above = outer.above.as_deref();
        }
        if let Some(outer) = above.cloned() {
            sentence.parent = Some(outer);
            sentence.parts.clear();
            sentence.n_settled = 0;
        } else if sentence.parts.is_empty() {
            sentence.parent = None;
            self.carried.parent = None;
        }
    }

    /// The subject the lead names; `Err` when it names one that does not fit the figure.
    fn named_subject(
        &self,
        figure: &Figure<'_, '_>,
        found: &Found,
        sentence: &Sentence,
    ) -> Result<Option<(Subject, Vec<usize>)>, String> {
        if let Some(i) = self.fact(&found.facts, Some(figure.number), sentence)
            && let Some(fact) = self.lexicon.facts.get(i)
        {
            // Of several that fit a later figure alike, the last is taken: that of the longest word.
            let mut same_words = found.facts.clone();
            same_words.sort_by_key(|(_, len)| *len);
            let same_words = same_words.into_iter().map(|(i, _)| i).collect();
            return Ok(Some((Subject::Fact(fact.key.clone()), same_words)));
        }
        if found.slice.is_some() && self.is_of_procurement() {
            return Err("政府采购的资金来源，不与报表核对".to_owned());
        }
        let is_project_money = found.slice.is_some() && self.kind() == OutlineKind::Performance;
        if is_project_money {
            return Err("绩效部分的数字，不与报表核对".to_owned());
        }
        match (found.slice, &figure.number.kind) {
            (Some(slice), number::Kind::Money(_) | number::Kind::Percent(_)) => {
                Ok(Some((Subject::Slice(slice), Vec::new())))
            }
            (Some(_), _) => Err("这个口径没有数量".to_owned()),
            (None, _) if !found.facts.is_empty() => Err("没有对应的事实".to_owned()),
            (None, _) => Ok(None),
        }
    }

    /// Whether what is said of money here is said of what procurement is paid from.
    fn is_of_procurement(&self) -> bool {
        let first = self.carried.first.as_ref().map(|group| &group.subject);
        self.context.ids.iter().any(|id| id == PROCUREMENT)
            || matches!(first, Some(Subject::Fact(key)) if key == PROCUREMENT)
    }

    /// The total a comparison is about that follows a list of parts that were not compared one by one.
    fn total_of_list(&self, sentence: &Sentence, is_own_year: bool) -> Option<(usize, Subject)> {
        if sentence.first.is_some() {
            let parent = sentence.compared_total()?;
            return parent.group.zip(parent.subject.clone());
        }
        let parent = sentence.listed.as_ref()?;
        // With the document's own year (2026 年预算比 2025 年预算) it is about what the paragraph began with.
        match &self.carried.first {
            Some(first) if is_own_year => Some((first.id, first.subject.clone())),
            _ => parent.group.zip(parent.subject.clone()),
        }
    }

    /// A figure whose clause names no subject: the subject said last, the total after a list, the section's total.
    fn unnamed(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        measure: &Measure,
        found: &Found,
        sentence: &mut Sentence,
    ) -> Result<Bound, String> {
        let (stage, year) = (self.stage(found), found.year);
        let is_change = matches!(
            measure,
            Measure::Change | Measure::Growth | Measure::Completion
        );
        let is_own_year = found.year.is_some() && found.year == self.disclosure.year;
        if is_change && let Some(group) = sentence.reopened.take() {
            sentence.current = Some(group.clone());
            return Ok(Bound { group, stage, year });
        }
        let total = self.total_of_list(sentence, is_own_year);
        if is_change
            && taken.comparison.is_some()
            && let Some((id, subject)) = total
        {
            let group = Group {
                id,
                subject,
                words: String::new(),
                facts: Vec::new(),
                has_change: true,
            };
            sentence.current = Some(group.clone());
            return Ok(Bound { group, stage, year });
        }
        if let Some(first) = self.whole_side(passage, figure, taken, is_change, sentence) {
            sentence.current = Some(first.clone());
            return Ok(Bound {
                group: first,
                stage,
                year,
            });
        }
        // A year or a stage says whose figure it is, when nothing else is said of it: 上年预算执行数为 X，2030 年预算安排 Y.
        let is_bare = figure.lead.iter().all(|t| !matches!(t.kind, Kind::Text));
        let says_whose = found.stage.is_some() || is_own_year;
        let is_staged = *measure == Measure::Amount && is_bare && says_whose;
        let may_go_on = [
            is_change && is_bare && taken.comparison.is_some(),
            is_staged && self.carried.first.is_some(),
        ];
        let before = || {
            may_go_on
                .contains(&true)
                .then(|| self.said_before())
                .flatten()
        };
        let last = sentence.current.clone().or_else(before);
        if let Some(current) = last {
            let says = (is_change, is_staged, says_whose);
            let subject = self.subject_again(&current, figure, (taken, measure), says, sentence)?;
            let group = Group { subject, ..current };
            if sentence.current.is_none() {
                sentence.current = Some(group.clone());
            }
            return Ok(Bound { group, stage, year });
        }
        match self.context.total {
            Some(total)
                if is_bare
                    && figure.money().is_some()
                    && sentence.first.is_none()
                    && !taken.is_value =>
            {
                let subject = Subject::Slice(total);
                let group = Group {
                    id: self.new_group(),
                    subject,
                    words: String::new(),
                    facts: Vec::new(),
                    has_change: false,
                };
                sentence.first = Some(group.clone());
                self.carried.first.get_or_insert_with(|| group.clone());
                sentence.current = Some(group.clone());
                Ok(Bound { group, stage, year })
            }
            _ => Err("没有主语".to_owned()),
        }
    }

    /// The whole of a side that alone is said to have changed: 收入较上年增加….
    fn whole_side(
        &self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        is_change: bool,
        sentence: &Sentence,
    ) -> Option<Group> {
        let is_it = is_change && taken.comparison.is_some() && says_side(passage, figure, taken);
        let first = || {
            self.carried
                .first
                .clone()
                .or_else(|| sentence.first.clone())
        };
        is_it.then(first).flatten()
    }

    /// What a sentence without a subject goes on about: what was said last, or the item when that was one of its parts.
    fn said_before(&self) -> Option<Group> {
        let last = self.carried.last.clone()?;
        Some(match self.carried.first.clone() {
            Some(first) if is_said(&last) => first,
            Some(_) => last,
            // A paragraph that begins without a subject goes on about what the one before was about, not about its last part.
            None => self.carried.before.clone().unwrap_or(last),
        })
    }

    /// The subject of another figure of the group said last.
    fn subject_again(
        &self,
        current: &Group,
        figure: &Figure<'_, '_>,
        (taken, measure): (&Lead, &Measure),
        (is_change, is_staged, says_whose): (bool, bool, bool),
        sentence: &Sentence,
    ) -> Result<Subject, String> {
        // The count of a thing was said, now its value (or the other way round).
        let facts: Vec<(usize, usize)> = self.facts_with_words_of(&current.facts);
        let other = self
            .fact(&facts, Some(figure.number), sentence)
            .and_then(|i| self.lexicon.facts.get(i));
        let subject = match (&current.subject, other) {
            (subject, _) if is_said(current) && (is_change || is_staged) => subject.clone(),
            (Subject::Fact(_), Some(fact)) if !fact.each => Subject::Fact(fact.key.clone()),
            (subject @ Subject::Fact(_), Some(_)) => subject.clone(),
            (Subject::Fact(_), None) if !matches!(figure.number.kind, number::Kind::Percent(_)) => {
                return Err("没有对应的事实".to_owned());
            }
            (Subject::Slice(_), _) if matches!(figure.number.kind, number::Kind::Quantity(..)) => {
                return Err("这个口径没有数量".to_owned());
            }
            (Subject::Slice(_), _)
                if *measure == Measure::Amount && !says_whose && !taken.is_reaching =>
            {
                return Err("没有说明是什么的金额".to_owned());
            }
            (subject, _) => subject.clone(),
        };
        Ok(subject)
    }

    /// Facts whose words are among those of the given facts.
    fn facts_with_words_of(&self, facts: &[usize]) -> Vec<(usize, usize)> {
        facts.iter().map(|i| (*i, 0)).collect()
    }

    /// Whose figure it is: what the words say, last year's when the year said is last year, else the document's own.
    fn stage(&self, found: &Found) -> Stage {
        let own = self.own_stage();
        match (found.stage, found.year, self.disclosure.year) {
            (Some(stage), _, _) => stage,
            (None, Some(said), Some(current))
                if said.checked_add(1) == Some(current) && found.slice.is_some() =>
            {
                if own == Stage::Final {
                    Stage::PriorFinal
                } else {
                    Stage::PriorBudget
                }
            }
            _ => own,
        }
    }

    fn push(
        &mut self,
        passage: &Passage<'_>,
        figure: &Figure<'_, '_>,
        taken: &Lead,
        measure: Measure,
        bound: Bound,
        sentence: &mut Sentence,
    ) {
        let is_change = matches!(measure, Measure::Change | Measure::Growth);
        let comparison = if is_change {
            taken.comparison.or(sentence.comparison)
        } else {
            taken.completion
        };
        let named = || comparison.and_then(|c| self.named_base(c));
        let base = match measure {
            Measure::Change | Measure::Growth => self.base(comparison, &bound.group.subject),
            Measure::Completion => named().or(Some(Base::InitialBudget)),
            _ => None,
        };
        let group = bound.group.id;
        if is_change {
            if let Some(current) = sentence.current.as_mut().filter(|c| c.id == group) {
                current.has_change = true;
            }
            for part in sentence.parts.iter_mut().filter(|p| p.id == group) {
                part.has_change = true;
            }
        }
        let parent = sentence
            .parent
            .as_ref()
            .filter(|p| p.group.is_some() && p.group != Some(group));
        let place = self.place(
            passage,
            figure.range,
            (figure.number.start, figure.number.end),
        );
        let claim = Claim {
            direction: if is_change { taken.direction } else { None },
            value: figure.value(),
            part_of: parent.and_then(|p| p.group),
            exhaustive: parent.is_some_and(|p| p.exhaustive),
            exact: figure.is_understood(passage),
            subject: bound.group.subject,
            measure,
            stage: bound.stage,
            base,
            group,
            words: bound.group.words,
            year: bound.year,
            base_year: comparison.and_then(|c| c.year),
            place,
        };
        self.carried.remember(claim.stage);
        self.disclosure.n_bound += 1;
        self.push_claim(claim);
    }

    /// Base of a change: the one named, the section's, the profile's, the national one; facts have none unless named.
    pub(super) fn base(&self, comparison: Option<Comparison>, subject: &Subject) -> Option<Base> {
        if let Some(base) = comparison.and_then(|c| self.named_base(c)) {
            return Some(base);
        }
        if comparison.is_none() && !Self::is_slice(subject) {
            return None;
        }
        let section = self
            .context
            .spec
            .and_then(|i| self.lexicon.sections.get(i))
            .and_then(|s| s.default_base);
        let national = mz_budget::profile::narrative::national().default_base;
        section
            .or(self.profile.narrative.default_base)
            .or(national)
            .map(|word| word.base())
    }

    /// The base a comparison names; 预算数 alone is the budget said last.
    fn named_base(&self, comparison: Comparison) -> Option<Base> {
        match comparison.base {
            Some(Base::InitialBudget) if comparison.is_bare => {
                self.carried.budget.or(Some(Base::InitialBudget))
            }
            base => base,
        }
    }

    /// Adds a claim, and the observation it is when it is an amount of a slice.
    pub(super) fn push_claim(&mut self, claim: Claim) {
        let is_own_year = claim.year.is_none_or(|said| {
            self.disclosure
                .year
                .is_none_or(|year| said == year || said.checked_add(1) == Some(year))
        });
        if let (Subject::Slice(slice), Measure::Amount, ClaimValue::Money(money)) =
            (&claim.subject, &claim.measure, &claim.value)
            && is_own_year
        {
            self.disclosure.observations.push(Observation {
                stage: claim.stage,
                slice: *slice,
                reading: Reading::Value(*money),
                place: claim.place.clone(),
                origin: Origin::Claim(self.disclosure.claims.len()),
            });
        }
        self.disclosure.claims.push(claim);
    }

    /// A change without a figure: 与上年持平, or a direction with its comparison.
    pub(super) fn wordless_change(
        &mut self,
        passage: &Passage<'_>,
        range: (usize, usize),
        tokens: &[Token<'_>],
        sentence: &mut Sentence,
    ) {
        let taken = lead::analyse(self.lexicon, passage, tokens, self.disclosure.year);
        let Some(direction) = taken.direction else {
            return;
        };
        let is_level = direction == Direction::Level;
        if taken.comparison.is_none() && !(is_level && sentence.comparison.is_some()) {
            return;
        }
        let before = tokens.get(taken.subject.0..taken.subject.1).unwrap_or(&[]);
        let found = self.resolve(passage, before, None, Some(sentence));
        let subject = match (found.slice, found.unknown) {
            (_, Some(_)) => return,
            (Some(slice), None) => Some(Subject::Slice(slice)),
            (None, None) => self.fact(&found.facts, None, sentence).and_then(|i| {
                self.lexicon
                    .facts
                    .get(i)
                    .map(|fact| Subject::Fact(fact.key.clone()))
            }),
        };
        let group = match subject {
            Some(subject)
                if sentence
                    .current
                    .as_ref()
                    .is_none_or(|c| c.subject != subject) =>
            {
                let words = found
                    .range
                    .map_or_else(String::new, |(a, b)| passage.printed(a, b));
                self.changed(subject, words, sentence)
            }
            named => {
                let before = || self.compared(&taken).filter(|_| named.is_none());
                let Some(group) = sentence.current.clone().or_else(before) else {
                    return;
                };
                group
            }
        };
        if let Some(current) = sentence.current.as_mut() {
            current.has_change = true;
        }
        for part in sentence.parts.iter_mut().filter(|p| p.id == group.id) {
            part.has_change = true;
        }
        sentence.comparison = taken.comparison.or(sentence.comparison);
        let token = tokens.iter().find(|t| lead::direction_of(t).is_some());
        let span = token.map_or(range, |t| (t.start, t.end));
        let place = self.place(passage, range, span);
        let parent = sentence
            .parent
            .as_ref()
            .filter(|p| p.group.is_some() && p.group != Some(group.id));
        let claim = Claim {
            base: self.base(sentence.comparison, &group.subject),
            base_year: sentence.comparison.and_then(|c| c.year),
            subject: group.subject,
            measure: Measure::Change,
            stage: self.own_stage(),
            direction: Some(direction),
            value: ClaimValue::None,
            group: group.id,
            part_of: parent.and_then(|p| p.group),
            exhaustive: parent.is_some_and(|p| p.exhaustive),
            exact: tokens.iter().all(|t| !matches!(t.kind, Kind::Text)),
            words: group.words,
            year: found.year,
            place,
        };
        self.push_claim(claim);
    }

    /// A group that begins with a change.
    fn changed(&mut self, subject: Subject, words: String, sentence: &mut Sentence) -> Group {
        let group = Group {
            id: self.new_group(),
            subject,
            words,
            facts: Vec::new(),
            has_change: true,
        };
        sentence.first.get_or_insert_with(|| group.clone());
        sentence.current = Some(group.clone());
        group
    }

    /// 决算数小于预算数, a sentence of its own, speaks of what was said before.
    fn compared(&self, taken: &Lead) -> Option<Group> {
        let base = taken.comparison.and_then(|c| self.named_base(c));
        let is_budget = matches!(base, Some(Base::InitialBudget | Base::AdjustedBudget));
        self.carried.last.clone().filter(|_| is_budget)
    }

    /// The slice of the section itself.
    pub(super) fn section_slice(&self) -> Option<Slice> {
        self.context.total
    }

    /// The facts meant by words alone: count and amount of one thing both.
    pub(super) fn facts_of_words(&self, found: &Found, sentence: &Sentence) -> Vec<Subject> {
        let ranked = self.fitting(&found.facts, None, sentence);
        let Some(top) = ranked.iter().map(|(rank, _)| *rank).max() else {
            return Vec::new();
        };
        let best = ranked.iter().filter(|(rank, _)| *rank == top);
        best.filter_map(|(_, i)| self.lexicon.facts.get(*i))
            .map(|f| Subject::Fact(f.key.clone()))
            .collect()
    }

    /// Whether a token plays a role.
    pub(super) fn position(tokens: &[Token<'_>], role: Role) -> Option<usize> {
        tokens.iter().position(|t| t.is(role))
    }
}

/// Whether a group is known by nothing but its own words.
fn is_said(group: &Group) -> bool {
    matches!(&group.subject, Subject::Fact(key) if key.starts_with(SAID))
}

/// Whether 收入 or 支出 and nothing else is said to have changed.
fn says_side(passage: &Passage<'_>, figure: &Figure<'_, '_>, taken: &Lead) -> bool {
    let (from, to) = taken.subject;
    let said = figure.lead.get(from..to).unwrap_or(&[]);
    let mut words = said.iter().filter(|t| !matches!(t.kind, Kind::Mark(_)));
    let is_side = words
        .next()
        .is_some_and(|t| SIDES.contains(&passage.text(t.start, t.end).as_str()));
    is_side && words.next().is_none()
}

/// A group with what the clause adds.
struct Bound {
    group: Group,
    stage: Stage,
    year: Option<u16>,
}
