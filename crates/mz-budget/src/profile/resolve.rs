//! The files of a profile as tables, with those of the profiles it extends below them. Shared with the build script, which
//! resolves the profiles that ship with the program once and for all.

use std::collections::BTreeSet;

use toml::Table;

use super::inherit;

/// The parts of a profile; each is a file of its folder.
pub(crate) const PARTS: [&str; 6] = [
    "profile.toml",
    "tables.toml",
    "outline.toml",
    "narrative.toml",
    "targets.toml",
    "compose.toml",
];

/// Path of the file to blame, and what is wrong.
pub(crate) type Fault = (String, String);

/// The parts of a profile; `text` gives a data file by its path.
pub(crate) fn resolve<'f>(
    text: &impl Fn(&str) -> Option<&'f str>,
    id: &str,
    seen: &mut BTreeSet<String>,
) -> Result<[Table; PARTS.len()], Fault> {
    let path = |part: &str| format!("profiles/{id}/{part}");
    if !seen.insert(id.to_owned()) {
        return Err((path(PARTS[0]), format!("extends itself through {id}")));
    }
    let mut own = [(); PARTS.len()].map(|()| Table::new());
    for (part, table) in PARTS.iter().zip(&mut own) {
        let path = path(part);
        match text(&path) {
            Some(text) => {
                *table = text
                    .parse()
                    .map_err(|e: toml::de::Error| (path, e.to_string()))?;
            }
            None if *part == PARTS[0] => return Err((path, "the file is missing".to_owned())),
            None => {}
        }
    }
    if !own[0].contains_key("source") {
        return Err((path(PARTS[0]), "[source] is missing".to_owned()));
    }
    let base = own[0].get("extends").and_then(toml::Value::as_str);
    let Some(base) = base.map(str::to_owned) else {
        return Ok(own);
    };
    let mut below = resolve(text, &base, seen)?;
    // Being a base is not inherited.
    below[0].remove("abstract");
    let mut parts = below
        .into_iter()
        .zip(own)
        .map(|(below, own)| inherit::merge(below, own));
    Ok([(); PARTS.len()].map(|()| parts.next().unwrap_or_default()))
}

/// Whether the profile is only a base of others.
pub(crate) fn is_abstract(parts: &[Table; PARTS.len()]) -> bool {
    parts[0].get("abstract").and_then(toml::Value::as_bool) == Some(true)
}
