//! Which font faces the folders hold: names and weights, read from the heads of the files only. Chinese fonts have tens
//! of megabytes each, and a system has hundreds of fonts.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

/// Deepest folder followed.
const DEEPEST: usize = 8;
/// More files than this are not looked at; a full typesetting system has some ten thousand.
const MAX_FILES: usize = 40_000;
/// A font with all common Chinese characters is larger; smaller files are not opened.
const SMALLEST: u64 = 400_000;
/// Largest font file that is loaded.
const MAX_FONT_BYTES: u64 = 200 << 20;
/// Longest table of names that is read.
const MAX_NAMES: u64 = 1 << 20;
/// Most tables of a face.
const MAX_TABLES: usize = 100;
/// Most faces of a collection.
const MAX_FACES: u32 = 64;
/// Name records that hold a family, or a full name such as “FZXiaoBiaoSong-B05S”.
const FAMILY_NAMES: [u16; 4] = [1, 4, 6, 16];

/// One face of a font file.
#[derive(Clone, Debug)]
pub struct Face {
    /// The file.
    pub path: PathBuf,
    /// Position in a collection, 0 for single fonts.
    pub index: u32,
    /// Families and full names in all languages of the file, in lower case.
    pub names: Vec<String>,
    /// Weight, 400 being regular and 700 bold.
    pub weight: u16,
}

impl Face {
    /// Whether a family or full name, in lower case, is one of its names.
    pub fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Whether both are the same face of the same file.
    pub fn is_same(&self, other: &Self) -> bool {
        self.path == other.path && self.index == other.index
    }

    /// The file and the tables of the face in it, so that a part of them can be read.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn tables(&self) -> io::Result<(File, Vec<Table>)> {
        let mut file = File::open(&self.path)?;
        let starts = starts(&mut file)?;
        let start = starts
            .get(self.index as usize)
            .ok_or(io::ErrorKind::InvalidData)?;
        let tables = directory(&mut file, *start)?;
        Ok((file, tables))
    }

    /// The bytes of the whole file, unless it is larger than any font.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn load(&self) -> io::Result<Vec<u8>> {
        if fs::metadata(&self.path)?.len() > MAX_FONT_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        fs::read(&self.path)
    }
}

/// A table of a font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub tag: [u8; 4],
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length.
    pub length: u64,
}

/// The faces in a folder and below it, in order of paths, so that the same fonts give the same choice.
pub fn faces(folder: &Path) -> Vec<Face> {
    let mut files = Vec::new();
    walk(folder, 0, &mut files);
    files.sort();
    files.iter().flat_map(|path| of_file(path)).collect()
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if files.len() >= MAX_FILES {
            return;
        }
        if path.is_dir() {
            if depth < DEEPEST {
                walk(&path, depth + 1, files);
            }
        } else if is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["ttf", "otf", "ttc", "otc"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Damaged files have no faces.
fn of_file(path: &Path) -> Vec<Face> {
    let open = || -> io::Result<Vec<Face>> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() < SMALLEST {
            return Ok(Vec::new());
        }
        let starts = starts(&mut file)?;
        let mut faces = Vec::new();
        for (index, start) in starts.into_iter().enumerate() {
            let (names, weight) = head(&mut file, start)?;
            faces.push(Face {
                path: path.to_path_buf(),
                index: index as u32,
                names,
                weight,
            });
        }
        Ok(faces)
    };
    open().unwrap_or_default()
}

fn bytes<const N: usize>(file: &mut File, at: u64) -> io::Result<[u8; N]> {
    let mut out = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut out)?;
    Ok(out)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|b| b.try_into().ok())
        .map_or(0, u32::from_be_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .and_then(|b| b.try_into().ok())
        .map_or(0, u16::from_be_bytes)
}

/// Where the faces of a file begin.
fn starts(file: &mut File) -> io::Result<Vec<u64>> {
    let head: [u8; 12] = bytes(file, 0)?;
    if &head[..4] != b"ttcf" {
        return Ok(vec![0]);
    }
    (0..u32_at(&head, 8).min(MAX_FACES))
        .map(|i| {
            let offset: [u8; 4] = bytes(file, 12 + u64::from(i) * 4)?;
            Ok(u64::from(u32::from_be_bytes(offset)))
        })
        .collect()
}

/// The tables of the face that begins at a position.
fn directory(file: &mut File, start: u64) -> io::Result<Vec<Table>> {
    let head: [u8; 12] = bytes(file, start)?;
    let n_tables = usize::from(u16_at(&head, 4)).min(MAX_TABLES);
    let mut records = vec![0; n_tables * 16];
    file.read_exact(&mut records)?;
    let table = |record: &[u8]| Table {
        tag: u32_at(record, 0).to_be_bytes(),
        offset: u32_at(record, 8).into(),
        length: u32_at(record, 12).into(),
    };
    Ok(records.chunks_exact(16).map(table).collect())
}

/// Names and weight of the face that begins at a position.
fn head(file: &mut File, start: u64) -> io::Result<(Vec<String>, u16)> {
    let (mut names, mut weight) = (Vec::new(), 400);
    for table in directory(file, start)? {
        match &table.tag {
            b"name" if table.length <= MAX_NAMES => {
                let mut bytes = vec![0; table.length as usize];
                file.seek(SeekFrom::Start(table.offset))?;
                file.read_exact(&mut bytes)?;
                names = family_names(&bytes);
            }
            b"OS/2" if table.length >= 6 => {
                let bytes: [u8; 6] = bytes(file, table.offset)?;
                weight = u16_at(&bytes, 4);
            }
            _ => {}
        }
    }
    Ok((names, weight))
}

/// Names of families in a table of names. Windows and Unicode records are UTF-16; old Chinese records of the Macintosh
/// are left out, as every such font has the others too.
fn family_names(table: &[u8]) -> Vec<String> {
    let (n, strings) = (usize::from(u16_at(table, 2)), usize::from(u16_at(table, 4)));
    let mut names: Vec<String> = Vec::new();
    for record in table.get(6..).unwrap_or_default().chunks_exact(12).take(n) {
        let (platform, id) = (u16_at(record, 0), u16_at(record, 6));
        let (length, offset) = (
            usize::from(u16_at(record, 8)),
            usize::from(u16_at(record, 10)),
        );
        let Some(text) = table.get(strings + offset..strings + offset + length) else {
            continue;
        };
        if !FAMILY_NAMES.contains(&id) || !matches!(platform, 0 | 3) {
            continue;
        }
        let units: Vec<u16> = text
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        let name = String::from_utf16_lossy(&units).to_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_utf16_records() {
        let mut table = vec![0, 0, 0, 1, 0, 18];
        for field in [3_u16, 1, 0x804, 1, 4, 0] {
            table.extend(field.to_be_bytes());
        }
        table.extend("仿宋".encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(family_names(&table), ["仿宋"]);
        assert!(family_names(&table[..10]).is_empty());
        assert!(family_names(&[]).is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_faces() {
        assert!(faces(Path::new("no/such/folder")).is_empty());
    }
}
