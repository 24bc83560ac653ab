use mz_budget::{
    dimension::Dimension,
    disclosure::{Origin, Reading},
    finding::Severity,
    normalise,
};

use super::withheld;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static WITHHELD_YET_SHOWN = {
        code: "MZ8011",
        name: "withheld-yet-shown",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["secrets"],
        checks: &["SE-02"],
        page: "withheld_yet_shown.md",
        check: check,
    };
}

/// The split of a project's money is withheld in words, and the project table prints its economic class. A hint: the amount
/// of a class may be public by decision; whoever withheld the split must know that it shows.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let dimensions = &audit.disclosure.dimensions;
    for project in withheld::projects(audit.disclosure) {
        let Some(field) = project
            .fields
            .iter()
            .find(|f| f.key == "allocation" && withheld::is_withheld(f))
        else {
            continue;
        };
        sink.checked(1);
        let shown = audit.disclosure.observations.iter().find(|observation| {
            let node = dimensions
                .tree(Dimension::Project)
                .node(observation.slice.node(Dimension::Project));
            let is_value =
                matches!(&observation.reading, Reading::Value(money) if money.number.digits != 0);
            observation.stage == audit.disclosure.own_stage()
                && matches!(observation.origin, Origin::Cell { .. })
                && is_value
                && observation.slice.node(Dimension::Economic) != 0
                && normalise::same_name(&node.name, &project.name)
        });
        let Some(shown) = shown else {
            continue;
        };
        let class = &dimensions
            .tree(Dimension::Economic)
            .node(shown.slice.node(Dimension::Economic))
            .name;
        sink.broken(
            &field.place,
            format!(
                "“{}”的资金分配情况不公开，项目表却列出其{class} {}",
                project.name, shown.place.quote
            ),
            format!(
                "the split of “{}” is withheld, the table shows its economic class",
                project.name
            ),
        )
        .also(&shown.place);
    }
}
