//! What documents nobody has seen would meet: each document of a folder is read again as if its province had no form of its
//! own, as if only what holds for all localities were known of it, through another form, and cut or shuffled as files come.
//! Every finding above info that is not in the ordinary reading is listed, for a person to judge.

use std::{borrow::Cow, collections::BTreeMap, fs, path::Path};

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Report, Severity},
    library::{DataFile, Library},
    normalise,
    profile::Profile,
};
use mz_document::{Content, Document};

use crate::census;

/// Columns of the study, in order; lines of findings have only the first two and the last.
const COLUMNS: &str = "file,reading,profile,unit,year,kind,tables,cells,bound,unproved,targets,identities,above-info,finding";

/// Fewest columns and rows of a table that makes its page a page of tables.
const LEAST_TABLE: (usize, usize) = (3, 2);

/// Id of the form a document is given that knows nothing of its province.
const BARE: &str = "unseen-budget";

/// How a document is read again.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    /// As it is.
    Known,
    /// The forms of its province, or of its bodies, are taken away.
    Without,
    /// They are replaced by one that has only what holds for all localities.
    Bare,
    /// Through this form.
    As(String),
    /// Without its first page.
    NoCover,
    /// Without the page of its contents.
    NoContents,
    /// Pages of tables only.
    Tables,
    /// Pages without tables only.
    Narrative,
    /// Narrative and tables in the other order.
    Swapped,
}

impl Reading {
    /// The readings asked for by name; all but those through a form when none is.
    fn named(names: &[String]) -> Result<Vec<Self>, String> {
        let all = [
            ("without", Self::Without),
            ("bare", Self::Bare),
            ("no-cover", Self::NoCover),
            ("no-contents", Self::NoContents),
            ("tables", Self::Tables),
            ("narrative", Self::Narrative),
            ("swapped", Self::Swapped),
        ];
        if names.is_empty() {
            return Ok(all.into_iter().map(|(_, reading)| reading).collect());
        }
        let reading = |name: &String| {
            let known = all.iter().find(|(known, _)| known == name);
            let form = || Library::embedded().faces().iter().find(|f| f.id == *name);
            known
                .map(|(_, reading)| reading.clone())
                .or_else(|| form().map(|face| Self::As(face.id.clone())))
                .ok_or_else(|| format!("no reading and no profile is called {name}"))
        };
        names.iter().map(reading).collect()
    }

    fn name(&self) -> String {
        match self {
            Self::As(id) => format!("as {id}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// The document as this reading has it.
    fn document<'d>(&self, document: &'d Document) -> Cow<'d, Document> {
        let pages = Pages::of(document);
        let page = |block: &mz_document::Block| block.place.page.unwrap_or(0);
        let mut cut = document.clone();
        match self {
            Self::NoCover => cut.blocks.retain(|block| page(block) > 1),
            Self::NoContents => cut
                .blocks
                .retain(|block| !pages.contents.contains(&page(block))),
            Self::Tables => cut
                .blocks
                .retain(|block| pages.tables.contains(&page(block))),
            Self::Narrative => cut
                .blocks
                .retain(|block| !pages.tables.contains(&page(block))),
            Self::Swapped => {
                let first = document.blocks.first().map_or(0, page);
                let is_late = |block: &mz_document::Block| {
                    page(block) != first && !pages.tables.contains(&page(block))
                };
                let (late, early) = cut.blocks.into_iter().partition(is_late);
                cut.blocks = early;
                cut.blocks.extend::<Vec<_>>(late);
            }
            Self::Known | Self::Without | Self::Bare | Self::As(_) => {
                return Cow::Borrowed(document);
            }
        }
        Cow::Owned(cut)
    }
}

/// Which pages hold what.
struct Pages {
    tables: Vec<u32>,
    contents: Vec<u32>,
}

impl Pages {
    fn of(document: &Document) -> Self {
        let (mut tables, mut contents) = (Vec::new(), Vec::new());
        for block in &document.blocks {
            let page = block.place.page.unwrap_or(0);
            match &block.content {
                Content::Table(table) => {
                    let (n_columns, n_rows) = LEAST_TABLE;
                    if table.n_columns >= n_columns && table.rows.len() >= n_rows {
                        let rows = table.rows.iter().filter_map(|row| row.place.page);
                        tables.extend(rows.chain([page]));
                    }
                }
                _ => {
                    let text = block.text().map(normalise::name).unwrap_or_default();
                    if matches!(text.as_str(), "目录" | "目次") {
                        contents.push(page);
                    }
                }
            }
        }
        Self { tables, contents }
    }
}

/// Libraries without some forms, by what is missing.
#[derive(Default)]
struct Libraries {
    known: BTreeMap<(String, bool), &'static Library>,
}

impl Libraries {
    /// The library a reading chooses from.
    fn of(&mut self, reading: &Reading, profile: &Profile) -> &'static Library {
        let is_bare = *reading == Reading::Bare;
        if !is_bare && *reading != Reading::Without {
            return Library::embedded();
        }
        let key = if profile.bodies.is_empty() {
            profile.region.clone()
        } else {
            profile.id.clone()
        };
        let library = || &*Box::leak(Box::new(without(profile, is_bare)));
        self.known.entry((key, is_bare)).or_insert_with(library)
    }
}

/// The library without the forms of a profile's province, or of its bodies.
fn without(profile: &Profile, is_bare: bool) -> Library {
    let embedded = Library::embedded();
    let is_own = |id: &str| {
        let head = embedded.file(&format!("profiles/{id}/profile.toml"));
        let region = format!("region = \"{}\"", profile.region);
        let of_region = profile.region != "000000" && head.is_some_and(|h| h.contains(&region));
        let of_bodies = id == profile.id && !profile.bodies.is_empty();
        of_region || of_bodies
    };
    let base = |id: &str| {
        let head = embedded.file(&format!("profiles/{id}/profile.toml"))?;
        let (_, rest) = head.split_once("extends = \"")?;
        rest.split_once('"').map(|(base, _)| base)
    };
    // A form that rests on one taken away goes with it.
    let is_gone = |id: &str| is_own(id) || base(id).is_some_and(is_own);
    let mut files: Vec<DataFile> = embedded
        .all_files()
        .iter()
        .copied()
        .filter(|(path, _)| {
            let id = path
                .strip_prefix("profiles/")
                .and_then(|p| p.split_once('/'));
            !id.is_some_and(|(id, _)| is_gone(id))
        })
        .collect();
    if is_bare {
        let bodies: Vec<String> = profile.bodies.iter().map(|b| format!("{b:?}")).collect();
        let head = format!(
            "extends = \"local-budget\"\ntitle = \"{BARE}\"\nregion = \"{}\"\nbodies = [{}]\n[source]\ntitle = \"study\"\nchecked = \"2026-11-26\"\n",
            profile.region,
            bodies.join(", ")
        );
        let path = format!("profiles/{BARE}/profile.toml");
        files.push((path.leak(), head.leak()));
    }
    Library::from_files(Cow::Owned(files))
}

/// Reads every document of a folder in every way asked for and returns the study as CSV.
pub fn study(folder: &Path, readings: &[String]) -> Result<String, String> {
    let readings = Reading::named(readings)?;
    let mut libraries = Libraries::default();
    let mut out = format!("{COLUMNS}\n");
    for path in census::files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
        let Ok(bytes) = fs::read(&path) else { continue };
        let Ok(document) = mz_document::read(&bytes, &name) else {
            continue;
        };
        let Ok(known) = mz_recognise::recognise(&document, Library::embedded(), None) else {
            continue;
        };
        let report = mz_audit::audit(&known, Library::embedded());
        out.push_str(&line(&name, &Reading::Known, &known, &report));
        let before = keys(&report);
        for reading in &readings {
            let library = libraries.of(reading, &known.profile);
            let id = match reading {
                Reading::As(id) => Some(id.as_str()),
                _ => None,
            };
            let cut = reading.document(&document);
            let again = match mz_recognise::recognise(&cut, library, id) {
                Ok(again) => again,
                Err(error) => {
                    out.push_str(&fields(&name, reading, &error.to_string()));
                    continue;
                }
            };
            let report = mz_audit::audit(&again, Library::embedded());
            out.push_str(&line(&name, reading, &again, &report));
            for finding in above_info(&report).filter(|f| !before.contains(&key(f))) {
                let place = finding.places.first();
                let page = place.and_then(|place| place.page);
                let page = page.map_or_else(String::new, |page| format!(" p. {page}"));
                let quote = place.map_or("", |place| place.quote.as_str());
                let what = format!("{}{page}: {} ‖ {quote}", finding.code, finding.message);
                out.push_str(&fields(&name, reading, &what));
            }
        }
    }
    Ok(out)
}

fn above_info(report: &Report) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(|f| f.severity > Severity::Info)
}

/// A finding by its code and message; where it stands differs when pages are taken away.
fn key(finding: &Finding) -> (&'static str, String) {
    (finding.code, finding.message.clone())
}

fn keys(report: &Report) -> Vec<(&'static str, String)> {
    above_info(report).map(key).collect()
}

fn line(name: &str, reading: &Reading, disclosure: &Disclosure, report: &Report) -> String {
    let n_cells: usize = disclosure.tables.iter().map(|table| table.n_values).sum();
    let year = disclosure.year.map(|year| year.to_string());
    let fields = [
        name.to_owned(),
        reading.name(),
        disclosure.profile.id.clone(),
        disclosure.unit.clone().unwrap_or_default(),
        year.unwrap_or_default(),
        format!("{:?}", disclosure.kind),
        disclosure.tables.len().to_string(),
        n_cells.to_string(),
        disclosure.n_bound.to_string(),
        disclosure.unproved.len().to_string(),
        disclosure.targets.len().to_string(),
        report.counts.identities.to_string(),
        above_info(report).count().to_string(),
        String::new(),
    ];
    fields.map(|field| census::quoted(&field)).join(",") + "\n"
}

fn fields(name: &str, reading: &Reading, what: &str) -> String {
    let commas = ",".repeat(COLUMNS.matches(',').count() - 1);
    let [name, reading, what] = [name, &reading.name(), what].map(census::quoted);
    format!("{name},{reading}{commas}{what}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_province_are_taken_away_with_those_that_rest_on_them() {
        let embedded = Library::embedded();
        let own = embedded.profile("jiangsu-budget").expect("it is embedded");
        let ids = |library: Library| -> Vec<String> {
            assert_eq!(library.problems(), []);
            library.profiles().iter().map(|p| p.id.clone()).collect()
        };
        let left = ids(without(&own, false));
        assert!(left.iter().all(|id| !id.starts_with("jiangsu")), "{left:?}");
        assert_eq!(left.len() + 2, embedded.profiles().len());
        assert!(ids(without(&own, true)).contains(&BARE.to_owned()));
    }

    #[test]
    fn parts_of_a_document_are_read_alone() {
        let text = "甲市乙局2024年部门预算\n\n目录\n\n部门收支总表\t1\n";
        let document = mz_document::read(text.as_bytes(), "a.txt").expect("it reads");
        assert_eq!(Reading::NoContents.document(&document).blocks.len(), 0);
        let named = Reading::named(&["without".to_owned(), "local-budget".to_owned()]);
        assert!(named.is_err(), "a base is no form");
    }
}
