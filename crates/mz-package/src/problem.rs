//! What could not be placed, or looks wrong, in a form.

use mz_budget::package::FormPlace;

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something to know: it was understood, or changes nothing.
    Note,
    /// It looks wrong; somebody has to look.
    Query,
    /// It could not be placed, or contradicts itself.
    Error,
}

/// A problem at a place of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormProblem {
    /// Stable short name, such as `text-in-number-cell`.
    pub name: &'static str,
    /// How serious.
    pub level: Level,
    /// One Chinese sentence with what stands there.
    pub message: String,
    /// Sheet and cell, file and line, or key.
    pub place: FormPlace,
}

/// Problems collected while reading.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<FormProblem>);

impl Problems {
    pub(crate) fn add(
        &mut self,
        name: &'static str,
        level: Level,
        message: impl Into<String>,
        place: FormPlace,
    ) {
        self.0.push(FormProblem {
            name,
            level,
            message: message.into(),
            place,
        });
    }

    pub(crate) fn error(
        &mut self,
        name: &'static str,
        message: impl Into<String>,
        place: FormPlace,
    ) {
        self.add(name, Level::Error, message, place);
    }
}
