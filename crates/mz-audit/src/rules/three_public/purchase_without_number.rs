use mz_budget::{
    dimension::Dimension,
    disclosure::{Kind, Reading, Stage, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static PURCHASE_WITHOUT_NUMBER = {
        code: "MZ7030",
        name: "purchase-without-number",
        severity: Severity::Query,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["SG-03"],
        page: "purchase_without_number.md",
        check: check,
    };
}

/// Money for buying vehicles, and no sentence of the narrative says how many. Final accounts must say it; for budgets it is a
/// hint.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let tree = disclosure.dimensions.tree(Dimension::Economic);
    let Some(node) = tree.find("vehicle-purchase").or_else(|| tree.find("31013")) else {
        return;
    };
    let purchase = disclosure
        .observations
        .iter()
        .find_map(|o| match &o.reading {
            Reading::Value(money)
                if matches!(o.stage, Stage::Budget | Stage::Final)
                    && o.slice.node(Dimension::Economic) == node
                    && money.number.digits > 0 =>
            {
                Some((&o.place, money))
            }
            _ => None,
        });
    let Some((place, money)) = purchase else {
        return;
    };
    sink.checked(1);
    let counted = wording::texts(disclosure, &[TextKind::Body]).any(|text| {
        (text.text.contains("购置") || text.text.contains("更新"))
            && text.text.contains(['辆', '台'])
    });
    let is_budget = matches!(disclosure.kind, Kind::UnitBudget | Kind::DepartmentBudget);
    let severity = if is_budget {
        Severity::Info
    } else {
        Severity::Query
    };
    if !counted {
        sink.broken(
            place,
            format!("公务用车购置费 {money}，说明中没有写购置几辆"),
            format!("vehicles are bought for {money}, the narrative does not say how many"),
        )
        .severity(severity);
    }
}
