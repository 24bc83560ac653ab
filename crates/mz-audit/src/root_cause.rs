//! One root cause, one finding: contradictions that rest on the same wrong figure are attached to one of them.
//!
//! Four grounds, in this order. (1) The rules name the same group. (2) Two contradictions share a figure and are off by
//! the same amount: the one that follows from the other adds nothing. (3) A table prints the same rows with the same
//! figures in several columns (合计, 小计, 人员经费 where nothing was carried over): what is wrong with them in one column
//! is wrong in all. (4) Several contradictions share a figure that hardly any successful check confirms: that figure
//! explains them all.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    finding::{Finding, Severity},
    place::Place,
};

use crate::rule::{FigureKey, figure_key};

/// A finding with the figures it rests on.
#[derive(Debug)]
pub struct Found {
    /// The finding.
    pub finding: Finding,
    /// Figures it rests on.
    pub evidence: Vec<FigureKey>,
    /// Its suspects were found by taking figures away one at a time, so they say more than the two sides of a comparison.
    pub is_located: bool,
}

/// Merges findings that have one cause; `held` lists the figures of checks that held.
pub fn merge(found: Vec<Found>, held: &[FigureKey]) -> Vec<Finding> {
    let mut clusters = Clusters::new(found.len());
    by_group(&found, &mut clusters);
    by_difference(&found, &mut clusters);
    by_parallel_columns(&found, &mut clusters);
    by_figure(&found, held, &mut clusters);
    let mut members: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    for (i, one) in found.into_iter().enumerate() {
        members.entry(clusters.root(i)).or_default().push(one);
    }
    members.into_values().map(headed).collect()
}

/// The head with the others as its consequences, all places of the consequences shown at the head as well.
fn headed(mut members: Vec<Found>) -> Finding {
    if members.len() == 1 {
        return members.remove(0).finding;
    }
    let n_resting = n_resting(&members);
    let shared = |figure: &FigureKey| n_resting.get(figure).copied().unwrap_or(0);
    members.sort_by_key(|one| {
        let suspect = one.finding.suspects.first();
        let is_shared = suspect.is_some_and(|suspect| shared(&figure_key(&suspect.place)) > 1);
        let first = one.finding.places.first().map(figure_key);
        (
            std::cmp::Reverse(one.finding.severity),
            !(one.is_located && is_shared),
            // Another document says where the figure came from.
            one.finding.places.iter().all(|place| place.file.is_none()),
            one.evidence.len(),
            first,
        )
    });
    let is_located = members.first().is_some_and(|one| one.is_located);
    let mut rest = members.into_iter().map(|one| one.finding);
    let Some(mut head) = rest.next() else {
        unreachable!("a cluster has members")
    };
    if !is_located {
        // A figure that several contradictions rest on is the likeliest cause of them all.
        let by_weight = |place: &Place| std::cmp::Reverse(shared(&figure_key(place)));
        head.suspects
            .sort_by_key(|suspect| by_weight(&suspect.place));
        head.places.sort_by_key(by_weight);
    }
    let key = head.group.clone().unwrap_or_else(|| {
        let place = head.places.first();
        format!("{}@{}", head.code, place.map_or(0, |place| place.block))
    });
    let key_of = |place: &Place| (figure_key(place), place.quote.clone());
    let mut shown: BTreeSet<_> = head.places.iter().map(key_of).collect();
    for mut consequence in rest {
        for place in &consequence.places {
            if shown.insert(key_of(place)) {
                head.places.push(place.clone());
            }
        }
        consequence.group = Some(key.clone());
        head.consequences.push(consequence);
    }
    head.group = Some(key);
    head
}

/// How many of the members rest on each figure.
fn n_resting(members: &[Found]) -> BTreeMap<FigureKey, usize> {
    let mut n_resting: BTreeMap<FigureKey, usize> = BTreeMap::new();
    for one in members {
        let figures: BTreeSet<&FigureKey> = one
            .evidence
            .iter()
            .filter(|figure| figure.1.is_some())
            .collect();
        for figure in figures {
            *n_resting.entry(*figure).or_default() += 1;
        }
    }
    n_resting
}

fn by_group(found: &[Found], clusters: &mut Clusters) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, one) in found.iter().enumerate() {
        if let Some(group) = &one.finding.group {
            let with = *first.entry(group).or_insert(i);
            clusters.join(with, i);
        }
    }
}

fn by_difference(found: &[Found], clusters: &mut Clusters) {
    let mut first: BTreeMap<(u64, FigureKey), usize> = BTreeMap::new();
    for (i, one) in found.iter().enumerate() {
        let Some(difference) = one.finding.difference.filter(|d| d.0 != 0) else {
            continue;
        };
        for figure in one.evidence.iter().filter(|figure| figure.1.is_some()) {
            let with = *first
                .entry((difference.0.unsigned_abs(), *figure))
                .or_insert(i);
            clusters.join(with, i);
        }
    }
}

/// What a contradiction says, whichever column it says it of.
type Rows<'f> = (&'static str, i64, Vec<(&'f str, &'f str, &'f str)>);

fn by_parallel_columns(found: &[Found], clusters: &mut Clusters) {
    let mut first: BTreeMap<Rows<'_>, usize> = BTreeMap::new();
    for (i, one) in found.iter().enumerate() {
        if let Some(rows) = rows_of_one_table(&one.finding) {
            let with = *first.entry(rows).or_insert(i);
            clusters.join(with, i);
        }
    }
}

/// The rows a contradiction lies between with their figures, when all stand in one column of one table.
fn rows_of_one_table(finding: &Finding) -> Option<Rows<'_>> {
    let difference = finding.difference.filter(|difference| difference.0 != 0)?;
    let head = finding
        .places
        .first()
        .filter(|place| place.table.is_some())?;
    let is_one_column = |place: &Place| {
        (&place.file, &place.table, &place.column) == (&head.file, &head.table, &head.column)
    };
    if finding.places.len() < 2 || !finding.places.iter().all(is_one_column) {
        return None;
    }
    let mut rows: Vec<_> = finding
        .places
        .iter()
        .map(|place| {
            Some((
                place.table.as_deref()?,
                place.row.as_deref()?,
                place.quote.as_str(),
            ))
        })
        .collect::<Option<_>>()?;
    rows.sort_unstable();
    Some((finding.code, difference.0.abs(), rows))
}

fn by_figure(found: &[Found], held: &[FigureKey], clusters: &mut Clusters) {
    let mut n_held: BTreeMap<FigureKey, usize> = BTreeMap::new();
    for figure in held {
        *n_held.entry(*figure).or_default() += 1;
    }
    let mut broken: BTreeMap<FigureKey, BTreeSet<usize>> = BTreeMap::new();
    for (i, one) in found.iter().enumerate() {
        // Style remarks have no cause in common with contradictions; group places without a span name no figure.
        if one.finding.severity > Severity::Info {
            for figure in one.evidence.iter().filter(|figure| figure.1.is_some()) {
                broken.entry(*figure).or_default().insert(i);
            }
        }
    }
    let mut candidates: Vec<(FigureKey, BTreeSet<usize>)> = broken
        .into_iter()
        .filter(|(figure, findings)| {
            findings.len() > 1 && findings.len() > 2 * n_held.get(figure).copied().unwrap_or(0)
        })
        .collect();
    candidates.sort_by_key(|(figure, findings)| (std::cmp::Reverse(findings.len()), *figure));
    let mut explained = BTreeSet::new();
    for (figure, findings) in candidates {
        let open: Vec<usize> = findings
            .into_iter()
            .filter(|i| !explained.contains(i))
            .collect();
        for (n, first) in open.iter().enumerate() {
            for other in open.iter().skip(n + 1) {
                if one_value_repairs(&found[*first].finding, &found[*other].finding, figure) {
                    clusters.join(*first, *other);
                    explained.extend([*first, *other]);
                }
            }
        }
    }
}

/// Whether one and the same value at the figure would repair both findings, as far as they say what they need there.
fn one_value_repairs(a: &Finding, b: &Finding, figure: FigureKey) -> bool {
    let implied = |finding: &Finding| {
        finding
            .suspects
            .iter()
            .find(|suspect| figure_key(&suspect.place) == figure)
            .and_then(|suspect| suspect.implied.clone())
    };
    if a.group.is_some() && b.group.is_some() && a.group != b.group {
        return false;
    }
    match (implied(a), implied(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Disjoint sets.
struct Clusters(Vec<usize>);

impl Clusters {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}

#[cfg(test)]
mod tests {
    use mz_budget::{finding::Suspect, money::Fen};

    use super::*;

    fn found(code: &'static str, difference: i64, figures: &[usize]) -> Found {
        Found {
            finding: Finding {
                places: figures
                    .iter()
                    .map(|i| Place {
                        block: *i,
                        span: Some((0, 1)),
                        ..Place::default()
                    })
                    .collect(),
                difference: Some(Fen(difference)),
                ..Finding::new(code, "test", Severity::Error)
            },
            evidence: figures.iter().map(|i| (*i, Some((0, 1)))).collect(),
            is_located: false,
        }
    }

    #[test]
    fn a_sum_that_follows_from_a_wrong_part_is_its_consequence() {
        let merged = merge(
            vec![
                found("B", 20, &[1, 2, 3]),
                found("A", -20, &[2, 9]),
                found("C", 7, &[5]),
            ],
            &[],
        );
        assert_eq!(merged.len(), 2);
        assert_eq!(
            merged[0].code, "A",
            "the finding with the fewest figures is the cause"
        );
        assert_eq!(merged[0].consequences[0].code, "B");
        assert_eq!(merged[0].places.len(), 4);
    }

    #[test]
    fn one_row_printed_alike_in_several_columns_is_one_cause() {
        let in_column = |column: &str, printed: [&str; 2], block: usize| {
            let mut one = found("A", 5, &[block, block + 1]);
            for (place, (row, quote)) in one
                .finding
                .places
                .iter_mut()
                .zip(["工资福利支出", "基本工资"].into_iter().zip(printed))
            {
                place.table = Some("基本支出表".into());
                place.row = Some(row.into());
                place.column = Some(column.into());
                place.quote = quote.into();
            }
            one
        };
        let merged = merge(
            vec![
                in_column("合计", ["10.00", "15.00"], 1),
                in_column("小计", ["10.00", "15.00"], 3),
                in_column("结转", ["1.00", "6.00"], 5),
            ],
            &[],
        );
        assert_eq!(merged.len(), 2, "other figures are another matter");
        assert_eq!(merged[0].consequences.len(), 1);
    }

    #[test]
    fn what_the_cube_located_leads_when_others_rest_on_it_too() {
        let suspect = Suspect {
            place: Place {
                block: 2,
                span: Some((0, 1)),
                ..Place::default()
            },
            printed: String::new(),
            implied: None,
        };
        let mut located = found("CUBE", 20, &[2, 7, 8, 9]);
        located.is_located = true;
        located.finding.suspects = vec![suspect];
        let merged = merge(vec![found("A", 20, &[1, 2]), located], &[]);
        assert_eq!(merged[0].code, "CUBE");
        assert_eq!(merged[0].consequences[0].code, "A");
    }

    #[test]
    fn the_figure_most_contradictions_rest_on_comes_first() {
        let merged = merge(vec![found("A", 5, &[1, 2]), found("B", 7, &[2, 3, 4])], &[]);
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].places[0].block, 2);
    }

    #[test]
    fn a_figure_that_other_checks_confirm_explains_nothing() {
        let broken = || vec![found("A", 5, &[1, 2]), found("B", 7, &[1, 3])];
        assert_eq!(merge(broken(), &[]).len(), 1);
        assert_eq!(merge(broken(), &[(1, Some((0, 1)))]).len(), 2);
    }
}
