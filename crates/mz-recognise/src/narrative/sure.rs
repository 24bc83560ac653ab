//! Which claims of a document that no profile describes cannot be about anything but what they were bound to.
//!
//! Words that are all understood name their subject, unless the passage speaks of another body or another time. So the
//! document itself says how far its words can be taken: where the tables bear out nearly all amounts whose words are
//! understood, the few that they do not bear out are contradictions, whatever their size. A passage most of whose amounts
//! the tables do not know speaks of something else.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::disclosure::{Claim, ClaimValue, Disclosure, Measure, Stage, Subject};

use super::prove::{Tables, figure, mixed_groups};

/// Of ten amounts whose words are understood, the tables bear out at least so many.
const BORNE_OUT_TENTHS: usize = 8;
/// Fewest amounts borne out that say anything of the document's words.
const FEWEST: usize = 4;

/// Groups of claims whose subject is certain.
pub(super) struct Sure {
    groups: BTreeSet<usize>,
}

/// Amounts of a passage: borne out by the tables, and not.
#[derive(Clone, Copy, Default)]
struct Tally {
    borne_out: usize,
    others: usize,
}

impl Sure {
    /// Asks the document.
    pub(super) fn new(disclosure: &Disclosure, tables: &Tables) -> Self {
        let mut whole = Tally::default();
        let mut passages: BTreeMap<usize, Tally> = BTreeMap::new();
        for (claim, is_borne_out) in amounts(disclosure, tables) {
            let passage = passages.entry(claim.place.block).or_default();
            for tally in [&mut whole, passage] {
                if is_borne_out {
                    tally.borne_out += 1;
                } else {
                    tally.others += 1;
                }
            }
        }
        let n = whole.borne_out + whole.others;
        let is_reliable = whole.borne_out >= FEWEST && whole.borne_out * 10 >= n * BORNE_OUT_TENTHS;
        let mut groups = BTreeSet::new();
        if is_reliable {
            let is_own = |claim: &Claim| {
                let tally = passages.get(&claim.place.block).copied();
                tally.is_some_and(|tally| tally.others <= tally.borne_out.max(1))
            };
            groups = amounts(disclosure, tables)
                .filter(|(claim, _)| is_own(claim))
                .map(|(claim, _)| claim.group)
                .collect();
            // What was partly not understood, or took two statements for one, is not certain.
            for claim in disclosure.claims.iter().filter(|claim| !claim.exact) {
                groups.remove(&claim.group);
            }
            for group in mixed_groups(&disclosure.claims) {
                groups.remove(&group);
            }
        }
        Self { groups }
    }

    /// Whether a claim is about what it was bound to.
    pub(super) fn holds(&self, claim: &Claim) -> bool {
        self.groups.contains(&claim.group)
    }
}

/// This year's amounts whose words are understood and of whose subject the tables print a figure, with whether it is theirs.
fn amounts<'d>(
    disclosure: &'d Disclosure,
    tables: &'d Tables,
) -> impl Iterator<Item = (&'d Claim, bool)> {
    disclosure.claims.iter().filter_map(|claim| {
        let (Subject::Slice(slice), Measure::Amount, ClaimValue::Money(money)) =
            (&claim.subject, &claim.measure, &claim.value)
        else {
            return None;
        };
        let is_own = claim.exact && claim.stage == Stage::Budget;
        let figure = figure(money).filter(|_| is_own)?;
        let (home, _) = tables.meant(*slice)?;
        Some((claim, tables.says(home, figure)))
    })
}
