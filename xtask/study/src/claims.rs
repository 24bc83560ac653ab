//! A sample of the claims of a folder's documents, for a person to judge whether each figure was bound to what its sentence
//! and heading say it is about.
//!
//! The documents take turns, so that a long one has no more weight than a short one; which of a document's claims are
//! drawn depends on the seed only.

use std::{fs, path::Path};

use mz_budget::{
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Subject},
    library::Library,
};
use mz_simulate::Random;

use crate::census;

/// Columns of the sample, in order.
const COLUMNS: &str =
    "file,page,section,clause,words,bound-to,measure,stage,year,base,base-year,direction,printed";

/// Beginning of the keys of subjects that are listed as unproved.
const UNPROVED: &str = "unproved";

/// Draws `n` claims of the documents below a folder and returns them as CSV, in the order of the documents.
pub fn sample(folder: &Path, n: usize, seed: u64) -> Result<String, String> {
    let mut documents: Vec<Vec<(usize, String)>> = Vec::new();
    for (i, path) in census::files(folder)?.iter().enumerate() {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        let Ok(bytes) = fs::read(path) else { continue };
        let Ok(document) = mz_document::read(&bytes, &name) else {
            continue;
        };
        let Ok(disclosure) = mz_recognise::recognise(&document, Library::embedded(), None) else {
            continue;
        };
        let mut lines: Vec<(usize, String)> = disclosure
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| is_bound(claim))
            .map(|(at, claim)| (at, line(&disclosure, claim, &name)))
            .collect();
        shuffle(&mut lines, seed.wrapping_add(i as u64));
        documents.push(lines);
    }
    let mut drawn: Vec<(usize, usize, String)> = Vec::new();
    let longest = documents.iter().map(Vec::len).max().unwrap_or(0);
    for turn in 0..longest {
        for (i, lines) in documents.iter().enumerate() {
            if drawn.len() < n
                && let Some((at, line)) = lines.get(turn)
            {
                drawn.push((i, *at, line.clone()));
            }
        }
    }
    drawn.sort();
    let lines = drawn.into_iter().map(|(_, _, line)| line);
    Ok(std::iter::once(COLUMNS.to_owned())
        .chain(lines)
        .map(|line| line + "\n")
        .collect())
}

fn is_bound(claim: &Claim) -> bool {
    !matches!(&claim.subject, Subject::Fact(key) if key.starts_with(UNPROVED))
}

fn line(disclosure: &Disclosure, claim: &Claim, file: &str) -> String {
    let name = |subject: &Subject| match subject {
        Subject::Slice(slice) => disclosure.dimensions.name(*slice),
        Subject::Fact(key) => key.clone(),
    };
    let measure = match &claim.measure {
        Measure::Share { of } => format!("share of {}", name(of)),
        other => format!("{other:?}").to_lowercase(),
    };
    let printed = match &claim.value {
        ClaimValue::Money(money) => money.to_string(),
        ClaimValue::Percent(percent) => format!("{percent}%"),
        ClaimValue::Quantity { number, unit } => format!("{number} {unit}"),
        ClaimValue::None => String::new(),
    };
    let lower = |text: Option<String>| text.unwrap_or_default().to_lowercase();
    let number = |number: Option<u16>| number.map_or_else(String::new, |n| n.to_string());
    let place = &claim.place;
    let fields = [
        file.to_owned(),
        place.page.map_or_else(String::new, |page| page.to_string()),
        place.section.clone().unwrap_or_default(),
        place.quote.clone(),
        claim.words.clone(),
        name(&claim.subject),
        measure,
        format!("{:?}", claim.stage).to_lowercase(),
        number(claim.year),
        lower(claim.base.map(|base| format!("{base:?}"))),
        number(claim.base_year),
        lower(claim.direction.map(|direction| format!("{direction:?}"))),
        printed,
    ];
    fields.map(|field| census::quoted(&field)).join(",")
}

/// Puts the items in an order that the seed decides.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut random = Random::new(seed);
    for i in (1..items.len()).rev() {
        items.swap(i, random.below(i + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::shuffle;

    #[test]
    fn a_seed_gives_one_order_and_another_another() {
        let drawn = |seed| {
            let mut items: Vec<u32> = (0..40).collect();
            shuffle(&mut items, seed);
            items
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
        let mut sorted = drawn(7);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..40).collect::<Vec<u32>>());
    }
}
