//! Embeds the project's data folder as a table of (path, contents), so that a new province or year is a file and no Rust.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(
        env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest dir"))?,
    );
    let data = manifest.join("../../data").canonicalize()?;
    let mut files = Vec::new();
    collect(&data, &data, &mut files)?;
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?)
        .join("data_files.rs");
    let mut table = fs::File::create(out)?;
    writeln!(table, "pub(crate) static FILES: &[(&str, &str)] = &[")?;
    for relative in files {
        writeln!(
            table,
            "    ({relative:?}, include_str!({:?})),",
            data.join(&relative)
        )?;
    }
    writeln!(table, "];")
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
