use mz_budget::{
    disclosure::{Indicator, PerformanceTarget},
    finding::Severity,
    normalise,
};

use crate::{
    Audit, Sink, declare_rule,
    lexicon::{MeasureWord, PERFORMANCE},
    wording,
};

declare_rule! {
    pub static MEASURE_WORD_MISPLACED = {
        code: "MZ6016",
        name: "measure-word-misplaced",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["FM-06"],
        page: "measure_word_misplaced.md",
        check: check,
    };
}

/// “参加人数活动”: what is counted stands inside the name, and the table itself writes the words around it together
/// (“参加活动天数”). Both signs are needed.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        for indicator in &target.indicators {
            sink.checked(1);
            for measure in &PERFORMANCE.measure.words {
                if let Some((meant, witness)) = misplaced(target, indicator, measure) {
                    sink.broken(
                        &wording::quoting(&indicator.place, &indicator.name),
                        format!("指标“{}”语序不通，疑为“{meant}”", indicator.name),
                        format!(
                            "the words of the indicator “{}” are out of order, perhaps “{meant}”",
                            indicator.name
                        ),
                    )
                    .also(&wording::quoting(&witness.place, &witness.name));
                }
            }
        }
    }
}

fn misplaced<'t>(
    target: &'t PerformanceTarget,
    indicator: &Indicator,
    measure: &MeasureWord,
) -> Option<(String, &'t Indicator)> {
    let name = normalise::name(&indicator.name);
    let (before, after) = name.split_once(measure.word.as_str())?;
    let long_enough = |part: &str| part.chars().count() >= 2 && part.chars().all(wording::is_han);
    let unit_fits = measure.units.contains(&indicator.value.unit);
    if !long_enough(before) || !long_enough(after) || !unit_fits {
        return None;
    }
    let together = format!("{before}{after}");
    let witness = target
        .indicators
        .iter()
        .find(|other| normalise::name(&other.name).contains(&together))?;
    Some((format!("{together}{}", measure.word), witness))
}
