//! Why nothing at all could be read, in words a finance officer can act on.

use std::fmt;

/// The reason nothing could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// No bytes, or white space only.
    Empty,
    /// Larger than the limit.
    TooLarge,
    /// A known format that this version has no reader for.
    Unsupported,
    /// Bytes of no format we know.
    Binary,
    /// The format is known and the file is damaged beyond reading, or locked with a password.
    Damaged,
}

/// Nothing could be read. Documents that are read in part are no error: see [`crate::Document::problems`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The reason, for programs.
    pub kind: ReadErrorKind,
    /// The reason and what to do, one Chinese line.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl ReadError {
    /// An error with its two messages.
    pub fn new(
        kind: ReadErrorKind,
        message_zh: impl Into<String>,
        message_en: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            message_zh: message_zh.into(),
            message_en: message_en.into(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_zh)
    }
}

impl std::error::Error for ReadError {}
