//! What was carried over with its slips: findings about words, or about a whole clause with its figures, that last year's
//! document would have had as well.

use std::collections::BTreeMap;

use mz_budget::{finding::Finding, library::Library, normalise, place::Place};

use super::{Companion, Relation};
use crate::{Audit, rules::RULES};

/// Shortest clause that is known again although its figures are what is wrong: a figure alone stands in many places.
const CLAUSE: usize = 12;

/// Adds last year's place to findings that last year's document has in the same words.
pub fn mark(findings: &mut [Finding], library: &Library, companions: &[Companion<'_>]) {
    let mut companions = companions
        .iter()
        .filter(|other| other.relation == Relation::LastYear);
    let Some(other) = companions.next() else {
        return;
    };
    let then = Audit::new(other.disclosure, library).run(RULES);
    let rests_on_figures = |code: &str| {
        let mut rules = RULES.iter();
        rules.any(|rule| rule.code == code && rule.rests_on_figures())
    };
    let mut known: BTreeMap<(&str, &str), &Place> = BTreeMap::new();
    for finding in &then.findings {
        for place in &finding.places {
            known.entry((finding.code, &place.quote)).or_insert(place);
        }
    }
    let texts: Vec<(String, &Place)> = other
        .disclosure
        .texts
        .iter()
        .map(|text| (normalise::name(&text.text), &text.place))
        .collect();
    for finding in findings {
        let Some(first) = finding.places.first() else {
            continue;
        };
        let n = first.quote.chars().count();
        let is_known = n > 1 && (n >= CLAUSE || !rests_on_figures(finding.code));
        let found = known.get(&(finding.code, first.quote.as_str()));
        let place = match found.filter(|_| is_known) {
            Some(place) => Some(other.at(place)),
            None if n >= CLAUSE => same_words(&texts, &first.quote).map(|place| Place {
                quote: first.quote.clone(),
                ..other.at(place)
            }),
            None => None,
        };
        if let Some(place) = place {
            finding.message.push_str("（上年文件已有同样的写法）");
            finding
                .message_en
                .push_str(" (last year's document has the same)");
            finding.places.push(place);
        }
    }
}

/// Where last year's document has the clause, figures and all, whether or not it was a finding there.
fn same_words<'p>(texts: &[(String, &'p Place)], quote: &str) -> Option<&'p Place> {
    let quote = normalise::name(quote);
    texts
        .iter()
        .find(|(text, _)| text.contains(&quote))
        .map(|(_, place)| *place)
}
