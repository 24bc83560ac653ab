//! The data that ships with the program: catalogues by year and profiles, read when first asked for.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use serde::de::DeserializeOwned;

use crate::{
    catalogue::{self, Catalogue, Merge, Parts},
    digest,
    profile::{self, Face, Profile},
};

include!(concat!(env!("OUT_DIR"), "/data_files.rs"));

/// First year a catalogue can be asked for.
const FIRST_YEAR: u16 = 2000;
/// Number of years from [`FIRST_YEAR`].
const N_YEARS: usize = 100;

/// Path and contents of a data file.
pub type DataFile = (&'static str, &'static str);

/// A data file that could not be used. The tests make sure the embedded library has none.
#[derive(Clone, Debug, PartialEq)]
pub struct DataError {
    /// Path below the data folder.
    pub path: String,
    /// What is wrong, with the key where one is to blame.
    pub message: String,
}

impl std::fmt::Display for DataError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for DataError {}

/// Catalogues and profiles.
#[derive(Debug)]
pub struct Library {
    files: Cow<'static, [DataFile]>,
    years: Vec<u16>,
    catalogues: Vec<OnceLock<Catalogue>>,
    /// The files are those the build script digested.
    is_embedded: bool,
    faces: OnceLock<Vec<Face>>,
    known: Mutex<BTreeMap<String, Arc<Profile>>>,
    profiles: OnceLock<Vec<Arc<Profile>>>,
    texts: OnceLock<(Vec<Arc<Profile>>, Vec<DataError>)>,
}

impl Library {
    /// The library embedded in the program.
    pub fn embedded() -> &'static Self {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(|| Self {
            is_embedded: true,
            ..Self::from_files(Cow::Borrowed(FILES))
        })
    }

    /// A library of other files, with paths as below the data folder.
    pub fn from_files(files: Cow<'static, [DataFile]>) -> Self {
        let mut years: Vec<u16> = files
            .iter()
            .filter_map(|(path, _)| {
                path.strip_prefix("catalogue/")?
                    .split_once('/')?
                    .0
                    .parse()
                    .ok()
            })
            .collect();
        years.sort_unstable();
        years.dedup();
        let catalogues = std::iter::repeat_with(OnceLock::new)
            .take(N_YEARS)
            .collect();
        Self {
            files,
            years,
            catalogues,
            is_embedded: false,
            faces: OnceLock::new(),
            known: Mutex::default(),
            profiles: OnceLock::new(),
            texts: OnceLock::new(),
        }
    }

    /// Contents of a data file.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files
            .iter()
            .find(|(p, _)| *p == path)
            .map(|(_, contents)| *contents)
    }

    /// All data files, as path and contents.
    pub fn all_files(&self) -> &[DataFile] {
        &self.files
    }

    /// Data files below a folder (`phrases/`), as path and contents.
    pub fn files_below(&self, folder: &str) -> impl Iterator<Item = DataFile> {
        self.files
            .iter()
            .copied()
            .filter(move |(path, _)| path.starts_with(folder))
    }

    /// The catalogue of a year; a year without a list of its own uses the nearest one with the codes and names of that
    /// year merged in. Years before there were disclosures (0 for "not known") get the newest list as it is.
    pub fn catalogue(&self, year: u16) -> &Catalogue {
        let newest = self.years.last().copied().unwrap_or(FIRST_YEAR);
        let year = if year < FIRST_YEAR { newest } else { year };
        let i = usize::from(year.saturating_sub(FIRST_YEAR)).min(N_YEARS - 1);
        match self.catalogues.get(i) {
            Some(cell) => cell.get_or_init(|| self.read_catalogue(year)),
            None => unreachable!("the index is below the number of years"),
        }
    }

    fn read_catalogue(&self, year: u16) -> Catalogue {
        let base_year = self
            .years
            .iter()
            .copied()
            .min_by_key(|y| (y.abs_diff(year), *y))
            .unwrap_or(year);
        let read = |name: &str| {
            self.file(&format!("catalogue/{base_year}/{name}.csv"))
                .unwrap_or("")
        };
        let renames =
            catalogue::read_renames(self.file("catalogue/function-renames.csv").unwrap_or(""));
        let mut functions = catalogue::read_entries(read("function"));
        if let Some(other_years) = self.file("catalogue/function-other-years.csv") {
            catalogue::merge_years(
                &mut functions,
                other_years,
                &renames,
                Merge { year, base_year },
            );
        }
        Catalogue::new(
            year,
            base_year,
            Parts {
                functions,
                economics: catalogue::read_entries(read("economic-department")),
                governments: catalogue::read_entries(read("economic-government")),
                revenues: catalogue::read_entries(read("revenue")),
                renames,
                crossings: catalogue::read_crosswalk(read("economic-crosswalk")),
            },
        )
    }

    /// All profiles that are not only a base for others, by id.
    pub fn profiles(&self) -> &[Arc<Profile>] {
        self.profiles.get_or_init(|| {
            if self.is_embedded {
                let ids = self.faces().iter().map(|face| face.id.as_str());
                ids.filter_map(|id| self.profile(id)).collect()
            } else {
                self.read_texts().0.clone()
            }
        })
    }

    /// What choosing among the profiles looks at, by id; cheaper than the profiles themselves.
    pub fn faces(&self) -> &[Face] {
        self.faces.get_or_init(|| {
            if self.is_embedded {
                profile::faces()
            } else {
                self.profiles()
                    .iter()
                    .map(|profile| Face::from(&**profile))
                    .collect()
            }
        })
    }

    /// Profiles that could not be read, and why.
    pub fn problems(&self) -> &[DataError] {
        &self.read_texts().1
    }

    fn read_texts(&self) -> &(Vec<Arc<Profile>>, Vec<DataError>) {
        self.texts.get_or_init(|| profile::read_all(&self.files))
    }

    /// The profile of this id.
    pub fn profile(&self, id: &str) -> Option<Arc<Profile>> {
        if !self.is_embedded {
            return self.profiles().iter().find(|p| p.id == id).cloned();
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(profile) = known.get(id) {
            return Some(Arc::clone(profile));
        }
        let profile = Arc::new(profile::digested(id)?);
        known.insert(id.to_owned(), Arc::clone(&profile));
        Some(profile)
    }

    /// A data file other than profiles, read as what it holds; `None` when there is none of this path and form.
    pub fn data<T: DeserializeOwned>(&self, path: &str) -> Option<T> {
        if self.is_embedded {
            digest::file(path)
        } else {
            toml::from_str(self.file(path)?).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Level;

    #[test]
    fn the_catalogue_of_2024_is_whole() {
        let catalogue = Library::embedded().catalogue(2024);
        assert_eq!(catalogue.functions().count(), 1635);
        assert_eq!(catalogue.economics().count(), 110);
        for entry in catalogue.functions() {
            assert_eq!(Level::of_code(entry.code), Some(entry.level));
            let parent = entry.parent.unwrap_or("");
            assert!(
                entry.level == Level::Category || catalogue.function(parent).is_some(),
                "{}",
                entry.code
            );
        }
        let office = catalogue
            .function("2010301")
            .map(|e| (e.name, e.is_confirmed()));
        assert_eq!(office, Some(("行政运行", true)));
        assert_eq!(
            catalogue
                .function_named("政府办公厅(室)及相关机构事务")
                .count(),
            1
        );
        assert_eq!(catalogue.economic_named("因公出国(境)费用").count(), 1);
        assert!(catalogue.functions().any(|e| !e.is_confirmed()));
        assert!(catalogue.crossings("30101").count() >= 1);
    }

    #[test]
    fn other_years_rest_on_the_nearest_list() {
        let library = Library::embedded();
        let later = library.catalogue(2026);
        assert_eq!((later.year(), later.base_year()), (2026, 2024));
        assert!(later.function("20141").is_some());
        assert!(library.catalogue(2024).function("20141").is_none());
        let earlier = library.catalogue(2018);
        assert_eq!(
            earlier.function("210").map(|e| e.name),
            Some("医疗卫生与计划生育支出")
        );
        assert!(earlier.function("2040404").is_some());
        assert_eq!(earlier.renames("207").len(), 2);
        assert_eq!(library.catalogue(0).year(), 2024);
        assert!(library.catalogue(u16::MAX).function("201").is_some());
    }
}
