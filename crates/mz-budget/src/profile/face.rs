//! What choosing among profiles looks at.

use std::{
    panic::UnwindSafe,
    sync::{Arc, LazyLock},
};

use super::{Kind, Profile, TableSpec, is_open, outline::OutlineSpec};

/// Read when first asked for, and once for all profiles that share it.
type Part<T> = Arc<LazyLock<Vec<T>, Box<dyn FnOnce() -> Vec<T> + Send + UnwindSafe>>>;

/// A part that is read by this when first asked for.
pub(super) fn part<T>(read: impl FnOnce() -> Vec<T> + Send + UnwindSafe + 'static) -> Part<T> {
    Arc::new(LazyLock::new(Box::new(read)))
}

/// Whom a profile is for, and, behind a call, its tables and headings: most documents need those of few profiles.
#[derive(Clone, Debug)]
pub struct Face {
    /// Id.
    pub id: String,
    /// GB/T 2260 code of the province.
    pub region: String,
    /// Kind of document.
    pub kind: Kind,
    /// Budget years the profile is known to hold for.
    pub years: Vec<u16>,
    /// Places the profile is for; empty when it is for all.
    pub places: Vec<String>,
    /// Beginnings of the names of the bodies the profile is for; empty when names tell nothing.
    pub bodies: Vec<String>,
    pub(super) tables: Part<TableSpec>,
    pub(super) outline: Part<OutlineSpec>,
}

impl Face {
    /// Tables in order.
    pub fn tables(&self) -> &[TableSpec] {
        &self.tables
    }

    /// Headings in order.
    pub fn outline(&self) -> &[OutlineSpec] {
        &self.outline
    }

    /// See [`Profile::is_general`].
    pub fn is_general(&self) -> bool {
        super::is_general(&self.region, &self.bodies, self.tables())
    }

    /// It has tables, and all are read from their own headers.
    pub fn is_open(&self) -> bool {
        !self.tables().is_empty() && is_open(self.tables())
    }
}

impl From<&Profile> for Face {
    fn from(profile: &Profile) -> Self {
        let (tables, outline) = (profile.tables.clone(), profile.outline.clone());
        Self {
            id: profile.id.clone(),
            region: profile.region.clone(),
            kind: profile.kind,
            years: profile.years.clone(),
            places: profile.places.clone(),
            bodies: profile.bodies.clone(),
            tables: part(move || tables),
            outline: part(move || outline),
        }
    }
}
