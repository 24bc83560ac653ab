//! Small fictitious tables, and the real document of the shared samples where it is at hand.

mod choice;
mod closing;
mod layout;
mod rows;
mod sample;

use mz_budget::{
    cube::{Constraints, Cube, Given},
    disclosure::{Disclosure, Origin, Reading, RowKind, TableReading},
    library::Library,
};

use crate::recognise;

const PROFILE: &str = "xinjiang-unit-2024";

/// Reads a piece of a document written as text.
fn read(text: &str) -> Disclosure {
    let document = mz_document::read(text.as_bytes(), "piece.txt").expect("text is readable");
    recognise(&document, Library::embedded(), Some(PROFILE)).expect("the profile is there")
}

/// A table of one title, with captions.
fn titled(title: &str, grid: &str) -> String {
    format!("{title}\n\n编制单位：甲市乙局\n\n单位：万元\n\n{grid}\n\n")
}

fn table<'d>(disclosure: &'d Disclosure, id: &str) -> &'d TableReading {
    disclosure
        .tables
        .iter()
        .find(|table| table.id == id)
        .expect("the table is recognised")
}

/// Figures of the tables as `slice = figure`, in order of reading; blanks left out.
fn figures(disclosure: &Disclosure) -> Vec<String> {
    observed(disclosure, |reading| match reading {
        Reading::Value(money) => Some(money.number.to_string()),
        Reading::Unread(text) => Some(format!("？{text}")),
        Reading::Blank | Reading::Absent => None,
    })
}

/// Slices of which a closed table says zero by not listing them.
fn absent(disclosure: &Disclosure) -> Vec<String> {
    let zero = |reading: &Reading| (*reading == Reading::Absent).then(|| "无".to_owned());
    observed(disclosure, zero)
}

fn observed(disclosure: &Disclosure, show: impl Fn(&Reading) -> Option<String>) -> Vec<String> {
    disclosure
        .observations
        .iter()
        .filter(|o| !matches!(o.origin, Origin::Claim(_)))
        .filter_map(|o| {
            Some(format!(
                "{} = {}",
                disclosure.dimensions.name(o.slice),
                show(&o.reading)?
            ))
        })
        .collect()
}

fn problems(disclosure: &Disclosure) -> Vec<&str> {
    disclosure
        .problems
        .iter()
        .map(|problem| problem.name.as_str())
        .collect()
}

fn codes(disclosure: &Disclosure, id: &str) -> Vec<String> {
    let rows = table(disclosure, id).rows.iter();
    rows.filter_map(|row| match &row.kind {
        RowKind::Item {
            code: Some(code), ..
        } => Some(code.clone()),
        _ => None,
    })
    .collect()
}

/// Number of contradictions among the tables.
fn n_conflicts(disclosure: &Disclosure) -> usize {
    let tables = disclosure
        .observations
        .iter()
        .filter(|o| !matches!(o.origin, Origin::Claim(_)));
    let givens = tables.filter_map(|o| Given::observed(o, 10_000)).collect();
    let constraints = Constraints::of_budget(&disclosure.dimensions);
    let cube = Cube::new(&disclosure.dimensions.trees, givens, &constraints);
    let solution = cube.solve();
    solution.conflicts.len()
}
