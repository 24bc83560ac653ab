//! Every pattern of the rules, compared with the `regex` crate on the texts of all rule pages.

use std::{fs, path::Path};

use super::Pattern;

fn source_files(folder: &Path, extension: &str, found: &mut Vec<String>) {
    for path in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
    {
        if path.is_dir() {
            source_files(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(fs::read_to_string(path).unwrap_or_default());
        }
    }
}

/// The raw strings behind `Pattern::known(`, and the patterns of the data.
fn all_patterns() -> Vec<String> {
    let mut sources = Vec::new();
    source_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"),
        "rs",
        &mut sources,
    );
    let mut patterns: Vec<String> = Vec::new();
    for source in &sources {
        for (at, _) in source.match_indices("Pattern::known(") {
            let literal = source
                .get(at..)
                .and_then(|rest| rest.split_once("r\""))
                .filter(|(before, _)| before.trim_end() == "Pattern::known(")
                .and_then(|(_, rest)| rest.split_once('"'));
            patterns.extend(literal.map(|(literal, _)| literal.to_owned()));
        }
    }
    let residue = &*crate::lexicon::RESIDUE;
    for list in [
        &residue.placeholder,
        &residue.instruction,
        &residue.field_code,
        &residue.mojibake,
    ] {
        patterns.push(list.patterns.join("|"));
        patterns.extend(list.patterns.iter().cloned());
    }
    patterns
}

/// Lines of the pages, and the same cut and joined at odd places.
fn all_texts() -> Vec<String> {
    let mut pages = Vec::new();
    source_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"),
        "md",
        &mut pages,
    );
    let lines: Vec<String> = pages
        .iter()
        .flat_map(|page| page.lines().map(str::to_owned))
        .collect();
    let mut texts = lines.clone();
    for (i, line) in lines.iter().enumerate() {
        let other = lines.get(i * 7 % lines.len()).map_or("", String::as_str);
        let half: String = line
            .chars()
            .take(line.chars().count() * (i % 5) / 5)
            .collect();
        texts.push(format!("{half}{other}"));
    }
    texts.dedup();
    texts
}

#[test]
fn patterns_mean_what_they_mean_to_the_regex_crate() {
    let (patterns, texts) = (all_patterns(), all_texts());
    assert!(
        patterns.len() > 40 && texts.len() > 2_000,
        "{} {}",
        patterns.len(),
        texts.len()
    );
    let mut n_matches = 0;
    for source in &patterns {
        let own = Pattern::new(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        let oracle = regex::Regex::new(source).expect("a pattern of the rules");
        for text in &texts {
            let groups = |found: &super::Captures<'_, '_>| -> Vec<Option<std::ops::Range<usize>>> {
                (0..oracle.captures_len())
                    .map(|i| found.get(i).map(|m| m.range()))
                    .collect()
            };
            let ours: Vec<_> = own
                .captures_iter(text)
                .map(|found| groups(&found))
                .collect();
            let theirs: Vec<_> = oracle
                .captures_iter(text)
                .map(|found| {
                    found
                        .iter()
                        .map(|m| m.map(|m| m.range()))
                        .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(ours, theirs, "{source} in “{text}”");
            n_matches += ours.len();
        }
    }
    assert!(n_matches > 500, "{n_matches}");
}

#[test]
fn no_text_makes_a_pattern_hang() {
    let junk = "（1，234".repeat(40_000);
    for source in all_patterns() {
        let pattern = Pattern::known(&source);
        assert!(pattern.find_iter(&junk).count() <= junk.len());
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    for source in [
        "(",
        ")",
        "[a",
        "*",
        "a{x}",
        r"\q",
        r"\p{Latin}",
        "[z-a]",
        "(?P<a",
        r"\",
    ] {
        assert!(Pattern::new(source).is_err(), "{source}");
    }
}
