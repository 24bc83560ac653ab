//! A disclosure as facts of a package: this year's, or last year's for the package of the year after.
//!
//! Figures of tables become lists of figures, claims of facts become facts, paragraphs become projects and reasons. What
//! the composer computes anew (amounts, shares and changes in sentences) is not imported; what could not be read is
//! reported with its place.

mod figures;
mod prior;
mod projects;
mod words;

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension, Slice},
    disclosure::{Disclosure, Kind, Reading, Stage},
    package::{Fact, FormPlace, Package},
    place::Place,
    profile::narrative::StageWord,
};

use crate::{Level, Opened, problem::Problems};

/// Whose facts an import brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// Facts of the package's year.
    ThisYear,
    /// Facts of the year before the package's.
    LastYear,
}

/// Makes a package of a disclosure.
pub fn from_disclosure(disclosure: &Disclosure, file: &str, whose: As) -> Opened {
    let year = disclosure.year.unwrap_or(0) + u16::from(whose == As::LastYear);
    let mut package = Package::new(
        &disclosure.profile.id,
        disclosure.unit.as_deref().unwrap_or_default(),
        year,
    );
    let mut importer = Importer {
        disclosure,
        file,
        whose,
        project_keys: BTreeMap::new(),
        problems: Problems::default(),
    };
    if disclosure.year.is_none() {
        importer.problems.error(
            "year-missing",
            "文件里没有看到年度，请在资料里填写",
            FormPlace::new(file, ""),
        );
    }
    importer.projects(&mut package);
    importer.figures(&mut package);
    if whose == As::ThisYear {
        importer.prior_figures(&mut package);
        importer.words(&mut package);
    }
    importer.facts(&mut package);
    importer.unread();
    Opened {
        package,
        problems: importer.problems.0,
    }
}

struct Importer<'a> {
    disclosure: &'a Disclosure,
    file: &'a str,
    whose: As,
    /// Key of the package's project, by the key of the disclosure's.
    project_keys: BTreeMap<String, String>,
    problems: Problems,
}

impl Importer<'_> {
    /// Where something stands in the imported document.
    fn place(&self, place: &Place) -> FormPlace {
        FormPlace::new(self.file, position(place))
    }

    /// The same in words, for the source of a fact.
    fn source(&self, place: &Place) -> String {
        let place = self.place(place);
        format!("{place}")
    }

    fn fact<T>(&self, value: T, place: &Place) -> Fact<T> {
        Fact {
            source: self.source(place),
            ..Fact::at(value, self.place(place))
        }
    }

    /// The stage a figure has in the package; `None` for figures of a year the package does not hold.
    fn stage(&self, stage: Stage) -> Option<StageWord> {
        let is_final = matches!(
            self.disclosure.kind,
            Kind::UnitFinalAccounts | Kind::DepartmentFinalAccounts
        );
        Some(match (self.whose, stage) {
            (As::ThisYear, Stage::Budget) => StageWord::Budget,
            (As::ThisYear, Stage::PriorBudget) => StageWord::PriorBudget,
            (As::ThisYear, Stage::PriorExecution) => StageWord::PriorExecution,
            (As::ThisYear, Stage::Adjusted) => StageWord::Adjusted,
            (As::ThisYear, Stage::Final) => StageWord::Final,
            (As::ThisYear, Stage::PriorFinal) => StageWord::PriorFinal,
            (As::LastYear, Stage::Budget) => StageWord::PriorBudget,
            (As::LastYear, Stage::Final) if is_final => StageWord::PriorFinal,
            (As::LastYear, _) => return None,
        })
    }

    /// Coordinates of a slice by the package's keys.
    fn coordinates(&self, slice: Slice) -> Coordinates {
        let mut at = Coordinates::new();
        for dimension in Dimension::ALL {
            let id = slice.node(dimension);
            if id == 0 {
                continue;
            }
            let key = &self.disclosure.dimensions.tree(dimension).node(id).key;
            let key = match dimension {
                Dimension::Project => self.project_keys.get(key).unwrap_or(key),
                _ => key,
            };
            at.insert(dimension, key.clone());
        }
        at
    }

    /// What the reader could not read stays visible.
    fn unread(&mut self) {
        for observation in &self.disclosure.observations {
            if let Reading::Unread(text) = &observation.reading {
                let place = self.place(&observation.place);
                let label = [
                    &observation.place.table,
                    &observation.place.row,
                    &observation.place.column,
                ]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(" › ");
                self.problems.error(
                    "cell-unread",
                    format!("“{label}”写的是“{text}”，不是数字，未导入"),
                    place,
                );
            }
        }
        for problem in &self.disclosure.problems {
            let place = self.place(&problem.place);
            self.problems.add(
                "document-problem",
                Level::Query,
                problem.message.clone(),
                place,
            );
        }
        for number in &self.disclosure.unproved {
            let place = self.place(&number.place);
            let message = format!(
                "文字中的“{}”没有对应的事实，未导入（{}）",
                number.number, number.why
            );
            self.problems
                .add("number-unplaced", Level::Note, message, place);
        }
    }
}

/// Page, line, or sheet and cell.
fn position(place: &Place) -> String {
    match (&place.sheet, &place.cell, place.page, place.line) {
        (Some(sheet), Some(cell), ..) => format!("{sheet}!{cell}"),
        (Some(sheet), None, ..) => sheet.to_string(),
        (_, _, Some(page), _) => format!("第 {page} 页"),
        (_, _, None, Some(line)) => format!("第 {line} 行"),
        _ => place
            .table
            .clone()
            .or_else(|| place.section.clone())
            .unwrap_or_default(),
    }
}
