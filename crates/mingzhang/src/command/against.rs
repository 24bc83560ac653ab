//! The documents others are compared with: read once, joined where they are halves of one disclosure.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use mz_budget::disclosure::Disclosure;
use mz_compose::{lang::Lang, report::Failure};
use mz_document::Document;

use super::{read_document, recognise};
use crate::files::{self, Asked};

/// A document to compare with, and what it says.
pub struct Other {
    /// The path as printed.
    pub name: String,
    path: PathBuf,
    /// What it says.
    pub disclosure: Disclosure,
}

/// A document that was read, whether or not it says anything by itself.
struct Read {
    name: String,
    path: PathBuf,
    document: Document,
    /// Why it says nothing by itself; a half need not.
    fault: Option<String>,
    is_used: AtomicBool,
}

/// All documents to compare with.
pub struct Others {
    read: Vec<Read>,
    understood: Vec<Other>,
    unread: Vec<(String, String)>,
}

impl Others {
    /// Reads them.
    pub fn read(paths: &[PathBuf], profile: Option<&str>, lang: Lang) -> Self {
        let mut others = Self {
            read: Vec::new(),
            understood: Vec::new(),
            unread: Vec::new(),
        };
        for asked in files::expand(paths) {
            if let Err(reason) = others.add(&asked, profile, lang) {
                others.unread.push((asked.name, reason));
            }
        }
        others
    }

    fn add(&mut self, asked: &Asked, profile: Option<&str>, lang: Lang) -> Result<(), String> {
        let path = asked.path.as_ref().map_err(Clone::clone)?;
        let (_, document) = read_document(path, &asked.name, lang)?;
        let understood = recognise(&document, profile, lang);
        let fault = understood.as_ref().err().cloned();
        if let Ok(disclosure) = understood {
            self.understood.push(Other {
                name: asked.name.clone(),
                path: path.clone(),
                disclosure,
            });
        }
        self.read.push(Read {
            name: asked.name.clone(),
            path: path.clone(),
            document,
            fault,
            is_used: AtomicBool::new(false),
        });
        Ok(())
    }

    /// The document with its other half, and the documents that remain to compare with.
    pub fn joined(&self, mut document: Document, path: &Path) -> (Document, Vec<&Other>) {
        let mut rest: Vec<&Other> = Vec::new();
        for one in self
            .read
            .iter()
            .filter(|one| !is_same_file(&one.path, path))
        {
            if mz_recognise::are_halves(&document, &one.document) {
                one.is_used.store(true, Ordering::Relaxed);
                document = document.joined(one.document.clone(), &one.name);
            } else {
                rest.extend(
                    self.understood
                        .iter()
                        .filter(|other| other.path == one.path),
                );
            }
        }
        (document, rest)
    }

    /// What could not be read, and what says nothing by itself and was no half of anything.
    pub fn failures(&self, first_index: usize) -> Vec<Failure> {
        let useless = self.read.iter().filter_map(|one| {
            let fault = one.fault.clone()?;
            (!one.is_used.load(Ordering::Relaxed)).then(|| (one.name.clone(), fault))
        });
        let all = self.unread.iter().cloned().chain(useless);
        all.enumerate()
            .map(|(i, (file, reason))| Failure {
                index: first_index + i,
                file,
                reason,
            })
            .collect()
    }
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
