//! Project paragraphs: labelled fields, also when two stand in one line or one is split over lines.

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::{
        Allocation, Claim, ClaimValue, Measure, NameMention, ProjectField, ProjectParagraph,
        Reading, Statement, StatementKind, Subject,
    },
    money::PrintedMoney,
    normalise::{name, squeeze},
};

use super::{
    Reader,
    lexicon::Role,
    number,
    source::Passage,
    subject::Resolver,
    token::{Token, tokens},
};

/// A label found in a passage: its characters, where the value begins, the field's key.
struct Label {
    start: usize,
    value: usize,
    key: String,
}

/// A project paragraph being read.
#[derive(Debug)]
pub(super) struct Open {
    paragraph: ProjectParagraph,
    node: Option<(NodeId, bool)>,
    group: Option<usize>,
}

impl Reader<'_> {
    /// Reads a passage as fields of a project; `false` when it is none and no project is open.
    pub(super) fn project_field(&mut self, passage: &Passage<'_>) -> bool {
        let labels = self.labels(passage);
        let end = passage.chars.len();
        if labels.is_empty() && self.project.is_none() {
            return false;
        }
        let all = tokens(passage, self.lexicon, self.context.spec);
        self.count_numbers(&all);
        let first = labels.first().map_or(end, |l| l.start);
        if self.project.is_some()
            && !mz_budget::normalise::strip_numbering(&passage.printed(0, first)).is_empty()
        {
            self.more(passage, &all, (0, first));
        }
        for (i, label) in labels.iter().enumerate() {
            let value_end = labels.get(i + 1).map_or(end, |next| next.start);
            self.field(passage, &all, label, value_end);
        }
        true
    }

    /// Labels in order: what stands before a colon. The longest label wins.
    fn labels(&self, passage: &Passage<'_>) -> Vec<Label> {
        let mut out: Vec<Label> = Vec::new();
        for (colon, _) in passage.chars.iter().enumerate().filter(|(_, c)| **c == ':') {
            let before = passage.chars.get(..colon).unwrap_or(&[]);
            let found = self
                .lexicon
                .labels
                .iter()
                .find(|(label, _)| before.ends_with(label));
            if let Some((label, key)) = found {
                out.push(Label {
                    start: colon - label.len(),
                    value: colon + 1,
                    key: key.clone(),
                });
            }
        }
        out
    }

    fn field(&mut self, passage: &Passage<'_>, all: &[Token<'_>], label: &Label, end: usize) {
        let range = (label.value, end);
        let printed = passage.printed(range.0, range.1);
        if label.key == "name" {
            self.finish_project();
            let start = self.place(passage, (label.start, end), (label.start, end));
            self.project = Some(Open {
                paragraph: ProjectParagraph {
                    name: squeeze(&printed),
                    money: None,
                    fields: Vec::new(),
                    allocations: Vec::new(),
                    place: start,
                },
                node: None,
                group: None,
            });
        }
        if self.project.is_none() {
            return;
        }
        let place = self.place(
            passage,
            if range.0 < range.1 {
                range
            } else {
                (label.start, end)
            },
            range,
        );
        let field = ProjectField {
            key: label.key.clone(),
            text: printed.trim().to_owned(),
            place,
        };
        if let Some(open) = self.project.as_mut() {
            open.paragraph.fields.push(field);
        }
        self.value(passage, all, range, &label.key);
    }

    /// More of the field before: a line that went on.
    fn more(&mut self, passage: &Passage<'_>, all: &[Token<'_>], range: (usize, usize)) {
        let printed = passage.printed(range.0, range.1);
        let Some(open) = self.project.as_mut() else {
            return;
        };
        let Some(field) = open.paragraph.fields.last_mut() else {
            return;
        };
        field.text.push_str(printed.trim());
        let key = field.key.clone();
        if key == "name" {
            open.paragraph.name.push_str(&squeeze(&printed));
        }
        self.value(passage, all, range, &key);
    }

    /// Reads the figures of a field's value.
    fn value(
        &mut self,
        passage: &Passage<'_>,
        all: &[Token<'_>],
        range: (usize, usize),
        key: &str,
    ) {
        let inside: Vec<&Token<'_>> = all
            .iter()
            .filter(|t| t.start >= range.0 && t.end <= range.1)
            .collect();
        if inside.iter().any(|t| t.is(Role::Withheld)) {
            self.withheld_field(passage, range);
        }
        let mut item_start = range.0;
        for token in inside {
            if token.is_mark(&['、', ',', ';', '。', ':']) {
                item_start = token.end;
            }
            let Some(number) = token.figure() else {
                continue;
            };
            match (key, &number.kind) {
                ("amount", number::Kind::Money(money)) => {
                    self.amount(passage, range, number, *money)
                }
                ("allocation", number::Kind::Money(money)) => {
                    self.allocation(passage, (item_start, number.start), number, *money);
                    item_start = token.end;
                }
                (_, number::Kind::Plain(_)) | ("name", _) => self.disclosure.n_bound += 1,
                _ => self.unproved(passage, range, number, "项目说明其他栏目中的数字"),
            }
        }
    }

    /// The open project's node; its amount helps to tell near names apart.
    fn project_node(&mut self, money: Option<PrintedMoney>) -> Option<NodeId> {
        let open = self.project.as_ref()?;
        if let Some((node, _)) = open.node {
            return Some(node);
        }
        let printed = open.paragraph.name.clone();
        let resolver = Resolver {
            lexicon: self.lexicon,
            catalogue: self.catalogue,
            context: &self.context,
            within: None,
        };
        let found = resolver.project(self.disclosure, &printed, money);
        if let Some(open) = self.project.as_mut() {
            open.node = Some(found);
        }
        Some(found.0)
    }

    fn project_slice(&mut self, money: Option<PrintedMoney>) -> Option<Slice> {
        let node = self.project_node(money)?;
        let resolver = Resolver {
            lexicon: self.lexicon,
            catalogue: self.catalogue,
            context: &self.context,
            within: None,
        };
        let at = self.context.at.clone();
        Some(
            resolver
                .slice_at(self.disclosure, &at)?
                .with(Dimension::Project, node),
        )
    }

    fn amount(
        &mut self,
        passage: &Passage<'_>,
        range: (usize, usize),
        number: &number::Number,
        money: PrintedMoney,
    ) {
        let Some(slice) = self.project_slice(Some(money)) else {
            return;
        };
        let group = self.new_group();
        let words = self
            .project
            .as_ref()
            .map_or_else(String::new, |p| p.paragraph.name.clone());
        if let Some(open) = self.project.as_mut() {
            open.paragraph.money.get_or_insert(money);
            open.group.get_or_insert(group);
        }
        self.claim(passage, (range, number), slice, money, (group, None), words);
    }

    fn allocation(
        &mut self,
        passage: &Passage<'_>,
        item: (usize, usize),
        number: &number::Number,
        money: PrintedMoney,
    ) {
        let printed = passage.printed(item.0, item.1).trim().to_owned();
        let slice = self.project_slice(None);
        let economic = self.economic_of(&passage.text(item.0, item.1), slice);
        let place = self.place(passage, (item.0, number.end), (number.start, number.end));
        let entry = Allocation {
            item: printed.clone(),
            economic: economic.clone(),
            money,
            place,
        };
        let Some(open) = self.project.as_mut() else {
            return;
        };
        open.paragraph.allocations.push(entry);
        let parent = open.group;
        let (Some(code), Some(slice)) = (economic, slice) else {
            // Read as part of the form: its sum is checked against the amount.
            self.disclosure.n_bound += 1;
            return;
        };
        let node = crate::tables::dimensions::ensure(
            &mut self.disclosure.dimensions,
            self.catalogue,
            Dimension::Economic,
            &code,
            "",
        );
        let group = self.new_group();
        let slice = slice.with(Dimension::Economic, node);
        self.claim(
            passage,
            ((item.0, number.end), number),
            slice,
            money,
            (group, parent),
            printed,
        );
    }

    /// The economic item the words end with, fillers left out: 支付…委托业务费共计 is 委托业务费. A name that several
    /// classes have (办公设备购置 of 资本性支出 with and without 基本建设) is the one whose class has money in the project's row.
    fn economic_of(&self, words: &str, project: Option<Slice>) -> Option<String> {
        let bare = words.trim_end_matches(['共', '计', '合', '约', '为', ':', '是']);
        let candidates: Vec<&str> = bare
            .char_indices()
            .filter_map(|(at, _)| bare.get(at..))
            .map(|suffix| {
                self.catalogue
                    .economic_named(suffix)
                    .map(|entry| entry.code)
                    .collect::<Vec<_>>()
            })
            .find(|codes| !codes.is_empty())?;
        let code = match candidates[..] {
            [only] => only,
            _ => *candidates
                .iter()
                .find(|code| self.has_money(project, code))?,
        };
        Some(code.to_owned())
    }

    /// Whether a table prints money of the project in the category of an economic code.
    fn has_money(&self, project: Option<Slice>, code: &str) -> bool {
        let class = code.get(..3).and_then(|class| {
            self.disclosure
                .dimensions
                .tree(Dimension::Economic)
                .find(class)
        });
        let (Some(project), Some(class)) =
            (project.map(|slice| slice.node(Dimension::Project)), class)
        else {
            return false;
        };
        self.disclosure.observations.iter().any(|o| {
            o.slice.node(Dimension::Project) == project
                && o.slice.node(Dimension::Economic) == class
                && matches!(&o.reading, Reading::Value(money) if money.number.digits != 0)
        })
    }

    fn claim(
        &mut self,
        passage: &Passage<'_>,
        (range, number): ((usize, usize), &number::Number),
        slice: Slice,
        money: PrintedMoney,
        (group, part_of): (usize, Option<usize>),
        words: String,
    ) {
        let place = self.place(passage, range, (number.start, number.end));
        let stage = self.own_stage();
        self.disclosure.n_bound += 1;
        self.push_claim(Claim {
            subject: Subject::Slice(slice),
            measure: Measure::Amount,
            stage,
            base: None,
            direction: None,
            value: ClaimValue::Money(money),
            group,
            part_of,
            // Items without a code are no claims, so the split is added up by a rule of its own.
            exhaustive: false,
            exact: true,
            words,
            year: None,
            base_year: None,
            place,
        });
    }

    fn withheld_field(&mut self, passage: &Passage<'_>, range: (usize, usize)) {
        let subject = self.project_slice(None).map(Subject::Slice);
        let place = self.place(passage, range, range);
        self.disclosure.statements.push(Statement {
            kind: StatementKind::Withheld,
            subject,
            place,
        });
    }

    /// Ends the project paragraph being read.
    pub(super) fn finish_project(&mut self) {
        self.project_node(None);
        let Some(open) = self.project.take() else {
            return;
        };
        if let Some((node, exact)) = open.node {
            let key = self
                .disclosure
                .dimensions
                .tree(Dimension::Project)
                .node(node)
                .key
                .clone();
            let place = open
                .paragraph
                .fields
                .first()
                .map_or_else(|| open.paragraph.place.clone(), |f| f.place.clone());
            self.disclosure.mentions.push(NameMention {
                dimension: Dimension::Project,
                printed: vec![open.paragraph.name.clone()],
                key: Some(key),
                exact,
                group: open.group,
                place,
            });
        }
        self.disclosure.projects.push(open.paragraph);
    }

    /// Names of the project paragraphs a passage begins, in comparison form.
    pub(super) fn project_names(&self, passage: &Passage<'_>) -> Vec<String> {
        let labels = self.labels(passage);
        let end_of = |i: usize| {
            labels
                .get(i + 1)
                .map_or(passage.chars.len(), |next| next.start)
        };
        let is_name = |(_, label): &(usize, &Label)| label.key == "name";
        labels
            .iter()
            .enumerate()
            .filter(is_name)
            .map(|(i, label)| name(&passage.printed(label.value, end_of(i))))
            .collect()
    }
}
