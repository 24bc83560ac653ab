//! Running the study: all changes of all figures, on as many threads as the machine offers.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use mz_budget::{disclosure::Disclosure, library::Library};
use mz_document::Document;

use crate::{
    judge::{Baseline, Outcome, Target, above_info, judge},
    mutation::{Mutation, apply, mutations},
    spot::{Address, Sort, Spot, spots},
};

/// The result of one change.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The change.
    pub mutation: Mutation,
    /// How it came out.
    pub outcome: Outcome,
    /// Code of the finding it was judged by; empty when missed.
    pub code: &'static str,
    /// The changed document could no longer be recognised, or the audit panicked.
    pub failed: bool,
}

/// All results.
#[derive(Debug)]
pub struct Study {
    /// Figures.
    pub spots: Vec<Spot>,
    /// Changes and their outcome, in document order.
    pub trials: Vec<Trial>,
    /// Findings above info of the unchanged document.
    pub n_baseline: usize,
    /// Numbers of the narrative bound, and not.
    pub n_bound: usize,
    /// See `n_bound`.
    pub n_unbound: usize,
    /// Changes there would be without sampling.
    pub n_possible: usize,
    /// Shortest of a few recognitions of the unchanged document.
    pub recognising: Duration,
    /// Shortest of a few audits of it.
    pub auditing: Duration,
}

/// Which of all possible changes are tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plan {
    /// So many, taken evenly from all.
    pub sample: Option<usize>,
    /// Every figure in one way only, a different one from figure to figure.
    pub once: bool,
    /// Only figures of sentences, not those of tables.
    pub narrative: bool,
}

/// Runs the study.
pub fn study(document: &Document, profile: Option<&str>, plan: Plan) -> Result<Study, String> {
    let library = Library::embedded();
    let disclosure = recognise(document, profile)?;
    let report = mz_audit::audit(&disclosure, library);
    let baseline = Baseline::new(&report);
    let spots = spots(document, &disclosure);
    let is_wanted = |spot: &Spot| !plan.narrative || spot.sort.in_sentence();
    let ways: Vec<Vec<Mutation>> = (0..)
        .zip(&spots)
        .filter(|(_, spot)| is_wanted(spot))
        .map(|(i, spot)| mutations(i, spot))
        .collect();
    let n_possible = ways.iter().map(Vec::len).sum();
    let mut changes = if plan.once {
        (0..)
            .zip(&ways)
            .filter_map(|(i, ways)| ways.get(usize::checked_rem(i, ways.len())?).cloned())
            .collect()
    } else {
        ways.concat()
    };
    let n_planned = changes.len();
    if let Some(n) = plan.sample.filter(|n| *n < n_planned) {
        changes = (0..n)
            .filter_map(|i| changes.get(i * n_planned / n).cloned())
            .collect();
    }
    let profile = disclosure.profile.id.clone();
    let trials = run_all(document, &profile, &baseline, &spots, &changes);
    Ok(Study {
        spots,
        trials,
        n_baseline: above_info(&report).count(),
        n_bound: disclosure.n_bound,
        n_unbound: disclosure.unproved.len(),
        n_possible,
        recognising: shortest(|| drop(recognise(document, Some(&profile)))),
        auditing: shortest(|| drop(mz_audit::audit(&disclosure, library))),
    })
}

fn recognise(document: &Document, profile: Option<&str>) -> Result<Disclosure, String> {
    mz_recognise::recognise(document, Library::embedded(), profile)
        .map_err(|error| format!("{error:?}"))
}

fn run_all(
    document: &Document,
    profile: &str,
    baseline: &Baseline,
    spots: &[Spot],
    plan: &[Mutation],
) -> Vec<Trial> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Trial)>> = Mutex::default();
    let n_threads = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                let mut own = Vec::new();
                while let Some((i, mutation)) = take(&next, plan) {
                    let Some(spot) = spots.get(mutation.spot) else {
                        continue;
                    };
                    own.push((i, try_one(document, profile, baseline, spot, mutation)));
                }
                if let Ok(mut all) = results.lock() {
                    all.extend(own);
                }
            });
        }
    });
    let mut trials = results.into_inner().unwrap_or_default();
    trials.sort_by_key(|(i, _)| *i);
    trials.into_iter().map(|(_, trial)| trial).collect()
}

fn shortest(work: impl Fn()) -> Duration {
    const TIMES: usize = 7;
    let times = (0..TIMES).map(|_| {
        let started = Instant::now();
        work();
        started.elapsed()
    });
    times.min().unwrap_or_default()
}

fn take<'p>(next: &AtomicUsize, plan: &'p [Mutation]) -> Option<(usize, &'p Mutation)> {
    let i = next.fetch_add(1, Ordering::Relaxed);
    plan.get(i).map(|mutation| (i, mutation))
}

fn try_one(
    document: &Document,
    profile: &str,
    baseline: &Baseline,
    spot: &Spot,
    mutation: &Mutation,
) -> Trial {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let changed = apply(document, spot.address, &mutation.text)?;
        let disclosure = recognise(&changed, Some(profile)).ok()?;
        let report = mz_audit::audit(&disclosure, Library::embedded());
        let target = Target {
            document: &changed,
            address: moved(spot.address, &mutation.text, spot.reach),
            // An amount that was not placed may still be a part of a sum that was.
            anywhere_in_block: matches!(spot.sort, Sort::Weight | Sort::Unplaced),
        };
        Some(judge(baseline, &report, target))
    }));
    let judged = outcome.unwrap_or(None);
    let (outcome, code) = judged.unwrap_or((Outcome::Missed, ""));
    Trial {
        mutation: mutation.clone(),
        outcome,
        code,
        failed: judged.is_none(),
    }
}

/// The address the new text covers, and what belongs to it.
fn moved(address: Address, text: &str, reach: usize) -> Address {
    match address {
        Address::Text { block, start, .. } => Address::Text {
            block,
            start,
            end: start + text.chars().count() + reach,
        },
        Address::Cell { .. } => address,
    }
}
