use mz_budget::{
    dimension::Dimension,
    disclosure::{Origin, Reading},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static WAGES_IN_PROJECT = {
        code: "MZ2009",
        name: "wages-in-project",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["implementation-5"],
        checks: &["CL-16"],
        page: "wages_in_project.md",
        check: check,
    };
}

/// Wages paid from project money. A hint: hired helpers are paid so with good reason.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let dimensions = &audit.disclosure.dimensions;
    let wages = dimensions.tree(Dimension::Economic).find("301");
    for observation in &audit.disclosure.observations {
        let project = observation.slice.node(Dimension::Project);
        let is_cell = matches!(observation.origin, Origin::Cell { .. });
        let Reading::Value(money) = &observation.reading else {
            continue;
        };
        if project == 0 || !is_cell || observation.stage != audit.disclosure.own_stage() {
            continue;
        }
        sink.checked(1);
        if wages.is_some()
            && Some(observation.slice.node(Dimension::Economic)) == wages
            && money.number.digits > 0
        {
            let name = &dimensions.tree(Dimension::Project).node(project).name;
            sink.broken(
                &observation.place,
                format!("项目“{name}”中列有工资福利支出 {money}"),
                format!("the project “{name}” pays wages and benefits of {money}"),
            );
        }
    }
}
