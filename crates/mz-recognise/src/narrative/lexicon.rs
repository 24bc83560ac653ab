//! All words the narrative may use, in one table: grammar, coordinates, facts, names of this document.
//!
//! Scanning takes the longest word at every position, so that 上级一般公共预算安排的转移支付 is never read as 一般公共预算,
//! and a project's name is never read for the words inside it.

use std::collections::HashMap;

use mz_budget::{
    dimension::{Coordinates, Dimension, NodeId},
    disclosure::{Disclosure, Stage},
    normalise::fold,
    profile::{
        Profile,
        narrative::{
            FactSpec, Grammar, ListSpec, NarrativeSpec, SectionSpec, SubjectSpec, national,
        },
    },
};

use super::{number::Units, source::Passage};

/// Fewest characters of a word of tables that sentences may use; shorter ones stand inside other words.
const SHORTEST_TABLE_WORD: usize = 4;

/// Grammatical role of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Role {
    Up,
    Down,
    Level,
    Share,
    Compare,
    Prior,
    Current,
    Completion,
    OfWhich,
    Including,
    Reason,
    Purpose,
    Nil,
    NilBefore,
    NilTable,
    Withheld,
    AllFrom,
    Reaching,
    Value,
    SamePeriod,
    Filler,
    Body,
    /// Noun of a base: 年初预算.
    Base,
}

/// What a word means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A grammatical role.
    Role(Role),
    /// Whose figure.
    Stage(Stage),
    /// Coordinates, in one section or everywhere: index into [`Lexicon::subjects`].
    Subject(usize),
    /// Subject of a fact: index into [`Lexicon::facts`].
    Fact(usize),
    /// Word a fact asks for besides its subject.
    With,
    /// A node's name.
    Name(Dimension, NodeId),
    /// Title of a table: index into the profile's tables.
    Table(usize),
}

/// One word and its meanings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// Characters, folded.
    pub(super) chars: Box<[char]>,
    /// Meanings; a word may have several.
    pub(super) meanings: Vec<Meaning>,
}

impl Word {
    /// Whether it has the role.
    pub(super) fn is(&self, role: Role) -> bool {
        self.meanings.contains(&Meaning::Role(role))
    }
}

/// Coordinates of a word.
#[derive(Clone, Debug)]
pub(super) struct SubjectWord {
    /// What it adds to the context.
    pub(super) at: Coordinates,
    /// The only section it means this in.
    pub(super) section: Option<usize>,
}

/// All words.
#[derive(Debug)]
pub(super) struct Lexicon {
    by_first: HashMap<char, Vec<Word>>,
    /// Meanings of coordinate words.
    pub(super) subjects: Vec<SubjectWord>,
    /// Facts, the profile's before the national ones.
    pub(super) facts: Vec<FactSpec>,
    /// Number of facts above each fact.
    pub(super) depths: Vec<usize>,
    /// Sections of the profile.
    pub(super) sections: Vec<SectionSpec>,
    /// Lists of names, the profile's first.
    pub(super) lists: Vec<ListSpec>,
    /// Nouns of bases, longest first.
    pub(super) bases: Vec<(String, mz_budget::disclosure::Base)>,
    /// Other wordings of words that facts ask for, with the word itself.
    pub(super) with_words: HashMap<String, String>,
    /// Endings of names of bodies.
    pub(super) body_endings: Vec<String>,
    /// Words that leave a list open.
    pub(super) open: Vec<String>,
    /// Words that may follow the name of a heading, longest first.
    pub(super) name_tails: Vec<String>,
    /// Words that tell numbers apart.
    pub(super) units: Units,
    /// Labels of project fields with their keys, folded, longest first.
    pub(super) labels: Vec<(Vec<char>, String)>,
}

impl Lexicon {
    /// The words of the national wording, the profile and the document.
    pub(super) fn new(disclosure: &Disclosure) -> Self {
        let profile = &disclosure.profile;
        let specs = [&profile.narrative, national()];
        let both = |list: fn(&NarrativeSpec) -> &Vec<String>| specs.into_iter().flat_map(list);
        let facts: Vec<FactSpec> = profile.narrative.all_facts().flat_map(by_place).collect();
        let mut lexicon = Self {
            by_first: HashMap::new(),
            subjects: Vec::new(),
            depths: facts.iter().map(|fact| depth(&facts, fact)).collect(),
            facts,
            sections: profile.narrative.sections.clone(),
            lists: specs.iter().flat_map(|s| s.lists.iter().cloned()).collect(),
            bases: specs
                .iter()
                .flat_map(|s| {
                    s.bases
                        .iter()
                        .map(|(word, base)| (folded(word), base.base()))
                })
                .collect(),
            with_words: specs
                .iter()
                .flat_map(|s| &s.with_words)
                .map(|(word, meant)| (folded(word), folded(meant)))
                .collect(),
            body_endings: both(|s| &s.grammar.body_endings)
                .map(|w| folded(w))
                .collect(),
            open: both(|s| &s.grammar.open).map(|w| folded(w)).collect(),
            name_tails: both(|s| &s.grammar.name_tails).map(|w| folded(w)).collect(),
            units: Units::new(
                both(|s| &s.units),
                both(|s| &s.time_units),
                both(|s| &s.grammar.threshold),
            ),
            labels: Vec::new(),
        };
        for field in profile.narrative.project_fields() {
            let labels = field
                .labels
                .iter()
                .map(|l| (l.chars().filter_map(fold).collect(), field.key.clone()));
            lexicon.labels.extend(labels);
        }
        for spec in specs {
            lexicon.add_wording(spec);
        }
        for i in 0..lexicon.sections.len() {
            let subjects = lexicon
                .sections
                .get(i)
                .map(|s| s.subjects.clone())
                .unwrap_or_default();
            for subject in subjects {
                lexicon.add_subject(&subject, Some(i));
            }
        }
        lexicon.add_facts();
        lexicon.add_names(disclosure);
        lexicon.sort();
        lexicon
    }

    /// Longest first, in every list that is searched for the longest.
    fn sort(&mut self) {
        use std::cmp::Reverse;
        self.labels.sort_by_key(|(label, _)| Reverse(label.len()));
        self.name_tails.sort_by_key(|word| Reverse(word.len()));
        self.bases.sort_by_key(|(word, _)| Reverse(word.len()));
        for words in self.by_first.values_mut() {
            words.sort_by_key(|word| Reverse(word.chars.len()));
        }
    }

    /// The words of one wording that mean the same in every section.
    fn add_wording(&mut self, spec: &NarrativeSpec) {
        self.add_grammar(&spec.grammar);
        for (word, stage) in &spec.stages {
            self.add(word, Meaning::Stage(stage.stage()));
            self.add(word, Meaning::Role(Role::Base));
        }
        for word in spec.with_words.keys() {
            self.add(word, Meaning::With);
        }
        for word in spec.bases.keys() {
            self.add(word, Meaning::Role(Role::Base));
        }
        for subject in &spec.subjects {
            self.add_subject(subject, None);
        }
    }

    fn add_grammar(&mut self, grammar: &Grammar) {
        let roles = [
            (Role::Up, &grammar.up),
            (Role::Down, &grammar.down),
            (Role::Level, &grammar.level),
            (Role::Share, &grammar.share),
            (Role::Compare, &grammar.compare),
            (Role::Prior, &grammar.prior),
            (Role::Current, &grammar.current),
            (Role::Completion, &grammar.completion),
            (Role::OfWhich, &grammar.of_which),
            (Role::Including, &grammar.including),
            (Role::Reason, &grammar.reason),
            (Role::Purpose, &grammar.purpose),
            (Role::Nil, &grammar.nil),
            (Role::NilBefore, &grammar.nil_before),
            (Role::NilTable, &grammar.nil_table),
            (Role::Withheld, &grammar.withheld),
            (Role::AllFrom, &grammar.all_from),
            (Role::Reaching, &grammar.reaching),
            (Role::Value, &grammar.value),
            (Role::SamePeriod, &grammar.same_period),
            (Role::Filler, &grammar.filler),
            (Role::Body, &grammar.body),
        ];
        for (role, words) in roles {
            for word in words {
                self.add(word, Meaning::Role(role));
            }
        }
    }

    fn add_subject(&mut self, spec: &SubjectSpec, section: Option<usize>) {
        let meaning = Meaning::Subject(self.subjects.len());
        self.subjects.push(SubjectWord {
            at: spec.at.clone(),
            section,
        });
        for word in &spec.words {
            self.add(word, meaning.clone());
            if let Some(stage) = spec.stage {
                self.add(word, Meaning::Stage(stage.stage()));
            }
        }
    }

    /// Words of tables whose columns no profile declares name the same money in sentences, where no word of the narrative does.
    fn add_table_words(&mut self, profile: &Profile) {
        if !profile.is_proposed {
            return;
        }
        for spec in profile
            .words
            .iter()
            .filter(|spec| spec.role.is_none() && spec.stage.is_none())
        {
            let words = spec
                .words
                .iter()
                .filter(|word| word.chars().count() >= SHORTEST_TABLE_WORD && !self.knows(word));
            let words: Vec<String> = words.cloned().collect();
            if !spec.at.is_empty() && !words.is_empty() {
                let at = spec.at.clone();
                self.add_subject(
                    &SubjectSpec {
                        words,
                        at,
                        stage: None,
                    },
                    None,
                );
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        let chars: Vec<char> = word.chars().filter_map(fold).collect();
        let words = chars.first().and_then(|first| self.by_first.get(first));
        words.is_some_and(|words| words.iter().any(|known| *known.chars == *chars))
    }

    fn add_facts(&mut self) {
        for i in 0..self.facts.len() {
            let Some(fact) = self.facts.get(i) else {
                continue;
            };
            let (words, with) = (fact.words.clone(), fact.with.clone());
            for word in words {
                self.add(&word, Meaning::Fact(i));
            }
            for word in with {
                self.add(&word, Meaning::With);
            }
        }
    }

    /// Names this document uses: its unit, tables, headings and projects.
    fn add_names(&mut self, disclosure: &Disclosure) {
        self.add_table_words(&disclosure.profile);
        if let Some(unit) = &disclosure.unit {
            self.add(unit, Meaning::Role(Role::Body));
        }
        for (i, table) in disclosure.profile.tables.iter().enumerate() {
            for title in std::iter::once(&table.title)
                .chain(&table.aliases)
                .chain(&table.local_titles)
            {
                self.add(title, Meaning::Table(i));
            }
        }
        for dimension in [
            Dimension::Function,
            Dimension::Economic,
            Dimension::Governmental,
            Dimension::Project,
        ] {
            let tree = disclosure.dimensions.tree(dimension);
            for (id, node) in tree.nodes.iter().enumerate().skip(1) {
                // Overlays have no heading of their own; their words are the profile's.
                let Ok(id) = NodeId::try_from(id) else { break };
                if node.overlay.is_empty() && node.name.chars().count() > 1 {
                    self.add(&node.name, Meaning::Name(dimension, id));
                }
            }
        }
    }

    fn add(&mut self, word: &str, meaning: Meaning) {
        let chars: Box<[char]> = word.chars().filter_map(fold).collect();
        let Some(first) = chars.first() else { return };
        let words = self.by_first.entry(*first).or_default();
        match words.iter_mut().find(|w| w.chars == chars) {
            Some(known) if known.meanings.contains(&meaning) => {}
            Some(known) => known.meanings.push(meaning),
            None => words.push(Word {
                chars,
                meanings: vec![meaning],
            }),
        }
    }

    /// The longest word at a position that means something in the section.
    pub(super) fn longest(
        &self,
        passage: &Passage<'_>,
        i: usize,
        section: Option<usize>,
    ) -> Option<&Word> {
        let rest = passage.chars.get(i..)?;
        let words = self.by_first.get(rest.first()?)?;
        words
            .iter()
            .find(|word| rest.starts_with(&word.chars) && self.means_something(word, section))
    }

    fn means_something(&self, word: &Word, section: Option<usize>) -> bool {
        word.meanings.iter().any(|meaning| match meaning {
            Meaning::Subject(i) => self
                .subjects
                .get(*i)
                .is_some_and(|s| s.section.is_none() || s.section == section),
            _ => true,
        })
    }

    /// Coordinates of a word in a section; the section's own meaning goes before the general one.
    pub(super) fn coordinates(&self, word: &Word, section: Option<usize>) -> Option<&Coordinates> {
        let mut general = None;
        for meaning in &word.meanings {
            if let Meaning::Subject(i) = meaning
                && let Some(subject) = self.subjects.get(*i)
            {
                if subject.section.is_some() && subject.section == section {
                    return Some(&subject.at);
                }
                if subject.section.is_none() {
                    general.get_or_insert(&subject.at);
                }
            }
        }
        general
    }
}

/// A fact by the words that mean it anywhere, and by those that mean it only behind another fact.
fn by_place(fact: &FactSpec) -> impl Iterator<Item = FactSpec> {
    let anywhere = FactSpec {
        following: Vec::new(),
        behind: Vec::new(),
        ..fact.clone()
    };
    let bound = (!fact.following.is_empty()).then(|| FactSpec {
        words: fact.following.clone(),
        ..fact.clone()
    });
    std::iter::once(anywhere).chain(bound)
}

/// Number of facts above a fact; cycles in the data end after a few steps.
fn depth(facts: &[FactSpec], fact: &FactSpec) -> usize {
    let mut n = 0;
    let mut within = &fact.within;
    while let Some(above) = within
        .iter()
        .filter_map(|key| facts.iter().find(|f| f.key == *key))
        .max_by_key(|f| f.within.len())
    {
        n += 1;
        if n > 8 {
            break;
        }
        within = &above.within;
    }
    n
}

pub(super) fn folded(word: &str) -> String {
    word.chars().filter_map(fold).collect()
}
