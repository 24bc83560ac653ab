//! Reading catalogue files. The files are our own, so a plain splitter is enough and keeps start-up under a millisecond.

use super::{Confidence, Crossing, Entry, Level, Rename};

/// Splits a line of our own CSV: quoted fields may hold commas, no field holds a quote or a line break.
fn fields<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut out = [""; N];
    let mut rest = line;
    for field in &mut out {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (inside, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            *field = inside;
            rest = after.strip_prefix(',').unwrap_or(after);
        } else {
            // Fields are short: counting bytes is quicker than a search made for long texts.
            let end = rest.bytes().position(|b| b == b',');
            let (before, after) = rest.split_at(end.unwrap_or(rest.len()));
            *field = before;
            rest = after.get(1..).unwrap_or("");
        }
    }
    out
}

/// Header and data lines of a file.
fn lines(text: &'static str) -> (&'static str, impl Iterator<Item = &'static str>) {
    let (header, body) = text.split_once('\n').unwrap_or((text, ""));
    (
        header.trim_end(),
        body.lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty()),
    )
}

/// Column number of each wanted name.
fn columns<const N: usize>(header: &str, wanted: [&str; N]) -> [Option<usize>; N] {
    wanted.map(|name| header.split(',').position(|h| h == name))
}

fn confidence(value: &str) -> Confidence {
    match value {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// Entries of a classification file. Columns are found by name; lines whose code has no level are left out.
pub fn read_entries(file: &'static str) -> Vec<Entry> {
    let (header, body) = lines(file);
    let at = columns(
        header,
        ["code", "name", "parent", "fund", "confidence", "basis"],
    );
    let mut entries = Vec::with_capacity(file.len() / 70);
    for line in body {
        let values: [&str; 9] = fields(line);
        let [code, name, parent, fund, sure, basis] =
            at.map(|i| i.and_then(|i| values.get(i)).copied().unwrap_or(""));
        let Some(level) = Level::of_code(code) else {
            continue;
        };
        entries.push(Entry {
            code,
            name,
            level,
            parent: (!parent.is_empty()).then_some(parent),
            fund,
            confidence: confidence(sure),
            basis,
        });
    }
    entries
}

/// Renames of function codes.
pub fn read_renames(file: &'static str) -> Vec<Rename> {
    let (_, body) = lines(file);
    body.map(|line| {
        let [code, old_name, new_name, through, note] = fields(line);
        Rename {
            code,
            old_name,
            new_name,
            through: through.parse().ok(),
            note,
        }
    })
    .collect()
}

/// The cross-walk.
pub fn read_crosswalk(file: &'static str) -> Vec<Crossing> {
    let (_, body) = lines(file);
    body.map(|line| {
        let [government, department, applies_to] = fields(line);
        Crossing {
            government,
            department,
            applies_to,
        }
    })
    .collect()
}

/// What another year adds to a list.
#[derive(Clone, Copy, Debug)]
pub struct Merge {
    /// The year wanted.
    pub year: u16,
    /// The year the list is of.
    pub base_year: u16,
}

/// Merges codes of other years and renames into a list, as far as they hold in the year wanted.
pub fn merge_years(
    entries: &mut Vec<Entry>,
    other_years: &'static str,
    renames: &[Rename],
    merge: Merge,
) {
    let (header, body) = lines(other_years);
    let at = columns(header, ["first_year", "last_year"]);
    let extra = read_entries(other_years);
    let spans = body.map(|line| {
        let values: [&str; 9] = fields(line);
        at.map(|i| {
            i.and_then(|i| values.get(i))
                .and_then(|v| v.parse::<u16>().ok())
        })
    });
    for (entry, [first, last]) in extra.into_iter().zip(spans) {
        let holds = first.is_none_or(|y| y <= merge.year) && last.is_none_or(|y| merge.year <= y);
        if holds && merge.year != merge.base_year {
            entries.push(entry);
        }
    }
    if merge.year >= merge.base_year {
        return;
    }
    for rename in renames.iter().filter(|r| {
        r.through
            .is_some_and(|y| merge.year <= y && y < merge.base_year)
    }) {
        for entry in entries.iter_mut().filter(|e| e.code == rename.code) {
            entry.name = rename.old_name;
            entry.confidence = entry.confidence.min(Confidence::Medium);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_hold_commas() {
        let [a, b, c, d] = fields::<4>("20125,\"旧, 名\",,末");
        assert_eq!([a, b, c, d], ["20125", "旧, 名", "", "末"]);
        let [a, b] = fields::<2>("x");
        assert_eq!([a, b], ["x", ""]);
    }
}
