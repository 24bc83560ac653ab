//! Why a document could not be typeset.

use std::fmt;

/// Why there is no PDF, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypesetError {
    /// Chinese sentence: what is missing and what to do.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl TypesetError {
    pub(crate) fn new(message_zh: impl Into<String>, message_en: impl Into<String>) -> Self {
        Self {
            message_zh: message_zh.into(),
            message_en: message_en.into(),
        }
    }
}

impl fmt::Display for TypesetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_zh)
    }
}

impl std::error::Error for TypesetError {}
