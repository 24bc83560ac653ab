//! Claims, statements, reasons and lists of the narrative.
//!
//! A paragraph is read in four steps: characters in comparison form ([`source`]), tokens ([`token`]), clauses by a small
//! hand-written grammar ([`sentence`]), and the binding of every figure to what it is about ([`subject`], [`bind`]).
//! Which words mean what is data: the national wording, the profile's sections, and the names this document uses.

mod bind;
mod glossary;
mod lead;
mod lexicon;
mod listed;
mod lists;
mod number;
mod passages;
mod projects;
pub(crate) mod prove;
mod sentence;
mod source;
mod statements;
mod subject;
mod sure;
#[cfg(test)]
mod tests;
mod token;

use mz_budget::{
    catalogue::{Catalogue, Entry, Level},
    dimension::{Dimension, Slice},
    disclosure::{Disclosure, NameMention, Stage, Subject, Unproved},
    library::Library,
    place::Place,
    profile::{Profile, narrative::SectionSpec, outline::OutlineKind},
};
use mz_document::Document;

use self::{
    lexicon::Lexicon,
    source::Passage,
    subject::{Context, Found, Resolver},
    token::Token,
};
use crate::tables::dimensions::ensure;

/// Fills claims (with the observations they are), statements, reasons, lists, projects, terms and what is unproved.
pub fn read(document: &Document, library: &Library, disclosure: &mut Disclosure) {
    let catalogue = library.catalogue(disclosure.year.unwrap_or(0));
    know_categories(disclosure, catalogue);
    let lexicon = Lexicon::new(disclosure);
    let passages = passages::passages(document, disclosure);
    let mut reader = Reader {
        document,
        lexicon: &lexicon,
        catalogue,
        profile: &disclosure.profile.clone(),
        context: Context::default(),
        section: None,
        n_groups: 0,
        n_each: 0,
        carried: sentence::Carried::default(),
        project: None,
        disclosure,
    };
    let mut previous: Option<Option<usize>> = None;
    for (i, passage) in passages.iter().enumerate() {
        if previous != Some(passage.section) {
            let in_section = || {
                passages
                    .iter()
                    .skip(i)
                    .take_while(|p| p.section == passage.section)
            };
            let mut names: Vec<String> = in_section().filter_map(passages::item_name).collect();
            names.extend(in_section().flat_map(|p| reader.project_names(p)));
            reader.enter(passage.section, names);
            previous = Some(passage.section);
        }
        match reader.kind() {
            OutlineKind::Glossary => glossary::read(reader.disclosure, passage),
            OutlineKind::Appendix => reader.leave(passage),
            OutlineKind::Projects if reader.project_field(passage) => {}
            _ => {
                if let Some(id) = reader.item_heading(passage) {
                    reader.enter_item(id);
                }
                reader.passage(passage);
            }
        }
    }
    reader.finish_project();
}

/// Where no table names a function, the names of all categories are known words: 一般公共服务支出 is one name, and none of
/// the shorter words in it is meant.
fn know_categories(disclosure: &mut Disclosure, catalogue: &Catalogue) {
    let dimensions = &mut disclosure.dimensions;
    if dimensions.tree(Dimension::Function).nodes.len() > 1 {
        return;
    }
    let is_category = |entry: &&Entry| entry.level == Level::Category;
    for entry in catalogue.functions().filter(is_category) {
        ensure(dimensions, catalogue, Dimension::Function, entry.code, "");
    }
}

/// Reads passages into the disclosure.
struct Reader<'a> {
    document: &'a Document,
    disclosure: &'a mut Disclosure,
    lexicon: &'a Lexicon,
    catalogue: &'a Catalogue,
    profile: &'a Profile,
    context: Context,
    section: Option<usize>,
    n_groups: usize,
    /// Number of the thing that facts told one by one are about.
    n_each: usize,
    carried: sentence::Carried,
    project: Option<projects::Open>,
}

impl Reader<'_> {
    /// Begins a section: its context replaces the one before, and nothing said before counts any more.
    fn enter(&mut self, section: Option<usize>, printed_names: Vec<String>) {
        self.finish_project();
        self.section = section;
        self.carried = sentence::Carried::default();
        let mut context = Context {
            printed_names,
            ..Context::default()
        };
        let mut level = u8::MAX;
        for at in (0..section.map_or(0, |i| i + 1)).rev() {
            let Some(found) = self
                .disclosure
                .sections
                .get(at)
                .filter(|s| s.level < level && !s.in_contents)
            else {
                continue;
            };
            level = found.level;
            context.ids.extend(found.id.clone());
        }
        let spec = context.ids.iter().find_map(|id| {
            self.lexicon
                .sections
                .iter()
                .position(|s: &SectionSpec| s.id == *id)
        });
        // A part of the narrative that the outline does not know is read as the narrative as a whole is.
        let general = || {
            let mut specs = self.lexicon.sections.iter();
            specs.position(|s| s.id == "narrative")
        };
        let spec = match self.profile.is_proposed {
            true => spec.or_else(general),
            false => spec,
        };
        context.spec = spec;
        if let Some(spec) = spec.and_then(|i| self.lexicon.sections.get(i)) {
            context.at = spec.at.clone();
            context.names = spec.names.clone();
            context.table = spec.table.clone();
        }
        // A project's own name means the project wherever it stands.
        if self.profile.is_proposed && !context.names.contains(&Dimension::Project) {
            context.names.push(Dimension::Project);
        }
        self.context = context;
        self.set_total(spec);
        if let Some(subject) = self.subject_of_heading() {
            self.context.total = Some(subject);
        }
    }

    /// An item that is a heading of the outline in all but form begins what stands below it: 3.国有资产占有使用情况。
    fn item_heading(&self, passage: &Passage<'_>) -> Option<String> {
        let text = passage.printed(0, passage.chars.len());
        let unit = self.disclosure.unit.as_deref();
        crate::outline::item(&self.profile.outline, &text, unit)
    }

    /// Enters an item of the present section.
    fn enter_item(&mut self, id: String) {
        let section = self.section;
        let names = std::mem::take(&mut self.context.printed_names);
        self.enter(section, names);
        let spec = self.lexicon.sections.iter().position(|s| s.id == id);
        if let Some(spec) = spec.and_then(|i| self.lexicon.sections.get(i)) {
            self.context.at = spec.at.clone();
            self.context.names = spec.names.clone();
            self.context.table = spec.table.clone();
        }
        if self.profile.is_proposed && !self.context.names.contains(&Dimension::Project) {
            self.context.names.push(Dimension::Project);
        }
        self.context.ids.insert(0, id);
        if spec.is_some() {
            self.context.spec = spec;
        }
        self.context.total = None;
        self.set_total(spec);
    }

    /// The whole a section speaks of.
    fn set_total(&mut self, spec: Option<usize>) {
        if let Some(total) = spec
            .and_then(|i| self.lexicon.sections.get(i))
            .and_then(|s| s.total.as_ref())
        {
            let lexicon = self.lexicon;
            let resolver = Resolver {
                lexicon,
                catalogue: self.catalogue,
                context: &self.context,
                within: None,
            };
            let mut at = self.context.at.clone();
            at.extend(total.iter().map(|(d, k)| (*d, k.clone())));
            let total = resolver.slice_at(self.disclosure, &at);
            self.context.total = total;
        }
    }

    /// What a heading that is no heading of the outline is about, when it says nothing else: （二）公务接待费.
    fn subject_of_heading(&mut self) -> Option<Slice> {
        let section = self.disclosure.sections.get(self.section?)?;
        if section.id.is_some() {
            return None;
        }
        let index = section.place.block;
        let block = self.document.blocks.get(index)?;
        let mut passage = Passage::default();
        let text = source::text_of(block)?;
        passage.push(index, block, mz_budget::normalise::strip_numbering(text));
        let tokens = token::tokens(&passage, self.lexicon, self.context.spec);
        let found = self.resolve(&passage, &tokens, None, None);
        found.slice.filter(|_| found.unknown.is_none())
    }

    /// What stands in the present section: the kind of the innermost heading the outline knows.
    fn kind(&self) -> OutlineKind {
        let known = |id: &String| self.profile.outline.iter().find(|spec| spec.id == *id);
        let mut kinds = self.context.ids.iter().filter_map(known).map(|s| s.kind);
        let innermost = kinds.next().unwrap_or_default();
        // What is bound to the document stays that, whatever its own headings are called.
        let bound = kinds.find(|kind| *kind == OutlineKind::Appendix);
        bound.unwrap_or(innermost)
    }

    fn resolve(
        &mut self,
        passage: &Passage<'_>,
        tokens: &[Token<'_>],
        money: Option<mz_budget::money::PrintedMoney>,
        sentence: Option<&sentence::Sentence>,
    ) -> Found {
        let within = sentence
            .and_then(|s| s.parent.as_ref())
            .and_then(|p| match &p.subject {
                Some(Subject::Slice(slice)) => Some(*slice),
                _ => None,
            });
        let resolver = Resolver {
            lexicon: self.lexicon,
            catalogue: self.catalogue,
            context: &self.context,
            within,
        };
        resolver.resolve(self.disclosure, passage, tokens, money)
    }

    fn place(&self, passage: &Passage<'_>, quote: (usize, usize), span: (usize, usize)) -> Place {
        passage.place(quote, span, &self.disclosure.sections)
    }

    /// Whose figure a bare amount is.
    fn own_stage(&self) -> Stage {
        self.disclosure.own_stage()
    }

    fn new_group(&mut self) -> usize {
        self.n_groups += 1;
        self.n_groups - 1
    }

    fn unproved(
        &mut self,
        passage: &Passage<'_>,
        clause: (usize, usize),
        number: &number::Number,
        why: &str,
    ) {
        // Duties and plans of work hold numbers of all kinds; only money and people among them are what a budget states.
        let is_money = matches!(number.kind, number::Kind::Money(_));
        if self.kind() == OutlineKind::Overview && !is_money {
            self.disclosure.n_bound += 1;
            return;
        }
        let place = self.place(passage, clause, (number.start, number.end));
        self.disclosure.unproved.push(Unproved {
            number: passage.text(number.start, number.end),
            why: why.to_owned(),
            place,
        });
    }

    fn mentions(&mut self, passage: &Passage<'_>, found: &Found, group: Option<usize>) {
        for mention in &found.mentions {
            let range = (mention.start, mention.end);
            let place = self.place(passage, range, range);
            self.disclosure.mentions.push(NameMention {
                dimension: mention.dimension,
                printed: mention.printed.clone(),
                key: mention.key.clone(),
                exact: mention.exact,
                group,
                place,
            });
        }
    }

    /// The name of a subject, for tests and messages.
    fn is_slice(subject: &Subject) -> bool {
        matches!(subject, Subject::Slice(_))
    }
}
