//! Reasons, offices, units below, terms.

use mz_budget::{
    disclosure::{Base, ListKind, Measure, Subject, TextKind},
    package::{Body, Explained, Explanation, Package, Term},
    profile::narrative::BaseWord,
};

use super::Importer;

impl Importer<'_> {
    /// Texts of this year's document.
    pub(super) fn words(&mut self, package: &mut Package) {
        let disclosure = self.disclosure;
        for reason in &disclosure.reasons {
            let of_group = || {
                disclosure
                    .claims
                    .iter()
                    .filter(|claim| claim.group == reason.group)
            };
            let about = of_group()
                .find(|claim| matches!(claim.measure, Measure::Change | Measure::Growth))
                .or_else(|| of_group().next());
            let Some(claim) = about else {
                let place = self.place(&reason.place);
                let message = format!("原因“{}”不知说明什么变动，未导入", reason.text);
                self.problems.error("reason-homeless", message, place);
                continue;
            };
            let of = match &claim.subject {
                Subject::Slice(slice) => Explained::At(self.coordinates(*slice)),
                Subject::Fact(key) => Explained::Fact(key.clone()),
            };
            let base = claim
                .base
                .filter(|base| *base != Base::PriorBudget)
                .map(base_word);
            if package
                .reasons
                .iter()
                .any(|known| known.of == of && known.base == base && known.text == reason.text)
            {
                continue;
            }
            package.reasons.push(Explanation {
                of,
                base,
                text: reason.text.trim().trim_end_matches('。').to_owned(),
                to_confirm: false,
                place: self.place(&reason.place),
            });
        }
        for list in &disclosure.lists {
            let names = list
                .names
                .iter()
                .map(|(name, place)| self.fact(name.clone(), place));
            match list.kind {
                ListKind::Offices => package.offices.get_or_insert_default().extend(names),
                ListKind::Bodies => {
                    let bodies = package.bodies.get_or_insert_default();
                    for name in names {
                        let key = format!("b{}", bodies.len() + 1);
                        bodies.push(Body { key, name });
                    }
                }
                ListKind::IncomeSources
                | ListKind::FunctionCategories
                | ListKind::EconomicItems => {}
            }
        }
        for term in &disclosure.terms {
            let text = self.fact(term.text.clone(), &term.place);
            package.glossary.push(Term {
                name: term.name.clone(),
                text,
            });
        }
        self.duties(package);
    }

    /// Paragraphs under the heading of duties.
    fn duties(&self, package: &mut Package) {
        let is_duties = |section: usize| {
            self.disclosure
                .sections
                .get(section)
                .is_some_and(|s| s.id.as_deref() == Some("duties"))
        };
        let texts = self.disclosure.texts.iter();
        let texts =
            texts.filter(|text| text.kind == TextKind::Body && text.section.is_some_and(is_duties));
        package.duties = texts
            .map(|text| self.fact(without_number(&text.text).to_owned(), &text.place))
            .collect();
    }
}

/// The text without "（一）", "1." or "一、" before it.
fn without_number(text: &str) -> &str {
    mz_budget::normalise::strip_numbering(text.trim()).trim()
}

fn base_word(base: Base) -> BaseWord {
    match base {
        Base::PriorBudget => BaseWord::PriorBudget,
        Base::PriorExecution => BaseWord::PriorExecution,
        Base::PriorFinal => BaseWord::PriorFinal,
        Base::InitialBudget => BaseWord::InitialBudget,
        Base::AdjustedBudget => BaseWord::AdjustedBudget,
    }
}
