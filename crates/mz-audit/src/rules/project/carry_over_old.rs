use mz_budget::{
    dimension::Dimension,
    disclosure::{Origin, Reading},
    finding::Severity,
};

use super::execution_period::years;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static CARRY_OVER_OLD = {
        code: "MZ8006",
        name: "carry-over-old",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["budget-law-42"],
        checks: &["PJ-06"],
        page: "carry_over_old.md",
        check: check,
    };
}

/// A hint only: the year in a project's name is the year it began, not always the year of the money.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(year) = audit.disclosure.year else {
        return;
    };
    let dimensions = &audit.disclosure.dimensions;
    let carried = dimensions.tree(Dimension::Vintage).find("carried");
    let mut seen = Vec::new();
    for observation in &audit.disclosure.observations {
        let node = observation.slice.node(Dimension::Project);
        let is_carried =
            carried.is_some() && Some(observation.slice.node(Dimension::Vintage)) == carried;
        let is_cell = matches!(observation.origin, Origin::Cell { .. });
        let Reading::Value(money) = &observation.reading else {
            continue;
        };
        if node == 0
            || !is_carried
            || !is_cell
            || observation.stage != audit.disclosure.own_stage()
            || money.number.digits == 0
        {
            continue;
        }
        let name = &dimensions.tree(Dimension::Project).node(node).name;
        if seen.contains(&node) {
            continue;
        }
        seen.push(node);
        sink.checked(1);
        if let Some(began) = years(name)
            .into_iter()
            .max()
            .filter(|began| began + 2 <= year)
        {
            sink.broken(
                &wording::quoting(&observation.place, name),
                format!("结转项目“{name}”始于 {began} 年，结转满两年的资金应作为结余收回"),
                format!("carried-over project “{name}” began in {began}; money carried over for two years is recovered"),
            );
        }
    }
}
