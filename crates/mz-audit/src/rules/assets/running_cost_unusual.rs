use mz_budget::{dimension::Dimension, finding::Severity, money::Fen};

use crate::{Audit, Sink, declare_rule, lexicon::STANDARDS, rules::procurement::facts};

declare_rule! {
    pub static RUNNING_COST_UNUSUAL = {
        code: "MZ7010",
        name: "running-cost-unusual",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["vehicles-2017-71"],
        checks: &["AS-03", "AS-04"],
        page: "running_cost_unusual.md",
        check: check,
    };
}

/// A hint: vehicles may be held centrally, and large ones cost more.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let tree = disclosure.dimensions.tree(Dimension::Economic);
    let Some(node) = tree.find("30231") else {
        return;
    };
    let Some((vehicles, number)) =
        facts::count(disclosure, "vehicles.count").filter(|(_, n)| n.decimals == 0)
    else {
        return;
    };
    // The greatest amount of the class is its total over all sources and natures.
    let cost = disclosure
        .observations
        .iter()
        .filter(|o| {
            o.stage == audit.disclosure.own_stage() && o.slice.node(Dimension::Economic) == node
        })
        .filter_map(|o| match &o.reading {
            mz_budget::disclosure::Reading::Value(money) => Some((o, *money, money.fen()?)),
            _ => None,
        })
        .max_by_key(|(_, _, fen)| *fen);
    let Some((observation, money, Fen(fen))) = cost else {
        return;
    };
    sink.checked(1);
    let standard = &STANDARDS.vehicle;
    let (message, message_en) = if number.digits == 0 && fen > 0 {
        (
            format!("公务用车运行维护费 {money}，资产情况却说车辆为 0"),
            format!("vehicles cost {money} to run, and there are none"),
        )
    } else if number.digits > 0 && fen == 0 {
        (
            format!("有车辆 {number} 辆，公务用车运行维护费为 0"),
            format!("there are {number} vehicles that cost nothing to run"),
        )
    } else if number.digits > 0 {
        let each_yuan = fen / 100 / number.digits;
        if (standard.running_cost_low_yuan..=standard.running_cost_high_yuan).contains(&each_yuan) {
            return;
        }
        (
            format!("车均运行维护费 {each_yuan} 元（{money} ÷ {number} 辆），不在常见范围内"),
            format!("running costs are {each_yuan} yuan a vehicle, outside the usual range"),
        )
    } else {
        return;
    };
    sink.broken(&vehicles.place, message, message_en)
        .also(&observation.place);
}
