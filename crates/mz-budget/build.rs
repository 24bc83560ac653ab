//! Embeds the project's data folder, so that a new province or year is a file and no Rust: every file as it is, and every
//! TOML file once more in a binary form that takes a tenth of the time to read, profiles with their inheritance resolved.
//! A profile that cannot be resolved stays out of the binary form and is told of where profiles are listed and tested.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    io::{self, Write},
    ops::Range,
    path::{Path, PathBuf},
};

#[path = "src/profile/inherit.rs"]
mod inherit;
#[allow(dead_code)] // The build script needs one of its functions.
#[path = "src/normalise.rs"]
mod normalise;
#[path = "src/profile/resolve.rs"]
mod resolve;
#[path = "src/profile/shape.rs"]
mod shape;

use serde::Serialize;
use shape::{Shape, TableShape};
use toml::{Table, Value};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(
        env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest dir"))?,
    );
    for shared in [
        "normalise.rs",
        "profile/inherit.rs",
        "profile/resolve.rs",
        "profile/shape.rs",
    ] {
        let path = manifest.join("src").join(shared);
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let data = manifest.join("../../data").canonicalize()?;
    let mut files = Vec::new();
    collect(&data, &data, &mut files)?;
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    let mut table = fs::File::create(out.join("data_files.rs"))?;
    writeln!(table, "pub(crate) static FILES: &[(&str, &str)] = &[")?;
    for relative in &files {
        writeln!(
            table,
            "    ({relative:?}, include_str!({:?})),",
            data.join(relative)
        )?;
    }
    writeln!(table, "];")?;
    let mut texts = BTreeMap::new();
    for relative in files {
        texts.insert(relative.clone(), fs::read_to_string(data.join(relative))?);
    }
    digest(&texts, &out)
}

/// Writes the binary form and where each part of it lies.
fn digest(texts: &BTreeMap<String, String>, out: &Path) -> io::Result<()> {
    let mut blob = Blob::default();
    let mut index = fs::File::create(out.join("digest.rs"))?;
    writeln!(index, "static FILES: &[(&str, Range<usize>)] = &[")?;
    let others = texts
        .iter()
        .filter(|(path, _)| path.ends_with(".toml") && !path.starts_with("profiles/"));
    for (path, text) in others {
        if let Ok(mut table) = text.parse::<toml::Table>() {
            table.remove("source");
            writeln!(index, "    ({path:?}, {:?}),", blob.add(&table)?)?;
        }
    }
    writeln!(index, "];\nstatic PROFILES: &[Digested] = &[")?;
    let ids: BTreeSet<&str> = texts
        .keys()
        .filter_map(|path| Some(path.strip_prefix("profiles/")?.split_once('/')?.0))
        .collect();
    let text = |path: &str| texts.get(path).map(String::as_str);
    for id in ids {
        let Ok(parts) = resolve::resolve(&text, id, &mut BTreeSet::new()) else {
            continue;
        };
        if !resolve::is_abstract(&parts) {
            let shape = blob.add(&shape_of(&parts[1], &parts[2]))?;
            let mut ranges = Vec::new();
            for (i, mut part) in parts.into_iter().enumerate() {
                if i > 0 {
                    part.remove("source");
                }
                ranges.push(blob.add(&part)?);
            }
            writeln!(index, "    ({id:?}, {ranges:?}, {shape:?}),")?;
        }
    }
    writeln!(index, "];")?;
    fs::write(out.join("digest.bin"), blob.bytes)
}

/// What choosing looks at in a profile's `tables.toml` and `outline.toml`. A test holds it against the profile as read.
fn shape_of(tables: &Table, outline: &Table) -> Shape {
    let width = |panels: &[&Table]| {
        let n = |panel: &&Table| strings(panel, "labels").len() + tables_of(panel, "columns").len();
        panels.iter().map(n).sum()
    };
    let table = |table: &Table| {
        let titles = ["title", "aliases", "local-titles"];
        let titles = titles.iter().flat_map(|key| strings(table, key));
        let panels = tables_of(table, "panel");
        TableShape {
            titles: titles.map(normalise::name).collect(),
            required: is_required(table),
            width: (!panels.is_empty()).then(|| width(&panels)),
        }
    };
    let heading = |heading: &Table| {
        let alternatives = strings(heading, "keywords").into_iter();
        alternatives
            .map(|words| shape::words(words, normalise::name))
            .collect()
    };
    let headings = tables_of(outline, "heading").into_iter();
    Shape {
        tables: tables_of(tables, "table").into_iter().map(table).collect(),
        headings: headings
            .filter(|heading| is_required(heading))
            .map(heading)
            .collect(),
    }
}

fn is_required(table: &Table) -> bool {
    table.get("required").and_then(Value::as_bool) == Some(true)
}

/// The text, or the texts, under a key.
fn strings<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    match table.get(key) {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn tables_of<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let list = table.get(key).and_then(Value::as_array);
    list.map_or_else(Vec::new, |list| {
        list.iter().filter_map(Value::as_table).collect()
    })
}

/// Parts one after another; what many profiles inherit unchanged is kept once.
#[derive(Default)]
struct Blob {
    bytes: Vec<u8>,
    known: HashMap<Vec<u8>, Range<usize>>,
}

impl Blob {
    fn add(&mut self, part: &impl Serialize) -> io::Result<Range<usize>> {
        let part = rmp_serde::to_vec(part).map_err(io::Error::other)?;
        if let Some(range) = self.known.get(&part) {
            return Ok(range.clone());
        }
        let range = self.bytes.len()..self.bytes.len() + part.len();
        self.bytes.extend(&part);
        self.known.insert(part, range.clone());
        Ok(range)
    }
}

/// Text files below a folder, as paths relative to the data folder with forward slashes.
fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    // A changed folder means files came or went; a changed file is tracked by its own line.
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path
            .extension()
            .is_some_and(|e| ["toml", "csv", "txt"].iter().any(|known| e == *known))
        {
            let relative = path.strip_prefix(root).map_err(io::Error::other)?;
            files.push(relative.to_string_lossy().replace('\\', "/"));
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    Ok(())
}
