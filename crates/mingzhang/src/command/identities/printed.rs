//! Identities between the figures a document prints.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use mz_budget::{
    cube::{Constraints, Cube, Given, IdentityReason, Solution},
    dimension::Slice,
    disclosure::{Disclosure, Observation, Origin, Reading, Stage},
    money::{Decimal, MoneyUnit, PrintedMoney},
};
use mz_compose::{lang::Lang, report::position, understanding::stage_name};

use super::{equation, reason, sums};
use crate::command::understand;

/// Lists the identities by which the figures of a file are compared.
pub fn of_file(file: &Path, profile: Option<&str>, lang: Lang) -> Result<String, String> {
    let name = file.to_string_lossy();
    let understood =
        understand(file, &name, profile, lang).map_err(|reason| format!("{name}: {reason}"))?;
    let disclosure = &understood.disclosure;
    let mut by_stage: BTreeMap<Stage, Vec<&Observation>> = BTreeMap::new();
    for observation in disclosure
        .observations
        .iter()
        .filter(|o| !matches!(o.origin, Origin::Claim(_)))
    {
        by_stage
            .entry(observation.stage)
            .or_default()
            .push(observation);
    }
    let mut out = String::new();
    for (stage, observations) in by_stage {
        let _ = writeln!(out, "{}", stage_name(stage, lang));
        of_stage(&mut out, disclosure, &observations, lang);
    }
    Ok(out)
}

fn of_stage(out: &mut String, disclosure: &Disclosure, observations: &[&Observation], lang: Lang) {
    let dimensions = &disclosure.dimensions;
    let unit = disclosure.profile.unit;
    let last_digit = unit.fen()
        / 10_i64
            .checked_pow(u32::from(disclosure.profile.decimals))
            .unwrap_or(1);
    let givens = observations
        .iter()
        .filter_map(|observation| Given::observed(observation, last_digit.max(1)))
        .collect();
    let cube = Cube::new(
        &dimensions.trees,
        givens,
        &Constraints::of_budget(dimensions),
    );
    let solution = cube.solve();
    let identities = solution.identities();
    for identity in &identities {
        if identity.reason == IdentityReason::SameSlice {
            same(
                out,
                disclosure,
                observations,
                &solution,
                identity.whole,
                lang,
            );
        } else {
            let line = equation(identity, |slice| {
                format!(
                    "{}{}",
                    dimensions.name(slice),
                    amount(&solution, slice, unit)
                )
            });
            let _ = writeln!(out, "  {line}");
        }
        let _ = writeln!(
            out,
            "    {}{}",
            lang.pick("理由：", "because "),
            reason(dimensions, identity, lang)
        );
    }
    let _ = writeln!(out, "  {}", sums(&identities, lang));
}

/// One slice with all the places where it is printed. In a unit with one source of money several slices are the same
/// amount; where the slice itself is printed once only, those that rest on the same figure are shown.
fn same(
    out: &mut String,
    disclosure: &Disclosure,
    observations: &[&Observation],
    solution: &Solution,
    slice: Slice,
    lang: Lang,
) {
    let _ = writeln!(out, "  {}", disclosure.dimensions.name(slice));
    let printed = || {
        observations
            .iter()
            .filter(|observation| matches!(observation.reading, Reading::Value(_)))
    };
    let mut shown: Vec<&&Observation> = printed()
        .filter(|observation| observation.slice == slice)
        .collect();
    if shown.len() < 2 {
        let known = solution.known(slice);
        shown = printed()
            .filter(|observation| known.is_some() && solution.known(observation.slice) == known)
            .collect();
    }
    for observation in shown {
        let Reading::Value(money) = observation.reading else {
            continue;
        };
        let place = &observation.place;
        let parts: Vec<&str> = [
            place.table.as_deref(),
            place.row.as_deref(),
            place.column.as_deref(),
        ]
        .into_iter()
        .flatten()
        .collect();
        let _ = writeln!(
            out,
            "    = {money}  {} {}",
            position(place, lang),
            parts.join(" › ")
        );
    }
}

fn amount(solution: &Solution, slice: Slice, unit: MoneyUnit) -> String {
    let Some(known) = solution.known(slice) else {
        return String::new();
    };
    // Shown with two decimals of the document's unit; what is finer stays in the figures themselves.
    let number = Decimal {
        digits: known.value / (unit.fen() / 100).max(1),
        decimals: 2,
    };
    format!(" {}", PrintedMoney { number, unit }.number)
}
