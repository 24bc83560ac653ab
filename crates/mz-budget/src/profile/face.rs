//! The profiles as choosing among them sees them.

use std::{
    panic::UnwindSafe,
    sync::{Arc, LazyLock},
};

use super::{
    Kind, Profile, TableSpec,
    outline::OutlineSpec,
    shape::{self, Shape, TableShape},
};
use crate::normalise;

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
    pub(super) shape: Arc<LazyLock<Shape, Box<dyn FnOnce() -> Shape + Send + UnwindSafe>>>,
}

impl Face {
    /// Its tables and headings.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// See [`Profile::is_general`].
    pub fn is_general(&self) -> bool {
        super::is_general(&self.region, &self.bodies) && self.has_no_panels()
    }

    /// It has tables, and all are read from their own headers.
    pub fn is_open(&self) -> bool {
        !self.shape.tables.is_empty() && self.has_no_panels()
    }

    fn has_no_panels(&self) -> bool {
        self.shape.tables.iter().all(|table| table.width.is_none())
    }
}

impl From<&Profile> for Face {
    fn from(profile: &Profile) -> Self {
        let shape = Shape {
            tables: profile.tables.iter().map(table).collect(),
            headings: profile
                .outline
                .iter()
                .filter(|spec| spec.required)
                .map(heading)
                .collect(),
        };
        Self {
            id: profile.id.clone(),
            region: profile.region.clone(),
            kind: profile.kind,
            years: profile.years.clone(),
            places: profile.places.clone(),
            bodies: profile.bodies.clone(),
            shape: Arc::new(LazyLock::new(Box::new(move || shape))),
        }
    }
}

fn table(spec: &TableSpec) -> TableShape {
    let width = |panels: &[super::PanelSpec]| {
        let widths = panels
            .iter()
            .map(|panel| panel.labels.len() + panel.columns.len());
        widths.sum()
    };
    TableShape {
        titles: spec.titles().map(normalise::name).collect(),
        required: spec.required,
        width: (!spec.panels.is_empty()).then(|| width(&spec.panels)),
    }
}

fn heading(spec: &OutlineSpec) -> Vec<Vec<String>> {
    let alternatives = spec.keywords.iter();
    alternatives
        .map(|words| shape::words(words, normalise::name))
        .collect()
}
