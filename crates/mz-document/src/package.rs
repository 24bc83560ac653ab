//! Zip packages (DOCX, XLSX, OFD) with limits, so that a bomb costs a message and not the machine.

use std::io::{Cursor, Read};

/// A part larger than this (decompressed) is not read.
const MAX_PART: u64 = 64 << 20;
/// All parts together.
const MAX_TOTAL: u64 = 256 << 20;
/// Entries of one package.
const MAX_ENTRIES: usize = 20_000;

/// An open package.
pub struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    budget: u64,
}

impl<'a> Package<'a> {
    /// Opens a package. `Err` is a Chinese reason.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("压缩包无法打开（{error}）"))?;
        if archive.len() > MAX_ENTRIES {
            return Err(format!(
                "压缩包内有 {} 个文件，超过上限 {MAX_ENTRIES}",
                archive.len()
            ));
        }
        Ok(Self {
            archive,
            budget: MAX_TOTAL,
        })
    }

    /// A part as bytes; `Ok(None)` when there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Ok(mut file) = self.archive.by_name(name) else {
            return Ok(None);
        };
        let limit = MAX_PART.min(self.budget);
        let mut bytes = Vec::new();
        // The size in the directory may lie: read one byte more than allowed and see.
        file.by_ref()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("部件 {name} 无法解压（{error}）"))?;
        if bytes.len() as u64 > limit {
            return Err(format!("部件 {name} 解压后超过 {} MB 上限", limit >> 20));
        }
        self.budget -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether a part's name satisfies a condition.
    pub fn any(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.archive
            .file_names()
            .any(|name| name.is_ok_and(|name| is_wanted(&name)))
    }

    /// A part as UTF-8 text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.part(name)? {
            Some(bytes) => String::from_utf8(bytes)
                .map(Some)
                .map_err(|_| format!("部件 {name} 不是 UTF-8 文本")),
            None => Ok(None),
        }
    }
}
