//! Document and profile to disclosure: tables, outline, narrative, performance targets.
//!
//! What is chosen (profile, year, unit, kind) is chosen from the content, never from a file name.

mod beside;
mod book;
mod choose;
mod counts;
mod halves;
pub mod narrative;
pub mod normalise;
pub mod outline;
mod place;
pub mod tables;
pub mod targets;

pub use book::disclosures;
pub use halves::are_halves;

use std::{fmt, sync::Arc};

use mz_budget::{
    disclosure::{Disclosure, ReadingProblem},
    library::Library,
    profile::Profile,
};
use mz_document::Document;

use self::{beside::beside, outline::Outline};

/// Why a document could not be understood at all.
#[derive(Clone, Debug, PartialEq)]
pub enum RecogniseError {
    /// No profile has this id.
    UnknownProfile {
        /// The id asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// No profile knows enough of the document's tables.
    NoProfile {
        /// Titles of tables seen in the document.
        seen: Vec<String>,
        /// The nearest profile and how many of its tables were found, of how many.
        nearest: Option<(String, usize, usize)>,
    },
}

impl RecogniseError {
    /// What went wrong, in English; [`fmt::Display`] says it in Chinese. Titles stay as they are printed.
    pub fn message_en(&self) -> String {
        match self {
            Self::UnknownProfile { id, known } => {
                format!("no profile is called {id}; there are {}", known.join(", "))
            }
            Self::NoProfile { seen, nearest } => {
                let what = if seen.is_empty() {
                    "no budget table was seen, so no profile can be chosen".to_owned()
                } else {
                    format!("no profile fits; tables of the file: {}", seen.join(", "))
                };
                let hint = nearest.as_ref().map_or_else(
                    || "name one with --profile".to_owned(),
                    |(id, n, of)| {
                        format!(
                            "the nearest, {id}, has {n} of its {of} tables there; name one with --profile"
                        )
                    },
                );
                format!("{what}; {hint}")
            }
        }
    }
}

impl fmt::Display for RecogniseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProfile { id, known } => {
                write!(f, "没有名为 {id} 的模板；现有：{}", known.join("、"))
            }
            Self::NoProfile { seen, nearest } => {
                if seen.is_empty() {
                    f.write_str("没有看到任何预算表，无法确定模板")?;
                } else {
                    write!(f, "没有合适的模板；文件中的表：{}", seen.join("、"))?;
                }
                match nearest {
                    Some((id, n, of)) => write!(
                        f,
                        "；最接近的模板 {id} 只对上 {n}/{of} 张表，可用 --profile 指定"
                    ),
                    None => f.write_str("；可用 --profile 指定模板"),
                }
            }
        }
    }
}

impl std::error::Error for RecogniseError {}

/// Understands a document through the profile named, or through the one that fits it best.
pub fn recognise(
    document: &Document,
    library: &Library,
    profile: Option<&str>,
) -> Result<Disclosure, RecogniseError> {
    let seen = choose::Seen::new(document);
    // The catalogue is needed next, and reading it takes as long as choosing the profile.
    let catalogue = || {
        if let Some(year) = seen.identity.year {
            library.catalogue(year).index_names();
        }
    };
    let ((), profile) = beside(catalogue, || match profile {
        Some(id) => library
            .profile(id)
            .ok_or_else(|| RecogniseError::UnknownProfile {
                id: id.to_owned(),
                known: library.profiles().iter().map(|p| p.id.clone()).collect(),
            }),
        None => seen.profile(library),
    });
    let profile = profile?;
    let is_general = profile.tables.iter().all(|table| table.panels.is_empty());
    let mut disclosure = begin(document, library, profile, seen.identity);
    let (outline, mut open) = outline_and_tables(document, library, &mut disclosure);
    outline.fill(&mut disclosure);
    let task = targets::Task::new(document, &disclosure);
    let (targets, ()) = beside(
        || task.read(),
        || {
            narrative::read(document, library, &mut disclosure);
            counts::read(document, &mut disclosure);
        },
    );
    targets.fill(&mut disclosure);
    if is_general {
        narrative::prove::prove(&mut disclosure);
    }
    tables::state_totals(&mut open, &mut disclosure);
    tables::close(&mut disclosure, &open);
    Ok(disclosure)
}

/// The outline, read beside the tables where the profile declares them. Where reading settles which tables there are, the
/// outline, which names them, is read after them.
fn outline_and_tables(
    document: &Document,
    library: &Library,
    disclosure: &mut Disclosure,
) -> (Outline, tables::Open) {
    let (profile, unit) = (Arc::clone(&disclosure.profile), disclosure.unit.clone());
    if profile.tables.iter().any(|table| table.panels.is_empty()) {
        let open = tables::read(document, library, disclosure);
        let outline = outline::read(document, &disclosure.profile, unit.as_deref());
        return (outline, open);
    }
    beside(
        || outline::read(document, &profile, unit.as_deref()),
        || tables::read(document, library, disclosure),
    )
}

/// A disclosure before its tables are read, for the tests of what comes after them.
#[cfg(test)]
fn start(document: &Document, library: &Library, profile: Arc<Profile>) -> Disclosure {
    let identity = choose::Seen::new(document).identity;
    begin(document, library, profile, identity)
}

/// A disclosure of which nothing is known but what the whole document says of itself.
fn begin(
    document: &Document,
    library: &Library,
    profile: Arc<Profile>,
    identity: choose::Identity,
) -> Disclosure {
    let year = identity.year.or(profile.years.last().copied()).unwrap_or(0);
    let problems = document.problems.iter().map(|problem| ReadingProblem {
        name: problem.name.to_owned(),
        message: problem.message.clone(),
        place: place::place(&problem.place, 0, ""),
    });
    Disclosure {
        dimensions: tables::dimensions::start(&profile, library.catalogue(year)),
        unit: identity.unit,
        year: identity.year,
        // Tables published by themselves name no kind; their profile does.
        kind: identity
            .kind
            .filter(|_| !profile.tables.is_empty())
            .unwrap_or(profile.kind),
        pages: document.pages,
        sections: Vec::new(),
        texts: Vec::new(),
        tables: Vec::new(),
        observations: Vec::new(),
        claims: Vec::new(),
        n_bound: 0,
        unproved: Vec::new(),
        reasons: Vec::new(),
        statements: Vec::new(),
        lists: Vec::new(),
        mentions: Vec::new(),
        projects: Vec::new(),
        targets: Vec::new(),
        terms: Vec::new(),
        problems: problems.collect(),
        profile,
    }
}
