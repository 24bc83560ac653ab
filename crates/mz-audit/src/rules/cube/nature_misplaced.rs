use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{Origin, Reading},
    finding::Severity,
    normalise,
};

use super::pairs::PAIRS;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static NATURE_MISPLACED = {
        code: "MZ1202",
        name: "nature-misplaced",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["TX-23"],
        page: "nature_misplaced.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let dimensions = &audit.disclosure.dimensions;
    let functions = dimensions.tree(Dimension::Function);
    let natures = dimensions.tree(Dimension::Nature);
    let mut reported: Vec<Slice> = Vec::new();
    for cell in &audit.disclosure.observations {
        let (function, nature) = (
            cell.slice.node(Dimension::Function),
            cell.slice.node(Dimension::Nature),
        );
        let Reading::Value(money) = cell.reading else {
            continue;
        };
        let plain = matches!(cell.origin, Origin::Cell { .. })
            && cell.stage == audit.disclosure.own_stage();
        if !plain || function == 0 || nature == 0 || cell.slice.node(Dimension::Project) != 0 {
            continue;
        }
        let name = &functions.node(function).name;
        let placement = PAIRS.placement.iter().find(|placement| {
            placement
                .names
                .iter()
                .any(|n| normalise::same_name(n, name))
        });
        let Some(wanted) = placement.and_then(|placement| natures.find(&placement.nature)) else {
            continue;
        };
        sink.checked(1);
        let key = Slice::WHOLE
            .with(Dimension::Function, function)
            .with(Dimension::Nature, nature);
        if money.number.digits == 0 || natures.contains(wanted, nature)
            // A total over several natures places nothing.
            || natures.contains(nature, wanted)
            || reported.contains(&key)
        {
            continue;
        }
        reported.push(key);
        sink.broken(
            &cell.place,
            format!(
                "“{name}”在{}中有 {money}，按科目说明只列{}",
                natures.node(nature).name,
                natures.node(wanted).name
            ),
            format!("“{name}” has {money} under the wrong nature of expenditure"),
        );
    }
}
