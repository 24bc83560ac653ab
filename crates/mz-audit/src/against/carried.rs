//! What was carried over with its slips: findings about words that last year's document would have had as well.

use std::collections::BTreeMap;

use mz_budget::{finding::Finding, library::Library, place::Place};

use super::{Companion, Relation};
use crate::{Audit, rules::RULES};

/// Adds last year's place to findings about words that last year's document has in the same words.
pub fn mark(findings: &mut [Finding], library: &Library, companions: &[Companion<'_>]) {
    let mut companions = companions
        .iter()
        .filter(|other| other.relation == Relation::LastYear);
    let Some(other) = companions.next() else {
        return;
    };
    let about_words = RULES.iter().filter(|rule| !rule.rests_on_figures());
    let then = Audit::new(other.disclosure, library).run(about_words);
    let mut known: BTreeMap<(&str, &str), &Place> = BTreeMap::new();
    for finding in &then.findings {
        for place in &finding.places {
            known.entry((finding.code, &place.quote)).or_insert(place);
        }
    }
    for finding in findings {
        let key = finding.places.first().map(|place| place.quote.as_str());
        let same = key
            .filter(|quote| quote.chars().count() > 1)
            .and_then(|quote| known.get(&(finding.code, quote)));
        if let Some(place) = same {
            finding.message.push_str("（上年文件已有同样的写法）");
            finding
                .message_en
                .push_str(" (last year's document has the same)");
            finding.places.push(other.at(place));
        }
    }
}
